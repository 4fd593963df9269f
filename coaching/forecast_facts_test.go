package coaching_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestGrowthIsLikeForLike(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history []float64
		perYear int
		want    coaching.Growth
	}{
		"a tenth a month": {
			history: []float64{100, 110, 121}, perYear: 12,
			want: coaching.Growth{Period: 0.1, PeriodKnown: true},
		},
		"quarters of the second year against the first": {
			// 80+100+120+100 = 400, then 440: a tenth more, whatever the season.
			history: []float64{80, 100, 120, 100, 88, 110, 132, 110}, perYear: 4,
			want: coaching.Growth{Period: 0.046544, PeriodKnown: true, Year: 0.1, YearBy: 10, YearKnown: true, Compared: 4},
		},
		"a year and a quarter compares one quarter": {
			history: []float64{80, 100, 120, 100, 100}, perYear: 4,
			want: coaching.Growth{Period: 0.057371, PeriodKnown: true, Year: 0.25, YearBy: 20, YearKnown: true, Compared: 1},
		},
		"years": {
			history: []float64{100, 50}, perYear: 1,
			want: coaching.Growth{Period: -0.5, PeriodKnown: true, Year: -0.5, YearBy: -50, YearKnown: true, Compared: 1},
		},
		"from nothing there is no rate": {history: []float64{0, 50}, perYear: 1, want: coaching.Growth{}},
		"from a loss there is no rate":  {history: []float64{-5, 50}, perYear: 1, want: coaching.Growth{}},
		"one figure":                    {history: []float64{50}, perYear: 12, want: coaching.Growth{}},
		"none":                          {perYear: 12, want: coaching.Growth{}},
		"a zero on the way, year on year": {
			history: []float64{10, 0, 30, 0, 20, 20}, perYear: 4,
			want: coaching.Growth{Year: 3, YearBy: 15, YearKnown: true, Compared: 2},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := coaching.GrowthOf(c.history, c.perYear)
			between(t, "period", got.Period, c.want.Period-1e-6, c.want.Period+1e-6)
			between(t, "year", got.Year, c.want.Year-1e-6, c.want.Year+1e-6)
			got.Period, got.Year = c.want.Period, c.want.Year
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestSeasonNeedsAYearAndAThird(t *testing.T) {
	t.Parallel()
	pattern := repeat(4, 80, 100, 120, 100)
	if f := mustForecast(t, pattern[:5], 4, 1); f.Season(1).Known {
		t.Error("known after five quarters")
	}
	if f := mustForecast(t, pattern[:8], 4, 1); !f.Season(1).Known {
		t.Error("not known after eight quarters")
	}
	if f := mustForecast(t, pattern, 1, 1); f.Season(1).Known {
		t.Error("years have no season")
	}
}
