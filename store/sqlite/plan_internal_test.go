package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/store/document"
)

// TestEveryQueryReadsItsIndexInOrder asks SQLite how it would run each form of
// query: over the declared index, with all that is given used to find the
// place, and without sorting.
func TestEveryQueryReadsItsIndexInOrder(t *testing.T) {
	t.Parallel()
	c := document.Collection{Name: "items", Indexes: []document.Index{
		{Name: "a", Keys: []string{"a"}},
		{Name: "a_b", Keys: []string{"a", "b"}},
		{Name: "a_b_c", Keys: []string{"a", "b", "c"}},
	}}
	dir := t.TempDir()
	e, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close(context.WithoutCancel(t.Context())) })
	if err := e.Ensure(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	for _, index := range append(c.Indexes, document.Index{Name: document.ByID}) {
		for open := range min(2, len(index.Keys)+1) {
			q := document.Query{Index: index.Name, Limit: 1}
			for range len(index.Keys) - open {
				q.Equal = append(q.Equal, "x")
			}
			for _, form := range forms(q, open == 1) {
				plan, err := c.Resolve(form)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range []verb{find, claim} {
					s := shapeOf(v, c, plan)
					s.keyed, s.set = v == find, "done,until"
					bound := append(values(plan), 1)
					if v == claim {
						bound = append([]any{"1", "2"}, values(plan)...)
					}
					wantIndexed(t, db, s.text(plan), bound, c.Name, plan)
				}
			}
		}
	}
}

// forms returns a query with each set of bounds, cursor and direction.
func forms(q document.Query, ordered bool) []document.Query {
	var all []document.Query
	for bits := range 16 {
		form := q
		if form.Descending = bits&1 != 0; bits&2 != 0 {
			form.After = &document.Cursor{ID: "id"}
			if ordered {
				form.After.Key = int64(7)
			}
		}
		if !ordered && bits >= 4 {
			continue
		}
		if bits&4 != 0 {
			form.From = int64(1)
		}
		if bits&8 != 0 {
			form.Until = int64(9)
		}
		all = append(all, form)
	}
	return all
}

func wantIndexed(t *testing.T, db *sql.DB, text string, bound []any, table string, plan document.Plan) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, bound...)
	if err != nil {
		t.Errorf("%s: %v", text, err)
		return
	}
	defer func() { _ = rows.Close() }()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	how := strings.Join(steps, "; ")
	found := strings.Repeat("<expr>=? AND ", len(plan.Equals))
	cursor := plan.After != nil && plan.Ordered != ""
	if plan.From != nil || cursor && !plan.Descending {
		found += "<expr>>? AND "
	}
	if plan.Until != nil || cursor && plan.Descending {
		found += "<expr><? AND "
	}
	if plan.After != nil && plan.Ordered == "" {
		found += map[bool]string{false: "id>? AND ", true: "id<? AND "}[plan.Descending]
	}
	want := []string{"SCAN " + table, "INDEX " + indexName(table, plan.Index)} // All of the index, in its order.
	if found != "" {
		want = []string{"SEARCH " + table, "INDEX " + indexName(table, plan.Index) + " (" + strings.TrimSuffix(found, " AND ") + ")"}
	}
	for _, part := range want {
		if !strings.Contains(how, part) {
			t.Errorf("%s\nruns as %q, want %q in it", text, how, part)
		}
	}
	if strings.Contains(how, "TEMP B-TREE") {
		t.Errorf("%s\nsorts: %s", text, how)
	}
}
