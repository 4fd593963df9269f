package coaching_test

import (
	"math"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// fiveYearsOfMonths returns sixty months that grow, have a season and a ripple that
// looks like chance.
func fiveYearsOfMonths() []float64 {
	history := make([]float64, 60)
	for t := range history {
		month := 2 * math.Pi * float64(t) / 12
		ripple := math.Sin(float64(t*t)*1.7) * 0.06
		history[t] = 50_000 * math.Exp(0.006*float64(t)+0.15*math.Sin(month)+ripple)
	}
	return history
}

// BenchmarkForecast is what one goal costs: from the history to the chance of
// reaching next quarter's target.
func BenchmarkForecast(b *testing.B) {
	history := fiveYearsOfMonths()
	b.ReportAllocs()
	for b.Loop() {
		f, err := coaching.NewForecast(history, 12, 3)
		if err != nil {
			b.Fatal(err)
		}
		f.Total(1, 3).Reach(200_000, coaching.Higher)
	}
}

// BenchmarkForecastYear is the same for twelve months and each of their bounds.
func BenchmarkForecastYear(b *testing.B) {
	history := fiveYearsOfMonths()
	b.ReportAllocs()
	for b.Loop() {
		f, err := coaching.NewForecast(history, 12, 12)
		if err != nil {
			b.Fatal(err)
		}
		for h := 1; h <= 12; h++ {
			f.At(h)
		}
		f.Total(1, 12)
	}
}

// BenchmarkReach is asking a forecast that is there for a chance.
func BenchmarkReach(b *testing.B) {
	f, err := coaching.NewForecast(fiveYearsOfMonths(), 12, 3)
	if err != nil {
		b.Fatal(err)
	}
	d := f.Total(1, 3)
	b.ReportAllocs()
	for b.Loop() {
		d.Reach(200_000, coaching.Higher)
	}
}
