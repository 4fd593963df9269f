package store

import (
	"context"
	"errors"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// inFlight is how many reads or writes of single documents a batch has under
// way at once: on SQLite they share a commit, on MongoDB the way to the server.
const inFlight = 64

// abreast calls do for 0 to n-1, several at a time, until one fails.
func abreast(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(inFlight)
	for i := range n {
		group.Go(func() error { return do(ctx, i) })
	}
	return group.Wait()
}

// gather folds the events of a batch by subject.
func (b *batch) gather() {
	b.subjects = make(map[subjectRef]*gathered)
	for _, in := range b.known {
		kind, id := in.event.About()
		ref := subjectRef{kind, id}
		told := coaching.DossierOf(in.event, b.workspace)
		if g := b.subjects[ref]; g != nil {
			g.state, g.events = g.state.Merge(told), append(g.events, in)
			continue
		}
		b.subjects[ref] = &gathered{state: told, events: []*incoming{in}}
	}
	for ref, g := range b.subjects {
		if len(g.state.Steps) > coaching.MaxSteps {
			b.overflow(ref)
		}
	}
}

// overflow refuses what a batch tells of a subject that has no room for it.
func (b *batch) overflow(ref subjectRef) {
	for _, in := range b.subjects[ref].events {
		b.drop(in, coaching.ReasonEventSubjectFull, "subject")
	}
	delete(b.subjects, ref)
}

// mergeSubjects brings the batch into the stored subjects: those that are new in
// bulk, the others one by one.
func (s *Store) mergeSubjects(ctx context.Context, b *batch) error {
	b.gather()
	for kind, collection := range subjectCollections {
		var refs []subjectRef
		for ref := range b.subjects {
			if ref.kind == kind {
				refs = append(refs, ref)
			}
		}
		if len(refs) == 0 {
			continue
		}
		if err := s.mergeKind(ctx, b, collection, refs); err != nil {
			return coded("merge "+string(kind)+"s", err)
		}
	}
	return nil
}

func (s *Store) mergeKind(ctx context.Context, b *batch, collection document.Collection, refs []subjectRef) error {
	docs := make([]subjectDoc, len(refs))
	for i, ref := range refs {
		docs[i] = subjectToDoc(b.workspace.ID, b.subjects[ref].state)
	}
	if err := s.rememberDays(ctx, b, refs); err != nil {
		return err
	}
	taken, err := insertAll(ctx, s.engine, collection, docs)
	if err != nil {
		return err
	}
	refs = slices.DeleteFunc(refs, func(ref subjectRef) bool { return !taken[subjectKey(b.workspace.ID, ref.id)] })
	merged := make([]coaching.Dossier, len(refs))
	err = abreast(ctx, len(refs), func(ctx context.Context, i int) (err error) {
		merged[i], err = s.mergeSubject(ctx, b.workspace.ID, collection, b.subjects[refs[i]].state)
		return err
	})
	if err != nil {
		return err
	}
	for i, ref := range refs {
		if b.subjects[ref].state = merged[i]; len(merged[i].Steps) > coaching.MaxSteps {
			b.overflow(ref)
		}
	}
	return nil
}

// mergeSubject merges a state into the stored one and returns what both come
// to. Where that is more than a subject may hold, or nothing new, nothing is
// written.
func (s *Store) mergeSubject(ctx context.Context, workspace coaching.WorkspaceID, collection document.Collection, told coaching.Dossier) (coaching.Dossier, error) {
	for {
		var doc subjectDoc
		if err := s.engine.Get(ctx, collection, subjectKey(workspace, told.ID), &doc); err != nil {
			return coaching.Dossier{}, err
		}
		stored, err := doc.subject(told.Kind)
		if err != nil {
			return coaching.Dossier{}, err
		}
		merged := stored.Merge(told)
		if merged.Equal(stored) || len(merged.Steps) > coaching.MaxSteps {
			return merged, nil
		}
		next := subjectToDoc(workspace, merged)
		next.Revision = doc.Revision
		switch err := s.engine.Replace(ctx, collection, &next); {
		case err == nil:
			return merged, nil
		case !errors.Is(err, document.ErrStale):
			return coaching.Dossier{}, err
		}
	}
}

// customerDay says that a customer touches a day. A customer who comes back and
// goes again has more days than an index could hold.
type customerDay struct {
	document.Header
	Workspace string `json:"workspace"`
	Day       string `json:"day"`
	Customer  string `json:"customer"`
}

// rememberDays stores which days the customers among the subjects touch, before
// they do.
func (s *Store) rememberDays(ctx context.Context, b *batch, refs []subjectRef) error {
	found := make(map[string]customerDay)
	for _, ref := range refs {
		if ref.kind != coaching.SubjectCustomer {
			return nil
		}
		for _, days := range b.subjects[ref].state.Touched {
			id := subjectKey(b.workspace.ID, days.From.String()+"/"+ref.id)
			found[id] = customerDay{
				Header: document.Header{ID: id}, Workspace: string(b.workspace.ID), Day: days.From.String(), Customer: ref.id,
			}
		}
	}
	docs := make([]customerDay, 0, len(found))
	for _, id := range slices.Sorted(maps.Keys(found)) {
		docs = append(docs, found[id])
	}
	_, err := insertAll(ctx, s.engine, customerDays, docs)
	return err
}
