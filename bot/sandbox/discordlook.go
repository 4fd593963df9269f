package sandbox

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"strings"
)

// look shows a message's components, or its text.
func (d *discordDesk) look(message Message) []block {
	var body struct {
		Content    string        `json:"content"`
		Components []discordPart `json:"components"`
	}
	// What was sent along is where the page finds it.
	sent := bytes.ReplaceAll(message.Blocks, []byte(attachmentScheme), []byte("files/"+url.PathEscape(message.TS)+"/"))
	_ = json.Unmarshal(sent, &body) // judged when it came in
	switch {
	case body.Content != "":
		return []block{{Kind: "text", Text: literal(body.Content)}}
	case len(body.Components) == 0:
		// Discord shows this until the answer is there.
		return []block{{Kind: "waiting", Label: d.crew.botName() + " is thinking…"}}
	}
	return showParts(body.Components, d.directory())
}

// showParts shows components.
func showParts(parts []discordPart, names directory) []block {
	blocks := make([]block, 0, len(parts))
	for _, part := range parts {
		blocks = append(blocks, part.show(names))
	}
	return blocks
}

func (p discordPart) show(names directory) block {
	switch p.Type {
	case discordBox:
		return block{Kind: "box", Inside: showParts(p.Components, names)}
	case discordText:
		return block{Kind: "text", Text: markdown(p.Content, names)}
	case discordDivider:
		return block{Kind: "divider"}
	case discordRow:
		row := block{Kind: "actions"}
		for _, part := range p.Components {
			row.Elements = append(row.Elements, part.element(names))
		}
		return row
	case discordGallery:
		gallery := block{Kind: "image"}
		for _, item := range p.Items {
			gallery.Label = item.Description
			// A file that is not there is told in words.
			if !strings.HasPrefix(item.Media.URL, "attachment://") {
				gallery.URL = item.Media.URL
			}
		}
		return gallery
	case discordFilePart:
		return block{Kind: "file", Label: path.Base(p.File.URL), URL: p.File.URL}
	case discordLabel:
		if p.Component == nil {
			return block{Kind: "unknown", Label: "label"}
		}
		field := p.Component.input(names)
		field.Label, field.Hint = p.Label, p.Description
		return block{Kind: "input", Input: field}
	}
	return block{Kind: "unknown", Label: "component"}
}

// element shows a component of a row.
func (p discordPart) element(names directory) element {
	press := url.Values{"action_id": {p.CustomID}}.Encode()
	switch p.Type {
	case discordButton:
		shown := element{Kind: "button", Text: literal(p.Label), Press: press}
		switch p.Style {
		case 1, 3:
			shown.Look = "primary"
		case 4:
			shown.Look = "danger"
		case 5:
			if linkable(p.URL) {
				shown.URL = p.URL
			}
		}
		return shown
	case discordSelect, discordUsers:
		return element{Kind: "select", Press: press, Input: p.input(names)}
	}
	return element{Kind: "unknown", Label: "component"}
}

// input shows a field or a select.
func (p discordPart) input(names directory) *input {
	field := &input{
		Name: p.CustomID, Placeholder: p.Placeholder, Value: p.Value, MaxLength: p.MaxLength,
		Required: p.Required == nil || *p.Required,
	}
	switch p.Type {
	case discordTextInput:
		field.Kind = "line"
		if p.Style == 2 {
			field.Kind = "area"
		}
	case discordUsers:
		field.Kind, field.Options = "select", names.members()
		for _, chosen := range p.Defaults {
			field.choose(chosen.ID)
		}
	case discordSelect:
		field.Kind = "select"
		if p.MaxValues > 1 {
			field.Kind = "many"
		}
		for _, option := range p.Options {
			field.Options = append(field.Options, inputOption{
				Text: option.Label, Hint: option.Description, Value: option.Value, Chosen: option.Default,
			})
		}
	default:
		field.Kind = "unknown"
	}
	return field
}
