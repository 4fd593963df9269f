package store

import (
	"context"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxReps bounds how many a team's list returns.
const maxReps = 1000

type repDoc struct {
	document.Header
	Workspace string `json:"workspace"`
	Member    string `json:"member"`
	Start     string `json:"start"` // empty: long ago
	End       string `json:"end"`   // empty: stays
}

// SaveRep puts a member on the team's list, or changes their dates there.
func (s *Store) SaveRep(ctx context.Context, workspace coaching.WorkspaceID, rep coaching.Rep) error {
	doc := repDoc{
		Header:    document.Header{ID: memberKey(workspace, rep.Member)},
		Workspace: string(workspace), Member: string(rep.Member),
	}
	if !rep.Start.IsZero() {
		doc.Start = rep.Start.String()
	}
	if !rep.End.IsZero() {
		doc.End = rep.End.String()
	}
	return coded("save rep", put(ctx, s.engine, reps, &doc, &repDoc{}))
}

// DeleteRep takes a member off the team's list.
func (s *Store) DeleteRep(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) error {
	return coded("delete rep", s.engine.Delete(ctx, reps, memberKey(workspace, member)))
}

// Reps returns the team's list, by member.
func (s *Store) Reps(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.Rep, error) {
	var found []coaching.Rep
	query := document.Query{Index: "by_workspace", Equal: []any{string(workspace)}, Limit: maxReps}
	err := s.engine.Find(ctx, reps, query, func(decode document.Decode) error {
		var doc repDoc
		if err := decode(&doc); err != nil {
			return err
		}
		rep, err := doc.rep()
		found = append(found, rep)
		return err
	})
	return found, coded("find reps", err)
}

func (d repDoc) rep() (coaching.Rep, error) {
	rep := coaching.Rep{Member: coaching.MemberID(d.Member)}
	for _, date := range []struct {
		text string
		into *coaching.Date
	}{{d.Start, &rep.Start}, {d.End, &rep.End}} {
		if date.text == "" {
			continue
		}
		parsed, err := coaching.ParseDate(date.text)
		if err != nil {
			return coaching.Rep{}, fmt.Errorf("rep %s: %w", d.ID, err)
		}
		*date.into = parsed
	}
	return rep, nil
}
