package coaching

import (
	"math"

	"github.com/shopspring/decimal"
)

// Tier is a target on offer, in a figure that people would say.
type Tier struct {
	// Realism is Comfortable, Realistic or Challenging, as the chance is.
	Realism Realism
	Value   decimal.Decimal
	// Chance is the probability of reaching Value, from 0 to 1.
	Chance float64
}

// tierChances are the chances that the three tiers are aimed at: reached four
// times in five, a little more often than not, and once in four. tierLeeway is
// how far rounding may move them; it keeps each within its degree of realism.
var tierChances = [...]float64{0.8, 0.55, 0.25}

const tierLeeway = 0.07

// tiersOf returns the tiers of an appraisal, the easiest first, each harder
// and less likely than the one before. Small counts have fewer than three, for
// there are only so many whole numbers; figures that cannot be a target, such
// as none where more is better, are left out.
func tiersOf(a Appraisal) []Tier {
	var tiers []Tier
	at := func(chance float64) float64 {
		return a.Outcome.TargetFor(chance, a.Traits.Better) + a.countShift()
	}
	for _, aim := range tierChances {
		easy, hard := at(aim+tierLeeway), at(aim-tierLeeway)
		value, ok := sayable(at(aim), min(easy, hard), max(easy, hard), a.leastStep())
		if !ok || !a.canBeTarget(value) {
			continue
		}
		tier := Tier{Value: value, Chance: a.ChanceOf(value)}
		tier.Realism = RealismOf(tier.Chance)
		if tier.Realism == Unrealistic {
			continue
		}
		if n := len(tiers); n > 0 {
			harder := value.GreaterThan(tiers[n-1].Value)
			if a.Traits.Better == Lower {
				harder = value.LessThan(tiers[n-1].Value)
			}
			if !harder || tier.Chance >= tiers[n-1].Chance {
				continue
			}
		}
		tiers = append(tiers, tier)
	}
	return tiers
}

// leastStep is the exponent of the finest figure that people say: whole ones
// for what is counted.
func (a Appraisal) leastStep() int32 {
	if a.Traits.Unit == Count && a.Traits.Nature == Sum {
		return 0
	}
	return -maxPlaces
}

func (a Appraisal) canBeTarget(value decimal.Decimal) bool {
	switch {
	case CheckFigure(value) != nil, value.Sign() < 0, a.Traits.Better != Lower && value.IsZero():
		return false
	case a.Traits.Unit == Percent && (value.GreaterThan(hundred) || a.Traits.Better != Lower && value.Equal(hundred)):
		return false // all there is
	}
	return true
}

// largestCount is up to where floats hold every whole number.
const largestCount = 1 << 53

// sayable returns the roundest figure between low and high, the nearest to the
// center of equally round ones: a multiple of 5, 2.5 or 1 times the highest
// power of ten that has one there. No figure is finer than the least exponent;
// where that leaves none between, it is the nearest to the center. ok is false
// where the bounds are no numbers.
func sayable(center, low, high float64, least int32) (figure decimal.Decimal, ok bool) {
	if !isFinite(low) || !isFinite(high) || !isFinite(center) {
		return decimal.Zero, false
	}
	size := max(math.Abs(low), math.Abs(high))
	if size == 0 {
		return decimal.Zero, true
	}
	for exponent := int32(math.Ceil(math.Log10(size))); exponent >= least; exponent-- {
		for _, step := range [...]struct {
			times  int64
			places int32
		}{{5, 0}, {25, -1}, {1, 0}} {
			if exponent+step.places < least {
				continue
			}
			unit := float64(step.times) * math.Pow10(int(exponent+step.places))
			count := math.Round(center / unit)
			if math.Abs(count) > largestCount {
				break // narrower than a float can tell apart
			}
			if value := count * unit; count != 0 && value >= low && value <= high {
				return decimal.New(int64(count)*step.times, exponent+step.places), true
			}
		}
	}
	// A whole number is at hand for counts; anything else this narrow is
	// certain, and said as it is.
	return decimal.NewFromFloat(center).Round(-least), true
}
