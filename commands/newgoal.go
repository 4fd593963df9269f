package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// dialogNew is the dialog that sets a goal.
const dialogNew = "new"

// newScript asks for a goal and shows its card.
func (r *Router) newScript(_ context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	return script{
		steps: []step{{
			name: "what", settled: dialog.Answered("statement"),
			prompt: func(context.Context) (Reply, error) {
				reply := ask.say(Text{ask.voice.Line("new_how", nil)}, ask.examples())
				reply.Prompt = &Prompt{
					Title:  ask.voice.Text("new_title", nil),
					Fields: []Field{{Name: "statement", Kind: AreaField, Label: ask.voice.Text("new_what", nil), Value: dialog.Answer("statement")}},
				}
				return reply, nil
			},
		}},
		finish: func(ctx context.Context) (Reply, string, error) {
			ask.rest = dialog.Answer("statement")
			reply, err := r.propose(ctx, ask)
			return reply, "", err
		},
	}, nil
}
