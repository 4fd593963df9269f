package sandbox

import (
	"encoding/json"
	"net/url"
)

// look turns a message into what the page shows. It is all that differs between
// the platforms' looks: another one reads another format into the same blocks.
type look func(message Message, names directory) []block

// block is one part of a message as the page shows it.
type block struct {
	// Kind is "header", "text", "fields", "context", "divider", "actions",
	// "image" or "unknown".
	Kind   string
	Text   prose
	Fields []prose
	// Elements are the buttons, or the parts of small print.
	Elements []element
	// Label is an image's alternative text, or the type of what is unknown.
	Label string
	// Source is where an image is; empty where the page cannot show it.
	Source string
}

// element is a button, small print or an image.
type element struct {
	// Kind is "button", "text", "image" or "unknown".
	Kind  string
	Text  prose
	Label string
	// Press tells which button was pressed: its two ids as a query.
	Press string
	Look  string // a button's style: "", "primary" or "danger"
	URL   string
}

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
}

// slackText is a text object.
type slackText struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// slackElement is an element of an actions or context block, or an accessory.
type slackElement struct {
	Type     string          `json:"type"`
	Text     json.RawMessage `json:"text"`
	ActionID string          `json:"action_id"`
	Style    string          `json:"style"`
	URL      string          `json:"url"`
	AltText  string          `json:"alt_text"`
}

// slackLook shows a message's blocks, or its text where there are none.
func slackLook(message Message, names directory) []block {
	var sent []slackBlock
	if message.Blocks == nil || json.Unmarshal(message.Blocks, &sent) != nil {
		return []block{{Kind: "text", Text: mrkdwn(message.Text, names)}}
	}
	blocks := make([]block, 0, len(sent))
	for _, b := range sent {
		blocks = append(blocks, b.show(names))
	}
	return blocks
}

func (b slackBlock) show(names directory) block {
	var shown block
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
	case "rich_text":
		shown.Kind = "text"
		var parts []richPart
		_ = json.Unmarshal(b.Raw, &parts) // judged when it came in
		shown.Text = richText(parts, names)
	case "image":
		shown.Kind, shown.Label = "image", b.AltText
		if b.File != nil {
			shown.Source = "/files/" + url.PathEscape(b.File.ID)
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
		return element{Kind: "image", Label: e.AltText}
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
