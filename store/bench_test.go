package store_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// BenchmarkRecord logs on one goal, durably. Writers who come together share
// a commit, so that 64 of them wait little longer than one.
func BenchmarkRecord(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := open(b, store.Options{Dir: b.TempDir()})
			goal := created(b, s, demos(b, "U0"), "draft")
			b.ReportAllocs()
			var next atomic.Int64
			var running sync.WaitGroup
			for range writers {
				running.Go(func() {
					for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
						if _, repeated, err := s.Record(b.Context(), benchEntry(goal, int(i))); err != nil || repeated {
							b.Errorf("record: repeated %v, %v", repeated, err)
							return
						}
					}
				})
			}
			running.Wait()
		})
	}
}

// BenchmarkProgressOf reads what a goal comes to, by how many entries it has.
func BenchmarkProgressOf(b *testing.B) {
	for _, entries := range []int{1, 30, 1000} {
		b.Run(fmt.Sprintf("entries=%d", entries), func(b *testing.B) {
			s := open(b, store.Options{Dir: b.TempDir()})
			goal := created(b, s, demos(b, "U0"), "draft")
			for i := range entries {
				if _, _, err := s.Record(b.Context(), benchEntry(goal, i)); err != nil {
					b.Fatal(err)
				}
			}
			leaveSubtotal(b, s, goal, start.AddDate(1, 0, 0))
			goal = reread(b, s, goal)
			b.ReportAllocs()
			for b.Loop() {
				progress, err := s.Progress(b.Context(), goal, start.AddDate(1, 0, 0))
				if err != nil || progress.Entries != entries {
					b.Fatalf("%d entries, %v", progress.Entries, err)
				}
			}
		})
	}
}

func benchEntry(goal coaching.Goal, i int) coaching.Entry {
	id := fmt.Sprintf("13345224609.738474920.%032x", i)
	return coaching.Entry{
		ID: id, Workspace: team, Goal: goal.Number, Member: "U0", Name: "Nok", Request: id,
		At: start.Add(time.Duration(i) * time.Minute), Op: coaching.Add, Amount: decimal.NewFromInt(1), Note: "renewal with Acme",
	}
}
