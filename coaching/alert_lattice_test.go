package coaching

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestLogGammaIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := math.Exp(rapid.Float64Range(-7, 12).Draw(t, "log x"))
		want, _ := math.Lgamma(x)
		if got := logGamma(x); math.Abs(got-want) > 1e-8*(1+math.Abs(want)) {
			t.Fatalf("log gamma of %g is %.12g, want %.12g", x, got, want)
		}
	})
}

// The likelihoods of all counts that a month may bring, with the number of
// orders in which they may come, add up to one.
func TestLikelihoodsAddUpToOne(t *testing.T) {
	t.Parallel()
	table := latticeTable()
	for s := range monthSwings {
		for _, x := range []int{0, 30, 59, 110} {
			const n = 25
			sum := 0.0
			for k := range n + 1 {
				orders := logGamma(n+1) - logGamma(float64(k)+1) - logGamma(float64(n-k)+1)
				sum += math.Exp(orders + table.logLikelihood(Rate{Hits: k, Of: n}, s, x))
			}
			if math.Abs(sum-1) > 1e-6 {
				t.Errorf("swing %g, rate %.3f: %.9f", monthSwings[s], table.rate[x], sum)
			}
		}
	}
}

// Shiryaev and Roberts by hand: with the rate known, no swing, no quarter's end
// and one size of change, the statistic after a month is (R+1) times its
// likelihood ratio, and where nothing was told, less of R counts.
func TestTheStatisticFollowsItsRecursion(t *testing.T) {
	t.Parallel()
	evidence := newRateEvidence(-1, flatPrior())
	only := new(ratePrior)
	const s, q, x = 0, 2, 59 // no swing, no quarter's end, 25%
	only[s][q][x] = 1
	want := make([]float64, len(changeSteps))
	for i, month := range []Rate{{Hits: 5, Of: 20}, {Hits: 1, Of: 20}, {}, {Hits: 3, Of: 15}} {
		told, keeps := i == 3, fading
		if told {
			keeps = 1
		}
		evidence.add(placed{Rate: month, mayBegin: true, told: told})
		p, total := latticeTable().rate[x], 0.0
		for d, steps := range changeSteps {
			r := latticeTable().rate[x-steps]
			ratio := math.Pow(r/p, float64(month.Hits)) * math.Pow((1-r)/(1-p), float64(month.Of-month.Hits))
			want[d] = (keeps*want[d] + changeWeights[d]) * ratio
			total += want[d]
		}
		if got := evidence.strength(only); math.Abs(got-total) > 1e-9*total {
			t.Errorf("after month %d: %.12g, want %.12g", i, got, total)
		}
	}
}
