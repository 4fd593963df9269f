package coaching_test

import (
	"math"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// ledger fills a record day by day; sell returns the day's amount, 0 for none.
func ledger(t testing.TB, from, last string, sell func(coaching.Date) float64) coaching.Ledger {
	t.Helper()
	l := coaching.Ledger{From: mustDate(t, from)}
	for day := l.From; !day.After(mustDate(t, last)); day = day.AddDays(1) {
		if amount := sell(day); amount != 0 {
			l.Days = append(l.Days, coaching.DayFigure{Day: day, Amount: amount})
		}
	}
	return l
}

// wobble is a number between 0.5 and 1.5 that looks random but is not.
func wobble(day coaching.Date) float64 {
	_, fraction := math.Modf(float64(day.Sub(coaching.Date{Year: 2000, Month: 1, Day: 1})) * 0.6180339887)
	return 0.5 + fraction
}

func workdaysOnly(day coaching.Date, amount float64) float64 {
	if (coaching.Calendar{}).Works(day) {
		return amount
	}
	return 0
}

func TestTheCurveLearnsTheRushAtAMonthsEnd(t *testing.T) {
	t.Parallel()
	// Two thirds of each month are sold after the twentieth.
	rush := func(day coaching.Date) float64 {
		if day.Day > 20 {
			return workdaysOnly(day, 400*wobble(day))
		}
		return workdaysOnly(day, 100*wobble(day))
	}
	book := mustBook(t, "2025-04-15", ledger(t, "2024-04-01", "2025-04-15", rush))
	outlook := book.Outlook(0, april)
	if share := outlook.Curve.At(mustDate(t, "2025-04-15")); share > 0.30 {
		t.Errorf("half of the working days are said to bring %.0f%%, want about a quarter", 100*share)
	}
	if pace := coaching.JudgePace(4300, coaching.Higher, outlook); pace.State == coaching.PaceBehind || pace.State == coaching.PaceTooEarly {
		t.Errorf("a normal start of a month with a rush is %s (%s), so far %.0f, middle %.0f", pace.State, pace.Reason, pace.SoFar, pace.Middle)
	}
}

func TestTheCurveStaysEvenWhereMonthsOnlyScatter(t *testing.T) {
	t.Parallel()
	even := func(day coaching.Date) float64 { return workdaysOnly(day, 100*wobble(day)) }
	book := mustBook(t, "2025-04-15", ledger(t, "2024-10-01", "2025-04-15", even))
	if share := book.Outlook(0, april).Curve.At(mustDate(t, "2025-04-15")); math.Abs(share-0.5) > 0.05 {
		t.Errorf("half of the working days are said to bring %.3f, want about half", share)
	}
}

func TestAQuartersCurveFollowsTheSeason(t *testing.T) {
	t.Parallel()
	// December brings four times as much as other months.
	season := func(day coaching.Date) float64 {
		if day.Month == 12 {
			return workdaysOnly(day, 400)
		}
		return workdaysOnly(day, 100)
	}
	book := mustBook(t, "2025-09-30", ledger(t, "2022-01-01", "2025-09-30", season))
	quarter := coaching.PeriodOf(coaching.Quarter, mustDate(t, "2025-10-01"))
	if share := book.Outlook(0, quarter).Curve.At(mustDate(t, "2025-11-30")); share > 0.45 {
		t.Errorf("the quarter before Christmas is said to bring %.0f%% by November, want about a third", 100*share)
	}
}

func TestAHugeOrderIsNotExpectedAgain(t *testing.T) {
	t.Parallel()
	plain := func(day coaching.Date) float64 { return workdaysOnly(day, 100*wobble(day)) }
	lucky := func(day coaching.Date) float64 {
		if day == (coaching.Date{Year: 2025, Month: 4, Day: 8}) {
			return 3000
		}
		return plain(day)
	}
	without := mustBook(t, "2025-04-15", ledger(t, "2024-10-01", "2025-04-15", plain)).Outlook(0, april)
	with := mustBook(t, "2025-04-15", ledger(t, "2024-10-01", "2025-04-15", lucky)).Outlook(0, april)
	before, after := without.Middle()-without.SoFar, with.Middle()-with.SoFar
	if after < before*0.8 || after > before*1.5 {
		t.Errorf("after an order of thirty days' worth the days left are expected to bring %.0f instead of %.0f", after, before)
	}
}

func TestALevelFollowsATeamThatOutgrewItsPast(t *testing.T) {
	t.Parallel()
	grown := func(day coaching.Date) float64 {
		if day.Year == 2023 {
			return workdaysOnly(day, 100*wobble(day))
		}
		return workdaysOnly(day, 300*wobble(day))
	}
	outlook := mustBook(t, "2025-03-31", ledger(t, "2023-01-01", "2025-03-31", grown)).Outlook(0, april)
	if middle := outlook.Middle(); middle < 5700 || middle > 7500 {
		t.Errorf("a team that has sold about 6600 a month for a year is expected to sell %.0f", middle)
	}
}

func TestWhatAllTeamsShareReachesEachOfThem(t *testing.T) {
	t.Parallel()
	// Every team sells twice the usual in April; the first had no chance to
	// show it yet, for it was closed until the ninth.
	market := func(day coaching.Date) float64 {
		amount := 100 * wobble(day)
		if day.Year == 2025 && day.Month == 4 {
			amount *= 2
		}
		return workdaysOnly(day, amount)
	}
	late := func(day coaching.Date) float64 {
		if day.Year == 2025 && day.Month == 4 && day.Day < 9 {
			return 0
		}
		return market(day)
	}
	alone := ledger(t, "2024-04-01", "2025-04-08", late)
	alone.Calendar = coaching.Calendar{}.WithoutPeriod(mustDate(t, "2025-04-01"), mustDate(t, "2025-04-08"))
	others := ledger(t, "2024-04-01", "2025-04-08", market)
	single := mustBook(t, "2025-04-08", alone).Outlook(0, april).Middle()
	together := mustBook(t, "2025-04-08", alone, others, others, others).Outlook(0, april).Middle()
	if together < single*1.2 {
		t.Errorf("with the others at twice the usual %.0f is expected, alone %.0f", together, single)
	}
}

func TestBooksRefuseWhatIsNoFigure(t *testing.T) {
	t.Parallel()
	day := mustDate(t, "2025-04-01")
	for name, tt := range map[string]struct {
		last   coaching.Date
		ledger coaching.Ledger
		reason string
	}{
		"no last day":  {coaching.Date{}, coaching.Ledger{}, "day_missing"},
		"no first day": {day, coaching.Ledger{Days: []coaching.DayFigure{{Day: day, Amount: 1}}}, "day_missing"},
		"not a number": {day, coaching.Ledger{From: day, Days: []coaching.DayFigure{{Day: day, Amount: math.NaN()}}}, "figure_not_finite"},
		"infinite":     {day, coaching.Ledger{From: day, Days: []coaching.DayFigure{{Day: day, Amount: math.Inf(1)}}}, "figure_not_finite"},
	} {
		if _, err := coaching.NewPaceBook(tt.last, tt.ledger); !refusedFor(err, tt.reason) {
			t.Errorf("%s: %v, want refusal %s", name, err, tt.reason)
		}
	}
}

func TestAnEmptyBookSaysNothing(t *testing.T) {
	t.Parallel()
	book := mustBook(t, "2025-04-15", coaching.Ledger{})
	for _, team := range []int{-1, 0, 1} {
		pace := coaching.JudgePace(100, coaching.Higher, book.Outlook(team, april))
		if pace.ChanceKnown || pace.SoFar != 0 || pace.Middle != 0 {
			t.Errorf("team %d of an empty book: %+v", team, pace)
		}
	}
}
