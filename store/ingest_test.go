package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// eventsNow is when the events of these tests are received.
var eventsNow = time.Date(2026, time.March, 31, 15, 0, 0, 0, time.UTC)

func dealEvent(id string, kind coaching.EventKind, deal, day string, fields ...string) coaching.Event {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	event := coaching.Event{ID: id, Kind: kind, Subject: deal, At: at.Add(12 * time.Hour), Fields: make(map[coaching.EventField]string)}
	for i := 0; i < len(fields); i += 2 {
		event.Fields[coaching.EventField(fields[i])] = fields[i+1]
	}
	return event
}

func ingest(t testing.TB, s *store.Store, events ...coaching.Event) []coaching.EventResult {
	t.Helper()
	results, err := s.Ingest(t.Context(), team, events, eventsNow)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func outcomes(results []coaching.EventResult) []coaching.EventOutcome {
	found := make([]coaching.EventOutcome, len(results))
	for i, result := range results {
		found[i] = result.Outcome
	}
	return found
}

func kpi(t testing.TB, s *store.Store, kind coaching.Kind, period coaching.Period) coaching.KPI {
	t.Helper()
	return kpiOf(t, s, team, kind, period)
}

func kpiOf(t testing.TB, s *store.Store, id coaching.WorkspaceID, kind coaching.Kind, period coaching.Period) coaching.KPI {
	t.Helper()
	q := coaching.KPIQuery{Kind: kind, Period: period, Today: coaching.DateOf(eventsNow), Currency: "USD"}
	book, err := s.DayBook(t.Context(), id, q.Reach(), period.To, eventsNow)
	if err != nil {
		t.Fatal(err)
	}
	return book.KPI(q)
}

var march = coaching.PeriodOf(coaching.Month, coaching.DateOf(eventsNow))

func TestEventsCountOnceAndWhatIsWrongWithOneKeepsNoOtherOut(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		events := []coaching.Event{
			dealEvent("1", coaching.DealCreated, "a", "2026-03-02", "amount", "100", "owner", "Darcy Schlechter"),
			dealEvent("2", coaching.DealWon, "a", "2026-03-09", "amount", "120"),
			dealEvent("3", "deal.sold", "a", "2026-03-09"),
			dealEvent("2", coaching.DealWon, "a", "2026-03-09", "amount", "120.00"), // the same again
			dealEvent("2", coaching.DealLost, "a", "2026-03-10"),                    // another thing under its id
			dealEvent("4", coaching.DealLost, "b", "2026-03-11", "amount", "much"),
		}
		results := ingest(t, s, events...)
		want := []coaching.EventOutcome{"accepted", "accepted", "refused", "repeated", "refused", "refused"}
		if got := outcomes(results); !slices.Equal(got, want) {
			t.Fatalf("outcomes %v, want %v", got, want)
		}
		if why := results[4].Why; why == nil || why.Reason != coaching.ReasonEventIDReused {
			t.Errorf("an id used again is refused for %v", why)
		}
		if why := results[5].Why; why == nil || why.Field != coaching.FieldAmount {
			t.Errorf("a bad amount is refused for %v", why)
		}
		if k := kpi(t, s, coaching.Revenue, march); k.Value.String() != "120" {
			t.Errorf("revenue is %s", k.Value)
		}
		// The whole batch again, and the used id in a batch of its own.
		if got := outcomes(ingest(t, s, events[:2]...)); !slices.Equal(got, []coaching.EventOutcome{"repeated", "repeated"}) {
			t.Errorf("the same again: %v", got)
		}
		if got := outcomes(ingest(t, s, events[4])); got[0] != coaching.EventRefused {
			t.Errorf("the used id alone: %v", got)
		}
		if k := kpi(t, s, coaching.Revenue, march); k.Value.String() != "120" || k.Rate.Of != 1 {
			t.Errorf("after repetition revenue is %s of %+v", k.Value, k.Rate)
		}
		owners, err := s.Owners(t.Context(), team)
		if err != nil || len(owners) != 1 || owners[0] != (coaching.Owner{Name: "Darcy Schlechter"}) {
			t.Errorf("owners %+v, %v", owners, err)
		}
	})
}

func TestALateEventMovesAFigureFromOneDayToAnother(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		february := march.Shift(-1)
		ingest(t, s, dealEvent("2", coaching.DealWon, "a", "2026-03-09", "amount", "120"))
		if k := kpi(t, s, coaching.Revenue, march); k.Value.String() != "120" {
			t.Fatalf("revenue is %s", k.Value)
		}
		// It was closed in February, as a later correction says.
		ingest(t, s, dealEvent("3", coaching.DealWon, "a", "2026-03-10", "closed_on", "2026-02-27"))
		if k := kpi(t, s, coaching.Revenue, march); !k.Value.IsZero() {
			t.Errorf("March still has %s", k.Value)
		}
		if k := kpi(t, s, coaching.Revenue, february); k.Value.String() != "120" {
			t.Errorf("February has %s", k.Value)
		}
		// An earlier event that comes last changes only what nothing later says.
		ingest(t, s, dealEvent("1", coaching.DealCreated, "a", "2026-01-05", "amount", "1", "product", "Pro"))
		deal, err := s.Dossier(t.Context(), team, coaching.SubjectDeal, "a")
		if err != nil || deal.Value(coaching.FieldAmount) != "120" || deal.Value(coaching.FieldProduct) != "Pro" {
			t.Errorf("the deal is %+v, %v", deal, err)
		}
	})
}

func TestACustomerWhoComesBackCountsInBothTimes(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		ingest(t, s,
			dealEvent("1", coaching.CustomerStarted, "c", "2025-11-10", "value", "50"),
			dealEvent("2", coaching.CustomerChurned, "c", "2026-01-20"),
			dealEvent("3", coaching.CustomerStarted, "c", "2026-02-10", "value", "70"),
			dealEvent("4", coaching.CustomerChurned, "c", "2026-03-20"),
		)
		for _, back := range []int{0, -2} {
			if k := kpi(t, s, coaching.Churn, march.Shift(back)); k.Rate != (coaching.Rate{Hits: 1, Of: 1}) {
				t.Errorf("churn of %s is %+v", march.Shift(back).From, k.Rate)
			}
		}
		if k := kpi(t, s, coaching.Churn, march.Shift(-1)); k.Rate != (coaching.Rate{}) || k.Reason != coaching.ReasonKPINoCustomers {
			t.Errorf("churn of February is %+v (%s)", k.Rate, k.Reason)
		}
	})
}

func TestBatchesInAnyOrderEndAlike(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	teams := 0
	rapid.Check(t, func(rt *rapid.T) {
		var events []coaching.Event
		for i := range rapid.IntRange(2, 12).Draw(rt, "events") {
			kind := rapid.SampledFrom([]coaching.EventKind{coaching.DealCreated, coaching.DealStageChanged, coaching.DealWon, coaching.DealLost, coaching.DealReopened}).Draw(rt, "kind")
			event := dealEvent(fmt.Sprint(i), kind, rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "deal"),
				coaching.DateOf(eventsNow).AddDays(-rapid.IntRange(0, 70).Draw(rt, "days")).String(), "amount", fmt.Sprint(rapid.IntRange(1, 99).Draw(rt, "amount")), "stage", rapid.SampledFrom([]string{"Demo", "Offer"}).Draw(rt, "stage"))
			events = append(events, event)
		}
		read := func(events []coaching.Event, size int) []string {
			teams++
			id := coaching.WorkspaceID(fmt.Sprint("slack:T", teams))
			var figures []string
			for batch := range slices.Chunk(events, size) {
				if _, err := s.Ingest(t.Context(), id, batch, eventsNow); err != nil {
					t.Fatal(err)
				}
				kpiOf(t, s, id, coaching.Revenue, march) // a reader in between
			}
			for _, back := range []int{0, -1, -2} {
				for _, kind := range []coaching.Kind{coaching.Revenue, coaching.WinRate, coaching.Cycle} {
					k := kpiOf(t, s, id, kind, march.Shift(back))
					figures = append(figures, fmt.Sprint(kind, k.Value, k.Rate, k.Opened, k.StillOpen))
				}
			}
			return figures
		}
		want := read(events, len(events))
		shuffled := rapid.Permutation(slices.Concat(events, events[:1])).Draw(rt, "order")
		if got := read(shuffled, rapid.IntRange(1, 4).Draw(rt, "size")); !slices.Equal(got, want) {
			rt.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

func TestWritersAndReadersAtOnceEndWithEveryEventCounted(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		const writers, each = 3, 6
		var running sync.WaitGroup
		for w := range writers {
			running.Go(func() {
				for i := range each {
					// All on the same deals, days and owner.
					event := dealEvent(fmt.Sprint(w, "-", i), coaching.DealWon, fmt.Sprint("d", i), "2026-03-09", "amount", fmt.Sprint(w+1), "owner", "Nok")
					event.At = event.At.Add(time.Duration(w) * time.Minute)
					if _, err := s.Ingest(t.Context(), team, []coaching.Event{event}, eventsNow); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for range 2 {
			running.Go(func() {
				for range 3 {
					q := coaching.KPIQuery{Kind: coaching.Revenue, Period: march, Today: coaching.DateOf(eventsNow), Currency: "USD"}
					if _, err := s.DayBook(t.Context(), team, q.Reach(), march.To, eventsNow); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		running.Wait()
		// The last writer of each deal says what it brought.
		want := decimal.NewFromInt(writers * each)
		if k := kpi(t, s, coaching.Revenue, march); !k.Value.Equal(want) || k.Rate.Hits != each {
			t.Errorf("revenue %s of %d deals, want %s of %d", k.Value, k.Rate.Hits, want, each)
		}
	})
}

func TestOwnersAreMatchedByEmailWhicheverCameFirst(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		save := func(id coaching.MemberID, email string) {
			if err := s.SaveMember(t.Context(), coaching.Member{Workspace: team, ID: id, Name: string(id), Email: email}); err != nil {
				t.Fatal(err)
			}
		}
		owned := func(id, owner string) {
			ingest(t, s, dealEvent(id, coaching.DealWon, id, "2026-03-09", "owner", owner))
		}
		save("U1", "Nok@Example.com")
		owned("a", "nok@example.com")
		owned("b", "ploy@example.com")
		save("U2", "ploy@example.com")
		owned("c", "Nobody Known")
		want := coaching.Owners{{Name: "Nobody Known"}, {Name: "nok@example.com", Member: "U1"}, {Name: "ploy@example.com", Member: "U2"}}
		if got, err := s.Owners(t.Context(), team); err != nil || !slices.Equal(got, want) {
			t.Errorf("owners %+v, %v", got, err)
		}
		// What somebody said by hand stays.
		if err := s.MapOwner(t.Context(), team, "PLOY@example.com", "U9"); err != nil {
			t.Fatal(err)
		}
		save("U2", "ploy@example.com")
		if got, err := s.Owners(t.Context(), team); err != nil || got.MemberOf("ploy@example.com") != "U9" {
			t.Errorf("owners %+v, %v", got, err)
		}
	})
}
