package store

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// Progress returns what the entries of a goal come to, as of now. It reads them
// newest first down to the last checkpoint and leaves a new checkpoint behind
// when that pays, so its cost does not grow with the goal's age.
func (s *Store) Progress(ctx context.Context, goal coaching.Goal, now time.Time) (coaching.Progress, error) {
	base, recent, err := s.recent(ctx, goal)
	if err != nil {
		return coaching.Progress{}, err
	}
	old := recent
	for len(old) > 0 && old[0].At.After(now.Add(-settled)) {
		old = old[1:]
	}
	if len(old) >= checkpointEvery {
		next := checkpoint{at: old[0].At, progress: coaching.Reckon(base.progress, old)}
		doc := next.doc(goal)
		// A checkpoint is only ever a saving: it follows from settled entries,
		// so that two replicas write the same, and the next reader tries again.
		_ = s.engine.Insert(ctx, entries, &doc)
	}
	return coaching.Reckon(base.progress, recent), nil
}

// recent returns a goal's entries since the last checkpoint that can be relied
// on, newest first, and that checkpoint.
func (s *Store) recent(ctx context.Context, goal coaching.Goal) (checkpoint, []coaching.Entry, error) {
	var (
		base   checkpoint
		recent []coaching.Entry
		oldest time.Time // of the entries taken back
	)
	query := document.Query{
		Index: "by_goal", Equal: []any{string(goal.Workspace), int64(goal.Number)}, Descending: true, Limit: maxEntries,
	}
	err := s.engine.Find(ctx, entries, query, func(decode document.Decode) error {
		var doc entryDoc
		if err := decode(&doc); err != nil {
			return err
		}
		if doc.Op == opCheckpoint {
			if !oldest.IsZero() && !oldest.After(doc.At.Time) {
				return nil // It counts an entry that was taken back since.
			}
			var err error
			if base, err = doc.checkpoint(); err != nil {
				return err
			}
			// Entries of the checkpoint's very millisecond may come before it.
			for len(recent) > 0 && !recent[len(recent)-1].At.After(base.at) {
				recent = recent[:len(recent)-1]
			}
			return document.Stop
		}
		entry, err := doc.entry()
		if err != nil {
			return err
		}
		if entry.Op == coaching.Undo && (oldest.IsZero() || entry.RevertsAt.Before(oldest)) {
			oldest = entry.RevertsAt
		}
		recent = append(recent, entry)
		return nil
	})
	return base, recent, coded("read progress", err)
}

// checkpoint is the progress of a goal as of a time.
type checkpoint struct {
	at       time.Time
	progress coaching.Progress
}

func (c checkpoint) doc(goal coaching.Goal) entryDoc {
	lastAt := document.At(c.progress.LastAt)
	doc := entryDoc{
		Header: document.Header{
			ID: entryKey(goal.Workspace, fmt.Sprintf("%s-%d-%d", opCheckpoint, goal.Number, c.at.UnixMilli())),
		},
		Workspace: string(goal.Workspace), Goal: int64(goal.Number), At: document.At(c.at), Op: opCheckpoint,
		Amount: c.progress.Value.String(), Entries: int64(c.progress.Entries), LastAt: &lastAt,
	}
	if c.progress.HasFirst {
		doc.First = c.progress.First.String()
	}
	return doc
}

func (d entryDoc) checkpoint() (checkpoint, error) {
	value, err := decimal.NewFromString(d.Amount)
	if err != nil {
		return checkpoint{}, fmt.Errorf("checkpoint %s: %w", d.ID, err)
	}
	c := checkpoint{at: d.At.Time, progress: coaching.Progress{Value: value, Entries: int(d.Entries), HasFirst: d.First != ""}}
	if d.LastAt != nil {
		c.progress.LastAt = d.LastAt.Time
	}
	if c.progress.HasFirst {
		if c.progress.First, err = decimal.NewFromString(d.First); err != nil {
			return checkpoint{}, fmt.Errorf("checkpoint %s: %w", d.ID, err)
		}
	}
	return c, nil
}
