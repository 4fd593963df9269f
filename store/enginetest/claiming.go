package enginetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
)

func claim(t *testing.T, e document.Engine) {
	mustInsert(t, e, numbered("mina", 4)...)
	next := document.Query{Index: "owner_done_count", Equal: []any{"mina", false}, Until: int64(2), Limit: 1}
	for i := range 2 {
		var got item
		if err := e.Claim(t.Context(), items, next, map[string]any{"done": true}, &got); err != nil {
			t.Fatal(err)
		}
		want := item{Header: document.Header{ID: fmt.Sprintf("mina-%04d", i), Revision: 2}, Owner: "mina", Count: int64(i), Done: true}
		if got != want {
			t.Errorf("claimed %+v, want %+v", got, want)
		}
		if kept := mustGet(t, e, want.ID); kept != want {
			t.Errorf("kept %+v, want %+v", kept, want)
		}
	}
	wantError(t, "claim past the range", e.Claim(t.Context(), items, next, map[string]any{"done": true}, new(item)), document.ErrNotFound)
	last := document.Query{Index: "owner_done_count", Equal: []any{"mina", false}, Descending: true, Limit: 1}
	var got item
	if err := e.Claim(t.Context(), items, last, nil, &got); err != nil || got.Count != 3 || got.Revision != 2 || got.Done {
		t.Errorf("claimed %+v with error %v, want the last with nothing set", got, err)
	}
	stale := got
	stale.Revision = 1
	wantError(t, "replace what was claimed meanwhile", e.Replace(t.Context(), items, &stale), document.ErrStale)
}

func claimFields(t *testing.T, e document.Engine) {
	things := document.Collection{Name: "things", Indexes: []document.Index{{Name: "state", Keys: []string{"state"}}}}
	if err := e.Ensure(t.Context(), things); err != nil {
		t.Fatal(err)
	}
	want := everything()
	bare := &thing{Header: want.Header, State: "new", Tree: want.Tree}
	if err := e.Insert(t.Context(), things, bare); err != nil {
		t.Fatal(err)
	}
	var got thing
	err := e.Claim(t.Context(), things, document.Query{Index: "state", Equal: []any{"new"}, Limit: 1}, map[string]any{
		"state": want.State, "text": want.Text, "yes": want.Yes, "int": want.Int, "float": want.Float, "at": want.At,
		"texts": want.Texts, "parts": want.Parts, "counts": want.Counts, "part": want.Part, "maybe": want.Maybe,
		"small": want.Small, "wide": want.Wide, "unsigned": want.Unsigned, "byname": want.ByName, "empty": want.Empty,
	}, &got)
	if err != nil {
		t.Fatal(err)
	}
	want.Revision = 2
	wantThing(t, got, want)
	for what, set := range map[string]map[string]any{
		"the id": {"_id": "x"}, "the revision": {"revision": int64(1)}, "a path": {"part.name": "x"},
		"an operator": {"$inc": int64(1)}, "nothing": {"text": nil}, "a time of day": {"at": time.Time{}},
	} {
		err := e.Claim(t.Context(), things, document.Query{Index: "state", Equal: []any{want.State}, Limit: 1}, set, new(thing))
		wantError(t, "set "+what, err, document.ErrInvalid)
	}
}

func claimRace(t *testing.T, e document.Engine) {
	const workers, jobs = 16, 40
	mustInsert(t, e, numbered("queue", jobs)...)
	next := document.Query{Index: "owner_done_count", Equal: []any{"queue", false}, Limit: 1}
	var mu sync.Mutex
	claimed := make(map[string]int, jobs)
	together(workers, func(worker int) {
		for {
			var got item
			err := e.Claim(t.Context(), items, next, map[string]any{"done": true, "name": fmt.Sprint("worker", worker)}, &got)
			if errors.Is(err, document.ErrNotFound) {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			claimed[got.ID]++
			mu.Unlock()
		}
	})
	if len(claimed) != jobs {
		t.Errorf("%d of %d were claimed", len(claimed), jobs)
	}
	for id, times := range claimed {
		if times != 1 {
			t.Errorf("%s was claimed %d times", id, times)
		}
	}
}
