package coaching_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func BenchmarkProposeWins(b *testing.B) {
	ask := tuesday(judged(b, deals(), "9"))
	ask.Funnel, ask.Share = callsToDeals(b), 0.5
	ask.Plan = coaching.Plan{Goal: 12, Hiccups: "offers lie around", LeakFix: "send the offer on the same day", Reach: "the trade fair"}
	b.ReportAllocs()
	for b.Loop() {
		if len(coaching.ProposeWins(ask).Wins) != coaching.MostWins {
			b.Fatal("no wins")
		}
	}
}

func BenchmarkProposeWinsOfALevel(b *testing.B) {
	ask := tuesday(judged(b, coaching.Goal{Kind: coaching.Churn, Size: exactly("2"), Baseline: number("3"), HasBaseline: true}, "3.5"))
	b.ReportAllocs()
	for b.Loop() {
		coaching.ProposeWins(ask)
	}
}
