package coaching_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// A quarter's target of 300,000 at a contribution margin of 40% leaves 120,000.
// The quarter costs three times 30,000 of salaries, 5,000 of production,
// 6,000 of marketing and 4,000 of overhead: 135,000. That is 15,000 short;
// 135,000 / 40% = 337,500 would cover it, 37,500 more than the target.
func TestARevenueTargetThatDoesNotCoverItsCosts(t *testing.T) {
	t.Parallel()
	month := coaching.Costs{Salaries: number("30000"), Production: number("5000"), Marketing: number("6000"), Overhead: number("4000")}
	c := coaching.CheckCosts(number("300000"), number("40"), month.Times(3))
	if c.State != coaching.CheckFailed || c.Reason != coaching.ReasonCostsShort {
		t.Fatalf("%s (%s)", c.State, c.Reason)
	}
	for what, pair := range map[string][2]decimal.Decimal{
		"costs":        {c.Costs, number("135000")},
		"contribution": {c.Contribution, number("120000")},
		"left":         {c.Left, number("-15000")},
		"break-even":   {c.BreakEven, number("337500")},
		"short":        {c.Short, number("37500")},
	} {
		if !pair[0].Equal(pair[1]) {
			t.Errorf("%s %s, want %s", what, pair[0], pair[1])
		}
	}
	if enough := coaching.CheckCosts(number("337500"), number("40"), month.Times(3)); enough.State != coaching.CheckPassed || !enough.Left.IsZero() || !enough.Short.IsZero() {
		t.Errorf("at break-even: %+v", enough)
	}
}

// Books that split costs: of 250,000 of revenue 150,000 went into material and
// commissions, so 40% were left.
func TestMarginFollowsFromSplitCosts(t *testing.T) {
	t.Parallel()
	if margin, known := coaching.MarginOf(number("250000"), number("150000")); !known || !margin.Equal(number("40")) {
		t.Errorf("margin %s%%", margin)
	}
	if _, known := coaching.MarginOf(decimal.Zero, number("1")); known {
		t.Error("a margin without revenue is known")
	}
}

func TestCostsSayWhatTheyCannotTell(t *testing.T) {
	t.Parallel()
	costs := coaching.Costs{Overhead: number("100")}
	for _, tt := range []struct {
		margin string
		costs  coaching.Costs
		state  coaching.CheckState
		reason coaching.Reason
	}{
		{"40", coaching.Costs{}, coaching.CheckUnknown, coaching.ReasonCostsMissing},
		{"0", costs, coaching.CheckFailed, coaching.ReasonCostsNoMargin},
		{"-5", costs, coaching.CheckFailed, coaching.ReasonCostsNoMargin},
		{"101", costs, coaching.CheckUnknown, coaching.ReasonMarginAboveFull},
	} {
		c := coaching.CheckCosts(number("1000"), number(tt.margin), tt.costs)
		if c.State != tt.state || c.Reason != tt.reason || c.HasBreakEven {
			t.Errorf("margin %s%%: %s (%s)", tt.margin, c.State, c.Reason)
		}
	}
}

func TestBreakEvenRevenueCoversTheCostsAndACentLessDoesNot(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cents := func(label string) decimal.Decimal { return decimal.New(rapid.Int64Range(0, 1e10).Draw(t, label), -2) }
		costs := coaching.Costs{Salaries: cents("salaries"), Production: cents("production"), Marketing: cents("marketing"), Overhead: cents("overhead")}
		margin := decimal.New(rapid.Int64Range(1, 10000).Draw(t, "margin"), -2)
		c := coaching.CheckCosts(cents("target"), margin, costs)
		if c.State == coaching.CheckUnknown {
			return
		}
		if again := coaching.CheckCosts(c.BreakEven, margin, costs); again.State != coaching.CheckPassed {
			t.Fatalf("%s at %s%% does not cover %s", c.BreakEven, margin, costs.Total())
		}
		if less := coaching.CheckCosts(c.BreakEven.Sub(number("0.01")), margin, costs); less.State == coaching.CheckPassed && !less.Left.IsZero() {
			t.Fatalf("a cent less than %s at %s%% covers %s", c.BreakEven, margin, costs.Total())
		}
	})
}

// A customer who brings 900 and costs 600 to win pays 1.5 times; below 3 times
// it is said to be thin. One who brings 600 pays for being won and no more.
func TestCustomerValueMustExceedAcquisitionCost(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		clv, cac string
		state    coaching.CheckState
		reason   coaching.Reason
		ratio    string
		short    string
	}{
		{"1800", "600", coaching.CheckPassed, coaching.ReasonValueExceeds, "3", "0"},
		{"900", "600", coaching.CheckPassed, coaching.ReasonValueThin, "1.5", "0"},
		{"600", "600", coaching.CheckFailed, coaching.ReasonValueBelow, "1", "0"},
		{"450", "600", coaching.CheckFailed, coaching.ReasonValueBelow, "0.75", "150"},
		{"0", "600", coaching.CheckUnknown, coaching.ReasonValueMissing, "0", "0"},
		{"450", "0", coaching.CheckUnknown, coaching.ReasonCostMissing, "0", "0"},
	} {
		v := coaching.CheckValue(number(tt.clv), number(tt.cac))
		if v.State != tt.state || v.Reason != tt.reason || !v.Ratio.Equal(number(tt.ratio)) || !v.Short.Equal(number(tt.short)) {
			t.Errorf("%s against %s: %+v", tt.clv, tt.cac, v)
		}
	}
}

// 2 deals ask for 20 calls. 15 are 5 short and good for 15·40%·25% = 1.5 deals.
func TestAnActivityGoalIsSizedByTheUsualRates(t *testing.T) {
	t.Parallel()
	plan, err := callsToDeals(t).Translate("deals", 2)
	if err != nil {
		t.Fatal(err)
	}
	few := coaching.CheckActivity("calls", 15, plan)
	if few.State != coaching.CheckFailed || few.Reason != coaching.ReasonActivityShort || few.Needed != 20 || few.Short != 5 || !about(few.Carries, 1.5, 1e-9) {
		t.Errorf("15 calls: %+v", few)
	}
	if enough := coaching.CheckActivity("calls", 20, plan); enough.State != coaching.CheckPassed || enough.Short != 0 {
		t.Errorf("20 calls: %+v", enough)
	}
	if unknown := coaching.CheckActivity("emails", 20, plan); unknown.State != coaching.CheckUnknown || unknown.Reason != coaching.ReasonActivityNoRate {
		t.Errorf("e-mails, of which the funnel has no rate: %+v", unknown)
	}
}
