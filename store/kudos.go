package store

import (
	"context"
	"errors"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxKudos bounds how much applause of a span is read.
const maxKudos = 2000

type kudosDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Win       string        `json:"win"`
	From      string        `json:"from"`
	To        string        `json:"to"`
	Name      string        `json:"name"`
	At        document.Time `json:"at"`
}

// GiveKudos keeps a member's applause for a win, once: where it is there already,
// repeated is true.
func (s *Store) GiveKudos(ctx context.Context, given coaching.Kudos) (repeated bool, err error) {
	doc := kudosDoc{
		// The member comes last: it is opaque and may hold the separator.
		Header:    document.Header{ID: entryKey(given.Workspace, given.Win+"/"+string(given.From))},
		Workspace: string(given.Workspace), Win: given.Win, From: string(given.From), To: string(given.To),
		Name: given.Name, At: document.At(given.At),
	}
	err = s.engine.Insert(ctx, kudos, &doc)
	if errors.Is(err, document.ErrTaken) {
		return true, nil
	}
	return false, coded("give kudos", err)
}

// KudosSince returns the applause from one instant until before another, oldest
// first.
func (s *Store) KudosSince(ctx context.Context, workspace coaching.WorkspaceID, since, until time.Time) ([]coaching.Kudos, error) {
	docs, err := document.All[kudosDoc](ctx, s.engine, kudos, document.Query{
		Index: "by_time", Equal: []any{string(workspace)}, From: document.At(since), Until: document.At(until), Limit: maxKudos,
	})
	if err != nil {
		return nil, coded("find kudos", err)
	}
	found := make([]coaching.Kudos, len(docs))
	for i, doc := range docs {
		found[i] = coaching.Kudos{
			Workspace: workspace, Win: doc.Win, From: coaching.MemberID(doc.From), To: coaching.MemberID(doc.To), Name: doc.Name, At: doc.At.Time,
		}
	}
	return found, nil
}
