package coaching_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

var eventNow = time.Date(2026, time.March, 31, 15, 0, 0, 0, time.UTC)

func wonDeal(fields map[coaching.EventField]string) coaching.Event {
	return coaching.Event{ID: "e1", Kind: coaching.DealWon, Subject: "d1", At: eventNow.Add(-time.Hour), Fields: fields}
}

func TestAnEventIsBroughtIntoOneForm(t *testing.T) {
	t.Parallel()
	event, err := coaching.CheckEvent(wonDeal(map[coaching.EventField]string{
		"amount": " 04500.50 ", "currency": "usd", "owner": " Nok ", "closed_on": "2026-03-30", "product": "",
	}), eventNow)
	if err != nil {
		t.Fatal(err)
	}
	want := map[coaching.EventField]string{"amount": "4500.5", "currency": "USD", "owner": "Nok", "closed_on": "2026-03-30"}
	if len(event.Fields) != len(want) {
		t.Errorf("got %v, want %v", event.Fields, want)
	}
	for field, value := range want {
		if event.Fields[field] != value {
			t.Errorf("%s = %q, want %q", field, event.Fields[field], value)
		}
	}
}

func TestWhatIsWrongWithAnEventIsNamed(t *testing.T) {
	t.Parallel()
	change := func(do func(*coaching.Event)) coaching.Event {
		event := wonDeal(map[coaching.EventField]string{"amount": "1"})
		do(&event)
		return event
	}
	set := func(field coaching.EventField, value string) coaching.Event {
		return change(func(e *coaching.Event) { e.Fields[field] = value })
	}
	cost := func(fields map[coaching.EventField]string) coaching.Event {
		return coaching.Event{ID: "c", Kind: coaching.CostRecorded, At: eventNow, Fields: fields}
	}
	for name, c := range map[string]struct {
		event  coaching.Event
		field  coaching.EventField
		reason coaching.Reason
	}{
		"no id":             {change(func(e *coaching.Event) { e.ID = " " }), "id", coaching.ReasonEventID},
		"long id":           {change(func(e *coaching.Event) { e.ID = strings.Repeat("x", 201) }), "id", coaching.ReasonEventIDLong},
		"id with NUL":       {change(func(e *coaching.Event) { e.ID = "a\x00b" }), "id", coaching.ReasonEventNotText},
		"unknown kind":      {change(func(e *coaching.Event) { e.Kind = "deal.sold" }), "kind", coaching.ReasonEventKind},
		"no subject":        {change(func(e *coaching.Event) { e.Subject = "" }), "subject", coaching.ReasonEventSubject},
		"no time":           {change(func(e *coaching.Event) { e.At = time.Time{} }), "at", coaching.ReasonEventTime},
		"future":            {change(func(e *coaching.Event) { e.At = eventNow.Add(25 * time.Hour) }), "at", coaching.ReasonEventFuture},
		"before 1970":       {change(func(e *coaching.Event) { e.At = time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC) }), "at", coaching.ReasonEventOld},
		"foreign field":     {set("budget", "yes"), "budget", coaching.ReasonEventField},
		"words for amount":  {set("amount", "a lot"), "amount", coaching.ReasonEventAmount},
		"huge amount":       {set("amount", "1e400"), "amount", coaching.ReasonEventAmount},
		"no number":         {set("amount", "NaN"), "amount", coaching.ReasonEventAmount},
		"negative amount":   {set("amount", "-1"), "amount", coaching.ReasonEventAmount},
		"fine amount":       {set("amount", "0.0000001"), "amount", coaching.ReasonEventAmount},
		"day that is not":   {set("closed_on", "2026-02-30"), "closed_on", coaching.ReasonEventDate},
		"day to come":       {set("closed_on", "2026-04-02"), "closed_on", coaching.ReasonEventFuture},
		"currency in words": {set("currency", "dollars"), "currency", coaching.ReasonEventCode},
		"long text":         {set("owner", strings.Repeat("ก", 201)), "owner", coaching.ReasonEventText},
		"no UTF-8":          {set("owner", "\xff"), "owner", coaching.ReasonEventNotText},
		"cost of nothing":   {cost(map[coaching.EventField]string{"amount": "5"}), "category", coaching.ReasonEventMissing},
		"cost of a whim":    {cost(map[coaching.EventField]string{"amount": "5", "category": "whim"}), "category", coaching.ReasonEventChoice},
		"backwards": {
			cost(map[coaching.EventField]string{"amount": "5", "category": "sales", "from": "2026-02-01", "to": "2026-01-01"}), "to", coaching.ReasonEventPeriod,
		},
		"two years": {
			cost(map[coaching.EventField]string{"amount": "5", "category": "sales", "from": "2024-01-01", "to": "2025-12-31"}), "to", coaching.ReasonEventLong,
		},
	} {
		_, err := coaching.CheckEvent(c.event, eventNow)
		var why *coaching.EventError
		if !errors.As(err, &why) || why.Field != c.field || why.Reason != c.reason {
			t.Errorf("%s: %v, want %s: %s", name, err, c.field, c.reason)
		}
	}
}

func TestAnEventFallsOnTheDayOfTheTeam(t *testing.T) {
	t.Parallel()
	workspace := coaching.NewWorkspace("slack:T1")
	workspace.Zone, workspace.Currency = "Asia/Bangkok", "THB"
	event := wonDeal(map[coaching.EventField]string{"amount": "1"})
	event.At = time.Date(2026, time.March, 30, 18, 0, 0, 0, time.UTC) // one in the morning in Bangkok
	placed := event.Placed(workspace)
	if day := placed.Fields["closed_on"]; day != "2026-03-31" {
		t.Errorf("closed on %s", day)
	}
	if placed.Fields["currency"] != "THB" || len(event.Fields) != 1 {
		t.Errorf("currency %q; the event itself has %v", placed.Fields["currency"], event.Fields)
	}
}

func TestEveryKindOfEventDeclaresWhatItNeeds(t *testing.T) {
	t.Parallel()
	for _, form := range coaching.EventForms() {
		seen := make(map[coaching.EventField]bool)
		for _, spec := range form.Fields {
			if seen[spec.Field] {
				t.Errorf("%s declares %s twice", form.Kind, spec.Field)
			}
			seen[spec.Field] = true
			if (spec.Form == coaching.FormChoice) != (len(spec.Choices) > 0) {
				t.Errorf("%s: %s has choices %v", form.Kind, spec.Field, spec.Choices)
			}
		}
		if form.Day != "" && !seen[form.Day] {
			t.Errorf("%s happens on %s, which it does not declare", form.Kind, form.Day)
		}
	}
}
