package coaching_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// fataler is what stops a test: testing.TB or a property.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

func mustDate(t fataler, s string) coaching.Date {
	t.Helper()
	d, err := coaching.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDateArithmeticCountsCalendarDays(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-01-27", 1, "2025-01-28"},
		{"2025-01-31", 1, "2025-02-01"},
		{"2024-02-28", 1, "2024-02-29"},
		{"2025-02-28", 1, "2025-03-01"},
		{"2025-01-01", -1, "2024-12-31"},
		{"2025-03-30", 1, "2025-03-31"}, // clocks change in Europe
		{"2024-01-01", 366, "2025-01-01"},
	} {
		from, want := mustDate(t, tt.from), mustDate(t, tt.want)
		if got := from.AddDays(tt.n); got != want {
			t.Errorf("%s + %d days = %s, want %s", tt.from, tt.n, got, tt.want)
		}
		if got := want.Sub(from); got != tt.n {
			t.Errorf("%s - %s = %d days, want %d", tt.want, tt.from, got, tt.n)
		}
	}
}

func TestAddMonthsStaysWithinAShorterMonth(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-01-31", 1, "2025-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2025-11-30", 3, "2026-02-28"},
		{"2025-03-15", -3, "2024-12-15"},
	} {
		if got := mustDate(t, tt.from).AddMonths(tt.n); got != mustDate(t, tt.want) {
			t.Errorf("%s + %d months = %s, want %s", tt.from, tt.n, got, tt.want)
		}
	}
}

func TestDateStartsAtTheFirstInstantOfTheLocalDay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ zone, day, want string }{
		{"Asia/Bangkok", "2025-06-01", "2025-05-31T17:00:00Z"},
		{"Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00Z"},
		// Midnight does not exist on these days: the clocks jump from 00:00 to 01:00.
		{"America/Santiago", "2024-09-08", "2024-09-08T04:00:00Z"},
		{"Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"},
	} {
		loc, err := time.LoadLocation(tt.zone)
		if err != nil {
			t.Skipf("no zone data: %v", err)
		}
		start := mustDate(t, tt.day).In(loc)
		if got := start.UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%s in %s starts at %s, want %s", tt.day, tt.zone, got, tt.want)
		}
		if got := coaching.DateOf(start).String(); got != tt.day {
			t.Errorf("the start of %s in %s falls on %s", tt.day, tt.zone, got)
		}
	}
}

func TestParseDateRefusesDaysThatDoNotExist(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "2025-02-29", "2025-13-01", "2025-1-2", "01/02/2025", "2025-01-01T00:00"} {
		if d, err := coaching.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", s, d)
		}
	}
}

func TestDatesAreOrdered(t *testing.T) {
	t.Parallel()
	a, b := mustDate(t, "2025-02-28"), mustDate(t, "2025-03-01")
	if !a.Before(b) || !b.After(a) || a.Compare(a) != 0 || a.Before(a) {
		t.Errorf("order of %s and %s is wrong", a, b)
	}
	if a.Weekday() != time.Friday {
		t.Errorf("%s is a %s, want Friday", a, a.Weekday())
	}
	if !(coaching.Date{}).IsZero() || a.IsZero() {
		t.Error("only the zero date is zero")
	}
}

func TestDayNumbersAgreeWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		date := coaching.Date{
			Year:  rapid.IntRange(-5000, 12000).Draw(rt, "year"),
			Month: time.Month(rapid.IntRange(-20, 40).Draw(rt, "month")),
			Day:   rapid.IntRange(-500, 500).Draw(rt, "day"),
		}
		epoch := coaching.Date{Year: 1970, Month: time.January, Day: 1}
		at := time.Date(date.Year, date.Month, date.Day, 0, 0, 0, 0, time.UTC)
		if got, want := date.Sub(epoch), int(at.Unix()/86400); got != want {
			rt.Errorf("%v is day %d, want %d", date, got, want)
		}
		if got, want := date.Weekday(), at.Weekday(); got != want {
			rt.Errorf("%v is a %s, want a %s", date, got, want)
		}
	})
}
