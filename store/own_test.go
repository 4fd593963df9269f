package store_test

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestOwnDataIsAMembersAndNobodyElses(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		furnished(t, s, team)
		furnished(t, s, rival)
		if err := s.SaveRep(t.Context(), team, coaching.Rep{Member: "U2"}); err != nil {
			t.Fatal(err)
		}
		cadence := coaching.NewCadence(coaching.NudgeDaily, coaching.WeekdaysOf(1))
		cadence.Workspace, cadence.Member = team, "U2"
		if err := s.SaveCadence(t.Context(), cadence); err != nil {
			t.Fatal(err)
		}
		own := func(member coaching.MemberID) map[string]int {
			kinds := make(map[string]int)
			err := s.OwnData(t.Context(), team, member, func(collection string, line []byte) error {
				kinds[collection]++
				if strings.Contains(string(line), string(rival)) {
					t.Errorf("%s has a line of another workspace: %s", collection, line)
				}
				if other := "=SUM U1"; member == "U2" && strings.Contains(string(line), other) {
					t.Errorf("%s has a line of another member: %s", collection, line)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return kinds
		}
		got := own("U2")
		for name, want := range map[string]int{"members": 1, "goals": 1, "entries": 2, "reps": 1, "cadences": 1, "deals": 0, "workspaces": 0} {
			if got[name] != want {
				t.Errorf("%d of %s are U2's, want %d", got[name], name, want)
			}
		}
		if got := own("U1"); got["members"] != 1 || got["goals"]+got["entries"]+got["cadences"] > 0 {
			t.Errorf("U1 has %v", got)
		}
		// What is a member's own is what goes when they are forgotten.
		if _, err := s.ForgetMember(t.Context(), team, "U2"); err != nil {
			t.Fatal(err)
		}
		if got := own("U2"); len(got) > 0 {
			t.Errorf("forgotten, U2 still has %v", got)
		}
	})
}
