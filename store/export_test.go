package store_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

const rival = coaching.WorkspaceID("slack:T10") // an id that begins as the team's does

// furnished puts something of most collections into a workspace.
func furnished(t *testing.T, s *store.Store, id coaching.WorkspaceID) {
	t.Helper()
	workspace := coaching.NewWorkspace(id)
	workspace.Managers = []coaching.MemberID{"U1"}
	if err := s.SaveWorkspace(t.Context(), workspace); err != nil {
		t.Fatal(err)
	}
	for _, member := range []coaching.MemberID{"U1", "U2"} {
		if err := s.SaveMember(t.Context(), coaching.Member{Workspace: id, ID: member, Name: "=SUM " + string(member), Email: string(member) + "@example.com"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, owner := range []coaching.MemberID{"", "U2"} {
		goal := demos(t, owner)
		goal.Workspace, goal.CreatedBy = id, "U2"
		goal, _, err := s.CreateGoal(t.Context(), goal, "draft-"+string(owner))
		if err != nil {
			t.Fatal(err)
		}
		entry := coaching.Entry{
			ID: "e" + string(owner), Workspace: id, Goal: goal.Number, Member: "U2", Name: "Somi", At: start,
			Amount: decimal.NewFromInt(3), Op: coaching.Add,
		}
		if _, _, err := s.Record(t.Context(), entry); err != nil {
			t.Fatal(err)
		}
	}
	err := s.AddTrace(t.Context(), coaching.Trace{
		ID: "t1", Workspace: id, Kind: coaching.TraceSettings, Member: "U1", At: start,
		Shifts: coaching.OwnerShift(coaching.Owner{}, coaching.Owner{Name: "u1@example.com", Member: "U2"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	events := []coaching.Event{
		dealEvent("1", coaching.DealWon, "a", "2026-03-09", "amount", "120", "owner", "u2@example.com", "opened_on", "2026-03-01"),
		dealEvent("2", coaching.CustomerStarted, "c", "2026-03-09", "value", "10"),
		dealEvent("3", coaching.CostRecorded, "", "2026-03-09", "amount", "5", "category", "sales"),
	}
	if _, err := s.Ingest(t.Context(), id, events, eventsNow); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveLayout(t.Context(), id, coaching.Layout{Key: "k", As: "deals"}.Naming("x.y", "amount")); err != nil {
		t.Fatal(err)
	}
}

func exported(t *testing.T, s *store.Store, id coaching.WorkspaceID) map[string][][]byte {
	t.Helper()
	lines := make(map[string][][]byte)
	err := s.Export(t.Context(), id, func(collection string, line []byte) error {
		lines[collection] = append(lines[collection], slices.Clone(line))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func sameLines(a, b [][]byte) bool {
	return slices.EqualFunc(a, b, func(a, b []byte) bool { return string(a) == string(b) })
}

func TestAnExportRestoresEverythingAndNothingOfAnotherWorkspace(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		furnished(t, s, team)
		furnished(t, s, rival)
		lines := exported(t, s, team)
		for _, name := range []string{"workspaces", "members", "goals", "entries", "events", "deals", "customers", "customer_days", "costs", "owners", "feeds", "marks", "sheets"} {
			if len(lines[name]) == 0 {
				t.Errorf("nothing of %s is exported", name)
			}
		}
		for name, lines := range lines {
			for _, line := range lines {
				if strings.Contains(string(line), string(rival)) {
					t.Errorf("%s has a line of another workspace: %s", name, line)
				}
			}
		}
		other := open(t, store.Options{Dir: t.TempDir()})
		for _, name := range store.Exported() {
			for range 2 { // the second time nothing changes
				if err := other.Restore(t.Context(), team, name, lines[name]); err != nil {
					t.Fatal(err)
				}
			}
		}
		if got := exported(t, other, team); !maps.EqualFunc(got, lines, sameLines) {
			t.Errorf("restored is\n%s\nwant\n%s", got, lines)
		}
		if got, want := kpi(t, other, coaching.Revenue, march).Value, kpi(t, s, coaching.Revenue, march).Value; !got.Equal(want) || got.IsZero() {
			t.Errorf("revenue is %s restored, want %s", got, want)
		}
		if err := other.Restore(t.Context(), rival, "deals", lines["deals"]); err == nil {
			t.Error("a line of one workspace was restored into another")
		}
		changed := strings.Replace(string(lines["goals"][0]), "Demos", "Calls", 1)
		if err := other.Restore(t.Context(), team, "goals", [][]byte{[]byte(changed)}); !errors.Is(err, store.ErrNotEmpty) {
			t.Errorf("a goal was restored over another: %v", err)
		}
	})
}

func TestATableBroughtInAgainTellsOnlyWhatChanged(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		bring := func(reopen bool, events ...coaching.Event) []coaching.EventOutcome {
			t.Helper()
			results, err := s.IngestTable(t.Context(), team, events, reopen, eventsNow)
			if err != nil {
				t.Fatal(err)
			}
			return outcomes(results)
		}
		won := dealEvent("csv-1", coaching.DealWon, "a", "2026-03-20", "amount", "100", "opened_on", "2026-03-01", "closed_on", "2026-03-09")
		started := dealEvent("csv-2", coaching.CustomerStarted, "c", "2026-03-20", "value", "10", "started_on", "2026-03-02")
		for i, want := range []coaching.EventOutcome{"accepted", "repeated", "repeated"} {
			won.ID, started.ID = won.ID+"x", started.ID+"x" // another day's file has other ids
			if got := bring(true, won, started); got[0] != want || got[1] != want {
				t.Errorf("time %d: %v", i, got)
			}
		}
		won.ID, won.Fields["amount"] = "csv-3", "150"
		started.ID, started.Fields["value"], started.At = "csv-4", "12", started.At.AddDate(0, 0, 1)
		won.At = won.At.AddDate(0, 0, 1)
		if got := bring(true, won, started); got[0] != "accepted" || got[1] != "accepted" {
			t.Errorf("changed: %v", got)
		}
		if got := kpi(t, s, coaching.Revenue, march).Value; got.String() != "150" {
			t.Errorf("revenue %s", got)
		}
		customer, err := s.Dossier(t.Context(), team, coaching.SubjectCustomer, "c")
		if err != nil || customer.Steps[len(customer.Steps)-1].Kind != coaching.CustomerRenewed {
			t.Errorf("customer %+v, %v", customer, err)
		}
		open := dealEvent("csv-5", coaching.DealCreated, "a", "2026-03-25", "amount", "150", "opened_on", "2026-03-01")
		if got := bring(false, open); got[0] != "repeated" {
			t.Errorf("a table of leads reopened a deal: %v", got)
		}
		if got := bring(true, open); got[0] != "accepted" {
			t.Errorf("reopened: %v", got)
		}
		if deal, err := s.Dossier(t.Context(), team, coaching.SubjectDeal, "a"); err != nil || deal.Opportunity().Fate != coaching.FateOpen {
			t.Errorf("deal %+v, %v", deal, err)
		}
	})
}
