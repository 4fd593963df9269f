package enginetest

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/store/document"
)

// oracle is what an engine must do, done on a map.
type oracle map[string]item

// match returns the documents of a query over owner_count, in order.
func (o oracle) match(q document.Query) []item {
	var found []item
	for _, doc := range o {
		switch {
		case doc.Owner != q.Equal[0],
			q.From != nil && doc.Count < q.From.(int64),    //nolint:forcetypeassert // Drawn so.
			q.Until != nil && doc.Count >= q.Until.(int64): //nolint:forcetypeassert // Drawn so.
			continue
		}
		found = append(found, doc)
	}
	compare := func(a, b item) int { return cmp.Or(cmp.Compare(a.Count, b.Count), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(found, compare)
	if q.Descending {
		slices.Reverse(found)
	}
	if q.After != nil {
		cursor := item{Header: document.Header{ID: q.After.ID}, Count: q.After.Key.(int64)} //nolint:forcetypeassert // Drawn so.
		found = slices.DeleteFunc(found, func(doc item) bool {
			return cmp.Compare(compare(doc, cursor), 0) != map[bool]int{false: 1, true: -1}[q.Descending]
		})
	}
	return found[:min(q.Limit, len(found))]
}

// Small pools, so that operations meet.
var (
	anyID    = rapid.SampledFrom([]string{"a", "b", "c", "ก", "🎯", "slack:T1/goal/7"})
	anyOwner = rapid.SampledFrom([]string{"mina", "ploy"})
	anyCount = rapid.Int64Range(-2, 2)
)

func anyItem(t *rapid.T) *item {
	doc := named(anyID.Draw(t, "id"), anyOwner.Draw(t, "owner"))
	doc.Count = anyCount.Draw(t, "count")
	return doc
}

func anyQuery(t *rapid.T) document.Query {
	q := document.Query{
		Index: "owner_count", Equal: []any{anyOwner.Draw(t, "owner")},
		Descending: rapid.Bool().Draw(t, "descending"), Limit: rapid.IntRange(1, 4).Draw(t, "limit"),
	}
	if rapid.Bool().Draw(t, "has from") {
		q.From = anyCount.Draw(t, "from")
	}
	if rapid.Bool().Draw(t, "has until") {
		q.Until = anyCount.Draw(t, "until")
	}
	if rapid.Bool().Draw(t, "has cursor") {
		q.After = &document.Cursor{Key: anyCount.Draw(t, "key"), ID: anyID.Draw(t, "behind")}
	}
	return q
}

// model runs random operations on the engine and on the oracle.
func model(t *testing.T, e document.Engine) {
	ctx := t.Context()
	rapid.Check(t, func(t *rapid.T) {
		o := make(oracle)
		t.Repeat(map[string]func(*rapid.T){
			"insert": func(t *rapid.T) {
				doc := anyItem(t)
				_, exists := o[doc.ID]
				want := error(nil)
				if exists {
					want = document.ErrTaken
				}
				agree(t, e.Insert(ctx, items, doc), want)
				if !exists {
					o[doc.ID] = *doc
				}
			},
			"replace": func(t *rapid.T) {
				doc := anyItem(t)
				doc.Revision = rapid.Int64Range(1, 3).Draw(t, "revision")
				want := document.ErrStale
				if o[doc.ID].Revision == doc.Revision {
					want = nil
				}
				agree(t, e.Replace(ctx, items, doc), want)
				if want == nil {
					o[doc.ID] = *doc
				}
			},
			"delete": func(t *rapid.T) {
				id := anyID.Draw(t, "id")
				agree(t, e.Delete(ctx, items, id), nil)
				delete(o, id)
			},
			"get": func(t *rapid.T) {
				id := anyID.Draw(t, "id")
				want, exists := o[id]
				var got item
				err := e.Get(ctx, items, id, &got)
				if exists != (err == nil) || got != want {
					t.Fatalf("got %+v with error %v, want %+v", got, err, want)
				}
			},
			"find": func(t *rapid.T) {
				q := anyQuery(t)
				got, err := document.All[item](ctx, e, items, q)
				if want := o.match(q); err != nil || !slices.Equal(got, want) {
					t.Fatalf("found %+v with error %v, want %+v", got, err, want)
				}
			},
			"claim": func(t *rapid.T) {
				q, count := anyQuery(t), anyCount.Draw(t, "set")
				var got item
				err := e.Claim(ctx, items, q, map[string]any{"count": count, "done": true}, &got)
				q.Limit = 1
				found := o.match(q)
				if len(found) == 0 {
					agree(t, err, document.ErrNotFound)
					return
				}
				want := found[0]
				want.Revision, want.Count, want.Done = want.Revision+1, count, true
				if err != nil || got != want {
					t.Fatalf("claimed %+v with error %v, want %+v", got, err, want)
				}
				o[want.ID] = want
			},
		})
		for id := range maps.Keys(o) {
			if err := e.Delete(ctx, items, id); err != nil {
				t.Fatal(fmt.Errorf("clean up: %w", err))
			}
		}
	})
}

func agree(t *rapid.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}
