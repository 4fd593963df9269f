package coaching_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

func mustFunnel(t fataler, end string, stages ...coaching.FunnelStage) coaching.Funnel {
	t.Helper()
	funnel, err := coaching.NewFunnel(end, stages...)
	if err != nil {
		t.Fatal(err)
	}
	return funnel
}

// callsToDeals is a year of a small team: 400 calls brought 160 qualified
// leads (40%), and of 100 leads decided 25 became deals (25%).
func callsToDeals(t fataler) coaching.Funnel {
	return mustFunnel(t, "deals",
		coaching.FunnelStage{ID: "calls", Onward: coaching.Rate{Hits: 160, Of: 400}},
		coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Hits: 25, Of: 100}},
	)
}

// 2 deals / 25% = 8 qualified leads; 8 leads / 40% = 20 calls.
func TestAGapOfTwoDealsIsEightLeadsAndTwentyCalls(t *testing.T) {
	t.Parallel()
	plan, err := callsToDeals(t).Translate("deals", 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Needs) != 2 || plan.Needs[0].Stage != "leads" || plan.Needs[0].Pieces != 8 || plan.Needs[1].Stage != "calls" || plan.Needs[1].Pieces != 20 {
		t.Errorf("2 deals need %+v", plan.Needs)
	}
	if plan.Reason != coaching.ReasonNeedSound {
		t.Errorf("with 100 and 400 cases: %s", plan.Reason)
	}
	if rate, known := callsToDeals(t).WinRate("calls"); !known || !about(rate, 10, 1e-9) {
		t.Errorf("a call is a deal in %v%%, want 10%%", rate)
	}
}

// 9 of 22 deals by mid-June, when 11 are due, are 2 behind.
func TestAGoalBehindIsToldInLeadsAndCalls(t *testing.T) {
	t.Parallel()
	plan, known := coaching.TranslateGoal(judged(t, deals(), "9"), callsToDeals(t), coaching.DealSize{})
	if !known || plan.Gap != 2 || plan.Needs[0].Pieces != 8 || plan.Needs[1].Pieces != 20 {
		t.Errorf("%+v", plan)
	}
	for name, j := range map[string]coaching.Judgement{
		"ahead":        judged(t, deals(), "15"),
		"a churn rate": judged(t, coaching.Goal{Kind: coaching.Churn, Size: exactly("2")}, "3"),
		"first touch":  judged(t, coaching.Goal{Kind: coaching.Calls, Size: exactly("100")}, "3"),
		"no target":    {},
	} {
		if plan, known := coaching.TranslateGoal(j, callsToDeals(t), coaching.DealSize{}); known {
			t.Errorf("%s: %+v", name, plan)
		}
	}
}

// A gap of 24,000 at 10,000 a deal is 2.4 deals, said as 3; 2.4 / 25% = 9.6,
// so 10 leads; 9.6 / 40% = 24 calls, not 25: only what is said is rounded.
func TestAGapInMoneyGoesThroughTheAverageDeal(t *testing.T) {
	t.Parallel()
	size := coaching.DealSizeOf([]decimal.Decimal{number("8000"), number("10000"), number("12000")})
	plan, err := callsToDeals(t).TranslateMoney(number("24000"), size)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Deals != 3 || plan.Needs[0].Pieces != 10 || plan.Needs[1].Pieces != 24 || plan.Reason != coaching.ReasonNeedSound {
		t.Errorf("%+v", plan)
	}
	// Deals of 1,000 and 19,000 average the same, but two such tell little:
	// v = 12728/10000 = 1.27, and 1.64·1.27²·9 = 23.9, so 24 deals are wanted.
	odd := coaching.DealSizeOf([]decimal.Decimal{number("1000"), number("19000")})
	plan, err = callsToDeals(t).TranslateMoney(number("24000"), odd)
	if err != nil || plan.Reason != coaching.ReasonDealSizeFew || odd.DealsToPlan() != 24 {
		t.Errorf("%s with %d deals wanted, %v", plan.Reason, odd.DealsToPlan(), err)
	}
}

// 2 of 8 leads won is 25% too, but wants 1.64·0.75/0.25·9 = 44.3, so 45 cases.
func TestARateOfFewCasesIsUsedAndSaidToBeWeak(t *testing.T) {
	t.Parallel()
	funnel := mustFunnel(t, "deals",
		coaching.FunnelStage{ID: "calls"},
		coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Hits: 2, Of: 8}},
	)
	plan, err := funnel.Translate("deals", 2)
	if err != nil {
		t.Fatal(err)
	}
	leads, calls := plan.Needs[0], plan.Needs[1]
	if leads.Pieces != 8 || leads.Reason != coaching.ReasonNeedFewCases || leads.Cases != 45 || plan.Reason != coaching.ReasonNeedFewCases {
		t.Errorf("leads: %+v", leads)
	}
	if calls.Pieces != 0 || calls.Reason != coaching.ReasonNeedNoRate {
		t.Errorf("calls of which nothing is known: %+v", calls)
	}
	if _, found := plan.NeedAt("calls"); found {
		t.Error("a need without a rate is found")
	}
}

func TestFunnelIsCountedFromHowFarLeadsGot(t *testing.T) {
	t.Parallel()
	trails := []coaching.Trail{
		{Stage: 0, Fate: coaching.FateLost},
		{Stage: 0, Fate: coaching.FateOpen},
		{Stage: 1, Fate: coaching.FateLost},
		{Stage: 1, Fate: coaching.FateOpen},
		{Stage: 1, Fate: coaching.FateWon},
		{Stage: 0, Fate: coaching.FateWon},
	}
	funnel, err := coaching.CountFunnel("deals", []string{"leads", "meetings"}, trails)
	if err != nil {
		t.Fatal(err)
	}
	stages := funnel.Stages()
	if stages[0].Onward != (coaching.Rate{Hits: 4, Of: 5}) || stages[1].Onward != (coaching.Rate{Hits: 2, Of: 3}) {
		t.Errorf("%+v", stages)
	}
}

// 20% at proposals against 40% and 80% elsewhere: a point more there is 21/20,
// 5% more wins.
func TestTheLeakIsTheLowestRate(t *testing.T) {
	t.Parallel()
	funnel := mustFunnel(t, "deals",
		coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Hits: 400, Of: 1000}},
		coaching.FunnelStage{ID: "meetings", Onward: coaching.Rate{Hits: 320, Of: 400}},
		coaching.FunnelStage{ID: "proposals", Onward: coaching.Rate{Hits: 60, Of: 300}},
	)
	leak, found := funnel.Leak()
	if !found || leak.Stage.ID != "proposals" || leak.Lost != 240 || leak.Gain != 5 || !leak.Clear {
		t.Errorf("%+v", leak)
	}
	few := mustFunnel(t, "deals",
		coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Hits: 4, Of: 10}},
		coaching.FunnelStage{ID: "meetings", Onward: coaching.Rate{Hits: 1, Of: 4}},
	)
	if leak, _ := few.Leak(); leak.Stage.ID != "meetings" || leak.Clear {
		t.Errorf("of few: %+v", leak)
	}
}

func TestFunnelsRefuseWhatCannotBe(t *testing.T) {
	t.Parallel()
	half := coaching.Rate{Hits: 1, Of: 2}
	for reason, stages := range map[coaching.Reason][]coaching.FunnelStage{
		"funnel_empty":     nil,
		"stage_name":       {{ID: "Cold calls", Onward: half}},
		"stage_twice":      {{ID: "calls", Onward: half}, {ID: "calls", Onward: half}},
		"rate_above_cases": {{ID: "calls", Onward: coaching.Rate{Hits: 2, Of: 1}}},
	} {
		_, err := coaching.NewFunnel("deals", stages...)
		if got := reasonOf(err); got != reason {
			t.Errorf("%v, want %s", err, reason)
		}
	}
	for stage, reason := range map[string]coaching.Reason{"calls": "stage_first", "demos": "stage_unknown"} {
		if _, err := callsToDeals(t).Translate(stage, 1); reasonOf(err) != reason {
			t.Errorf("%s: %v, want %s", stage, err, reason)
		}
	}
}

func reasonOf(err error) coaching.Reason {
	var refused *coaching.Error
	if errors.As(err, &refused) {
		return refused.Reason
	}
	return ""
}

func drawFunnel(t *rapid.T) coaching.Funnel {
	stages := make([]coaching.FunnelStage, rapid.IntRange(1, 4).Draw(t, "stages"))
	for i := range stages {
		of := rapid.IntRange(0, 200).Draw(t, "cases")
		stages[i] = coaching.FunnelStage{
			ID:     []string{"calls", "leads", "meetings", "proposals"}[i],
			Onward: coaching.Rate{Hits: rapid.IntRange(0, of).Draw(t, "hits"), Of: of},
		}
	}
	return mustFunnel(t, "deals", stages...)
}

// Further from the deal never needs fewer pieces, a larger gap never fewer
// anywhere, and the pieces said bring the gap at the rates said.
func TestNeedsGrowTowardsTheFirstTouchAndWithTheGap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		funnel := drawFunnel(t)
		gap := rapid.Float64Range(0, 500).Draw(t, "gap")
		small, err := funnel.Translate("deals", gap)
		if err != nil {
			t.Fatal(err)
		}
		large, err := funnel.Translate("deals", gap+rapid.Float64Range(0, 100).Draw(t, "more"))
		if err != nil {
			t.Fatal(err)
		}
		share, before := 1.0, 0
		for i, need := range small.Needs {
			if need.Reason == coaching.ReasonNeedNoRate || need.Reason == coaching.ReasonNeedTooMany {
				break
			}
			share *= float64(need.Rate.Hits) / float64(need.Rate.Of)
			if need.Pieces < before || large.Needs[i].Reason != coaching.ReasonNeedTooMany && large.Needs[i].Pieces < need.Pieces {
				t.Fatalf("%+v, then with a larger gap %+v", small.Needs, large.Needs)
			}
			if brings := float64(need.Pieces) * share; brings < gap*(1-1e-9) || float64(need.Pieces-1)*share > gap*(1+1e-9) {
				t.Fatalf("%d %s bring %v, the gap is %v", need.Pieces, need.Stage, brings, gap)
			}
			before = need.Pieces
		}
	})
}
