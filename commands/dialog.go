package commands

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// script is a dialog as its answers so far make it: the steps it has and what
// it comes to. It is made anew for every request from what is stored, so that a
// dialog survives restarts and never holds on to anything that has changed.
type script struct {
	steps []step
	// finish does what the dialog is for, once every step is settled, and names
	// the result. It may run again for the same dialog, and then must not do
	// anything twice.
	finish func(ctx context.Context) (reply Reply, result string, err error)
	// over tells of the result when somebody presses on; nil has a sentence for
	// all.
	over func(ctx context.Context) (Reply, error)
}

// step is a question of a script.
type step struct {
	name string
	// settled steps are not asked, unless somebody goes back to them.
	settled bool
	// optional steps can be skipped, with all other optional ones that follow.
	optional bool
	// freely lets the answer to a [PickOne] be other words than its choices.
	freely bool
	// prompt asks. The token, the ways out and what was typed before are filled
	// in by the engine.
	prompt func(ctx context.Context) (Reply, error)
	// accept looks at the dialog with the step's answers in it and returns it,
	// perhaps with other answers that follow or at another step to go on with;
	// or what is to be mended, by field. Without it every answer will do.
	accept func(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error)
}

// problems are what is to be mended in answers, by field.
type problems map[string]coaching.Reason

// restField is answered where the optional rest is skipped.
const restField = "rest"

// actionRest skips what is optional in a dialog; its value is the token.
const actionRest = "dialog_rest"

// scriptOf returns the script of a dialog.
func (r *Router) scriptOf(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	switch dialog.Name {
	case dialogNew:
		return r.newScript(ctx, ask, dialog)
	case dialogLog:
		return r.logScript(ctx, ask, dialog)
	case dialogEdit:
		return r.editScript(ctx, ask, dialog)
	case dialogPlan:
		return r.planScript(ctx, ask, dialog)
	case dialogReview:
		return r.reviewScript(ctx, ask, dialog)
	case dialogCheckIn:
		return r.checkInScript(ctx, ask, dialog)
	case dialogWins:
		return r.winsScript(ctx, ask, dialog)
	case dialogSettings:
		return r.settingsScript(ctx, ask, dialog)
	case dialogTable:
		return r.tableScript(ctx, ask, dialog)
	case dialogMine:
		return r.mineScript(ask, dialog), nil
	case dialogImport:
		return r.importScript(ctx, ask, dialog)
	case dialogClose, dialogPark:
		return r.retireScript(ctx, ask, dialog)
	default:
		return script{}, &coaching.Error{Code: coaching.NotFound, Reason: "dialog_unknown"}
	}
}

// next returns the first step that is to be asked, empty where all are settled.
func (s script) next(dialog coaching.Dialog) string {
	for _, step := range s.steps {
		if !step.settled && (!step.optional || !dialog.Answered(restField)) {
			return step.name
		}
	}
	return ""
}

func (s script) step(name string) (step, bool) {
	i := slices.IndexFunc(s.steps, func(step step) bool { return step.name == name })
	if i < 0 {
		return step{}, false
	}
	return s.steps[i], true
}

func (s script) names() []string {
	names := make([]string, len(s.steps))
	for i, step := range s.steps {
		names[i] = step.name
	}
	return names
}

// keptDialogs is how many dialogs of a member are kept, finished ones too: a
// button that is pressed once more finds what it came to.
const keptDialogs = 10

// begin begins a dialog with some answers known already and asks the first
// question. The same request begins it once.
func (r *Router) begin(ctx context.Context, ask *ask, name, subject string, answers map[string][]string) (Reply, error) {
	dialog := coaching.Dialog{
		ID: dialogID(ask.Request), Workspace: ask.Request.Workspace, Member: ask.Member, Channel: ask.Channel,
		Name: name, Subject: subject, State: coaching.DialogOpen, OneByOne: ask.Via == ViaDirect,
		Started: ask.Received,
	}.With(answers).Touched(ask.ID, ask.Received)
	script, err := r.scriptOf(ctx, ask, dialog)
	if err != nil {
		return Reply{}, err
	}
	dialog.Step = script.next(dialog)
	others, err := r.store.DialogsOf(ctx, dialog.Workspace, dialog.Member)
	if err != nil {
		return Reply{}, err
	}
	dialog, repeated, err := r.store.BeginDialog(ctx, dialog)
	if err != nil {
		return Reply{}, err
	}
	if repeated {
		if script, err = r.scriptOf(ctx, ask, dialog); err != nil {
			return Reply{}, err
		}
	}
	reply, err := r.showStep(ctx, ask, script, dialog)
	if err != nil || repeated {
		return reply, err
	}
	if err := r.tidy(ctx, ask, others); err != nil {
		return Reply{}, err
	}
	ask.offerUnfinished(&reply, others)
	return reply, nil
}

// tidy removes a member's dialogs that nobody will press a button of any more.
func (r *Router) tidy(ctx context.Context, ask *ask, dialogs []coaching.Dialog) error {
	for i, dialog := range dialogs {
		if i < keptDialogs-1 && !dialog.Expired(ask.Received) {
			continue
		}
		if err := r.store.DeleteDialog(ctx, dialog.Workspace, dialog.ID); err != nil {
			return err
		}
	}
	return nil
}

// offerUnfinished says of the latest other dialog that was begun and waits for
// an answer how to go on with it.
func (a *ask) offerUnfinished(reply *Reply, dialogs []coaching.Dialog) {
	for i, dialog := range dialogs {
		if i == keptDialogs-1 || !dialog.Waits(a.Received) || dialog.Turn == 0 {
			continue
		}
		reply.Parts = append(reply.Parts, Note{a.voice.Line("dialog_unfinished_"+dialog.Name, Args{"goal": "#" + dialog.Subject})})
		reply.Buttons = append(reply.Buttons, Button{
			Label: a.voice.Text("dialog_resume", nil), Action: ActionOpen, Value: dialog.Token(),
		})
		return
	}
}

// dialogID follows from the request that begins the dialog. It is short, for a
// token has to fit everywhere, and says nothing to whoever sees it.
func dialogID(request Request) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(request.Workspace), string(request.Member), request.ID}, "\x00")))
	const length = 24
	return strings.ToLower(base32.HexEncoding.EncodeToString(sum[:]))[:length]
}

// showStep asks what the dialog is at, or tells what it came to.
func (r *Router) showStep(ctx context.Context, ask *ask, script script, dialog coaching.Dialog) (Reply, error) {
	switch dialog.State {
	case coaching.DialogDropped:
		return ask.say(Text{ask.voice.Line("dialog_dropped", nil)}), nil
	case coaching.DialogDone:
		if script.over != nil {
			return script.over(ctx)
		}
		return ask.say(Text{ask.voice.Line("dialog_done", nil)}), nil
	}
	step, found := script.step(dialog.Step)
	if !found {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "dialog_unknown"}
	}
	reply, err := step.prompt(ctx)
	if err != nil {
		return Reply{}, err
	}
	ask.complete(&reply, script, step, dialog)
	return reply, nil
}

// complete fills in the part of a prompt that is the same for all.
func (a *ask) complete(reply *Reply, script script, step step, dialog coaching.Dialog) {
	prompt := reply.Prompt
	prompt.Token = dialog.Token()
	if prompt.Submit == "" {
		prompt.Submit = a.voice.Text("dialog_next", nil)
	}
	prompt.Drop = a.voice.Text("dialog_drop", nil)
	if dialog.Field > 0 || dialog.Back(script.names()).Turn != dialog.Turn {
		prompt.Back = a.voice.Text("dialog_back", nil)
	}
	at := min(dialog.Field, len(prompt.Fields)-1)
	kept := prompt.Fields[at].kept(dialog)
	for i := range prompt.Fields {
		field := &prompt.Fields[i]
		if typed, there := dialog.Typed[field.Name]; there {
			*field = field.with(typed)
		}
		if reason := dialog.Problems[field.Name]; reason != "" {
			field.Error = a.voice.Text("reason_"+string(reason), a.voice.reasonArgs(reason))
		}
	}
	if dialog.OneByOne {
		prompt.Fields = prompt.Fields[at : at+1]
		switch {
		case step.optional:
			reply.Parts = append(reply.Parts, Note{a.voice.Line("dialog_may_skip_all", nil)})
		case kept.begun():
			reply.Parts = append(reply.Parts, Note{a.voice.Line("dialog_may_keep", Args{"value": kept.begins()})})
		case prompt.Fields[0].Optional:
			reply.Parts = append(reply.Parts, Note{a.voice.Line("dialog_may_skip", nil)})
		}
	}
	if step.optional {
		reply.Buttons = append(reply.Buttons, Button{
			Label: a.voice.Text("dialog_rest", nil), Action: actionRest, Value: prompt.Token,
		})
	}
}
