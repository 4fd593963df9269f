package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// recentEdits is how many requests that edited a goal are remembered with it, so
// that one which comes again edits it once: far more than are made while a
// platform repeats a request.
const recentEdits = 16

// EditGoal puts a changed goal in the place of the one of that number and
// returns it; its workspace, number and state stay, and so does what was logged. Where
// somebody else changes the goal at the same moment, change is asked again with
// what they left. A request that edited the goal already does nothing more, which
// repeated tells. An error of change is returned as it is, and then nothing is
// stored; a goal that does not exist is NotFound.
func (s *Store) EditGoal(
	ctx context.Context, workspace coaching.WorkspaceID, number int, request string, change func(coaching.Goal) (coaching.Goal, error),
) (edited coaching.Goal, repeated bool, err error) {
	for {
		var doc goalDoc
		if err := s.engine.Get(ctx, goals, goalKey(workspace, number), &doc); err != nil {
			return coaching.Goal{}, false, coded("edit goal", err)
		}
		goal, err := doc.goal()
		if err != nil {
			return coaching.Goal{}, false, coded("edit goal", err)
		}
		if slices.Contains(doc.Edits, request) {
			return goal, true, nil
		}
		if edited, err = change(goal); err != nil {
			return coaching.Goal{}, false, err
		}
		edited.Workspace, edited.Number, edited.State, edited.Subtotal = goal.Workspace, goal.Number, goal.State, goal.Subtotal
		changed := goalToDoc(edited)
		changed.Header, changed.Draft = doc.Header, doc.Draft
		changed.Edits = append(doc.Edits[max(len(doc.Edits)-recentEdits+1, 0):], request)
		switch err := s.replaceGoal(ctx, &changed); {
		case err == nil:
			return edited, false, nil
		case !errors.Is(err, document.ErrStale):
			return coaching.Goal{}, false, coded("edit goal", err)
		}
	}
}

// moveDoc is a move of a goal; only the fields of its part are filled in.
type moveDoc struct {
	Part     string        `json:"part"`
	At       document.Time `json:"at"`
	By       string        `json:"by"`
	Reason   string        `json:"reason"`
	SizeForm string        `json:"size_form,omitempty"`
	Size     string        `json:"size,omitempty"`
	Baseline string        `json:"baseline,omitempty"`
	End      string        `json:"end,omitempty"`
	Owner    string        `json:"owner,omitempty"`
	Placed   *placedDoc    `json:"milestone,omitempty"`
	Place    int64         `json:"place,omitempty"`
}

// placedDoc is a milestone that somebody placed by hand.
type placedDoc struct {
	Day   string  `json:"day"`
	Value float64 `json:"value"`
}

func placedToDoc(milestone coaching.Milestone) placedDoc {
	return placedDoc{Day: milestone.Day.String(), Value: milestone.Value}
}

func (d placedDoc) milestone() (coaching.Milestone, error) {
	day, err := coaching.ParseDate(d.Day)
	return coaching.Milestone{Day: day, Value: d.Value}, err
}

// placedToDocs and movesToDocs return nothing for none, which is left out.
func placedToDocs(milestones []coaching.Milestone) []placedDoc {
	var docs []placedDoc
	for _, milestone := range milestones {
		docs = append(docs, placedToDoc(milestone))
	}
	return docs
}

func movesToDocs(moves []coaching.Move) []moveDoc {
	var docs []moveDoc
	for _, move := range moves {
		doc := moveDoc{Part: string(move.Part), At: document.At(move.At), By: string(move.By), Reason: move.Reason}
		switch move.Part {
		case coaching.MovedTarget:
			doc.SizeForm, doc.Size = string(move.Was.Size.Form), move.Was.Size.Value.String()
		case coaching.MovedBaseline:
			if move.Was.Baseline.Known {
				doc.Baseline = move.Was.Baseline.Figure.String()
			}
		case coaching.MovedEnd:
			doc.End = move.Was.End.String()
		case coaching.MovedOwner:
			doc.Owner = string(move.Was.Owner)
		case coaching.MovedMilestone:
			placed := placedToDoc(move.Was.Milestone)
			doc.Placed, doc.Place = &placed, int64(move.Was.Place)
		}
		docs = append(docs, doc)
	}
	return docs
}

func (d moveDoc) move() (coaching.Move, error) {
	move := coaching.Move{Part: coaching.MovedPart(d.Part), At: d.At.Time, By: coaching.MemberID(d.By), Reason: d.Reason}
	var err error
	switch move.Part {
	case coaching.MovedTarget:
		move.Was.Size.Form = coaching.SizeForm(d.SizeForm)
		move.Was.Size.Value, err = decimal.NewFromString(d.Size)
	case coaching.MovedBaseline:
		if move.Was.Baseline.Known = d.Baseline != ""; move.Was.Baseline.Known {
			move.Was.Baseline.Figure, err = decimal.NewFromString(d.Baseline)
		}
	case coaching.MovedEnd:
		move.Was.End, err = coaching.ParseDate(d.End)
	case coaching.MovedOwner:
		move.Was.Owner = coaching.MemberID(d.Owner)
	case coaching.MovedMilestone:
		if d.Placed == nil {
			return move, errors.New("the milestone is missing")
		}
		move.Was.Milestone, err = d.Placed.milestone()
		move.Was.Place = int(d.Place)
	}
	return move, err
}

// moved reads what was changed of a goal.
func (d goalDoc) moved(goal *coaching.Goal) error {
	for _, doc := range d.Placed {
		milestone, err := doc.milestone()
		if err != nil {
			return fmt.Errorf("milestone: %w", err)
		}
		goal.Milestones = append(goal.Milestones, milestone)
	}
	for _, doc := range d.Moves {
		move, err := doc.move()
		if err != nil {
			return fmt.Errorf("move: %w", err)
		}
		goal.Moves = append(goal.Moves, move)
	}
	return nil
}
