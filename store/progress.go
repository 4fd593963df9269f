package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

const (
	// settled is the age from which the entries of a goal are complete: longer
	// than any request may take plus the difference between replicas' clocks.
	settled = time.Minute
	// subtotalEvery is how many settled entries a reader sums up before it saves
	// the next one that work.
	subtotalEvery = 16
	// maxEntries bounds how many entries one query returns.
	maxEntries = 1_000_000
)

// Progress returns where a goal is, as of now: by the events that it follows,
// else by its entries. It reads the entries since the goal's subtotal and saves
// a new subtotal when that pays, so its cost does not grow with the goal's age.
func (s *Store) Progress(ctx context.Context, goal coaching.Goal, now time.Time) (coaching.Progress, error) {
	if progress, follows, err := s.followed(ctx, goal, now); err != nil || follows {
		return progress, err
	}
	if s.memo == nil {
		progress, _, err := s.sum(ctx, goal, now)
		return progress, err
	}
	place := s.memo.enter(goalRef{goal.Workspace, goal.Number})
	defer s.memo.leave(place)
	if progress, known := s.memo.get(place); known {
		return progress, nil
	}
	place.gate.Lock()
	defer place.gate.Unlock()
	if progress, known := s.memo.get(place); known {
		return progress, nil // Somebody else was quicker.
	}
	progress, setAt, err := s.sum(ctx, goal, now)
	if err == nil {
		s.memo.keep(place, progress, setAt)
	}
	return progress, err
}

// sum reads progress and when the figure was last set: never later than the
// subtotal ends, or when an entry read set it.
func (s *Store) sum(ctx context.Context, goal coaching.Goal, now time.Time) (progress coaching.Progress, setAt time.Time, err error) {
	var subtotal coaching.Subtotal
	if goal.Subtotal != nil {
		subtotal = *goal.Subtotal
	}
	recent, err := s.entriesAfter(ctx, goal, subtotal.Through)
	if err == nil && !subtotal.Through.IsZero() && takesBack(recent, subtotal.Through) {
		// An entry that the subtotal counts was taken back since.
		subtotal = coaching.Subtotal{}
		recent, err = s.entriesAfter(ctx, goal, subtotal.Through)
	}
	if err != nil {
		return coaching.Progress{}, time.Time{}, err
	}
	old := recent
	for len(old) > 0 && old[0].At.After(now.Add(-settled)) {
		old = old[1:]
	}
	if len(old) >= subtotalEvery {
		next := coaching.Subtotal{Through: old[0].At, Progress: coaching.Reckon(subtotal.Progress, old)}
		// A subtotal is only ever a saving, which the next reader can make as well.
		_ = s.saveSubtotal(ctx, goal, next)
	}
	setAt = subtotal.Through
	for _, entry := range recent {
		if entry.Op == coaching.Set && entry.At.After(setAt) {
			setAt = entry.At
		}
	}
	return coaching.Reckon(subtotal.Progress, recent), setAt, nil
}

// entriesAfter returns a goal's entries after an instant, newest first; all of
// them after the zero time.
func (s *Store) entriesAfter(ctx context.Context, goal coaching.Goal, after time.Time) ([]coaching.Entry, error) {
	query := document.Query{
		Index: "by_goal", Equal: []any{string(goal.Workspace), int64(goal.Number)}, Descending: true, Limit: maxEntries,
	}
	if !after.IsZero() {
		query.From = document.At(after.Add(time.Millisecond))
	}
	return s.findEntries(ctx, query)
}

// takesBack reports whether one of the entries takes back one that was made by
// then.
func takesBack(entries []coaching.Entry, by time.Time) bool {
	for _, entry := range entries {
		if entry.Op == coaching.Undo && !entry.RevertsAt.After(by) {
			return true
		}
	}
	return false
}

// saveSubtotal stores a subtotal with its goal, unless one as late is there.
func (s *Store) saveSubtotal(ctx context.Context, goal coaching.Goal, subtotal coaching.Subtotal) error {
	var doc goalDoc
	if err := s.engine.Get(ctx, goals, goalKey(goal.Workspace, goal.Number), &doc); err != nil {
		return coded("save subtotal", err)
	}
	if doc.Subtotal != nil && !doc.Subtotal.Through.Before(subtotal.Through) {
		return nil
	}
	doc.Subtotal = subtotalToDoc(&subtotal)
	err := s.replaceGoal(ctx, &doc)
	if errors.Is(err, document.ErrStale) {
		return nil
	}
	return coded("save subtotal", err)
}

type subtotalDoc struct {
	Through document.Time `json:"through"`
	Value   string        `json:"value"`
	Entries int64         `json:"entries"`
	LastAt  document.Time `json:"last_at"`
	First   string        `json:"first"` // empty: never set
	Cases   int64         `json:"cases,omitempty"`
	Fed     bool          `json:"fed,omitempty"`
}

// subtotalToDoc returns nothing for no subtotal.
func subtotalToDoc(subtotal *coaching.Subtotal) *subtotalDoc {
	if subtotal == nil {
		return nil
	}
	doc := progressToDoc(subtotal.Progress)
	doc.Through = document.At(subtotal.Through)
	return &doc
}

// progressToDoc returns a subtotal without its time.
func progressToDoc(progress coaching.Progress) subtotalDoc {
	doc := subtotalDoc{Value: progress.Value.String(), Entries: int64(progress.Entries), LastAt: document.At(progress.LastAt), Cases: int64(progress.Cases), Fed: progress.Fed}
	if progress.HasFirst {
		doc.First = progress.First.String()
	}
	return doc
}

func (d *subtotalDoc) subtotal() (coaching.Subtotal, error) {
	subtotal := coaching.Subtotal{
		Through:  d.Through.Time,
		Progress: coaching.Progress{Entries: int(d.Entries), LastAt: d.LastAt.Time, HasFirst: d.First != "", Cases: int(d.Cases), Fed: d.Fed},
	}
	var errs [2]error
	subtotal.Progress.Value, errs[0] = decimal.NewFromString(d.Value)
	if subtotal.Progress.HasFirst {
		subtotal.Progress.First, errs[1] = decimal.NewFromString(d.First)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return coaching.Subtotal{}, fmt.Errorf("subtotal: %w", err)
	}
	return subtotal, nil
}
