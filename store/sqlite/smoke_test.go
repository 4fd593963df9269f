package sqlite_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/sqlite"
)

type note struct {
	document.Header
	Owner string        `json:"owner"`
	At    document.Time `json:"at"`
	Done  bool          `json:"done"`
}

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	start := time.Now()
	e, err := sqlite.Open(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(start))
	c := document.Collection{Name: "notes", Indexes: []document.Index{{Name: "owner_at", Keys: []string{"owner", "at"}}}}
	if err := e.Ensure(ctx, c); err != nil {
		t.Fatal(err)
	}
	if err := e.Ensure(ctx, c); err != nil {
		t.Fatal(err)
	}
	at := document.At(time.Now())
	for _, id := range []string{"a", "b", "c"} {
		if err := e.Insert(ctx, c, &note{Header: document.Header{ID: id}, Owner: "x", At: at}); err != nil {
			t.Fatal(err)
		}
	}
	err = e.Insert(ctx, c, &note{Header: document.Header{ID: "a"}, Owner: "x", At: at})
	if !errors.Is(err, document.ErrTaken) {
		t.Fatal(err)
	}
	q := document.Query{Index: "owner_at", Equal: []any{"x"}, Limit: 1000}
	got, err := document.All[note](ctx, e, c, q)
	t.Log(got, err)
	var n note
	t.Log(e.Claim(ctx, c, q, map[string]any{"at": document.At(time.Now().Add(time.Hour)), "done": true}, &n), n)
	n.Owner = "y"
	t.Log(e.Replace(ctx, c, &n), n, e.Replace(ctx, c, &note{Header: document.Header{ID: "b", Revision: 9}}))
	t.Log(e.Get(ctx, c, "a", &n), n)
	t.Log(e.Ping(ctx), e.Close(ctx), e.Get(ctx, c, "a", &n), e.Delete(ctx, c, "a"))
}
