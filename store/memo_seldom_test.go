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

func TestMembersAreReadAsLastSavedWhateverReadersDidToTheirs(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	saved := coaching.Member{Workspace: team, ID: "U1", Name: "Nok"}
	for _, locale := range []string{"en-US", "th-TH", "th"} {
		saved.Locale = locale
		saved.Evidence = coaching.Evidence{At: time.Date(2026, time.May, 4, 9, 0, 0, 0, time.UTC), Groups: []string{"S1"}}
		if err := s.SaveMember(t.Context(), saved); err != nil {
			t.Fatal(err)
		}
		for range 2 { // from the database, and remembered
			got, err := s.Member(t.Context(), team, "U1")
			if err != nil || got.Locale != locale || len(got.Evidence.Groups) != 1 || got.Evidence.Groups[0] != "S1" {
				t.Fatalf("after %s was saved: %+v, %v", locale, got, err)
			}
			got.Evidence.Groups[0] = "S2"
		}
	}
	if other, err := s.Member(t.Context(), team+"2", "U1"); err != nil || other.Locale != "" {
		t.Errorf("another team's member is %+v, %v", other, err)
	}
}
