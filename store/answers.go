package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxAnswers bounds how many answers of one week are read.
const maxAnswers = 2000

// answerDoc is what a member said about a goal in a week: one document, which
// the last answer overwrites.
type answerDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Week      string        `json:"week"`
	Goal      int64         `json:"goal"`
	Member    string        `json:"member"`
	Name      string        `json:"name"`
	Mood      string        `json:"mood"`
	Note      string        `json:"note,omitempty"`
	At        document.Time `json:"at"`
	Request   string        `json:"request"`
}

func answerToDoc(answer coaching.Answer) answerDoc {
	id := fmt.Sprintf("%s/%d/%s", answer.Week, answer.Goal, answer.Member)
	return answerDoc{
		Header:    document.Header{ID: entryKey(answer.Workspace, id)},
		Workspace: string(answer.Workspace), Week: answer.Week.String(), Goal: int64(answer.Goal),
		Member: string(answer.Member), Name: answer.Name, Mood: string(answer.Mood), Note: answer.Note,
		At: document.At(answer.At), Request: answer.Request,
	}
}

func (d answerDoc) answer() (coaching.Answer, error) {
	week, err := coaching.ParseDate(d.Week)
	if err != nil {
		return coaching.Answer{}, fmt.Errorf("answer %s: %w", d.ID, err)
	}
	return coaching.Answer{
		Workspace: coaching.WorkspaceID(d.Workspace), Week: week, Goal: int(d.Goal),
		Member: coaching.MemberID(d.Member), Name: d.Name, Mood: coaching.Mood(d.Mood), Note: d.Note,
		At: d.At.Time, Request: d.Request,
	}, nil
}

// SaveAnswer keeps what a member said about a goal in a week; it takes the place
// of what they said before. One that is older than what is there, or the same
// once more, changes nothing, and repeated is true.
func (s *Store) SaveAnswer(ctx context.Context, answer coaching.Answer) (repeated bool, err error) {
	for {
		doc := answerToDoc(answer)
		switch err := s.engine.Insert(ctx, answers, &doc); {
		case err == nil:
			return false, nil
		case !errors.Is(err, document.ErrTaken):
			return false, coded("save answer", err)
		}
		var there answerDoc
		if err := s.engine.Get(ctx, answers, doc.ID, &there); err != nil {
			return false, coded("save answer", err)
		}
		if there.Request == answer.Request || there.At.After(answer.At) {
			return true, nil
		}
		doc.Revision = there.Revision
		switch err := s.engine.Replace(ctx, answers, &doc); {
		case err == nil:
			return false, nil
		case !errors.Is(err, document.ErrStale):
			return false, coded("save answer", err)
		}
	}
}

// Answers returns what was said in a week, by goal and then in the order of
// saying.
func (s *Store) Answers(ctx context.Context, workspace coaching.WorkspaceID, week coaching.Date) ([]coaching.Answer, error) {
	docs, err := document.All[answerDoc](ctx, s.engine, answers, document.Query{
		Index: "by_week", Equal: []any{string(workspace), week.String()}, Limit: maxAnswers,
	})
	if err != nil {
		return nil, coded("find answers", err)
	}
	slices.SortStableFunc(docs, func(a, b answerDoc) int {
		return cmp.Or(cmp.Compare(a.Goal, b.Goal), a.At.Compare(b.At.Time))
	})
	found := make([]coaching.Answer, len(docs))
	for i, doc := range docs {
		if found[i], err = doc.answer(); err != nil {
			return nil, coded("find answers", err)
		}
	}
	return found, nil
}
