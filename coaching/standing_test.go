package coaching_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

func mustGoal(t testing.TB, goal coaching.Goal) coaching.Goal {
	t.Helper()
	goal.Workspace = "slack:T1"
	if goal.Title == "" {
		goal.Title = "Goal"
	}
	made, err := coaching.NewGoal(goal)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func number(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func exactly(value string) coaching.Size {
	return coaching.Size{Form: coaching.Absolute, Value: number(value)}
}

// June 2026 has 22 working days; at the start of Tuesday the 16th, 11 are done.
var (
	june    = coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2026, Month: time.June, Day: 1})
	june16  = coaching.Date{Year: 2026, Month: time.June, Day: 16}
	inJune  = time.Date(2026, time.June, 12, 8, 0, 0, 0, time.UTC)
	fromMay = time.Date(2026, time.May, 28, 8, 0, 0, 0, time.UTC)
)

func TestSumGoalIsJudgedByWorkingDays(t *testing.T) {
	t.Parallel()
	demos := mustGoal(t, coaching.Goal{Kind: coaching.Meetings, Period: june, Size: exactly("44"), CreatedAt: fromMay})
	for _, test := range []struct {
		value    string
		state    coaching.PaceState
		goesWell bool
	}{
		{"22", coaching.PaceOn, false},
		{"30", coaching.PaceAhead, true},
		{"10", coaching.PaceBehind, false},
		{"44", coaching.PaceDone, true},
	} {
		standing := coaching.Standing{Goal: demos, Progress: coaching.Progress{Value: number(test.value), Entries: 1, LastAt: inJune}}
		j := coaching.Judge(standing, coaching.Calendar{}, june16, time.UTC)
		if j.Pace.State != test.state || j.GoesWell() != test.goesWell || j.Expected != 0.5 || j.Pace.Left != 11 {
			t.Errorf("%s of 44: %s, goes well %v, expected share %v, %d days left", test.value, j.Pace.State, j.GoesWell(), j.Expected, j.Pace.Left)
		}
	}
}

func TestGoalSetInMidPeriodBeginsThen(t *testing.T) {
	t.Parallel()
	goal := mustGoal(t, coaching.Goal{Kind: coaching.Calls, Period: june, Size: exactly("110"), CreatedAt: june16.In(time.UTC).Add(9 * time.Hour)})
	j := coaching.Judge(coaching.Standing{Goal: goal}, coaching.Calendar{}, june16, time.UTC)
	if j.Pace.State != coaching.PaceTooEarly || j.Pace.Needed != 10 {
		t.Errorf("on its first day: %s, %v a day; want too early, 10 a day", j.Pace.State, j.Pace.Needed)
	}
}

func TestLevelGoalIsNotProrated(t *testing.T) {
	t.Parallel()
	churn := mustGoal(t, coaching.Goal{
		Kind: coaching.Churn, Period: june, Size: exactly("2"), Baseline: number("3"), HasBaseline: true, CreatedAt: fromMay,
	})
	for _, test := range []struct {
		value string
		state coaching.LevelState
		share float64
	}{
		{"2.5", coaching.LevelShort, 0.5},
		{"2", coaching.LevelMet, 1},
		{"1.5", coaching.LevelMet, 1},
		{"3.5", coaching.LevelShort, 0},
	} {
		standing := coaching.Standing{Goal: churn, Progress: coaching.Progress{Value: number(test.value), Entries: 1, LastAt: inJune}}
		j := coaching.Judge(standing, coaching.Calendar{}, june16, time.UTC)
		if j.Pace != nil || j.Level.State != test.state || j.Share != test.share || j.Expected >= 0 {
			t.Errorf("%s%% with a target of 2%%: %+v", test.value, j.Level)
		}
	}
}

func TestFirstReadingIsTheBaselineOfAChange(t *testing.T) {
	t.Parallel()
	recurring := mustGoal(t, coaching.Goal{
		Kind: coaching.Revenue, Nature: coaching.Level, Currency: "USD", Period: june, CreatedAt: fromMay,
		Size: coaching.Size{Form: coaching.ChangePercent, Value: number("3")},
	})
	unread := coaching.Judge(coaching.Standing{Goal: recurring}, coaching.Calendar{}, june16, time.UTC)
	if unread.HasTarget || unread.Met() {
		t.Errorf("without a figure the target is %s", unread.Target)
	}
	progress := coaching.Progress{Value: number("410000"), Entries: 2, LastAt: inJune, First: number("400000"), HasFirst: true}
	j := coaching.Judge(coaching.Standing{Goal: recurring, Progress: progress}, coaching.Calendar{}, june16, time.UTC)
	if !j.HasTarget || !j.Target.Equal(number("412000")) || j.Met() {
		t.Errorf("3%% on 400,000 = %s, met %v", j.Target, j.Met())
	}
}

// A rep who held two demos on every working day of March, April and May has
// held 22 by mid-June and goes on like that to 44: 40 are likely, with the doubt
// that three months leave, and 60 are not.
func TestRecordOfEarlierMonthsTellsTheChance(t *testing.T) {
	t.Parallel()
	var entries []coaching.Entry
	first := coaching.Date{Year: 2026, Month: time.March, Day: 1}
	for day := first; day.Before(june16); day = day.AddDays(1) {
		if (coaching.Calendar{}).Works(day) {
			entries = append(entries, coaching.Entry{
				ID: day.String(), Op: coaching.Add, Amount: number("2"), At: day.In(time.UTC).Add(9 * time.Hour),
			})
		}
	}
	undo := coaching.Entry{ID: "u", Op: coaching.Undo, Reverts: "mistake", At: inJune}
	entries = append(entries, undo, coaching.Entry{ID: "mistake", Op: coaching.Add, Amount: number("900"), At: inJune})
	record := coaching.RecordOf(entries, first, coaching.Calendar{}, time.UTC)
	for target, want := range map[string]struct {
		above, below float64
		state        coaching.PaceState
	}{
		"40": {0.75, 1, coaching.PaceAhead},
		"60": {0, 0.1, coaching.PaceBehind},
	} {
		goal := mustGoal(t, coaching.Goal{Kind: coaching.Meetings, Period: june, Size: exactly(target), CreatedAt: fromMay})
		progress := coaching.Progress{Value: number("22"), Entries: 11, LastAt: inJune}
		j := coaching.Judge(coaching.Standing{Goal: goal, Progress: progress}, coaching.Calendar{}, june16, time.UTC)
		if j.Pace.ChanceKnown {
			t.Error("a chance is told without a record")
		}
		outlook, known := coaching.OutlookOn(record, june, june16)
		if !known {
			t.Fatal("the record tells nothing")
		}
		j.Foresee(outlook, june16)
		if chance := j.Pace.Chance; !j.Pace.ChanceKnown || chance < want.above || chance > want.below || j.Pace.State != want.state {
			t.Errorf("%s demos: chance %.2f, %s; want %.1f to %.1f, %s", target, chance, j.Pace.State, want.above, want.below, want.state)
		}
	}
}
