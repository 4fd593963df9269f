package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/sqlite"
)

// fickle is an engine that stores entries and then says that it is not sure.
type fickle struct {
	document.Engine
	unsure bool
}

var errUnsure = errors.New("no answer from the disk")

func (f *fickle) Insert(ctx context.Context, c document.Collection, docs ...document.Document) error {
	err := f.Engine.Insert(ctx, c, docs...)
	if f.unsure && c.Name == "entries" {
		return errUnsure
	}
	return err
}

func TestProgressIsRightAfterARecordOfUnknownOutcome(t *testing.T) {
	t.Parallel()
	engine, err := sqlite.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	unsure := &fickle{Engine: engine}
	s, err := store.New(t.Context(), unsure)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	goal := created(t, s, demos(t, "U1"), "d")
	record(t, s, entry(goal, "a", start, "3"))
	wantProgress(t, s, goal, "3", 1)
	unsure.unsure = true
	if _, _, err := s.Record(t.Context(), entry(goal, "b", start.Add(time.Second), "4")); !errors.Is(err, errUnsure) {
		t.Fatalf("record = %v", err)
	}
	unsure.unsure = false
	wantProgress(t, s, goal, "7", 2)
	record(t, s, entry(goal, "c", start.Add(2*time.Second), "1"))
	wantProgress(t, s, goal, "8", 3)
}

// TestProgressReadWhileOthersLogNeverMissesWhatWasAcknowledged reads a goal in
// between the logs of many: what it says grows, and holds at least what was
// acknowledged before.
func TestProgressReadWhileOthersLogNeverMissesWhatWasAcknowledged(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	goal := created(t, s, demos(t, ""), "d")
	var writers sync.WaitGroup
	for writer := range 16 {
		writers.Go(func() {
			for i := range 30 {
				mine := entry(goal, fmt.Sprintf("%d-%d", writer, i), start.Add(time.Duration(i)*time.Millisecond), "1")
				if i%10 == 9 {
					mine.Op = "undo"
					mine.Reverts = fmt.Sprintf("%d-%d", writer, i-1)
					mine.RevertsAt = mine.At.Add(-time.Millisecond)
				}
				if _, _, err := s.Record(t.Context(), mine); err != nil {
					t.Error(err)
					return
				}
				progress, err := s.Progress(t.Context(), goal, start)
				if least := i + 1 - 2*((i+1)/10); err != nil || progress.Entries < least {
					t.Errorf("%d entries after %d of one writer alone (%v)", progress.Entries, least, err)
					return
				}
			}
		})
	}
	writers.Wait()
	wantProgress(t, s, goal, "384", 384) // 16 × (27 logged − 3 taken back)
}

// TestGoalListsAreRightWhileGoalsChange reads an owner's goals in between the
// changes that others make: an acknowledged change is seen by whoever reads after.
func TestGoalListsAreRightWhileGoalsChange(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	var owners sync.WaitGroup
	for owner := range 8 {
		owners.Go(func() {
			id := coaching.MemberID(fmt.Sprint("U", owner))
			for i := range 12 {
				goal, _, err := s.CreateGoal(t.Context(), demos(t, id), fmt.Sprint(owner, "-", i))
				if err != nil {
					t.Error(err)
					return
				}
				want := i + 1 - (i+1)/3 // every third is closed
				if i%3 == 2 {
					if _, err := s.SetGoalState(t.Context(), team, goal.Number, coaching.Closed, false, "over", start); err != nil {
						t.Error(err)
						return
					}
				}
				for range 2 {
					list, err := s.GoalsOf(t.Context(), team, id, coaching.Active)
					if err != nil || len(list) != want {
						t.Errorf("%s has %d active goals after %d, want %d (%v)", id, len(list), i+1, want, err)
						return
					}
					list[0].Title = "changed by the reader"
				}
			}
		})
	}
	owners.Wait()
	list, err := s.GoalsOf(t.Context(), team, "U0", coaching.Active)
	if err != nil || list[0].Title != "Demos" {
		t.Errorf("a reader's change got into what is remembered: %v, %v", list, err)
	}
}
