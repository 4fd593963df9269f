package coaching_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestWhoIsAskedAtACheckIn(t *testing.T) {
	t.Parallel()
	goals := []coaching.Goal{
		{Number: 1}, {Number: 2, Owner: "ben"}, {Number: 3, Owner: "ben", Private: true}, {Number: 4, Owner: "nok"}, {Number: 5},
	}
	lately := []coaching.Entry{
		{Goal: 1, Member: "art", Op: coaching.Add},
		{Goal: 1, Member: "art", Op: coaching.Set},
		{Goal: 5, Member: "nok", Op: coaching.Add},
		{Goal: 2, Member: "boss", Op: coaching.Add},
		{Goal: 1, Member: "lek", Op: coaching.Undo},
	}
	got := fmt.Sprint(coaching.AskedAbout(goals, lately))
	if want := "[{art [] [1]} {ben [2] []} {nok [4] [5]}]"; got != want {
		t.Errorf("asked are %s, want %s", got, want)
	}
}

func TestWhoHasNotAnswered(t *testing.T) {
	t.Parallel()
	asked := []coaching.Asked{
		{Member: "art", Team: []int{1, 5}}, {Member: "ben", Own: []int{2, 6}}, {Member: "nok", Own: []int{4}, Team: []int{5}},
	}
	for _, c := range []struct {
		name    string
		answers string // "member goal", comma-separated
		want    string
	}{
		{"nobody has", "", "art ben nok"},
		{"one of the team's goals is enough", "art 5", "ben nok"},
		{"each of one's own is wanted", "art 1,ben 2", "ben nok"},
		{"the team's does not stand for one's own", "art 1,ben 2,ben 6,nok 5", "nok"},
		{"somebody else's answer is none", "art 1,ben 2,ben 6,boss 4", "nok"},
		{"all have", "art 1,ben 2,ben 6,nok 4", ""},
	} {
		var answers []coaching.Answer
		for text := range strings.SplitSeq(c.answers, ",") {
			var answer coaching.Answer
			if _, err := fmt.Sscanf(text, "%s %d", &answer.Member, &answer.Goal); err == nil {
				answers = append(answers, answer)
			}
		}
		var got []string
		for _, member := range coaching.Waiting(asked, answers) {
			got = append(got, string(member))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v have not answered, want %q", c.name, got, c.want)
		}
	}
}

// An answer more never makes more people be waited for.
func TestAnswersOnlyShortenTheWait(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.SampledFrom([]coaching.MemberID{"a", "b", "c"})
		answer := rapid.Custom(func(t *rapid.T) coaching.Answer {
			return coaching.Answer{Member: members.Draw(t, "member"), Goal: rapid.IntRange(1, 4).Draw(t, "goal")}
		})
		goals := rapid.SliceOfN(rapid.IntRange(1, 4), 0, 3)
		var asked []coaching.Asked
		for _, member := range []coaching.MemberID{"a", "b", "c"} {
			asked = append(asked, coaching.Asked{Member: member, Own: goals.Draw(t, "own"), Team: goals.Draw(t, "team")})
		}
		answers := rapid.SliceOf(answer).Draw(t, "answers")
		before := coaching.Waiting(asked, answers)
		for _, member := range coaching.Waiting(asked, append(answers, answer.Draw(t, "one more"))) {
			if !slices.Contains(before, member) {
				t.Fatalf("%s is waited for after one answer more", member)
			}
		}
	})
}

func TestAnswersAreChecked(t *testing.T) {
	t.Parallel()
	by := coaching.Member{ID: "nok", Name: "Nok"}
	for _, c := range []struct {
		name   string
		goal   coaching.Goal
		mood   coaching.Mood
		note   string
		reason coaching.Reason
	}{
		{"one of the three", coaching.Goal{Number: 1}, coaching.MoodBlocked, " the demo account ", ""},
		{"another mood", coaching.Goal{Number: 1}, "fine", "", "mood_unknown"},
		{"a note that is too long", coaching.Goal{Number: 1}, coaching.MoodAtRisk, strings.Repeat("ก", coaching.MaxNote+1), "note_too_long"},
		{"a note that just fits", coaching.Goal{Number: 1}, coaching.MoodAtRisk, strings.Repeat("ก", coaching.MaxNote), ""},
		{"a goal that is over and done", coaching.Goal{Number: 1, State: coaching.Closed}, coaching.MoodOnTrack, "", "goal_closed"},
	} {
		answer, err := coaching.NewAnswer(c.goal, coaching.Date{}, by, c.mood, c.note, time.Time{}, "r")
		if got := fmt.Sprint(err); c.reason != "" && !strings.Contains(got, string(c.reason)) || c.reason == "" && err != nil {
			t.Errorf("%s: %v, want %q", c.name, err, c.reason)
		}
		if err == nil && answer.Note != strings.TrimSpace(c.note) {
			t.Errorf("%s: the note is %q", c.name, answer.Note)
		}
	}
}

func TestCheckInTakesAnswersUntilTheNextOne(t *testing.T) {
	t.Parallel()
	day := coaching.Date{Year: 2026, Month: time.March, Day: 26}
	for days, want := range map[int]bool{-1: false, 0: true, 6: true, 7: false} {
		if got := coaching.TakesAnswers(day, day.AddDays(days)); got != want {
			t.Errorf("after %d days: %v, want %v", days, got, want)
		}
	}
}

func TestDigestComesAtTheEndOfTheDay(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	evening, err := coaching.ParseQuiet("16:00-08:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		due   string
		quiet coaching.Quiet
		want  string
	}{
		{"asked in the morning", "2026-03-26 10:00", coaching.Quiet{}, "2026-03-26 17:00"},
		{"asked late, people have two hours", "2026-03-26 16:30", coaching.Quiet{}, "2026-03-26 18:30"},
		{"quiet in the evening", "2026-03-26 10:00", evening, "2026-03-27 08:00"},
		{"on the day of the gap", "2026-03-29 09:00", coaching.Quiet{}, "2026-03-29 17:00"},
	} {
		due, err := time.ParseInLocation("2006-01-02 15:04", c.due, berlin)
		if err != nil {
			t.Fatal(err)
		}
		if got := coaching.DigestAt(due, c.quiet, berlin).In(berlin).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: the digest comes %s, want %s", c.name, got, c.want)
		}
	}
}

func TestKudosAreCountedByWhoGotThem(t *testing.T) {
	t.Parallel()
	given := []coaching.Kudos{{To: "nok", Name: "Nok"}, {To: "art", Name: "Art"}, {To: "lek", Name: "Lek"}, {To: "lek", Name: "Lek K."}}
	if got, want := fmt.Sprint(coaching.CountKudos(given)), "[{lek Lek K. 2} {art Art 1} {nok Nok 1}]"; got != want {
		t.Errorf("counted %s, want %s", got, want)
	}
	if _, err := coaching.NewKudos(coaching.Entry{Member: "nok"}, "nok", time.Time{}); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("applause for oneself: %v", err)
	}
}

func TestEndOfAGoalIsToldWithinAWeek(t *testing.T) {
	t.Parallel()
	last := coaching.Date{Year: 2026, Month: time.March, Day: 31}
	goal := coaching.Goal{State: coaching.Active, Period: coaching.PeriodOf(coaching.Month, last)}
	for days, want := range map[int]bool{0: false, 1: true, 7: true, 8: false} {
		if got := coaching.JustEnded(goal, last.AddDays(days)); got != want {
			t.Errorf("after %d days: %v, want %v", days, got, want)
		}
	}
	goal.State = coaching.Closed
	if coaching.JustEnded(goal, last.AddDays(1)) {
		t.Error("the end of a closed goal is told")
	}
	for _, c := range []struct {
		review coaching.Review
		want   bool
	}{
		{coaching.Review{Result: coaching.ResultMet}, true},
		{coaching.Review{Result: coaching.ResultMet, Goal: coaching.Goal{Private: true, Owner: "nok"}}, false},
		{coaching.Review{Result: coaching.ResultMissed}, false},
		{coaching.Review{Result: coaching.ResultUnknown}, false},
	} {
		if got := coaching.ToldInPublic(c.review); got != c.want {
			t.Errorf("%s, private %v: told in public %v", c.review.Result, c.review.Goal.Private, got)
		}
	}
}
