package coaching_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func drawCounts(t *rapid.T, least, most int) []coaching.Rate {
	usual := rapid.SampledFrom([]int{0, 1, 5, 40, 400}).Draw(t, "cases")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) coaching.Rate {
		of := rapid.IntRange(0, usual).Draw(t, "of")
		return coaching.Rate{Hits: rapid.IntRange(0, of).Draw(t, "hits"), Of: of}
	}), least, most).Draw(t, "months")
}

func drawWatch(t *rapid.T) coaching.RateWatch {
	watch := coaching.RateWatch{
		Better:      rapid.SampledFrom([]coaching.Direction{coaching.Higher, coaching.Lower}).Draw(t, "better"),
		FalseAlarms: rapid.SampledFrom([]float64{0, 0.1, 0.01, 5}).Draw(t, "false alarms"),
		Personal:    rapid.Bool().Draw(t, "personal"),
		HasLevel:    rapid.Bool().Draw(t, "has level"),
	}
	if watch.HasLevel {
		watch.Level = rapid.Float64Range(0.1, 99).Draw(t, "level")
	}
	return watch
}

func TestAlertsAreSoundForAnyCounts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		vigil, err := coaching.NewVigil(drawWatch(t), coaching.Episode{})
		if err != nil {
			t.Fatal(err)
		}
		raised, told := false, false
		for _, month := range monthsFrom(drawCounts(t, 0, 60)...) {
			if err := vigil.Learn(month); err != nil {
				t.Fatal(err)
			}
			a := vigil.Judge()
			for _, v := range []float64{a.Strength, a.Bar, a.Sure, a.Usual, a.UsualPercent, a.Low, a.High, a.Power.Shows} {
				if math.IsNaN(v) || math.IsInf(v, 0) || v < 0 {
					t.Fatalf("no number in %+v", a)
				}
			}
			if a.Sure > 1 || a.Low > a.High || a.High > 100 || a.Power.Shows > 100 || a.Reason == "" {
				t.Fatalf("out of bounds: %+v", a)
			}
			switch a.Event {
			case coaching.AlarmBegan:
				if raised {
					t.Fatal("a second alarm in one episode")
				}
				raised = true
			case coaching.AlarmCleared, coaching.AlarmSettled:
				if !raised {
					t.Fatalf("%s without an alarm", a.Event)
				}
				raised = false
			case coaching.AlarmTooLittle:
				if told && a.Power.Cases == 0 {
					t.Fatal("too little was told twice")
				}
				told = true
			}
			if raised != a.Raised() || raised && (a.Since.IsZero() || a.Since.After(month.Month)) {
				t.Fatalf("raised %v with %+v", raised, a.Episode)
			}
		}
	})
}

func TestNoAlarmWithoutAPast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		watch := drawWatch(t)
		watch.HasLevel = false
		vigil, err := coaching.NewVigil(watch, coaching.Episode{})
		if err != nil {
			t.Fatal(err)
		}
		for _, month := range monthsFrom(drawCounts(t, 1, 6)...) {
			if err := vigil.Learn(month); err != nil {
				t.Fatal(err)
			}
			if a := vigil.Judge(); a.Raised() {
				t.Fatalf("%+v", a)
			}
		}
	})
}

// Looking every month or once at the end, and going on from a stored episode,
// come to the same.
func TestALookFollowsFromHistoryAndEpisode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		watch := drawWatch(t)
		months := monthsFrom(drawCounts(t, 1, 60)...)
		vigil, err := coaching.NewVigil(watch, coaching.Episode{})
		if err != nil {
			t.Fatal(err)
		}
		for _, month := range months[:len(months)-1] {
			if err := vigil.Learn(month); err != nil {
				t.Fatal(err)
			}
			vigil.Judge()
		}
		stored := vigil.Episode()
		again, err := coaching.NewVigil(watch, stored)
		if err != nil {
			t.Fatal(err)
		}
		for _, month := range months[:len(months)-1] {
			if err := again.Learn(month); err != nil {
				t.Fatal(err)
			}
		}
		if err := vigil.Learn(months[len(months)-1]); err != nil {
			t.Fatal(err)
		}
		if err := again.Learn(months[len(months)-1]); err != nil {
			t.Fatal(err)
		}
		one, other := vigil.Judge(), again.Judge()
		// Rates of negligible weight are dropped at other moments on the two
		// ways. Where later months contradict all earlier ones, what was dropped
		// would have come to weigh a little; the decision may hang on no more
		// than that.
		const dropped = 0.05
		// Far beyond the bar all strengths say the same.
		strength, repeated := min(one.Strength, 10*one.Bar), min(other.Strength, 10*one.Bar)
		if math.Abs(strength-repeated) > dropped*(1+strength) {
			t.Fatalf("strength %g, want %g", other.Strength, one.Strength)
		}
		hangs := math.Abs(one.Strength-one.Bar) < dropped*(1+one.Bar)
		if !hangs && (one.Event != other.Event || one.Episode != other.Episode) {
			t.Fatalf("%+v\nwant %+v", other, one)
		}
	})
}

// Beyond all bars the strength may fall again, where a month is so bad that wild
// swings explain it as well as a change; the decision never does.
func TestAWorseMonthNeverTakesAnAlarmBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.SampledFrom([]int{5, 20, 80}).Draw(t, "of")
		usual := rapid.IntRange(of/5, of/2).Draw(t, "usual")
		bad := rapid.IntRange(0, 3).Draw(t, "bad months before")
		past := monthsFrom(slices.Concat(alike(rapid.IntRange(12, 30).Draw(t, "past"), usual, of), alike(bad, usual/2, of))...)
		worse := rapid.IntRange(0, usual).Draw(t, "worse")
		better := rapid.IntRange(worse, of).Draw(t, "better")
		raisedBy := func(hits int) bool {
			vigil, err := coaching.NewVigil(coaching.RateWatch{Better: coaching.Higher}, coaching.Episode{})
			if err != nil {
				t.Fatal(err)
			}
			for _, month := range past {
				if err := vigil.Learn(month); err != nil {
					t.Fatal(err)
				}
			}
			next := coaching.MonthCount{Month: january2024.AddMonths(len(past)), Rate: coaching.Rate{Hits: hits, Of: of}}
			a, err := vigil.JudgeSoFar(next)
			if err != nil {
				t.Fatal(err)
			}
			return a.Raised()
		}
		if raisedBy(better) && !raisedBy(worse) {
			t.Fatalf("%d of %d raise an alarm, %d do not", better, of, worse)
		}
	})
}

func TestTheOrderOfStreamsDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		streams := make([]coaching.RateStream, rapid.IntRange(1, 5).Draw(t, "streams"))
		for i := range streams {
			streams[i] = coaching.RateStream{
				Watch:   coaching.RateWatch{Better: coaching.Higher},
				History: monthsFrom(drawCounts(t, 0, 24)...), Over: rapid.Bool().Draw(t, "over"),
			}
		}
		alerts, err := coaching.JudgeRateFamily(coaching.DefaultAlarmBudget, 2, streams)
		if err != nil {
			t.Fatal(err)
		}
		turned := slices.Clone(streams)
		slices.Reverse(turned)
		others, err := coaching.JudgeRateFamily(coaching.DefaultAlarmBudget, 2, turned)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(others)
		for i, a := range alerts {
			if b := others[i]; math.Abs(a.Strength-b.Strength) > 1e-6*(1+a.Strength) || a.Event != b.Event || a.Episode != b.Episode {
				t.Fatalf("stream %d: %+v\nwant %+v", i, b, a)
			}
		}
	})
}
