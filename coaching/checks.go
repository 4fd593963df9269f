package coaching

import "github.com/shopspring/decimal"

// CheckID names a check that belongs to a kind of goal.
type CheckID string

// The checks.
const (
	CheckIDCosts      CheckID = "covers_costs"       // [CheckCosts]
	CheckIDValue      CheckID = "value_exceeds_cost" // [CheckValue]
	CheckIDActivity   CheckID = "sized_by_rates"     // [CheckActivity]
	CheckIDBase       CheckID = "enough_customers"   // [JudgeChurn]
	CheckIDCases      CheckID = "enough_deals"       // [JudgeRate]
	CheckIDCycleDeals CheckID = "enough_cycles"      // [JudgeCycles]
)

// CheckState is how a check went.
type CheckState string

// The states of a check.
const (
	CheckPassed  CheckState = "passed"
	CheckFailed  CheckState = "failed"
	CheckUnknown CheckState = "unknown" // a figure that it needs is not there
)

// Costs are what keeps the business going over the period of a goal, in the
// goal's currency and whatever is sold. What grows with every sale (material,
// commissions, payment fees) belongs in the margin instead: counted in both it
// would be paid twice.
type Costs struct {
	Salaries, Production, Marketing, Overhead decimal.Decimal
}

// Total returns the sum of the costs.
func (c Costs) Total() decimal.Decimal {
	return decimal.Sum(c.Salaries, c.Production, c.Marketing, c.Overhead)
}

// Times returns the costs n times over, as a quarter's from a month's.
func (c Costs) Times(n int) Costs {
	times := decimal.NewFromInt(int64(n))
	return Costs{
		Salaries:   c.Salaries.Mul(times),
		Production: c.Production.Mul(times),
		Marketing:  c.Marketing.Mul(times),
		Overhead:   c.Overhead.Mul(times),
	}
}

// The reasons of a check of costs.
const (
	ReasonCostsCovered    Reason = "costs_covered"
	ReasonCostsShort      Reason = "costs_not_covered"
	ReasonCostsNoMargin   Reason = "margin_not_positive" // no revenue whatever covers them
	ReasonCostsMissing    Reason = "costs_missing"
	ReasonMarginAboveFull Reason = "margin_above_hundred"
)

// CostCheck says whether a revenue target covers what keeps the business going.
type CostCheck struct {
	State  CheckState
	Reason Reason

	Target decimal.Decimal
	// Margin is the contribution margin in percent: what is left of revenue
	// after the costs that grow with it.
	Margin decimal.Decimal
	Costs  decimal.Decimal
	// Contribution is what the target leaves after the costs that grow with
	// it, Left what remains of that after the others; negative is a loss.
	Contribution, Left decimal.Decimal
	// BreakEven is the revenue at which nothing is left and nothing missing,
	// rounded up to cents; HasBreakEven is false where no revenue does that.
	BreakEven    decimal.Decimal
	HasBreakEven bool
	// Short is how much revenue the target lacks to it, 0 where covered.
	Short decimal.Decimal
}

// CheckCosts says whether a revenue target covers the period's costs at a
// contribution margin in percent: break-even revenue is costs over margin
// (Horngren, Datar and Rajan, "Cost Accounting", chapter 3). A target of
// 100,000 at 40% leaves 40,000; costs of 50,000 ask for 125,000.
func CheckCosts(target, margin decimal.Decimal, costs Costs) CostCheck {
	c := CostCheck{State: CheckUnknown, Target: target, Margin: margin, Costs: costs.Total()}
	switch {
	case c.Costs.Sign() <= 0:
		c.Reason = ReasonCostsMissing
		return c
	case margin.GreaterThan(hundred):
		c.Reason = ReasonMarginAboveFull
		return c
	}
	c.Contribution = target.Mul(margin).Div(hundred)
	c.Left = c.Contribution.Sub(c.Costs)
	if margin.Sign() <= 0 {
		c.State, c.Reason = CheckFailed, ReasonCostsNoMargin
		return c
	}
	c.BreakEven, c.HasBreakEven = c.Costs.Mul(hundred).Div(margin).RoundCeil(2), true
	if c.Left.Sign() >= 0 {
		c.State, c.Reason = CheckPassed, ReasonCostsCovered
		return c
	}
	c.State, c.Reason = CheckFailed, ReasonCostsShort
	c.Short = c.BreakEven.Sub(target)
	return c
}

// MarginOf returns the contribution margin in percent of a period whose costs
// are known split: what is left of its revenue after the costs that grew with
// it. known is false without revenue. It is what [CheckCosts] wants where a
// team knows its books rather than its margin.
func MarginOf(revenue, variable decimal.Decimal) (percent decimal.Decimal, known bool) {
	if revenue.Sign() <= 0 {
		return decimal.Zero, false
	}
	return revenue.Sub(variable).Mul(hundred).DivRound(revenue, maxPlaces), true
}

// The reasons of a check of customer value against acquisition cost.
const (
	ReasonValueExceeds Reason = "value_exceeds_cost"
	ReasonValueThin    Reason = "value_exceeds_cost_thinly" // by less than three to one
	ReasonValueBelow   Reason = "value_not_above_cost"
	ReasonValueMissing Reason = "value_missing"
	ReasonCostMissing  Reason = "cost_missing"
)

// valueComfort is the lifetime value over the acquisition cost from which on
// selling pays for the rest of the company too. Three to one is a rule of thumb
// of subscription businesses (Skok, "SaaS Metrics 2.0"), no law; below it a
// remark is made, nothing refused.
var valueComfort = decimal.New(3, 0)

// ValueCheck says whether a customer brings more than winning them takes.
type ValueCheck struct {
	State  CheckState
	Reason Reason

	CLV, CAC decimal.Decimal
	// Ratio is CLV over CAC, to two places, 0 where it is not known.
	Ratio decimal.Decimal
	// Short is what CLV lacks to be above CAC, 0 where it is above.
	Short decimal.Decimal
}

// CheckValue says whether customer lifetime value exceeds acquisition cost.
// Equal is not enough: such a customer pays for being won and for nothing else.
func CheckValue(clv, cac decimal.Decimal) ValueCheck {
	v := ValueCheck{State: CheckUnknown, CLV: clv, CAC: cac}
	switch {
	case clv.Sign() <= 0:
		v.Reason = ReasonValueMissing
		return v
	case cac.Sign() <= 0:
		v.Reason = ReasonCostMissing
		return v
	}
	v.Ratio = clv.DivRound(cac, 2)
	switch {
	case clv.LessThanOrEqual(cac):
		v.State, v.Reason, v.Short = CheckFailed, ReasonValueBelow, cac.Sub(clv)
	case clv.LessThan(cac.Mul(valueComfort)):
		v.State, v.Reason = CheckPassed, ReasonValueThin
	default:
		v.State, v.Reason = CheckPassed, ReasonValueExceeds
	}
	return v
}

// The reasons of a check of an activity goal's size.
const (
	ReasonActivityCarries Reason = "activity_carries_target"
	ReasonActivityShort   Reason = "activity_below_need"
	ReasonActivityNoRate  Reason = "activity_without_rate" // the funnel cannot tell
)

// ActivityCheck says whether an activity goal is large enough for the goal that
// it is to feed.
type ActivityCheck struct {
	State  CheckState
	Reason Reason

	Stage           string
	Planned, Needed int
	// Short is how many pieces are missing, 0 where the plan carries.
	Short int
	// Carries is how many of the plan's own pieces (deals, in the end) the
	// planned activity is good for, at the usual rates.
	Carries float64
	// Rates is the reason that the need is told with: whether its rates have
	// enough cases.
	Rates Reason
}

// CheckActivity compares an activity goal with what the usual conversion rates
// ask for: with 2 deals wanted and 20 calls needed for them, a goal of 15 calls
// is 5 short and good for 1.5 deals.
func CheckActivity(stage string, planned int, plan GapPlan) ActivityCheck {
	c := ActivityCheck{State: CheckUnknown, Reason: ReasonActivityNoRate, Stage: stage, Planned: planned, Rates: plan.Reason}
	need, found := plan.NeedAt(stage)
	if !found {
		return c
	}
	c.Needed = need.Pieces
	c.Carries = float64(planned)
	for _, step := range plan.Needs {
		c.Carries *= step.Rate.share()
		if step.Stage == stage {
			break
		}
	}
	if planned < need.Pieces {
		c.State, c.Reason, c.Short = CheckFailed, ReasonActivityShort, need.Pieces-planned
		return c
	}
	c.State, c.Reason = CheckPassed, ReasonActivityCarries
	return c
}
