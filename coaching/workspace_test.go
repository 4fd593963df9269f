package coaching_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestAmountsDoNotOutliveTheirCurrency(t *testing.T) {
	t.Parallel()
	workspace := coaching.NewWorkspace("slack:T1")
	if changed, lost := workspace.InCurrency("THB"); lost || changed.Currency != "THB" {
		t.Errorf("%+v, lost %v", changed, lost)
	}
	workspace.Margin, workspace.HasMargin = number("40"), true
	workspace.Costs.Overhead = number("5000")
	if same, lost := workspace.InCurrency("USD"); lost || !same.Costs.Total().Equal(number("5000")) {
		t.Errorf("the same currency: %+v, lost %v", same, lost)
	}
	changed, lost := workspace.InCurrency("THB")
	if !lost || !changed.Costs.Total().IsZero() || changed.Deal.Deals != 0 || !changed.HasMargin {
		t.Errorf("%+v, lost %v", changed, lost)
	}
}

func TestPeriodTellsItsWholeMonths(t *testing.T) {
	t.Parallel()
	day := coaching.Date{Year: 2026, Month: 2, Day: 1}
	for span, want := range map[coaching.Span]int{coaching.Day: 0, coaching.Week: 0, coaching.Month: 1, coaching.Quarter: 3, coaching.Year: 12} {
		if got := coaching.PeriodOf(span, day).Months(); got != want {
			t.Errorf("a %s has %d months, want %d", span, got, want)
		}
	}
	stretch := coaching.Period{Span: coaching.Range, From: day, To: coaching.Date{Year: 2026, Month: 3, Day: 31}}
	if got := stretch.Months(); got != 2 {
		t.Errorf("February and March are %d months", got)
	}
	stretch.From.Day = 2
	if got := stretch.Months(); got != 0 {
		t.Errorf("all but a day of them is %d months", got)
	}
}

// 1.64 · 1² · 9 = 14.8, so 15 deals are wanted of a mean that somebody names.
func TestNamedDealSizeIsTakenToVary(t *testing.T) {
	t.Parallel()
	size, err := coaching.NewDealSize(number("5000"), 30)
	if err != nil || size.DealsToPlan() != 15 {
		t.Errorf("%d deals wanted, %v", size.DealsToPlan(), err)
	}
	for mean, deals := range map[string]int{"0": 30, "-1": 30, "5000": 0, "1": -1} {
		if _, err := coaching.NewDealSize(number(mean), deals); coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("%s from %d: %v", mean, deals, err)
		}
	}
}

// 9 of 22 are done: the 13 left are 13 / 25% = 52 leads and 52 / 40% = 130
// calls, ahead or behind.
func TestRestOfAGoalIsToldInLeadsAndCalls(t *testing.T) {
	t.Parallel()
	for done, want := range map[string][2]int{"9": {52, 130}, "20": {8, 20}} {
		plan, known := coaching.TranslateRest(judged(t, deals(), done), callsToDeals(t), coaching.DealSize{})
		if !known || plan.Needs[0].Pieces != want[0] || plan.Needs[1].Pieces != want[1] {
			t.Errorf("%s of 22: %+v", done, plan)
		}
	}
	for name, j := range map[string]coaching.Judgement{
		"reached":      judged(t, deals(), "22"),
		"a churn rate": judged(t, coaching.Goal{Kind: coaching.Churn, Size: exactly("2")}, "3"),
		"first touch":  judged(t, coaching.Goal{Kind: coaching.Calls, Size: exactly("100")}, "3"),
		"no target":    {},
	} {
		if plan, known := coaching.TranslateRest(j, callsToDeals(t), coaching.DealSize{}); known {
			t.Errorf("%s: %+v", name, plan)
		}
	}
}

func TestGoalCountsAStageByItsNounOrItsKind(t *testing.T) {
	t.Parallel()
	funnel := mustFunnel(t, "deals", coaching.FunnelStage{ID: "calls"}, coaching.FunnelStage{ID: "demos_held"})
	for _, tt := range []struct {
		goal coaching.Goal
		want string
	}{
		{coaching.Goal{Kind: coaching.Calls, Unit: coaching.Count, Noun: "cold calls"}, "calls"},
		{coaching.Goal{Kind: coaching.Meetings, Unit: coaching.Count, Noun: "Demos held"}, "demos_held"},
		{coaching.Goal{Kind: coaching.Custom, Unit: coaching.Count, Noun: "deals"}, "deals"},
		{coaching.Goal{Kind: coaching.Custom, Unit: coaching.Count, Noun: "workshops"}, ""},
		{coaching.Goal{Kind: coaching.Revenue, Unit: coaching.Money}, ""},
	} {
		stage, found := funnel.StageOf(tt.goal)
		if found != (tt.want != "") || found && stage != tt.want {
			t.Errorf("%s of %q counts %q, %v; want %q", tt.goal.Kind, tt.goal.Noun, stage, found, tt.want)
		}
	}
	if (coaching.Funnel{}).IsZero() == funnel.IsZero() {
		t.Error("a funnel with stages is taken for none")
	}
}
