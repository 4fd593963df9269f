package coaching_test

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func about(got, want, within float64) bool { return math.Abs(got-want) <= within }

func TestBoundsOfARateAreTheTabulatedScoreBounds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rate      coaching.Rate
		low, high float64
	}{
		// Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20 and 1/29.
		{coaching.Rate{Hits: 81, Of: 263}, 25.53, 36.62},
		{coaching.Rate{Hits: 15, Of: 148}, 6.24, 16.05},
		{coaching.Rate{Hits: 0, Of: 20}, 0, 16.11},
		{coaching.Rate{Hits: 1, Of: 29}, 0.61, 17.18},
	} {
		low, high := tt.rate.Within95()
		if !about(low, tt.low, 0.005) || !about(high, tt.high, 0.005) {
			t.Errorf("%d of %d: %.2f to %.2f, want %.2f to %.2f", tt.rate.Hits, tt.rate.Of, low, high, tt.low, tt.high)
		}
	}
}

// The win rate of two stages over the same quarter. Meetings: 24 of 30 went
// on, 80%, and n > 3.84·0.6·0.4/(0.8−0.6)² = 23.05 says that 24 cases do to
// show it above 60%; there are 30. Proposals: 6 of 20 were won, 30%, against a
// target of 25%: 3.84·0.25·0.75/0.05² = 288.1, so 289 cases would tell and 20
// do not.
func TestWinRateOfAStageIsJudgedByItsCases(t *testing.T) {
	t.Parallel()
	meetings := coaching.JudgeRate(coaching.Rate{Hits: 24, Of: 30}, 60, coaching.Higher)
	if meetings.State != coaching.RateMet || meetings.Reason != coaching.ReasonRateClear || meetings.Needs != 0 {
		t.Errorf("24 of 30 against 60%%: %+v", meetings)
	}
	proposals := coaching.JudgeRate(coaching.Rate{Hits: 6, Of: 20}, 25, coaching.Higher)
	if proposals.State != coaching.RateUnsure || proposals.Reason != coaching.ReasonRateFewCases || proposals.Needs != 289 || !proposals.Looks {
		t.Errorf("6 of 20 against 25%%: %+v", proposals)
	}
	if short := coaching.JudgeRate(coaching.Rate{Hits: 6, Of: 20}, 60, coaching.Higher); short.State != coaching.RateShort {
		t.Errorf("6 of 20 against 60%%: %+v", short)
	}
}

func TestARateThatEqualsItsTargetIsNeverShownOnASide(t *testing.T) {
	t.Parallel()
	v := coaching.JudgeRate(coaching.Rate{Hits: 25, Of: 100}, 25, coaching.Higher)
	if v.State != coaching.RateUnsure || v.Reason != coaching.ReasonRateAtTarget || v.Needs != 0 || !v.Looks {
		t.Errorf("%+v", v)
	}
	if none := coaching.JudgeRate(coaching.Rate{}, 25, coaching.Higher); none.Reason != coaching.ReasonRateNoCases || none.Needs == 0 {
		t.Errorf("without a case: %+v", none)
	}
}

// With as many cases as were said to be needed the verdict falls, and with one
// in ten fewer it does not: the number is no guess.
func TestTheCasesSaidToBeNeededTell(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 60).Draw(t, "cases")
		rate := coaching.Rate{Hits: rapid.IntRange(0, of).Draw(t, "hits"), Of: of}
		target := float64(rapid.IntRange(1, 99).Draw(t, "target"))
		v := coaching.JudgeRate(rate, target, coaching.Higher)
		if v.State != coaching.RateUnsure || v.Reason != coaching.ReasonRateFewCases {
			return
		}
		times := (v.Needs + of - 1) / of
		enough := coaching.JudgeRate(coaching.Rate{Hits: rate.Hits * times, Of: of * times}, target, coaching.Higher)
		if enough.State == coaching.RateUnsure {
			t.Fatalf("%d of %d against %v%% needs %d, yet %d do not tell", rate.Hits, of, target, v.Needs, of*times)
		}
		if v.Needs <= of {
			t.Fatalf("%d of %d against %v%% is unsure and said to need only %d", rate.Hits, of, target, v.Needs)
		}
	})
}

// Newcombe 1998 (comparison of independent proportions), table II, method 10:
// 56/70 − 48/80 is 0.2 with 0.0524 to 0.3339, and 9/10 − 3/10 is 0.6 with
// 0.1705 to 0.8090.
func TestDifferenceOfRatesHasTheTabulatedBounds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		before, now coaching.Rate
		low, high   float64
	}{
		{coaching.Rate{Hits: 48, Of: 80}, coaching.Rate{Hits: 56, Of: 70}, 5.24, 33.39},
		{coaching.Rate{Hits: 3, Of: 10}, coaching.Rate{Hits: 9, Of: 10}, 17.05, 80.90},
	} {
		c := coaching.CompareRates(tt.before, tt.now, coaching.Higher)
		if !about(c.Low, tt.low, 0.005) || !about(c.High, tt.high, 0.005) || c.State != coaching.ChangeBetter {
			t.Errorf("%s: %.2f to %.2f, want %.2f to %.2f", c.State, c.Low, c.High, tt.low, tt.high)
		}
		if worse := coaching.CompareRates(tt.before, tt.now, coaching.Lower); worse.State != coaching.ChangeWorse {
			t.Errorf("where lower is better: %s", worse.State)
		}
	}
}

// 5 of 20 and then 4 of 20. To show 25% against 20% four times in five takes
// (1.96·√(2·0.225·0.775) + 0.8416·√(0.25·0.75+0.2·0.8))² / 0.05²
// = (1.1575 + 0.4961)² / 0.0025 = 1094 on each side.
func TestADealMoreOrLessIsNoChange(t *testing.T) {
	t.Parallel()
	c := coaching.CompareRates(coaching.Rate{Hits: 5, Of: 20}, coaching.Rate{Hits: 4, Of: 20}, coaching.Higher)
	if c.State != coaching.ChangeUnsure || c.Reason != coaching.ReasonChangeChance || c.Needs != 1094 {
		t.Errorf("%+v", c)
	}
	if same := coaching.CompareRates(coaching.Rate{Hits: 5, Of: 20}, coaching.Rate{Hits: 5, Of: 20}, coaching.Higher); same.Reason != coaching.ReasonChangeNone {
		t.Errorf("%+v", same)
	}
	if none := coaching.CompareRates(coaching.Rate{}, coaching.Rate{Hits: 5, Of: 20}, coaching.Higher); none.Reason != coaching.ReasonChangeNoCases {
		t.Errorf("%+v", none)
	}
}

// Churn below 2% with 50 customers. One customer is 2% already, and with none
// lost the upper bound still is 3.84/(50+3.84) = 7.1%. To be below 2% takes
// n > 3.84·0.98/0.02 = 188.2, so 189 customer-months without a loss: four
// months of 50. If 1% leaves, n > 3.84·0.02·0.98/0.01² = 753: 16 months.
func TestFiftyCustomersAreTooFewForTwoPercentChurn(t *testing.T) {
	t.Parallel()
	for lost := range 2 {
		v := coaching.JudgeChurn(coaching.Rate{Hits: lost, Of: 50}, 50, 2)
		if v.State != coaching.RateUnsure || v.Reason != coaching.ReasonChurnFewCustomers {
			t.Errorf("%d of 50 lost: %s (%s)", lost, v.State, v.Reason)
		}
		if v.Step != 2 || v.Clean != 189 || v.CleanPeriods != 4 || v.Half != 753 || v.HalfPeriods != 16 {
			t.Errorf("%d of 50 lost: %+v", lost, v)
		}
	}
	if v := coaching.JudgeChurn(coaching.Rate{Hits: 0, Of: 50}, 50, 2); !about(v.High, 7.13, 0.01) || !v.Looks {
		t.Errorf("none of 50 lost: up to %.2f%%, looks good %v", v.High, v.Looks)
	}
	year := coaching.PoolRates(coaching.Rate{Of: 50}, coaching.Rate{Of: 48}, coaching.Rate{Of: 52}, coaching.Rate{Of: 50})
	if v := coaching.JudgeChurn(year, 50, 2); v.State != coaching.RateMet || v.Clean != 0 {
		t.Errorf("none of 200 customer-months lost: %s (%s)", v.State, v.Reason)
	}
	if v := coaching.JudgeChurn(coaching.Rate{Hits: 8, Of: 50}, 50, 2); v.State != coaching.RateShort {
		t.Errorf("8 of 50 lost: %s (%s)", v.State, v.Reason)
	}
}

func TestChurnCountsThoseWhoWereThereAtTheStart(t *testing.T) {
	t.Parallel()
	day := func(s string) coaching.Date { return mustDate(t, s) }
	churn := coaching.ChurnOf([]coaching.Subscription{
		{First: day("2025-01-01")},                          // stays
		{First: day("2025-01-01"), Last: day("2026-06-01")}, // leaves on the first day
		{First: day("2025-01-01"), Last: day("2026-06-30")}, // and on the last
		{First: day("2025-01-01"), Last: day("2026-07-01")}, // leaves in July
		{First: day("2025-01-01"), Last: day("2026-05-31")}, // left in May
		{First: day("2026-06-01")},                          // joins in June
		{First: day("2026-06-02"), Last: day("2026-06-20")}, // joins and leaves in June
	}, june)
	if churn.Hits != 2 || churn.Of != 4 {
		t.Errorf("churn %d of %d, want 2 of 4", churn.Hits, churn.Of)
	}
}

func TestSegmentsAreComparedWithTheRest(t *testing.T) {
	t.Parallel()
	var cases []coaching.Decided
	for i := range 40 {
		cases = append(cases,
			coaching.Decided{Segment: "north", Hit: i < 24}, // 24 of 40
			coaching.Decided{Segment: "south", Hit: i < 8},  // 8 of 40
		)
	}
	rates := coaching.RatesBy(cases, coaching.Higher)
	if len(rates) != 2 || rates[0].Segment != "north" || rates[0].Rate != (coaching.Rate{Hits: 24, Of: 40}) {
		t.Fatalf("%+v", rates)
	}
	if rates[0].AgainstRest.State != coaching.ChangeBetter || rates[1].AgainstRest.State != coaching.ChangeWorse || rates[0].AgainstRest.Difference != 40 {
		t.Errorf("north %+v, south %+v", rates[0].AgainstRest, rates[1].AgainstRest)
	}
}

func TestARateCannotHaveMoreHitsThanCases(t *testing.T) {
	t.Parallel()
	for reason, counts := range map[coaching.Reason][2]int{"rate_above_cases": {3, 2}, "rate_negative": {-1, 2}} {
		_, err := coaching.NewRate(counts[0], counts[1])
		var refused *coaching.Error
		if !errors.As(err, &refused) || refused.Reason != reason {
			t.Errorf("%v: %v, want %s", counts, err, reason)
		}
	}
}

func TestBoundsHoldTheRateAndNarrowWithCases(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.IntRange(1, 500).Draw(t, "cases")
		rate := coaching.Rate{Hits: rapid.IntRange(0, of).Draw(t, "hits"), Of: of}
		percent, _ := rate.Percent()
		low80, high80 := rate.Within80()
		low95, high95 := rate.Within95()
		if low95 < 0 || low95 > low80 || low80 > percent+1e-9 || percent > high80+1e-9 || high80 > high95 || high95 > 100 {
			t.Fatalf("%v <= %v <= %v <= %v <= %v", low95, low80, percent, high80, high95)
		}
		more := coaching.Rate{Hits: 10 * rate.Hits, Of: 10 * of}
		if low, high := more.Within95(); high-low >= high95-low95 {
			t.Fatalf("ten times the cases are no narrower: %v, %v", high-low, high95-low95)
		}
	})
}
