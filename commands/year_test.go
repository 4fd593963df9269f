package commands_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// yearZones have their clock changes in every season and on both sides of
// midnight, or none.
var yearZones = []string{
	"UTC", "Asia/Bangkok", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo",
	"America/Santiago", "Asia/Kathmandu", "Pacific/Auckland", "Asia/Beirut", "America/Los_Angeles", "Africa/Casablanca",
}

// simulated is a workspace of the simulated year, with what a calendar on the
// wall would say of it.
type simulated struct {
	workspace coaching.Workspace
	zone      *time.Location
	at        coaching.ClockTime
	// off are days off beside the work week, away those of its member alone.
	off, away map[coaching.Date]bool
	// own is set where the member has a nudge of their own.
	own bool
}

const simulatedYear = 2027

var simulatedTeams = flag.Int("teams", 24, "how many workspaces live through the simulated year")

// simulate makes the i-th workspace of the year: its zone, hours, work week and
// days off follow from the number.
func simulate(t *testing.T, i int) simulated {
	t.Helper()
	zone, err := coaching.Zone(yearZones[i%len(yearZones)])
	if err != nil {
		t.Fatal(err)
	}
	weekend := coaching.WeekdaysOf(time.Saturday, time.Sunday)
	s := simulated{
		workspace: coaching.NewWorkspace(coaching.WorkspaceID(fmt.Sprintf("slack:T%03d", i))), zone: zone,
		// At nine for some, and for others at hours that clock changes skip and repeat.
		at:  []coaching.ClockTime{9 * 60, 2*60 + 30, 0}[i/len(yearZones)%3],
		own: i%4 == 0,
		off: make(map[coaching.Date]bool), away: make(map[coaching.Date]bool),
	}
	s.workspace.Zone = zone.String()
	s.workspace.Week = []coaching.Weekdays{
		127 &^ weekend, 127 &^ coaching.WeekdaysOf(time.Friday, time.Saturday), 127 &^ coaching.WeekdaysOf(time.Sunday),
	}[i%3]
	for n := range i % 5 {
		day := coaching.Date{Year: simulatedYear, Month: 1, Day: 1}.AddDays((i*37 + n*61) % 365)
		s.off[day] = true
		s.workspace.Holidays = append(s.workspace.Holidays, day)
	}
	leave := coaching.Date{Year: simulatedYear, Month: 2, Day: 1}.AddDays(i * 11 % 300)
	for n := range 10 {
		s.away[leave.AddDays(n)] = true
	}
	return s
}

// keep stores the workspace with a nudge in a channel, and perhaps one for a
// member, who has days off.
func (s simulated) keep(t *testing.T, documents *store.Store, start time.Time) {
	t.Helper()
	ctx := t.Context()
	if err := documents.SaveWorkspace(ctx, s.workspace); err != nil {
		t.Fatal(err)
	}
	days := slices.SortedFunc(maps.Keys(s.away), coaching.Date.Compare)
	rhythm, err := documents.ChangeRhythm(ctx, s.workspace.ID, "U1", func(rhythm coaching.Rhythm) (coaching.Rhythm, error) {
		return rhythm.WithAway(days[0], days[len(days)-1], coaching.DateOf(start))
	})
	if err != nil {
		t.Fatal(err)
	}
	channel := coaching.NewCadence(coaching.NudgeDaily, 127)
	channel.Workspace, channel.At = s.workspace.ID, s.at
	own := channel
	channel.Channel, own.Member = "C1", "U1"
	channel.NextAt, _ = channel.Next(start, s.workspace.Terms())
	own.NextAt, _ = own.Next(start, rhythm.Terms(coaching.Member{}, s.workspace))
	for _, cadence := range []coaching.Cadence{channel, own} {
		if cadence.Member != "" && !s.own {
			continue
		}
		if err := documents.SaveCadence(ctx, cadence); err != nil {
			t.Fatal(err)
		}
	}
}

// check compares what was decided for the workspace with the calendar.
func (s simulated) check(t *testing.T, documents *store.Store, from, until coaching.Date) {
	t.Helper()
	deliveries, err := documents.Deliveries(t.Context(), s.workspace.ID, 1000)
	if err != nil {
		t.Fatal(err)
	}
	came := make(map[string]map[coaching.Date]int)
	for _, delivery := range deliveries {
		local := delivery.DueAt.In(s.zone)
		date := coaching.DateOf(local)
		subject := string(delivery.Channel) + string(delivery.Member)
		if came[subject] == nil {
			came[subject] = make(map[coaching.Date]int)
		}
		came[subject][date]++
		if shown := coaching.ClockTime(local.Hour()*60 + local.Minute()); shown < s.at || shown > s.at+90 {
			t.Errorf("%s: %s is due at %s", s.workspace.Zone, delivery.ID, local)
		}
		if !strings.HasSuffix(delivery.ID, "/"+date.String()) || len(delivery.Notices) != 1 || delivery.Missed != 0 {
			t.Errorf("%s: %s is due at %s with %d notices, %d missed", s.workspace.Zone, delivery.ID, local, len(delivery.Notices), delivery.Missed)
		}
	}
	for day := from; !day.After(until); day = day.AddDays(1) {
		works := s.workspace.Week.Has(day.Weekday()) && !s.off[day]
		for subject, want := range map[string]bool{"C1": works, "U1": works && !s.away[day] && s.own} {
			if got := came[subject][day]; got != 0 != want || got > 1 {
				t.Errorf("%s %s: %d on %s, want %v", s.workspace.ID, subject, got, day, want)
			}
		}
	}
}

// TestEveryCadenceComesOnceOnEachWorkingDayOfAYear lives through a year of many
// workspaces in 12 zones at the scheduler's own speed: from one due instant to
// the next, some of them on two replicas at once.
func TestEveryCadenceComesOnceOnEachWorkingDayOfAYear(t *testing.T) {
	t.Parallel()
	const days = 365
	documents, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = documents.Close(context.Background()) })
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	replicas := [2]*commands.Router{commands.NewRouter(documents, wording), commands.NewRouter(documents, wording)}
	first := coaching.Date{Year: simulatedYear, Month: 1, Day: 1}
	start := first.In(time.UTC)
	end := start.AddDate(0, 0, days)
	teams := make([]simulated, *simulatedTeams)
	for i := range teams {
		teams[i] = simulate(t, i)
		teams[i].keep(t, documents, start)
	}
	ticks := 0
	for ; ; ticks++ {
		next, err := documents.DueCadences(t.Context(), end.AddDate(1, 0, 0), coaching.Cadence{}, 1)
		if err != nil || len(next) == 0 {
			t.Fatal("nothing is due any more", err)
		}
		now := next[0].NextAt
		if !now.Before(end) {
			break
		}
		var both sync.WaitGroup
		for _, replica := range replicas[:1+ticks%8/7] {
			both.Go(func() {
				if err := replica.Tick(t.Context(), now); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if t.Failed() {
			t.FailNow()
		}
	}
	// On the first and the last day not every zone has, or has had, its time.
	for _, team := range teams {
		team.check(t, documents, first.AddDays(1), first.AddDays(days-2))
	}
	t.Logf("%d ticks", ticks)
}
