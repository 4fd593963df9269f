package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// bulkSize is how many documents one write of a bulk has: enough that its
// commit no longer counts, few enough that others' writes get in between.
const bulkSize = 2000

// RecordAll stores the entries of new goals under their ids, in as few writes
// as is reasonable. Entries whose ids are stored already stay as they are, so an
// import that died half-way is simply repeated. Once a goal's progress has been
// read, it takes no more entries of the past.
func (s *Store) RecordAll(ctx context.Context, all []coaching.Entry) error {
	docs := make([]entryDoc, len(all))
	for i, entry := range all {
		docs[i] = entryToDoc(entry)
	}
	_, err := insertAll(ctx, s.engine, entries, docs)
	if s.memo != nil {
		for _, entry := range all {
			s.memo.forget(goalRef{entry.Workspace, entry.Goal})
		}
	}
	return coded("record entries", err)
}

// Drafted is a goal to create together with the id of the draft that it comes
// from, which is what makes repeating the creation harmless.
type Drafted struct {
	Goal  coaching.Goal
	Draft string
}

// CreateGoals is [Store.CreateGoal] for many goals of one workspace. It returns
// them with their numbers, in the given order; those whose draft has become a
// goal already are that goal. Anybody else may create goals meanwhile, except
// from the same drafts.
func (s *Store) CreateGoals(ctx context.Context, workspace coaching.WorkspaceID, drafted []Drafted) ([]coaching.Goal, error) {
	created := make([]coaching.Goal, len(drafted))
	var left []int // what is to be numbered yet
	for i, d := range drafted {
		if d.Goal.Workspace != workspace {
			return nil, fmt.Errorf("create goals of %s: one is of %s", workspace, d.Goal.Workspace)
		}
		existing, found, err := s.goalOfDraft(ctx, workspace, d.Draft)
		if err != nil {
			return nil, err
		}
		if created[i] = existing; !found {
			left = append(left, i)
		}
	}
	for len(left) > 0 {
		number, err := s.lastNumber(ctx, workspace)
		if err != nil {
			return nil, err
		}
		docs := make([]goalDoc, len(left))
		for n, i := range left {
			goal := drafted[i].Goal
			goal.Number = number + 1 + n
			docs[n] = goalToDoc(goal)
			docs[n].Draft = drafted[i].Draft
			created[i] = goal
		}
		// Numbers that somebody else took meanwhile are drawn anew.
		var taken map[string]bool
		err = s.lists.change(func() (err error) {
			taken, err = insertAll(ctx, s.engine, goals, docs)
			return err
		}, func(error) bool { return false })
		if err != nil {
			return nil, coded("create goals", err)
		}
		var again []int
		for n, i := range left {
			if taken[docs[n].ID] {
				again = append(again, i)
			}
		}
		left = again
	}
	return created, nil
}

// insertAll inserts documents in bulks and returns the ids that were taken.
func insertAll[T any, P document.Pointer[T]](ctx context.Context, engine document.Engine, c document.Collection, docs []T) (map[string]bool, error) {
	var taken map[string]bool
	bulk := make([]document.Document, 0, min(len(docs), bulkSize))
	for len(docs) > 0 {
		bulk = bulk[:0]
		for i := range docs[:min(len(docs), bulkSize)] {
			bulk = append(bulk, P(&docs[i]))
		}
		docs = docs[len(bulk):]
		err := engine.Insert(ctx, c, bulk...)
		var conflict *document.TakenError
		switch {
		case err == nil:
		case errors.As(err, &conflict):
			if taken == nil {
				taken = make(map[string]bool)
			}
			for _, id := range conflict.IDs {
				taken[id] = true
			}
		default:
			return nil, err
		}
	}
	return taken, nil
}
