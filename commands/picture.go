package commands

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

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
	judgement, err := r.judge(ctx, ask, goals[0])
	if err != nil {
		return Reply{}, err
	}
	if !drawable(&judgement) {
		return Reply{}, coaching.Refuse("picture_gone")
	}
	entries, err := r.byDay(ctx, ask, &judgement)
	if err != nil {
		return Reply{}, err
	}
	return ask.say(ask.goalChart(&judgement, judgement.Course(entries, ask.today, ask.workspace.Location()))), nil
}

// byDay returns the entries that a goal's figure has come from, the newest first:
// those that people made, or where events make it, one for each day.
func (r *Router) byDay(ctx context.Context, ask *ask, j *coaching.Judgement) ([]coaching.Entry, error) {
	if j.Progress.Followed == nil {
		return r.store.EntriesOf(ctx, j.Goal, recordEntries)
	}
	record, _, err := r.store.DailyRecord(ctx, j.Goal, j.Goal.Period.From, ask.Received)
	if err != nil {
		return nil, err
	}
	var entries []coaching.Entry
	for _, day := range slices.Backward(record.Days) {
		entries = append(entries, coaching.Entry{
			Op: coaching.Add, Amount: decimal.NewFromFloat(day.Amount), At: day.Day.In(ask.workspace.Location()),
		})
	}
	return entries, nil
}

// drawnRates are the cases behind the figures that are drawn, nil where some are
// not known.
func (p pastFigures) drawnRates() []rateOf {
	var rates []rateOf
	for _, line := range drawnLines(p.History) {
		rate, known := p.rates[line.Period]
		if !known {
			return nil
		}
		rates = append(rates, rateOf{line.Period, rate})
	}
	return rates
}

func (r *Router) historyPicture(ctx context.Context, ask *ask, which string) (Reply, error) {
	traits, span, err := historyArgs(which, ask.today)
	if err != nil {
		return Reply{}, err
	}
	past, err := r.pastOf(ctx, ask, traits, span)
	if err != nil {
		return Reply{}, err
	}
	if len(past.Lines) < fewestFigures {
		return Reply{}, coaching.Refuse("picture_gone")
	}
	if rates := past.drawnRates(); len(rates) >= fewestFigures {
		latest := past.Lines[len(past.Lines)-1]
		lead := ask.voice.Text("chart_alt", Args{"title": ask.voice.Text("chart_history_latest", Args{
			"period": ask.voice.period(latest.Period, ask.today), "value": ask.voice.counted(latest.Value, past.measure),
		})})
		return ask.say(ask.rateChart(traits.Kind, rates, -1, lead)), nil
	}
	return ask.say(ask.historyChart(past.History, past.measure)), nil
}
