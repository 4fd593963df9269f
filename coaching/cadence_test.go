package coaching_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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

func mustInstant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// zones have gaps and overlaps of an hour, of half an hour and of a day, at
// midnight and at noon, and none.
var zones = []string{
	"UTC", "Asia/Bangkok", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo",
	"America/Santiago", "Asia/Kathmandu", "Pacific/Apia", "Asia/Beirut", "America/Nuuk", "Africa/Casablanca",
}

// allZones are the names of the zone database that comes with Go.
func allZones(t *testing.T) []string {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(goRoot(t), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skip("the zone database is not here:", err)
	}
	defer func() { _ = archive.Close() }()
	var names []string
	for _, file := range archive.File {
		if !strings.HasSuffix(file.Name, "/") {
			names = append(names, file.Name)
		}
	}
	if len(names) < 500 {
		t.Fatalf("only %d zones", len(names))
	}
	return names
}

func goRoot(t *testing.T) string {
	t.Helper()
	if root := os.Getenv("GOROOT"); root != "" {
		return root
	}
	return runtime.GOROOT() //nolint:staticcheck // Tests run where Go is installed.
}

// walk follows a cadence from a time to another and returns on which local days it
// comes, checking that it moves on.
func walk(t interface {
	Fatalf(format string, args ...any)
}, cadence coaching.Cadence, terms coaching.Terms, start, end time.Time,
) map[coaching.Date]time.Time {
	fired := make(map[coaching.Date]time.Time)
	for after := start; ; {
		next, ok := cadence.Next(after, terms)
		if !ok || next.After(end) {
			return fired
		}
		if !next.After(after) {
			t.Fatalf("next after %s is %s", after, next)
		}
		date := coaching.DateOf(next.In(terms.Zone))
		if _, again := fired[date]; again {
			t.Fatalf("twice on %s", date)
		}
		fired[date] = next
		after = next
	}
}

// TestCadenceComesOnceOnEachOfItsDaysInEveryZone walks through every zone that
// there is, over years in which many of them changed their clocks: it comes once
// on every working day of its own that exists there, at the first instant from
// its local time on.
func TestCadenceComesOnceOnEachOfItsDaysInEveryZone(t *testing.T) {
	t.Parallel()
	for i, name := range allZones(t) {
		loc := mustZone(t, name)
		// The hours of most changes of clocks, on either side of midnight.
		for _, at := range []coaching.ClockTime{0, 2*60 + 30, 9 * 60, 23*60 + 45} {
			year := 2005 + (i+int(at))%25
			start, end := time.Date(year, 1, 1, 0, 0, 0, 0, loc), time.Date(year+1, 1, 8, 0, 0, 0, 0, loc)
			cadence := coaching.Cadence{Kind: coaching.NudgeDaily, At: at, Days: 127}
			terms := coaching.Terms{Calendar: everyDay(t), Zone: loc}
			fired := walk(t, cadence, terms, start.Add(-time.Millisecond), end.Add(-time.Millisecond))
			for date := coaching.DateOf(start); date.Before(coaching.DateOf(end)); date = date.AddDays(1) {
				if got, want := fired[date], firstAt(date, at, loc); !got.Equal(want) {
					t.Errorf("%s: %s on %s comes at %s, want %s", name, at, date, got, want)
				}
			}
		}
	}
}

func everyDay(t testing.TB) coaching.Calendar {
	t.Helper()
	calendar, err := coaching.NewCalendar(127)
	if err != nil {
		t.Fatal(err)
	}
	return calendar
}

// firstAt is when a local day's clock shows the time. Around a change of clocks it
// looks minute by minute for the first instant of a local day at which
// its clock shows the time or, where that is skipped, a later one. It is zero for
// a day that the zone does not have.
func firstAt(date coaching.Date, at coaching.ClockTime, loc *time.Location) time.Time {
	plain := time.Date(date.Year, date.Month, date.Day, int(at)/60, int(at)%60, 0, 0, loc)
	const near = 26 * time.Hour
	if start, end := plain.ZoneBounds(); (start.IsZero() || plain.Sub(start) > near) && (end.IsZero() || end.Sub(plain) > near) {
		return plain
	}
	begin := time.Date(date.Year, date.Month, date.Day, 12, 0, 0, 0, time.UTC).Add(-38 * time.Hour)
	var later time.Time
	for minute := range 76 * 60 {
		instant := begin.Add(time.Duration(minute) * time.Minute)
		local := instant.In(loc)
		if coaching.DateOf(local) != date {
			continue
		}
		shown := coaching.ClockTime(local.Hour()*60 + local.Minute())
		if shown == at {
			return instant
		}
		if shown > at && later.IsZero() {
			later = instant
		}
	}
	return later
}

// TestNextKeepsToDaysAndTerms walks through two years with holidays, days off,
// quiet hours and breaks of any kind.
func TestNextKeepsToDaysAndTerms(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		loc := mustZone(t, rapid.SampledFrom(zones).Draw(rt, "zone"))
		first := coaching.Date{Year: 2026, Month: 1, Day: 1}
		day := func(label string) coaching.Date { return first.AddDays(rapid.IntRange(0, 700).Draw(rt, label)) }
		week := coaching.Weekdays(rapid.IntRange(1, 127).Draw(rt, "week"))
		calendar, err := coaching.NewCalendar(week, day("holiday"), day("other holiday"))
		if err != nil {
			rt.Fatal(err)
		}
		rhythm := coaching.Rhythm{SnoozedUntil: first.AddDays(rapid.IntRange(0, 90).Draw(rt, "snooze"))}
		leave := day("leave")
		if rhythm, err = rhythm.WithAway(leave, leave.AddDays(rapid.IntRange(0, 30).Draw(rt, "length")), first); err != nil {
			rt.Fatal(err)
		}
		terms := coaching.Terms{
			Calendar: rhythm.Calendar(calendar), Zone: loc, SnoozedUntil: rhythm.SnoozedUntil,
			Quiet: coaching.Quiet{
				From: coaching.ClockTime(rapid.IntRange(0, 1439).Draw(rt, "quiet from")),
				To:   coaching.ClockTime(rapid.IntRange(0, 1439).Draw(rt, "quiet to")),
			},
		}
		cadence := coaching.Cadence{
			Kind: coaching.NudgeDaily, At: coaching.ClockTime(rapid.IntRange(0, 1439).Draw(rt, "at")),
			Days: coaching.Weekdays(rapid.IntRange(1, 127).Draw(rt, "days")), Told: first.AddDays(rapid.IntRange(-5, 5).Draw(rt, "told")),
		}
		start := time.Date(2026, 1, 1, rapid.IntRange(0, 23).Draw(rt, "hour"), 0, 0, 0, loc)
		end := time.Date(2028, 1, 1, 0, 0, 0, 0, loc)
		fired := walk(rt, cadence, terms, start, end)
		for date := first.AddDays(1); date.Before(coaching.DateOf(end)); date = date.AddDays(1) {
			at, came := fired[date]
			_, away := rhythm.AwayOn(date)
			own := cadence.Days.Has(date.Weekday()) && calendar.Works(date) && !away &&
				!date.Before(rhythm.SnoozedUntil) && date.After(cadence.Told)
			switch {
			case came && !own:
				rt.Errorf("it came on %s", date)
			case came && terms.Quiet.Holds(at.In(loc)):
				rt.Errorf("it came in the quiet hours, %s", at.In(loc))
			case !came && own && !quietFrom(terms.Quiet, cadence.At, date, loc):
				rt.Errorf("it did not come on %s", date)
			}
		}
	})
}

// quietFrom reports whether all of a local day from a time on is quiet.
func quietFrom(quiet coaching.Quiet, at coaching.ClockTime, date coaching.Date, loc *time.Location) bool {
	for t := at.On(date, loc); coaching.DateOf(t.In(loc)) == date; t = t.Add(time.Minute) {
		if !quiet.Holds(t.In(loc)) {
			return false
		}
	}
	return true
}

func TestNextByTheRules(t *testing.T) {
	t.Parallel()
	const friday = "2026-11-20T02:00:00Z" // 09:00 in Bangkok
	bangkok := mustZone(t, "Asia/Bangkok")
	holidays := func(days ...string) coaching.Calendar {
		var dates []coaching.Date
		for _, day := range days {
			dates = append(dates, mustDate(t, day))
		}
		return coaching.Calendar{}.Without(dates...)
	}
	weekly := coaching.WeekdaysOf(time.Friday)
	for _, test := range []struct {
		name    string
		cadence coaching.Cadence
		terms   coaching.Terms
		want    string
	}{
		{"Friday is followed by Monday", coaching.Cadence{}, coaching.Terms{}, "2026-11-23T02:00:00Z"},
		{"a holiday is left out", coaching.Cadence{}, coaching.Terms{Calendar: holidays("2026-11-23")}, "2026-11-24T02:00:00Z"},
		{"the cadence's zone comes before that of whom it is for", coaching.Cadence{Zone: "America/New_York"}, coaching.Terms{}, "2026-11-20T14:00:00Z"},
		{"on a day that was told it does not come again", coaching.Cadence{At: 17 * 60, Told: mustDate(t, "2026-11-20")}, coaching.Terms{}, "2026-11-23T10:00:00Z"},
		{"on the same day at a later time it comes", coaching.Cadence{At: 17 * 60, Told: mustDate(t, "2026-11-19")}, coaching.Terms{}, "2026-11-20T10:00:00Z"},
		{"a channel's break", coaching.Cadence{SnoozedUntil: mustDate(t, "2026-12-01")}, coaching.Terms{}, "2026-12-01T02:00:00Z"},
		{"a member's break", coaching.Cadence{}, coaching.Terms{SnoozedUntil: mustDate(t, "2026-12-01")}, "2026-12-01T02:00:00Z"},
		{"a break that ends on a day off", coaching.Cadence{}, coaching.Terms{SnoozedUntil: mustDate(t, "2026-11-28")}, "2026-11-30T02:00:00Z"},
		{"a muted kind", coaching.Cadence{}, coaching.Terms{Muted: map[coaching.CadenceKind]coaching.Date{coaching.NudgeDaily: mustDate(t, "2026-12-02")}}, "2026-12-02T02:00:00Z"},
		{"another kind is muted", coaching.Cadence{}, coaching.Terms{Muted: map[coaching.CadenceKind]coaching.Date{coaching.ReviewEnd: mustDate(t, "2026-12-02")}}, "2026-11-23T02:00:00Z"},
		{"quiet until ten", coaching.Cadence{}, coaching.Terms{Quiet: coaching.Quiet{From: 20 * 60, To: 10 * 60}}, "2026-11-20T03:00:00Z"},
		{"quiet over noon only", coaching.Cadence{}, coaching.Terms{Quiet: coaching.Quiet{From: 12 * 60, To: 13 * 60}}, "2026-11-23T02:00:00Z"},
		{"a weekly check-in", coaching.Cadence{Kind: coaching.CheckInWeekly, Days: weekly}, coaching.Terms{}, "2026-11-27T02:00:00Z"},
		{
			"a check-in on a holiday is held the day before",
			coaching.Cadence{Kind: coaching.CheckInWeekly, Days: weekly},
			coaching.Terms{Calendar: holidays("2026-11-27")},
			"2026-11-26T02:00:00Z",
		},
		{
			"before two holidays, too",
			coaching.Cadence{Kind: coaching.CheckInWeekly, Days: weekly},
			coaching.Terms{Calendar: holidays("2026-11-27", "2026-11-26")},
			"2026-11-25T02:00:00Z",
		},
		{
			"not in the week before",
			coaching.Cadence{Kind: coaching.CheckInWeekly, Days: coaching.WeekdaysOf(time.Monday)},
			coaching.Terms{Calendar: holidays("2026-11-23")},
			"2026-11-30T02:00:00Z",
		},
		{"a nudge on Fridays is not moved", coaching.Cadence{Days: weekly}, coaching.Terms{Calendar: holidays("2026-11-27")}, "2026-12-04T02:00:00Z"},
	} {
		if test.cadence.Kind == "" {
			test.cadence.Kind = coaching.NudgeDaily
		}
		if test.cadence.At == 0 {
			test.cadence.At = 9 * 60
		}
		if test.cadence.Days == 0 {
			test.cadence.Days = coaching.MondayToFriday
		}
		test.terms.Zone = bangkok
		if test.want == "" {
			continue
		}
		if next, ok := test.cadence.Next(mustInstant(t, friday), test.terms); !ok || next.Format(time.RFC3339) != test.want {
			t.Errorf("%s: next is %s, %v; want %s", test.name, next.Format(time.RFC3339), ok, test.want)
		}
	}
}

func TestCadenceThatIsNeverDueSaysSo(t *testing.T) {
	t.Parallel()
	cadence := coaching.Cadence{Kind: coaching.NudgeDaily, Days: coaching.WeekdaysOf(time.Sunday)}
	if next, ok := cadence.Next(time.Unix(0, 0), coaching.Terms{Zone: time.UTC}); ok {
		t.Errorf("a Sunday cadence of a team that works Monday to Friday is due %s", next)
	}
	quiet := coaching.Terms{Zone: time.UTC, Quiet: coaching.Quiet{From: 20 * 60, To: 8 * 60}}
	cadence = coaching.Cadence{Kind: coaching.NudgeDaily, Days: coaching.MondayToFriday, At: 21 * 60}
	if next, ok := cadence.Next(time.Unix(0, 0), quiet); ok {
		t.Errorf("a cadence in the quiet hours until the next day is due %s", next)
	}
}

func TestCatchUpDecidesTheLatestOccurrenceAlone(t *testing.T) {
	t.Parallel()
	cadence := coaching.Cadence{
		Kind: coaching.NudgeDaily, At: 9 * 60, Days: coaching.MondayToFriday, NextAt: mustInstant(t, "2026-11-16T09:00:00Z"),
	}
	terms := coaching.Terms{Zone: time.UTC}
	for _, test := range []struct {
		name, now string
		holidays  []coaching.Date
		want      string // empty for none
		missed    int
	}{
		{name: "in time", now: "2026-11-16T09:00:03Z", want: "2026-11-16T09:00:00Z"},
		{name: "later that day", now: "2026-11-16T23:00:00Z", want: "2026-11-16T09:00:00Z"},
		{name: "two days down", now: "2026-11-18T10:00:00Z", want: "2026-11-18T09:00:00Z", missed: 2},
		{name: "over a weekend", now: "2026-11-23T08:59:59Z", want: "2026-11-20T09:00:00Z", missed: 4},
		{name: "a year down", now: "2027-11-16T08:00:00Z", want: "2027-11-15T09:00:00Z", missed: 260},
		{name: "a holiday was entered for the day", now: "2026-11-16T09:00:03Z", holidays: []coaching.Date{mustDate(t, "2026-11-16")}},
		{
			name: "a holiday was entered, and another day is due", now: "2026-11-17T09:00:03Z",
			holidays: []coaching.Date{mustDate(t, "2026-11-16")}, want: "2026-11-17T09:00:00Z",
		},
	} {
		terms.Calendar = coaching.Calendar{}.Without(test.holidays...)
		at, missed, ok := cadence.CatchUp(mustInstant(t, test.now), terms)
		if got := ""; ok {
			got = at.Format(time.RFC3339)
			if got != test.want || missed != test.missed {
				t.Errorf("%s: %s with %d missed, want %s with %d", test.name, got, missed, test.want, test.missed)
			}
		} else if test.want != "" {
			t.Errorf("%s: none, want %s", test.name, test.want)
		}
	}
}

func TestPostsExpireWhenTheyAreOfNoUse(t *testing.T) {
	t.Parallel()
	evening := coaching.Quiet{From: 18 * 60, To: 8 * 60}
	for _, test := range []struct {
		name  string
		kind  coaching.CadenceKind
		due   string
		quiet coaching.Quiet
		want  string
	}{
		{"a nudge after six hours", coaching.NudgeDaily, "2026-11-16T09:00:00+07:00", coaching.Quiet{}, "2026-11-16T15:00:00+07:00"},
		{"a late nudge with its day", coaching.NudgeDaily, "2026-11-16T20:00:00+07:00", coaching.Quiet{}, "2026-11-17T00:00:00+07:00"},
		{"a nudge before the quiet hours", coaching.NudgeDaily, "2026-11-16T15:00:00+07:00", evening, "2026-11-16T18:00:00+07:00"},
		{"a check-in with its day", coaching.CheckInWeekly, "2026-11-16T15:00:00+07:00", coaching.Quiet{}, "2026-11-17T00:00:00+07:00"},
		{"a review after three days", coaching.ReviewEnd, "2026-11-16T10:00:00+07:00", evening, "2026-11-19T10:00:00+07:00"},
	} {
		cadence := coaching.Cadence{Kind: test.kind}
		terms := coaching.Terms{Zone: mustZone(t, "Asia/Bangkok"), Quiet: test.quiet}
		if got := cadence.Expires(mustInstant(t, test.due), terms); !got.Equal(mustInstant(t, test.want)) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestNewCadenceIsAsTeamsUsuallyWantIt(t *testing.T) {
	t.Parallel()
	for week, want := range map[coaching.Weekdays]time.Weekday{
		coaching.MondayToFriday: time.Friday,
		coaching.WeekdaysOf(time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday): time.Thursday,
		coaching.MondayToFriday | coaching.WeekdaysOf(time.Saturday):                               time.Saturday,
		coaching.WeekdaysOf(time.Tuesday):                                                          time.Tuesday,
		127:                                                                                        time.Friday,
	} {
		if got := coaching.NewCadence(coaching.CheckInWeekly, week).Days; got != coaching.WeekdaysOf(want) {
			t.Errorf("the check-in of a team that works %07b is on %07b, want %s", week, got, want)
		}
		if got := coaching.NewCadence(coaching.NudgeDaily, week).Days; got != week {
			t.Errorf("the nudge of a team that works %07b is on %07b", week, got)
		}
	}
}
