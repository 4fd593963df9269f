package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// fewestFigures is from how many past figures on a picture says more than they.
const fewestFigures = 3

// drawnLines are the past figures that are listed and drawn.
func drawnLines(past coaching.History) []coaching.HistoryLine {
	lines := historyLines
	if past.Span == coaching.Quarter {
		lines = quarterLines
	}
	return past.Lines[max(len(past.Lines)-lines, 0):]
}

// historyChart is the past of a kind with the band that the next period is
// likely to end in.
func (a *ask) historyChart(past coaching.History, m measure) Chart {
	lines := drawnLines(past)
	first := lines[0].Period.From
	at := func(period coaching.Period) float64 { return float64(period.From.Sub(first)) }
	kind := a.voice.Text("kind_"+string(past.Traits.Kind), nil)

	latest := lines[len(lines)-1]
	width := at(latest.Period) / float64(max(len(lines)-1, 1))
	chart := Chart{
		Title: a.voice.Text("history_heading", Args{"kind": kind}),
		Lead: a.voice.Text("chart_history_latest", Args{
			"period": a.voice.period(latest.Period, a.today), "value": a.voice.counted(latest.Value, m),
		}),
		Across: Scale{Low: -width / 2, High: at(latest.Period) + width/2},
	}
	actual := Series{Name: kind, Role: Actual}
	low, high := latest.Value.InexactFloat64(), latest.Value.InexactFloat64()
	var said []string
	periods := make([]coaching.Period, 0, len(lines)+1)
	for _, line := range lines {
		value := line.Value.InexactFloat64()
		actual.Points = append(actual.Points, Point{at(line.Period), value})
		low, high = min(low, value), max(high, value)
		periods = append(periods, line.Period)
		said = append(said, a.voice.Text("chart_history_latest", Args{
			"period": a.voice.period(line.Period, a.today), "value": a.voice.figure(line.Value, m),
		}))
	}
	var foreseen []string
	if next := past.Next; next.Reason == "" {
		args := a.band(next.Low, next.Middle, next.High, m)
		args["period"] = a.voice.period(next.Period, a.today)
		chart.Lead = a.voice.Text("chart_history_lead", args)
		x := at(next.Period)
		chart.Bands = []Band{{Name: a.voice.Text("chart_likely", nil), Points: []BandPoint{
			{x - width*bandHalf, next.Low, next.High}, {x + width*bandHalf, next.Low, next.High},
		}}}
		chart.Across.High = x + width/2
		low, high = min(low, next.Low), max(high, next.High)
		periods = append(periods, next.Period)
		foreseen = []string{a.voice.Text("chart_alt_likely", args)}
	}
	chart.Series = []Series{actual}
	chart.Marks = []Mark{{
		Role: MarkNow, At: at(latest.Period), Value: latest.Value.InexactFloat64(), Label: a.voice.figure(latest.Value, m),
	}}
	chart.Up = a.scaleUp(low, high, past.Traits.Nature, m)
	for _, i := range along(len(periods)) {
		chart.Across.Ticks = append(chart.Across.Ticks, Tick{at(periods[i]), a.tickOf(periods[i])})
	}
	sentences := append([]string{
		a.voice.Text("chart_alt", Args{"title": chart.Title}), a.voice.Text("chart_alt", Args{"title": chart.Lead}),
	}, foreseen...)
	chart.Alt = strings.Join(append(sentences, a.voice.Text("chart_alt_history", Args{"figures": a.listed(said)})), " ")
	return chart
}

// bandHalf is half of how wide the band of the period to come is, in periods.
const bandHalf = 0.4

// along returns up to four indices below n in even steps, the first and the last
// among them.
func along(n int) []int {
	const steps = 3
	if n <= steps {
		steps := make([]int, n)
		for i := range steps {
			steps[i] = i
		}
		return steps
	}
	indices := make([]int, steps+1)
	for i := range indices {
		indices[i] = (n - 1) * i / steps
	}
	return indices
}
