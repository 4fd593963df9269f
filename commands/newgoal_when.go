package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// otherDates is the answer to when that is asked for as two days.
const otherDates = "dates"

// time are the steps that say when.
func (g *newGoal) time() []step {
	found := g.card.Lines[4].OK
	dates := g.dialog.Answer("period") == otherDates
	return []step{
		{name: "period", settled: found || dates, freely: true, prompt: g.askPeriod, accept: g.takePeriod},
		{name: "dates", settled: found || !dates, prompt: g.askDates, accept: g.takeDates},
	}
}

func (g *newGoal) askPeriod(context.Context) (Reply, error) {
	voice, today := g.ask.voice, g.ask.today
	var choices []Choice
	offer := func(which string, period coaching.Period) {
		choices = append(choices, Choice{
			Label: voice.Text("new_period_"+which+string(period.Span), Args{"last": voice.date(period.To, today), "first": voice.date(period.From, today)}),
			Value: periodAnswer(period),
		})
	}
	offer("this_", coaching.PeriodOf(coaching.Week, today))
	for _, span := range []coaching.Span{coaching.Month, coaching.Quarter, coaching.Year} {
		period := coaching.PeriodOf(span, today)
		offer("this_", period)
		offer("next_", period.Shift(1))
	}
	choices = append(choices, Choice{Label: voice.Text("new_period_dates", nil), Value: otherDates})
	var value string
	if g.statement.Period.Found() {
		value = periodAnswer(g.statement.Period.Period)
	}
	return g.question(nil, Field{
		Name: "period", Kind: PickOne, Label: voice.Text("new_when", nil), Hint: voice.Text("new_when_hint", nil),
		Choices: choices, Value: value,
	}), nil
}

func (g *newGoal) takePeriod(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	answer := dialog.Answer("period")
	if answer == otherDates {
		dialog.Step = "dates"
		return dialog, nil, nil
	}
	period, known := periodOf(answer)
	if !known {
		s := coaching.ParseStatement(answer, g.ask.today)
		if !s.Period.Found() {
			return dialog, problems{"period": "period_unreadable"}, nil
		}
		period = s.Period.Period
	}
	if reason := g.refused(period); reason != "" {
		return dialog, problems{"period": reason}, nil
	}
	return dialog.With(map[string][]string{"period": {periodAnswer(period)}}), nil, nil
}

func (g *newGoal) askDates(context.Context) (Reply, error) {
	voice := g.ask.voice
	from, to := g.ask.today.String(), ""
	if g.statement.Period.Found() {
		from, to = g.statement.Period.From.String(), g.statement.Period.To.String()
	}
	return g.question(nil,
		Field{Name: "from", Kind: PickDay, Label: voice.Text("new_from", nil), Value: from},
		Field{Name: "to", Kind: PickDay, Label: voice.Text("new_to", nil), Value: to},
	), nil
}

func (g *newGoal) takeDates(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	from, err := coaching.ParseDate(dialog.Answer("from"))
	if err != nil {
		return dialog, problems{"from": "day_unreadable"}, nil
	}
	to, err := coaching.ParseDate(dialog.Answer("to"))
	if err != nil {
		return dialog, problems{"to": "day_unreadable"}, nil
	}
	period := coaching.Period{Span: coaching.Range, From: from, To: to}
	if reason := g.refused(period); reason != "" {
		return dialog, problems{"to": reason}, nil
	}
	return dialog.With(map[string][]string{"period": {periodAnswer(period)}}), nil, nil
}

// longestPeriod is how many days a goal may take. What is further off is no
// goal yet.
const longestPeriod = 3 * 366

// refused returns why a goal cannot run in a period, empty where it can.
func (g *newGoal) refused(period coaching.Period) coaching.Reason {
	switch {
	case period.To.Before(period.From):
		return "period_reversed"
	case period.To.Before(g.ask.today):
		return "period_over"
	case period.Days() > longestPeriod:
		return "period_too_long"
	default:
		return ""
	}
}

// periodAnswer writes a period so that it stays the same whenever it is read.
func periodAnswer(period coaching.Period) string {
	return string(period.Span) + ":" + period.From.String() + ":" + period.To.String()
}

// periodOf reads what periodAnswer wrote. The days of a month, a quarter or a
// year follow from its first.
func periodOf(answer string) (period coaching.Period, ok bool) {
	parts := strings.Split(answer, ":")
	if len(parts) != 3 {
		return coaching.Period{}, false
	}
	from, fromErr := coaching.ParseDate(parts[1])
	to, toErr := coaching.ParseDate(parts[2])
	if fromErr != nil || toErr != nil {
		return coaching.Period{}, false
	}
	switch span := coaching.Span(parts[0]); span {
	case coaching.Day, coaching.Week, coaching.Month, coaching.Quarter, coaching.Year:
		period = coaching.PeriodOf(span, from)
		return period, period.To == to
	case coaching.Range:
		return coaching.Period{Span: span, From: from, To: to}, true
	default:
		return coaching.Period{}, false
	}
}
