package coaching_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// observedYears returns five years of months that end with September 2026.
func observedYears() []coaching.Observation {
	return monthly(coaching.Revenue, 2021, time.October, fiveYearsOfMonths()...)
}

// BenchmarkAppraise is what the realism of one quarter's goal costs, from five
// years of observations and a team of eight.
func BenchmarkAppraise(b *testing.B) {
	history, roster := observedYears(), twoNewReps(b)
	goal := revenueGoal(b, quarterOf(2026, time.October), "200000")
	b.ReportAllocs()
	for b.Loop() {
		if coaching.Appraise(goal, history, roster).Reason != "" {
			b.Fatal("no appraisal")
		}
	}
}

// BenchmarkAppraiseBoard judges a board of 200 goals: half of them quarters, a
// quarter months and a quarter years.
func BenchmarkAppraiseBoard(b *testing.B) {
	history, roster := observedYears(), twoNewReps(b)
	var goals []coaching.Goal
	day := coaching.Date{Year: 2026, Month: time.October, Day: 1}
	for i := range 200 {
		span := []coaching.Span{coaching.Quarter, coaching.Month, coaching.Quarter, coaching.Year}[i%4]
		goal := revenueGoal(b, coaching.PeriodOf(span, day.AddMonths(i%4/3*3)), "200000")
		goal.Size.Value = goal.Size.Value.Add(decimal.NewFromInt(int64(i)))
		goals = append(goals, goal)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, goal := range goals {
			if coaching.Appraise(goal, history, roster).Reason != "" {
				b.Fatal("no appraisal")
			}
		}
	}
}
