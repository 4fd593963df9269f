package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// judge reads a goal's progress and says where it stands. Whatever tells of a
// goal asks here or [Router.judged], so that no two places say different things
// of it.
func (r *Router) judge(ctx context.Context, ask *ask, goal coaching.Goal) (coaching.Judgement, error) {
	progress, err := r.store.Progress(ctx, goal, ask.Received)
	if err != nil {
		return coaching.Judgement{}, err
	}
	return r.judged(ctx, ask, coaching.Standing{Goal: goal, Progress: progress})
}

// judged says where a goal stands, with the progress that is given, by its
// owner's working days and, where there is one, by the daily record of the owner's
// goals like it.
func (r *Router) judged(ctx context.Context, ask *ask, standing coaching.Standing) (coaching.Judgement, error) {
	goal := &standing.Goal
	if err := r.learnCalendar(ctx, ask, goal.Owner); err != nil {
		return coaching.Judgement{}, err
	}
	judgement := coaching.Judge(standing, ask.calendarOf(goal.Owner), ask.today, ask.workspace.Location())
	if !judgement.Foreseeable() {
		return judgement, nil
	}
	outlook, known, err := r.outlook(ctx, ask, &standing)
	if err != nil || !known {
		return judgement, err
	}
	judgement.Foresee(outlook, ask.today)
	return judgement, nil
}

// Bounds of a record: how far back it goes and how much of it is read.
const (
	recordMonths  = 13
	recordEntries = 5000
)

// outlook returns what the daily record says of a goal's period; known is false
// where there is none. What events tell is always read anew, for it may change at
// any time; what people logged is remembered.
func (r *Router) outlook(ctx context.Context, ask *ask, standing *coaching.Standing) (outlook coaching.Outlook, known bool, err error) {
	goal, from := &standing.Goal, ask.today.AddMonths(-recordMonths)
	if standing.Progress.Fed {
		record, fed, err := r.store.DailyRecord(ctx, *goal, from, ask.Received)
		if err == nil && fed {
			outlook, known = coaching.OutlookOn(record, goal.Period, ask.today)
		}
		return outlook, known, err
	}
	key := outlookKey{goal.Workspace, goal.Number}
	if outlook, known, fresh := r.outlooks.get(key, goal, ask); fresh {
		return outlook, known, nil
	}
	record, whole, err := r.logged(ctx, ask, goal, from)
	if err != nil {
		return coaching.Outlook{}, false, err
	}
	if whole {
		outlook, known = coaching.OutlookOn(record, goal.Period, ask.today)
	}
	r.outlooks.keep(key, goal, ask, outlook, known)
	return outlook, known, nil
}

// logged returns the daily record of what was logged on the owner's goals like
// one, those that are closed among them; whole is false where none of them goes
// back to the period before, so that there is nothing to learn from.
func (r *Router) logged(ctx context.Context, ask *ask, goal *coaching.Goal, from coaching.Date) (record coaching.Ledger, whole bool, err error) {
	first := ask.today
	var alike []*coaching.Goal
	for _, state := range []coaching.State{coaching.Active, coaching.Closed} {
		siblings, err := r.store.GoalsOf(ctx, goal.Workspace, goal.Owner, state)
		if err != nil {
			return coaching.Ledger{}, false, err
		}
		for i := range siblings {
			sibling := &siblings[i]
			if !sibling.Like(*goal) || sibling.Period.To.Before(from) {
				continue
			}
			alike = append(alike, sibling)
			if sibling.Period.From.Before(first) {
				first = sibling.Period.From
			}
		}
	}
	if first.After(goal.Period.Shift(-1).From) {
		return coaching.Ledger{}, false, nil
	}
	var entries []coaching.Entry
	for _, sibling := range alike {
		own, err := r.store.EntriesOf(ctx, *sibling, recordEntries)
		if err != nil {
			return coaching.Ledger{}, false, err
		}
		entries = append(entries, own...)
	}
	return coaching.RecordOf(entries, first, ask.calendarOf(goal.Owner), ask.workspace.Location()), true, nil
}
