package commands

import (
	"maps"
	"slices"

	"github.com/smallwins/smallwins/coaching"
)

// Actions returns the names of everything that a button or a form can ask for.
func Actions() []string { return slices.Sorted(maps.Keys(actions)) }

// RateChart is the chart of rates of the months from a first one on.
func RateChart(voice *Voice, first coaching.Date, warned int, lead string, rates ...coaching.Rate) Chart {
	var months []rateOf
	for i, rate := range rates {
		months = append(months, rateOf{coaching.PeriodOf(coaching.Month, first.AddMonths(i)), rate})
	}
	return (&ask{voice: voice, today: first}).rateChart(coaching.WinRate, months, warned, lead)
}

// ScaleUp is the scale of figures between two values.
func ScaleUp(voice *Voice, low, high float64, nature coaching.Nature, unit coaching.Unit) Scale {
	return (&ask{voice: voice}).scaleUp(low, high, nature, measure{unit: unit, currency: "USD"})
}
