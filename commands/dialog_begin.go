package commands

import (
	"context"
	"strings"
)

// actionBegin begins a dialog; its value is the dialog's name and what it is
// about, "plan 12".
const actionBegin = "dialog_begin"

// beginChosen begins the dialog that a button names. What the member may do is
// the dialog's to look up.
func (r *Router) beginChosen(ctx context.Context, ask *ask) (Reply, error) {
	name, subject := cutWord(ask.rest)
	return r.begin(ctx, ask, name, subject, nil)
}

// beginButton begins a dialog about something when it is pressed.
func (a *ask) beginButton(label, name, subject string) Button {
	return Button{Label: a.voice.Text(label, nil), Action: actionBegin, Value: strings.TrimSpace(name + " " + subject)}
}
