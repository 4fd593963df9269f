package coaching

import "github.com/shopspring/decimal"

const (
	// farBeyond is how many times a whole target one entry may come to before it
	// is taken for a slip of the finger.
	farBeyond = 100
	// longestCycle is the longest sales cycle that is believed, in days: ten years.
	longestCycle = 3650
)

// Plausible returns nil where an entry can be true of a goal whose figure was
// before it what is given, and otherwise an Invalid error with the reason:
// "percent_above_hundred" and "percent_below_zero" for rates, of which margins
// alone may be negative, "points_above_hundred" for a change of one,
// "count_not_whole" for parts of a call, "total_below_zero" for fewer than none,
// "days_too_many" for cycles, and "amount_far_beyond" for what is a hundred times
// the target.
func (e Entry) Plausible(goal Goal, before decimal.Decimal) error {
	after := e.Amount
	if e.Op == Add {
		after = after.Add(before)
	}
	traits, _ := TraitsOf(goal.Kind)
	counts := goal.Unit == Count && traits.Unit == Count && goal.Kind != Custom
	switch {
	case goal.Unit == Percent && e.Op == Add && e.Amount.Abs().GreaterThan(hundred):
		return Refuse("points_above_hundred")
	case goal.Unit == Percent && after.GreaterThan(hundred):
		return Refuse("percent_above_hundred")
	case goal.Unit == Percent && goal.Kind != Margin && after.Sign() < 0:
		return Refuse("percent_below_zero")
	case counts && !e.Amount.IsInteger():
		return Refuse("count_not_whole")
	case goal.Unit != Percent && goal.Unit != Money && after.Sign() < 0:
		return Refuse("total_below_zero")
	case goal.Unit == Days && after.GreaterThan(decimal.NewFromInt(longestCycle)):
		return Refuse("days_too_many")
	}
	target, known := goal.Target()
	if known && goal.Nature == Sum && target.Sign() > 0 && e.Amount.Abs().GreaterThan(target.Mul(decimal.NewFromInt(farBeyond))) {
		return Refuse("amount_far_beyond")
	}
	return nil
}
