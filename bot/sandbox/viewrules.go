package sandbox

import "encoding/json"

// Limits of views, https://docs.slack.dev/reference/views.
const (
	maxViewBlocks   = 100
	maxViewLabel    = 24
	maxViewMetadata = 3000
	maxViewID       = 255
	// maxView is in bytes, by the errors of views.open.
	maxView       = 250_000
	maxInputLabel = 2000
	maxInputText  = 3000
)

// readView checks the view of a call.
func readView(args arguments, kind string) (*View, *refusal) {
	if refused := args.require("view"); refused != nil {
		return nil, refused
	}
	return checkView([]byte(args.text("view")), kind)
}

// checkView judges a view and returns it, with its missing block ids filled in.
func checkView(text []byte, kind string) (*View, *refusal) {
	if len(text) > maxView {
		return nil, refuse("view_too_large")
	}
	var body map[string]any
	if err := json.Unmarshal(text, &body); err != nil || body == nil {
		return nil, refuse("invalid_arguments", "failed to parse view")
	}
	c := &checker{}
	n := node{c, "/view", body}
	if body["type"] != kind {
		n.fault(n.path+"/type", "must be "+kind)
	}
	for name := range body {
		if !viewFields[name] && (kind != "modal" || !modalFields[name]) {
			n.fault(n.path, "additional property: "+name)
		}
	}
	view := &View{Type: kind}
	if kind == "modal" {
		view.Title = n.viewLabel("title", true)
		view.Submit = n.viewLabel("submit", false)
		view.Close = n.viewLabel("close", false)
	}
	n.optional("callback_id", maxViewID)
	n.optional("external_id", maxViewID)
	n.optional("private_metadata", maxViewMetadata)
	view.CallbackID, _ = body["callback_id"].(string)
	view.ExternalID, _ = body["external_id"].(string)
	view.PrivateMetadata, _ = body["private_metadata"].(string)
	blocks := n.objects("blocks")
	view.Blocks = c.blocks(n.path+"/blocks", blocks, maxViewBlocks)
	for _, block := range blocks {
		if block["type"] == "input" && kind == "modal" && view.Submit == "" {
			n.fault(n.path, "missing required field: submit")
			break
		}
	}
	if len(c.faults) > 0 {
		return nil, refuse("invalid_arguments", c.faults...)
	}
	return view, nil
}

// viewFields are what any view may hold, modalFields what a modal may besides.
var (
	viewFields = map[string]bool{
		"type": true, "blocks": true, "private_metadata": true, "callback_id": true, "external_id": true,
	}
	modalFields = map[string]bool{
		"title": true, "submit": true, "close": true, "clear_on_close": true, "notify_on_close": true,
	}
)

// viewLabel checks a label of the view itself and returns its text.
func (n node) viewLabel(name string, required bool) string {
	if !required && !n.has(name) {
		return ""
	}
	n.text(name, plainOnly, 1, maxViewLabel)
	object, _ := n.m[name].(map[string]any)
	text, _ := object["text"].(string)
	return text
}

// objects returns a required array of objects, one at least.
func (n node) objects(name string) []map[string]any {
	nodes := n.list(name, 1, unlimited)
	objects := make([]map[string]any, len(nodes))
	for i, found := range nodes {
		objects[i] = found.m
	}
	return objects
}

// checkInput judges a block that is filled in,
// https://docs.slack.dev/reference/block-kit/blocks/input-block.
func checkInput(n node) {
	n.text("label", plainOnly, 1, maxInputLabel)
	if n.has("hint") {
		n.text("hint", plainOnly, 1, maxInputLabel)
	}
	element, found := n.child("element")
	if !found {
		return
	}
	switch kind, _ := element.m["type"].(string); kind {
	case "plain_text_input":
		checkTextInput(element)
	case "button", "overflow":
		element.fault(element.path+"/type", "unsupported type: "+kind)
	default:
		checkElement(element, make(map[string]bool))
	}
}

func checkTextInput(n node) {
	n.optional("action_id", maxActionID)
	placeholder(n)
	least, most := 0, maxInputText
	if limit, found := n.m["max_length"].(float64); found {
		most = int(limit)
	}
	if limit, found := n.m["min_length"].(float64); found {
		least = int(limit)
	}
	if most < 1 || most > maxInputText || least < 0 || least > most {
		n.fault(n.path, "min_length and max_length must be from 0 to 3000")
	}
	if n.has("initial_value") {
		n.str("initial_value", 1, most)
	}
}
