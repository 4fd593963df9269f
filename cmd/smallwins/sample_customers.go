package main

import (
	"context"
	"fmt"

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
// about 1.6% of them, the last of which is the one before the story is told. Then
// something happened: that is what the first warning is about.
var sampleLeavers = [sampleYears * 12]int{
	5, 4, 5, 6, 4, 5, 5, 6, 5, 4, 6, 5,
	5, 6, 6, 5, 6, 5, 6, 5, 6, 5, 11, 15,
}

// sampleLeaving is on which days of the story's own month customers leave.
var sampleLeaving = []int{3, 5, 9, 12, 16, 17, 20, 24, 26, 27}

// feedWeeks is for how many weeks before the story events came every week, as
// from a CRM; what is older came at once.
const feedWeeks = 8

// tellCustomers sends what a CRM knows of the customers: who came, who left. The
// goal about churn follows it, and warnings look at it.
func (s *sample) tellCustomers(ctx context.Context, documents *store.Store) error {
	events := s.customers()
	for week := feedWeeks; week >= 0; week-- {
		received := s.now.AddDate(0, 0, -7*week)
		var batch []coaching.Event
		for len(events) > 0 && events[0].At.Before(received) {
			batch, events = append(batch, events[0]), events[1:]
		}
		results, err := documents.Ingest(ctx, s.workspace, batch, received)
		if err != nil {
			return err
		}
		for _, result := range results {
			if result.Outcome == coaching.EventRefused {
				return fmt.Errorf("event %s: %+v", result.ID, *result.Why)
			}
		}
	}
	return nil
}

// customers are the events of all customers until the story is told, in their
// order. Who came first leaves first; of those who leave lately most are offices.
func (s *sample) customers() []coaching.Event {
	month := coaching.PeriodOf(coaching.Month, s.today())
	begin := month.Shift(-len(sampleLeavers))
	shop := customerBook{sample: s}
	for range sampleCustomers {
		shop.comes(begin.From.AddDays(-1))
	}
	for n, leavers := range sampleLeavers {
		period := begin.Shift(n)
		lately := n >= len(sampleLeavers)-2
		for i := range max(leavers, sampleNewcomers) {
			day := period.From.AddDays(1 + i*26/max(leavers, sampleNewcomers))
			if i < sampleNewcomers {
				shop.comes(day)
			}
			if i < leavers {
				shop.leaves(day, lately && i%4 != 0)
			}
		}
	}
	for _, day := range sampleLeaving {
		shop.leaves(month.From.AddDays(day-1), true)
	}
	return shop.events
}

// customerBook makes the events of customers who come and go.
type customerBook struct {
	sample *sample
	events []coaching.Event
	came   int
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
	if fromOffice || len(b.events)%officeEvery == 0 {
		office = 1
	}
	id := b.here[office][0]
	b.here[office] = b.here[office][1:]
	b.tell(coaching.CustomerChurned, id, office, day)
}

// tell adds an event, unless it is still to come.
func (b *customerBook) tell(kind coaching.EventKind, id string, office int, day coaching.Date) {
	at := coaching.ClockTime(8*60).On(day, b.sample.zone())
	if !at.Before(b.sample.now) {
		return
	}
	kinds := [2]string{b.sample.say("cafés", "คาเฟ่"), b.sample.say("offices", "ออฟฟิศ")}
	b.events = append(b.events, coaching.Event{
		ID: id + "-" + string(kind), Kind: kind, Subject: id, At: at,
		Fields: map[coaching.EventField]string{coaching.FieldType: kinds[office]},
	})
}
