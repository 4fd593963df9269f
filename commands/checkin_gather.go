package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// Limits of a check-in: what a channel takes in, and for how many days back
// whoever recorded something on a team's goal is taken to work on it.
const (
	maxChecked     = 30
	maxWithButtons = 4
	workingOn      = 28
)

// asking is an ask about nobody's request: what a cadence gathers facts with.
func (o occasion) asking() *ask {
	return &ask{
		Request:   Request{Workspace: o.workspace.ID, Channel: o.cadence.Channel, Member: o.cadence.Member, Received: o.now},
		workspace: o.workspace, today: o.date,
	}
}

// gatherCheckIn gathers the facts of a check-in, and for a channel's the digests
// of it that managers get at the end of the day.
func (r *Router) gatherCheckIn(ctx context.Context, o occasion) (gathered, error) {
	goals, err := r.store.Goals(ctx, o.workspace.ID, coaching.Active)
	if err != nil {
		return gathered{}, err
	}
	goals = slices.DeleteFunc(goals, func(goal coaching.Goal) bool { return !checkedIn(goal, o) })
	if len(goals) == 0 {
		return gathered{}, nil
	}
	// The team's goals come first, of each half those in focus.
	slices.SortStableFunc(goals, func(a, b coaching.Goal) int {
		return cmp.Or(first(a.Team(), b.Team()), first(a.Focus, b.Focus), cmp.Compare(a.Number, b.Number))
	})
	checkIn := coaching.CheckIn{
		Date: o.date, Week: o.workspace.Calendar().WeekStart(o.date), Member: o.cadence.Member,
		MoreGoals: max(len(goals)-maxChecked, 0),
	}
	for _, goal := range goals[:min(len(goals), maxChecked)] {
		progress, err := r.store.Progress(ctx, goal, o.now)
		if err != nil {
			return gathered{}, err
		}
		checkIn.Goals = append(checkIn.Goals, coaching.Standing{Goal: goal, Progress: progress})
	}
	if o.cadence.Member != "" {
		return gathered{notice: checkIn}, nil
	}
	if checkIn.Asked, checkIn.Away, err = r.askedNow(ctx, o, goals); err != nil {
		return gathered{}, err
	}
	digests, err := r.digests(ctx, o, checkIn)
	return gathered{notice: checkIn, also: digests}, err
}

// first orders what has a trait before what has not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// checkedIn reports whether an active goal belongs into a check-in: a channel's
// has no private ones, a member's own has theirs alone.
func checkedIn(goal coaching.Goal, o occasion) bool {
	switch member := o.cadence.Member; {
	case !goal.Period.Contains(o.date):
		return false
	case member != "":
		return goal.Owner == member
	default:
		return !goal.Private
	}
}

// askedNow returns who is asked about goals, without those who have the day off
// or take a break from the bot.
func (r *Router) askedNow(ctx context.Context, o occasion, goals []coaching.Goal) (asked []coaching.Asked, away []coaching.MemberID, err error) {
	since := o.date.AddDays(-workingOn).In(o.cadence.Location(o.terms))
	lately, err := r.store.EntriesSince(ctx, o.workspace.ID, since, o.now, maxEntries)
	if err != nil {
		return nil, nil, err
	}
	for _, each := range coaching.AskedAbout(goals, lately) {
		rhythm, err := r.store.Rhythm(ctx, o.workspace.ID, each.Member)
		if err != nil {
			return nil, nil, err
		}
		if _, off := rhythm.AwayOn(o.date); off || o.date.Before(rhythm.SnoozedUntil) {
			away = append(away, each.Member)
			continue
		}
		asked = append(asked, each)
	}
	return asked, away, nil
}

// digests are what managers get of a channel's check-in.
func (r *Router) digests(ctx context.Context, o occasion, checkIn coaching.CheckIn) ([]coaching.Delivery, error) {
	if len(checkIn.Asked) == 0 {
		return nil, nil
	}
	leaders, err := r.leaders(ctx, o.workspace, o.date)
	if err != nil {
		return nil, err
	}
	at := coaching.DigestAt(o.at, o.terms.Quiet, o.cadence.Location(o.terms))
	var deliveries []coaching.Delivery
	for _, leader := range leaders {
		deliveries = append(deliveries, coaching.Delivery{
			ID: coaching.DigestID(o.cadence.DeliveryID(o.date), leader), Workspace: o.workspace.ID, Member: leader,
			Notices: []coaching.Notice{coaching.Digest{CheckIn: checkIn}},
			State:   coaching.Pending, DueAt: at, NextAt: at, ExpiresAt: coaching.DigestExpires(at),
		})
	}
	return deliveries, nil
}

// settingsReach is how far back in the trail of the settings a leader is looked
// for.
const settingsReach = 20

// leaders returns the managers who are told what is not for everybody: those who
// were chosen and do not have the day off, or all where each of them has. Where
// none is chosen it is whoever changed the settings last.
func (r *Router) leaders(ctx context.Context, workspace coaching.Workspace, date coaching.Date) ([]coaching.MemberID, error) {
	if len(workspace.Managers) == 0 {
		traces, err := r.store.Traces(ctx, workspace.ID, coaching.SubjectSettings, settingsReach)
		if err != nil || len(traces) == 0 {
			return nil, err
		}
		return []coaching.MemberID{traces[0].Member}, nil
	}
	var there []coaching.MemberID
	for _, manager := range workspace.Managers {
		rhythm, err := r.store.Rhythm(ctx, workspace.ID, manager)
		if err != nil {
			return nil, err
		}
		if _, off := rhythm.AwayOn(date); !off {
			there = append(there, manager)
		}
	}
	if len(there) == 0 {
		there = slices.Clone(workspace.Managers)
	}
	slices.SortFunc(there, func(a, b coaching.MemberID) int { return strings.Compare(string(a), string(b)) })
	return there, nil
}
