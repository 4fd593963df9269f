package coaching_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// courseOf judges a goal of 20 demos in March 2026 by its entries, oldest first.
func courseOf(t *testing.T, today string, entries ...coaching.Entry) (coaching.Judgement, coaching.Course) {
	t.Helper()
	day, err := coaching.ParseDate(today)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := coaching.ParseDate("2026-03-01")
	goal := coaching.Goal{
		Workspace: "slack:T1", Number: 1, Title: "Demos", Kind: coaching.Custom, Noun: "demos", Nature: coaching.Sum, Unit: coaching.Count,
		Better: coaching.Higher, Period: coaching.PeriodOf(coaching.Month, first),
		Size: coaching.Size{Form: coaching.Absolute, Value: decimal.NewFromInt(20)}, CreatedAt: first.In(time.UTC),
	}
	newestFirst := make([]coaching.Entry, len(entries))
	for i, entry := range entries {
		newestFirst[len(entries)-1-i] = entry
	}
	calendar, err := coaching.NewCalendar(coaching.WeekdaysOf(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday))
	if err != nil {
		t.Fatal(err)
	}
	standing := coaching.Standing{Goal: goal, Progress: coaching.Reckon(coaching.Progress{}, newestFirst)}
	judgement := coaching.Judge(standing, calendar, day, time.UTC)
	return judgement, judgement.Course(newestFirst, day, time.UTC)
}

func entryAt(day int, op coaching.Op, amount int64) coaching.Entry {
	return coaching.Entry{
		ID: "e" + strconv.Itoa(day), Op: op, Amount: decimal.NewFromInt(amount),
		At: time.Date(2026, time.March, day, 10, 0, 0, 0, time.UTC),
	}
}

func TestCourseIsTheRunningTotalUntilToday(t *testing.T) {
	t.Parallel()
	undo := entryAt(10, coaching.Undo, 5)
	undo.Reverts = "e9"
	judgement, course := courseOf(t, "2026-03-16",
		entryAt(2, coaching.Add, 3), entryAt(4, coaching.Add, 2), entryAt(9, coaching.Add, 5), undo, entryAt(11, coaching.Set, 8), entryAt(12, coaching.Add, 1))
	if got := len(course.Days); got != 32 {
		t.Fatalf("%d days, want the month and its eve", got)
	}
	for day, want := range map[int]float64{0: 0, 1: 0, 2: 3, 3: 3, 4: 5, 9: 5, 11: 8, 12: 9, 16: 9} {
		if got := course.Days[day]; !got.Known || got.Figure != want {
			t.Errorf("day %d: %v (known: %v), want %v", day, got.Figure, got.Known, want)
		}
	}
	if course.Days[17].Known {
		t.Error("tomorrow is known")
	}
	if got, want := course.Days[16].Figure, judgement.Progress.Value.InexactFloat64(); got != want {
		t.Errorf("today's figure is %v, the goal's %v", got, want)
	}
	if got, want := course.Days[15].Expected, judgement.Pace.Expected; math.Abs(got-want) > 1e-9 {
		t.Errorf("expected by yesterday %v, the judgement says %v", got, want)
	}
	if last := course.Days[31]; math.Abs(last.Expected-20) > 1e-9 {
		t.Errorf("the curve ends at %v", last.Expected)
	}
}

func TestCourseOfTheLatestEntriesEndsAtTheGoalsFigure(t *testing.T) {
	t.Parallel()
	judgement, _ := courseOf(t, "2026-03-16", entryAt(2, coaching.Add, 3), entryAt(4, coaching.Add, 2), entryAt(9, coaching.Add, 4))
	today, _ := coaching.ParseDate("2026-03-16")
	course := judgement.Course([]coaching.Entry{entryAt(9, coaching.Add, 4)}, today, time.UTC)
	for day, want := range map[int]float64{0: 5, 8: 5, 9: 9, 16: 9} {
		if got := course.Days[day].Figure; got != want {
			t.Errorf("day %d: %v, want %v", day, got, want)
		}
	}
}

func TestCourseMarksMilestonesByTheFigureOfTheirDay(t *testing.T) {
	t.Parallel()
	// All of it in the second week: the first milestone was missed although the
	// figure is beyond it today.
	_, course := courseOf(t, "2026-03-16", entryAt(9, coaching.Add, 12))
	if len(course.Milestones) < 3 {
		t.Fatalf("milestones: %v", course.Milestones)
	}
	if got := course.Milestones[0].State; got != coaching.MilestoneMissed {
		t.Errorf("the first is %s", got)
	}
	if got := course.Milestones[1].State; got != coaching.MilestoneKept {
		t.Errorf("the second is %s", got)
	}
	if got := course.Milestones[len(course.Milestones)-1]; got.Value != 20 || got.State == coaching.MilestoneKept {
		t.Errorf("the last is %+v", got)
	}
}

func TestCourseForeseesOnlyWhereAChanceIsKnown(t *testing.T) {
	t.Parallel()
	judgement, course := courseOf(t, "2026-03-16", entryAt(2, coaching.Add, 9))
	for _, day := range course.Days {
		if day.Foreseen {
			t.Fatalf("%s is foreseen without any record", day.Day)
		}
	}
	today, _ := coaching.ParseDate("2026-03-16")
	from, _ := coaching.ParseDate("2025-09-01")
	record := coaching.Ledger{From: from}
	record.Calendar, _ = coaching.NewCalendar(coaching.WeekdaysOf(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday))
	for day := from; day.Before(today); day = day.AddDays(1) {
		if record.Calendar.Works(day) {
			record.Days = append(record.Days, coaching.DayFigure{Day: day, Amount: float64(day.Day % 3), Entries: 1})
		}
	}
	outlook, known := coaching.OutlookOn(record, judgement.Goal.Period, today)
	if !known {
		t.Fatal("the record tells nothing")
	}
	judgement.Foresee(outlook, today)
	if !judgement.Pace.ChanceKnown {
		t.Fatal("the record tells no chance")
	}
	course = judgement.Course([]coaching.Entry{entryAt(2, coaching.Add, 9)}, today, time.UTC)
	last := course.Days[31]
	if math.Abs(last.Low-judgement.Pace.Low) > 1e-9 || math.Abs(last.High-judgement.Pace.High) > 1e-9 {
		t.Errorf("the fan ends at %v–%v, the judgement at %v–%v", last.Low, last.High, judgement.Pace.Low, judgement.Pace.High)
	}
	if now := course.Days[16]; now.Low != 9 || now.High != 9 || course.Days[15].Foreseen {
		t.Errorf("the fan begins at %+v", now)
	}
	for i := 17; i < 32; i++ {
		day, before := course.Days[i], course.Days[i-1]
		if day.Low < 9 || day.High < day.Low || day.High-day.Low < before.High-before.Low-1e-9 {
			t.Errorf("%s: %v–%v after %v–%v", day.Day, day.Low, day.High, before.Low, before.High)
		}
	}
}
