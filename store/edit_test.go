package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// retitled is a change of a goal's title, counting how often it is asked.
func retitled(title string, asked *int) func(coaching.Goal) (coaching.Goal, error) {
	return func(goal coaching.Goal) (coaching.Goal, error) {
		*asked++
		goal.Title = title
		return goal, nil
	}
}

func TestEditedGoalComesBackWithWhatWasMoved(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		record(t, s, entry(goal, "r", start, "3"))
		day := coaching.DateOf(start)
		moves := []coaching.Move{
			{Part: coaching.MovedTarget, Was: coaching.Moved{Size: coaching.Size{Form: coaching.ChangePercent, Value: decimal.RequireFromString("-2.5")}}},
			{Part: coaching.MovedBaseline, Was: coaching.Moved{Baseline: coaching.Baseline{Figure: decimal.NewFromInt(7), Known: true}}},
			{Part: coaching.MovedBaseline},
			{Part: coaching.MovedEnd, Was: coaching.Moved{End: day}},
			{Part: coaching.MovedOwner, Was: coaching.Moved{Owner: "U7"}},
			{Part: coaching.MovedMilestone, Was: coaching.Moved{Milestone: coaching.Milestone{Day: day, Value: 6.5}, Place: 3}},
		}
		for i := range moves {
			moves[i].At, moves[i].By, moves[i].Reason = start.Add(time.Duration(i)*time.Hour), "U2", "ราคา *<!channel>*"
		}
		edited, repeated, err := s.EditGoal(t.Context(), team, goal.Number, "q1", func(goal coaching.Goal) (coaching.Goal, error) {
			goal.Title, goal.Owner, goal.Private, goal.Moves = "Held demos", "U3", true, moves
			goal.Milestones = []coaching.Milestone{{Day: day, Value: 4}, {Day: goal.Period.To, Value: 20}}
			goal.Workspace, goal.Number, goal.State = "slack:OTHER", 99, coaching.Closed
			return goal, nil
		})
		if err != nil || repeated {
			t.Fatalf("repeated %v, %v", repeated, err)
		}
		want := goal
		want.Title, want.Owner, want.Private, want.Moves, want.Milestones = edited.Title, "U3", true, moves, edited.Milestones
		for _, got := range []coaching.Goal{edited, reread(t, s, goal)} {
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		}
		wantProgress(t, s, goal, "3", 1)
		if same, repeated, err := s.CreateGoal(t.Context(), demos(t, "U1"), "d"); err != nil || !repeated || same.Number != goal.Number {
			t.Errorf("its draft became #%d, repeated %v, %v; want the goal that it was", same.Number, repeated, err)
		}
		if parked, err := s.SetGoalState(t.Context(), team, goal.Number, coaching.Parked, false, "", start); err != nil || len(parked.Moves) != len(moves) {
			t.Errorf("a parked goal has %d moves, %v", len(parked.Moves), err)
		}
	})
}

func TestRequestEditsAGoalOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		asked := 0
		for i, request := range []string{"q1", "q2", "q1"} {
			got, repeated, err := s.EditGoal(t.Context(), team, goal.Number, request, retitled(fmt.Sprint("title ", i), &asked))
			if err != nil || repeated != (i == 2) {
				t.Errorf("edit %d: repeated %v, %v", i, repeated, err)
			}
			if i == 2 && got.Title != "title 1" {
				t.Errorf("the first request again made it %q", got.Title)
			}
		}
		if asked != 2 {
			t.Errorf("the changes were asked for %d times, want 2", asked)
		}
		refusal := errors.New("no")
		if _, _, err := s.EditGoal(t.Context(), team, goal.Number, "q3", func(coaching.Goal) (coaching.Goal, error) {
			return coaching.Goal{}, refusal
		}); !errors.Is(err, refusal) {
			t.Errorf("a refused change: %v", err)
		}
		if got := reread(t, s, goal); got.Title != "title 1" {
			t.Errorf("a refused change left %q", got.Title)
		}
		if _, _, err := s.EditGoal(t.Context(), team, 99, "q4", retitled("x", &asked)); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("editing a goal that there is none of: %v", err)
		}
	})
}

func TestEditsAtTheSameMomentAllStay(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		var all sync.WaitGroup
		for i := range 20 { // more than are remembered by their request
			all.Go(func() {
				_, _, err := s.EditGoal(t.Context(), team, goal.Number, fmt.Sprint("q", i), func(goal coaching.Goal) (coaching.Goal, error) {
					goal.Moves = append(goal.Moves, coaching.Move{Part: coaching.MovedOwner, At: start, By: coaching.MemberID(fmt.Sprint("U", i))})
					return goal, nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		by := make(map[coaching.MemberID]bool)
		for _, move := range reread(t, s, goal).Moves {
			by[move.By] = true
		}
		if len(by) != 20 {
			t.Errorf("%d of 20 edits stayed", len(by))
		}
	})
}
