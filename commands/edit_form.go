package commands

import (
	"context"
	"strconv"

	"github.com/smallwins/smallwins/coaching"
)

// dialogEdit is the dialog that changes a goal; its subject is the goal's
// number.
const dialogEdit = "edit"

// editPart is the field that says which form of the dialog is asked.
const editPart = "part"

// The forms of the dialog.
const (
	formPosts     = "posts" // what is gone by: target, baseline, last day
	formWords     = "words" // title, strategy, why
	formOwner     = "owner" // whose it is and who sees it
	formMilestone = "milestone"
)

// editScript asks what to change of a goal, then for it.
func (r *Router) editScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	goal, err := r.goalFor(ctx, ask, coaching.ActSet, "#"+dialog.Subject)
	if err != nil {
		return script{}, err
	}
	form := editForm{router: r, ask: ask, goal: goal, plan: goal.MilestonePlan(ask.workspace.Calendar(), ask.workspace.Location())}
	if err := r.meet(ctx, ask, goal.Owner); err != nil {
		return script{}, err
	}
	steps := []step{{name: editPart, settled: dialog.Answered(editPart), prompt: form.askPart}}
	switch dialog.Answer(editPart) {
	case formPosts:
		steps = append(steps, form.step(formPosts, form.askPosts, dialog.Answered("target")))
	case formWords:
		steps = append(steps, form.step(formWords, form.askWords, dialog.Answered("title")))
	case formOwner:
		steps = append(steps, form.step(formOwner, form.askOwner, dialog.Answered("whose")))
	case formMilestone:
		which := step{name: formMilestone, settled: dialog.Answered("which"), prompt: form.askWhich}
		form.which = dialog.Answer("which")
		steps = append(steps, which, form.step("place", form.askPlace, dialog.Answered("figure")))
	}
	return script{steps: steps, finish: func(ctx context.Context) (Reply, string, error) {
		edit, wrong := form.read(dialog)
		if len(wrong) > 0 { // it was read when it was answered
			return Reply{}, "", coaching.Refuse("edit_unreadable")
		}
		reply, err := r.editGoal(ctx, ask, goal, edit, dialog.ID)
		return reply, dialog.Subject, err
	}}, nil
}

// editForm asks for changes of a goal.
type editForm struct {
	router *Router
	ask    *ask
	goal   coaching.Goal
	plan   []coaching.Milestone
	which  string // the milestone that is moved
}

// step is a form whose answers must make a goal that can be.
func (f editForm) step(name string, prompt func(context.Context) (Reply, error), settled bool) step {
	return step{name: name, settled: settled, prompt: prompt, accept: func(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
		edit, wrong := f.read(dialog)
		if len(wrong) > 0 {
			return dialog, wrong, nil
		}
		edited, err := f.ask.edited(f.goal, edit)
		if err == nil && edited.Owner != f.goal.Owner {
			err = f.router.mayOn(ctx, f.ask, coaching.ActSet, edited)
		}
		wrong, err = wrongAt(err, editFields[name])
		return dialog, wrong, err
	}}
}

// editFields tell at which field of a form a refusal is shown: under "" what is
// at none of the others.
var editFields = map[string]map[coaching.Reason]string{
	formPosts: {
		"": "target", "edit_reason_missing": "reason", "text_too_long": "reason", "edit_end_past": "until", "period_missing": "until",
		"edit_too_long": "until", "baseline_missing": "baseline", "edit_over": "reason",
	},
	formWords: {"": "title", "text_too_long": "strategy"},
	formOwner: {"": "whose", "text_too_long": "reason", "private_team": "seen"},
	"place":   {"": "figure", "edit_reason_missing": "reason", "text_too_long": "reason", "milestone_outside_period": "day"},
}

// wrongAt turns a refusal of answers into what is to be mended, at the field
// that the reason belongs to. Any other error stays one.
func wrongAt(err error, fields map[coaching.Reason]string) (problems, error) {
	if coaching.CodeOf(err) != coaching.Invalid {
		return nil, err
	}
	reason := reasonOf(err)
	field := fields[reason]
	if field == "" {
		field = fields[""]
	}
	return problems{field: reason}, nil
}

// read turns the answers into a change.
func (f editForm) read(dialog coaching.Dialog) (coaching.Edit, problems) {
	edit := coaching.Edit{Reason: dialog.Answer("reason")}
	wrong := make(problems)
	take := func(field string, err error) {
		if err != nil {
			wrong[field] = reasonOf(err)
		}
	}
	switch dialog.Answer(editPart) {
	case formPosts:
		target, err := f.ask.readTarget(f.goal, dialog.Answer("target"))
		take("target", err)
		edit.Size = target.Size
		var baseline coaching.Baseline
		if text := dialog.Answer("baseline"); text != "" {
			baseline, err = baselineFigure(f.goal, text)
			take("baseline", err)
		}
		edit.Baseline = &baseline
		to, err := coaching.ParseDate(dialog.Answer("until"))
		if err != nil {
			wrong["until"] = "day_unreadable"
		}
		edit.To = &to
	case formWords:
		title, strategy, why := dialog.Answer("title"), dialog.Answer("strategy"), dialog.Answer("why")
		edit.Title, edit.Strategy, edit.Why = &title, &strategy, &why
	case formOwner:
		private := dialog.Answer("seen") == "owner"
		edit.Private, edit.Owner = &private, &f.goal.Owner
		switch dialog.Answer("whose") {
		case "me":
			edit.Owner = &f.ask.Member
		case "team":
			edit.Owner = new(coaching.MemberID)
		case "member":
			member := coaching.MemberID(dialog.Answer("member"))
			if member == "" {
				wrong["member"] = "answer_missing"
			}
			edit.Owner = &member
		}
	case formMilestone:
		f.readPlace(dialog, &edit, take)
	}
	return edit, wrong
}

// readPlace reads where a milestone is moved to.
func (f editForm) readPlace(dialog coaching.Dialog, edit *coaching.Edit, take func(string, error)) {
	index, err := strconv.Atoi(dialog.Answer("which"))
	if err != nil || index < 0 || index >= len(f.plan) {
		take("figure", coaching.Refuse("milestone_unknown"))
		return
	}
	move := coaching.MilestoneMove{Index: index, To: f.plan[index]}
	// What was left as it was shown, rounded, is left as it is.
	if text := dialog.Answer("figure"); text != figureText(move.To.Value) {
		figure, err := baselineFigure(f.goal, text)
		take("figure", err)
		move.To.Value = figure.Figure.InexactFloat64()
	}
	day, err := coaching.ParseDate(dialog.Answer("day"))
	if err != nil {
		take("day", coaching.Refuse("day_unreadable"))
	}
	move.To.Day = day
	edit.Milestones = []coaching.MilestoneMove{move}
}
