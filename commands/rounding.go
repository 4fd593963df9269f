package commands

import (
	"math"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// computed reports whether a figure comes from events, which make fractions that
// nobody would type.
func computed(j *coaching.Judgement) bool {
	return j.Progress.Fed
}

// shown is a goal's figure as it is told: as it was typed, or where it was
// computed with as many digits as a person would say, and never so few that it
// seems to be at a target where it is not.
func shown(j *coaching.Judgement) decimal.Decimal {
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
func round(value float64, unit coaching.Unit) decimal.Decimal {
	places := int32(1)
	switch {
	case unit == coaching.Percent:
		places = 2
	case value >= 10 || value <= -10:
		return nearest(value)
	}
	return trimmed(decimal.NewFromFloat(value).Round(places))
}

// whole is round for what comes in whole pieces.
func whole(value float64, unit coaching.Unit) decimal.Decimal {
	if unit == coaching.Count || unit == coaching.Money {
		return nearest(value)
	}
	return round(value, unit)
}

// up rounds what has to be done up to whole pieces.
func up(value float64, unit coaching.Unit) decimal.Decimal {
	const slack = 1e-9 // 11.000000000002 demos are 11
	if unit == coaching.Count || unit == coaching.Money {
		return decimal.NewFromFloat(value - slack).Ceil()
	}
	return round(value, unit)
}

// nearest is the whole number that is nearest to a value, of two the one further
// from zero.
func nearest(value float64) decimal.Decimal {
	const exact = 1 << 53 // whole numbers below it have a float64 of their own
	if math.Abs(value) < exact {
		return decimal.NewFromInt(int64(math.Round(value)))
	}
	return decimal.NewFromFloat(value).Round(0)
}

// atMost rounds a value that has more decimal places than that.
func atMost(places int32, value decimal.Decimal) decimal.Decimal {
	if value.Exponent() >= -places {
		return value
	}
	return value.Round(places)
}

// trimmed drops trailing zeros of the fraction: 9.0 is said as 9.
func trimmed(value decimal.Decimal) decimal.Decimal {
	if value.IsInteger() {
		return value.Truncate(0)
	}
	return value
}
