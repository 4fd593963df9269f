package store

import (
	"context"
	"errors"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type traceDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Subject   string        `json:"subject"`
	Goal      int64         `json:"goal"` // 0: what the team shares
	Kind      string        `json:"kind"`
	Member    string        `json:"member"`
	Name      string        `json:"name"`
	At        document.Time `json:"at"`
	Shifts    []shiftDoc    `json:"shifts"`
	Why       string        `json:"why"`
	Act       string        `json:"act"`
	Refusal   string        `json:"refusal"`
}

type shiftDoc struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// AddTrace adds an entry to the audit trail. One of that id that is there
// already stays as it is: nothing of the trail is ever changed.
func (s *Store) AddTrace(ctx context.Context, trace coaching.Trace) error {
	doc := traceDoc{
		Header:    document.Header{ID: entryKey(trace.Workspace, trace.ID)},
		Workspace: string(trace.Workspace), Subject: string(trace.Subject()), Goal: int64(trace.Goal), Kind: string(trace.Kind),
		Member: string(trace.Member), Name: trace.Name, At: document.At(trace.At), Shifts: []shiftDoc{},
		Why: trace.Why, Act: string(trace.Act), Refusal: string(trace.Refusal),
	}
	for _, shift := range trace.Shifts {
		doc.Shifts = append(doc.Shifts, shiftDoc(shift))
	}
	if err := s.engine.Insert(ctx, audit, &doc); err != nil && !errors.Is(err, document.ErrTaken) {
		return coded("add trace", err)
	}
	return nil
}

// Traces returns the part of the trail that is about a subject, newest first, up
// to the limit.
func (s *Store) Traces(ctx context.Context, workspace coaching.WorkspaceID, subject coaching.Subject, limit int) ([]coaching.Trace, error) {
	docs, err := document.All[traceDoc](ctx, s.engine, audit, document.Query{
		Index: "by_subject", Equal: []any{string(workspace), string(subject)}, Descending: true, Limit: limit,
	})
	if err != nil {
		return nil, coded("find traces", err)
	}
	found := make([]coaching.Trace, len(docs))
	for i, doc := range docs {
		found[i] = doc.trace()
	}
	return found, nil
}

func (d traceDoc) trace() coaching.Trace {
	trace := coaching.Trace{
		ID: d.ID[len(d.Workspace)+1:], Workspace: coaching.WorkspaceID(d.Workspace), Goal: int(d.Goal), Kind: coaching.TraceKind(d.Kind),
		Member: coaching.MemberID(d.Member), Name: d.Name, At: d.At.Time,
		Why: d.Why, Act: coaching.Act(d.Act), Refusal: coaching.Reason(d.Refusal),
	}
	for _, shift := range d.Shifts {
		trace.Shifts = append(trace.Shifts, coaching.Shift(shift))
	}
	return trace
}
