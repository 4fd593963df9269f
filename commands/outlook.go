package commands

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// foreseen says what the next period is expected to bring and which targets it
// offers, or why nothing can be told.
func (a *ask) foreseen(next coaching.Appraisal, known int, m measure) []Part {
	if next.Reason != "" {
		return []Part{Text{a.unknown(next.Reason, next.Basis.Used, known)}}
	}
	args := a.band(next.Low, next.Middle, next.High, m)
	args["period"] = a.voice.period(next.Period, a.today)
	parts := []Part{Text{a.voice.Line("history_band", args)}}
	if len(next.Tiers) > 0 {
		parts = append(parts, a.tierList(next.Tiers, m))
	}
	for _, caution := range next.Cautions {
		if id := "caution_" + string(caution); a.voice.Has(id) {
			parts = append(parts, Note{a.voice.Line(id, nil)})
		}
	}
	return parts
}

// unknown says why nothing can be expected of a period, and how much is needed.
func (a *ask) unknown(reason coaching.Reason, used, known int) Line {
	id := "unknown_" + string(reason)
	if !a.voice.Has(id) || reason == coaching.TooLittleHistory && max(used, known) == 0 {
		id = "unknown_history"
	}
	return a.voice.Line(id, Args{"count": max(used, known), "needed": coaching.MinHistory})
}

// percents turns a share into percent as people say them: whole ones, with one
// decimal below ten.
func percents(share float64) decimal.Decimal {
	places := int32(0)
	if math.Abs(share) < 0.1 {
		places = 1
	}
	return trimmed(decimal.NewFromFloat(share * 100).Round(places))
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
func (v *Voice) roughly(value float64, m measure) string { return v.counted(asRoughly(value, m), m) }

// asRoughly is the figure that roughly words.
func asRoughly(value float64, m measure) decimal.Decimal {
	if value == 0 || math.IsNaN(value) || math.IsInf(value, 0) {
		return decimal.Zero
	}
	const digits = 2.3 // 1.99 has three, 2.1 has two
	places := int32(math.Ceil(digits - 1 - math.Log10(math.Abs(value))))
	if m.unit == coaching.Count {
		places = min(places, 0)
	}
	return trimmed(decimal.NewFromFloat(value).Round(places))
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

// tierList offers targets, the easiest first, each with its chance.
func (a *ask) tierList(tiers []coaching.Tier, m measure) List {
	var list List
	for _, tier := range tiers {
		list.Items = append(list.Items, a.voice.Line("tier_"+string(tier.Realism), Args{
			"value": Span{Text: a.voice.counted(tier.Value, m), Style: Strong}, "chance": a.voice.likely(tier.Chance),
		}))
	}
	return list
}
