package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// rateOf is a rate over one period.
type rateOf struct {
	Period coaching.Period
	Rate   coaching.Rate
}

// rateChart is a rate from period to period with the bounds that hold the true
// one 19 times in 20, and the period in which a warning came, if that is not
// negative. Periods without a case are left out. The lead is the warning's own
// sentence.
func (a *ask) rateChart(kind coaching.Kind, rates []rateOf, warned int, lead string) Chart {
	m := measure{unit: coaching.Percent}
	name := a.voice.Text("kind_"+string(kind), nil)
	chart := Chart{
		Title: a.voice.Text("history_heading", Args{"kind": name}), Lead: lead,
		Across: Scale{Low: -0.5, High: float64(len(rates)) - 0.5},
	}
	actual, sure := Series{Name: name, Role: Actual}, Band{Name: a.voice.Text("chart_sure", nil)}
	var (
		high float64
		said []string
		now  Mark
	)
	for i, each := range rates {
		percent, known := each.Rate.Percent()
		if !known {
			continue
		}
		from, to := each.Rate.Within95()
		actual.Points = append(actual.Points, Point{float64(i), percent})
		sure.Points = append(sure.Points, BandPoint{float64(i), from, to})
		high = max(high, to)
		share := a.voice.percent(percent / 100)
		now = Mark{Role: MarkNow, At: float64(i), Value: percent, Label: share}
		said = append(said, a.voice.Text("chart_alt_rate", Args{
			"period": a.voice.period(each.Period, a.today), "share": share, "hits": each.Rate.Hits, "of": each.Rate.Of,
			"low": a.voice.percent(from / 100), "high": a.voice.percent(to / 100),
		}))
	}
	sentences := []string{a.voice.Text("chart_alt", Args{"title": chart.Title}), lead}
	if warned >= 0 && warned < len(rates) {
		moment := a.voice.Text("chart_warning", nil)
		chart.Marks = append(chart.Marks, Mark{Role: MarkMoment, At: float64(warned), Label: moment})
		sentences = append(sentences, a.voice.Text("chart_alt_warning", Args{
			"warning": moment, "period": a.voice.period(rates[warned].Period, a.today),
		}))
	}
	if len(actual.Points) > 0 {
		chart.Marks = append(chart.Marks, now)
	}
	chart.Series, chart.Bands = []Series{actual}, []Band{sure}
	chart.Up = a.scaleUp(0, high, coaching.Ratio, m)
	for _, i := range along(len(rates)) {
		chart.Across.Ticks = append(chart.Across.Ticks, Tick{float64(i), a.tickOf(rates[i].Period)})
	}
	chart.Alt = strings.Join(append(sentences, a.voice.Text("chart_alt_history", Args{"figures": a.listed(said)})), " ")
	return chart
}
