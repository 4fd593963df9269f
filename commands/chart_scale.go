package commands

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// upTicks is how many steps a scale has about, as many as a phone has room for.
const upTicks = 4

// leastSpread is how far apart the ends of a scale are at least, as a share of
// what is on it: nearer figures are all but the same.
const leastSpread = 0.01

// scaleUp returns the scale for figures between two values, in round steps.
// Figures that add up begin at zero; a level's way may be short beside it.
func (a *ask) scaleUp(low, high float64, nature coaching.Nature, m measure) Scale {
	if nature == coaching.Sum || low > 0 && low < high/2 {
		low = min(low, 0)
	}
	if size := max(math.Abs(low), math.Abs(high), 1); high-low < leastSpread*size {
		low, high = low-leastSpread*size, high+leastSpread*size
	}
	step := roundStep((high - low) / upTicks)
	if m.unit == coaching.Count {
		step = max(step, 1)
	}
	scale := Scale{Low: math.Floor(low/step) * step, High: math.Ceil(high/step) * step}
	for i := range int(math.Round((scale.High-scale.Low)/step)) + 1 {
		at := scale.Low + float64(i)*step
		scale.Ticks = append(scale.Ticks, Tick{At: at, Label: a.voice.short(at, step, m)})
	}
	return scale
}

// roundStep returns the next of 1, 2, 2.5 and 5 with zeros.
func roundStep(step float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(step)))
	for _, round := range [...]float64{1, 2, 2.5, 5} {
		if step <= round*power*(1+1e-9) {
			return round * power
		}
	}
	return 10 * power
}

// short words a value on a scale of such steps with few digits: "$40k", "1.5M".
func (v *Voice) short(value, step float64, m measure) string {
	if value < 0 {
		return v.Text("figure_minus", Args{"figure": v.short(-value, step, m)})
	}
	id, unit := "", 1.0
	switch {
	case value >= 1e9:
		id, unit = "chart_billions", 1e9
	case value >= 1e6:
		id, unit = "chart_millions", 1e6
	case value >= 1e4 || value >= 1e3 && m.unit == coaching.Money:
		id, unit = "chart_thousands", 1e3
	}
	places := max(0, math.Ceil(-math.Log10(step/unit)-1e-9))
	if first := step / unit * math.Pow(10, places); first != math.Trunc(first) {
		places++ // a step of 2.5
	}
	text := v.number(trimmed(decimal.NewFromFloat(value / unit).Round(int32(places))).String())
	if id != "" {
		text = v.Text(id, Args{"figure": text})
	}
	switch m.unit {
	case coaching.Money:
		return v.inCurrency(text, m.currency)
	case coaching.Percent:
		return v.Text("figure_percent", Args{"figure": text})
	default:
		return text
	}
}

// tickOf labels a period on a scale.
func (a *ask) tickOf(period coaching.Period) string {
	if period.Span != coaching.Month {
		return a.voice.period(period, a.today)
	}
	return a.voice.Text("chart_month", Args{"month": a.voice.month(period.From.Month), "year": a.voice.year(period.From.Year)})
}
