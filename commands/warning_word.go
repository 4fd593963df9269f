package commands

import (
	"context"
	"math"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// The values of a warning's buttons begin with what is said.
const (
	warningUseful = "useful"
	warningFalse  = "false"
	warningSnooze = "snooze"
)

// maxThin is how many streams with too little are named.
const maxThin = 12

// wordWarning words a warning: what moved, from what to what, on how many, how
// sure, since when, where it comes from, and two things to do; or how it ended.
func (r *Router) wordWarning(ctx context.Context, ask *ask, w coaching.Warning) ([]Part, error) {
	if w.Owner != "" {
		if err := r.meet(ctx, ask, w.Owner); err != nil {
			return nil, err
		}
	}
	voice := ask.voice
	args := Args{
		"stream": ask.streamName(w.Stream, w.Owner), "was": ask.streamFigure(w.Stream, w.Was), "is": ask.streamFigure(w.Stream, w.Is),
		"low": ask.streamFigure(w.Stream, w.Low), "high": ask.streamFigure(w.Stream, w.High), "since": ask.monthOf(w.Since),
		"count": w.Now.Of, "hits": voice.number(itoa(w.Now.Hits)), "of": voice.number(itoa(w.Now.Of)),
		"usual": voice.number(decimal.NewFromFloat(w.Usual).Round(0).String()), "sure": voice.percent(math.Min(w.Sure, 0.99)),
	}
	heading := "warning_" + string(w.Event)
	if w.Event == coaching.AlarmBegan {
		heading = "warning_began_" + string(w.Stream.Family)
	}
	parts := []Part{Heading{voice.Line(heading, args)}}
	moved := "warning_moved_" + string(w.Stream.Family)
	switch w.Event {
	case coaching.AlarmCleared, coaching.AlarmSettled:
		return append(parts, Text{voice.Line("warning_now", args)}, ask.warningNote(w)), nil
	default:
		parts = append(parts, Text{voice.Line(moved, args)})
	}
	if w.HasLevel && w.Counted {
		args["level"] = ask.streamFigure(w.Stream, w.Level)
		parts = append(parts, Text{voice.Line("warning_level", args)})
	}
	parts = append(parts, Text{voice.Line("warning_sure", args)})
	shown, err := r.warningChart(ctx, ask, w, voice.Line(moved, args))
	if err != nil {
		return nil, err
	}
	parts = append(parts, shown...)
	if len(w.Parts) > 0 {
		list := List{}
		for _, part := range w.Parts {
			before, _ := part.Before.Percent()
			now, _ := part.Now.Percent()
			list.Items = append(list.Items, voice.Line("warning_part", Args{
				"stream": ask.streamName(part.Stream, ""), "was": ask.streamFigure(part.Stream, before), "is": ask.streamFigure(part.Stream, now),
				"hits": voice.number(itoa(part.Now.Hits)), "of": voice.number(itoa(part.Now.Of)),
			}))
		}
		parts = append(parts, Text{voice.Line("warning_where", nil)}, list)
	}
	if len(w.Plays) > 0 {
		list := List{}
		for _, play := range w.Plays {
			list.Items = append(list.Items, voice.Line("play_"+string(play), nil))
		}
		parts = append(parts, Text{voice.Line("warning_do", nil)}, list)
	}
	button := func(id, say string) Button {
		return Button{Label: voice.Text(id, Args{"count": coaching.SnoozeDays / 7}), Action: actionWarning, Value: say + " " + w.ID}
	}
	return append(parts, Row{[]Button{
		button("button_warning_useful", warningUseful), button("button_warning_false", warningFalse), button("button_warning_snooze", warningSnooze),
	}}, ask.warningNote(w)), nil
}

// warningNote says who is told.
func (a *ask) warningNote(w coaching.Warning) Note {
	if w.Member != "" {
		return Note{a.voice.Line("warning_private", nil)}
	}
	return Note{a.voice.Line("warning_why", nil)}
}

// wordThin words of which streams there is too little, and how much it takes.
func (r *Router) wordThin(ctx context.Context, ask *ask, thin coaching.Thin) ([]Part, error) {
	parts := []Part{Heading{ask.voice.Line("warning_thin", nil)}, Text{ask.voice.Line("warning_thin_means", nil)}}
	list := List{}
	for _, each := range thin.Streams[:min(len(thin.Streams), maxThin)] {
		if each.Owner != "" {
			if err := r.meet(ctx, ask, each.Owner); err != nil {
				return nil, err
			}
		}
		id := "warning_thin_months"
		if each.Counted {
			id = "warning_thin_" + string(each.Stream.Family.Kind())
		}
		list.Items = append(list.Items, ask.voice.Line(id, Args{
			"stream": ask.streamName(each.Stream, each.Owner), "count": each.Cases,
			"cases": ask.voice.number(itoa(each.Cases)), "needs": ask.voice.number(itoa(each.Needs)),
		}))
	}
	parts = append(parts, list)
	if more := len(thin.Streams) - maxThin; more > 0 {
		parts = append(parts, Note{ask.voice.Line("warning_thin_more", Args{"count": more})})
	}
	return parts, nil
}

// streamName names a stream: "Win rate of Widgets".
func (a *ask) streamName(stream coaching.Stream, owner coaching.MemberID) Line {
	part := Span{Text: stream.Part}
	if owner != "" {
		part = a.member(owner)
	}
	return a.voice.Line("stream_"+string(stream.Family), Args{"part": part})
}

// streamFigure words a figure of a stream.
func (a *ask) streamFigure(stream coaching.Stream, value float64) string {
	figure := decimal.NewFromFloat(value)
	switch stream.Family {
	case coaching.FamilyCycle:
		return a.voice.figure(figure.Round(0), measure{unit: coaching.Count})
	case coaching.FamilyCostToValue:
		return a.voice.figure(figure.Round(2), measure{unit: coaching.Count})
	default:
		return a.voice.figure(figure.Round(1), measure{unit: coaching.Percent})
	}
}

// monthOf words a month with its year.
func (a *ask) monthOf(month coaching.Date) string {
	if month.IsZero() {
		return ""
	}
	return a.voice.period(coaching.PeriodOf(coaching.Month, month), a.today)
}
