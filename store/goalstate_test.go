package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestGoalChangesItsStateAndKeepsTheRest(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		for i := range 20 {
			record(t, s, entry(goal, fmt.Sprint("r", i), start.Add(time.Duration(i)*time.Minute), "1"))
		}
		later := start.AddDate(0, 0, 1)
		if _, err := s.Progress(t.Context(), goal, later); err != nil { // leaves a subtotal
			t.Fatal(err)
		}
		want := reread(t, s, goal)
		if want.Subtotal.Progress.Entries != 20 {
			t.Fatalf("the subtotal counts %d entries", want.Subtotal.Progress.Entries)
		}
		got, err := s.SetGoalState(t.Context(), team, goal.Number, coaching.Parked, true, "waits for the launch", later)
		if err != nil {
			t.Fatal(err)
		}
		want.State, want.Focus, want.Reason, want.ChangedAt = coaching.Parked, true, "waits for the launch", later
		for _, got := range []coaching.Goal{got, reread(t, s, goal)} {
			if got, want := inFull(got), inFull(want); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		}
		again, err := s.SetGoalState(t.Context(), team, goal.Number, coaching.Parked, true, "waits for the launch", later.Add(time.Hour))
		if err != nil || !again.ChangedAt.Equal(later) {
			t.Errorf("the same change again is of %s, %v; want the first time kept", again.ChangedAt, err)
		}
		if same, repeated, err := s.CreateGoal(t.Context(), demos(t, "U1"), "d"); err != nil || !repeated || same.Number != goal.Number {
			t.Errorf("its draft became #%d, repeated %v, %v; want the goal that it was", same.Number, repeated, err)
		}
		if _, err := s.SetGoalState(t.Context(), team, 99, coaching.Closed, false, "", later); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("state of a goal that there is none of: %v", err)
		}
	})
}

func TestStatesSetAtTheSameMomentAllArrive(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				reason := fmt.Sprint("reason ", i)
				got, err := s.SetGoalState(t.Context(), team, goal.Number, coaching.Parked, false, reason, start)
				if err != nil || got.Reason != reason {
					t.Errorf("reason %q, %v; want %q", got.Reason, err, reason)
				}
			})
		}
		all.Wait()
		if got := reread(t, s, goal); got.State != coaching.Parked {
			t.Errorf("state %q", got.State)
		}
	})
}

// inFull tells a goal with its subtotal.
func inFull(goal coaching.Goal) string {
	subtotal := goal.Subtotal
	goal.Subtotal = nil
	return fmt.Sprintf("%+v %+v", goal, subtotal)
}
