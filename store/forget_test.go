package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/enginetest"
)

func TestAMemberIsForgottenAndTheTeamsTotalsStay(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		furnished(t, s, team)
		goal, err := s.Goal(t.Context(), team, 1)
		if err != nil || !goal.Team() {
			t.Fatalf("goal %+v, %v", goal, err)
		}
		before, err := s.Progress(t.Context(), goal, eventsNow)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time there is nothing left to do
			if _, err := s.ForgetMember(t.Context(), team, "U2"); err != nil {
				t.Fatal(err)
			}
		}
		after, err := s.Progress(t.Context(), goal, eventsNow)
		if err != nil || !after.Value.Equal(before.Value) || after.Value.IsZero() {
			t.Errorf("the team's total is %s, was %s, %v", after.Value, before.Value, err)
		}
		for name, lines := range exported(t, s, team) {
			for _, line := range lines {
				if strings.Contains(string(line), "U2") || strings.Contains(string(line), "Somi") {
					t.Errorf("%s still knows the member: %s", name, line)
				}
			}
		}
		if _, err := s.Goal(t.Context(), team, 2); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("the member's own goal: %v", err)
		}
		if member, err := s.Member(t.Context(), team, "U1"); err != nil || member.Name == "" {
			t.Errorf("another member is %+v, %v", member, err)
		}
	})
}

func TestAWorkspaceIsForgottenAndNoOther(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		furnished(t, s, team)
		furnished(t, s, rival)
		want := exported(t, s, rival)
		if n, err := s.ForgetWorkspace(t.Context(), team, func(int) {}); err != nil || n == 0 {
			t.Fatalf("deleted %d, %v", n, err)
		}
		if left := exported(t, s, team); len(left) > 0 {
			t.Errorf("left are %v", left)
		}
		for name, lines := range exported(t, s, rival) {
			if !sameLines(lines, want[name]) {
				t.Errorf("%s of another workspace changed", name)
			}
		}
	})
}

func TestAnEmbeddedDatabaseMovesToMongoDBAlsoAfterABreak(t *testing.T) {
	t.Parallel()
	from := open(t, store.Options{Dir: t.TempDir()})
	to := open(t, store.Options{MongoURI: enginetest.MongoURI(t), Database: fmt.Sprint("migrated", databases.Add(1))})
	furnished(t, from, team)
	furnished(t, from, rival)
	// An earlier try came as far as this.
	lines := exported(t, from, team)
	if err := to.Restore(t.Context(), team, "members", lines["members"][:1]); err != nil {
		t.Fatal(err)
	}
	total, err := from.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		carried, err := store.Migrate(t.Context(), from, to, func(string, int) {})
		if err != nil || carried != total || total < 20 {
			t.Fatalf("carried %d of %d, %v", carried, total, err)
		}
	}
	for name, want := range lines {
		if got := exported(t, to, team)[name]; !sameLines(got, want) {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
	if err := to.SaveMember(t.Context(), coaching.Member{Workspace: team, ID: "U1", Name: "Somebody else"}); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Migrate(t.Context(), from, to, func(string, int) {}); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("two databases were mixed: %v", err)
	}
}
