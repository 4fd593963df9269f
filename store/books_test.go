package store_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// wantWorkspace checks that a workspace is kept as it is.
func wantWorkspace(t *testing.T, s *store.Store, want coaching.Workspace) {
	t.Helper()
	if err := s.SaveWorkspace(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	got, err := s.Workspace(t.Context(), want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestWhatTargetsAreCheckedWithIsKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		workspace := coaching.NewWorkspace(team)
		wantWorkspace(t, s, workspace) // nothing set

		workspace.HasMargin = true // and zero
		wantWorkspace(t, s, workspace)

		workspace.Margin = decimal.RequireFromString("-2.5")
		workspace.Costs = coaching.Costs{Salaries: decimal.RequireFromString("20000"), Overhead: decimal.RequireFromString("0.01")}
		var err error
		if workspace.Deal, err = coaching.NewDealSize(decimal.RequireFromString("4999.99"), 30); err != nil {
			t.Fatal(err)
		}
		if workspace.Funnel, err = coaching.NewFunnel("deals",
			coaching.FunnelStage{ID: "leads", Onward: coaching.Rate{Hits: 120, Of: 400}},
			coaching.FunnelStage{ID: "meetings", Onward: coaching.Rate{Hits: 30, Of: 110}},
		); err != nil {
			t.Fatal(err)
		}
		wantWorkspace(t, s, workspace)

		workspace.Costs, workspace.Deal, workspace.Funnel = coaching.Costs{}, coaching.DealSize{}, coaching.Funnel{}
		workspace.Margin, workspace.HasMargin = decimal.Zero, false
		wantWorkspace(t, s, workspace) // taken away again
	})
}
