package coaching_test

import (
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

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
