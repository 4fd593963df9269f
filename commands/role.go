package commands

import (
	"context"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// What the platform said of a member is good for evidenceFresh; where it does
// not answer later, for evidenceTrust, so that an outage of the platform does
// not take the managers' rights, nor a former admin keep theirs for long. It is
// waited for no longer than askWithin.
const (
	evidenceFresh = 4 * time.Hour
	evidenceTrust = 24 * time.Hour
	askWithin     = 1500 * time.Millisecond
)

// Consult makes the router ask a directory who is an admin where requests do
// not tell. Without one only those count as managers who were chosen. It is not
// to be called once requests are handled.
func (r *Router) Consult(directory Directory) { r.directory = directory }

// role returns what the member who asks may do in the workspace. It is found
// out anew for every request, and only for those that need it: what people do to
// their own goals takes no role.
func (r *Router) role(ctx context.Context, ask *ask) (coaching.Role, error) {
	actor, err := r.actor(ctx, ask)
	return actor.Role, err
}

// actor returns the member who asks, as one who is about to do something.
func (r *Router) actor(ctx context.Context, ask *ask) (coaching.Actor, error) {
	if ask.actor != nil {
		return *ask.actor, nil
	}
	standing, err := r.standing(ctx, ask)
	if err != nil {
		return coaching.Actor{}, err
	}
	if standing.profile.Admin && !ask.workspace.AdminKnown {
		if ask.workspace, err = r.store.ChangeWorkspace(ctx, ask.Request.Workspace, withAdminKnown); err != nil {
			return coaching.Actor{}, err
		}
	}
	ask.unsure = standing.unsure
	ask.actor = &coaching.Actor{
		Member: ask.Member, Role: ask.workspace.RoleOf(ask.Member, standing.profile),
		Leaderless: standing.untold && ask.workspace.Leaderless(),
	}
	return *ask.actor, nil
}

func withAdminKnown(workspace coaching.Workspace) (coaching.Workspace, error) {
	workspace.AdminKnown = true
	return workspace, nil
}

// standing is what the platform says of a member.
type standing struct {
	profile coaching.Profile
	// untold is set where the platform does not tell such things, unsure where
	// it did not answer this time.
	untold, unsure bool
}

// standing finds out what the platform says of the member who asks: with the
// request, some hours ago, or now.
func (r *Router) standing(ctx context.Context, ask *ask) (standing, error) {
	if ask.Profile != nil {
		return standing{profile: *ask.Profile}, nil
	}
	member, err := r.self(ctx, ask)
	if err != nil {
		return standing{}, err
	}
	known := coaching.Profile{Admin: member.Evidence.Admin, Groups: member.Evidence.Groups}
	groups := ask.workspace.ManagerGroups
	if member.Evidence.Covers(groups, evidenceFresh, ask.Received) {
		return standing{profile: known}, nil
	}
	if r.directory == nil {
		return standing{untold: true}, nil
	}
	profile, err := r.consult(ctx, ask, groups)
	switch trusted := member.Evidence.Covers(nil, evidenceTrust, ask.Received); {
	case err == nil:
		member = met(member, profile)
		member.ProfileAt = ask.Received
		member.Evidence = coaching.Evidence{At: ask.Received, Admin: profile.Admin, Looked: groups, Groups: profile.Groups}
		return standing{profile: profile}, r.keepSelf(ctx, ask, member)
	case coaching.CodeOf(err) == coaching.NotFound:
		return standing{}, nil
	case trusted:
		return standing{profile: known}, nil
	case coaching.CodeOf(err) == coaching.Forbidden:
		return standing{untold: true}, nil
	default:
		return standing{unsure: true}, nil
	}
}

// consult asks the platform about the member who asks, and whether they are in
// one of the groups.
func (r *Router) consult(ctx context.Context, ask *ask, groups []string) (coaching.Profile, error) {
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	profile, err := r.directory.Profile(ctx, ask.Request.Workspace, ask.Member)
	if err != nil || len(groups) == 0 {
		return profile, err
	}
	switch in, err := r.directory.Groups(ctx, ask.Request.Workspace, ask.Member, groups); coaching.CodeOf(err) {
	case "":
		profile.Groups = in
	case coaching.Forbidden, coaching.NotFound:
		// A group that cannot be looked into makes nobody a manager; who is an
		// admin is known all the same.
	default:
		return coaching.Profile{}, err
	}
	return profile, nil
}

// canOn reports whether the member may do the act on the goal. Nothing comes of
// asking; see mayOn for doing it.
func (r *Router) canOn(ctx context.Context, ask *ask, act coaching.Act, goal coaching.Goal) (bool, error) {
	reason, err := r.objection(ctx, ask, act, goal)
	return reason == "", err
}

// mayOn returns nil where the member may do the act on the goal, else the error
// to be told, after the attempt was put into the audit trail. Where it is
// private that the goal exists, the error is NotFound.
//
// An act that moves a goal from one owner to another is done to the goal as it
// was and as it will be.
func (r *Router) mayOn(ctx context.Context, ask *ask, act coaching.Act, goal coaching.Goal) error {
	reason, err := r.objection(ctx, ask, act, goal)
	if err != nil || reason == "" {
		return err
	}
	return r.refused(ctx, ask, act, goal.Number, reason)
}

// maySetFor reports whether the member may set goals for the owner; the empty one
// is the team. The router has to have looked up the actor before.
func (a *ask) maySetFor(owner coaching.MemberID) bool {
	ok, _ := coaching.MayOn(*a.actor, coaching.ActSet, coaching.Goal{Owner: owner})
	return ok
}

func (r *Router) objection(ctx context.Context, ask *ask, act coaching.Act, goal coaching.Goal) (coaching.Reason, error) {
	if coaching.NeedsOn(act, ask.Member, goal) == coaching.RoleRep {
		return "", nil // the usual case, for which no role is looked up
	}
	actor, err := r.actor(ctx, ask)
	if err != nil {
		return "", err
	}
	_, reason := coaching.MayOn(actor, act, goal)
	return reason, nil
}

// can reports whether the member may do the act on what the team shares.
func (r *Router) can(ctx context.Context, ask *ask, act coaching.Act) (bool, error) {
	actor, err := r.actor(ctx, ask)
	ok, _ := coaching.May(actor, act)
	return ok, err
}

// may returns nil where the member may do the act on what the team shares, else
// the error to be told, after the attempt was put into the audit trail.
//
// Where nobody leads the workspace, the first who changes a setting becomes its
// manager: the way in where the platform does not tell who its admins are. The
// reply announces it.
func (r *Router) may(ctx context.Context, ask *ask, act coaching.Act) error {
	actor, err := r.actor(ctx, ask)
	if err != nil {
		return err
	}
	ok, reason := coaching.May(actor, act)
	switch {
	case ok:
		return nil
	case !actor.Leaderless:
		return r.refused(ctx, ask, act, 0, reason)
	case slices.Contains(settingActs, act):
		return r.claim(ctx, ask)
	default:
		return r.refused(ctx, ask, act, 0, "manager_missing")
	}
}

// settingActs are the acts that change settings.
var settingActs = []coaching.Act{coaching.ActSettings, coaching.ActBooks, coaching.ActManagers}

// claim makes the member the manager of a workspace that nobody leads.
func (r *Router) claim(ctx context.Context, ask *ask) error {
	choose := func(workspace coaching.Workspace) (coaching.Workspace, error) {
		if !workspace.Leaderless() {
			return workspace, &coaching.Error{Code: coaching.Forbidden, Reason: "settings_of_managers"}
		}
		return workspace.WithManagers(coaching.ManagerChange{Add: []coaching.MemberID{ask.Member}})
	}
	after, err := choose(ask.workspace)
	if err != nil {
		return err
	}
	if err := r.trace(ctx, ask, coaching.Trace{Kind: coaching.TraceClaimed, Shifts: coaching.SettingShifts(ask.workspace, after)}); err != nil {
		return err
	}
	if ask.workspace, err = r.store.ChangeWorkspace(ctx, ask.Request.Workspace, choose); err != nil {
		return err
	}
	ask.actor, ask.claimed = nil, true
	return nil
}

// announce says in a reply that the member became the workspace's manager.
func (a *ask) announce(reply Reply) Reply {
	if a.claimed {
		reply.Parts = append([]Part{Text{a.voice.Line("manager_claimed", Args{"member": a.member(a.Member)})}}, reply.Parts...)
	}
	return reply
}
