package coaching

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestSmootherKeepsAStraightLine(t *testing.T) {
	t.Parallel()
	line := make([]float64, 30)
	for i := range line {
		line[i] = 5 - 2*float64(i)
	}
	for i, v := range newSmoother(len(line), 1000).smooth(line) {
		near(t, "trend", v, line[i], 1e-8)
	}
}

func TestSmootherSolvesItsEquations(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-100, 100), 3, 30).Draw(t, "values")
		stiffness := rapid.Float64Range(0, 2000).Draw(t, "stiffness")
		trend := newSmoother(len(values), stiffness).smooth(values)
		// At the minimum the pull of the data and that of the second
		// differences cancel in every point.
		pull := make([]float64, len(values))
		for i := range values {
			pull[i] = trend[i] - values[i]
		}
		for i := range len(values) - 2 {
			bend := stiffness * (trend[i] - 2*trend[i+1] + trend[i+2])
			pull[i] += bend
			pull[i+1] -= 2 * bend
			pull[i+2] += bend
		}
		for i, p := range pull {
			if math.Abs(p) > 1e-6 {
				t.Fatalf("a pull of %g is left in point %d", p, i)
			}
		}
	})
}

func TestSeasonOfChanceIsShrunkTowardsNone(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(3, 4))
	const series = 100
	trust := 0.0
	for range series {
		values := make([]float64, 48)
		for i := range values {
			values[i] = chance.NormFloat64()
		}
		trust += estimateSeason(values, 12).trust / series
	}
	if trust > 0.35 {
		t.Errorf("trusts chance by %g on average, want at most 0.35", trust)
	}
}

func TestSeasonIsKeptWhereItIsClear(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(5, 6))
	values := make([]float64, 48)
	for i := range values {
		values[i] = 0.02*float64(i) + 2*math.Sin(2*math.Pi*float64(i)/12) + 0.1*chance.NormFloat64()
	}
	s := estimateSeason(values, 12)
	if s.trust < 0.95 {
		t.Errorf("trust %g, want at least 0.95", s.trust)
	}
	sum := 0.0
	for i := range 12 {
		near(t, "effect", s.at(i), 2*math.Sin(2*math.Pi*float64(i)/12), 0.2)
		sum += s.at(i)
	}
	near(t, "sum of the effects", sum, 0, 1e-9)
}

func TestSeasonForgivesOneOddMonth(t *testing.T) {
	t.Parallel()
	values := make([]float64, 60)
	for i := range values {
		values[i] = math.Sin(2 * math.Pi * float64(i) / 12)
	}
	values[50] += 5 // the plain mean of five Marches would move by 1
	near(t, "effect of March", estimateSeason(values, 12).at(2), math.Sin(2*math.Pi*2/12), 0.5)
}
