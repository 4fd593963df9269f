package coaching_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// drawObservations returns months, quarters and years of a kind with gaps, all
// of them before October 2026, in any order.
func drawObservations(t *rapid.T, kind coaching.Kind, largest int64) []coaching.Observation {
	var observations []coaching.Observation
	scale := rapid.SampledFrom([]int64{1, 100, largest}).Draw(t, "scale")
	for _, span := range []coaching.Span{coaching.Month, coaching.Quarter, coaching.Year} {
		count := rapid.IntRange(0, 30).Draw(t, "count")
		last := coaching.PeriodOf(span, coaching.Date{Year: 2026, Month: time.September, Day: 30})
		for i := range count {
			period := last.Shift(-i)
			if period.To.After(coaching.Date{Year: 2026, Month: time.September, Day: 30}) || rapid.IntRange(0, 9).Draw(t, "gap") == 0 {
				continue
			}
			value := decimal.New(rapid.Int64Range(0, scale).Draw(t, "value"), -1)
			observations = append(observations, coaching.Observation{Kind: kind, Period: period, Value: value})
		}
	}
	slices.Reverse(observations)
	return observations
}

func drawTraits(t *rapid.T) coaching.Traits {
	traits := rapid.SampledFrom(coaching.Kinds()).Draw(t, "kind")
	if traits.Kind == coaching.Revenue && rapid.Bool().Draw(t, "recurring") {
		return recurring
	}
	return traits
}

func drawGoalPeriod(t *rapid.T) coaching.Period {
	span := rapid.SampledFrom([]coaching.Span{coaching.Month, coaching.Quarter, coaching.Year}).Draw(t, "span")
	day := coaching.Date{Year: 2026, Month: time.October, Day: 1}
	return coaching.PeriodOf(span, day.AddMonths(rapid.IntRange(0, 14).Draw(t, "later")))
}

func TestAppraisalsAreSoundForAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		traits := drawTraits(t)
		largest := int64(10_000_000)
		if traits.Unit == coaching.Percent {
			largest = 1000
		}
		a := coaching.Foresee(traits, drawGoalPeriod(t), drawObservations(t, traits.Kind, largest), drawRoster(t))
		if a.Reason != "" {
			if a.Against(decimal.New(5, 0)).Verdict != "" || len(a.Tiers) > 0 || a.Middle != 0 {
				t.Fatalf("a number although %q", a.Reason)
			}
			return
		}
		for _, v := range []float64{a.Low, a.Middle, a.High, a.Season.Share, a.Growth.Period, a.Growth.Year, a.Team.Factor, a.Team.Usual} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("no number in %+v", a)
			}
		}
		if a.Low > a.Middle || a.Middle > a.High || a.Low < 0 || traits.Unit == coaching.Percent && a.High > 100 {
			t.Fatalf("band %g, %g, %g", a.Low, a.Middle, a.High)
		}
		checkChances(t, a)
		checkTiers(t, a)
	})
}

// checkChances fails where a harder target is more likely.
func checkChances(t *rapid.T, a coaching.Appraisal) {
	before := 1.0
	for i := range 41 {
		share := float64(i) / 20
		if a.Traits.Better == coaching.Lower {
			share = 2 - share
		}
		target := decimal.NewFromFloat(a.Middle * share)
		judged := a.Against(target)
		if math.IsNaN(judged.Chance) || judged.Chance < 0 || judged.Chance > before+1e-9 {
			t.Fatalf("chance of %s is %g after %g of an easier one", target, judged.Chance, before)
		}
		if judged.Verdict != coaching.RealismOf(judged.Chance) {
			t.Fatalf("verdict %q at %g", judged.Verdict, judged.Chance)
		}
		before = judged.Chance
	}
}

// checkTiers fails where tiers are not in order or not what they say.
func checkTiers(t *rapid.T, a coaching.Appraisal) {
	if len(a.Tiers) > 3 {
		t.Fatalf("%d tiers", len(a.Tiers))
	}
	for i, tier := range a.Tiers {
		if tier.Chance != a.ChanceOf(tier.Value) || tier.Realism != coaching.RealismOf(tier.Chance) || tier.Realism == coaching.Unrealistic {
			t.Fatalf("tier %+v", tier)
		}
		if coaching.CheckFigure(tier.Value) != nil || tier.Value.Sign() < 0 {
			t.Fatalf("tier of %s", tier.Value)
		}
		if i == 0 {
			continue
		}
		easier := a.Tiers[i-1]
		harder := tier.Value.GreaterThan(easier.Value)
		if a.Traits.Better == coaching.Lower {
			harder = tier.Value.LessThan(easier.Value)
		}
		if !harder || tier.Chance >= easier.Chance {
			t.Fatalf("tier %+v after %+v", tier, easier)
		}
	}
}

func TestTheOrderOfObservationsDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		traits := drawTraits(t)
		observations := drawObservations(t, traits.Kind, 1000)
		period := drawGoalPeriod(t)
		a := coaching.Foresee(traits, period, observations, coaching.Roster{})
		b := coaching.Foresee(traits, period, rapid.Permutation(observations).Draw(t, "shuffled"), coaching.Roster{})
		if a.Reason != b.Reason || a.Middle != b.Middle || a.Basis != b.Basis {
			t.Fatalf("%+v, then %+v", a.Basis, b.Basis)
		}
	})
}

func TestAppraisingNeverChangesTheHistory(t *testing.T) {
	t.Parallel()
	history := monthly(coaching.Revenue, 2023, time.October, threeYears...)
	kept := slices.Clone(history)
	coaching.Foresee(traitsOf(t, coaching.Revenue), quarterOf(2026, time.October), history, twoNewReps(t))
	if !slices.EqualFunc(history, kept, func(a, b coaching.Observation) bool { return a.Period == b.Period && a.Value.Equal(b.Value) }) {
		t.Error("changed")
	}
}
