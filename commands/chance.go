package commands

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// percents turns a share into percent as people say them: whole ones, with one
// decimal below ten.
func percents(share float64) decimal.Decimal {
	places := int32(0)
	if math.Abs(share) < 0.1 {
		places = 1
	}
	return trimmed(decimal.NewFromFloat(share * 100).Round(places))
}

// chance words a probability. Nothing is said to be sure or impossible.
func (v *Voice) chance(probability float64) string {
	share := math.Round(min(max(probability*100, 1), 99))
	return v.figure(decimal.NewFromFloat(share), measure{unit: coaching.Percent})
}

// changed words a change: in points for percentages, in percent where there is
// something to take it of, else in the figure's own unit.
func (v *Voice) changed(change coaching.Change, m measure) string {
	switch {
	case m.unit == coaching.Percent:
		return v.points(change.By)
	case change.HasShare:
		return v.change(percents(change.Share), measure{unit: coaching.Percent})
	default:
		return v.change(change.By, m)
	}
}

// points words a difference of percentages with its sign: "+0.4 points".
func (v *Voice) points(by decimal.Decimal) string {
	return v.Text("size_points", Args{"count": plural(by.Abs()), "change": v.change(trimmed(by.Round(2)), measure{unit: coaching.Count})})
}

// roughly words a computed figure with as many digits as it can be trusted for:
// two, or three where the first is a one.
func (v *Voice) roughly(value float64, m measure) string {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return v.counted(decimal.Zero, m)
	}
	const digits = 2.3 // 1.99 has three, 2.1 has two
	places := int32(math.Ceil(digits - 1 - math.Log10(math.Abs(value))))
	if m.unit == coaching.Count {
		places = min(places, 0)
	}
	return v.counted(trimmed(decimal.NewFromFloat(value).Round(places)), m)
}

// band is where a period is expected to end.
func (a *ask) band(low, middle, high float64, m measure) Args {
	bare := m
	if m.unit == coaching.Count {
		bare.kind, bare.noun = "", ""
	}
	return Args{
		"low": a.voice.roughly(low, bare), "middle": a.voice.roughly(middle, m), "high": a.voice.roughly(high, m),
	}
}

// tiers offers targets, the easiest first, each with its chance.
func (a *ask) tiers(tiers []coaching.Tier, m measure) Facts {
	var facts Facts
	for _, tier := range tiers {
		facts.Items = append(facts.Items, Fact{
			Label: a.voice.Text("tier_"+string(tier.Realism), nil),
			Value: a.voice.Line("tier_value", Args{"value": a.voice.counted(tier.Value, m), "chance": a.voice.chance(tier.Chance)}),
		})
	}
	return facts
}
