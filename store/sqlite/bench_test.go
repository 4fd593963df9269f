package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/sqlite"
)

// entry is as large as a progress entry.
type entry struct {
	document.Header
	Workspace string        `json:"workspace"`
	Goal      string        `json:"goal"`
	At        document.Time `json:"at"`
	Amount    string        `json:"amount"`
	Note      string        `json:"note"`
	By        string        `json:"by"`
}

var entries = document.Collection{Name: "entries", Indexes: []document.Index{
	{Name: "goal_at", Keys: []string{"workspace", "goal", "at"}},
	{Name: "by_at", Keys: []string{"workspace", "by", "at"}},
}}

// perGoal is how many entries each goal has.
const perGoal = 30

func entryID(i int) string {
	return fmt.Sprintf("slack:T0123/entry/%016x", uint64(i)*0x9e3779b97f4a7c15)
}

func newEntry(i int) *entry {
	return &entry{
		Header:    document.Header{ID: entryID(i)},
		Workspace: "slack:T0123", Goal: goalOf(i / perGoal),
		At:     document.At(time.UnixMilli(1_750_000_000_000 + int64(i%perGoal)*86_400_000)),
		Amount: "4500.50", Note: "renewal with Acme, two seats more than last year", By: fmt.Sprintf("U%06d", i%10_000),
	}
}

func goalOf(n int) string { return fmt.Sprintf("slack:T0123/goal/%d", n) }

// BenchmarkEngine must not grow with the size of the database.
func BenchmarkEngine(b *testing.B) {
	for _, size := range []int{1_000, 900_000} {
		b.Run(fmt.Sprintf("documents=%d", size), func(b *testing.B) {
			if testing.Short() && size > 1_000 {
				b.Skip("takes a while to fill")
			}
			e := mustOpen(b, b.TempDir())
			fill(b, e, size)
			b.Run("get", func(b *testing.B) { benchmarkGet(b, e, size) })
			b.Run("get missing", func(b *testing.B) { benchmarkGet(b, e, -size) })
			b.Run("find 3", func(b *testing.B) { benchmarkFind(b, e, size/perGoal) })
			b.Run("find 0", func(b *testing.B) { benchmarkFind(b, e, -size/perGoal) })
			next := new(atomic.Int64)
			next.Store(int64(size))
			b.Run("insert, 1 writer", func(b *testing.B) { benchmarkInsert(b, e, next, 1) })
			b.Run("insert, 64 writers", func(b *testing.B) { benchmarkInsert(b, e, next, 64) })
		})
	}
}

func fill(b *testing.B, e *sqlite.Engine, size int) {
	b.Helper()
	if err := e.Ensure(b.Context(), entries); err != nil {
		b.Fatal(err)
	}
	for i := 0; i < size; {
		var batch []document.Document
		for ; i < size && len(batch) < 10_000; i++ {
			batch = append(batch, newEntry(i))
		}
		if err := e.Insert(b.Context(), entries, batch...); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkGet(b *testing.B, e *sqlite.Engine, size int) {
	b.ReportAllocs()
	ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
	defer cancel()
	ids := make([]string, 4096)
	for i := range ids {
		ids[i] = entryID(rand.IntN(max(size, -size)))
		if size < 0 {
			ids[i] += "x"
		}
	}
	i := 0
	for b.Loop() {
		var got entry
		err := e.Get(ctx, entries, ids[i%len(ids)], &got)
		if (err == nil) != (size > 0) {
			b.Fatal(err)
		}
		i++
	}
}

func benchmarkFind(b *testing.B, e *sqlite.Engine, goals int) {
	b.ReportAllocs()
	ctx, cancel := context.WithTimeout(b.Context(), time.Hour)
	defer cancel()
	queries := make([]document.Query, 4096)
	for i := range queries {
		goal := goalOf(rand.IntN(max(goals, -goals)))
		if goals < 0 {
			goal += "x"
		}
		queries[i] = document.Query{Index: "goal_at", Equal: []any{"slack:T0123", goal}, Descending: true, Limit: 3}
	}
	i, found := 0, 0
	for b.Loop() {
		err := e.Find(ctx, entries, queries[i%len(queries)], func(decode document.Decode) error {
			found++
			var got entry
			return decode(&got)
		})
		if err != nil {
			b.Fatal(err)
		}
		i++
	}
	if want := 3 * i; goals > 0 && found != want || goals < 0 && found != 0 {
		b.Fatalf("found %d documents in %d queries", found, i)
	}
}

func benchmarkInsert(b *testing.B, e *sqlite.Engine, next *atomic.Int64, writers int) {
	b.ReportAllocs()
	var left atomic.Int64
	left.Store(int64(b.N))
	done := make(chan error, writers)
	for range writers {
		go func() {
			for left.Add(-1) >= 0 {
				if err := e.Insert(b.Context(), entries, newEntry(int(next.Add(1)))); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range writers {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWalk is a walk over many documents of one time, as a table brought in
// on one day leaves them. It must grow with them and no faster.
func BenchmarkWalk(b *testing.B) {
	for _, size := range []int{2_000, 20_000} {
		b.Run(fmt.Sprintf("documents=%d", size), func(b *testing.B) {
			e := mustOpen(b, b.TempDir())
			if err := e.Ensure(b.Context(), entries); err != nil {
				b.Fatal(err)
			}
			docs := make([]document.Document, size)
			for i := range docs {
				doc := newEntry(i * perGoal) // all at the first day
				doc.Goal = goalOf(1)
				docs[i] = doc
			}
			if err := e.Insert(b.Context(), entries, docs...); err != nil {
				b.Fatal(err)
			}
			q := document.Query{Index: "goal_at", Equal: []any{"slack:T0123", goalOf(1)}, Limit: size + 1}
			for b.Loop() {
				found := 0
				err := e.Find(b.Context(), entries, q, func(document.Decode) error { found++; return nil })
				if err != nil || found != size {
					b.Fatalf("%d of %d documents: %v", found, size, err)
				}
			}
		})
	}
}
