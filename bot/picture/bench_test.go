package picture_test

import (
	"strconv"
	"testing"

	"github.com/smallwins/smallwins/bot/picture"
)

// BenchmarkDraw is what a picture costs that was not drawn before.
func BenchmarkDraw(b *testing.B) {
	painter := picture.NewPainter()
	for name, chart := range samples() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for i := range b.N {
				chart.Alt = strconv.Itoa(i)
				png, err := painter.Draw(chart)
				if err != nil {
					b.Fatal(err)
				}
				size = len(png)
			}
			b.ReportMetric(float64(size)/1000, "kB/picture")
		})
	}
}

// BenchmarkDrawAgain is what it costs while nothing has changed.
func BenchmarkDrawAgain(b *testing.B) {
	painter := picture.NewPainter()
	chart := goalChart(english)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := painter.Draw(chart); err != nil {
			b.Fatal(err)
		}
	}
}
