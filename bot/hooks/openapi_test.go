package hooks_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/hooks"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// fields are those of a schema, its parts included: what each refers to, what it
// may be, and whether it is required.
type fields struct {
	refs     map[string]string
	choices  map[string][]string
	required map[string]bool
}

// lastName is the name that a reference ends in.
func lastName(ref string) string { return ref[strings.LastIndex(ref, "/")+1:] }

func (f *fields) add(t *testing.T, schema map[string]any) {
	t.Helper()
	parts, _ := schema["allOf"].([]any)
	for _, part := range parts {
		ref, _ := part.(map[string]any)["$ref"].(string)
		f.add(t, schemaNamed(t, lastName(ref)))
	}
	f.required = withAll(f.required, texts(schema["required"]))
	properties, _ := schema["properties"].(map[string]any)
	for name, property := range properties {
		described := property.(map[string]any)
		ref, _ := described["$ref"].(string)
		f.refs[name], f.choices[name] = lastName(ref), texts(described["enum"])
	}
}

func withAll(set map[string]bool, names []string) map[string]bool {
	for _, name := range names {
		set[name] = true
	}
	return set
}

func texts(list any) []string {
	var found []string
	values, _ := list.([]any)
	for _, value := range values {
		found = append(found, fmt.Sprint(value))
	}
	return found
}

func schemaNamed(t *testing.T, name string) map[string]any {
	t.Helper()
	schema, err := description(t).at("components", "schemas", name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// kindSchemas returns the names of the kinds' schemas by the kinds.
func kindSchemas(t *testing.T) map[string]string {
	t.Helper()
	mapping, err := description(t).at("components", "schemas", "Event", "discriminator", "mapping")
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]string)
	for kind, ref := range mapping {
		names[kind] = lastName(ref.(string))
	}
	return names
}

// schemaOf are the forms of values by the schema that describes them.
var schemaOf = map[coaching.FieldForm]string{
	coaching.FormText: "Text", coaching.FormAmount: "Amount", coaching.FormCount: "Count", coaching.FormScore: "Score",
	coaching.FormFlag: "Flag", coaching.FormDate: "Date", coaching.FormCode: "Code", coaching.FormChoice: "",
}

func TestEveryKindAndFieldIsDescribedAndNoOther(t *testing.T) {
	t.Parallel()
	names := kindSchemas(t)
	var alternatives []string
	for _, one := range schemaNamed(t, "Event")["oneOf"].([]any) {
		alternatives = append(alternatives, lastName(one.(map[string]any)["$ref"].(string)))
	}
	for _, form := range coaching.EventForms() {
		name := names[string(form.Kind)]
		if name == "" || !slices.Contains(alternatives, name) {
			t.Errorf("%s is not described", form.Kind)
			continue
		}
		delete(names, string(form.Kind))
		schema := schemaNamed(t, name)
		if closed, ok := schema["unevaluatedProperties"].(bool); !ok || closed {
			t.Errorf("%s takes any field", form.Kind)
		}
		f := fields{refs: map[string]string{}, choices: map[string][]string{}, required: map[string]bool{}}
		f.add(t, schema)
		want := map[string]bool{"id": true, "kind": true, "at": true, "subject": form.NeedsSubject}
		for _, spec := range form.Fields {
			want[string(spec.Field)] = spec.Required
			if got := f.refs[string(spec.Field)]; got != schemaOf[spec.Form] {
				t.Errorf("%s: %s is described as %q, and is %s", form.Kind, spec.Field, got, spec.Form)
			}
			if got := f.choices[string(spec.Field)]; !slices.Equal(got, spec.Choices) {
				t.Errorf("%s: %s may be %q, and is described as %q", form.Kind, spec.Field, spec.Choices, got)
			}
		}
		got := make(map[string]bool)
		for field := range f.refs {
			got[field] = f.required[field]
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s is described with %v, and has %v", form.Kind, got, want)
		}
	}
	for kind := range names {
		t.Errorf("%s is described, and there is no such kind", kind)
	}
	events := schemaNamed(t, "Batch")["properties"].(map[string]any)["events"].(map[string]any)
	for name, c := range map[string][2]any{
		"length of a text":  {schemaNamed(t, "Text")["maxLength"], coaching.MaxEventText},
		"length of an id":   {schemaNamed(t, "ID")["maxLength"], coaching.MaxEventID},
		"number of events":  {events["maxItems"], hooks.MaxEvents},
		"days of a period":  {366, coaching.MaxEventDays},
		"size of a request": {"2097152", hooks.MaxBody},
	} {
		if fmt.Sprint(c[0]) != fmt.Sprint(c[1]) {
			t.Errorf("the %s is described as %v, and is %v", name, c[0], c[1])
		}
	}
}

func TestEveryReasonThatIsDescribedHasWords(t *testing.T) {
	t.Parallel()
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range []string{"EventError", "Problem"} {
		reason, err := description(t).at("components", "schemas", name, "properties", "reason")
		if err != nil {
			t.Fatal(err)
		}
		for _, reason := range texts(reason["enum"]) {
			seen++
			for _, language := range wording.Languages() {
				if !wording.In(language).Has("reason_" + reason) {
					t.Errorf("%s has no words in %s", reason, language)
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d reasons are described", seen)
	}
}

func TestEveryExampleIsTakenAndIsAsDescribed(t *testing.T) {
	t.Parallel()
	var bodies []string
	for kind, name := range kindSchemas(t) {
		examples, _ := schemaNamed(t, name)["examples"].([]any)
		if len(examples) == 0 {
			t.Errorf("%s has no example", kind)
		}
		for _, example := range examples {
			if said := example.(map[string]any)["kind"]; said != kind {
				t.Errorf("the example of %s is of %v", kind, said)
			}
			bodies = append(bodies, marshal(t, map[string]any{"events": []any{example}}))
		}
	}
	examples, err := description(t).at("paths", "/hooks/{workspace}/events", "post", "requestBody", "content", "application/json", "examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range examples {
		bodies = append(bodies, marshal(t, example.(map[string]any)["value"]))
	}
	for _, body := range bodies {
		if err := description(t).checkRequest(body); err != nil {
			t.Errorf("%s is not as described: %v", body, err)
		}
		w := newWorld(t)
		if got := w.do(signed(w.key, "m", now, body)); got.status != http.StatusOK {
			t.Errorf("%s is answered with %s", body, got)
		}
	}
	for _, status := range []string{"200", "207"} {
		at := []string{"paths", "/hooks/{workspace}/events", "post", "responses", status, "content", "application/json"}
		media, err := description(t).at(at...)
		if err != nil {
			t.Fatal(err)
		}
		if err := description(t).check("Receipt", marshal(t, media["example"])); err != nil {
			t.Errorf("the example of %s: %v", status, err)
		}
	}
}

func marshal(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatTheDescriptionRefusesTheServerRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, more := range []string{
		`,"colour":"red"`, `,"amount":-1`, `,"amount":"4,500"`, `,"amount":true`, `,"currency":"dollars"`, `,"closed_on":"27.3.2026"`,
		`,"closed_on":20260327`, `,"owner":7`, `,"owner":["a"]`, `,"owner":"` + strings.Repeat("x", 201) + `"`, `,"value":5`, `,"amount":1e15`,
	} {
		body := fmt.Sprintf(`{"events":[{"id":"e%d","kind":"deal.won","subject":"a","at":"2026-03-27T10:12:00Z"%s}]}`, i, more)
		if err := description(t).checkRequest(body); err == nil {
			t.Errorf("the description takes %s", more)
		}
		if got := w.do(signed(w.key, "m", now, body)); got.status != http.StatusUnprocessableEntity {
			t.Errorf("the server answers %s with %s", more, got)
		}
	}
	for i, more := range []string{
		``, `,"amount":4500.50`, `,"amount":"4500.50"`, `,"amount":0`, `,"amount":null`, `,"currency":"usd"`, `,"closed_on":"2026-03-27"`, `,"reason":null,"owner":"นก"`,
	} {
		body := fmt.Sprintf(`{"events":[{"id":"f%d","kind":"deal.lost","subject":"b","at":"2026-03-27T10:12:00Z"%s}]}`, i, more)
		if err := description(t).checkRequest(body); err != nil {
			t.Errorf("the description refuses %s: %v", more, err)
		}
		if got := w.do(signed(w.key, "m", now, body)); got.status != http.StatusOK {
			t.Errorf("the server answers %s with %s", more, got)
		}
	}
}
