package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// maxGoals bounds how many goals one query returns.
const maxGoals = 1000

type goalDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Number    int64         `json:"number"`
	Draft     string        `json:"draft"`
	Title     string        `json:"title"`
	Statement string        `json:"statement"`
	Kind      string        `json:"kind"`
	Unit      string        `json:"unit"`
	Currency  string        `json:"currency"`
	Noun      string        `json:"noun"`
	Nature    string        `json:"nature"`
	Better    string        `json:"better"`
	Owner     string        `json:"owner"`
	Private   bool          `json:"private"`
	Span      string        `json:"span"`
	From      string        `json:"from"`
	To        string        `json:"to"`
	Baseline  string        `json:"baseline"` // empty: not known
	SizeForm  string        `json:"size_form"`
	Size      string        `json:"size"`
	Strategy  string        `json:"strategy"`
	Why       string        `json:"why"`
	State     string        `json:"state"`
	Focus     bool          `json:"focus"`
	CreatedBy string        `json:"created_by"`
	CreatedAt document.Time `json:"created_at"`
	ChangedAt document.Time `json:"changed_at"`
	Reason    string        `json:"reason"`
	Subtotal  *subtotalDoc  `json:"subtotal,omitempty"`
	Placed    []placedDoc   `json:"milestones,omitempty"`
	Moves     []moveDoc     `json:"moves,omitempty"`
	Edits     []string      `json:"edits,omitempty"` // the requests that changed it last
}

func goalKey(workspace coaching.WorkspaceID, number int) string {
	return fmt.Sprintf("%s/%d", workspace, number)
}

func goalToDoc(goal coaching.Goal) goalDoc {
	doc := goalDoc{
		Header:    document.Header{ID: goalKey(goal.Workspace, goal.Number)},
		Workspace: string(goal.Workspace), Number: int64(goal.Number),
		Title: goal.Title, Statement: goal.Statement,
		Kind: string(goal.Kind), Unit: string(goal.Unit), Currency: goal.Currency, Noun: goal.Noun,
		Nature: string(goal.Nature), Better: string(goal.Better),
		Owner: string(goal.Owner), Private: goal.Private,
		Span: string(goal.Period.Span), From: goal.Period.From.String(), To: goal.Period.To.String(),
		SizeForm: string(goal.Size.Form), Size: goal.Size.Value.String(),
		Strategy: goal.Strategy, Why: goal.Why,
		State: string(goal.State), Focus: goal.Focus,
		CreatedBy: string(goal.CreatedBy), CreatedAt: document.At(goal.CreatedAt),
		ChangedAt: document.At(goal.ChangedAt), Reason: goal.Reason,
		Subtotal: subtotalToDoc(goal.Subtotal),
		Placed:   placedToDocs(goal.Milestones), Moves: movesToDocs(goal.Moves),
	}
	if goal.HasBaseline {
		doc.Baseline = goal.Baseline.String()
	}
	return doc
}

func (d goalDoc) goal() (coaching.Goal, error) {
	goal := coaching.Goal{
		Workspace: coaching.WorkspaceID(d.Workspace), Number: int(d.Number),
		Title: d.Title, Statement: d.Statement,
		Kind: coaching.Kind(d.Kind), Unit: coaching.Unit(d.Unit), Currency: d.Currency, Noun: d.Noun,
		Nature: coaching.Nature(d.Nature), Better: coaching.Direction(d.Better),
		Owner: coaching.MemberID(d.Owner), Private: d.Private,
		Strategy: d.Strategy, Why: d.Why,
		State: coaching.State(d.State), Focus: d.Focus,
		CreatedBy: coaching.MemberID(d.CreatedBy), CreatedAt: d.CreatedAt.Time,
		ChangedAt: d.ChangedAt.Time, Reason: d.Reason,
		HasBaseline: d.Baseline != "",
	}
	goal.Period.Span = coaching.Span(d.Span)
	goal.Size.Form = coaching.SizeForm(d.SizeForm)
	var errs [6]error
	goal.Period.From, errs[0] = coaching.ParseDate(d.From)
	goal.Period.To, errs[1] = coaching.ParseDate(d.To)
	goal.Size.Value, errs[2] = decimal.NewFromString(d.Size)
	if goal.HasBaseline {
		goal.Baseline, errs[3] = decimal.NewFromString(d.Baseline)
	}
	if d.Subtotal != nil {
		goal.Subtotal = new(coaching.Subtotal)
		*goal.Subtotal, errs[4] = d.Subtotal.subtotal()
	}
	errs[5] = d.moved(&goal)
	if err := errors.Join(errs[:]...); err != nil {
		return coaching.Goal{}, fmt.Errorf("goal %s: %w", d.ID, err)
	}
	return goal, nil
}

// Goal returns the goal of that number, or NotFound.
func (s *Store) Goal(ctx context.Context, workspace coaching.WorkspaceID, number int) (coaching.Goal, error) {
	var doc goalDoc
	if err := s.engine.Get(ctx, goals, goalKey(workspace, number), &doc); err != nil {
		return coaching.Goal{}, coded("read goal", err)
	}
	return doc.goal()
}

// GoalsOf returns the goals of an owner in a state, by number. The empty owner
// is the team.
func (s *Store) GoalsOf(ctx context.Context, workspace coaching.WorkspaceID, owner coaching.MemberID, state coaching.State) ([]coaching.Goal, error) {
	return s.lists.read(listRef{workspace, owner, state}, func() ([]coaching.Goal, error) {
		return s.findGoals(ctx, document.Query{
			Index: "by_owner", Equal: []any{string(workspace), string(owner), string(state)}, Limit: maxGoals,
		})
	})
}

// Goals returns all goals of a workspace in a state, by number.
func (s *Store) Goals(ctx context.Context, workspace coaching.WorkspaceID, state coaching.State) ([]coaching.Goal, error) {
	return s.findGoals(ctx, document.Query{
		Index: "by_state", Equal: []any{string(workspace), string(state)}, Limit: maxGoals,
	})
}

func (s *Store) findGoals(ctx context.Context, query document.Query) ([]coaching.Goal, error) {
	found := make([]coaching.Goal, 0, 4) // few have more
	err := s.engine.Find(ctx, goals, query, func(decode document.Decode) error {
		var doc goalDoc
		if err := decode(&doc); err != nil {
			return err
		}
		goal, err := doc.goal()
		found = append(found, goal)
		return err
	})
	return found, coded("find goals", err)
}

// CreateGoal stores a goal under the workspace's next number and returns it. A
// draft becomes one goal only: where it has become one already, that goal is
// returned and repeated is true.
func (s *Store) CreateGoal(ctx context.Context, goal coaching.Goal, draft string) (created coaching.Goal, repeated bool, err error) {
	for {
		// The order matters: the highest number is read before the draft is
		// looked for. A competitor for the same draft either has taken a number
		// by then and is found, or takes the number that we are about to try.
		number, err := s.lastNumber(ctx, goal.Workspace)
		if err != nil {
			return coaching.Goal{}, false, err
		}
		if existing, found, err := s.goalOfDraft(ctx, goal.Workspace, draft); err != nil || found {
			return existing, found, err
		}
		goal.Number = number + 1
		doc := goalToDoc(goal)
		doc.Draft = draft
		switch err := s.insertGoals(ctx, &doc); {
		case err == nil:
			return goal, false, nil
		case !errors.Is(err, document.ErrTaken):
			return coaching.Goal{}, false, coded("create goal", err)
		}
	}
}

func (s *Store) lastNumber(ctx context.Context, workspace coaching.WorkspaceID) (int, error) {
	last, err := document.All[goalDoc](ctx, s.engine, goals, document.Query{
		Index: "by_number", Equal: []any{string(workspace)}, Descending: true, Limit: 1,
	})
	if err != nil || len(last) == 0 {
		return 0, coded("find last goal", err)
	}
	return int(last[0].Number), nil
}

func (s *Store) goalOfDraft(ctx context.Context, workspace coaching.WorkspaceID, draft string) (coaching.Goal, bool, error) {
	found, err := s.findGoals(ctx, document.Query{
		Index: "by_draft", Equal: []any{string(workspace), draft}, Limit: 1,
	})
	if err != nil || len(found) == 0 {
		return coaching.Goal{}, false, err
	}
	return found[0], true, nil
}

// insertGoals and replaceGoal are the only writes of goals.
func (s *Store) insertGoals(ctx context.Context, docs ...document.Document) error {
	return s.lists.change(
		func() error { return s.engine.Insert(ctx, goals, docs...) },
		func(err error) bool { return errors.Is(err, document.ErrTaken) || errors.Is(err, document.ErrInvalid) },
	)
}

func (s *Store) replaceGoal(ctx context.Context, doc *goalDoc) error {
	return s.lists.change(
		func() error { return s.engine.Replace(ctx, goals, doc) },
		func(err error) bool { return errors.Is(err, document.ErrStale) || errors.Is(err, document.ErrInvalid) },
	)
}
