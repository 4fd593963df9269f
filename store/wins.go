package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxWins bounds how many small wins of a member one query returns: those of
// more than six years.
const maxWins = 1000

type smallWinDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Member    string `json:"member"`
	Week      string `json:"week"`
	Goal      int64  `json:"goal"`
	Due       string `json:"due"`
	Kind      string `json:"kind"`
	Source    string `json:"source"`
	Question  string `json:"question"`
	Play      string `json:"play"`
	Title     string `json:"title"`
	Count     int64  `json:"count"`
	Capped    bool   `json:"capped"`
	Stage     string `json:"stage"`
	Text      string `json:"text"`
	// At and Place put the wins of a week in the order of their proposal.
	At    document.Time `json:"at"`
	Place int64         `json:"place"`
}

func smallWinToDoc(win coaching.SmallWin, at time.Time, place int) smallWinDoc {
	return smallWinDoc{
		Header:    document.Header{ID: entryKey(win.Workspace, win.ID)},
		Workspace: string(win.Workspace), Member: string(win.Member), Week: win.Week.String(),
		Goal: int64(win.Goal), Due: win.Due.String(),
		Kind: string(win.Kind), Source: string(win.Source), Question: string(win.Question), Play: string(win.Play),
		Title: win.Title, Count: int64(win.Count), Capped: win.Capped, Stage: win.Stage, Text: win.Text,
		At: document.At(at), Place: int64(place),
	}
}

func (d smallWinDoc) win() (coaching.SmallWin, error) {
	week, weekErr := coaching.ParseDate(d.Week)
	due, dueErr := coaching.ParseDate(d.Due)
	if err := errors.Join(weekErr, dueErr); err != nil {
		return coaching.SmallWin{}, fmt.Errorf("win %s: %w", d.ID, err)
	}
	return coaching.SmallWin{
		ID:        d.ID[min(len(d.ID), len(d.Workspace)+1):],
		Workspace: coaching.WorkspaceID(d.Workspace), Member: coaching.MemberID(d.Member), Week: week, Due: due,
		Goal: int(d.Goal), Kind: coaching.WinKind(d.Kind), Source: coaching.WinSource(d.Source),
		Question: coaching.Question(d.Question), Play: coaching.PlayID(d.Play),
		Title: d.Title, Count: int(d.Count), Capped: d.Capped, Stage: d.Stage, Text: d.Text,
	}, nil
}

// SaveWins stores small wins that were proposed together, in that order. Those
// that are stored already stay as they are.
func (s *Store) SaveWins(ctx context.Context, proposed []coaching.SmallWin, at time.Time) error {
	if len(proposed) == 0 {
		return nil
	}
	docs := make([]document.Document, len(proposed))
	for i, win := range proposed {
		doc := smallWinToDoc(win, at, i)
		docs[i] = &doc
	}
	if err := s.engine.Insert(ctx, wins, docs...); err != nil && !errors.Is(err, document.ErrTaken) {
		return coded("save wins", err)
	}
	return nil
}

// Win returns the small win of that id, or NotFound.
func (s *Store) Win(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.SmallWin, error) {
	var doc smallWinDoc
	if err := s.engine.Get(ctx, wins, entryKey(workspace, id), &doc); err != nil {
		return coaching.SmallWin{}, coded("read win", err)
	}
	return doc.win()
}

// WinsSince returns a member's small wins of the weeks that begin on that day
// or later, in the order in which they were proposed.
func (s *Store) WinsSince(
	ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, week coaching.Date,
) ([]coaching.SmallWin, error) {
	docs, err := document.All[smallWinDoc](ctx, s.engine, wins, document.Query{
		Index: "by_member", Equal: []any{string(workspace), string(member)}, From: week.String(), Limit: maxWins,
	})
	if err != nil {
		return nil, coded("find wins", err)
	}
	slices.SortStableFunc(docs, func(a, b smallWinDoc) int {
		return cmp.Or(cmp.Compare(a.Week, b.Week), a.At.Compare(b.At.Time), cmp.Compare(a.Place, b.Place))
	})
	found := make([]coaching.SmallWin, len(docs))
	for i, doc := range docs {
		if found[i], err = doc.win(); err != nil {
			return nil, coded("find wins", err)
		}
	}
	return found, nil
}

// WinsOfWeek returns everybody's small wins of a week, by member and in the order
// in which they were proposed.
func (s *Store) WinsOfWeek(ctx context.Context, workspace coaching.WorkspaceID, week coaching.Date) ([]coaching.SmallWin, error) {
	docs, err := document.All[smallWinDoc](ctx, s.engine, wins, document.Query{
		Index: "by_week", Equal: []any{string(workspace), week.String()}, Limit: maxWins,
	})
	if err != nil {
		return nil, coded("find wins of a week", err)
	}
	slices.SortStableFunc(docs, func(a, b smallWinDoc) int {
		return cmp.Or(cmp.Compare(a.Member, b.Member), a.At.Compare(b.At.Time), cmp.Compare(a.Place, b.Place))
	})
	found := make([]coaching.SmallWin, len(docs))
	for i, doc := range docs {
		if found[i], err = doc.win(); err != nil {
			return nil, coded("find wins of a week", err)
		}
	}
	return found, nil
}

// tickDoc is a small win that was ticked. It has the win's id, so that there is
// one at most.
type tickDoc struct {
	document.Header
	Event     string        `json:"event"`
	Workspace string        `json:"workspace"`
	Win       string        `json:"win"`
	Goal      int64         `json:"goal"`
	Member    string        `json:"member"`
	Name      string        `json:"name"`
	At        document.Time `json:"at"`
	Note      string        `json:"note"`
	Request   string        `json:"request"`
}

func (d tickDoc) done() coaching.WinDone {
	return coaching.WinDone{
		ID: d.Event, Win: d.Win, Workspace: coaching.WorkspaceID(d.Workspace), Goal: int(d.Goal),
		Member: coaching.MemberID(d.Member), Name: d.Name, At: d.At.Time, Note: d.Note, Request: d.Request,
	}
}

// RecordWin stores that a small win was ticked. Where it was ticked before, that
// event is returned and repeated is true.
func (s *Store) RecordWin(ctx context.Context, done coaching.WinDone) (recorded coaching.WinDone, repeated bool, err error) {
	doc := tickDoc{
		Header: document.Header{ID: entryKey(done.Workspace, done.Win)},
		Event:  done.ID, Workspace: string(done.Workspace), Win: done.Win, Goal: int64(done.Goal),
		Member: string(done.Member), Name: done.Name, At: document.At(done.At), Note: done.Note, Request: done.Request,
	}
	switch err := s.engine.Insert(ctx, ticks, &doc); {
	case err == nil:
		return doc.done(), false, nil
	case !errors.Is(err, document.ErrTaken):
		return coaching.WinDone{}, false, coded("record win", err)
	}
	if err := s.engine.Get(ctx, ticks, doc.ID, &doc); err != nil {
		return coaching.WinDone{}, false, coded("read tick", err)
	}
	return doc.done(), true, nil
}

// Ticks returns the events of those of the wins that were ticked.
func (s *Store) Ticks(ctx context.Context, of []coaching.SmallWin) ([]coaching.WinDone, error) {
	var found []coaching.WinDone
	for _, win := range of {
		var doc tickDoc
		switch err := s.engine.Get(ctx, ticks, entryKey(win.Workspace, win.ID), &doc); {
		case err == nil:
			found = append(found, doc.done())
		case !errors.Is(err, document.ErrNotFound):
			return nil, coded("read tick", err)
		}
	}
	return found, nil
}
