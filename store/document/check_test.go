package document_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
)

type good struct {
	document.Header
	Text   string             `json:"text"`
	Maybe  *string            `json:"maybe,omitempty"`
	Number float64            `json:"number"`
	Count  uint64             `json:"count"`
	At     document.Time      `json:"at"`
	Bytes  []byte             `json:"bytes"`
	Nested []map[string]inner `json:"nested"`
	Hidden func()             `json:"-"`
}

type inner struct {
	Number float32 `json:"number"`
	Tree   []inner `json:"tree"`
}

func TestCheckAcceptsWhatBothEnginesKeep(t *testing.T) {
	t.Parallel()
	text := "ยอดขาย \x00 🎯"
	for _, doc := range []document.Document{
		&good{Header: document.Header{ID: "a"}},
		&good{
			Header: document.Header{ID: "slack:T1/goal/7"}, Text: text, Maybe: &text, Number: -math.MaxFloat64,
			Count: math.MaxInt64, Bytes: []byte{0xff}, Nested: []map[string]inner{{"slack:T1": {Tree: []inner{{}}}}},
		},
	} {
		if err := document.Check(doc); err != nil {
			t.Errorf("%+v: %v", doc, err)
		}
	}
}

func TestCheckRefusesValuesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	latin := "caf\xe9"
	for what, doc := range map[string]*good{
		"no id":              {},
		"an id in Latin-1":   {Header: document.Header{ID: latin}},
		"text in Latin-1":    {Text: latin},
		"pointed-to Latin-1": {Maybe: &latin},
		"a NaN":              {Number: math.NaN()},
		"an infinity":        {Number: math.Inf(-1)},
		"a number too large": {Count: math.MaxInt64 + 1},
		"a year too late":    {At: document.At(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))},
		"a nested infinity":  {Nested: []map[string]inner{{"a": {Tree: []inner{{Number: float32(math.Inf(1))}}}}}},
		"an empty map key":   {Nested: []map[string]inner{{"": {}}}},
		"a path as map key":  {Nested: []map[string]inner{{"a.b": {}}}},
		"an operator as key": {Nested: []map[string]inner{{"$inc": {}}}},
	} {
		if doc.ID == "" && what != "no id" {
			doc.ID = "a"
		}
		if err := document.Check(doc); !errors.Is(err, document.ErrInvalid) {
			t.Errorf("%s: got error %v", what, err)
		}
	}
}

type (
	unnamed struct {
		document.Header
		Text string
	}
	unexported struct {
		document.Header
		text string
	}
	embedding struct {
		document.Header
		Inner
	}
	Inner   struct{}
	reserve struct {
		document.Header
		Revision int `json:"revision"`
	}
	optioned struct {
		document.Header
		Number int `json:"number,string"`
	}
	dynamic struct {
		document.Header
		Value any `json:"value"`
	}
	keyed struct {
		document.Header
		Values map[int]string `json:"values"`
	}
	timed struct {
		document.Header
		At time.Time `json:"at"`
	}
	lasting struct {
		document.Header
		For time.Duration `json:"for"`
	}
	channelled struct {
		document.Header
		Values []chan int `json:"values"`
	}
)

func TestCheckRefusesTypesThatEnginesKeepDifferently(t *testing.T) {
	t.Parallel()
	header := document.Header{ID: "a"}
	for _, doc := range []document.Document{
		&unnamed{Header: header}, &unexported{Header: header, text: "x"}, &embedding{Header: header}, &reserve{Header: header},
		&optioned{Header: header}, &dynamic{Header: header}, &keyed{Header: header}, &timed{Header: header},
		&lasting{Header: header}, &channelled{Header: header}, (*good)(nil),
	} {
		for range 2 { // The verdict on a type is remembered.
			if err := document.Check(doc); !errors.Is(err, document.ErrInvalid) {
				t.Errorf("%T: got error %v", doc, err)
			}
		}
	}
}

func TestErrorsOfCheckSayWhere(t *testing.T) {
	t.Parallel()
	err := document.Check(&good{Header: document.Header{ID: "a"}, Nested: []map[string]inner{{"x": {Number: float32(math.NaN())}}}})
	for _, part := range []string{"Nested", "x", "Number", "NaN"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got %v, want %q in it", err, part)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	doc := &good{Header: document.Header{ID: "a"}, Text: "text", Nested: []map[string]inner{{"a": {}}}}
	b.ReportAllocs()
	for b.Loop() {
		if err := document.Check(doc); err != nil {
			b.Fatal(err)
		}
	}
}
