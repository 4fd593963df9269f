package store

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// followed returns the progress of a goal whose figure comes from events; ok is
// false for one that people log.
func (s *Store) followed(ctx context.Context, goal coaching.Goal, now time.Time) (progress coaching.Progress, ok bool, err error) {
	feeds, err := s.Feeds(ctx, goal.Workspace)
	if err != nil || len(feeds) == 0 {
		return coaching.Progress{}, false, err
	}
	q, sources, ok := coaching.Follow(goal, feeds)
	if !ok {
		return coaching.Progress{}, false, nil
	}
	k, workspace, err := s.ask(ctx, goal.Workspace, q, goal.Owner, now)
	if err != nil {
		return coaching.Progress{}, false, err
	}
	var entries []coaching.Entry
	if goal.Nature == coaching.Sum {
		if entries, err = s.EntriesOf(ctx, goal, maxEntries); err != nil {
			return coaching.Progress{}, false, err
		}
	}
	loc := workspace.Location()
	today := coaching.DateOf(now.In(loc))
	return coaching.Followed(goal, k, sources, entries, workspace.Calendar(), today, loc), true, nil
}

// ask returns a figure of a member, or of the team for the empty one.
func (s *Store) ask(ctx context.Context, id coaching.WorkspaceID, q coaching.KPIQuery, owner coaching.MemberID, now time.Time) (coaching.KPI, coaching.Workspace, error) {
	workspace, err := s.Workspace(ctx, id)
	if err != nil {
		return coaching.KPI{}, workspace, err
	}
	q.Today = coaching.DateOf(now.In(workspace.Location()))
	q.Margin, q.HasMargin = workspace.Margin, workspace.HasMargin
	if q.Keep, err = s.keep(ctx, id, owner); err != nil {
		return coaching.KPI{}, workspace, err
	}
	book, err := s.DayBook(ctx, id, q.Reach(), q.Period.To, now)
	if err != nil {
		return coaching.KPI{}, workspace, err
	}
	return book.KPI(q), workspace, nil
}

// keep returns the filter of what is a member's, nil for the team, whose is
// everything.
func (s *Store) keep(ctx context.Context, workspace coaching.WorkspaceID, owner coaching.MemberID) (func(coaching.Cut) bool, error) {
	if owner == "" {
		return nil, nil
	}
	known, err := s.Owners(ctx, workspace)
	return known.Keep(owner), err
}

// DailyRecord returns the daily record that a goal's pace is judged by, where
// its figure comes from events and adds up; ok is false for other goals.
func (s *Store) DailyRecord(ctx context.Context, goal coaching.Goal, from coaching.Date, now time.Time) (record coaching.Ledger, ok bool, err error) {
	feeds, err := s.Feeds(ctx, goal.Workspace)
	if err != nil || goal.Nature != coaching.Sum {
		return coaching.Ledger{}, false, err
	}
	q, sources, ok := coaching.Follow(goal, feeds)
	if !ok {
		return coaching.Ledger{}, false, nil
	}
	workspace, err := s.Workspace(ctx, goal.Workspace)
	if err != nil {
		return coaching.Ledger{}, false, err
	}
	for _, feed := range sources {
		if from.Before(feed.First) {
			from = feed.First
		}
	}
	q.Today = coaching.DateOf(now.In(workspace.Location()))
	if q.Keep, err = s.keep(ctx, goal.Workspace, goal.Owner); err != nil {
		return coaching.Ledger{}, false, err
	}
	book, err := s.DayBook(ctx, goal.Workspace, from, q.Today, now)
	if err != nil {
		return coaching.Ledger{}, false, err
	}
	return book.Ledger(q, from, workspace.Calendar()), true, nil
}
