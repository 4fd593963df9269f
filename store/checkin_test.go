package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestLastAnswerOfAWeekCounts(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		week := coaching.DateOf(start)
		answer := func(request string, goal int, member coaching.MemberID, mood coaching.Mood, minute int) coaching.Answer {
			return coaching.Answer{
				Workspace: team, Week: week, Goal: goal, Member: member, Name: "N", Mood: mood, Note: "n " + request,
				At: start.Add(time.Duration(minute) * time.Minute), Request: request,
			}
		}
		for _, c := range []struct {
			answer   coaching.Answer
			repeated bool
		}{
			{answer("r1", 2, "U1", coaching.MoodOnTrack, 1), false},
			{answer("r1", 2, "U1", coaching.MoodOnTrack, 1), true},
			{answer("r2", 2, "U1", coaching.MoodBlocked, 5), false},
			{answer("r0", 2, "U1", coaching.MoodOnTrack, 3), true}, // late, and overtaken
			{answer("r3", 2, "U2", coaching.MoodAtRisk, 2), false},
			{answer("r4", 1, "U2", coaching.MoodOnTrack, 9), false},
		} {
			if repeated, err := s.SaveAnswer(t.Context(), c.answer); err != nil || repeated != c.repeated {
				t.Errorf("%s: repeated %v, %v", c.answer.Request, repeated, err)
			}
		}
		got, err := s.Answers(t.Context(), team, week)
		if err != nil {
			t.Fatal(err)
		}
		want := []coaching.Answer{
			answer("r4", 1, "U2", coaching.MoodOnTrack, 9), answer("r3", 2, "U2", coaching.MoodAtRisk, 2), answer("r2", 2, "U1", coaching.MoodBlocked, 5),
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		for _, other := range []struct {
			workspace coaching.WorkspaceID
			week      coaching.Date
		}{{team, week.AddDays(7)}, {"slack:T2", week}} {
			if found, err := s.Answers(t.Context(), other.workspace, other.week); err != nil || len(found) > 0 {
				t.Errorf("%v: %+v, %v", other, found, err)
			}
		}
	})
}

func TestKudosCountOncePerMemberAndWin(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		give := func(win string, from coaching.MemberID, at time.Time) bool {
			repeated, err := s.GiveKudos(t.Context(), coaching.Kudos{Workspace: team, Win: win, From: from, To: "U1", Name: "Nok", At: at})
			if err != nil {
				t.Fatal(err)
			}
			return repeated
		}
		if give("e1", "U2", start) || !give("e1", "U2", start.Add(time.Hour)) || give("e1", "U3", start.Add(time.Hour)) || give("e2", "U2", start.Add(2*time.Hour)) {
			t.Error("kudos are not counted once for a member and a win")
		}
		found, err := s.KudosSince(t.Context(), team, start, start.Add(2*time.Hour))
		if err != nil || len(found) != 2 || found[0].From != "U2" || found[1].From != "U3" || found[0].Name != "Nok" {
			t.Errorf("between are %+v, %v", found, err)
		}
	})
}

func TestFactsOfCheckInsAndEndedGoalsSurviveTheOutbox(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		day := coaching.DateOf(start)
		checkIn := coaching.CheckIn{
			Date: day, Week: day.AddDays(-1), MoreGoals: 3, Away: []coaching.MemberID{"U9"},
			Goals: []coaching.Standing{
				{Goal: goal, Progress: coaching.Progress{Value: decimal.NewFromInt(3), Entries: 1, LastAt: start, Cases: 7}},
				{Goal: goal},
			},
			Asked: []coaching.Asked{{Member: "U1", Own: []int{1}}, {Member: "U2", Team: []int{2, 3}}},
		}
		win := coaching.SmallWin{ID: "win~1", Workspace: team, Goal: goal.Number, Member: "U1", Week: day, Due: day, Kind: coaching.WinPieces, Title: "win_pieces_calls", Count: 4}
		review, err := coaching.NewReview(coaching.Ending{
			Goal: goal, Entries: []coaching.Entry{entry(goal, "r1", start, "3")}, At: goal.Period.To.AddDays(2).In(time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
		want := coaching.Delivery{
			ID: "d", Workspace: team, Channel: "C1", State: coaching.Pending, NextAt: start, DueAt: start, ExpiresAt: start,
			Notices: []coaching.Notice{
				checkIn,
				coaching.Digest{CheckIn: checkIn},
				coaching.Answered{Date: day, Under: "c", Goal: goal, Answer: coaching.Answer{
					Workspace: team, Week: day, Goal: goal.Number, Member: "U1", Name: "Nok", Mood: coaching.MoodAtRisk, Note: "n", At: start, Request: "r",
				}},
				coaching.Nudge{
					Date: day, Since: day, SmallAll: 3, SmallTicked: 1, Applause: []coaching.Applause{{Member: "U1", Name: "Nok", Count: 2}},
					Small: []coaching.WeekWin{{Win: win, Goal: goal, Done: true, Name: "Nok"}},
				},
				coaching.Ended{Date: day, Member: "U1", Review: review, Keep: "the demos", Ticked: 5},
			},
		}
		if err := s.Enqueue(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		got, err := s.Delivery(t.Context(), "d")
		if err != nil {
			t.Fatal(err)
		}
		// A review is stored as one, and says the same when it is read again.
		stored, _, err := s.SaveReview(t.Context(), review)
		if err != nil {
			t.Fatal(err)
		}
		want.Revision = got.Revision
		want.Notices[4] = coaching.Ended{Date: day, Member: "U1", Review: stored, Keep: "the demos", Ticked: 5}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		if _, err := s.Delivery(t.Context(), "none"); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("a delivery that is not there: %v", err)
		}
	})
}
