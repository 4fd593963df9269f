package sqlite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
)

func TestRecentForgetsWhatMayHaveChanged(t *testing.T) {
	t.Parallel()
	var r recent
	_, found, mark := r.get("goals", "a")
	if found {
		t.Fatal("an empty memory holds something")
	}
	r.keep("goals", "a", [][]byte{[]byte("1")}, mark)
	r.keep("members", "a", nil, mark)
	if result, found, _ := r.get("goals", "a"); !found || string(result[0]) != "1" {
		t.Errorf("remembered %q, want 1", result)
	}
	if result, found, _ := r.get("members", "a"); !found || len(result) != 0 {
		t.Error("does not remember that nothing was there")
	}
	_, _, mark = r.get("goals", "b")
	r.forget("entries") // a change between reading b and keeping it
	r.keep("goals", "b", [][]byte{[]byte("2")}, mark)
	if _, found, _ := r.get("goals", "b"); found {
		t.Error("kept a result that was read before a change")
	}
	r.forget("goals")
	if _, found, _ := r.get("goals", "a"); found {
		t.Error("remembers a result of a collection that changed")
	}
	if _, found, _ := r.get("members", "a"); !found {
		t.Error("forgot a result of another collection")
	}
}

func TestRecentStaysSmall(t *testing.T) {
	t.Parallel()
	var r recent
	body := []byte(strings.Repeat("x", maxRecentResult/2))
	for i := range 4 * maxRecentBytes / len(body) {
		r.keep("members", fmt.Sprint(i), [][]byte{body}, 0)
		if size := r.known["members"].size; size > maxRecentBytes {
			t.Fatalf("remembers %d bytes", size)
		}
	}
	r.keep("members", "large", [][]byte{body, body}, 0)
	if _, found, _ := r.get("members", "large"); found {
		t.Error("remembers a large result")
	}
}

func TestDifferentQueriesHaveDifferentKeys(t *testing.T) {
	t.Parallel()
	at := document.At(time.Unix(1, 0))
	keys := map[string]document.Query{}
	for _, query := range []document.Query{
		{Index: "a", Equal: []any{"x", "y"}, Limit: 1},
		{Index: "a", Equal: []any{"xs1:y"}, Limit: 1},
		{Index: "a", Equal: []any{"x"}, From: "y", Limit: 1},
		{Index: "a", Equal: []any{"x", int64(1)}, Limit: 1},
		{Index: "a", Equal: []any{"x", "1"}, Limit: 1},
		{Index: "a", Equal: []any{"x", true}, Limit: 1},
		{Index: "a", Equal: []any{"x"}, From: at, Limit: 1},
		{Index: "a", Equal: []any{"x"}, From: int64(1000), Limit: 1},
		{Index: "a", Equal: []any{"x"}, Limit: 1},
		{Index: "a", Equal: []any{"x"}, Limit: 11},
		{Index: "a", Equal: []any{"x"}, Limit: 1, Descending: true},
		{Index: "a", Equal: []any{"x"}, Limit: 1, After: &document.Cursor{ID: "1"}},
		{Index: "a", Equal: []any{"x"}, Limit: 1, After: &document.Cursor{Key: at, ID: "1"}},
		{Index: "as1:x", Limit: 1},
	} {
		key := byPlan(document.Plan{Query: query})
		if other, taken := keys[key]; taken {
			t.Errorf("%+v and %+v have the key %q", query, other, key)
		}
		keys[key] = query
	}
}
