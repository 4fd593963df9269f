package coaching_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// mustForecast forecasts or stops the test.
func mustForecast(t testing.TB, history []float64, perYear, horizon int) *coaching.Forecast {
	t.Helper()
	f, err := coaching.NewForecast(history, perYear, horizon)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// between fails the test unless got lies within the bounds.
func between(t *testing.T, what string, got, low, high float64) {
	t.Helper()
	if !(low <= got && got <= high) {
		t.Errorf("%s: got %g, want %g to %g", what, got, low, high)
	}
}

// repeat returns the pattern over and over.
func repeat(times int, pattern ...float64) []float64 {
	return slices.Repeat(pattern, times)
}

func TestForecastRefusesWhatItCannotUse(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		history          []float64
		perYear, horizon int
		want             coaching.Reason
	}{
		"no history":            {nil, 12, 3, coaching.TooLittleHistory},
		"two figures":           {[]float64{5, 6}, 12, 3, coaching.TooLittleHistory},
		"no number":             {[]float64{5, math.NaN(), 7}, 12, 3, coaching.HistoryNotFinite},
		"infinite":              {[]float64{5, math.Inf(-1), 7}, 12, 3, coaching.HistoryNotFinite},
		"no figure of anything": {[]float64{5, 1e101, 7}, 12, 3, coaching.HistoryNotFinite},
		"no period ahead":       {[]float64{5, 6, 7}, 12, 0, coaching.NoSuchHorizon},
		"centuries ahead":       {[]float64{5, 6, 7}, 12, 5000, coaching.NoSuchHorizon},
		"no periods in a year":  {[]float64{5, 6, 7}, 0, 3, coaching.NoSuchHorizon},
	} {
		_, err := coaching.NewForecast(c.history, c.perYear, c.horizon)
		want := coaching.Refuse(c.want)
		if err == nil || err.Error() != want.Error() || coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
}

func TestConstantHistoryGoesOnAsItWas(t *testing.T) {
	t.Parallel()
	f := mustForecast(t, repeat(24, 100), 12, 12)
	for h := 1; h <= 12; h++ {
		between(t, "median", f.At(h).Median(), 99.9999, 100.0001)
	}
	quarter := f.Total(1, 3)
	between(t, "quarter", quarter.Median(), 299.999, 300.001)
	low, high := quarter.Within80()
	between(t, "80% from", low, 280, 299.9) // nobody is certain after 24 months
	between(t, "80% to", high, 300.1, 320)
	between(t, "chance of 20% more", quarter.Reach(360, coaching.Higher), 0, 0.001)
	if s := f.Season(1); s.Known && math.Abs(s.Share) > 1e-6 {
		t.Errorf("season effect %+v in a constant history", s)
	}
	if got := f.Caution(); got != "" {
		t.Errorf("caution %q after two years", got)
	}
}

func TestSeasonIsRepeatedAndNamed(t *testing.T) {
	t.Parallel()
	// Quarters of 80, 100, 120 and 100 for four years: a year is 400 and a
	// quarter normally 100.
	f := mustForecast(t, repeat(4, 80, 100, 120, 100), 4, 4)
	for i, want := range []float64{80, 100, 120, 100} {
		between(t, "median", f.At(i+1).Median(), want-1.5, want+1.5)
		between(t, "season effect", f.Season(i+1).Share, want/100-1.03, want/100-0.97)
		if !f.Season(i + 1).Known {
			t.Errorf("season effect of quarter %d is not known", i+1)
		}
	}
	between(t, "year", f.Total(1, 4).Median(), 397, 403)
}

func TestSeasonMovesWithTheLevel(t *testing.T) {
	t.Parallel()
	// The same season while figures grow by a tenth a year: swings grow too.
	var history []float64
	for t := range 60 {
		level := 1000 * math.Pow(1.1, float64(t)/12)
		history = append(history, level*(1+0.3*math.Sin(2*math.Pi*float64(t)/12)))
	}
	f := mustForecast(t, history, 12, 12)
	level := 1000 * math.Pow(1.1, 5)
	between(t, "best month", f.At(4).Median(), level*1.25, level*1.40) // sin is 1 at the fourth
	between(t, "worst month", f.At(10).Median(), level*0.65, level*0.80)
}

func TestTrendGoesOnButNotForEver(t *testing.T) {
	t.Parallel()
	history := make([]float64, 24)
	for i := range history {
		history[i] = 100 + 10*float64(i)
	}
	f := mustForecast(t, history, 1, 10) // the last is 330
	between(t, "next", f.At(1).Median(), 332, 345)
	between(t, "in ten", f.At(10).Median(), 345, 440)
}

func TestThreeFiguresGiveAWideAnswer(t *testing.T) {
	t.Parallel()
	f := mustForecast(t, []float64{90, 110, 100}, 12, 3)
	between(t, "median", f.At(1).Median(), 95, 106)
	low, high := f.At(1).Within80()
	between(t, "80% from", low, 50, 92)
	between(t, "80% to", high, 108, 200)
	if got := f.Caution(); got != coaching.ShortHistory {
		t.Errorf("caution %q, want %q", got, coaching.ShortHistory)
	}
	if f.Season(1).Known {
		t.Error("a season effect from three figures")
	}
	if got := f.Used(); got != 3 {
		t.Errorf("used %d figures, want 3", got)
	}
}

func TestMostlyZerosStayAboveZero(t *testing.T) {
	t.Parallel()
	// A large deal every fourth month: 0, 0, 0, 40.
	f := mustForecast(t, repeat(6, 0, 0, 0, 40), 12, 12)
	for h := 1; h <= 12; h++ {
		d := f.At(h)
		low, _ := d.Within95()
		between(t, "95% from", low, 0, 40)
		between(t, "at least nothing", d.Reach(0, coaching.Higher), 1, 1)
	}
	between(t, "year", f.Total(1, 12).Median(), 60, 140) // three deals are 120
}

func TestNothingAtAllIsSaidToBeNothing(t *testing.T) {
	t.Parallel()
	f := mustForecast(t, repeat(12, 0), 12, 3)
	if got := f.Caution(); got != coaching.NothingHappened {
		t.Errorf("caution %q, want %q", got, coaching.NothingHappened)
	}
	between(t, "median", f.Total(1, 3).Median(), 0, 0)
	between(t, "chance of a sale", f.At(1).Reach(1, coaching.Higher), 0, 0)
	if f.Season(1).Known {
		t.Error("a season effect of nothing")
	}
}

func TestLossesCanGoOn(t *testing.T) {
	t.Parallel()
	f := mustForecast(t, repeat(6, -30, -10, 10, -10), 4, 4)
	between(t, "median of the worst", f.At(1).Median(), -33, -25)
	between(t, "median of the best", f.At(3).Median(), 5, 13)
	between(t, "chance of a loss", f.At(1).Reach(0, coaching.Lower), 0.99, 1)
}

func TestOneOddMonthMovesTheForecastLittle(t *testing.T) {
	t.Parallel()
	history := make([]float64, 36)
	for i := range history {
		history[i] = 100 + 5*math.Sin(float64(i*i))
	}
	history[34] = 1000
	between(t, "median", mustForecast(t, history, 12, 1).At(1).Median(), 90, 135)
}

func TestLowerIsBetterIsTheOtherSide(t *testing.T) {
	t.Parallel()
	// Churn of about 2%, as shares.
	churn := []float64{0.021, 0.019, 0.022, 0.018, 0.02, 0.021, 0.02, 0.019}
	d := mustForecast(t, churn, 12, 1).At(1).Clamped(0, 1)
	between(t, "below 3%", d.Reach(0.03, coaching.Lower), 0.97, 1)
	between(t, "below 1%", d.Reach(0.01, coaching.Lower), 0, 0.03)
	between(t, "below 2%", d.Reach(0.02, coaching.Lower), 0.35, 0.65)
}

func TestTotalsAndMeansOfLevels(t *testing.T) {
	t.Parallel()
	f := mustForecast(t, fiveYearsOfMonths(), 12, 12)
	sum := 0.0
	for h := 2; h <= 4; h++ {
		sum += f.At(h).Median()
	}
	total := f.Total(2, 4)
	between(t, "total", total.Median(), sum*0.999999, sum*1.000001)
	between(t, "mean", total.Times(1.0/3).Median(), sum/3*0.999999, sum/3*1.000001)
	// Months that err apart make a total more certain than each of them.
	width := func(d coaching.Distribution) float64 {
		low, high := d.Within80()
		return (high - low) / d.Median()
	}
	if width(total) >= width(f.At(4)) {
		t.Errorf("a quarter is %g wide, a month %g", width(total), width(f.At(4)))
	}
}

func TestForecastKeepsNothingOfTheHistory(t *testing.T) {
	t.Parallel()
	history := fiveYearsOfMonths()
	f := mustForecast(t, history, 12, 3)
	before := f.Total(1, 3)
	clear(history)
	if after := f.Total(1, 3); after != before {
		t.Errorf("was %+v, is %+v", before, after)
	}
}

// drawHistory draws figures of any kind: smooth, wild, with zeros, negative.
func drawHistory(t *rapid.T) []float64 {
	figure := rapid.OneOf(
		rapid.Float64Range(50, 150),
		rapid.Float64Range(-1e6, 1e6),
		rapid.Just(0.0),
		rapid.Just(100.0),
	)
	if rapid.Bool().Draw(t, "steady") {
		figure = rapid.Float64Range(80, 120)
	}
	history := rapid.SliceOfN(figure, coaching.MinHistory, 40).Draw(t, "history")
	for i, v := range history {
		history[i] = math.Round(100*v) / 100 // cents
	}
	return history
}

func TestQuantilesAreOrderedNumbersForAnyHistory(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		perYear := rapid.SampledFrom([]int{1, 4, 12}).Draw(t, "perYear")
		f, err := coaching.NewForecast(drawHistory(t), perYear, 12)
		if err != nil {
			t.Fatal(err)
		}
		from := rapid.IntRange(1, 12).Draw(t, "from")
		d := f.Total(from, rapid.IntRange(from, 12).Draw(t, "to"))
		lo80, hi80 := d.Within80()
		lo95, hi95 := d.Within95()
		five := []float64{lo95, lo80, d.Median(), hi80, hi95}
		for _, v := range five {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("quantiles %g", five)
			}
		}
		if !slices.IsSorted(five) {
			t.Fatalf("quantiles %g", five)
		}
		target := rapid.Float64Range(-1e7, 1e7).Draw(t, "target")
		more := target + rapid.Float64Range(0, 1e7).Draw(t, "more")
		p, q := d.Reach(target, coaching.Higher), d.Reach(more, coaching.Higher)
		if !(0 <= q && q <= p && p <= 1) {
			t.Fatalf("reach %g with %g and %g with %g", target, p, more, q)
		}
	})
}

func TestScalingTheHistoryScalesTheForecast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		history := drawHistory(t)
		factor := math.Pow(10, rapid.Float64Range(-60, 60).Draw(t, "power of ten"))
		scaled := make([]float64, len(history))
		for i, v := range history {
			scaled[i] = v * factor
		}
		a, err := coaching.NewForecast(history, 12, 6)
		if err != nil {
			t.Fatal(err)
		}
		b, err := coaching.NewForecast(scaled, 12, 6)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []float64{0.01, 0.1, 0.5, 0.9, 0.99} {
			want, got := a.Total(1, 3).Quantile(p)*factor, b.Total(1, 3).Quantile(p)
			if math.Abs(got-want) > 1e-6*(math.Abs(want)+factor) {
				t.Fatalf("quantile %g: got %g, want %g", p, got, want)
			}
		}
	})
}

// TestBoundsHoldAsOftenAsTheySay forecasts made-up businesses, each with a
// level that wanders, a season and chance, and counts how often the next
// quarter stays within its bounds.
func TestBoundsHoldAsOftenAsTheySay(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 2))
	const businesses = 400
	in80, in95 := 0.0, 0.0
	for range businesses {
		level, swing := 0.0, 0.3*chance.Float64()
		figures := make([]float64, 39)
		for t := range figures {
			level += 0.03 * chance.NormFloat64()
			season := swing * math.Sin(2*math.Pi*float64(t)/12)
			figures[t] = 1000 * math.Exp(level+season+0.1*chance.NormFloat64())
		}
		d := mustForecast(t, figures[:36], 12, 3).Total(1, 3)
		came := figures[36] + figures[37] + figures[38]
		if low, high := d.Within80(); low <= came && came <= high {
			in80++
		}
		if low, high := d.Within95(); low <= came && came <= high {
			in95++
		}
	}
	between(t, "share within the 80% bounds", in80/businesses, 0.70, 0.86)
	between(t, "share within the 95% bounds", in95/businesses, 0.92, 0.99)
}
