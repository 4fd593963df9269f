package coaching_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestWorkdaysLeaveOutWeekendsHolidaysAndLeave(t *testing.T) {
	t.Parallel()
	thai := mustCalendar(t, []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}, "2025-04-14", "2025-04-15", "2025-04-12")
	sunday := mustCalendar(t, []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday})
	away := coaching.Calendar{}.WithoutPeriod(mustDate(t, "2025-04-09"), mustDate(t, "2025-04-15"))
	for _, tt := range []struct {
		name        string
		calendar    coaching.Calendar
		first, last string
		want        int
	}{
		{"a week", coaching.Calendar{}, "2025-04-07", "2025-04-13", 5},
		{"a month", coaching.Calendar{}, "2025-04-01", "2025-04-30", 22},
		{"one working day", coaching.Calendar{}, "2025-04-07", "2025-04-07", 1},
		{"one day off", coaching.Calendar{}, "2025-04-06", "2025-04-06", 0},
		{"backwards", coaching.Calendar{}, "2025-04-08", "2025-04-07", 0},
		{"a holiday on a Saturday costs nothing", thai, "2025-04-01", "2025-04-30", 20},
		{"a week from Sunday to Thursday", sunday, "2025-04-01", "2025-04-30", 22},
		{"five working days of leave", away, "2025-04-01", "2025-04-30", 17},
		{"over the change of clocks", coaching.Calendar{}, "2025-03-28", "2025-03-31", 2},
	} {
		if got := tt.calendar.Workdays(mustDate(t, tt.first), mustDate(t, tt.last)); got != tt.want {
			t.Errorf("%s: %d working days, want %d", tt.name, got, tt.want)
		}
	}
}

func TestNextAndPreviousSkipDaysOff(t *testing.T) {
	t.Parallel()
	calendar := coaching.Calendar{}.Without(mustDate(t, "2025-12-25"), mustDate(t, "2025-12-26"))
	for _, tt := range []struct{ day, next, previous string }{
		{"2025-12-24", "2025-12-29", "2025-12-23"},
		{"2025-12-27", "2025-12-29", "2025-12-24"},
		{"2025-12-29", "2025-12-30", "2025-12-24"},
	} {
		day := mustDate(t, tt.day)
		if got := calendar.Next(day).String(); got != tt.next {
			t.Errorf("the working day after %s is %s, want %s", tt.day, got, tt.next)
		}
		if got := calendar.Previous(day).String(); got != tt.previous {
			t.Errorf("the working day before %s is %s, want %s", tt.day, got, tt.previous)
		}
	}
}

func TestWorkWeekNeedsADay(t *testing.T) {
	t.Parallel()
	if _, err := coaching.NewCalendar(0); coaching.CodeOf(err) != coaching.Invalid {
		t.Errorf("an empty work week gives %v, want it to be invalid", err)
	}
}

func TestCalendarIsAValue(t *testing.T) {
	t.Parallel()
	shared := coaching.Calendar{}.Without(mustDate(t, "2025-04-14"))
	_ = shared.Without(mustDate(t, "2025-04-10"))
	if !shared.Works(mustDate(t, "2025-04-10")) {
		t.Error("one person's leave must not change the calendar it was taken from")
	}
}

func TestWorkdaysAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		calendar := drawCalendar(t)
		a := drawDate(t, "a")
		b := a.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))
		c := b.AddDays(rapid.IntRange(1, 400).Draw(t, "more days"))
		whole := calendar.Workdays(a, c)
		if parts := calendar.Workdays(a, b) + calendar.Workdays(b.AddDays(1), c); whole != parts {
			t.Fatalf("%d working days from %s to %s, but %d in two parts at %s", whole, a, c, parts, b)
		}
		count := 0
		for day := a; !day.After(c); day = day.AddDays(1) {
			if calendar.Works(day) {
				count++
			}
		}
		if whole != count {
			t.Fatalf("%d working days from %s to %s, counted one by one %d", whole, a, c, count)
		}
		if whole > 0 {
			if last := calendar.AddWorkdays(a.AddDays(-1), whole); last.After(c) || calendar.Workdays(a, last) != whole {
				t.Fatalf("working day %d from %s is %s, want the last one up to %s", whole, a, last, c)
			}
		}
	})
}

func mustCalendar(t testing.TB, week []time.Weekday, holidays ...string) coaching.Calendar {
	t.Helper()
	days := make([]coaching.Date, len(holidays))
	for i, holiday := range holidays {
		days[i] = mustDate(t, holiday)
	}
	calendar, err := coaching.NewCalendar(coaching.WeekdaysOf(week...), days...)
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

func drawDate(t *rapid.T, label string) coaching.Date {
	return coaching.Date{Year: 2020, Month: time.January, Day: 1}.AddDays(rapid.IntRange(0, 4000).Draw(t, label))
}

func drawCalendar(t *rapid.T) coaching.Calendar {
	week := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 7, rapid.ID[int]).Draw(t, "week")
	days := make([]time.Weekday, len(week))
	for i, day := range week {
		days[i] = time.Weekday(day)
	}
	var off []coaching.Date
	for i := range rapid.IntRange(0, 20).Draw(t, "days off") {
		off = append(off, drawDate(t, "off").AddDays(i))
	}
	calendar, err := coaching.NewCalendar(coaching.WeekdaysOf(days...), off...)
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}
