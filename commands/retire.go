package commands

import (
	"context"
	"slices"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
)

// The dialogs that ask why a goal is closed or parked; their subject is its
// number.
const (
	dialogClose = "close"
	dialogPark  = "park"
)

// retirement is a way in which a goal stops being worked on: the state that it
// ends in, what is said then, and the messages of the usual
// reasons.
type retirement struct {
	state   coaching.State
	said    string
	reasons []string
}

var retirements = map[string]retirement{
	dialogClose: {coaching.Closed, "closed", []string{"retire_close_early", "retire_close_moot", "retire_close_lost", "retire_close_mistake", "retire_close_merged"}},
	dialogPark:  {coaching.Parked, "parked", []string{"retire_park_waits", "retire_park_others", "retire_park_time"}},
}

// park sets a goal aside with its progress and the reason kept.
func (r *Router) park(ctx context.Context, ask *ask) (Reply, error) {
	return r.retire(ctx, ask, dialogPark)
}

// closeGoal ends a goal with the reason kept.
func (r *Router) closeGoal(ctx context.Context, ask *ask) (Reply, error) {
	return r.retire(ctx, ask, dialogClose)
}

// retire parks or closes a goal; where no reason is given it asks for one.
func (r *Router) retire(ctx context.Context, ask *ask, how string) (Reply, error) {
	name, reason := cutWord(ask.rest)
	goal, err := r.goalFor(ctx, ask, coaching.ActState, name)
	if err != nil {
		return Reply{}, err
	}
	if reason == "" && goal.State != retirements[how].state {
		return r.begin(ctx, ask, how, itoa(goal.Number), nil)
	}
	return r.retired(ctx, ask, goal, retirements[how], reason)
}

func (r *Router) retired(ctx context.Context, ask *ask, goal coaching.Goal, how retirement, reason string) (Reply, error) {
	if utf8.RuneCountInString(reason) > coaching.MaxText {
		return Reply{}, coaching.Refuse("text_too_long")
	}
	goal, err := r.setState(ctx, ask, goal, how.state, false, reason)
	if err != nil {
		return Reply{}, err
	}
	return ask.say(
		Text{ask.voice.Line(how.said, Args{"goal": ask.name(goal)})},
		Note{ask.voice.Line("retired_back", Args{"command": Span{Text: "/" + Name + " focus #" + itoa(goal.Number), Style: Code}})},
	), nil
}

// otherReason is chosen where none of the usual reasons fits.
const otherReason = "other"

// retireScript asks why a goal is closed or parked: one of the usual reasons, or
// other words.
func (r *Router) retireScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	goal, err := r.goalFor(ctx, ask, coaching.ActState, "#"+dialog.Subject)
	if err != nil {
		return script{}, err
	}
	how, chosen := retirements[dialog.Name], dialog.Answer("reason")
	why := step{name: "reason", settled: chosen != "", freely: true, prompt: func(context.Context) (Reply, error) {
		field := Field{Name: "reason", Kind: PickOne, Label: ask.voice.Text("retire_why", nil), Limit: coaching.MaxText}
		for _, reason := range how.reasons {
			field.Choices = append(field.Choices, ask.choice(reason, reason))
		}
		field.Choices = append(field.Choices, ask.choice(otherReason, "retire_other"))
		return ask.asks(how.said+"_title", ask.voice.Line(how.said+"_about", Args{"goal": ask.name(goal)}), field), nil
	}}
	steps := []step{why}
	reason := chosen
	switch {
	case chosen == otherReason:
		reason = dialog.Answer("words")
		steps = append(steps, step{name: "words", settled: reason != "", prompt: func(context.Context) (Reply, error) {
			return ask.asks(how.said+"_title", ask.voice.Line(how.said+"_about", Args{"goal": ask.name(goal)}), Field{
				Name: "words", Kind: AreaField, Label: ask.voice.Text("retire_words", nil), Limit: coaching.MaxText,
			}), nil
		}})
	case slices.Contains(how.reasons, chosen):
		reason = ask.voice.Text(chosen, nil)
	}
	return script{steps: steps, finish: func(ctx context.Context) (Reply, string, error) {
		reply, err := r.retired(ctx, ask, goal, how, reason)
		return reply, dialog.Subject, err
	}}, nil
}
