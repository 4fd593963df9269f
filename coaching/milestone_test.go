package coaching_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestMilestonesFallOnTheEndsOfWeeksMonthsAndQuarters(t *testing.T) {
	t.Parallel()
	newYear := coaching.Calendar{}.Without(mustDate(t, "2025-01-31"))
	for _, tt := range []struct {
		name     string
		period   coaching.Period
		calendar coaching.Calendar
		want     []string
	}{
		{"a month's weeks", april, coaching.Calendar{}, []string{"2025-04-04", "2025-04-11", "2025-04-18", "2025-04-25", "2025-04-30"}},
		// May 2025 begins on a Thursday: its two days join the week after.
		{"a month with a short first week", coaching.PeriodOf(coaching.Month, mustDate(t, "2025-05-01")), coaching.Calendar{}, []string{"2025-05-09", "2025-05-16", "2025-05-23", "2025-05-31"}},
		// June ends on a Monday: it joins the week before.
		{"a month with a short last week", coaching.PeriodOf(coaching.Month, mustDate(t, "2025-06-01")), coaching.Calendar{}, []string{"2025-06-06", "2025-06-13", "2025-06-20", "2025-06-30"}},
		{"a quarter's months", coaching.PeriodOf(coaching.Quarter, mustDate(t, "2025-02-01")), newYear, []string{"2025-01-30", "2025-02-28", "2025-03-31"}},
		{"a year's quarters", coaching.PeriodOf(coaching.Year, mustDate(t, "2025-02-01")), coaching.Calendar{}, []string{"2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"}},
		{"a week's days", coaching.PeriodOf(coaching.Week, mustDate(t, "2025-04-07")), coaching.Calendar{}, []string{"2025-04-07", "2025-04-08", "2025-04-09", "2025-04-10", "2025-04-13"}},
		{"a day", coaching.PeriodOf(coaching.Day, mustDate(t, "2025-04-07")), coaching.Calendar{}, []string{"2025-04-07"}},
	} {
		got := coaching.MilestoneDays(tt.period, tt.calendar)
		same := len(got) == len(tt.want)
		for i := range got {
			same = same && got[i].String() == tt.want[i]
		}
		if !same {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestMilestonesLieOnTheCurveAndNotOnTheCalendar(t *testing.T) {
	t.Parallel()
	// The first week of April is a holiday: 17 working days are left.
	away := coaching.Calendar{}.WithoutPeriod(mustDate(t, "2025-04-01"), mustDate(t, "2025-04-07"))
	curve := coaching.NewCurve(april, away)
	days := []coaching.Date{mustDate(t, "2025-04-04"), mustDate(t, "2025-04-15"), mustDate(t, "2025-04-30")}
	for _, tt := range []struct {
		name          string
		start, target float64
		want          [3]float64
	}{
		{"a total", 0, 1700, [3]float64{0, 600, 1700}},
		{"a level that falls", 4, 2.3, [3]float64{4, 3.4, 2.3}},
	} {
		for i, m := range coaching.PlanMilestones(tt.start, tt.target, curve, days) {
			if !near(m.Value, tt.want[i]) || m.Day != days[i] {
				t.Errorf("%s: milestone %d is %.2f on %s, want %.2f on %s", tt.name, i, m.Value, m.Day, tt.want[i], days[i])
			}
		}
	}
}

func TestMilestonesTellWhatWasKeptAndWhatIsNext(t *testing.T) {
	t.Parallel()
	day := func(n int) coaching.Date { return coaching.Date{Year: 2025, Month: 4, Day: n} }
	rising := []coaching.Milestone{{Day: day(4), Value: 400}, {Day: day(11), Value: 900}, {Day: day(18), Value: 1300}, {Day: day(25), Value: 1800}, {Day: day(30), Value: 2200}}
	falling := []coaching.Milestone{{Day: day(10), Value: 3.4}, {Day: day(20), Value: 2.6}, {Day: day(30), Value: 2}}
	for _, tt := range []struct {
		name       string
		milestones []coaching.Milestone
		better     coaching.Direction
		figures    map[coaching.Date]float64
		want       []coaching.MilestoneState
	}{
		{
			"a total", rising, coaching.Higher,
			map[coaching.Date]float64{day(4): 450, day(11): 800, day(15): 1350},
			[]coaching.MilestoneState{coaching.MilestoneKept, coaching.MilestoneMissed, coaching.MilestoneAhead, coaching.MilestoneNext, coaching.MilestoneFuture},
		},
		{
			"a total under a limit", rising, coaching.Lower,
			map[coaching.Date]float64{day(4): 450, day(11): 800, day(15): 850},
			[]coaching.MilestoneState{coaching.MilestoneMissed, coaching.MilestoneKept, coaching.MilestoneNext, coaching.MilestoneFuture, coaching.MilestoneFuture},
		},
		{
			"a level that is to fall", falling, coaching.Lower,
			map[coaching.Date]float64{day(10): 3.3, day(15): 2.5},
			[]coaching.MilestoneState{coaching.MilestoneKept, coaching.MilestoneAhead, coaching.MilestoneNext},
		},
	} {
		for i, m := range coaching.MarkMilestones(tt.milestones, tt.better, day(15), func(d coaching.Date) float64 { return tt.figures[d] }) {
			if m.State != tt.want[i] {
				t.Errorf("%s: milestone %d is %s at %.1f, want %s", tt.name, i, m.State, m.Figure, tt.want[i])
			}
		}
	}
}

func TestMovingAMilestoneKeepsTheirOrder(t *testing.T) {
	t.Parallel()
	day := func(n int) coaching.Date { return coaching.Date{Year: 2025, Month: 4, Day: n} }
	plan := []coaching.Milestone{{Day: day(10), Value: 700}, {Day: day(20), Value: 1400}, {Day: day(30), Value: 2200}}
	for _, tt := range []struct {
		name   string
		index  int
		to     coaching.Milestone
		reason string
	}{
		{"earlier and lower", 1, coaching.Milestone{Day: day(15), Value: 900}, ""},
		{"the last one's day", 2, coaching.Milestone{Day: day(29), Value: 2200}, ""},
		{"onto another's day", 1, coaching.Milestone{Day: day(10), Value: 900}, "milestone_out_of_order"},
		{"above the next", 1, coaching.Milestone{Day: day(20), Value: 2300}, "milestone_out_of_order"},
		{"out of the period", 0, coaching.Milestone{Day: day(0), Value: 700}, "milestone_outside_period"},
		{"the target", 2, coaching.Milestone{Day: day(30), Value: 2000}, "milestone_is_target"},
		{"none", 3, coaching.Milestone{Day: day(30), Value: 2000}, "milestone_unknown"},
	} {
		got, err := coaching.MoveMilestones(plan, april, coaching.MilestoneMove{Index: tt.index, To: tt.to})
		switch {
		case tt.reason == "" && (err != nil || got[tt.index] != tt.to):
			t.Errorf("%s: %v, %v, want it moved", tt.name, got, err)
		case tt.reason != "" && !refusedFor(err, tt.reason):
			t.Errorf("%s: %v, want refusal %s", tt.name, err, tt.reason)
		}
	}
	if plan[1].Value != 1400 {
		t.Error("moving a milestone changed the plan it was given")
	}
	// Each alone would stand behind the next; together they are in order.
	both, err := coaching.MoveMilestones(plan, april,
		coaching.MilestoneMove{Index: 0, To: coaching.Milestone{Day: day(21), Value: 1500}},
		coaching.MilestoneMove{Index: 1, To: coaching.Milestone{Day: day(25), Value: 1800}})
	if err != nil || both[0].Value != 1500 || both[1].Value != 1800 {
		t.Errorf("both moved: %v, %v", both, err)
	}
}

func TestMilestonesFitAGoalWhoseTargetOrEndWasMoved(t *testing.T) {
	t.Parallel()
	day := func(n int) coaching.Date { return coaching.Date{Year: 2025, Month: 4, Day: n} }
	plan := []coaching.Milestone{{Day: day(10), Value: 5}, {Day: day(20), Value: 12}, {Day: day(30), Value: 20}}
	for _, tt := range []struct {
		name   string
		target float64
		last   coaching.Date
		want   []coaching.Milestone
	}{
		{"a higher target", 40, day(30), []coaching.Milestone{{Day: day(10), Value: 10}, {Day: day(20), Value: 24}, {Day: day(30), Value: 40}}},
		{"an earlier end", 20, day(20), []coaching.Milestone{{Day: day(10), Value: 5}, {Day: day(20), Value: 20}}},
		{"a later end", 20, day(45), []coaching.Milestone{{Day: day(10), Value: 5}, {Day: day(20), Value: 12}, {Day: day(45), Value: 20}}},
	} {
		if got := coaching.FitMilestones(plan, tt.target, tt.last); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if got := coaching.FitMilestones(nil, 20, day(30)); got != nil {
		t.Errorf("milestones out of nothing: %v", got)
	}
}

func TestMilestonesAreOrderedAndEndAtTheTarget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ledgers, last := drawLedgers(t)
		period := drawPeriod(t, last)
		target := rapid.Float64Range(1, 1e6).Draw(t, "target")
		calendar := drawCalendar(t)
		days := coaching.MilestoneDays(period, calendar)
		plan := coaching.PlanMilestones(0, target, mustBook(t, last.String(), ledgers...).Outlook(0, period).Curve, days)
		if n := len(plan); n == 0 || plan[n-1].Value != target || plan[n-1].Day != period.To {
			t.Fatalf("the plan %v does not end with %v on %s", plan, target, period.To)
		}
		for i := 1; i < len(plan); i++ {
			if plan[i].Value < plan[i-1].Value || !plan[i-1].Day.Before(plan[i].Day) {
				t.Fatalf("milestone %v comes before %v", plan[i-1], plan[i])
			}
		}
		if plan[0].Day.Before(period.From) {
			t.Fatalf("the first milestone is on %s, before the period", plan[0].Day)
		}
	})
}
