package commands

import (
	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// computed reports whether a level comes from events, which make fractions that
// nobody would type.
func computed(j coaching.Judgement) bool {
	return j.Progress.Followed != nil || j.Progress.Value.Exponent() < -2
}

// shown is a goal's figure as it is told: as it was typed, or where it was
// computed with as many digits as a person would say, and never so few that it
// seems to be at a target where it is not.
func shown(j coaching.Judgement) decimal.Decimal {
	value := j.Figure()
	if j.Goal.Nature == coaching.Sum || !computed(j) {
		return value
	}
	if rounded := spoken(value, measureOf(j.Goal)); !rounded.Equal(j.Target) || value.Equal(j.Target) {
		return rounded
	}
	return trimmed(value.Round(2))
}

// round makes a computed figure one that a person would say: whole money and
// counts above ten, one decimal below, two for percentages.
func (a *ask) round(value float64, goal coaching.Goal) decimal.Decimal {
	places := int32(1)
	switch {
	case goal.Unit == coaching.Percent:
		places = 2
	case value >= 10 || value <= -10:
		places = 0
	}
	return trimmed(decimal.NewFromFloat(value).Round(places))
}

// whole is round for what comes in whole pieces.
func (a *ask) whole(value float64, goal coaching.Goal) decimal.Decimal {
	if goal.Unit == coaching.Count || goal.Unit == coaching.Money {
		return decimal.NewFromFloat(value).Round(0)
	}
	return a.round(value, goal)
}

// up rounds what has to be done up to whole pieces.
func (a *ask) up(value float64, goal coaching.Goal) decimal.Decimal {
	const slack = 1e-9 // 11.000000000002 demos are 11
	if goal.Unit == coaching.Count || goal.Unit == coaching.Money {
		return decimal.NewFromFloat(value - slack).Ceil()
	}
	return a.round(value, goal)
}

// trimmed drops trailing zeros of the fraction: 9.0 is said as 9.
func trimmed(value decimal.Decimal) decimal.Decimal {
	if value.IsInteger() {
		return value.Truncate(0)
	}
	return value
}
