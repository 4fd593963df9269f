package store_test

import (
	"errors"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/sqlite"
)

// firstSchema and firstCadence are documents as version 1 wrote them.
type firstSchema struct {
	document.Header
	Version int64 `json:"version"`
}

type firstCadence struct {
	document.Header
	Workspace string        `json:"workspace"`
	Kind      string        `json:"kind"`
	Channel   string        `json:"channel"`
	At        string        `json:"at"`
	Days      int64         `json:"days"`
	Zone      string        `json:"zone"`
	Enabled   bool          `json:"enabled"`
	Next      document.Time `json:"next"`
}

func TestChannelsKeepTheirNudgeThroughTheUpgrade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	engine, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	schemas, cadences := document.Collection{Name: "schemas"}, document.Collection{Name: "cadences"}
	err = errors.Join(
		engine.Ensure(t.Context(), schemas, cadences),
		engine.Insert(t.Context(), schemas, &firstSchema{Header: document.Header{ID: "schema"}, Version: 1}),
		engine.Insert(t.Context(), cadences, &firstCadence{
			Header: document.Header{ID: "slack:T1/nudge_daily/C1"}, Workspace: "slack:T1", Kind: "nudge_daily", Channel: "C1",
			At: "09:00", Days: 62, Zone: "UTC", Enabled: true, Next: document.At(time.Date(2026, time.March, 17, 9, 0, 0, 0, time.UTC)),
		}),
		engine.Close(t.Context()),
	)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // The second time there is nothing left to do.
		s, err := store.Open(t.Context(), store.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := s.CadencesOf(t.Context(), "slack:T1", "")
		if err != nil || len(kept) != 1 || kept[0].Channel != "C1" || kept[0].NextAt.IsZero() {
			t.Errorf("the channel's cadences are %+v, %v", kept, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
