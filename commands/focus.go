package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// focus puts a goal among the few that nudges speak of. Beyond the limit it asks
// which of them to park, since attention to everything is attention to nothing.
func (r *Router) focus(ctx context.Context, ask *ask) (Reply, error) {
	goal, err := r.goalFor(ctx, ask, coaching.ActState, ask.rest)
	if err != nil {
		return Reply{}, err
	}
	if goal.Focus && goal.State == coaching.Active {
		return ask.say(Text{ask.voice.Line("focus_already", Args{"goal": ask.name(goal)})}), nil
	}
	siblings, err := r.store.GoalsOf(ctx, goal.Workspace, goal.Owner, coaching.Active)
	if err != nil {
		return Reply{}, err
	}
	if focused(siblings) >= ask.workspace.FocusLimit {
		return ask.chooseToPark(goal, siblings), nil
	}
	return r.setFocus(ctx, ask, goal)
}

func (r *Router) setFocus(ctx context.Context, ask *ask, goal coaching.Goal) (Reply, error) {
	goal, err := r.setState(ctx, ask, goal, coaching.Active, true, goal.Reason)
	if err != nil {
		return Reply{}, err
	}
	return ask.say(Text{ask.voice.Line("focus_set", Args{"goal": ask.name(goal)})}), nil
}

// chooseToPark asks which goal makes room for another.
func (a *ask) chooseToPark(goal coaching.Goal, siblings []coaching.Goal) Reply {
	reply := a.say(Text{a.voice.Line("focus_limit", Args{"count": a.workspace.FocusLimit, "goal": a.name(goal)})})
	for _, sibling := range siblings {
		if sibling.Focus && len(reply.Buttons) < maxChoices {
			reply.Buttons = append(reply.Buttons, Button{
				Label:  a.voice.Text("button_park", Args{"goal": a.name(sibling).String()}),
				Action: actionSwap, Value: "#" + itoa(sibling.Number) + " #" + itoa(goal.Number),
			})
		}
	}
	reply.Parts = append(reply.Parts, Note{a.voice.Line("focus_why", nil)})
	return reply
}

// swap parks one goal and focuses on another, as a button of chooseToPark says.
func (r *Router) swap(ctx context.Context, ask *ask) (Reply, error) {
	parked, focused, _ := strings.Cut(ask.rest, " ")
	out, err := r.goalFor(ctx, ask, coaching.ActState, parked)
	if err != nil {
		return Reply{}, err
	}
	in, err := r.goalFor(ctx, ask, coaching.ActState, focused)
	if err != nil {
		return Reply{}, err
	}
	if out.State == coaching.Active {
		if _, err := r.setState(ctx, ask, out, coaching.Parked, false, out.Reason); err != nil {
			return Reply{}, err
		}
	}
	reply, err := r.setFocus(ctx, ask, in)
	reply.Replace = true
	reply.Parts = append(reply.Parts, Text{ask.voice.Line("parked", Args{"goal": ask.name(out)})})
	return reply, err
}

// setState changes where a goal is in its life, leaving a trace of it.
func (r *Router) setState(ctx context.Context, ask *ask, goal coaching.Goal, state coaching.State, focus bool, reason string) (coaching.Goal, error) {
	after, why := goal, reason
	after.State, after.Focus = state, focus
	if reason == goal.Reason {
		why = "" // it stays from before
	}
	if err := r.traceGoal(ctx, ask, coaching.TraceState, goal, after, why); err != nil {
		return coaching.Goal{}, err
	}
	return r.store.SetGoalState(ctx, goal.Workspace, goal.Number, state, focus, reason, ask.Received)
}
