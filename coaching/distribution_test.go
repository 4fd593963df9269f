package coaching

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// normal returns a normal distribution, which the knots hold exactly.
func normal(mean, deviation float64) Distribution {
	at := func(i int) float64 { return mean + deviation*knotScores[i] }
	return newDistribution(at(0), at(1), at(2), at(3), at(4))
}

// near fails the test unless got is within tolerance of want.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s: got %g, want %g ± %g", what, got, want, tolerance)
	}
}

func TestNormalDistributionHasTheTabulatedShares(t *testing.T) {
	t.Parallel()
	d := normal(100, 10)
	near(t, "reach 100", d.Reach(100, Higher), 0.5, 1e-9)
	near(t, "reach one deviation above", d.Reach(110, Higher), 0.158655, 1e-6)
	near(t, "reach one deviation below", d.Reach(90, Higher), 0.841345, 1e-6)
	near(t, "reach three deviations above", d.Reach(130, Higher), 0.001350, 1e-6)
	near(t, "stay below one deviation above", d.Reach(110, Lower), 0.841345, 1e-6)
	near(t, "lower quartile", d.Quantile(0.25), 100-6.744898, 1e-5)
	near(t, "a target with three in ten", d.TargetFor(0.3, Higher), 100+5.244005, 1e-5)
	near(t, "a ceiling with three in ten", d.TargetFor(0.3, Lower), 100-5.244005, 1e-5)
	low, high := d.Within80()
	near(t, "80% from", low, 87.184484, 1e-5)
	near(t, "80% to", high, 112.815516, 1e-5)
	low, high = d.Within95()
	near(t, "95% from", low, 80.400360, 1e-5)
	near(t, "95% to", high, 119.599640, 1e-5)
}

func TestCertainOutcomeIsReachedOrNot(t *testing.T) {
	t.Parallel()
	for _, d := range []Distribution{Certain(7), normal(1, 3).Times(0).Plus(7)} {
		near(t, "median", d.Median(), 7, 0)
		near(t, "rare quantile", d.Quantile(0.001), 7, 0)
		near(t, "reach it", d.Reach(7, Higher), 1, 0)
		near(t, "reach more", d.Reach(7.1, Higher), 0, 0)
		near(t, "stay at it", d.Reach(7, Lower), 1, 0)
		near(t, "stay below it", d.Reach(6.9, Lower), 0, 0)
	}
}

func TestClampedOutcomesPileUpAtTheBound(t *testing.T) {
	t.Parallel()
	d := normal(1, 1).Clamped(0, 2)
	near(t, "median", d.Median(), 1, 0)
	low, high := d.Within95()
	near(t, "95% from", low, 0, 0)
	near(t, "95% to", high, 2, 0)
	near(t, "at least nothing", d.Reach(0, Higher), 1, 0)
	near(t, "more than nothing", d.Reach(0.0001, Higher), 0.841345, 1e-4)
	near(t, "at most nothing", d.Reach(0, Lower), 0.158655, 1e-4)
	near(t, "at least the most", d.Reach(2, Higher), 0.158655, 1e-4)
	near(t, "more than the most", d.Reach(2.0001, Higher), 0, 0)
	near(t, "at most the most", d.Reach(2, Lower), 1, 0)
}

func TestKnotsThatFallTogetherKeepTheirShare(t *testing.T) {
	t.Parallel()
	// Half of all outcomes are 10, from the 10% quantile to the median's and
	// a bit beyond: nine in ten reach 10, half get past it.
	d := newDistribution(5, 10, 10, 20, 30)
	near(t, "reach 10", d.Reach(10, Higher), 0.9, 1e-9)
	near(t, "reach a bit more", d.Reach(10.0001, Higher), 0.5, 1e-4)
	near(t, "at most 10", d.Reach(10, Lower), 0.5, 1e-9)
}

func TestTimesAndPlusMoveEveryOutcome(t *testing.T) {
	t.Parallel()
	d := normal(10, 2).Clamped(0, 30)
	moved := d.Times(3).Plus(5)
	near(t, "median", moved.Median(), 35, 1e-9)
	near(t, "share", moved.Reach(41, Higher), d.Reach(12, Higher), 1e-12)
	near(t, "floor", moved.Reach(5, Higher), 1, 0)
	near(t, "above the ceiling", moved.Reach(95.1, Higher), 0, 0)
}

// drawDistribution draws any distribution there can be, knots that fall
// together and bounds among them.
func drawDistribution(t *rapid.T) Distribution {
	step := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0, 1e6), rapid.Float64Range(0, 1e-6))
	knot := rapid.Float64Range(-1e6, 1e6).Draw(t, "lowest")
	knots := make([]float64, 5)
	for i := range knots {
		knots[i] = knot
		knot += step.Draw(t, "step")
	}
	d := newDistribution(knots[0], knots[1], knots[2], knots[3], knots[4])
	if rapid.Bool().Draw(t, "clamped") {
		d = d.Clamped(0, rapid.Float64Range(0, 1e6).Draw(t, "ceiling"))
	}
	return d
}

func TestProbabilitiesAreOrderedAndAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDistribution(t)
		a := rapid.Float64Range(-3e6, 5e6).Draw(t, "a")
		b := rapid.Float64Range(a, 5e6).Draw(t, "b")
		atA, atB := d.Reach(a, Higher), d.Reach(b, Higher)
		if !(0 <= atB && atB <= atA && atA <= 1) {
			t.Fatalf("reach %g with %g, but %g with %g", a, atA, b, atB)
		}
		if atA, atB := d.Reach(a, Lower), d.Reach(b, Lower); !(0 <= atA && atA <= atB && atB <= 1) {
			t.Fatalf("stay below %g with %g, but %g with %g", a, atA, b, atB)
		}
		if sum := d.Reach(a, Higher) + d.Reach(a, Lower); sum < 1-1e-9 {
			t.Fatalf("at least and at most %g add up to %g", a, sum)
		}
	})
}

func TestQuantilesRiseAndAreReachedAsOftenAsTheySay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDistribution(t)
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		q := d.Quantile(p)
		if more := d.Quantile(p + 0.0009); more < q {
			t.Fatalf("quantile %g is %g, the next %g", p, q, more)
		}
		target := d.TargetFor(p, Higher)
		slack := 1e-9 * (1 + math.Abs(target))
		if at, beyond := d.Reach(target-slack, Higher), d.Reach(target+slack, Higher); at < p-1e-3 || beyond > p+1e-3 {
			t.Fatalf("target %g for %g is reached with %g to %g", target, p, beyond, at)
		}
	})
}
