package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// dialogLog is the form that logs an amount, for those who press rather than
// type; its subject is the number of the goal to begin with, or empty.
const dialogLog = "log"

// logScript asks which goal, how much and for what, and logs it once.
func (r *Router) logScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	goals, err := r.findGoals(ctx, ask, "")
	switch {
	case err != nil:
		return script{}, err
	case len(goals) == 0:
		return script{}, coaching.Refuse("no_goal_yet")
	}
	return script{
		steps: []step{{
			name: "entry", settled: dialog.Answered("amount"),
			prompt: func(context.Context) (Reply, error) { return ask.askEntry(goals, dialog.Subject), nil },
			accept: func(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
				args, wrong := entryAnswered(dialog)
				if wrong != nil {
					return dialog, wrong, nil
				}
				found, err := r.findGoals(ctx, ask, args.goal)
				if reason := reasonOf(err); reason != "" {
					return dialog, problems{"goal": reason}, nil
				}
				if err != nil {
					return dialog, nil, err
				}
				_, err = r.newEntry(ctx, ask, found[0], args.figure, args.note, ask.ID)
				if reason := reasonOf(err); reason != "" {
					return dialog, problems{"amount": reason}, nil
				}
				return dialog, nil, err
			},
		}},
		finish: func(ctx context.Context) (Reply, string, error) {
			args, _ := entryAnswered(dialog)
			reply, err := r.logOn(ctx, ask, args, dialog.ID)
			return reply, args.goal, err
		},
	}, nil
}

// askEntry is the form for an entry on one of the goals; it begins with the one of
// that number, else with the one in focus.
func (a *ask) askEntry(goals []coaching.Goal, number string) Reply {
	goal := Field{Name: "goal", Kind: PickOne, Label: a.voice.Text("log_form_goal", nil)}
	for _, one := range goals[:min(len(goals), maxOffered)] {
		goal.Choices = append(goal.Choices, Choice{Label: a.name(one).String(), Value: "#" + itoa(one.Number)})
	}
	first, _ := chosen(goals)
	if first.Number == 0 {
		first = goals[0]
	}
	for _, one := range goals {
		if itoa(one.Number) == number {
			first = one
		}
	}
	goal.Value = "#" + itoa(first.Number)
	return Reply{Prompt: &Prompt{
		Title: a.voice.Text("log_form", nil), Submit: a.voice.Text("log_form_submit", nil),
		Fields: []Field{
			goal,
			{Name: "amount", Kind: LineField, Label: a.voice.Text("log_form_amount", nil), Hint: a.voice.Text("log_form_amount_hint", nil), Placeholder: "+3"},
			{Name: "note", Kind: LineField, Label: a.voice.Text("log_form_note", nil), Optional: true},
		},
	}}
}

// maxOffered is how many choices a prompt has room for.
const maxOffered = 25

// entryAnswered reads the answers of the form.
func entryAnswered(dialog coaching.Dialog) (amountArgs, problems) {
	figure, rest, err := coaching.ScanFigure(dialog.Answer("amount"))
	switch {
	case err != nil:
		return amountArgs{}, problems{"amount": reasonOf(err)}
	case rest != "":
		return amountArgs{}, problems{"amount": "figure_unit"}
	}
	return amountArgs{goal: dialog.Answer("goal"), figure: figure, found: true, note: dialog.Answer("note")}, nil
}
