package sqlite

import (
	"fmt"
	"strings"
	"testing"
)

func TestRecentForgetsWhatMayHaveChanged(t *testing.T) {
	t.Parallel()
	var r recent
	body, mark := r.get("goals", "a")
	if body != nil {
		t.Fatalf("an empty memory holds %s", body)
	}
	r.keep("goals", "a", []byte("1"), mark)
	if body, _ := r.get("goals", "a"); string(body) != "1" {
		t.Errorf("remembered %q, want 1", body)
	}
	_, mark = r.get("goals", "b")
	r.forget("members") // a change between reading b and keeping it
	r.keep("goals", "b", []byte("2"), mark)
	if body, _ := r.get("goals", "b"); body != nil {
		t.Error("kept a document that was read before a change")
	}
	r.forget("goals", "b")
	if body, _ := r.get("goals", "a"); body == nil {
		t.Error("forgot a document that did not change")
	}
	r.forget("goals", "a")
	if body, _ := r.get("goals", "a"); body != nil {
		t.Error("remembers a document that changed")
	}
	_, mark = r.get("goals", "c")
	r.keep("goals", "c", missing, mark)
	r.forget("goals")
	if body, _ := r.get("goals", "c"); body != nil {
		t.Error("remembers that a document of a changed collection is missing")
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
	if body, _ := r.get("members", "large"); body != nil {
		t.Error("remembers a large document")
	}
}
