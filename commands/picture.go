package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// What a picture can be of, as its button says it.
const (
	pictureGoal    = "goal"
	pictureHistory = "history"
	pictureFunnel  = "funnel"
)

// pictureButton offers a picture beside an answer. It is not in the answer
// itself, since it has to be drawn and sent to the platform first, and the answer
// is to be there at once.
func (a *ask) pictureButton(of, which string) Button {
	return Button{Label: a.voice.Text("button_picture", nil), Action: actionPicture, Value: of + " " + which}
}

// picture answers the press of a picture's button.
func (r *Router) picture(ctx context.Context, ask *ask) (Reply, error) {
	of, which := cutWord(ask.rest)
	switch of {
	case pictureGoal:
		return r.goalPicture(ctx, ask, which)
	case pictureHistory:
		return r.historyPicture(ctx, ask, which)
	case pictureFunnel:
		if ask.workspace.Funnel.IsZero() {
			return Reply{}, coaching.Refuse("picture_gone")
		}
		return ask.say(ask.funnelChart(ask.workspace.Funnel)), nil
	}
	return Reply{}, coaching.Refuse("button_unknown")
}

func (r *Router) goalPicture(ctx context.Context, ask *ask, number string) (Reply, error) {
	if !isGoalNumber(number) {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	goals, err := r.findGoals(ctx, ask, number)
	if err != nil {
		return Reply{}, err
	}
	judgement, err := r.judgeClosely(ctx, ask, goals[0])
	if err != nil {
		return Reply{}, err
	}
	if !drawable(judgement) {
		return Reply{}, coaching.Refuse("picture_gone")
	}
	entries, err := r.store.EntriesOf(ctx, goals[0], recordEntries)
	if err != nil {
		return Reply{}, err
	}
	return ask.say(ask.goalChart(judgement, judgement.Course(entries, ask.today, ask.workspace.Location()))), nil
}

func (r *Router) historyPicture(ctx context.Context, ask *ask, which string) (Reply, error) {
	traits, span, err := historyArgs(which, ask.today)
	if err != nil {
		return Reply{}, err
	}
	past, m, err := r.pastOf(ctx, ask, traits, span)
	if err != nil {
		return Reply{}, err
	}
	if len(past.Lines) < fewestFigures {
		return Reply{}, coaching.Refuse("picture_gone")
	}
	return ask.say(ask.historyChart(past, m)), nil
}
