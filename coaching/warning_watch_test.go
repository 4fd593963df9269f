package coaching_test

import (
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// looksAt is what a look found on a stream, as the statistics say it.
func looksAt(event coaching.AlarmEvent, raised bool, since coaching.Date) coaching.Alarm {
	alarm := coaching.Alarm{Event: event, Since: since, Episode: coaching.Episode{State: coaching.AlarmQuiet}}
	if raised {
		alarm.Episode = coaching.Episode{State: coaching.AlarmRaised, Raised: since, Since: since}
	}
	return alarm
}

// lives is a stream over several looks.
type lives struct {
	t       *testing.T
	watched coaching.Watched
	today   coaching.Date
}

// look lets some weeks pass, looks, and compares what there is to tell.
func (l *lives) look(weeks int, alarm coaching.Alarm, covered bool, want coaching.AlarmEvent) {
	l.t.Helper()
	l.today = l.today.AddDays(7 * weeks)
	var event coaching.AlarmEvent
	if l.watched, event, _ = l.watched.After(alarm, covered, l.today); event != want {
		l.t.Errorf("on %s it tells %q, want %q", l.today, event, want)
	}
}

func newLife(t *testing.T) *lives {
	t.Helper()
	return &lives{
		t: t, watched: coaching.Watched{Stream: coaching.Stream{Family: coaching.FamilyWinRate}},
		today: coaching.Date{Year: 2026, Month: 3, Day: 2},
	}
}

var february = coaching.Date{Year: 2026, Month: 2, Day: 1}

func TestEpisodeIsToldAtItsBeginningAndItsEndAndNotBetween(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.look(0, looksAt(coaching.AlarmBegan, true, february), false, coaching.AlarmBegan)
	l.look(1, looksAt("", true, february), false, "")
	l.look(1, looksAt("", true, february), false, "")
	l.look(4, looksAt(coaching.AlarmCleared, false, february), false, coaching.AlarmCleared)
	l.look(1, looksAt("", false, coaching.Date{}), false, "")
}

func TestSnoozedEpisodeIsQuietAndRemindsOnceWhenTheBreakIsOver(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.look(0, looksAt(coaching.AlarmBegan, true, february), false, coaching.AlarmBegan)
	l.watched.SnoozedUntil = l.today.AddDays(coaching.SnoozeDays)
	l.look(3, looksAt("", true, february), false, "")
	l.look(1, looksAt("", true, february), false, coaching.AlarmStill)
	l.look(1, looksAt("", true, february), false, "")
}

func TestEpisodeThatEndsWhileSnoozedIsNotToldOfAgain(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.look(0, looksAt(coaching.AlarmBegan, true, february), false, coaching.AlarmBegan)
	l.watched.SnoozedUntil = l.today.AddDays(coaching.SnoozeDays)
	l.look(2, looksAt(coaching.AlarmCleared, false, february), false, "")
	l.look(4, looksAt("", false, coaching.Date{}), false, "")
}

func TestEpisodeThatBeginsWhileSnoozedIsToldWhenTheBreakIsOver(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.watched.SnoozedUntil = l.today.AddDays(20)
	l.look(1, looksAt(coaching.AlarmBegan, true, february), false, "")
	l.look(2, looksAt("", true, february), false, coaching.AlarmStill)
}

func TestFalseAlarmIsNotToldOfAgainButTheNextEpisodeIs(t *testing.T) {
	t.Parallel()
	l := newLife(t)
	l.look(0, looksAt(coaching.AlarmBegan, true, february), false, coaching.AlarmBegan)
	l.watched.Hushed = true
	l.look(1, looksAt("", true, february), false, "")
	l.look(4, looksAt(coaching.AlarmCleared, false, february), false, "")
	july := coaching.Date{Year: 2026, Month: 7, Day: 1}
	l.look(12, looksAt(coaching.AlarmBegan, true, july), false, coaching.AlarmBegan)
	l.look(8, looksAt(coaching.AlarmCleared, false, july), false, coaching.AlarmCleared)
}

// sights is a sighting of a stream whose alarm has just begun.
func sights(family coaching.StreamFamily, part string, since coaching.Date, personal bool) coaching.Sighting {
	stream := coaching.Stream{Family: family, Part: part}
	return coaching.Sighting{
		Stream: stream, Personal: personal, Alarm: looksAt(coaching.AlarmBegan, true, since), Fact: coaching.Warning{Stream: stream},
	}
}

func TestPartThatMovedWithItsWholeIsNotToldBesidesAndAPersonsIsForManagersAlone(t *testing.T) {
	t.Parallel()
	today := coaching.Date{Year: 2026, Month: 3, Day: 2}
	at := today.In(time.UTC)
	round := coaching.NewRound("slack:T1", today, at, nil)
	round.See(sights(coaching.FamilyWinRate, "", february, false))
	round.See(sights(coaching.FamilyWinProduct, "Widget", february, false))
	round.See(sights(coaching.FamilyWinTerritory, "South", coaching.Date{Year: 2025, Month: 10, Day: 1}, false))
	round.See(sights(coaching.FamilyWinRep, "Ben", february, true))
	posts := round.Posts("C1", []coaching.MemberID{"U1", "U2"})
	var told []string
	for _, post := range posts {
		warning, ok := post.Notices[0].(coaching.Warning)
		if !ok {
			t.Fatalf("a post of %T", post.Notices[0])
		}
		told = append(told, string(post.Channel)+string(post.Member)+" "+warning.Stream.Key())
	}
	want := []string{"C1 win_rate/", "C1 win_rate_territory/South", "U1 win_rate_rep/Ben", "U2 win_rate_rep/Ben"}
	if len(told) != len(want) {
		t.Fatalf("told %q, want %q", told, want)
	}
	for i := range want {
		if told[i] != want[i] {
			t.Errorf("told %q, want %q", told[i], want[i])
		}
	}
	if n := len(round.Episodes()); n != 4 {
		t.Errorf("%d episodes are remembered, want all 4", n)
	}
	again := coaching.NewRound("slack:T1", today.AddDays(7), at.AddDate(0, 0, 7), nil)
	again.See(sights(coaching.FamilyWinRate, "", february, false))
	if repeated := again.Posts("C1", nil); repeated[0].ID != posts[0].ID {
		t.Errorf("a look that is repeated tells it as %s, not as %s", repeated[0].ID, posts[0].ID)
	}
}
