package coaching_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// anyEvents draws events about a few subjects, some at the same time, with
// fields that contradict one another.
func anyEvents() *rapid.Generator[[]coaching.Event] {
	return rapid.Custom(func(t *rapid.T) []coaching.Event {
		n := rapid.IntRange(1, 14).Draw(t, "events")
		events := make([]coaching.Event, n)
		for i := range events {
			form := rapid.SampledFrom(coaching.EventForms()).Draw(t, "kind")
			event := coaching.Event{
				ID: fmt.Sprintf("e%02d", i), Kind: form.Kind, Subject: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "subject"),
				At:     eventNow.Add(-time.Duration(rapid.IntRange(0, 40).Draw(t, "hours")) * 12 * time.Hour),
				Fields: make(map[coaching.EventField]string),
			}
			for _, spec := range form.Fields {
				if !spec.Required && rapid.IntRange(0, 2).Draw(t, "said") > 0 {
					continue
				}
				event.Fields[spec.Field] = anyValue(spec).Draw(t, string(spec.Field))
			}
			if event.Fields["from"] > event.Fields["to"] {
				delete(event.Fields, "from")
			}
			events[i] = event
		}
		return events
	})
}

func anyValue(spec coaching.EventFieldSpec) *rapid.Generator[string] {
	switch spec.Form {
	case coaching.FormAmount, coaching.FormScore, coaching.FormCount:
		return rapid.Custom(func(t *rapid.T) string { return fmt.Sprint(rapid.IntRange(1, 99).Draw(t, "n")) })
	case coaching.FormFlag:
		return rapid.SampledFrom([]string{"true", "false"})
	case coaching.FormDate:
		return rapid.Custom(func(t *rapid.T) string {
			return coaching.DateOf(eventNow).AddDays(-rapid.IntRange(0, 60).Draw(t, "days")).String()
		})
	case coaching.FormCode:
		return rapid.SampledFrom([]string{"USD", "EUR"})
	case coaching.FormChoice:
		return rapid.SampledFrom(spec.Choices)
	default:
		return rapid.SampledFrom([]string{"North", "South"})
	}
}

// states folds events into the dossiers of their subjects, in the given order.
func states(t *rapid.T, events []coaching.Event) map[string]coaching.Dossier {
	workspace := coaching.NewWorkspace("slack:T1")
	found := make(map[string]coaching.Dossier)
	for _, event := range events {
		checked, err := coaching.CheckEvent(event, eventNow)
		if err != nil {
			t.Fatalf("%+v: %v", event, err)
		}
		told := coaching.DossierOf(checked.Placed(workspace), workspace)
		key := string(told.Kind) + "/" + told.ID
		if known, there := found[key]; there {
			told = known.Merge(told)
		}
		found[key] = told
	}
	return found
}

func TestOrderAndRepetitionOfEventsChangeNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		events := anyEvents().Draw(t, "events")
		want := states(t, events)
		shuffled := rapid.Permutation(slices.Concat(events, events[:rapid.IntRange(0, len(events)).Draw(t, "repeated")])).Draw(t, "order")
		got := states(t, shuffled)
		if len(got) != len(want) {
			t.Fatalf("%d subjects, want %d", len(got), len(want))
		}
		for key, state := range want {
			if !got[key].Equal(state) {
				t.Fatalf("%s is\n%+v, in another order\n%+v", key, state, got[key])
			}
		}
	})
}

func TestDossiersMergeInAnyGrouping(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var parts [3]map[string]coaching.Dossier
		events := anyEvents().Draw(t, "events")
		for i := range parts {
			var some []coaching.Event
			for n, event := range events {
				if n%3 == i {
					some = append(some, event)
				}
			}
			parts[i] = states(t, some)
		}
		for key, a := range parts[0] {
			b, c := parts[1][key], parts[2][key]
			if b.ID == "" || c.ID == "" {
				continue
			}
			if left, right := a.Merge(b).Merge(c), a.Merge(b.Merge(c)); !left.Equal(right) {
				t.Fatalf("%s: (ab)c is\n%+v, a(bc)\n%+v", key, left, right)
			}
			if !a.Merge(b).Equal(b.Merge(a)) || !a.Merge(a).Equal(a) {
				t.Fatalf("%s: merging is not symmetric, or changes by repetition", key)
			}
		}
	})
}

// TestASubjectCountsOnNoDayThatItDoesNotTouch is what keeps rollups right: the
// touched days are all that are reckoned anew.
func TestASubjectCountsOnNoDayThatItDoesNotTouch(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		for key, state := range states(t, anyEvents().Draw(t, "events")) {
			touched := make(map[coaching.Date]bool)
			for _, days := range state.Touched {
				for day := days.From; !day.After(days.To); day = day.AddDays(1) {
					touched[day] = true
				}
			}
			for day := coaching.DateOf(eventNow).AddDays(-90); !day.After(coaching.DateOf(eventNow)); day = day.AddDays(1) {
				count := coaching.NewRecount(day)
				count.Add(state)
				rollup := count.Rollup(day)
				if (len(rollup.Cells) > 0 || len(rollup.Readings) > 0) && !touched[day] {
					t.Fatalf("%s counts on %s, which it does not touch: %+v", key, day, state)
				}
			}
		}
	})
}

func event(kind coaching.EventKind, subject, day string, fields ...string) coaching.Event {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	e := coaching.Event{ID: fmt.Sprint(kind, subject, day), Kind: kind, Subject: subject, At: at.Add(12 * time.Hour), Fields: make(map[coaching.EventField]string)}
	for i := 0; i < len(fields); i += 2 {
		e.Fields[coaching.EventField(fields[i])] = fields[i+1]
	}
	return e
}

// bookOf reckons the days that events touch.
func bookOf(t testing.TB, from, to string, events ...coaching.Event) coaching.DayBook {
	t.Helper()
	workspace := coaching.NewWorkspace("slack:T1")
	found := make(map[string]coaching.Dossier)
	for _, e := range events {
		checked, err := coaching.CheckEvent(e, eventNow)
		if err != nil {
			t.Fatalf("%+v: %v", e, err)
		}
		told := coaching.DossierOf(checked.Placed(workspace), workspace)
		key := string(told.Kind) + "/" + told.ID
		if known, there := found[key]; there {
			told = known.Merge(told)
		}
		found[key] = told
	}
	first, err1 := coaching.ParseDate(from)
	last, err2 := coaching.ParseDate(to)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	var days []coaching.Date
	for day := first; !day.After(last); day = day.AddDays(1) {
		days = append(days, day)
	}
	count := coaching.NewRecount(days...)
	for _, state := range found {
		count.Add(state)
	}
	book := coaching.DayBook{From: first, To: last}
	for _, day := range days {
		book.Days = append(book.Days, *count.Rollup(day))
	}
	return book
}

func TestADealThatIsWonTwiceOrReopenedCountsAsItStands(t *testing.T) {
	t.Parallel()
	book := bookOf(t, "2026-01-01", "2026-03-31",
		event(coaching.DealCreated, "a", "2026-01-05", "amount", "100"),
		event(coaching.DealWon, "a", "2026-02-01", "amount", "120"),
		event(coaching.DealLost, "a", "2026-02-10"), // the win was none
		event(coaching.DealCreated, "b", "2026-01-05", "amount", "50"),
		event(coaching.DealWon, "b", "2026-02-03"),
		event(coaching.DealReopened, "b", "2026-02-04"),
		event(coaching.DealWon, "c", "2026-02-06", "amount", "10", "opened_on", "2026-02-09"), // entered late
	)
	q := coaching.KPIQuery{Kind: coaching.Revenue, Period: coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2026, Month: 2, Day: 1}), Today: coaching.DateOf(eventNow), Currency: "USD"}
	if k := book.KPI(q); k.Value.String() != "10" || k.Rate != (coaching.Rate{Hits: 1, Of: 2}) {
		t.Errorf("revenue %s of %+v", k.Value, k.Rate)
	}
	q.Kind = coaching.Cycle
	if won, lost, open := book.KPI(q).Cycle.Counts(); won != 1 || lost != 1 || open != 1 {
		t.Errorf("%d won, %d lost, %d open", won, lost, open)
	}
}
