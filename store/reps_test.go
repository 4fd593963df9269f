package store_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestTeamListKeepsWhoCameAndWent(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		first := coaching.DateOf(start)
		want := []coaching.Rep{
			{Member: "U1"}, {Member: "U2", Start: first}, {Member: "U3", Start: first.AddDays(-400), End: first.AddDays(-1)},
		}
		for _, rep := range append(want, coaching.Rep{Member: "U4"}) {
			if err := s.SaveRep(t.Context(), team, rep); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.SaveRep(t.Context(), "slack:T2", coaching.Rep{Member: "U9"}); err != nil {
			t.Fatal(err)
		}
		if err := s.DeleteRep(t.Context(), team, "U4"); err != nil {
			t.Fatal(err)
		}
		got, err := s.Reps(t.Context(), team)
		if err != nil || len(got) != len(want) {
			t.Fatalf("reps = %+v, %v; want %+v", got, err, want)
		}
		for i := range want {
			if got[i].Member != want[i].Member || got[i].Start != want[i].Start || got[i].End != want[i].End {
				t.Errorf("rep %d = %+v, want %+v", i, got[i], want[i])
			}
		}
	})
}
