package coaching_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// A team's daily look: the win rate over all, by eight reps and by five
// products, three years of it.
func BenchmarkWarningsOfOneTeam(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	families := make([][]coaching.RateStream, 0, 3)
	for _, size := range []int{1, 8, 5} {
		family := make([]coaching.RateStream, size)
		for i := range family {
			history := monthsFrom(draws(r, 40/size, slices.Repeat([]float64{0.25}, 36)...)...)
			family[i] = coaching.RateStream{Watch: coaching.RateWatch{Better: coaching.Higher}, History: history}
		}
		families = append(families, family)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, family := range families {
			if _, err := coaching.JudgeRateFamily(coaching.DefaultAlarmBudget, len(families), family); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWarningOfAFigure(b *testing.B) {
	months := valuesFrom(around(36, 400, 20)...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := coaching.JudgeValueAlert(coaching.ValueWatch{Better: coaching.Lower, Amount: true}, months, coaching.Episode{}); err != nil {
			b.Fatal(err)
		}
	}
}
