package store

import (
	"context"
	"slices"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// Former stands for everybody who was forgotten. It is one for all, so that
// nobody can tell from what is kept who it was, or that two things were by the
// same person.
const Former = coaching.MemberID("former")

// ForgetMember deletes what is a member's alone: what is known of them, their
// goals with all that belongs to those, their small wins, dialogs, drafts and
// place on the team's list. What they did for the team stays, so that its totals
// stay true, but as [Former]'s, without a name and without notes. The CRM's own
// names of owners are the CRM's; nothing leads from them to the member any more.
//
// It may be repeated, and is, where it broke off.
func (s *Store) ForgetMember(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Forgotten, error) {
	f := forgetting{store: s, workspace: workspace, member: member, own: make(map[int64]bool)}
	for goal, err := range f.goals(ctx) {
		if err != nil {
			return coaching.Forgotten{}, coded("forget member", err)
		}
		f.own[goal] = true
	}
	// What names the member's goals goes before the goals, which tell which those
	// are: a try that breaks off leaves enough for the next.
	order := shelves()
	slices.SortStableFunc(order, func(a, b shelf) int { return lastIf(a) - lastIf(b) })
	for _, shelf := range order {
		if err := f.clear(ctx, shelf); err != nil {
			return coaching.Forgotten{}, coded("forget member in "+shelf.collection.Name, err)
		}
	}
	return f.Forgotten, nil
}

func lastIf(shelf shelf) int {
	if shelf.collection.Name == goals.Name {
		return 1
	}
	return 0
}

// forgetting is one member being forgotten.
type forgetting struct {
	store     *Store
	workspace coaching.WorkspaceID
	member    coaching.MemberID
	own       map[int64]bool // the member's goals
	coaching.Forgotten
}

// goals yields the numbers of the member's goals.
func (f *forgetting) goals(ctx context.Context) func(func(int64, error) bool) {
	return func(yield func(int64, error) bool) {
		shelf, _ := shelfNamed(goals.Name)
		err := f.store.walkWorkspace(ctx, shelf, f.workspace, func(doc document.Document) error {
			if goal, ok := doc.(*goalDoc); ok && goal.Owner == string(f.member) && !yield(goal.Number, nil) {
				return document.Stop
			}
			return nil
		})
		if err != nil {
			yield(0, err)
		}
	}
}

// clear goes through one shelf, a stretch at a time: nothing is changed while it
// is walked.
func (f *forgetting) clear(ctx context.Context, shelf shelf) error {
	var drop, change []document.Document
	err := f.store.walkWorkspace(ctx, shelf, f.workspace, func(doc document.Document) error {
		switch f.verdict(doc) {
		case dropIt:
			drop = append(drop, doc)
		case changeIt:
			change = append(change, doc)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return f.store.rewriting(func() error {
		for _, doc := range drop {
			if err := f.store.engine.Delete(ctx, shelf.collection, doc.Head().ID); err != nil {
				return err
			}
			f.Deleted++
		}
		for _, doc := range change {
			if err := f.rename(ctx, shelf, doc); err != nil {
				return err
			}
			f.Renamed++
		}
		return nil
	})
}

// rename stores a document that does not name the member any more. Where it
// changed meanwhile, it is read and changed again.
func (f *forgetting) rename(ctx context.Context, shelf shelf, doc document.Document) error {
	for {
		err := f.store.engine.Replace(ctx, shelf.collection, doc)
		if entry, ok := doc.(*entryDoc); ok && f.store.memo != nil {
			f.store.memo.forget(goalRef{f.workspace, int(entry.Goal)})
		}
		if !isStale(err) {
			return err
		}
		fresh := shelf.blank()
		if err := f.store.engine.Get(ctx, shelf.collection, doc.Head().ID, fresh); err != nil {
			return err
		}
		if f.verdict(fresh) != changeIt {
			return nil
		}
		doc = fresh
	}
}

// rewriting runs writes that go past what is remembered, which is then read
// anew.
func (s *Store) rewriting(write func() error) error {
	for _, remembered := range []interface {
		change(write func() error, sure func(error) bool) error
	}{s.lists, s.people, s.settings, s.rhythms, s.fed} {
		past := write
		write = func() error { return remembered.change(past, func(error) bool { return false }) }
	}
	return write()
}

// ForgetWorkspace deletes everything of a workspace and returns how many
// documents that were. Nobody may use the workspace meanwhile. It may be
// repeated, and is, where it broke off; the settings go last.
func (s *Store) ForgetWorkspace(ctx context.Context, workspace coaching.WorkspaceID, each func(deleted int)) (deleted int, err error) {
	order := shelves()
	slices.Reverse(order)
	for _, shelf := range order {
		var ids []string
		err := s.walkWorkspace(ctx, shelf, workspace, func(doc document.Document) error {
			ids = append(ids, doc.Head().ID)
			return nil
		})
		if err != nil {
			return deleted, coded("forget "+shelf.collection.Name, err)
		}
		for stretch := range slices.Chunk(ids, bulkSize) {
			err := s.rewriting(func() error {
				return abreast(ctx, len(stretch), func(ctx context.Context, i int) error {
					return s.engine.Delete(ctx, shelf.collection, stretch[i])
				})
			})
			if err != nil {
				return deleted, coded("forget "+shelf.collection.Name, err)
			}
			deleted += len(stretch)
			each(deleted)
		}
	}
	return deleted, nil
}
