package coaching_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestHistoryOfQuartersComparesLikeForLike(t *testing.T) {
	t.Parallel()
	history := monthly(coaching.Revenue, 2023, time.October, threeYears...)
	h := coaching.ReadHistory(traitsOf(t, coaching.Revenue), coaching.Quarter, history, coaching.Roster{})
	var values []string
	for _, line := range h.Lines {
		values = append(values, line.Value.String())
	}
	want := []string{"126", "83", "95", "97", "129", "85", "98", "94", "131", "79", "97", "97"}
	if !slices.Equal(values, want) {
		t.Fatalf("got %q, want %q", values, want)
	}
	// Q4 2025, 131: 37 more than Q3's 94 (37/94 = 39.4%), which is the season,
	// and 2 more than the 129 of Q4 2024 (1.6%), which is the growth.
	line := h.Lines[8]
	if line.Period != quarterOf(2025, time.October) {
		t.Fatalf("line of %v", line.Period)
	}
	if !line.Before.By.Equal(figure(t, "37")) || !line.Year.By.Equal(figure(t, "2")) || !line.Before.Better || !line.Year.Better {
		t.Errorf("changes %+v and %+v", line.Before, line.Year)
	}
	between(t, "against Q3", line.Before.Share, 37.0/94-1e-9, 37.0/94+1e-9)
	between(t, "against the year before", line.Year.Share, 2.0/129-1e-9, 2.0/129+1e-9)
	if h.Lines[0].Before.Known || h.Lines[3].Year.Known {
		t.Error("the first year has nothing to compare with")
	}
	if h.Best != 8 || h.Worst != 9 {
		t.Errorf("best %d, worst %d, want Q4 2025 and Q1 2026", h.Best, h.Worst)
	}
	// The next quarter's realistic band is around its season's 128.
	if h.Next.Period != quarterOf(2026, time.October) || h.Next.HasTarget {
		t.Errorf("next is %v", h.Next.Period)
	}
	between(t, "middle", h.Next.Middle, 125, 131)
}

func TestHistoryTellsBetterFromMoreWhereLowerIsBetter(t *testing.T) {
	t.Parallel()
	h := coaching.ReadHistory(traitsOf(t, coaching.Churn), coaching.Month,
		monthly(coaching.Churn, 2026, time.June, 2.5, 2, 2.2, 2.2), coaching.Roster{})
	for i, want := range []bool{false, true, false, false} {
		if h.Lines[i].Before.Better != want {
			t.Errorf("month %d: %+v", i, h.Lines[i].Before)
		}
	}
	if h.Best != 1 || h.Worst != 0 {
		t.Errorf("best %d, worst %d", h.Best, h.Worst)
	}
}

func TestHistoryKeepsGapsAndRecordedFigures(t *testing.T) {
	t.Parallel()
	// Q1 was recorded as 100 although its months add up to 90; Q2 lacks a
	// month; Q3's months add up to 96.
	history := append(monthly(coaching.Revenue, 2026, time.January, 30, 30, 30, 31, 31), successive(coaching.Revenue, quarterOf(2026, time.January), 100)...)
	history = append(history, monthly(coaching.Revenue, 2026, time.July, 32, 32, 32)...)
	h := coaching.ReadHistory(traitsOf(t, coaching.Revenue), coaching.Quarter, history, coaching.Roster{})
	if len(h.Lines) != 2 || !h.Lines[0].Value.Equal(figure(t, "100")) || !h.Lines[1].Value.Equal(figure(t, "96")) || h.Lines[1].Before.Known {
		t.Errorf("lines %+v", h.Lines)
	}
	if empty := coaching.ReadHistory(traitsOf(t, coaching.Revenue), coaching.Quarter, nil, coaching.Roster{}); empty.Next.Reason != coaching.TooLittleHistory || empty.Best != -1 {
		t.Errorf("empty history %+v", empty)
	}
}

func TestYearsMayBeginInApril(t *testing.T) {
	t.Parallel()
	april := coaching.Period{
		Span: coaching.Year, From: coaching.Date{Year: 2026, Month: time.April, Day: 1}, To: coaching.Date{Year: 2027, Month: time.March, Day: 31},
	}
	// Level months of 10: a year is 120 wherever it begins.
	a := coaching.Foresee(traitsOf(t, coaching.Revenue), april, monthly(coaching.Revenue, 2023, time.April, repeat(36, 10)...), coaching.Roster{})
	between(t, "middle", a.Middle, 119.9, 120.1)
	if !a.HasYearAgo || !a.YearAgo.Equal(figure(t, "120")) || a.Season.Known {
		t.Errorf("a year ago %v, season %+v", a.YearAgo, a.Season)
	}
}

func TestWeeksAreForecastFromWeeks(t *testing.T) {
	t.Parallel()
	// Weeks that begin on Sunday, ten of them with 50 calls.
	first := coaching.Period{Span: coaching.Week, From: coaching.Date{Year: 2026, Month: time.July, Day: 5}, To: coaching.Date{Year: 2026, Month: time.July, Day: 11}}
	calls := successive(coaching.Calls, first, repeat(10, 50)...)
	a := coaching.Foresee(traitsOf(t, coaching.Calls), first.Shift(10), calls, coaching.Roster{})
	between(t, "middle", a.Middle, 49.9, 50.1)
	if a.Basis.Used != 10 || a.Basis.Span != coaching.Week {
		t.Errorf("basis %+v, reason %q", a.Basis, a.Reason)
	}
	// Whole numbers: fifty are reached with 49.5 on a smooth scale, so 50 is
	// comfortable.
	between(t, "chance of 50", a.Against(figure(t, "50")).Chance, 0.7, 1)
}

func TestALoneMissingMonthIsBridgedInItsSeason(t *testing.T) {
	t.Parallel()
	// Every December is twice the other months' 10. That of 2025 is missing:
	// bridged from November and January alone it would be 10.
	values := slices.Repeat([]float64{10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 20}, 3)
	history := monthly(coaching.Revenue, 2024, time.January, values...)
	whole := coaching.Foresee(traitsOf(t, coaching.Revenue), quarterOf(2027, time.October), history, coaching.Roster{})
	history = slices.Delete(history, 23, 24)
	a := coaching.Foresee(traitsOf(t, coaching.Revenue), quarterOf(2027, time.October), history, coaching.Roster{})
	if a.Basis.Used != 36 || a.Basis.Bridged != 1 || !slices.Contains(a.Cautions, coaching.HistoryBridged) {
		t.Errorf("basis %+v, cautions %q", a.Basis, a.Cautions)
	}
	between(t, "middle", a.Middle, whole.Middle-0.5, whole.Middle+0.5)
	// Longer gaps are not made up: without August to December 2025 the third
	// and the fourth quarter are missing too, and only 2026 counts.
	history = slices.Delete(history, 19, 23)
	b := coaching.Foresee(traitsOf(t, coaching.Revenue), quarterOf(2027, time.October), history, coaching.Roster{})
	if b.Basis.Used != 12 || b.Basis.Span != coaching.Month || b.Basis.Dropped != 19 || b.Cautions[0] != coaching.ShortHistory {
		t.Errorf("basis %+v, cautions %q", b.Basis, b.Cautions)
	}
}

func TestAYearUnderWayCountsItsMonthsAsTheyAre(t *testing.T) {
	t.Parallel()
	// 2025 brought 10 a month. Of 2026, January to June brought 90 in all
	// although 60 was usual; with about 15 a month lately the rest brings
	// between 60 and 95 more.
	history := monthly(coaching.Revenue, 2024, time.January, repeat(24, 10)...)
	history = append(history, monthly(coaching.Revenue, 2026, time.January, repeat(6, 15)...)...)
	year := coaching.PeriodOf(coaching.Year, coaching.Date{Year: 2026, Month: time.January, Day: 1})
	a := coaching.Foresee(traitsOf(t, coaching.Revenue), year, history, coaching.Roster{})
	if a.Basis.Known != 6 {
		t.Errorf("basis %+v", a.Basis)
	}
	between(t, "middle", a.Middle, 150, 185)
	between(t, "low", a.Low, 90, a.Middle)
}

func TestTheNewestFiguresAreNeverLeftOut(t *testing.T) {
	t.Parallel()
	// Two years of months end in 2024; since then only quarters are known.
	history := monthly(coaching.Revenue, 2023, time.January, repeat(24, 10)...)
	history = append(history, successive(coaching.Revenue, quarterOf(2025, time.January), 33, 33, 33, 33)...)
	a := coaching.Foresee(traitsOf(t, coaching.Revenue), quarterOf(2026, time.January), history, coaching.Roster{})
	if a.Basis.Span != coaching.Quarter || a.Basis.Used != 12 {
		t.Errorf("basis %+v", a.Basis)
	}
	between(t, "middle", a.Middle, 31, 36)
}

func TestHistoryLinesHoldEveryRecordedFigure(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		traits := drawTraits(t)
		observations := drawObservations(t, traits.Kind, 1000)
		span := rapid.SampledFrom([]coaching.Span{coaching.Month, coaching.Quarter, coaching.Year}).Draw(t, "of")
		h := coaching.ReadHistory(traits, span, observations, coaching.Roster{})
		lines := make(map[coaching.Period]decimal.Decimal)
		for i, line := range h.Lines {
			lines[line.Period] = line.Value
			if i > 0 && !h.Lines[i-1].Period.To.Before(line.Period.From) {
				t.Fatal("lines out of order")
			}
		}
		if traits.Nature == coaching.Ratio {
			return // of several sources one is taken
		}
		for _, o := range observations {
			if o.Period.Span == span && !lines[o.Period].Equal(o.Value) {
				t.Fatalf("%v reads %s, recorded %s", o.Period, lines[o.Period], o.Value)
			}
		}
	})
}

func TestHistoryOfWeeksBeginsTheirsWhereTheFiguresDo(t *testing.T) {
	t.Parallel()
	sunday := coaching.Period{Span: coaching.Week, From: coaching.Date{Year: 2026, Month: time.July, Day: 5}, To: coaching.Date{Year: 2026, Month: time.July, Day: 11}}
	h := coaching.ReadHistory(traitsOf(t, coaching.Calls), coaching.Week, successive(coaching.Calls, sunday, 50, 60, 40), coaching.Roster{})
	if len(h.Lines) != 3 || !h.Lines[1].Before.By.Equal(figure(t, "10")) || h.Next.Period.From != sunday.From.AddDays(21) {
		t.Errorf("history %+v", h)
	}
	for span, want := range map[coaching.Span]coaching.Reason{
		coaching.Day:   coaching.HistoryOfOtherPeriods, // days have no final figures
		coaching.Month: coaching.HistoryOfOtherPeriods, // weeks do not add up to months
	} {
		if h := coaching.ReadHistory(traitsOf(t, coaching.Calls), span, successive(coaching.Calls, sunday, 50, 60, 40), coaching.Roster{}); h.Next.Reason != want || len(h.Lines) != 0 {
			t.Errorf("%s: %+v", span, h)
		}
	}
}

func TestFiscalQuartersAreReadAsTheyWereRecorded(t *testing.T) {
	t.Parallel()
	// Quarters that begin in February, May, August and November.
	fiscal := func(i int) coaching.Period {
		from := coaching.Date{Year: 2025, Month: time.February, Day: 1}.AddMonths(3 * i)
		return coaching.Period{Span: coaching.Quarter, From: from, To: from.AddMonths(3).AddDays(-1)}
	}
	var history []coaching.Observation
	for i, value := range []float64{80, 100, 120, 100, 88} {
		history = append(history, coaching.Observation{Kind: coaching.Revenue, Period: fiscal(i), Value: decimal.NewFromFloat(value)})
	}
	h := coaching.ReadHistory(traitsOf(t, coaching.Revenue), coaching.Quarter, history, coaching.Roster{})
	if len(h.Lines) != 5 || !h.Lines[4].Year.By.Equal(figure(t, "8")) {
		t.Fatalf("lines %+v", h.Lines)
	}
	if next := h.Next.Period; next.From != fiscal(5).From || next.To != fiscal(5).To || h.Next.Reason != "" {
		t.Errorf("next %v, reason %q", next, h.Next.Reason)
	}
}
