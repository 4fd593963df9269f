package commands

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// funnelChart is which share goes on from each stage of a funnel, with the stage
// at which most is lost where that is beyond doubt.
func (a *ask) funnelChart(funnel coaching.Funnel) Chart {
	chart := Chart{Title: a.voice.Text("chart_funnel", nil)}
	leak, found := funnel.Leak()
	var said []string
	for _, stage := range funnel.Stages() {
		bar := Bar{
			Label: a.stage(stage.ID), Value: a.voice.Text("chart_stage_unknown", nil),
			Weak: found && leak.Clear && leak.Stage.ID == stage.ID,
		}
		if percent, known := stage.Onward.Percent(); known {
			bar.Share = percent / 100
			bar.Value = a.voice.Text("chart_stage", Args{
				"share": a.voice.percent(bar.Share), "hits": stage.Onward.Hits, "of": stage.Onward.Of,
			})
		}
		chart.Bars = append(chart.Bars, bar)
		said = append(said, a.voice.Text("chart_alt_stage", Args{"stage": bar.Label, "value": bar.Value}))
	}
	switch {
	case found && leak.Clear:
		chart.Lead = a.voice.Text("chart_leak", Args{"stage": a.stage(leak.Stage.ID), "lost": leak.Lost})
	default:
		chart.Lead = a.voice.Text("chart_no_leak", nil)
	}
	chart.Alt = strings.Join([]string{
		a.voice.Text("chart_alt", Args{"title": chart.Title}), a.voice.Text("chart_alt", Args{"title": chart.Lead}),
		a.voice.Text("chart_alt_funnel", Args{"stages": a.listed(said)}),
	}, " ")
	return chart
}
