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
	keep, ok, err := s.keep(ctx, goal)
	if err != nil || !ok {
		return coaching.Progress{}, false, err
	}
	q.Keep = keep
	workspace, err := s.Workspace(ctx, goal.Workspace)
	if err != nil {
		return coaching.Progress{}, false, err
	}
	loc := workspace.Location()
	q.Today = coaching.DateOf(now.In(loc))
	q.Margin, q.HasMargin = workspace.Margin, workspace.HasMargin
	if q.Kind == coaching.Margin {
		q.Currency = workspace.Currency // a percentage names none
	}
	book, err := s.DayBook(ctx, goal.Workspace, q.Reach(), q.Period.To, now)
	if err != nil {
		return coaching.Progress{}, false, err
	}
	var entries []coaching.Entry
	if goal.Nature == coaching.Sum {
		if entries, err = s.EntriesOf(ctx, goal, maxEntries); err != nil {
			return coaching.Progress{}, false, err
		}
	}
	return coaching.Followed(goal, book.KPI(q), sources, entries, workspace.Calendar(), q.Today, loc), true, nil
}

// keep returns the filter of what is a goal's owner's, nil for the team, whose
// is everything. ok is false for a member whom nobody in the CRM is.
func (s *Store) keep(ctx context.Context, goal coaching.Goal) (keep func(coaching.Cut) bool, ok bool, err error) {
	if goal.Team() {
		return nil, true, nil
	}
	known, err := s.Owners(ctx, goal.Workspace)
	return known.Keep(goal.Owner), known.Has(goal.Owner), err
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
	if q.Keep, ok, err = s.keep(ctx, goal); err != nil || !ok {
		return coaching.Ledger{}, false, err
	}
	book, err := s.DayBook(ctx, goal.Workspace, from, q.Today, now)
	if err != nil {
		return coaching.Ledger{}, false, err
	}
	return book.Ledger(q, from, workspace.Calendar()), true, nil
}
