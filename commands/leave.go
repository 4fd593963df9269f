package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// actionForget forgets the member who presses; its value is their id, so that a
// button shown to one forgets no other.
const actionForget = "forget_me"

// forgetMe says what would be deleted, offers it as files first, and asks.
func (r *Router) forgetMe(_ context.Context, ask *ask) (Reply, error) {
	reply := ask.say(Text{ask.voice.Line("forget_about", nil)}, Note{ask.voice.Line("forget_stays", nil)})
	reply.Buttons = []Button{
		{Label: ask.voice.Text("export_first", nil), Action: actionRun, Value: "export"},
		{Label: ask.voice.Text("forget_button", nil), Action: actionForget, Value: string(ask.Member), Look: Danger},
	}
	return reply, nil
}

// forgetChosen forgets the member.
func (r *Router) forgetChosen(ctx context.Context, ask *ask) (Reply, error) {
	if ask.rest != string(ask.Member) {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	r.outlooks.forget(ask.Request.Workspace)
	if _, err := r.store.ForgetMember(ctx, ask.Request.Workspace, ask.Member); err != nil {
		return Reply{}, err
	}
	reply := ask.say(Text{ask.voice.Line("forget_done", nil)})
	reply.Replace = true
	return reply, nil
}
