package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// The team's customers: how many there were before the first month of the story,
// and how many come each month.
const (
	sampleCustomers = 280
	sampleNewcomers = 7
)

// sampleLeavers are how many customers left in each of the months of the story,
// about 1.6% of them, until something happened: that is what the first warning is
// about. The last is that of the story's own month, and of those that follow.
var sampleLeavers = [sampleYears*12 + 1]int{
	5, 4, 5, 6, 4, 5, 5, 6, 5, 4, 6, 5,
	5, 6, 6, 5, 6, 5, 6, 5, 6, 5, 11, 15,
	10,
}

// lately is for how many months it is as it is now.
const lately = 3

// feedWeeks is for how many weeks before the story events came every week, as
// from a CRM; what is older came at once.
const feedWeeks = 8

// sampleNews is when the CRM tells of a day.
const sampleNews coaching.ClockTime = 8 * 60

// tellCustomers sends what a CRM knows of the customers: who came, who left. The
// goal about churn follows it, and warnings look at it.
func (s *sample) tellCustomers(ctx context.Context, documents *store.Store) error {
	events := s.customers(time.Time{}, s.now)
	for week := feedWeeks; week >= 0; week-- {
		received := s.now.AddDate(0, 0, -7*week)
		later := slices.IndexFunc(events, func(event coaching.Event) bool { return !event.At.Before(received) })
		if later < 0 {
			later = len(events)
		}
		if err := s.tellEvents(ctx, documents, events[:later], received); err != nil {
			return err
		}
		events = events[later:]
	}
	return nil
}

// tellEvents sends events as they are received at some time.
func (s *sample) tellEvents(ctx context.Context, documents *store.Store, events []coaching.Event, received time.Time) error {
	results, err := documents.Ingest(ctx, s.workspace, events, received)
	if err != nil {
		return err
	}
	for _, result := range results {
		if result.Outcome == coaching.EventRefused {
			return fmt.Errorf("event %s: %w", result.ID, result.Why)
		}
	}
	return nil
}

// customers are the events of all customers from one moment to another, in their
// order. Who came first leaves first; of those who leave lately most are offices.
func (s *sample) customers(from, to time.Time) []coaching.Event {
	first := coaching.PeriodOf(coaching.Month, s.today()).Shift(1 - len(sampleLeavers))
	shop := customerBook{sample: s, from: from, to: to}
	for range sampleCustomers {
		shop.comes(first.From.AddDays(-1))
	}
	for n := 0; ; n++ {
		month := first.Shift(n)
		if !sampleNews.On(month.From, storyZone()).Before(to) {
			return shop.events
		}
		leavers := sampleLeavers[min(n, len(sampleLeavers)-1)]
		for i := range max(leavers, sampleNewcomers) {
			day := month.From.AddDays(1 + i*26/max(leavers, sampleNewcomers))
			if i < sampleNewcomers {
				shop.comes(day)
			}
			if i < leavers {
				shop.leaves(day, n >= len(sampleLeavers)-lately && i%4 != 0)
			}
		}
	}
}

// customerBook makes the events of customers who come and go.
type customerBook struct {
	sample     *sample
	from, to   time.Time
	events     []coaching.Event
	came, left int
	// here are the customers by whether they are offices, in the order in which
	// they came.
	here [2][]string
}

// officeEvery is which part of the customers are offices; the others are cafés.
const officeEvery = 3

func (b *customerBook) comes(day coaching.Date) {
	office := 0
	if b.came%officeEvery == 0 {
		office = 1
	}
	b.came++
	id := fmt.Sprintf("customer-%d", b.came)
	b.here[office] = append(b.here[office], id)
	b.tell(coaching.CustomerStarted, id, office, day)
}

func (b *customerBook) leaves(day coaching.Date, fromOffice bool) {
	office := 0
	b.left++
	if fromOffice || b.left%officeEvery == 0 {
		office = 1
	}
	id := b.here[office][0]
	b.here[office] = b.here[office][1:]
	b.tell(coaching.CustomerChurned, id, office, day)
}

// tell adds an event, if it is of the time that is told.
func (b *customerBook) tell(kind coaching.EventKind, id string, office int, day coaching.Date) {
	at := coaching.ClockTime(8*60).On(day, storyZone())
	if !at.Before(b.sample.now) {
		return
	}
	kinds := [2]string{b.sample.say("cafés", "คาเฟ่"), b.sample.say("offices", "ออฟฟิศ")}
	b.events = append(b.events, coaching.Event{
		ID: id + "-" + string(kind), Kind: kind, Subject: id, At: at,
		Fields: map[coaching.EventField]string{coaching.FieldType: kinds[office]},
	})
}
