package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// ended is a review of the team's demos of March with all that a review can
// hold.
func ended(t testing.TB, goal coaching.Goal) coaching.Review {
	t.Helper()
	observe := func(month time.Month, value int64) coaching.Observation {
		return coaching.Observation{
			Kind:   goal.Kind,
			Period: coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2025, Month: month, Day: 1}), Value: decimal.NewFromInt(value),
		}
	}
	roster, err := coaching.NewRoster(coaching.Calendar{}, nil, coaching.Rep{Member: "U1"}, coaching.Rep{
		Member: "U2", Start: coaching.Date{Year: 2026, Month: time.March, Day: 16},
	})
	if err != nil {
		t.Fatal(err)
	}
	var history []coaching.Observation
	for month := range 14 {
		history = append(history, observe(time.Month(month+1), int64(15+month%4)))
	}
	review, err := coaching.NewReview(coaching.Ending{
		Goal: goal,
		Entries: []coaching.Entry{
			entry(goal, "r2", start.AddDate(0, 0, 20), "12.5"), entry(goal, "r1", start, "6"),
		},
		Segments:   []coaching.Segment{{Name: "ใหม่", Value: decimal.NewFromInt(10), Of: 12}},
		Milestones: []coaching.Milestone{{Day: coaching.DateOf(start).AddDays(4), Value: 5}, {Day: goal.Period.To, Value: 20}},
		Expected: coaching.Expectation{
			Low: 12.25, Middle: 16, High: 21, Target: decimal.NewFromInt(20), Chance: 0.125, Verdict: coaching.Challenging, Used: 14, Span: coaching.Month,
		},
		HasExpected: true,
		History:     history, Roster: roster,
		Lessons: "call earlier <!channel>", LessonsBy: "U1", At: start.AddDate(0, 1, 0),
	})
	if err != nil {
		t.Fatal(err)
	}
	return review
}

func TestReviewComesBackAsItWasMadeAndIsMadeOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		want := ended(t, created(t, s, demos(t, ""), "d"))
		if len(want.Next.Tiers) == 0 || !want.Next.Team.Known || len(want.Milestones) == 0 {
			t.Fatalf("the sample lacks a part: %+v", want)
		}
		stored, repeated, err := s.SaveReview(t.Context(), want)
		if err != nil || repeated {
			t.Fatalf("repeated %v, %v", repeated, err)
		}
		read, err := s.Review(t.Context(), team, want.Goal.Number)
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range []coaching.Review{stored, read} {
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		}
		other := want
		other.Result, other.Lessons = coaching.ResultMet, "something else"
		kept, repeated, err := s.SaveReview(t.Context(), other)
		if err != nil || !repeated || kept.Result != want.Result || kept.Lessons != want.Lessons {
			t.Errorf("a second review is kept as %s, %q, repeated %v, %v", kept.Result, kept.Lessons, repeated, err)
		}
		if _, err := s.Review(t.Context(), "slack:T2", want.Goal.Number); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("another workspace reads it: %v", err)
		}
	})
}

func TestReviewsOfAKindComeLatestPeriodFirst(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		for i, months := range []int{0, 2, 1} {
			goal := created(t, s, demos(t, ""), fmt.Sprint("d", i))
			review := ended(t, goal)
			review.Goal.Period = goal.Period.Shift(months)
			if _, _, err := s.SaveReview(t.Context(), review); err != nil {
				t.Fatal(err)
			}
		}
		found, err := s.Reviews(t.Context(), team, coaching.Meetings, 2)
		if err != nil || len(found) != 2 || found[0].Goal.Number != 2 || found[1].Goal.Number != 3 {
			t.Errorf("found %d, %v; want #2 and #3", len(found), err)
		}
		if none, err := s.Reviews(t.Context(), team, coaching.Revenue, 10); err != nil || len(none) != 0 {
			t.Errorf("of another kind %d, %v", len(none), err)
		}
	})
}

func TestLessonsAreAddedOnceEachByWhoeverComes(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		review := ended(t, created(t, s, demos(t, ""), "d"))
		review.Lessons = ""
		if _, err := s.AddLessons(t.Context(), team, 1, "too early", "U1"); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("lessons of no review: %v", err)
		}
		if _, _, err := s.SaveReview(t.Context(), review); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if _, err := s.AddLessons(t.Context(), team, 1, fmt.Sprint("lesson ", i/2), "U2"); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		got, err := s.Review(t.Context(), team, 1)
		if err != nil || len(strings.Split(got.Lessons, "\n")) != 4 || got.LessonsBy != "U2" {
			t.Errorf("lessons %q by %s, %v; want four", got.Lessons, got.LessonsBy, err)
		}
		if _, err := s.AddLessons(t.Context(), team, 1, strings.Repeat("ก", coaching.MaxText), "U2"); coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("lessons without end: %v", err)
		}
	})
}

func TestExpectationIsKeptAsItWasAtFirst(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		want := coaching.Expectation{
			Low: 12.25, Middle: 16, High: 21, Target: decimal.RequireFromString("20.5"), Chance: 0.125, Verdict: coaching.Challenging, Used: 14, Span: coaching.Month,
		}
		for _, chance := range []float64{0.125, 0.9} {
			expected := want
			expected.Chance = chance
			if err := s.SaveExpectation(t.Context(), team, 8, expected); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Expectation(t.Context(), team, 8)
		if err != nil || fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
		if _, err := s.Expectation(t.Context(), team, 9); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("of a goal without one: %v", err)
		}
	})
}
