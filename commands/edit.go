package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// edit changes a goal: "#12 target 30 because two reps joined". With the name of
// a part alone, or without one, it asks for the rest.
func (r *Router) edit(ctx context.Context, ask *ask) (Reply, error) {
	number, rest := cutWord(ask.rest)
	goal, err := r.goalFor(ctx, ask, coaching.ActSet, number)
	if err != nil {
		return Reply{}, err
	}
	word, text := cutWord(rest)
	if word == "" {
		return r.begin(ctx, ask, dialogEdit, itoa(goal.Number), nil)
	}
	part, known := partOf(word)
	switch {
	case !known:
		return Reply{}, coaching.Refuse("edit_unreadable")
	case text == "":
		return r.begin(ctx, ask, dialogEdit, itoa(goal.Number), map[string][]string{editPart: {part.form}})
	}
	edit, err := part.read(ask, goal, text)
	if err != nil {
		return Reply{}, err
	}
	return r.editGoal(ctx, ask, goal, edit, ask.ID)
}

// goalFor returns the goal of that number where the member may do the act on it.
func (r *Router) goalFor(ctx context.Context, ask *ask, act coaching.Act, number string) (coaching.Goal, error) {
	if !isGoalNumber(number) {
		return coaching.Goal{}, coaching.Refuse("change_which")
	}
	goals, err := r.findGoals(ctx, ask, number)
	if err != nil {
		return coaching.Goal{}, err
	}
	return goals[0], r.mayOn(ctx, ask, act, goals[0])
}

// editGoal makes a change for a request, which makes it once, and tells what is
// different.
func (r *Router) editGoal(ctx context.Context, ask *ask, goal coaching.Goal, edit coaching.Edit, request string) (Reply, error) {
	roomy, err := r.hasRoom(ctx, ask, goal, edit)
	if err != nil {
		return Reply{}, err
	}
	before := goal
	edited, repeated, err := r.store.EditGoal(ctx, goal.Workspace, goal.Number, request, func(current coaching.Goal) (coaching.Goal, error) {
		if err := r.mayOn(ctx, ask, coaching.ActSet, current); err != nil {
			return coaching.Goal{}, err
		}
		changed, err := ask.edited(current, edit)
		if err != nil {
			return coaching.Goal{}, err
		}
		if changed.Owner != current.Owner {
			if err := r.mayOn(ctx, ask, coaching.ActSet, changed); err != nil {
				return coaching.Goal{}, err
			}
			changed.Focus = changed.Focus && roomy
		}
		before = current
		return changed, r.traceGoal(ctx, ask, coaching.TraceEdited, current, changed, edit.Reason)
	})
	if err != nil {
		return Reply{}, err
	}
	return r.tellEdited(ctx, ask, before, edited, repeated)
}

// edited is the goal as the member changes it just now.
func (a *ask) edited(goal coaching.Goal, edit coaching.Edit) (coaching.Goal, error) {
	edit.By, edit.At = a.Member, a.Received
	return goal.Edited(edit, a.workspace.Calendar(), a.workspace.Location())
}

// hasRoom reports whether whoever a goal is given to has room for one more in
// focus.
func (r *Router) hasRoom(ctx context.Context, ask *ask, goal coaching.Goal, edit coaching.Edit) (bool, error) {
	if edit.Owner == nil || *edit.Owner == goal.Owner {
		return true, nil
	}
	siblings, err := r.store.GoalsOf(ctx, goal.Workspace, *edit.Owner, coaching.Active)
	return focused(siblings) < ask.workspace.FocusLimit, err
}

// tellEdited says what is different now, where that leaves the goal, and what
// past figures say of a target that was moved.
func (r *Router) tellEdited(ctx context.Context, ask *ask, before, edited coaching.Goal, repeated bool) (Reply, error) {
	if err := r.meet(ctx, ask, before.Owner, edited.Owner); err != nil {
		return Reply{}, err
	}
	heading := "edited"
	if repeated {
		heading = "edited_before"
	}
	parts := []Part{Heading{ask.voice.Line(heading, Args{"goal": ask.name(edited)})}}
	if changes := ask.differences(before, edited); len(changes.Items) > 0 {
		parts = append(parts, changes)
	}
	judgement, err := r.judge(ctx, ask, edited)
	if err != nil {
		return Reply{}, err
	}
	parts = ask.detail(parts, &judgement)
	target, known := edited.Target()
	if was, _ := before.Target(); !known || was.Equal(target) && before.Period == edited.Period {
		return ask.say(parts...), nil
	}
	warnings, err := r.warnings(ctx, ask, edited)
	if err != nil {
		return Reply{}, err
	}
	parts = append(parts, warnings...)
	verdict, err := r.verdictOn(ctx, ask, edited)
	if err != nil {
		return Reply{}, err
	}
	return ask.say(append(parts, verdict...)...), nil
}

// verdictOn says how likely past figures make the team's target, nothing where
// they tell nothing. What was expected when the goal was set stays kept.
func (r *Router) verdictOn(ctx context.Context, ask *ask, goal coaching.Goal) ([]Part, error) {
	target, known := goal.Target()
	if !known || !goal.Team() || !ask.ofTheKind(goal) {
		return nil, nil
	}
	observations, err := r.observations(ctx, ask, goal.Kind)
	if err != nil {
		return nil, err
	}
	roster, err := r.roster(ctx, ask)
	if err != nil {
		return nil, err
	}
	traits, _ := coaching.TraitsOf(goal.Kind)
	appraisal := coaching.Foresee(traits, goal.Period, observations, roster).Against(target)
	if appraisal.Reason != "" || appraisal.Verdict == "" {
		return nil, nil
	}
	return []Part{Text{ask.voice.Line("edited_verdict", Args{
		"verdict": ask.voice.Line("found_"+string(appraisal.Verdict), Args{"chance": ask.voice.likely(appraisal.Chance)}),
	})}}, nil
}

// differences lists what a change made different, each as it was and as it is.
func (a *ask) differences(before, after coaching.Goal) List {
	var list List
	add := func(label string, was, is Line) {
		if was.String() != is.String() {
			list.Items = append(list.Items, a.voice.Line("edited_from_to", Args{"what": a.voice.Text(label, nil), "was": was, "is": is}))
		}
	}
	text := func(text string) Line { return Line{{Text: text}} }
	private := func(goal coaching.Goal) Line {
		if goal.Private {
			return a.voice.Line("edited_private", nil)
		}
		return a.voice.Line("edited_open", nil)
	}
	add("fact_title", text(before.Title), text(after.Title))
	add("fact_target", text(a.target(before)), text(a.target(after)))
	add("fact_period", text(a.voice.until(before.Period, a.today)), text(a.voice.until(after.Period, a.today)))
	add("fact_owner", a.owner(before), a.owner(after))
	add("fact_seen_by", private(before), private(after))
	add("fact_strategy", a.words(before.Strategy), a.words(after.Strategy))
	add("fact_why", a.words(before.Why), a.words(after.Why))
	for _, move := range after.Moves[min(len(before.Moves), len(after.Moves)):] {
		if move.Part == coaching.MovedMilestone {
			list.Items = append(list.Items, a.move(after, move))
		}
	}
	return list
}

// words are a member's own, or that there are none.
func (a *ask) words(text string) Line {
	if text == "" {
		return a.voice.Line("none", nil)
	}
	return Line{{Text: text}}
}
