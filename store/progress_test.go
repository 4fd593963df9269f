package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func undoOf(undone coaching.Entry, at time.Time) coaching.Entry {
	return coaching.Entry{
		ID: undone.ID + "~undo", Request: "undo-" + undone.ID, Workspace: undone.Workspace, Goal: undone.Goal, Member: undone.Member,
		At: at, Op: coaching.Undo, Amount: undone.Amount, Reverts: undone.ID, RevertsAt: undone.At,
	}
}

// leaveSubtotal reads a goal at a time at which that may leave a subtotal.
func leaveSubtotal(t testing.TB, s *store.Store, goal coaching.Goal, now time.Time) {
	t.Helper()
	if _, err := s.Progress(t.Context(), reread(t, s, goal), now); err != nil {
		t.Fatal(err)
	}
}

// reread returns the goal as it is stored now, with its subtotal.
func reread(t testing.TB, s *store.Store, goal coaching.Goal) coaching.Goal {
	t.Helper()
	goal, err := s.Goal(t.Context(), goal.Workspace, goal.Number)
	if err != nil {
		t.Fatal(err)
	}
	return goal
}

func TestProgressAddsSetsAndTakesBack(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		minute := func(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }
		three, set, two := entry(goal, "a", minute(0), "3"), entry(goal, "b", minute(1), "=10.5"), entry(goal, "c", minute(2), "-2")
		record(t, s, three)
		wantProgress(t, s, goal, "3", 1)
		record(t, s, set, two)
		wantProgress(t, s, goal, "8.5", 3)
		record(t, s, undoOf(set, minute(3)))
		wantProgress(t, s, goal, "1", 2)
		record(t, s, undoOf(three, minute(4)), undoOf(two, minute(5)))
		wantProgress(t, s, goal, "0", 0)
	})
}

func TestSubtotalWaitsForEntriesToSettle(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U1"), "d")
		for i := range 70 {
			record(t, s, entry(goal, fmt.Sprint("r", i), start.Add(time.Duration(i)*time.Millisecond), "1"))
		}
		leaveSubtotal(t, s, goal, start.Add(time.Second))
		// An entry that was received before the others is stored after them.
		record(t, s, entry(goal, "late", start.Add(10*time.Millisecond), "1"))
		wantProgress(t, s, goal, "71", 71)
		leaveSubtotal(t, s, goal, start.Add(time.Hour))
		wantProgress(t, s, goal, "71", 71)
		record(t, s, undoOf(entry(goal, "late", start.Add(10*time.Millisecond), "1"), start.Add(2*time.Hour)))
		wantProgress(t, s, goal, "70", 70)
	})
}

// TestSubtotalsNeverChangeProgress compares a goal with subtotals anywhere
// in its history with the same entries summed up without any. Entries are stored
// within a minute of their time, as the limits of requests guarantee.
func TestSubtotalsNeverChangeProgress(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		goal := created(t, s, demos(t, "U1"), fmt.Sprint("d", run))
		var all []coaching.Entry // oldest first
		at := start
		for i := range rapid.IntRange(0, 200).Draw(rt, "entries") {
			at = at.Add(time.Duration(rapid.IntRange(0, 3).Draw(rt, "pause")) * time.Minute)
			id := fmt.Sprintf("%d-%d", run, i)
			next := entry(goal, id, at, fmt.Sprint(rapid.IntRange(-9, 9).Draw(rt, "amount")))
			switch kind := rapid.IntRange(0, 9).Draw(rt, "kind"); {
			case kind == 0:
				next.Op = coaching.Set
			case kind <= 2 && len(all) > 0:
				undone := all[rapid.IntRange(0, len(all)-1).Draw(rt, "undone")]
				if undone.Op != coaching.Undo {
					next = undoOf(undone, at)
				}
			}
			if _, repeated, err := s.Record(t.Context(), next); err != nil {
				rt.Fatal(err)
			} else if !repeated {
				all = append(all, next)
			}
			if rapid.IntRange(0, 20).Draw(rt, "subtotal") == 0 {
				leaveSubtotal(t, s, goal, at.Add(time.Duration(rapid.IntRange(0, 59).Draw(rt, "later"))*time.Second))
			}
		}
		got, err := s.Progress(t.Context(), reread(t, s, goal), at)
		if err != nil {
			rt.Fatal(err)
		}
		value, standing := plainSum(all)
		if !got.Value.Equal(value) || got.Entries != standing {
			rt.Errorf("progress = %s in %d entries, want %s in %d", got.Value, got.Entries, value, standing)
		}
	})
}

// plainSum is progress in the simplest words there are for it. Entries of one
// millisecond count in the order of their ids, as the store reads them.
func plainSum(entries []coaching.Entry) (decimal.Decimal, int) {
	undone := map[string]bool{}
	for _, e := range entries {
		undone[e.Reverts] = true
	}
	value, standing := decimal.Zero, 0
	for _, e := range ordered(entries) {
		switch {
		case e.Op == coaching.Undo || undone[e.ID]:
			continue
		case e.Op == coaching.Set:
			value = e.Amount
		default:
			value = value.Add(e.Amount)
		}
		standing++
	}
	return value, standing
}

func ordered(entries []coaching.Entry) []coaching.Entry {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(a, b coaching.Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return sorted
}
