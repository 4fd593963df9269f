package store

import (
	"context"
	"errors"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxWarnings bounds how many warnings are read: a team that hears more in a year
// has a budget that is too large.
const maxWarnings = 1000

// warnedDoc is a warning that was told, with what came of it.
type warnedDoc struct {
	document.Header
	Workspace  string        `json:"workspace"`
	Warning    string        `json:"warning"`
	Family     string        `json:"family"`
	Part       string        `json:"part"`
	Personal   bool          `json:"personal,omitempty"`
	At         document.Time `json:"at"`
	Verdict    string        `json:"verdict,omitempty"`
	By         string        `json:"by,omitempty"`
	AnsweredAt document.Time `json:"answered_at"`
}

func warnedToDoc(w coaching.Warned) warnedDoc {
	return warnedDoc{
		Header: document.Header{ID: entryKey(w.Workspace, w.ID)}, Workspace: string(w.Workspace), Warning: w.ID,
		Family: string(w.Stream.Family), Part: w.Stream.Part, Personal: w.Personal, At: document.At(w.At),
		Verdict: string(w.Verdict), By: string(w.By), AnsweredAt: document.At(w.AnsweredAt),
	}
}

func (d warnedDoc) warned() coaching.Warned {
	return coaching.Warned{
		Workspace: coaching.WorkspaceID(d.Workspace), ID: d.Warning,
		Stream: coaching.Stream{Family: coaching.StreamFamily(d.Family), Part: d.Part}, Personal: d.Personal, At: d.At.Time,
		Verdict: coaching.Verdict(d.Verdict), By: coaching.MemberID(d.By), AnsweredAt: d.AnsweredAt.Time,
	}
}

// SaveWarned notes that a warning is told; one that was noted stays as it is.
func (s *Store) SaveWarned(ctx context.Context, warned coaching.Warned) error {
	doc := warnedToDoc(warned)
	err := s.engine.Insert(ctx, warnings, &doc)
	if errors.Is(err, document.ErrTaken) {
		return nil
	}
	return coded("save warning", err)
}

// Warned returns the warning of that id, or NotFound.
func (s *Store) Warned(ctx context.Context, workspace coaching.WorkspaceID, id string) (coaching.Warned, error) {
	var doc warnedDoc
	if err := s.engine.Get(ctx, warnings, entryKey(workspace, id), &doc); err != nil {
		return coaching.Warned{}, coded("read warning", err)
	}
	return doc.warned(), nil
}

// AnswerWarning keeps what somebody says of a warning; the latest word counts.
func (s *Store) AnswerWarning(ctx context.Context, workspace coaching.WorkspaceID, id string, verdict coaching.Verdict, by coaching.MemberID, at time.Time) error {
	for {
		var doc warnedDoc
		if err := s.engine.Get(ctx, warnings, entryKey(workspace, id), &doc); err != nil {
			return coded("answer warning", err)
		}
		if at.Before(doc.AnsweredAt.Time) {
			return nil
		}
		doc.Verdict, doc.By, doc.AnsweredAt = string(verdict), string(by), document.At(at)
		if err := s.engine.Replace(ctx, warnings, &doc); !errors.Is(err, document.ErrStale) {
			return coded("answer warning", err)
		}
	}
}

// WarnedSince returns the warnings that were told since then, oldest first.
func (s *Store) WarnedSince(ctx context.Context, workspace coaching.WorkspaceID, since time.Time) ([]coaching.Warned, error) {
	docs, err := document.All[warnedDoc](ctx, s.engine, warnings, document.Query{
		Index: "by_time", Equal: []any{string(workspace)}, From: document.At(since), Limit: maxWarnings,
	})
	if err != nil {
		return nil, coded("find warnings", err)
	}
	found := make([]coaching.Warned, len(docs))
	for i, doc := range docs {
		found[i] = doc.warned()
	}
	return found, nil
}
