package enginetest

import (
	"math"
	"reflect"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
)

// thing has a field of every type that a document may have.
type thing struct {
	document.Header
	State    string              `json:"state"`
	Text     string              `json:"text"`
	Yes      bool                `json:"yes"`
	Int      int                 `json:"int"`
	Small    int8                `json:"small"`
	Wide     int64               `json:"wide"`
	Unsigned uint32              `json:"unsigned"`
	Float    float64             `json:"float"`
	At       document.Time       `json:"at"`
	Texts    []string            `json:"texts"`
	Empty    []string            `json:"empty"`
	Missing  []string            `json:"missing"`
	Parts    []part              `json:"parts"`
	Counts   map[string]int64    `json:"counts"`
	ByName   map[string]part     `json:"byname"`
	Part     part                `json:"part"`
	Maybe    *part               `json:"maybe"`
	Never    *part               `json:"never,omitempty"`
	Omitted  string              `json:"omitted,omitempty"`
	Tree     map[string][]thing2 `json:"tree"`
	Hidden   chan int            `json:"-"`
}

// thing2 holds itself.
type thing2 struct {
	Name     string   `json:"name"`
	Children []thing2 `json:"children,omitempty"`
}

type part struct {
	Name string        `json:"name"`
	At   document.Time `json:"at"`
	Size float64       `json:"size"`
}

func everything() thing {
	at := document.At(time.Date(2026, 3, 29, 1, 59, 59, 999_999_999, time.FixedZone("ICT", 7*3600)))
	p := part{Name: "ชิ้นส่วน", At: at, Size: 0.1}
	return thing{
		Header: document.Header{ID: "slack:T0123/thing/🎯 \"1\""},
		State:  "ready", Text: "ขายได้ 12,345 บาท 🎉 <!channel> & \"quotes\" \\ \n\t\x00 \u2028 é é",
		Yes: true, Int: -7, Small: math.MinInt8, Wide: math.MaxInt64, Unsigned: math.MaxUint32, Float: -1.5e-300, At: at,
		Texts: []string{"", "b", "ก"}, Empty: []string{}, Parts: []part{p, {}},
		Counts: map[string]int64{"slack:T1": math.MinInt64, "ก": 0}, ByName: map[string]part{"x": p},
		Part: p, Maybe: &p,
		Tree: map[string][]thing2{"root": {{Name: "a", Children: []thing2{{Name: "b"}}}}},
	}
}

func wantThing(t *testing.T, got, want thing) {
	t.Helper()
	for i := range reflect.TypeFor[thing]().NumField() {
		g, w := reflect.ValueOf(got).Field(i).Interface(), reflect.ValueOf(want).Field(i).Interface()
		if !reflect.DeepEqual(g, w) {
			t.Errorf("%s: got %#v, want %#v", reflect.TypeFor[thing]().Field(i).Name, g, w)
		}
	}
}

func values(t *testing.T, e document.Engine) {
	things := document.Collection{Name: "things"}
	want := everything()
	if err := e.Ensure(t.Context(), things); err != nil {
		t.Fatal(err)
	}
	if err := e.Insert(t.Context(), things, &want); err != nil {
		t.Fatal(err)
	}
	var got thing
	if err := e.Get(t.Context(), things, want.ID, &got); err != nil {
		t.Fatal(err)
	}
	wantThing(t, got, want)
	if err := e.Replace(t.Context(), things, &got); err != nil {
		t.Fatal(err)
	}
	var again thing
	if err := e.Get(t.Context(), things, want.ID, &again); err != nil {
		t.Fatal(err)
	}
	want.Revision = 2
	wantThing(t, again, want)
}

func refused(t *testing.T, e document.Engine) {
	mustInsert(t, e, named("kept", "mina"))
	for what, doc := range map[string]*item{
		"a NaN":              {Header: document.Header{ID: "x"}, Score: math.NaN()},
		"an infinity":        {Header: document.Header{ID: "x"}, Score: math.Inf(-1)},
		"text in Latin-1":    {Header: document.Header{ID: "x"}, Name: "caf\xe9"},
		"an empty id":        {},
		"an id with a zero":  {Header: document.Header{ID: "x\x00y"}},
		"a year past 9999":   {Header: document.Header{ID: "x"}, At: document.At(time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC))},
		"a year before zero": {Header: document.Header{ID: "x"}, At: document.At(time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC))},
	} {
		wantError(t, "insert "+what, e.Insert(t.Context(), items, named("y", "mina"), doc), document.ErrInvalid)
		wantError(t, "replace with "+what, e.Replace(t.Context(), items, doc), document.ErrInvalid)
	}
	for what, set := range map[string]map[string]any{
		"a NaN": {"score": math.NaN()}, "an infinity": {"score": math.Inf(1)}, "text in Latin-1": {"name": "caf\xe9"},
	} {
		err := e.Claim(t.Context(), items, document.Query{Index: "owner", Equal: []any{"mina"}, Limit: 1}, set, new(item))
		wantError(t, "claim with "+what, err, document.ErrInvalid)
	}
	if got := mustFind(t, e, document.Query{Index: "count", Limit: 9}); len(got) != 1 {
		t.Errorf("found %v, want nothing of the refused", got)
	}
}
