package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestBulkOfGoalsIsNumberedInOrderAndRepeatable(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		created(t, s, demos(t, "U0"), "alone")
		drafted := make([]store.Drafted, 5)
		for i := range drafted {
			drafted[i] = store.Drafted{Goal: demos(t, coaching.MemberID(fmt.Sprint("U", i))), Draft: fmt.Sprint("import-", i)}
		}
		// An import that died after its first two goals, then the whole of it.
		for _, part := range [][]store.Drafted{drafted[:2], drafted} {
			got, err := s.CreateGoals(t.Context(), team, part)
			if err != nil {
				t.Fatal(err)
			}
			for i, goal := range got {
				if goal.Number != i+2 || goal.Owner != part[i].Goal.Owner {
					t.Errorf("goal %d of the import is number %d of %s", i, goal.Number, goal.Owner)
				}
			}
		}
		all, err := s.Goals(t.Context(), team, coaching.Active)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != 1+len(drafted) {
			t.Errorf("%d goals are stored, want %d", len(all), 1+len(drafted))
		}
		foreign := demos(t, "U0")
		foreign.Workspace = "slack:T2"
		if _, err := s.CreateGoals(t.Context(), team, []store.Drafted{{Goal: foreign, Draft: "foreign"}}); err == nil {
			t.Error("a goal of another workspace was created along")
		}
	})
}

func TestBulkOfEntriesCountsEachOnceHoweverOftenItIsRepeated(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		goal := created(t, s, demos(t, "U0"), "draft")
		// More than one write, and the same id twice within one of them.
		entries := make([]coaching.Entry, 2100)
		for i := range entries {
			entries[i] = coaching.Entry{
				ID: fmt.Sprintf("import-%d", i), Workspace: team, Goal: goal.Number, Member: "U0", Request: "import",
				At: start.Add(time.Duration(i) * time.Second), Op: coaching.Add, Amount: decimal.NewFromInt(1),
			}
		}
		for _, part := range [][]coaching.Entry{entries[:30], entries, slices.Concat(entries[:1], entries[:1]), nil} {
			if err := s.RecordAll(t.Context(), part); err != nil {
				t.Fatal(err)
			}
		}
		progress, err := s.Progress(t.Context(), goal, start)
		if err != nil {
			t.Fatal(err)
		}
		if want := decimal.NewFromInt(int64(len(entries))); !progress.Value.Equal(want) || progress.Entries != len(entries) {
			t.Errorf("progress is %s in %d entries, want %s", progress.Value, progress.Entries, want)
		}
	})
}
