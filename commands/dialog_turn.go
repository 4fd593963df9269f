package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// mostTries bounds how often a turn is looked at again because the dialog was
// moved from elsewhere at the same moment.
const mostTries = 5

// converse takes what was pressed or sent in a dialog. Who may do what is
// looked up; the token only says which dialog is meant.
func (r *Router) converse(ctx context.Context, ask *ask) (Reply, error) {
	id, turn, ok := coaching.ParseDialogToken(ask.rest)
	if !ok {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "dialog_unknown"}
	}
	return r.retried(func() (Reply, error) {
		dialog, err := r.dialogOf(ctx, ask, id)
		if err != nil {
			return Reply{}, err
		}
		return r.turn(ctx, ask, dialog, turn)
	})
}

// retried does it again where the dialog was moved meanwhile.
func (r *Router) retried(try func() (Reply, error)) (reply Reply, err error) {
	for range mostTries {
		if reply, err = try(); coaching.CodeOf(err) != coaching.Conflict {
			break
		}
	}
	return reply, err
}

// dialogOf returns the member's dialog of that id. Somebody else's is not told
// from none at all.
func (r *Router) dialogOf(ctx context.Context, ask *ask, id string) (coaching.Dialog, error) {
	dialog, err := r.store.Dialog(ctx, ask.Request.Workspace, id)
	switch {
	case coaching.CodeOf(err) == coaching.NotFound, err == nil && dialog.Member != ask.Member:
		return coaching.Dialog{}, &coaching.Error{Code: coaching.NotFound, Reason: "dialog_unknown", Err: err}
	case err == nil && dialog.State == coaching.DialogOpen && dialog.Expired(ask.Received):
		return coaching.Dialog{}, &coaching.Error{Code: coaching.NotFound, Reason: "dialog_expired"}
	}
	return dialog, err
}

// turn moves a dialog on, or back, by what was asked of its turn.
func (r *Router) turn(ctx context.Context, ask *ask, dialog coaching.Dialog, turn int) (Reply, error) {
	script, err := r.scriptOf(ctx, ask, dialog)
	if err != nil {
		return Reply{}, err
	}
	switch {
	case dialog.State != coaching.DialogOpen:
		return r.showStep(ctx, ask, script, dialog)
	case ask.Action == ActionOpen:
		dialog.OneByOne, dialog.Field = false, 0
		return r.moved(ctx, ask, dialog.Touched(ask.ID, ask.Received))
	case turn != dialog.Turn || dialog.Repeats(ask.ID):
		reply, err := r.showStep(ctx, ask, script, dialog)
		if err == nil && !dialog.Repeats(ask.ID) {
			reply.Parts = append([]Part{Text{ask.voice.Line("dialog_moved_on", nil)}}, reply.Parts...)
		}
		return reply, err
	}
	switch dialog = dialog.Touched(ask.ID, ask.Received); ask.Action {
	case ActionDrop:
		dialog.State = coaching.DialogDropped
		return r.moved(ctx, ask, dialog)
	case ActionBack:
		return r.moved(ctx, ask, stepBack(script, dialog))
	case actionRest:
		return r.skipRest(ctx, ask, script, dialog)
	default:
		return r.answerStep(ctx, ask, script, dialog, ask.Answers)
	}
}

// moved stores a dialog that was moved and shows where it is now.
func (r *Router) moved(ctx context.Context, ask *ask, dialog coaching.Dialog) (Reply, error) {
	dialog, err := r.store.SaveDialog(ctx, dialog)
	if err != nil {
		return Reply{}, err
	}
	if dialog.State == coaching.DialogDropped && dialog.Answered(fileField) {
		if err := r.store.DeleteUpload(ctx, dialog.Workspace, dialog.ID); err != nil {
			return Reply{}, err
		}
	}
	script, err := r.scriptOf(ctx, ask, dialog)
	if err != nil {
		return Reply{}, err
	}
	reply, err := r.showStep(ctx, ask, script, dialog)
	// A talk reads downwards; elsewhere the next question takes the place of
	// the one that was answered.
	reply.Replace = ask.Via == ViaButton && !dialog.OneByOne
	return reply, err
}

// stepBack goes back by one question: a field where they are asked one at a
// time, else a step.
func stepBack(script script, dialog coaching.Dialog) coaching.Dialog {
	if dialog.OneByOne && dialog.Field > 0 {
		dialog.Field, dialog.Turn, dialog.Problems = dialog.Field-1, dialog.Turn+1, nil
		return dialog
	}
	return dialog.Back(script.names())
}

func (r *Router) skipRest(ctx context.Context, ask *ask, script script, dialog coaching.Dialog) (Reply, error) {
	if step, found := script.step(dialog.Step); !found || !step.optional {
		return r.moved(ctx, ask, dialog)
	}
	return r.goOn(ctx, ask, dialog, dialog.With(map[string][]string{restField: {}}))
}

// answerStep takes answers to the step that the dialog is at.
func (r *Router) answerStep(ctx context.Context, ask *ask, script script, dialog coaching.Dialog, answers map[string][]string) (Reply, error) {
	step, found := script.step(dialog.Step)
	if !found {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "dialog_unknown"}
	}
	asked, err := step.prompt(ctx)
	if err != nil {
		return Reply{}, err
	}
	fields := asked.Prompt.Fields
	// A form sends all of its fields, and then they are not asked one by one
	// any more.
	if ask.Via == ViaForm {
		dialog.OneByOne, dialog.Field = false, 0
	}
	if dialog.OneByOne {
		at := min(dialog.Field, len(fields)-1)
		dialog, answers = oneMore(dialog, fields[at:at+1], answers)
		dialog.Problems = check(fields[at:at+1], answers, step.freely)
		if len(dialog.Problems) > 0 {
			return r.moved(ctx, ask, dialog)
		}
		if at+1 < len(fields) {
			dialog.Field, dialog.Turn = at+1, dialog.Turn+1
			return r.moved(ctx, ask, dialog)
		}
	}
	given := read(fields, answers)
	wrong := check(fields, given, step.freely)
	next := dialog.With(given)
	if len(wrong) == 0 && step.accept != nil {
		if next, wrong, err = step.accept(ctx, next); err != nil {
			return Reply{}, err
		}
	}
	if len(wrong) > 0 {
		dialog.Typed, dialog.Problems = given, wrong
		dialog.Field = firstWrong(fields, wrong)
		return r.moved(ctx, ask, dialog)
	}
	return r.goOn(ctx, ask, dialog, next)
}

// goOn moves a dialog from its step to the one that next names or, where that
// is the same, to the first that is not settled; and finishes it after the
// last.
func (r *Router) goOn(ctx context.Context, ask *ask, dialog, next coaching.Dialog) (Reply, error) {
	script, err := r.scriptOf(ctx, ask, next)
	if err != nil {
		return Reply{}, err
	}
	to := next.Step
	if to == dialog.Step {
		to = script.next(next)
	}
	next.Step = dialog.Step
	if next = next.Moved(to); to != "" {
		return r.moved(ctx, ask, next)
	}
	// What the dialog is for comes first and its end is noted after: whoever
	// dies between the two finds the last question again, and doing it again
	// does nothing twice.
	reply, result, err := script.finish(ctx)
	if err != nil {
		return Reply{}, err
	}
	next.State, next.Result = coaching.DialogDone, result
	if _, err := r.store.SaveDialog(ctx, next); err != nil {
		return Reply{}, err
	}
	reply.Replace = ask.Via == ViaButton && !dialog.OneByOne
	return reply, nil
}
