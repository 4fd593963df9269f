package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// published is Slack's own description of blocks and views; its README tells
// where it is from.
var published = sync.OnceValue(func() *jsonschema.Compiler {
	text, err := os.ReadFile("testdata/schema/blocks.schema.json")
	if err != nil {
		panic(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("slack.json", document); err != nil {
		panic(err)
	}
	return compiler
})

var schemas sync.Map // definition → *jsonschema.Schema

var compiling sync.Mutex

func definition(name string) *jsonschema.Schema {
	if known, found := schemas.Load(name); found {
		return known.(*jsonschema.Schema)
	}
	compiling.Lock()
	defer compiling.Unlock()
	schema, err := published().Compile("slack.json#/definitions/" + name)
	if err != nil {
		panic(err)
	}
	schemas.Store(name, schema)
	return schema
}

// offContract reports where values are not what Slack publishes of them.
func offContract(name string, values ...any) (problems []string) {
	for _, value := range values {
		if err := definition(name).Validate(value); err != nil {
			problems = append(problems, fmt.Sprintf("not a %s: %v: %v", name, value, err))
		}
	}
	return problems
}

// checkView reports every way in which a view breaks what Slack publishes.
// https://docs.slack.dev/reference/views/modal-views
func checkView(body []byte) (view map[string]any, problems []string) {
	if err := json.Unmarshal(body, &view); err != nil {
		return nil, []string{err.Error()}
	}
	c := &blockChecker{actionIDs: map[string]bool{}, blockIDs: map[string]bool{}}
	blocks := array(view["blocks"])
	if len(blocks) < 1 || len(blocks) > 100 {
		c.wrong("%d blocks", len(blocks))
	}
	for _, block := range blocks {
		c.block(object(block))
	}
	kind := "HomeView"
	if view["type"] == "modal" {
		kind = "ModalView"
		c.text(object(view["title"]), 24, "plain_text")
		for _, name := range []string{"submit", "close"} {
			if view[name] != nil {
				c.text(object(view[name]), 24, "plain_text")
			}
		}
		if c.inputs > 0 && view["submit"] == nil {
			c.wrong("inputs without a submit")
		}
	}
	for name, limit := range map[string]int{"private_metadata": 3000, "callback_id": 255, "external_id": 255} {
		if text, _ := view[name].(string); units(text) > limit {
			c.wrong("%s of %d", name, units(text))
		}
	}
	return view, append(c.problems, offContract(kind, view)...)
}

// checkResponse reports what is wrong with what answers a form.
func checkResponse(body []byte) (response map[string]any, problems []string) {
	if err := json.Unmarshal(body, &response); err != nil {
		return nil, []string{err.Error()}
	}
	switch response["response_action"] {
	case "errors":
		wrong := object(response["errors"])
		if len(wrong) == 0 || response["view"] != nil {
			problems = append(problems, "errors without any, or with a view")
		}
		for id, text := range wrong {
			if text, _ := text.(string); text == "" || !strings.HasPrefix(id, askPrefix) {
				problems = append(problems, fmt.Sprintf("error %q at %q", text, id))
			}
		}
	case "update", "push":
		view, err := json.Marshal(response["view"])
		if err != nil {
			return response, []string{err.Error()}
		}
		_, problems = checkView(view)
	default:
		problems = []string{fmt.Sprintf("response_action %v", response["response_action"])}
	}
	return response, problems
}

// element checks something that is filled in or chosen from.
func (c *blockChecker) element(element map[string]any) {
	id, _ := element["action_id"].(string)
	if id == "" || units(id) > 255 {
		c.wrong("action_id %q is empty or long", id)
	}
	if element["placeholder"] != nil {
		c.text(object(element["placeholder"]), 150, "plain_text")
	}
	most := map[any]int{"static_select": 100, "multi_static_select": 100, "radio_buttons": 10, "checkboxes": 10}
	switch kind := element["type"]; kind {
	case "plain_text_input":
		limit, _ := element["max_length"].(float64)
		value, _ := element["initial_value"].(string)
		if limit < 1 || limit > 3000 || units(value) > int(limit) {
			c.wrong("initial_value of %d, max_length %v", units(value), limit)
		}
	case "static_select", "multi_static_select", "radio_buttons", "checkboxes":
		options := array(element["options"])
		if len(options) < 1 || len(options) > most[kind] {
			c.wrong("%s of %d options", kind, len(options))
		}
		for _, option := range options {
			c.option(object(option))
		}
		initial := array(element["initial_options"])
		if element["initial_option"] != nil {
			initial = append(initial, element["initial_option"])
		}
		for _, option := range initial {
			if !slices.ContainsFunc(options, func(o any) bool { return object(o)["value"] == object(option)["value"] }) {
				c.wrong("the initial option %v is none", option)
			}
		}
	case "users_select", "datepicker":
	default:
		c.wrong("element %v", kind)
	}
}

func (c *blockChecker) option(option map[string]any) {
	c.text(object(option["text"]), 75, "plain_text")
	if option["description"] != nil {
		c.text(object(option["description"]), 75, "plain_text")
	}
	if value, _ := option["value"].(string); value == "" || units(value) > 75 {
		c.wrong("option's value of %d", units(value))
	}
}
