package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func pending(id string, workspace coaching.WorkspaceID, due time.Time) coaching.Delivery {
	return coaching.Delivery{
		ID: id, Workspace: workspace, Channel: coaching.ChannelID("C" + id), State: coaching.Pending,
		NextAt: due, DueAt: due, ExpiresAt: due.Add(6 * time.Hour),
	}
}

func TestWorkspacesTakeTurnsInTheOutbox(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		var all []coaching.Delivery
		for i := range 5 {
			all = append(all, pending(fmt.Sprint("a", i), "slack:A", start.Add(time.Duration(i)*time.Second)))
		}
		all = append(all, pending("b0", "slack:B", start), pending("b1", "slack:B", start.Add(time.Hour)), pending("c0", "slack:C", start.Add(time.Hour)))
		done := pending("d0", "slack:D", start).Begin(start, time.Minute).Settle(coaching.Outcome{Result: coaching.Delivered}, start)
		if err := s.Enqueue(t.Context(), append(all, done)...); err != nil {
			t.Fatal(err)
		}
		now := start.Add(time.Minute)
		for _, test := range []struct {
			after coaching.WorkspaceID
			turns int
			want  string
			last  coaching.WorkspaceID
		}{
			{"", 1, "[a0 a1]", "slack:A"},
			{"slack:A", 1, "[b0]", "slack:B"},
			{"", 9, "[a0 a1 b0]", ""},
			{"slack:B", 1, "[]", "slack:C"},
			{"slack:C", 1, "[]", ""},
		} {
			due, last, err := s.DueByTurn(t.Context(), now, test.after, test.turns, 2)
			if err != nil {
				t.Fatal(err)
			}
			ids := []string{}
			for _, delivery := range due {
				ids = append(ids, delivery.ID)
			}
			if fmt.Sprint(ids) != test.want || last != test.last {
				t.Errorf("behind %q, %d turns: %v up to %q, want %s up to %q", test.after, test.turns, ids, last, test.want, test.last)
			}
		}
	})
}

func TestBacklogIsCountedAndOldDeliveriesGo(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		old := start.AddDate(0, 0, -40)
		for i, outcome := range []coaching.Outcome{{Result: coaching.Delivered}, {Result: coaching.Hopeless, Reason: "is_archived"}} {
			ended := pending(fmt.Sprint("old", i), "slack:A", old).Begin(old, time.Minute).Settle(outcome, old)
			recent := pending(fmt.Sprint("new", i), "slack:A", start).Begin(start, time.Minute).Settle(outcome, start)
			if err := s.Enqueue(t.Context(), ended, recent); err != nil {
				t.Fatal(err)
			}
		}
		retries := pending("retries", "slack:A", start.Add(-time.Hour)).Begin(start, time.Minute).Settle(coaching.Outcome{Result: coaching.Refused}, start)
		if err := s.Enqueue(t.Context(), retries, pending("due", "slack:A", start)); err != nil {
			t.Fatal(err)
		}
		backlog, err := s.Backlog(t.Context(), start, 10)
		if err != nil || backlog.Waiting != 2 || backlog.Due != 1 || backlog.Lag(start) != time.Hour {
			t.Errorf("backlog %+v, %v; want two waiting, one due, an hour late", backlog, err)
		}
		for _, want := range []int{1, 1, 0} {
			if removed, err := s.PruneDeliveries(t.Context(), start.AddDate(0, 0, -30), 1); err != nil || removed != want {
				t.Errorf("removed %d, %v; want %d", removed, err, want)
			}
		}
		if all, err := s.Deliveries(t.Context(), "slack:A", 10); err != nil || len(all) != 4 {
			t.Errorf("%d are left, %v; want the four that are recent or pending", len(all), err)
		}
		troubles, err := s.Troubles(t.Context(), "slack:A")
		if err != nil || len(troubles) != 1 || troubles[0].Channel != "Cnew1" || troubles[0].Reason != "is_archived" {
			t.Errorf("troubles %+v, %v", troubles, err)
		}
	})
}
