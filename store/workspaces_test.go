package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestManagersAreKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		workspace := coaching.NewWorkspace("slack:T1")
		workspace.Managers, workspace.ManagerGroups = []coaching.MemberID{"U1", "U2"}, []string{"S1"}
		workspace.GroupNames, workspace.AdminKnown = map[string]string{"S1": "@sales-leads"}, true
		if err := s.SaveWorkspace(t.Context(), workspace); err != nil {
			t.Fatal(err)
		}
		got, err := s.Workspace(t.Context(), "slack:T1")
		if err != nil || !reflect.DeepEqual(got.Managers, workspace.Managers) || !reflect.DeepEqual(got.ManagerGroups, workspace.ManagerGroups) ||
			!reflect.DeepEqual(got.GroupNames, workspace.GroupNames) || !got.AdminKnown {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestChangesAtTheSameTimeAreAllKept lets many change the workspace at once:
// none may undo another's.
func TestChangesAtTheSameTimeAreAllKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		const members = 12
		var all sync.WaitGroup
		for i := range members {
			all.Go(func() {
				_, err := s.ChangeWorkspace(t.Context(), "slack:T1", func(workspace coaching.Workspace) (coaching.Workspace, error) {
					return workspace.WithManagers(coaching.ManagerChange{Add: []coaching.MemberID{coaching.MemberID(fmt.Sprint("U", i))}})
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		got, err := s.Workspace(t.Context(), "slack:T1")
		if err != nil || len(got.Managers) != members || got.Zone != "UTC" {
			t.Errorf("%+v, %v", got, err)
		}
		slices.Sort(got.Managers)
		if len(slices.Compact(got.Managers)) != members {
			t.Errorf("managers %v", got.Managers)
		}
		refusal := errors.New("no")
		if _, err := s.ChangeWorkspace(t.Context(), "slack:T1", func(coaching.Workspace) (coaching.Workspace, error) {
			return coaching.Workspace{Zone: "Asia/Bangkok"}, refusal
		}); !errors.Is(err, refusal) {
			t.Errorf("the change's own error is %v", err)
		}
		if got, err = s.Workspace(t.Context(), "slack:T1"); err != nil || got.Zone != "UTC" {
			t.Errorf("a refused change left %+v, %v", got, err)
		}
	})
}

func TestWhatThePlatformSaidOfAMemberIsKept(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		member := coaching.Member{
			Workspace: "slack:T1", ID: "U1", Name: "Ann", Locale: "th-TH", Zone: "Asia/Bangkok",
			Evidence: coaching.Evidence{
				At: time.Date(2026, time.March, 12, 9, 0, 0, 0, time.UTC), Admin: true, Looked: []string{"S1", "S2"}, Groups: []string{"S2"},
			},
		}
		if err := s.SaveMember(t.Context(), member); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Member(t.Context(), "slack:T1", "U1"); err != nil || !reflect.DeepEqual(got, member) {
			t.Errorf("%+v, %v\nwant %+v", got, err, member)
		}
		if got, err := s.Member(t.Context(), "slack:T1", "U2"); err != nil || !got.Evidence.At.IsZero() {
			t.Errorf("of somebody never seen: %+v, %v", got, err)
		}
	})
}
