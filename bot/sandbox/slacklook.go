package sandbox

import (
	"encoding/json"
	"net/url"
)

// slackBlock is the part of Block Kit that the page can show.
type slackBlock struct {
	Type      string          `json:"type"`
	BlockID   string          `json:"block_id"`
	Text      json.RawMessage `json:"text"`
	Fields    []slackText     `json:"fields"`
	Raw       json.RawMessage `json:"elements"`
	Accessory *slackElement   `json:"accessory"`
	AltText   string          `json:"alt_text"`
	File      *struct {
		ID string `json:"id"`
	} `json:"slack_file"`
	ImageURL string          `json:"image_url"`
	Label    slackText       `json:"label"`
	Hint     *slackText      `json:"hint"`
	Optional bool            `json:"optional"`
	Element  json.RawMessage `json:"element"`
}

// slackText is a text object.
type slackText struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// slackElement is an element of an actions or context block, or an accessory.
type slackElement struct {
	Text     json.RawMessage `json:"text"`
	Style    string          `json:"style"`
	URL      string          `json:"url"`
	AltText  string          `json:"alt_text"`
	ImageURL string          `json:"image_url"`

	formElement
	Placeholder slackText `json:"placeholder"`
	Multiline   bool      `json:"multiline"`
}

// look shows a message's blocks, or its text where there are none, and its files.
func (d *slackDesk) look(message Message) []block {
	names := d.directory()
	var shown []block
	switch {
	case message.Blocks != nil:
		shown = showBlocks(message.Blocks, names)
	case message.Text != "" || len(message.Files) == 0:
		shown = []block{{Kind: "text", Text: mrkdwn(message.Text, names)}}
	}
	for _, id := range message.Files {
		if file, found := d.api.File(id); found {
			shown = append(shown, block{Kind: "file", Label: file.Title, URL: "files/" + url.PathEscape(id)})
		}
	}
	return shown
}

// showBlocks shows Block Kit.
func showBlocks(text json.RawMessage, names directory) []block {
	var sent []slackBlock
	_ = json.Unmarshal(text, &sent) // judged when it came in
	blocks := make([]block, 0, len(sent))
	for _, b := range sent {
		blocks = append(blocks, b.show(names))
	}
	return blocks
}

func (b slackBlock) show(names directory) block {
	shown := block{ID: b.BlockID}
	switch b.Type {
	case "header":
		shown.Kind, shown.Text = "header", textObject(b.Text, names)
	case "section":
		shown.Kind = "text"
		if b.Text != nil {
			shown.Text = textObject(b.Text, names)
		}
		for _, field := range b.Fields {
			shown.Fields = append(shown.Fields, field.prose(names))
		}
		if b.Accessory != nil {
			shown.Elements = []element{b.Accessory.show(b.BlockID, names)}
		}
	case "divider":
		shown.Kind = "divider"
	case "context", "actions":
		shown.Kind = b.Type
		var elements []slackElement
		_ = json.Unmarshal(b.Raw, &elements) // judged when it came in
		for _, e := range elements {
			shown.Elements = append(shown.Elements, e.show(b.BlockID, names))
		}
	case "input":
		shown.Kind, shown.Input = "input", b.input(names)
	case "rich_text":
		shown.Kind = "text"
		var parts []richPart
		_ = json.Unmarshal(b.Raw, &parts) // judged when it came in
		shown.Text = richText(parts, names)
	case "image":
		shown.Kind, shown.Label, shown.URL = "image", b.AltText, b.ImageURL
		if b.File != nil {
			shown.URL = "files/" + url.PathEscape(b.File.ID)
		}
	case "markdown":
		var text string
		_ = json.Unmarshal(b.Text, &text) // judged when it came in
		shown.Kind, shown.Text = "text", literal(text)
	default:
		shown.Kind, shown.Label = "unknown", b.Type
	}
	return shown
}

func (e slackElement) show(blockID string, names directory) element {
	switch e.Type {
	case "button":
		press := url.Values{"block_id": {blockID}, "action_id": {e.ActionID}}
		shown := element{Kind: "button", Text: textObject(e.Text, names), Press: press.Encode(), Look: e.Style}
		if linkable(e.URL) {
			shown.URL = e.URL
		}
		return shown
	case "plain_text", "mrkdwn":
		var text string
		_ = json.Unmarshal(e.Text, &text) // judged when it came in
		return element{Kind: "text", Text: slackText{e.Type, text}.prose(names)}
	case "image":
		return element{Kind: "image", Label: e.AltText, URL: e.ImageURL}
	case "static_select", "users_select":
		press := url.Values{"block_id": {blockID}, "action_id": {e.ActionID}}
		return element{Kind: "select", Press: press.Encode(), Input: e.input(names)}
	}
	return element{Kind: "unknown", Label: e.Type}
}

func textObject(object json.RawMessage, names directory) prose {
	var text slackText
	if json.Unmarshal(object, &text) != nil {
		return nil
	}
	return text.prose(names)
}

func (t slackText) prose(names directory) prose {
	if t.Type == "mrkdwn" {
		return mrkdwn(t.Text, names)
	}
	return literal(t.Text)
}

// input shows a block that is filled in.
func (b slackBlock) input(names directory) *input {
	var e slackElement
	_ = json.Unmarshal(b.Element, &e) // judged when it came in
	field := e.input(names)
	field.Label, field.Required = b.Label.Text, !b.Optional
	if b.Hint != nil {
		field.Hint = b.Hint.Text
	}
	return field
}

// inputKinds are the kinds of fields by the types of elements.
var inputKinds = map[string]string{
	"plain_text_input": "line", "datepicker": "date", "users_select": "select", "static_select": "select",
	"multi_static_select": "many", "radio_buttons": "radios", "checkboxes": "checks",
}

// input shows an element that is filled in or chosen from.
func (e slackElement) input(names directory) *input {
	field := &input{Kind: inputKinds[e.Type], Name: e.ActionID, Placeholder: e.Placeholder.Text, MaxLength: e.MaxLength}
	initial := e.initial()
	switch {
	case field.Kind == "":
		field.Kind = "unknown"
	case e.Type == "users_select":
		field.Options = names.members()
	case field.Kind == "line" && e.Multiline:
		field.Kind = "area"
	}
	for _, option := range e.Options {
		shown := inputOption{Text: option.text(), Value: option.Value}
		if option.Description != nil {
			shown.Hint = option.Description.Text
		}
		field.Options = append(field.Options, shown)
	}
	field.choose(initial...)
	if len(initial) > 0 {
		field.Value = initial[0]
	}
	return field
}

// text is what an option is called.
func (o formOption) text() string {
	var text slackText
	_ = json.Unmarshal(o.Text, &text) // judged when it came in
	return text.Text
}
