package enginetest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
)

// sample is an index with values of its last key, in order, and the way to put
// one into an item.
type sample struct {
	index  string
	sorted []any
	put    func(*item, any)
}

func samples() []sample {
	return []sample{
		{
			"owner_name",
			[]any{"", " ", "#12", "10", "9", "A", "B", "a", "ab", "a\u0301", "\u00e9", "ก", "กำไร", "ยอดขาย", "ﬀ", "🎉", "🎯"},
			func(doc *item, v any) { doc.Name, _ = v.(string) },
		},
		{
			"owner_count",
			[]any{int64(math.MinInt64), int64(-1 << 53), int64(-10), int64(-9), int64(0), int64(1), int64(9), int64(10), int64(1<<53 + 1), int64(math.MaxInt64)},
			func(doc *item, v any) { doc.Count, _ = v.(int64) },
		},
		{
			"owner_done",
			[]any{false, true},
			func(doc *item, v any) { doc.Done, _ = v.(bool) },
		},
		{
			"owner_at",
			[]any{at(-62167219200000), at(-1), at(0), at(1), at(999), at(1000), at(1774749599999), at(253402300799999)},
			func(doc *item, v any) { doc.At, _ = v.(document.Time) },
		},
	}
}

func at(milliseconds int64) document.Time { return document.At(time.UnixMilli(milliseconds)) }

// order checks the whole order and every page of it: two documents for each
// value, so that the id decides too, among those of another owner.
func order(t *testing.T, e document.Engine) {
	for _, s := range samples() {
		var docs []*item
		var want []string
		for i, value := range s.sorted {
			for twin := range 2 {
				doc := named(fmt.Sprintf("%s-%d-%d", s.index, 100+i, twin), s.index)
				s.put(doc, value)
				want = append(want, doc.ID)
				docs = append(docs, doc, named("other "+doc.ID, "other"))
			}
		}
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] }) //nolint:gosec // The same each time.
		mustInsert(t, e, docs...)
		q := document.Query{Index: s.index, Equal: []any{s.index}, Limit: 100}
		wantIDs(t, s.index+" ascending", mustFind(t, e, q), want)
		wantIDs(t, s.index+" by pages", byPages(t, e, q, s, 3), want)
		slices.Reverse(want)
		q.Descending = true
		wantIDs(t, s.index+" descending", mustFind(t, e, q), want)
		wantIDs(t, s.index+" descending by pages", byPages(t, e, q, s, 3), want)
	}
}

// byPages collects a query's ids a few at a time.
func byPages(t *testing.T, e document.Engine, q document.Query, s sample, size int) []string {
	t.Helper()
	var ids []string
	q.Limit = size
	for {
		found, err := document.All[item](t.Context(), e, items, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range found {
			ids = append(ids, doc.ID)
		}
		if len(found) < size || len(ids) > 1000 {
			return ids
		}
		last := found[size-1]
		q.After = &document.Cursor{ID: last.ID, Key: keyOf(last, s)}
	}
}

// keyOf returns which of the sample's values an item was given.
func keyOf(doc item, s sample) any {
	for _, value := range s.sorted {
		probe := doc
		if s.put(&probe, value); probe == doc {
			return value
		}
	}
	return nil
}

func ranges(t *testing.T, e document.Engine) {
	for _, s := range samples() {
		docs := make([]*item, len(s.sorted))
		for i, value := range s.sorted {
			docs[i] = named(fmt.Sprintf("%s-%d", s.index, 100+i), s.index)
			s.put(docs[i], value)
		}
		mustInsert(t, e, docs...)
		for i := range len(s.sorted) {
			// Every bound is tried on each side, beside one that moves the other way.
			j := len(s.sorted) - i
			for _, bounds := range [][2]int{{i, len(s.sorted)}, {0, j}, {i, j}} {
				q := document.Query{Index: s.index, Equal: []any{s.index}, From: s.sorted[bounds[0]], Limit: 100, Descending: i%2 == 1}
				if bounds[1] < len(s.sorted) {
					q.Until = s.sorted[bounds[1]]
				}
				var want []string
				for k := bounds[0]; k < bounds[1]; k++ {
					want = append(want, docs[k].ID)
				}
				if q.Descending {
					slices.Reverse(want)
				}
				wantIDs(t, fmt.Sprintf("%s from %v until %v", s.index, q.From, q.Until), mustFind(t, e, q), want)
			}
		}
	}
	// All keys given, one key given of two, and none given.
	one := document.Query{Index: "owner_done", Equal: []any{"owner_done", true}, Limit: 9}
	wantIDs(t, "all keys given", mustFind(t, e, one), []string{"owner_done-101"})
	negative := document.Query{Index: "count", Until: int64(0), Limit: 9}
	wantIDs(t, "no key given", mustFind(t, e, negative), []string{"owner_count-100", "owner_count-101", "owner_count-102", "owner_count-103"})
}

func pages(t *testing.T, e document.Engine) {
	mustInsert(t, e, numbered("mina", 6)...)
	q := document.Query{Index: "owner_count", Equal: []any{"mina"}, From: int64(0), Until: int64(100), Limit: 3}
	wantIDs(t, "first page", mustFind(t, e, q), []string{"mina-0000", "mina-0001", "mina-0002"})
	before, same, behind := named("mina-0001b", "mina"), named("mina-0002b", "mina"), named("mina-0003b", "mina")
	before.Count, same.Count, behind.Count = 1, 2, 3
	mustInsert(t, e, before, same, behind)
	if err := e.Delete(t.Context(), items, "mina-0002"); err != nil {
		t.Fatal(err)
	}
	q.After = &document.Cursor{Key: int64(2), ID: "mina-0002"}
	wantIDs(t, "second page", mustFind(t, e, q), []string{"mina-0002b", "mina-0003", "mina-0003b"})
	q.Descending = true
	wantIDs(t, "page before", mustFind(t, e, q), []string{"mina-0001b", "mina-0001", "mina-0000"})
	whole := document.Query{Index: document.ByID, After: &document.Cursor{ID: "mina-0002"}, Limit: 3}
	wantIDs(t, "all of the collection by id", mustFind(t, e, whole), []string{"mina-0002b", "mina-0003", "mina-0003b"})
	byID := document.Query{Index: "owner", Equal: []any{"mina"}, After: &document.Cursor{ID: "mina-0003b"}, Limit: 9}
	wantIDs(t, "page by id", mustFind(t, e, byID), []string{"mina-0004", "mina-0005"})
	claimed := item{}
	if err := e.Claim(t.Context(), items, q, map[string]any{"done": true}, &claimed); err != nil || claimed.ID != "mina-0001b" {
		t.Errorf("claimed %q with error %v behind the cursor", claimed.ID, err)
	}
}

// longWalk reads more documents than an engine fetches at once, and uses the
// engine for each of some, in more walks than an engine has connections.
func longWalk(t *testing.T, e document.Engine) {
	const many = 600
	docs := numbered("mina", many)
	for _, doc := range docs {
		doc.Count /= 7 // The id decides among equals.
		doc.Name = strings.Repeat("x", 100)
	}
	mustInsert(t, e, docs...)
	want := make([]string, many)
	for i := range want {
		want[i] = docs[i].ID
	}
	q := document.Query{Index: "owner_count", Equal: []any{"mina"}, Limit: many + 1}
	wantIDs(t, "ascending", mustFind(t, e, q), want)
	q.Limit = many - 1
	wantIDs(t, "limited", mustFind(t, e, q), want[:many-1])
	byID := document.Query{Index: "owner", Equal: []any{"mina"}, Limit: many}
	wantIDs(t, "by id", mustFind(t, e, byID), want)
	slices.Reverse(want)
	q.Limit, q.Descending = many+1, true
	wantIDs(t, "descending", mustFind(t, e, q), want)
	together(8, func(worker int) {
		q := document.Query{Index: "owner_count", Equal: []any{"mina"}, From: int64(worker), Limit: 10}
		err := e.Find(t.Context(), items, q, func(decode document.Decode) error {
			var doc, same item
			return cmp.Or(decode(&doc), e.Get(t.Context(), items, doc.ID, &same), e.Replace(t.Context(), items, &doc))
		})
		if err != nil && !errors.Is(err, document.ErrStale) {
			t.Errorf("nested use: %v", err)
		}
	})
}

func stop(t *testing.T, e document.Engine) {
	mustInsert(t, e, numbered("mina", 5)...)
	q := document.Query{Index: "owner_count", Equal: []any{"mina"}, Limit: 5}
	own := errors.New("enough")
	for want, told := range map[error]error{nil: document.Stop, own: own} {
		seen := 0
		err := e.Find(t.Context(), items, q, func(document.Decode) error {
			if seen++; seen == 2 {
				return told
			}
			return nil
		})
		if !errors.Is(err, want) || seen != 2 {
			t.Errorf("told %v, the walk ended after %d with error %v", told, seen, err)
		}
	}
}

func undeclared(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("a", "mina"))
	for what, q := range map[string]document.Query{
		"an undeclared index":     {Index: "score", Equal: []any{1.5}, Limit: 1},
		"no index":                {Limit: 1},
		"no limit":                {Index: "owner", Equal: []any{"mina"}},
		"too many values":         {Index: "owner", Equal: []any{"mina", "x"}, Limit: 1},
		"too few values":          {Index: "owner_done_count", Equal: []any{"mina"}, Limit: 1},
		"a range on a given key":  {Index: "owner", Equal: []any{"mina"}, From: "a", Limit: 1},
		"a cursor without key":    {Index: "owner_count", Equal: []any{"mina"}, After: &document.Cursor{ID: "a"}, Limit: 1},
		"a cursor with a key":     {Index: "owner", Equal: []any{"mina"}, After: &document.Cursor{ID: "a", Key: "x"}, Limit: 1},
		"a value of another type": {Index: "owner_count", Equal: []any{"mina"}, From: 1.5, Limit: 1},
		"a NaN":                   {Index: "owner_count", Equal: []any{"mina"}, Until: math.NaN(), Limit: 1},
		"nothing":                 {Index: "owner", Equal: []any{nil}, Limit: 1},
	} {
		_, err := document.All[item](t.Context(), e, items, q)
		wantError(t, "find by "+what, err, document.ErrInvalid)
		err = e.Claim(t.Context(), items, q, map[string]any{"done": true}, new(item))
		wantError(t, "claim by "+what, err, document.ErrInvalid)
	}
}

func redeclared(t *testing.T, e document.Engine) {
	changed := document.Collection{Name: items.Name, Indexes: []document.Index{{Name: "owner", Keys: []string{"name", "count"}}}}
	mustInsert(t, e, numbered("mina", 3)...)
	for range 2 {
		if err := e.Ensure(t.Context(), changed); err != nil {
			t.Fatal(err)
		}
	}
	found, err := document.All[item](t.Context(), e, changed, document.Query{Index: "owner", Equal: []any{""}, From: int64(1), Limit: 9})
	if err != nil || len(found) != 2 {
		t.Errorf("found %v with error %v by the new keys, want two", found, err)
	}
	for what, c := range map[string]document.Collection{
		"a name that SQL reads":       {Name: `items"; DROP TABLE items; --`},
		"a key that is a path":        {Name: "items", Indexes: []document.Index{{Name: "x", Keys: []string{"part.name"}}}},
		"an index without keys":       {Name: "items", Indexes: []document.Index{{Name: "x"}}},
		"two indexes of the one name": {Name: "items", Indexes: []document.Index{{Name: "x", Keys: []string{"a"}}, {Name: "x", Keys: []string{"b"}}}},
	} {
		wantError(t, "declare "+what, e.Ensure(t.Context(), c), document.ErrInvalid)
	}
}

func wantIDs(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}
