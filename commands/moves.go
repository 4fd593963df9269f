package commands

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// shownMoves is how many changes of a goal are told; the first ones are told of
// a goal that was moved more often, for they say what was set out for.
const shownMoves = 8

// moves tells which goal posts were moved, oldest first, under a heading;
// nothing where none was.
func (r *Router) moves(ctx context.Context, ask *ask, goal coaching.Goal) ([]Part, error) {
	if len(goal.Moves) == 0 {
		return nil, nil
	}
	var list List
	for _, move := range goal.Moves[:min(len(goal.Moves), shownMoves)] {
		if err := r.meet(ctx, ask, move.By, move.Was.Owner); err != nil {
			return nil, err
		}
		list.Items = append(list.Items, ask.move(goal, move))
	}
	if more := len(goal.Moves) - shownMoves; more > 0 {
		list.Items = append(list.Items, ask.voice.Line("moved_more", Args{"count": more}))
	}
	return []Part{Text{ask.voice.Line("moved", nil)}, list}, nil
}

// move says what a part of a goal was until it was changed, by whom, and why.
func (a *ask) move(goal coaching.Goal, move coaching.Move) Line {
	args := Args{"date": a.voice.date(coaching.DateOf(move.At.In(a.workspace.Location())), a.today), "member": a.member(move.By)}
	id, was := "moved_"+string(move.Part), goal
	switch move.Part {
	case coaching.MovedTarget:
		was.Size = move.Was.Size
		args["was"] = a.size(was)
	case coaching.MovedBaseline:
		if !move.Was.Baseline.Known {
			id = "moved_no_baseline"
		}
		args["was"] = a.voice.counted(move.Was.Baseline.Figure, measureOf(goal))
	case coaching.MovedEnd:
		args["was"] = a.voice.date(move.Was.End, a.today)
	case coaching.MovedOwner:
		was.Owner = move.Was.Owner
		args["was"] = a.owner(was)
	case coaching.MovedMilestone:
		milestone := move.Was.Milestone
		args["was"] = a.voice.Line("milestone_by", Args{
			"figure": a.voice.counted(whole(milestone.Value, goal.Unit), measureOf(goal)), "date": a.voice.date(milestone.Day, a.today),
		})
	}
	line := a.voice.Line(id, args)
	if move.Reason == "" {
		return line
	}
	return append(line, a.voice.Line("moved_because", Args{"reason": move.Reason})...)
}

// figureText writes a milestone's figure as it can be typed again.
func figureText(value float64) string { return trimmed(decimal.NewFromFloat(value).Round(2)).String() }
