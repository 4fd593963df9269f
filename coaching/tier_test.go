package coaching

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestSayableFiguresAreTheRoundestInReach(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		center, low, high float64
		least             int32
		want              string
	}{
		{102_345, 101_000, 103_500, -6, "102500"}, // a multiple of 2,500
		{102_345, 99_000, 106_000, -6, "100000"},
		{98.7, 90, 107, -6, "100"},
		{2.31, 2.2, 2.4, -6, "2.25"},
		{2.31, 2.28, 2.33, -6, "2.3"},
		{0.0123, 0.0119, 0.0127, -6, "0.0125"},
		{7.4, 7.2, 7.7, 0, "7"}, // no whole number within: the nearest
		{7.4, 6.6, 8.2, 0, "7"},
		{0.3, 0, 0.6, 0, "0"},
		{0, 0, 0, -6, "0"},
		{-42, -44, -39, -6, "-40"},
		{1234.5678, 1234.5678, 1234.5678, -6, "1234.5678"},
	} {
		got, ok := sayable(c.center, c.low, c.high, c.least)
		if !ok || got.String() != c.want {
			t.Errorf("%g from %g to %g: got %s, want %s", c.center, c.low, c.high, got, c.want)
		}
	}
	if _, ok := sayable(math.Inf(1), 0, math.Inf(1), 0); ok {
		t.Error("infinity can be said")
	}
}

func TestSayableFiguresStayInReach(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		center := rapid.Float64Range(-1e12, 1e12).Draw(t, "center")
		low := center - rapid.Float64Range(1e-4, 1e12).Draw(t, "below")
		high := center + rapid.Float64Range(1e-4, 1e12).Draw(t, "above")
		figure, ok := sayable(center, low, high, -maxPlaces)
		leeway := 1e-6 + 1e-15*math.Abs(center) // what floats round
		if value := figure.InexactFloat64(); !ok || value < low-leeway || value > high+leeway {
			t.Fatalf("%s from %g to %g", figure, low, high)
		}
	})
}

func TestBinomialSharesAddUp(t *testing.T) {
	t.Parallel()
	near(t, "none of two", binomialAtMost(0, 2, 0.8), 0.04, 1e-12)
	near(t, "at most one of two", binomialAtMost(1, 2, 0.8), 0.36, 1e-12)
	near(t, "any of 2000", binomialAtMost(2000, 2000, 0.8), 1, 1e-9)
	near(t, "fewer than none", binomialAtMost(-1, 5, 0.8), 0, 0)
}
