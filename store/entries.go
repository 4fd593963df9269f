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

type entryDoc struct {
	document.Header
	Workspace string         `json:"workspace"`
	Goal      int64          `json:"goal"`
	Member    string         `json:"member"`
	Name      string         `json:"name"`
	At        document.Time  `json:"at"`
	Op        string         `json:"op"`
	Amount    string         `json:"amount"`
	Note      string         `json:"note"`
	Reverts   string         `json:"reverts,omitempty"`
	RevertsAt *document.Time `json:"reverts_at,omitempty"`
	Request   string         `json:"request,omitempty"`
}

func entryKey(workspace coaching.WorkspaceID, id string) string {
	return string(workspace) + "/" + id
}

// Entry returns the entry of that id, or NotFound.
func (s *Store) Entry(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Entry, error) {
	var doc entryDoc
	if err := s.engine.Get(ctx, entries, entryKey(workspace, id), &doc); err != nil {
		return coaching.Entry{}, coded("read entry", err)
	}
	entry, err := doc.entry()
	return entry, coded("read entry", err)
}

func entryToDoc(entry coaching.Entry) entryDoc {
	doc := entryDoc{
		Header:    document.Header{ID: entryKey(entry.Workspace, entry.ID)},
		Workspace: string(entry.Workspace), Goal: int64(entry.Goal),
		Member: string(entry.Member), Name: entry.Name, At: document.At(entry.At),
		Op: string(entry.Op), Amount: entry.Amount.String(), Note: entry.Note,
		Reverts: entry.Reverts, Request: entry.Request,
	}
	if entry.Op == coaching.Undo {
		at := document.At(entry.RevertsAt)
		doc.RevertsAt = &at
	}
	return doc
}

func (d entryDoc) entry() (coaching.Entry, error) {
	amount, err := decimal.NewFromString(d.Amount)
	if err != nil {
		return coaching.Entry{}, fmt.Errorf("entry %s: %w", d.ID, err)
	}
	entry := coaching.Entry{
		ID:        d.ID[min(len(d.ID), len(d.Workspace)+1):],
		Workspace: coaching.WorkspaceID(d.Workspace), Goal: int(d.Goal),
		Member: coaching.MemberID(d.Member), Name: d.Name, At: d.At.Time,
		Op: coaching.Op(d.Op), Amount: amount, Note: d.Note,
		Reverts: d.Reverts, Request: d.Request,
	}
	if d.RevertsAt != nil {
		entry.RevertsAt = d.RevertsAt.Time
	}
	return entry, nil
}

// Record stores an entry under its id. Where that id is stored already, the
// stored entry is returned and repeated is true.
func (s *Store) Record(ctx context.Context, entry coaching.Entry) (stored coaching.Entry, wasThere bool, err error) {
	doc := entryToDoc(entry)
	entry.At = doc.At.Time
	outcome := failed
	if s.memo != nil {
		place := s.memo.enter(goalRef{entry.Workspace, entry.Goal})
		defer s.memo.leave(place)
		place.gate.RLock()
		defer place.gate.RUnlock()
		defer func() { s.memo.add(place, entry, outcome) }()
	}
	switch err := s.engine.Insert(ctx, entries, &doc); {
	case err == nil:
		outcome = recorded
		return entry, false, nil
	case !errors.Is(err, document.ErrTaken):
		return coaching.Entry{}, false, coded("record entry", err)
	}
	outcome = repeated
	if err := s.engine.Get(ctx, entries, doc.ID, &doc); err != nil {
		return coaching.Entry{}, false, coded("read entry", err)
	}
	stored, err = doc.entry()
	return stored, true, err
}

// Latest returns a member's latest entries, newest first.
func (s *Store) Latest(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, limit int) ([]coaching.Entry, error) {
	return s.findEntries(ctx, document.Query{
		Index: "by_member", Equal: []any{string(workspace), string(member)}, Descending: true, Limit: limit,
	})
}

// EntriesSince returns the workspace's entries from since until before until,
// oldest first, up to the limit.
func (s *Store) EntriesSince(ctx context.Context, workspace coaching.WorkspaceID, since, until time.Time, limit int) ([]coaching.Entry, error) {
	return s.findEntries(ctx, document.Query{
		Index: "by_time", Equal: []any{string(workspace)},
		From: document.At(since), Until: document.At(until), Limit: limit,
	})
}

// EntriesOf returns a goal's latest entries, newest first.
func (s *Store) EntriesOf(ctx context.Context, goal coaching.Goal, limit int) ([]coaching.Entry, error) {
	return s.findEntries(ctx, document.Query{
		Index: "by_goal", Equal: []any{string(goal.Workspace), int64(goal.Number)}, Descending: true, Limit: limit,
	})
}

func (s *Store) findEntries(ctx context.Context, query document.Query) ([]coaching.Entry, error) {
	var found []coaching.Entry
	err := s.engine.Find(ctx, entries, query, func(decode document.Decode) error {
		var doc entryDoc
		if err := decode(&doc); err != nil {
			return err
		}
		entry, err := doc.entry()
		found = append(found, entry)
		return err
	})
	return found, coded("find entries", err)
}
