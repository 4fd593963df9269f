package enginetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/smallwins/smallwins/store/document"
)

func insertAndGet(t *testing.T, e document.Engine) {
	doc := named("slack:T1/goal/1", "mina")
	doc.Revision = 41 // The engine's, not the caller's.
	mustInsert(t, e, doc)
	if doc.Revision != 1 {
		t.Errorf("got revision %d after the insert, want 1", doc.Revision)
	}
	if got := mustGet(t, e, doc.ID); got != *doc {
		t.Errorf("got %+v, want %+v", got, *doc)
	}
	var none item
	wantError(t, "get a missing id", e.Get(t.Context(), items, "slack:T1/goal/2", &none), document.ErrNotFound)
	if err := e.Insert(t.Context(), items); err != nil {
		t.Errorf("insert nothing: %v", err)
	}
	if err := e.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func insertTaken(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("b", "first"), named("d", "first"))
	a, b, c, d := named("a", "second"), named("b", "second"), named("c", "second"), named("d", "second")
	twin := named("c", "third")
	err := e.Insert(t.Context(), items, a, b, c, d, twin)
	wantError(t, "insert", err, document.ErrTaken)
	var taken *document.TakenError
	if !errors.As(err, &taken) || !slices.Equal(taken.IDs, []string{"b", "d", "c"}) {
		t.Fatalf("got %v, want b, d and c taken", err)
	}
	for id, owner := range map[string]string{"a": "second", "b": "first", "c": "second", "d": "first"} {
		if got := mustGet(t, e, id); got.Owner != owner || got.Revision != 1 {
			t.Errorf("%s is %+v, want owner %s", id, got, owner)
		}
	}
	if a.Revision != 1 || b.Revision != 0 || c.Revision != 1 || twin.Revision != 0 {
		t.Errorf("got revisions %d, %d, %d, %d", a.Revision, b.Revision, c.Revision, twin.Revision)
	}
}

func insertRace(t *testing.T, e document.Engine) {
	const writers, ids = 64, 8
	var won [ids]atomic.Int64
	together(writers, func(worker int) {
		for i := range ids {
			err := e.Insert(t.Context(), items, named(fmt.Sprint(i), fmt.Sprint("writer", worker)))
			switch {
			case err == nil:
				won[i].Add(1)
			case !errors.Is(err, document.ErrTaken):
				t.Error(err)
			}
		}
	})
	for i := range won {
		if n := won[i].Load(); n != 1 {
			t.Errorf("%d writers inserted %d", n, i)
		}
	}
}

func replace(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("a", "before"))
	mine, theirs := mustGet(t, e, "a"), mustGet(t, e, "a")
	theirs.Owner, theirs.Count = "theirs", 7
	if err := e.Replace(t.Context(), items, &theirs); err != nil {
		t.Fatal(err)
	}
	if theirs.Revision != 2 {
		t.Errorf("got revision %d after the replace, want 2", theirs.Revision)
	}
	mine.Owner = "mine"
	wantError(t, "replace a stale document", e.Replace(t.Context(), items, &mine), document.ErrStale)
	if mine.Revision != 1 {
		t.Errorf("got revision %d after a refused replace, want 1", mine.Revision)
	}
	if got := mustGet(t, e, "a"); got != theirs {
		t.Errorf("got %+v, want %+v", got, theirs)
	}
	if got := mustFind(t, e, document.Query{Index: "owner", Equal: []any{"before"}, Limit: 9}); len(got) != 0 {
		t.Errorf("the index still has %v under the old key", got)
	}
	wantError(t, "replace a missing document", e.Replace(t.Context(), items, named("b", "nobody")), document.ErrStale)
	if err := e.Delete(t.Context(), items, "a"); err != nil {
		t.Fatal(err)
	}
	wantError(t, "replace a deleted document", e.Replace(t.Context(), items, &theirs), document.ErrStale)
}

func replaceRace(t *testing.T, e document.Engine) {
	const writers, each = 8, 5
	mustInsert(t, e, named("counter", "all"))
	together(writers, func(int) {
		for done := 0; done < each; {
			var doc item
			if err := e.Get(t.Context(), items, "counter", &doc); err != nil {
				t.Error(err)
				return
			}
			doc.Count++
			switch err := e.Replace(t.Context(), items, &doc); {
			case err == nil:
				done++
			case !errors.Is(err, document.ErrStale):
				t.Error(err)
				return
			}
		}
	})
	if got := mustGet(t, e, "counter"); got.Count != writers*each || got.Revision != writers*each+1 {
		t.Errorf("counted %d at revision %d, want %d", got.Count, got.Revision, writers*each)
	}
}

func remove(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("a", "mina"), named("b", "mina"))
	for range 2 {
		if err := e.Delete(t.Context(), items, "a"); err != nil {
			t.Fatal(err)
		}
	}
	var none item
	wantError(t, "get", e.Get(t.Context(), items, "a", &none), document.ErrNotFound)
	mine := document.Query{Index: "owner", Equal: []any{"mina"}, Limit: 9}
	if got := mustFind(t, e, mine); !slices.Equal(got, []string{"b"}) {
		t.Errorf("found %v, want b", got)
	}
	mustInsert(t, e, named("a", "mina"))
	if got := mustGet(t, e, "a"); got.Revision != 1 {
		t.Errorf("got revision %d after inserting anew, want 1", got.Revision)
	}
}

func large(t *testing.T, e document.Engine) {
	doc := named("large", "mina")
	doc.Name = strings.Repeat("ยอดขาย🎯", 1<<17)
	mustInsert(t, e, doc)
	if got := mustGet(t, e, "large"); got != *doc {
		t.Errorf("got %d bytes back, want %d", len(got.Name), len(doc.Name))
	}
	doc.Name = strings.Repeat("x", document.MaxSize)
	wantError(t, "replace", e.Replace(t.Context(), items, doc), document.ErrInvalid)
	wantError(t, "insert", e.Insert(t.Context(), items, &item{Header: document.Header{ID: "too large"}, Name: doc.Name}), document.ErrInvalid)
}

func deadline(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("a", "mina"))
	late, doc := expired(t), mustGet(t, e, "a")
	mine := document.Query{Index: "owner", Equal: []any{"mina"}, Limit: 9}
	doc.Count = 1
	for what, err := range map[string]error{
		"insert":  e.Insert(late, items, named("b", "mina")),
		"get":     e.Get(late, items, "a", new(item)),
		"replace": e.Replace(late, items, &doc),
		"delete":  e.Delete(late, items, "a"),
		"find":    e.Find(late, items, mine, func(document.Decode) error { return nil }),
		"claim":   e.Claim(late, items, mine, map[string]any{"count": int64(2)}, new(item)),
		"ensure":  e.Ensure(late, items),
		"ping":    e.Ping(late),
	} {
		if err == nil || !errors.Is(err, late.Err()) {
			t.Errorf("%s: got error %v, want %v", what, err, late.Err())
		}
	}
	if got := mustGet(t, e, "a"); got.Count != 0 || got.Revision != 1 {
		t.Errorf("got %+v, want the document unchanged", got)
	}
	if got := mustFind(t, e, mine); !slices.Equal(got, []string{"a"}) {
		t.Errorf("found %v, want only a", got)
	}
}

func closed(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("a", "mina"))
	for range 2 {
		if err := e.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Insert(t.Context(), items, named("b", "mina")); err == nil {
		t.Error("insert: got no error")
	}
	if err := e.Get(t.Context(), items, "a", new(item)); err == nil || errors.Is(err, document.ErrNotFound) {
		t.Errorf("get: got error %v, want another", err)
	}
	if err := e.Ping(t.Context()); err == nil {
		t.Error("ping: got no error")
	}
}
