package coaching

import "cmp"

// Act is something that not everybody may do: to a goal, or to what the whole
// team shares.
type Act string

// The acts on a goal.
const (
	ActSee    Act = "see"    // to be told anything of it, that it exists included
	ActLog    Act = "log"    // to record progress
	ActPlan   Act = "plan"   // to answer how it is reached
	ActSet    Act = "set"    // to make it or to change what it asks for
	ActState  Act = "state"  // to focus, park, close or take it up again
	ActReview Act = "review" // to close the books on it, with lessons
)

// The acts on what the team shares.
const (
	ActSettings Act = "settings" // the work week, the nudges, who is on the team
	ActBooks    Act = "books"    // to see or change costs, margin, funnel, deal size
	ActImport   Act = "import"   // to bring in past figures
	ActExport   Act = "export"   // to take the team's figures away as files
	ActTrail    Act = "trail"    // to see who changed the settings
	ActManagers Act = "managers" // to say who is a manager
)

// Actor is a member who is about to do something.
type Actor struct {
	Member MemberID
	Role   Role
	// Leaderless is set where nobody leads the workspace; see
	// [Workspace.Leaderless].
	Leaderless bool
}

// goalRule is the least role that an act takes, by whose goal it is done to.
type goalRule struct{ own, team, others Role }

// goalRules is the table of who may do what to a goal.
var goalRules = map[Act]goalRule{
	ActSee:    {own: RoleRep, team: RoleRep, others: RoleRep},
	ActLog:    {own: RoleRep, team: RoleRep, others: RoleManager},
	ActPlan:   {own: RoleRep, team: RoleRep, others: RoleManager},
	ActSet:    {own: RoleRep, team: RoleManager, others: RoleManager},
	ActState:  {own: RoleRep, team: RoleManager, others: RoleManager},
	ActReview: {own: RoleRep, team: RoleManager, others: RoleManager},
}

// teamRules is the table of who may do what to what the team shares.
var teamRules = map[Act]Role{
	ActSettings: RoleManager,
	ActBooks:    RoleManager,
	ActImport:   RoleManager,
	ActExport:   RoleManager,
	ActTrail:    RoleManager,
	ActManagers: RoleAdmin,
}

// NeedsOn returns the least role that an act on a goal takes of a member: a
// private goal is its owner's and the managers' alone. An act that is not one on
// goals takes more than anybody has.
func NeedsOn(act Act, member MemberID, goal Goal) Role {
	rule, known := goalRules[act]
	switch {
	case !known:
		return nobody
	case goal.Team():
		return rule.team
	case goal.Owner == member:
		return rule.own
	case goal.Private:
		return max(rule.others, RoleManager)
	default:
		return rule.others
	}
}

// nobody is above all roles.
const nobody = RoleAdmin + 1

// MayOn reports whether the actor may do the act on the goal. Where not, reason
// names why, and where it is private that the goal exists, reason is
// "goal_unknown", as of a goal that does not.
func MayOn(actor Actor, act Act, goal Goal) (ok bool, reason Reason) {
	switch need := NeedsOn(act, actor.Member, goal); {
	case actor.Role >= need, actor.Leaderless && goal.Team() && need == RoleManager:
		return true, ""
	case goal.Private && !goal.Team():
		return false, "goal_unknown"
	case goal.Team():
		return false, cmp.Or(teamRefusals[act], "goal_of_team")
	default:
		return false, cmp.Or(otherRefusals[act], "goal_of_another")
	}
}

var (
	teamRefusals = map[Act]Reason{
		ActSet: "goal_for_others", ActReview: "review_of_team",
	}
	otherRefusals = map[Act]Reason{
		ActLog: "log_of_another", ActPlan: "plan_of_another", ActSet: "goal_for_others",
		ActReview: "review_of_another",
	}
)

// May reports whether the actor may do the act, which is one on what the team
// shares. Where not, reason names why.
func May(actor Actor, act Act) (ok bool, reason Reason) {
	need, known := teamRules[act]
	switch {
	case known && actor.Role >= need:
		return true, ""
	case act == ActManagers:
		return false, "managers_by_admins"
	case act == ActTrail:
		return false, "trail_of_managers"
	case act == ActImport:
		return false, "import_of_managers"
	case act == ActExport:
		return false, "export_of_managers"
	default:
		return false, "settings_of_managers"
	}
}
