package store_test

import (
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestSettingsAreReadAsLastSavedWhateverReadersDidToTheirs(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	saved := coaching.NewWorkspace(team)
	for day := 1; day <= 3; day++ {
		saved.FocusLimit = day
		saved.Holidays = append(saved.Holidays, coaching.Date{Year: 2026, Month: time.May, Day: day})
		if err := s.SaveWorkspace(t.Context(), saved); err != nil {
			t.Fatal(err)
		}
		for range 2 { // from the database, and remembered
			got, err := s.Workspace(t.Context(), team)
			if err != nil || got.FocusLimit != day || len(got.Holidays) != day || got.Holidays[0].Day != 1 {
				t.Fatalf("after save %d: %+v, %v", day, got, err)
			}
			got.Holidays[0].Day = 31
		}
	}
	if other, err := s.Workspace(t.Context(), team+"2"); err != nil || other.FocusLimit == 3 && len(other.Holidays) > 0 {
		t.Errorf("another team has these settings: %+v, %v", other, err)
	}
}
