package store_test

import (
	"fmt"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// batchOf is a batch of a thousand events: deals that are opened and decided in
// the year before, of twelve reps and five products.
func batchOf(n int) []coaching.Event {
	const size = 1000
	events := make([]coaching.Event, 0, size)
	first := coaching.DateOf(eventsNow).AddDays(-364)
	for i := 0; len(events) < size; i++ {
		deal := fmt.Sprintf("d%d-%d", n, i)
		opened := first.AddDays((i * 7) % 300)
		events = append(events,
			dealEvent(deal+"/o", coaching.DealCreated, deal, opened.String(), "owner", fmt.Sprint("Rep ", i%12), "product", fmt.Sprint("P", i%5), "amount", "100"),
			dealEvent(deal+"/c", []coaching.EventKind{coaching.DealWon, coaching.DealLost}[i%2], deal, opened.AddDays(i%60).String(), "amount", "120"),
		)
	}
	return events[:size]
}

// BenchmarkIngest takes batches of a thousand new events, durably, and the same
// batch again.
func BenchmarkIngest(b *testing.B) {
	b.Run("new", func(b *testing.B) {
		s := open(b, store.Options{Dir: b.TempDir()})
		b.ReportAllocs()
		for i := range b.N {
			ingest(b, s, batchOf(i)...)
		}
		b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "events/s")
	})
	b.Run("repeated", func(b *testing.B) {
		s := open(b, store.Options{Dir: b.TempDir()})
		ingest(b, s, batchOf(0)...)
		b.ReportAllocs()
		for b.Loop() {
			ingest(b, s, batchOf(0)...)
		}
		b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "events/s")
	})
}

// BenchmarkKPI reads the win rate of a month of 30,000 deals in a year, with all
// days clean, with one that an event touched, and after a start of the program.
func BenchmarkKPI(b *testing.B) {
	const batches = 60
	s := open(b, store.Options{Dir: b.TempDir()})
	for i := range batches {
		ingest(b, s, batchOf(i)...)
	}
	month := coaching.PeriodOf(coaching.Month, coaching.DateOf(eventsNow).AddDays(-150))
	read := func(b *testing.B) {
		if k := kpi(b, s, coaching.WinRate, month); k.Rate.Of == 0 || k.Pending > 0 {
			b.Fatalf("%+v", k)
		}
	}
	for range batches { // until nothing is left to reckon
		kpi(b, s, coaching.Cycle, month.Shift(12))
	}
	b.Run("clean", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			read(b)
		}
	})
	b.Run("cycle of a year, clean", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			kpi(b, s, coaching.Cycle, month)
		}
	})
	b.Run("one day dirty", func(b *testing.B) {
		b.ReportAllocs()
		for i := range b.N {
			b.StopTimer()
			ingest(b, s, dealEvent(fmt.Sprint("dirt", i), coaching.DealWon, "dirt", month.From.String(), "amount", fmt.Sprint(i+1)))
			b.StartTimer()
			read(b)
		}
	})
}
