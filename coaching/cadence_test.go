package coaching_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func mustZone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func mustClock(t testing.TB, text string) coaching.ClockTime {
	t.Helper()
	at, err := coaching.ParseClockTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestClockTimeAroundDaylightSaving(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, zone, at, date, want string
	}{
		{"an ordinary day", "Asia/Bangkok", "09:00", "2026-03-10", "2026-03-10T02:00:00Z"},
		{"before the gap", "America/New_York", "01:59", "2026-03-08", "2026-03-08T06:59:00Z"},
		{"skipped: the first instant after", "America/New_York", "02:00", "2026-03-08", "2026-03-08T07:00:00Z"},
		{"skipped, late in the gap", "America/New_York", "02:30", "2026-03-08", "2026-03-08T07:00:00Z"},
		{"after the gap", "America/New_York", "03:00", "2026-03-08", "2026-03-08T07:00:00Z"},
		{"skipped in Berlin", "Europe/Berlin", "02:30", "2026-03-29", "2026-03-29T01:00:00Z"},
		{"twice: the first", "Europe/Berlin", "02:30", "2026-10-25", "2026-10-25T00:30:00Z"},
		{"twice in New York: the first", "America/New_York", "01:30", "2026-11-01", "2026-11-01T05:30:00Z"},
		{"half an hour of saving", "Australia/Lord_Howe", "02:15", "2026-10-04", "2026-10-03T15:30:00Z"},
		{"a skipped midnight", "Africa/Cairo", "00:00", "2026-04-24", "2026-04-23T22:00:00Z"},
		{"a skipped day: the instant after it", "Pacific/Apia", "09:00", "2011-12-30", "2011-12-30T10:00:00Z"},
	} {
		date, err := coaching.ParseDate(test.date)
		if err != nil {
			t.Fatal(err)
		}
		got := mustClock(t, test.at).On(date, mustZone(t, test.zone)).UTC().Format(time.RFC3339)
		if got != test.want {
			t.Errorf("%s: %s on %s in %s = %s, want %s", test.name, test.at, test.date, test.zone, got, test.want)
		}
	}
}

func TestClockTimesAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"9:00": "09:00", "09:00": "09:00", "17:30": "17:30", "0:00": "00:00", "23:59": "23:59"} {
		if got := mustClock(t, text).String(); got != want {
			t.Errorf("%q = %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "9", "24:00", "12:60", "-1:00", "009:00", "9:0", "9:000", "+9:00", "nine"} {
		if at, err := coaching.ParseClockTime(text); err == nil {
			t.Errorf("%q was read as %s", text, at)
		}
	}
}

// zones have gaps and overlaps of an hour, of half an hour and of a day, at
// midnight and at noon, and none.
var zones = []string{
	"UTC", "Asia/Bangkok", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo",
	"America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Asia/Beirut", "America/Nuuk", "Africa/Casablanca",
}

// TestNextIsTheFirstDueInstantThatIsThere walks through two years of a cadence:
// it comes once on every working day of its own, in order, at its local time.
func TestNextIsTheFirstDueInstantThatIsThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(rt, "zone")
		loc := mustZone(t, zone)
		days := coaching.Weekdays(rapid.IntRange(1, 127).Draw(rt, "days"))
		holiday := coaching.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 700).Draw(rt, "holiday"))
		calendar := coaching.Calendar{}.Without(holiday)
		cadence := coaching.Cadence{
			At: coaching.ClockTime(rapid.IntRange(0, 1439).Draw(rt, "at")), Days: days, Zone: zone,
		}
		start := time.Date(2026, 1, 1, rapid.IntRange(0, 23).Draw(rt, "hour"), 0, 0, 0, time.UTC)
		end := start.AddDate(2, 0, 0)
		fired := make(map[coaching.Date]bool)
		for after := start; ; {
			next, ok, err := cadence.Next(after, calendar)
			if err != nil {
				rt.Fatal(err)
			}
			if !ok || next.After(end) {
				break
			}
			if !next.After(after) {
				rt.Fatalf("next after %s is %s", after, next)
			}
			date := coaching.DateOf(next.In(loc))
			if fired[date] {
				rt.Fatalf("fired twice on %s", date)
			}
			fired[date] = true
			after = next
		}
		for date := coaching.DateOf(start.In(loc)).AddDays(1); date.Before(coaching.DateOf(end.In(loc))); date = date.AddDays(1) {
			if want := days.Has(date.Weekday()) && calendar.Works(date); fired[date] != want {
				rt.Errorf("fired on %s: %v, want %v", date, fired[date], want)
			}
		}
	})
}

func TestCadenceThatIsNeverDueSaysSo(t *testing.T) {
	t.Parallel()
	cadence := coaching.Cadence{Days: coaching.WeekdaysOf(time.Sunday), Zone: "UTC"}
	if next, ok, err := cadence.Next(time.Unix(0, 0), coaching.Calendar{}); ok || err != nil {
		t.Errorf("a Sunday cadence of a team that works Monday to Friday is due %s, %v", next, err)
	}
	cadence.Zone = "Atlantis/Deep"
	if _, _, err := cadence.Next(time.Unix(0, 0), coaching.Calendar{}); coaching.CodeOf(err) != coaching.Invalid {
		t.Errorf("an unknown zone gave %v", err)
	}
}
