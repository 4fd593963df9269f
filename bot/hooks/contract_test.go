package hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

// contract is deploy/openapi.yaml: its schemas are JSON Schema 2020-12, as
// OpenAPI 3.1 has it.
type contract struct {
	document map[string]any
	compiler *jsonschema.Compiler
	mu       sync.Mutex // the compiler is for one at a time
}

var loadContract = sync.OnceValues(func() (*contract, error) {
	text, err := os.ReadFile("../../deploy/openapi.yaml")
	if err != nil {
		return nil, err
	}
	var tree any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		return nil, err
	}
	asJSON, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(asJSON)))
	if err != nil {
		return nil, err
	}
	c := &contract{document: document.(map[string]any), compiler: jsonschema.NewCompiler()}
	c.compiler.DefaultDraft(jsonschema.Draft2020)
	c.compiler.AssertFormat()
	return c, c.compiler.AddResource("openapi.json", document)
})

func description(t testing.TB) *contract {
	t.Helper()
	c, err := loadContract()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// at returns what is at a path of names, following references.
func (c *contract) at(names ...string) (map[string]any, error) {
	found := c.document
	for i, name := range names {
		next, ok := found[name].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s is not described", strings.Join(names[:i+1], " "))
		}
		if ref, refers := next["$ref"].(string); refers && len(next) == 1 {
			var err error
			if next, err = c.at(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...); err != nil {
				return nil, err
			}
		}
		found = next
	}
	return found, nil
}

// schema returns one of the document's schemas, ready to check values.
func (c *contract) schema(name string) (*jsonschema.Schema, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.compiler.Compile("openapi.json#/components/schemas/" + name)
}

// checkRequest holds a request's body against the description.
func (c *contract) checkRequest(body string) error {
	return c.check("Batch", body)
}

func (c *contract) check(name, body string) error {
	schema, err := c.schema(name)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// checkAnswer holds an answer against the description: its status, its media
// type, its headers and its body.
func (c *contract) checkAnswer(r reply) error {
	at := []string{"paths", "/hooks/{workspace}/events", "post", "responses", strconv.Itoa(r.status)}
	answer, err := c.at(at...)
	if err != nil {
		return err
	}
	media, err := c.at(append(at, "content", r.header.Get("Content-Type"), "schema")...)
	if err != nil {
		return err
	}
	headers, _ := answer["headers"].(map[string]any)
	for name := range headers {
		if r.header.Get(name) == "" {
			return fmt.Errorf("%s is missing", name)
		}
	}
	title, _ := media["title"].(string)
	if title == "" {
		return fmt.Errorf("the schema of %d has no title", r.status)
	}
	return c.check(title, r.text)
}

func TestTheDescriptionHoldsTogether(t *testing.T) {
	t.Parallel()
	c := description(t)
	if version := c.document["openapi"]; version != "3.1.0" {
		t.Errorf("it is of OpenAPI %v", version)
	}
	schemas, err := c.at("components", "schemas")
	if err != nil {
		t.Fatal(err)
	}
	for name := range schemas {
		if _, err := c.schema(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := c.checkAnswer(reply{status: http.StatusOK, header: http.Header{"Content-Type": {"application/json"}}, text: `{"accepted":"many"}`}); err == nil {
		t.Error("nothing is too wrong for it")
	}
}
