package sqlite

import (
	"fmt"
	"strings"
	"testing"
)

func TestRecentForgetsWhatMayHaveChanged(t *testing.T) {
	t.Parallel()
	var r recent
	_, known, mark := r.get("goals", "a")
	if known {
		t.Fatal("an empty memory holds something")
	}
	r.keep("goals", "a", []byte("1"), mark)
	r.keep("members", "a", nil, mark)
	if body, known, _ := r.get("goals", "a"); !known || string(body) != "1" {
		t.Errorf("remembered %q, want 1", body)
	}
	if body, known, _ := r.get("members", "a"); !known || body != nil {
		t.Error("does not remember that nothing was there")
	}
	_, _, mark = r.get("goals", "b")
	r.forget("entries") // a change between reading b and keeping it
	r.keep("goals", "b", []byte("2"), mark)
	if _, known, _ := r.get("goals", "b"); known {
		t.Error("kept a document that was read before a change")
	}
	r.forget("goals")
	if _, known, _ := r.get("goals", "a"); known {
		t.Error("remembers a document of a collection that changed")
	}
	if _, known, _ := r.get("members", "a"); !known {
		t.Error("forgot a document of another collection")
	}
}

func TestRecentStaysSmall(t *testing.T) {
	t.Parallel()
	var r recent
	for i := range 10 * maxRecent {
		r.keep("members", fmt.Sprint(i), []byte("x"), 0)
		if n := len(r.bodies["members"]); n > maxRecent {
			t.Fatalf("remembers %d documents", n)
		}
	}
	r.keep("members", "large", []byte(strings.Repeat("x", maxRecentBody+1)), 0)
	if _, known, _ := r.get("members", "large"); known {
		t.Error("remembers a large document")
	}
}
