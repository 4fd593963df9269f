package picture

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/commands"
)

func TestAnyFiguresCanBeDrawn(t *testing.T) {
	t.Parallel()
	fonts, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	canvas := newCanvas(fonts)
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Float64Range(-1e12, 1e12)
		chart := commands.Chart{
			Title: rapid.String().Draw(t, "title"), Lead: rapid.String().Draw(t, "lead"),
			Across: commands.Scale{Low: number.Draw(t, "left"), High: number.Draw(t, "right")},
			Up:     commands.Scale{Low: number.Draw(t, "low"), High: number.Draw(t, "high")},
		}
		for range rapid.IntRange(0, 3).Draw(t, "series") {
			series := commands.Series{Role: commands.SeriesRole(rapid.SampledFrom([]string{"actual", "expected", "target", "other"}).Draw(t, "role"))}
			band := commands.Band{Name: rapid.String().Draw(t, "name")}
			for range rapid.IntRange(0, 4).Draw(t, "points") {
				series.Points = append(series.Points, commands.Point{At: number.Draw(t, "at"), Value: number.Draw(t, "value")})
				band.Points = append(band.Points, commands.BandPoint{At: number.Draw(t, "at"), Low: number.Draw(t, "low"), High: number.Draw(t, "high")})
			}
			chart.Series, chart.Bands = append(chart.Series, series), append(chart.Bands, band)
			chart.Marks = append(chart.Marks, commands.Mark{
				Role: commands.MarkRole(rapid.SampledFrom([]string{"kept", "missed", "ahead", "moment", "now"}).Draw(t, "mark")),
				At:   number.Draw(t, "at"), Value: number.Draw(t, "value"), Label: rapid.String().Draw(t, "label"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(t, "bars") {
			chart.Bars = append(chart.Bars, commands.Bar{Label: rapid.String().Draw(t, "bar"), Share: number.Draw(t, "share")})
		}
		if err := canvas.draw(chart); err != nil && !errors.Is(err, ErrNothingToDraw) {
			t.Fatal(err)
		}
	})
}
