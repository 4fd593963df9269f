package commands_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// draws presses the picture's button of what a member is told.
func (o *office) draws(who coaching.MemberID, text string) commands.Chart {
	o.Helper()
	reply, err := o.types(who, text)
	if err != nil {
		o.Fatalf("%s: %v", text, err)
	}
	i := slices.IndexFunc(reply.Buttons, func(button commands.Button) bool { return button.Action == "picture" })
	if i < 0 {
		o.Fatalf("%s offers no picture:\n%s", text, wordsOf(reply))
	}
	pressed, err := o.ask(commands.Request{Member: who, Via: commands.ViaButton, Action: reply.Buttons[i].Action, Value: reply.Buttons[i].Value})
	if err != nil {
		o.Fatalf("picture of %s: %v", text, err)
	}
	if len(pressed.Parts) != 1 {
		o.Fatalf("picture of %s:\n%s", text, wordsOf(pressed))
	}
	return pressed.Parts[0].(commands.Chart)
}

// sound checks that a chart can be drawn, and that its text says what it shows.
func sound(t *testing.T, chart commands.Chart) {
	t.Helper()
	for _, text := range chart.Texts() {
		if text == "" || !strings.Contains(chart.Alt, text) {
			t.Errorf("the picture shows %q, its text does not:\n%s", text, chart.Alt)
		}
	}
	inside := func(scale commands.Scale, value float64) bool {
		const rounding = 1e-9
		return value >= scale.Low-rounding && value <= scale.High+rounding // false for NaN
	}
	check := func(what string, at, value float64) {
		if !inside(chart.Across, at) || !inside(chart.Up, value) {
			t.Errorf("%s at %v, %v is outside %+v, %+v", what, at, value, chart.Across, chart.Up)
		}
	}
	for _, series := range chart.Series {
		for i, point := range series.Points {
			check(series.Name, point.At, point.Value)
			if i > 0 && point.At <= series.Points[i-1].At {
				t.Errorf("%s goes back at %v", series.Name, point.At)
			}
		}
	}
	for _, band := range chart.Bands {
		for _, point := range band.Points {
			check(band.Name, point.At, point.Low)
			check(band.Name, point.At, point.High)
			if point.Low > point.High {
				t.Errorf("%s is upside down at %v", band.Name, point.At)
			}
		}
	}
	for _, mark := range chart.Marks {
		if mark.Role != commands.MarkMoment {
			check(mark.Name+mark.Label, mark.At, mark.Value)
		}
	}
}

func seriesOf(t *testing.T, chart commands.Chart, role commands.SeriesRole) []commands.Point {
	t.Helper()
	i := slices.IndexFunc(chart.Series, func(series commands.Series) bool { return series.Role == role })
	if i < 0 {
		t.Fatalf("no series is %s", role)
	}
	return chart.Series[i].Points
}

func marksOf(chart commands.Chart, role commands.MarkRole) int {
	count := 0
	for _, mark := range chart.Marks {
		if mark.Role == role {
			count++
		}
	}
	return count
}

func TestPictureOfAGoalSaysWhatItShows(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"en", "th"} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, "2026-03-18 09:00")
			o.locale = locale
			for month := range 6 { // a record, so that there is a range ahead
				past := o.sets(coaching.Calls, nok, "Calls", coaching.Month, fmt.Sprintf("%d-%02d-01", 2025+(8+month)/12, (8+month)%12+1), "20")
				for day := 1; day < 28; day += 3 {
					o.logs(past, nok, past.Period.From.AddDays(day).String(), "2")
				}
			}
			goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-03-01", "20")
			o.logs(goal, nok, "2026-03-03", "3")
			o.logs(goal, nok, "2026-03-13", "4")
			chart := o.draws(nok, fmt.Sprintf("progress #%d", goal.Number))
			sound(t, chart)
			actual, target := seriesOf(t, chart, commands.Actual), seriesOf(t, chart, commands.Target)
			if last := actual[len(actual)-1]; last != (commands.Point{At: 18, Value: 7}) {
				t.Errorf("the figure ends at %+v", last)
			}
			if target[0].Value != 20 || target[1] != (commands.Point{At: 31, Value: 20}) {
				t.Errorf("the target is at %+v", target)
			}
			if len(chart.Bands) != 1 || len(chart.Bands[0].Points) != 14 {
				t.Errorf("the range ahead is %+v", chart.Bands)
			}
			kept, missed, ahead := marksOf(chart, commands.MarkKept), marksOf(chart, commands.MarkMissed), marksOf(chart, commands.MarkAhead)
			if kept+missed == 0 || ahead == 0 {
				t.Errorf("%d milestones kept, %d missed, %d ahead", kept, missed, ahead)
			}
			voice := loadVoice(t, locale)
			for id, want := range map[string]int{"chart_alt_kept": kept, "chart_alt_missed": missed, "chart_alt_ahead": ahead} {
				said := strings.TrimSpace(voice.Text(id, commands.Args{"milestone": ""}))
				if got := strings.Count(chart.Alt, said); got != want {
					t.Errorf("%d milestones are %q in words, %d in the picture:\n%s", got, said, want, chart.Alt)
				}
			}
		})
	}
}

func TestPictureOfALevelHasNoPlan(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-18 09:00")
	goal := o.sets(coaching.Churn, "", "Churn", coaching.Month, "2026-03-01", "2")
	o.logs(goal, lin, "2026-03-05", "=3.1")
	o.logs(goal, lin, "2026-03-12", "=2.6")
	chart := o.draws(lin, "show #1")
	sound(t, chart)
	if len(chart.Series) != 2 || len(chart.Bands) != 0 {
		t.Errorf("series %+v, bands %+v", chart.Series, chart.Bands)
	}
	actual := seriesOf(t, chart, commands.Actual)
	if first, last := actual[0], actual[len(actual)-1]; first != (commands.Point{At: 5, Value: 3.1}) || last != (commands.Point{At: 18, Value: 2.6}) {
		t.Errorf("the level runs from %+v to %+v", first, last)
	}
}

func TestNothingIsDrawnOfALevelThatNobodyRead(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-18 09:00")
	o.sets(coaching.Churn, "", "Churn", coaching.Month, "2026-03-01", "2")
	reply, err := o.types(lin, "show #1")
	if err != nil || slices.ContainsFunc(reply.Buttons, func(b commands.Button) bool { return b.Action == "picture" }) {
		t.Errorf("%v\n%s", err, wordsOf(reply))
	}
	if _, err := o.ask(commands.Request{Member: lin, Via: commands.ViaButton, Action: "picture", Value: "goal #1"}); err == nil {
		t.Error("a button of another time drew it")
	}
}

func TestPictureOfHistoryHasTheBandAhead(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"en", "th"} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, "2026-07-02 09:00")
			o.locale = locale
			o.remembers(coaching.Revenue, "2025-01-01",
				"40000", "41000", "43000", "40500", "44000", "47000", "45000", "46500", "49000", "52000", "51000", "58000",
				"47000", "48000", "50000", "49500", "53000", "55000")
			chart := o.draws(lin, "history revenue")
			sound(t, chart)
			if points := seriesOf(t, chart, commands.Actual); len(points) != 12 || points[11].Value != 55000 {
				t.Errorf("drawn: %+v", points)
			}
			if len(chart.Bands) != 1 || chart.Bands[0].Points[0].At <= seriesOf(t, chart, commands.Actual)[11].At {
				t.Errorf("the band is at %+v", chart.Bands)
			}
		})
	}
}

func TestPictureOfAFunnelShowsTheLeak(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"en", "th"} {
		t.Run(locale, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, "2026-07-02 09:00")
			o.locale = locale
			o.sets(coaching.Calls, "", "Calls", coaching.Month, "2026-07-01", "20")
			o.reads(lin, "settings funnel leads 400 meetings 320 proposal 20 deals 15")
			chart := o.draws(lin, "plan #1")
			sound(t, chart)
			if len(chart.Bars) != 3 || !chart.Bars[1].Weak || chart.Bars[0].Weak || chart.Bars[2].Weak {
				t.Errorf("bars: %+v", chart.Bars)
			}
			if !strings.Contains(chart.Alt, "300") { // of 320
				t.Errorf("how many are lost is not said: %s", chart.Alt)
			}
		})
	}
}

func TestPictureOfARateShowsTheWarning(t *testing.T) {
	t.Parallel()
	first, err := coaching.ParseDate("2026-01-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, locale := range []string{"en", "th"} {
		chart := commands.RateChart(loadVoice(t, locale), first, 3, "From 31% to 20%.",
			coaching.Rate{Hits: 31, Of: 100}, coaching.Rate{Hits: 30, Of: 100}, coaching.Rate{}, coaching.Rate{Hits: 20, Of: 100})
		sound(t, chart)
		if got := len(seriesOf(t, chart, commands.Actual)); got != 3 {
			t.Errorf("%d months have a rate", got)
		}
		if marksOf(chart, commands.MarkMoment) != 1 || chart.Marks[0].At != 3 {
			t.Errorf("marks: %+v", chart.Marks)
		}
		low, high := coaching.Rate{Hits: 20, Of: 100}.Within95()
		if last := chart.Bands[0].Points[2]; last.Low != low || last.High != high {
			t.Errorf("the last bounds are %+v, want %v–%v", last, low, high)
		}
	}
}

func TestScalesHoldTheirFiguresInFewRoundSteps(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e6, 1e9).Draw(t, "low")
		high := low + rapid.Float64Range(0, 1e9).Draw(t, "more")
		unit := rapid.SampledFrom([]coaching.Unit{coaching.Money, coaching.Percent, coaching.Count, coaching.Days}).Draw(t, "unit")
		nature := rapid.SampledFrom([]coaching.Nature{coaching.Sum, coaching.Level, coaching.Ratio}).Draw(t, "nature")
		scale := commands.ScaleUp(voice, low, high, nature, unit)
		if scale.Low > low || scale.High < high || !(scale.High > scale.Low) {
			t.Fatalf("%v to %v on %+v", low, high, scale)
		}
		if n := len(scale.Ticks); n < 2 || n > 7 {
			t.Fatalf("%d ticks", n)
		}
		labels := make(map[string]bool)
		step := scale.Ticks[1].At - scale.Ticks[0].At
		for i, tick := range scale.Ticks {
			if labels[tick.Label] {
				t.Fatalf("%q twice in %+v", tick.Label, scale.Ticks)
			}
			labels[tick.Label] = true
			if i > 0 && math.Abs(tick.At-scale.Ticks[i-1].At-step) > step*1e-6 {
				t.Fatalf("uneven: %+v", scale.Ticks)
			}
		}
	})
}

func TestPictureOfAGoalThatFollowsEventsRunsByTheirDays(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	o.sets(coaching.Revenue, "", "Revenue", coaching.Month, "2026-09-01", "40000")
	o.sets(coaching.WinRate, "", "Win rate", coaching.Quarter, "2026-09-01", "60")
	o.sells("Darcy", "Pro", "2026-08-20", "2026-09-03", "12000", "4500", "")
	o.sells("Darcy", "Pro", "2026-08-20", "2026-09-08", "1000")
	chart := o.draws(nok, "progress #1")
	sound(t, chart)
	actual := seriesOf(t, chart, commands.Actual)
	for day, want := range map[int]float64{0: 0, 2: 0, 3: 16500, 7: 16500, 8: 17500, 10: 17500} {
		if got := actual[day].Value; got != want {
			t.Errorf("day %d: %v, want %v", day, got, want)
		}
	}
	// A level that events come to is known as of now alone.
	level := o.draws(nok, "progress #2")
	sound(t, level)
	if points := seriesOf(t, level, commands.Actual); len(points) != 1 || points[0].Value != 75 {
		t.Errorf("the level is drawn as %+v", points)
	}
}

func TestPictureOfARateWhoseCasesAreKnownShowsItsBounds(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	for m, amounts := range [][]string{{"100", ""}, {"100", "200", "", ""}, {"300", "100", ""}} {
		o.sells("Darcy", "Pro", "2026-06-01", fmt.Sprintf("2026-%02d-03", 6+m), amounts...)
	}
	chart := o.draws(nok, "history winrate")
	sound(t, chart)
	low, high := coaching.Rate{Hits: 2, Of: 4}.Within95()
	if points := chart.Bands[0].Points; len(points) != 3 || points[1].Low != low || points[1].High != high {
		t.Errorf("bounds %+v, want %v–%v in the middle", points, low, high)
	}
	if !strings.Contains(chart.Alt, "50%, 2 of 4, 19 times in 20 between") {
		t.Errorf("the cases are not told: %s", chart.Alt)
	}
}
