package store_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestTrailIsOnlyAddedTo(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, time.March, 12, 9, 0, 0, 0, time.UTC)
		first := coaching.Trace{
			ID: "r1/edited/12", Workspace: "slack:T1", Goal: 12, Kind: coaching.TraceEdited, Member: "U1", Name: "Ann", At: at,
			Shifts: []coaching.Shift{{Name: "target", Before: "20", After: "30"}}, Why: "two reps joined",
		}
		rewritten := first
		rewritten.Shifts, rewritten.Member = nil, "U2"
		second := coaching.Trace{ID: "r2/state/12", Workspace: "slack:T1", Goal: 12, Kind: coaching.TraceState, Member: "U1", At: at.Add(time.Minute)}
		refused := coaching.Trace{
			ID: "r3/refused/set/12", Workspace: "slack:T1", Goal: 12, Kind: coaching.TraceRefused, Member: "U2", At: at.Add(time.Hour),
			Act: coaching.ActSet, Refusal: "goal_for_others",
		}
		settings := coaching.Trace{ID: "r4/settings/0", Workspace: "slack:T1", Kind: coaching.TraceSettings, Member: "U1", At: at}
		elsewhere := coaching.Trace{ID: "r5/edited/12", Workspace: "slack:T2", Goal: 12, Kind: coaching.TraceEdited, Member: "U1", At: at}
		for _, trace := range []coaching.Trace{first, rewritten, second, refused, settings, elsewhere} {
			if err := s.AddTrace(t.Context(), trace); err != nil {
				t.Fatal(err)
			}
		}
		for subject, want := range map[coaching.Subject][]coaching.Trace{
			coaching.SubjectGoal(12): {second, first},
			coaching.SubjectGoal(1):  {},
			coaching.SubjectRefused:  {refused},
			coaching.SubjectSettings: {settings},
		} {
			if got, err := s.Traces(t.Context(), "slack:T1", subject, 10); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %v\n%+v\nwant\n%+v", subject, err, got, want)
			}
		}
		if got, err := s.Traces(t.Context(), "slack:T1", coaching.SubjectGoal(12), 1); err != nil || len(got) != 1 || got[0].ID != second.ID {
			t.Errorf("the latest: %+v, %v", got, err)
		}
	})
}
