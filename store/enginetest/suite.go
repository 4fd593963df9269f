// Package enginetest is the contract of a storage engine as a test suite that
// every engine passes, and a MongoDB-speaking server to run it against where
// none is installed.
package enginetest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/smallwins/smallwins/store/document"
)

// item is the document of most tests: one field of each type that an index may
// be over.
type item struct {
	document.Header
	Owner string        `json:"owner"`
	Name  string        `json:"name"`
	Count int64         `json:"count"`
	Done  bool          `json:"done"`
	At    document.Time `json:"at"`
	Score float64       `json:"score"`
}

// items is where the tests keep them.
var items = document.Collection{Name: "items", Indexes: []document.Index{
	{Name: "owner", Keys: []string{"owner"}},
	{Name: "owner_name", Keys: []string{"owner", "name"}},
	{Name: "owner_count", Keys: []string{"owner", "count"}},
	{Name: "owner_done", Keys: []string{"owner", "done"}},
	{Name: "owner_at", Keys: []string{"owner", "at"}},
	{Name: "owner_done_count", Keys: []string{"owner", "done", "count"}},
	{Name: "count", Keys: []string{"count"}},
}}

// Run runs the contract suite. Open returns an engine over an empty database
// and closes it when the test ends; it is called by parallel tests.
func Run(t *testing.T, open func(t *testing.T) document.Engine) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, document.Engine)
	}{
		{"an inserted document is found by id", insertAndGet},
		{"an insert stores all but the taken ids", insertTaken},
		{"an id is inserted once by any number of writers", insertRace},
		{"values come back as they were", values},
		{"a large document is kept, a too large one refused", large},
		{"what only one engine could keep is refused", refused},
		{"a replace needs the revision that was read", replace},
		{"no concurrent replace is lost", replaceRace},
		{"a deleted document is gone, and deleting it again is harmless", remove},
		{"a claim changes the first match", claim},
		{"a claim can set any field", claimFields},
		{"a document is claimed by one of many", claimRace},
		{"keys of every type are in order", order},
		{"a range bounds the last key", ranges},
		{"pages go on behind the cursor, whatever is inserted", pages},
		{"a long walk is complete and may use the engine", longWalk},
		{"a walk ends when told to", stop},
		{"a query without a declared index does not exist", undeclared},
		{"an index whose declaration changed is built anew", redeclared},
		{"an operation past its deadline is not carried out", deadline},
		{"a closed engine refuses", closed},
		{"random operations match a map", model},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := open(t)
			if err := e.Ensure(t.Context(), items); err != nil {
				t.Fatal(err)
			}
			test.run(t, e)
		})
	}
}

// mustInsert stores items or ends the test.
func mustInsert(t *testing.T, e document.Engine, docs ...*item) {
	t.Helper()
	all := make([]document.Document, len(docs))
	for i, doc := range docs {
		all[i] = doc
	}
	if err := e.Insert(t.Context(), items, all...); err != nil {
		t.Fatal(err)
	}
}

// mustGet returns an item or ends the test.
func mustGet(t *testing.T, e document.Engine, id string) item {
	t.Helper()
	var got item
	if err := e.Get(t.Context(), items, id, &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// mustFind returns the ids of a query's documents or ends the test.
func mustFind(t *testing.T, e document.Engine, q document.Query) []string {
	t.Helper()
	found, err := document.All[item](t.Context(), e, items, q)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]string, len(found))
	for i, doc := range found {
		ids[i] = doc.ID
	}
	return ids
}

// wantError fails the test unless err is the wanted one.
func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got error %v, want %v", what, err, want)
	}
}

// named returns an item with only an id and an owner.
func named(id, owner string) *item {
	return &item{Header: document.Header{ID: id}, Owner: owner}
}

// numbered returns n items of an owner, counted from 0, with ids in that order.
func numbered(owner string, n int) []*item {
	docs := make([]*item, n)
	for i := range docs {
		docs[i] = named(fmt.Sprintf("%s-%04d", owner, i), owner)
		docs[i].Count = int64(i)
	}
	return docs
}

// together runs n goroutines and waits for them.
func together(n int, run func(worker int)) {
	done := make(chan struct{})
	for worker := range n {
		go func() {
			defer func() { done <- struct{}{} }()
			run(worker)
		}()
	}
	for range n {
		<-done
	}
}

// expired returns a context whose deadline has passed.
func expired(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	t.Cleanup(cancel)
	return ctx
}
