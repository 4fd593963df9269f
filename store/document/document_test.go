package document_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/store/document"
)

func TestResolveSplitsTheKeysOfAnIndex(t *testing.T) {
	t.Parallel()
	c := document.Collection{Name: "items", Indexes: []document.Index{{Name: "a_b", Keys: []string{"a", "b"}}}}
	for _, test := range []struct {
		equal   []any
		equals  []string
		ordered string
	}{
		{[]any{"x"}, []string{"a"}, "b"},
		{[]any{"x", int64(1)}, []string{"a", "b"}, ""},
	} {
		plan, err := c.Resolve(document.Query{Index: "a_b", Equal: test.equal, Limit: 1})
		if err != nil || !slices.Equal(plan.Equals, test.equals) || plan.Ordered != test.ordered {
			t.Errorf("%v: got %v and %q with error %v", test.equal, plan.Equals, plan.Ordered, err)
		}
	}
}

func TestTakenErrorIsErrTakenAndNamesTheIDs(t *testing.T) {
	t.Parallel()
	err := error(&document.TakenError{IDs: []string{"a", "b"}})
	if !errors.Is(err, document.ErrTaken) || err.Error() != "id is taken: a, b" {
		t.Errorf("got %q", err)
	}
}

// TestTimesSurviveBothForms also checks that the text sorts as the times do.
func TestTimesSurviveBothForms(t *testing.T) {
	t.Parallel()
	anyTime := rapid.Custom(func(t *rapid.T) document.Time {
		return document.At(time.UnixMilli(rapid.Int64Range(-62167219200000, 253402300799999).Draw(t, "ms")))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyTime.Draw(t, "a"), anyTime.Draw(t, "b")
		text, err := json.Marshal(a)
		if err != nil || string(text) != `"`+a.Text()+`"` {
			t.Fatalf("got %s with error %v, want %s", text, err, a.Text())
		}
		var fromJSON, fromBSON document.Time
		if err := json.Unmarshal(text, &fromJSON); err != nil || fromJSON != a {
			t.Fatalf("got %v back with error %v, want %v", fromJSON, err, a)
		}
		kind, data, err := a.MarshalBSONValue()
		if err = errors.Join(err, fromBSON.UnmarshalBSONValue(kind, data)); err != nil || fromBSON != a {
			t.Fatalf("got %v back with error %v, want %v", fromBSON, err, a)
		}
		if (a.Text() < b.Text()) != a.Before(b.Time) {
			t.Fatalf("%s and %s do not sort as the times", a.Text(), b.Text())
		}
	})
}

func TestTimesAreReadInOneFormOnly(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`"2026-01-02T03:04:05Z"`, `"2026-01-02T03:04:05.0000Z"`, `"2026-01-02T03:04:05+07"`, `"2026-01-02 03:04:05.000Z"`,
		`"2026-13-02T03:04:05.000Z"`, `null`, `0`, `"2026-01-02T03:04:05.000z"`,
	} {
		var got document.Time
		if err := json.Unmarshal([]byte(text), &got); err == nil && text != "null" {
			t.Errorf("%s: got %v", text, got)
		}
	}
	if err := new(document.Time).UnmarshalBSONValue(0x02, nil); !errors.Is(err, document.ErrInvalid) {
		t.Errorf("BSON text: got error %v", err)
	}
}
