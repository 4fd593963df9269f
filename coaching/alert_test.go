package coaching_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

var january2024 = coaching.Date{Year: 2024, Month: 1, Day: 1}

// alike returns so many months of the same counts.
func alike(months, hits, of int) []coaching.Rate {
	return slices.Repeat([]coaching.Rate{{Hits: hits, Of: of}}, months)
}

// monthsFrom dates counts from January 2024 on.
func monthsFrom(counts ...coaching.Rate) []coaching.MonthCount {
	months := make([]coaching.MonthCount, len(counts))
	for i, rate := range counts {
		months[i] = coaching.MonthCount{Month: january2024.AddMonths(i), Rate: rate}
	}
	return months
}

func mustVigil(t testing.TB, watch coaching.RateWatch) *coaching.Vigil {
	t.Helper()
	vigil, err := coaching.NewVigil(watch, coaching.Episode{})
	if err != nil {
		t.Fatal(err)
	}
	return vigil
}

// happening is an event and the month after which it was found, from 0.
type happening struct {
	month int
	event coaching.AlarmEvent
}

// watchMonths judges after every month and returns what happened, and the
// alerts that told it.
func watchMonths(t testing.TB, watch coaching.RateWatch, months []coaching.MonthCount) (found []happening, alerts []coaching.RateAlert) {
	t.Helper()
	vigil := mustVigil(t, watch)
	for i, month := range months {
		if err := vigil.Learn(month); err != nil {
			t.Fatal(err)
		}
		if alert := vigil.Judge(); alert.Event != "" {
			found, alerts = append(found, happening{i, alert.Event}), append(alerts, alert)
		}
	}
	return found, alerts
}

func events(found []happening) []coaching.AlarmEvent {
	var list []coaching.AlarmEvent
	for _, h := range found {
		list = append(list, h.event)
	}
	return list
}

func TestASteadyStreamIsNeverAlarming(t *testing.T) {
	t.Parallel()
	for _, better := range []coaching.Direction{coaching.Higher, coaching.Lower} {
		if found, _ := watchMonths(t, coaching.RateWatch{Better: better}, monthsFrom(alike(60, 10, 40)...)); len(found) > 0 {
			t.Errorf("better %s: %v", better, found)
		}
	}
}

func TestAFallIsToldOnceAndItsEndToo(t *testing.T) {
	t.Parallel()
	counts := slices.Concat(alike(18, 12, 40), alike(5, 4, 40), alike(12, 12, 40))
	found, alerts := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(counts...))
	if !slices.Equal(events(found), []coaching.AlarmEvent{coaching.AlarmBegan, coaching.AlarmCleared}) {
		t.Fatalf("got %v", found)
	}
	began, cleared := found[0].month, found[1].month
	if began < 19 || began > 21 || cleared < 24 || cleared > 29 {
		t.Errorf("began after month %d and cleared after %d", began, cleared)
	}
	first := alerts[0]
	if first.Since != january2024.AddMonths(18) || first.Reason != coaching.ReasonAlarmFell {
		t.Errorf("since %v for %q", first.Since, first.Reason)
	}
	bad := began - 18 + 1
	if first.Before != (coaching.Rate{Hits: 18 * 12, Of: 18 * 40}) || first.Now != (coaching.Rate{Hits: 4 * bad, Of: 40 * bad}) {
		t.Errorf("from %v to %v", first.Before, first.Now)
	}
	if !about(first.UsualPercent, 30, 1.5) || !about(first.Usual, 12*float64(bad), 0.6*float64(bad)) {
		t.Errorf("usual %.1f, %.1f%%", first.Usual, first.UsualPercent)
	}
	if first.Low > 10 || first.High < 10 || first.High >= 30 || first.Sure < 0.5 || first.Strength < first.Bar {
		t.Errorf("now %.1f to %.1f%%, sure %.2f, strength %.0f of %.0f", first.Low, first.High, first.Sure, first.Strength, first.Bar)
	}
	last := alerts[1]
	if last.Now != (coaching.Rate{Hits: 24, Of: 80}) || last.Reason != coaching.ReasonAlarmBack || last.Raised() {
		t.Errorf("all clear with %v for %q", last.Now, last.Reason)
	}
	if first.SinceFirst.After(first.Since) || first.SinceLast.Before(first.Since) {
		t.Errorf("since %v, between %v and %v", first.Since, first.SinceFirst, first.SinceLast)
	}
}

func TestALevelThatStaysIsUsualAfterAYear(t *testing.T) {
	t.Parallel()
	counts := slices.Concat(alike(18, 12, 40), alike(30, 4, 40))
	watch := coaching.RateWatch{Better: coaching.Higher}
	found, _ := watchMonths(t, watch, monthsFrom(counts...))
	if !slices.Equal(events(found), []coaching.AlarmEvent{coaching.AlarmBegan, coaching.AlarmSettled}) {
		t.Fatalf("got %v", found)
	}
	if settled := found[1].month; settled != 18+12 {
		t.Errorf("settled after month %d", settled)
	}
	// What comes then is judged against the new level.
	again := slices.Concat(counts, alike(12, 0, 40))
	found, alerts := watchMonths(t, watch, monthsFrom(again...))
	if len(found) < 3 || found[2].event != coaching.AlarmBegan || found[2].month < 48 {
		t.Fatalf("got %v", found)
	}
	if percent, _ := alerts[2].Before.Percent(); !about(percent, 10, 0.1) {
		t.Errorf("before the second fall %.1f%%", percent)
	}
}

func TestARiseOfChurnIsAlarmingAndAFallIsNot(t *testing.T) {
	t.Parallel()
	counts := slices.Concat(alike(18, 6, 300), alike(8, 15, 300))
	watch := coaching.RateWatch{Better: coaching.Lower}
	found, alerts := watchMonths(t, watch, monthsFrom(counts...))
	if len(found) != 1 || found[0].event != coaching.AlarmBegan || alerts[0].Reason != coaching.ReasonAlarmRose {
		t.Fatalf("got %v", found)
	}
	good := slices.Concat(alike(18, 15, 300), alike(8, 6, 300))
	if found, _ := watchMonths(t, watch, monthsFrom(good...)); len(found) > 0 {
		t.Errorf("fewer losses: %v", found)
	}
}

// As in a public record of deals: 80% won in the last month of each quarter,
// 50% in the others.
func quarterly(quarters int) []coaching.Rate {
	return slices.Repeat([]coaching.Rate{{Hits: 20, Of: 40}, {Hits: 20, Of: 40}, {Hits: 32, Of: 40}}, quarters)
}

func TestTheQuartersEndIsLearned(t *testing.T) {
	t.Parallel()
	watch := coaching.RateWatch{Better: coaching.Higher}
	if found, _ := watchMonths(t, watch, monthsFrom(quarterly(12)...)); len(found) > 0 {
		t.Errorf("a stream with quarters' ends: %v", found)
	}
	// A fall right after a quarter's end is told from the end.
	fallen := slices.Concat(quarterly(6), slices.Repeat([]coaching.Rate{{Hits: 10, Of: 40}, {Hits: 10, Of: 40}, {Hits: 22, Of: 40}}, 2))
	found, alerts := watchMonths(t, watch, monthsFrom(fallen...))
	if len(found) != 1 || found[0].event != coaching.AlarmBegan || found[0].month < 18 || found[0].month > 20 {
		t.Fatalf("got %v", found)
	}
	if !about(alerts[0].UsualPercent, 50, 3) {
		t.Errorf("usual is %.1f%% for months within a quarter", alerts[0].UsualPercent)
	}
	// The financial year may begin in another month.
	shifted := monthsFrom(append([]coaching.Rate{{Hits: 32, Of: 40}}, quarterly(12)...)...)
	if found, _ := watchMonths(t, coaching.RateWatch{Better: coaching.Higher, YearStart: 2}, shifted); len(found) > 0 {
		t.Errorf("a financial year from February: %v", found)
	}
}

func TestChurnIsJudgedAgainstAGoalsLevel(t *testing.T) {
	t.Parallel()
	watch := coaching.RateWatch{Better: coaching.Lower, Level: 2, HasLevel: true}
	found, alerts := watchMonths(t, watch, monthsFrom(alike(6, 40, 1000)...))
	if len(found) != 1 || found[0].event != coaching.AlarmBegan || found[0].month > 2 || alerts[0].Reason != coaching.ReasonAlarmOverGoal {
		t.Fatalf("4%% against 2%%: %v", found)
	}
	for _, lost := range []int{0, 10, 19} {
		if found, _ := watchMonths(t, watch, monthsFrom(alike(36, lost, 1000)...)); len(found) > 0 {
			t.Errorf("%d of 1000 against 2%%: %v", lost, found)
		}
	}
	// Over the goal it stays over the goal, for as long as it takes.
	if found, _ := watchMonths(t, watch, monthsFrom(alike(36, 40, 1000)...)); len(found) != 1 {
		t.Errorf("three years over the goal: %v", found)
	}
	for _, level := range []float64{0, 100, -1} {
		if _, err := coaching.NewVigil(coaching.RateWatch{Level: level, HasLevel: true}, coaching.Episode{}); coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("a level of %g: %v", level, err)
		}
	}
}

func TestTooLittleDataIsSaidOnceWithHowMuchIsNeeded(t *testing.T) {
	t.Parallel()
	found, alerts := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(alike(24, 0, 1)...))
	if !slices.Equal(events(found), []coaching.AlarmEvent{coaching.AlarmTooLittle}) {
		t.Fatalf("got %v", found)
	}
	a := alerts[0]
	if a.Power.Cases != 12 || a.Power.Needs <= 12 || !a.Power.TooLittle() || a.Reason != coaching.ReasonAlarmTooLittle || a.Power.Shows != 0 {
		t.Errorf("%+v for %q", a.Power, a.Reason)
	}
	// With the cases that it needs the rule can fire.
	enough := slices.Concat(alike(18, 10, 40), alike(12, 3, 40))
	if found, _ := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(enough...)); len(found) == 0 || found[0].event != coaching.AlarmBegan {
		t.Errorf("got %v", found)
	}
	// Told again only after there was enough in between.
	again := slices.Concat(alike(12, 1, 2), alike(14, 15, 40), alike(20, 1, 2))
	found, _ = watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(again...))
	if !slices.Equal(events(found), []coaching.AlarmEvent{coaching.AlarmTooLittle, coaching.AlarmTooLittle}) {
		t.Errorf("got %v", found)
	}
}

func TestNobodyIsJudgedByAMonth(t *testing.T) {
	t.Parallel()
	months := monthsFrom(slices.Concat(alike(18, 40, 80), alike(2, 2, 80))...)
	for personal, want := range map[bool]int{false: 1, true: 0} {
		if found, _ := watchMonths(t, coaching.RateWatch{Better: coaching.Higher, Personal: personal}, months); len(found) != want {
			t.Errorf("personal %v: %v", personal, found)
		}
	}
}

func TestAMonthUnderWayIsJudgedWithoutBeingLearned(t *testing.T) {
	t.Parallel()
	vigil := mustVigil(t, coaching.RateWatch{Better: coaching.Higher})
	months := monthsFrom(slices.Concat(alike(18, 40, 80), alike(2, 10, 80))...)
	for _, month := range months[:18] {
		if err := vigil.Learn(month); err != nil {
			t.Fatal(err)
		}
	}
	before := vigil.Judge().Strength
	half, err := vigil.JudgeSoFar(coaching.MonthCount{Month: months[18].Month, Rate: coaching.Rate{Hits: 15, Of: 40}})
	if err != nil || half.Strength <= before {
		t.Errorf("half a bad month moves the evidence from %g to %g, %v", before, half.Strength, err)
	}
	if after := vigil.Judge().Strength; after != before {
		t.Errorf("the look left its mark: %g after %g", after, before)
	}
	if none, err := vigil.JudgeSoFar(coaching.MonthCount{Month: months[18].Month}); err != nil || none.Strength != before {
		t.Errorf("a month without cases yet: %g after %g, %v", none.Strength, before, err)
	}
}

func TestMonthsOutOfOrderAndImpossibleCountsAreRefused(t *testing.T) {
	t.Parallel()
	vigil := mustVigil(t, coaching.RateWatch{Better: coaching.Higher})
	months := monthsFrom(alike(3, 1, 2)...)
	if err := vigil.Learn(months[1]); err != nil {
		t.Fatal(err)
	}
	for name, month := range map[string]coaching.MonthCount{
		"the same month":  months[1],
		"an earlier one":  months[0],
		"more than cases": {Month: months[2].Month, Rate: coaching.Rate{Hits: 3, Of: 2}},
	} {
		if err := vigil.Learn(month); coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("learning %s: %v", name, err)
		}
		if _, err := vigil.JudgeSoFar(month); coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("judging %s: %v", name, err)
		}
	}
}

func TestWhatWasUsualBeforeALongPauseIsNot(t *testing.T) {
	t.Parallel()
	months := monthsFrom(slices.Concat(alike(18, 20, 40), alike(18, 8, 40))...)
	for i := 18; i < len(months); i++ {
		months[i].Month = months[i].Month.AddMonths(60)
	}
	if found, _ := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, months); len(found) > 0 {
		t.Errorf("after five years without a deal: %v", found)
	}
}

// draws returns months of so many cases at the rates given.
func draws(r *rand.Rand, cases int, rates ...float64) []coaching.Rate {
	months := make([]coaching.Rate, len(rates))
	for i, rate := range rates {
		months[i].Of = cases
		for range cases {
			if r.Float64() < rate {
				months[i].Hits++
			}
		}
	}
	return months
}

func TestFalseAlarmsKeepTheBudgetAndRealFallsAreFound(t *testing.T) {
	t.Parallel()
	const streams, years = 80, 4
	r := rand.New(rand.NewPCG(7, 11))
	alarms, found := 0, 0
	for range streams {
		stable := slices.Repeat([]float64{0.25}, 12*years)
		happened, _ := watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(draws(r, 30, stable...)...))
		for _, h := range happened {
			if h.event == coaching.AlarmBegan {
				alarms++
			}
		}
		falls := slices.Concat(slices.Repeat([]float64{0.25}, 24), slices.Repeat([]float64{0.125}, 12))
		happened, _ = watchMonths(t, coaching.RateWatch{Better: coaching.Higher}, monthsFrom(draws(r, 30, falls...)...))
		if slices.ContainsFunc(happened, func(h happening) bool { return h.event == coaching.AlarmBegan && h.month >= 24 }) {
			found++
		}
	}
	// One in ten years of each stream, and two deviations of a Poisson count.
	if budget := 0.1 * streams * years; float64(alarms) > budget+2*math.Sqrt(budget) {
		t.Errorf("%d false alarms, %.0f are the budget", alarms, budget)
	}
	if found < streams*85/100 {
		t.Errorf("%d of %d falls to half found within a year", found, streams)
	}
}
