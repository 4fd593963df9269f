package commands

import (
	"context"
	"slices"

	"github.com/smallwins/smallwins/coaching"
)

// trailWord asks for the changes of what was named before it.
const trailWord = "changes"

// How many of the latest changes show lists, among how many it looks for them,
// and how many are listed where they are asked for.
const fewTraces, traceReach, manyTraces = 3, 20, 50

// toldShifts are the values whose changes show tells of anyway, as the goal posts
// that were moved.
var toldShifts = []string{"target", "baseline", "to", "owner", "milestone"}

// told reports whether show tells of a change without the trail: which goal posts
// were moved.
func told(trace coaching.Trace) bool {
	others := func(shift coaching.Shift) bool { return !slices.Contains(toldShifts, shift.Name) }
	return trace.Kind == coaching.TraceEdited && !slices.ContainsFunc(trace.Shifts, others)
}

// addTrail adds a goal's latest changes to a reply, with a button for all of
// them. Who set the goal and which entries were taken back show tells anyway.
func (r *Router) addTrail(ctx context.Context, ask *ask, goal coaching.Goal, reply *Reply) error {
	traces, err := r.store.Traces(ctx, goal.Workspace, coaching.SubjectGoal(goal.Number), traceReach)
	if err != nil {
		return err
	}
	changes := slices.DeleteFunc(slices.Clone(traces), func(trace coaching.Trace) bool {
		return trace.Kind == coaching.TraceCreated || trace.Kind == coaching.TraceUndone
	})
	latest := slices.DeleteFunc(slices.Clone(changes), told)
	if len(latest) == 0 {
		return nil
	}
	list, err := r.traceList(ctx, ask, latest[:min(len(latest), fewTraces)], goal)
	if err != nil {
		return err
	}
	reply.Parts = append(reply.Parts, Text{ask.voice.Line("trail_latest", nil)}, list)
	if len(changes) > fewTraces {
		reply.Buttons = append(reply.Buttons, Button{
			Label: ask.voice.Text("button_trail", nil), Action: actionTrail, Value: "#" + itoa(goal.Number),
		})
	}
	return nil
}

// trailChosen lists the changes of the goal that a button names.
func (r *Router) trailChosen(ctx context.Context, ask *ask) (Reply, error) {
	if !isGoalNumber(ask.rest) {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	return r.goalTrail(ctx, ask, ask.rest)
}

// goalTrail lists the changes of the goal of that number.
func (r *Router) goalTrail(ctx context.Context, ask *ask, number string) (Reply, error) {
	goals, err := r.findGoals(ctx, ask, number)
	if err != nil {
		return Reply{}, err
	}
	traces, err := r.store.Traces(ctx, ask.Request.Workspace, coaching.SubjectGoal(goals[0].Number), manyTraces)
	if err != nil {
		return Reply{}, err
	}
	if len(traces) == 0 {
		return ask.say(Text{ask.voice.Line("trail_none", nil)}), nil
	}
	list, err := r.traceList(ctx, ask, traces, goals[0])
	return ask.say(Heading{ask.voice.Line("trail_heading", Args{"goal": ask.name(goals[0])})}, list), err
}

// settingsTrail lists the changes of the settings and what was refused.
func (r *Router) settingsTrail(ctx context.Context, ask *ask) (Reply, error) {
	if err := r.may(ctx, ask, coaching.ActTrail); err != nil {
		return Reply{}, err
	}
	var parts []Part
	for _, of := range []struct {
		subject coaching.Subject
		heading string
	}{{coaching.SubjectSettings, "trail_settings"}, {coaching.SubjectRefused, "trail_refused"}} {
		traces, err := r.store.Traces(ctx, ask.Request.Workspace, of.subject, manyTraces)
		if err != nil {
			return Reply{}, err
		}
		if len(traces) == 0 {
			continue
		}
		list, err := r.traceList(ctx, ask, traces, coaching.Goal{})
		if err != nil {
			return Reply{}, err
		}
		parts = append(parts, Heading{ask.voice.Line(of.heading, nil)}, list)
	}
	if len(parts) == 0 {
		parts = []Part{Text{ask.voice.Line("trail_none", nil)}}
	}
	return ask.say(parts...), nil
}

// traceList words changes, one a line: "12 Mar  Ann: target 20 → 30 (two reps
// joined)".
func (r *Router) traceList(ctx context.Context, ask *ask, traces []coaching.Trace, goal coaching.Goal) (List, error) {
	var list List
	for _, trace := range traces {
		if err := r.meet(ctx, ask, membersIn(trace)...); err != nil {
			return List{}, err
		}
		args := Args{
			"date":   ask.voice.date(coaching.DateOf(trace.At.In(ask.workspace.Location())), ask.today),
			"member": Span{Text: nameOr(trace.Name, trace.Member), Member: trace.Member},
			"what":   ask.traced(trace, goal), "why": trace.Why,
		}
		id := "trace"
		if trace.Why != "" {
			id = "trace_why"
		}
		list.Items = append(list.Items, ask.voice.Line(id, args))
	}
	return list, nil
}
