package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// newOutbox returns a database with a delivery of each of some states.
func newOutbox(t *testing.T) (*store.Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.WithoutCancel(t.Context())) })
	due := systemTime().Add(-8 * time.Hour)
	waits := coaching.Delivery{
		Workspace: "slack:T1", Channel: "C1", State: coaching.Pending, DueAt: due, NextAt: due, ExpiresAt: due.Add(6 * time.Hour),
	}
	begun := waits.Begin(due, time.Minute)
	named := func(id string, delivery coaching.Delivery) coaching.Delivery {
		delivery.ID = id
		return delivery
	}
	other := named("other", waits)
	other.Workspace = "slack:T2"
	err = s.Enqueue(t.Context(),
		named("waits", waits), other, named("held", waits.Begin(systemTime(), time.Hour)),
		named("sent", begun.Settle(coaching.Outcome{Result: coaching.Delivered}, due)),
		named("dead", begun.Settle(coaching.Outcome{Result: coaching.Hopeless, Reason: "not_in_channel"}, due)),
		named("uncertain", begun.GiveUp(due)),
	)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func TestOutboxListsWhatIsNotSent(t *testing.T) {
	t.Parallel()
	s, _ := newOutbox(t)
	for _, test := range []struct {
		list outboxListCommand
		want string
	}{
		{outboxListCommand{Limit: 9}, "other waits held dead uncertain"},
		{outboxListCommand{Limit: 9, State: "sent"}, "sent"},
		{outboxListCommand{Limit: 9, Workspace: "slack:T2"}, "other"},
		{outboxListCommand{Limit: 1, State: "pending"}, "other"},
	} {
		var out strings.Builder
		if err := test.list.list(t.Context(), s, &out); err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n")[1:] {
			cells := strings.Fields(line)
			ids = append(ids, cells[len(cells)-1])
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%+v lists %q, want %q\n%s", test.list, got, test.want, out.String())
		}
	}
}

func TestOperatorsRetryAndDropWhatMakesSense(t *testing.T) {
	t.Parallel()
	retry := func(looked bool) func(coaching.Delivery, time.Time) (coaching.Delivery, error) {
		return func(d coaching.Delivery, now time.Time) (coaching.Delivery, error) { return d.Retry(now, looked) }
	}
	for _, test := range []struct {
		id    string
		how   func(coaching.Delivery, time.Time) (coaching.Delivery, error)
		err   error
		state coaching.DeliveryState
	}{
		{"waits", retry(false), nil, coaching.Pending},
		{"dead", retry(false), nil, coaching.Pending},
		{"sent", retry(true), coaching.ErrSent, coaching.Sent},
		{"held", retry(true), coaching.ErrHeld, coaching.Pending},
		{"uncertain", retry(false), coaching.ErrDoubtful, coaching.Uncertain},
		{"uncertain", retry(true), nil, coaching.Pending},
		{"waits", coaching.Delivery.Drop, nil, coaching.Dead},
		{"held", coaching.Delivery.Drop, coaching.ErrHeld, coaching.Pending},
		{"dead", coaching.Delivery.Drop, coaching.ErrEnded, coaching.Dead},
	} {
		s, _ := newOutbox(t)
		var out strings.Builder
		err := change(t.Context(), s, &out, []string{"missing", test.id}, "is changed", test.how)
		if err == nil || !strings.Contains(err.Error(), "missing: there is no such delivery") {
			t.Errorf("a missing delivery: %v", err)
		}
		if test.err != nil && !errors.Is(err, test.err) {
			t.Errorf("%s: %v, want %v", test.id, err, test.err)
		}
		if changed := out.String() != ""; changed != (test.err == nil) {
			t.Errorf("%s: said %q", test.id, out.String())
		}
		delivery, err := s.Delivery(t.Context(), test.id)
		if err != nil || delivery.State != test.state {
			t.Errorf("%s is %s, %v; want %s", test.id, delivery.State, err, test.state)
		}
		if due := delivery.State == coaching.Pending && !delivery.Unresolved; due && !delivery.ExpiresAt.After(systemTime()) {
			t.Errorf("%s is due again and useless already", test.id)
		}
	}
}

func TestOutboxOfARunningServerIsRefusedWithAdvice(t *testing.T) {
	t.Parallel()
	_, dir := newOutbox(t)
	err := database{DataDir: dir}.withOutbox(t.Context(), func(*store.Store) error { return nil })
	if !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), "Stop it, run this again") {
		t.Errorf("got %v", err)
	}
}
