package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestEpisodeIsKeptAndWhoeverIsLateDoesNotOverwriteIt(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		day := func(m time.Month) coaching.Date { return coaching.Date{Year: 2026, Month: m, Day: 1} }
		watched := coaching.Watched{
			Workspace: team, Stream: coaching.Stream{Family: coaching.FamilyWinProduct, Part: "Größe/L"},
			Episode: coaching.Episode{
				State: coaching.AlarmRaised, Raised: day(3), Since: day(2), Base: day(1), Cleared: day(1), ToldTooLittle: true,
			},
			SnoozedUntil: day(4),
		}
		if err := s.SaveEpisode(t.Context(), watched); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveEpisode(t.Context(), watched); coaching.CodeOf(err) != coaching.Conflict {
			t.Errorf("a second first look: %v", err)
		}
		read := func() coaching.Watched {
			found, err := s.Episodes(t.Context(), team)
			if err != nil || len(found) != 1 {
				t.Fatalf("%+v, %v", found, err)
			}
			return found[0]
		}
		got := read()
		watched.Revision = got.Revision
		if got != watched {
			t.Errorf("got  %+v\nwant %+v", got, watched)
		}
		hush := func(w coaching.Watched) coaching.Watched {
			w.Hushed = true
			return w
		}
		if err := s.ChangeEpisode(t.Context(), team, watched.Stream, hush); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveEpisode(t.Context(), got); coaching.CodeOf(err) != coaching.Conflict {
			t.Errorf("a look that read before somebody spoke: %v", err)
		}
		if !read().Hushed {
			t.Error("what somebody said is lost")
		}
		if other, err := s.Episodes(t.Context(), "slack:T2"); err != nil || len(other) > 0 {
			t.Errorf("another workspace sees %+v, %v", other, err)
		}
	})
}

func TestLatestWordOnAWarningCounts(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		warned := coaching.Warned{Workspace: team, ID: "w1", Stream: coaching.Stream{Family: coaching.FamilyChurn}, At: start}
		for range 2 {
			if err := s.SaveWarned(t.Context(), warned); err != nil {
				t.Fatal(err)
			}
		}
		for _, word := range []struct {
			verdict coaching.Verdict
			by      coaching.MemberID
			minute  int
		}{{coaching.VerdictUseful, "U1", 5}, {coaching.VerdictFalseAlarm, "U2", 9}, {coaching.VerdictUseful, "U3", 7}} {
			err := s.AnswerWarning(t.Context(), team, "w1", word.verdict, word.by, start.Add(time.Duration(word.minute)*time.Minute))
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := s.SaveWarned(t.Context(), warned); err != nil { // a look that is repeated
			t.Fatal(err)
		}
		warned.Verdict, warned.By, warned.AnsweredAt = coaching.VerdictFalseAlarm, "U2", start.Add(9*time.Minute)
		got, err := s.WarnedSince(t.Context(), team, start)
		if err != nil || len(got) != 1 || fmt.Sprint(got[0]) != fmt.Sprint(warned) {
			t.Errorf("got %+v, %v, want %+v", got, err, warned)
		}
		if _, err := s.Warned(t.Context(), "slack:T2", "w1"); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("another workspace's warning: %v", err)
		}
	})
}
