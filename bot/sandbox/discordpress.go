package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// discordPart is a component, as far as the page shows or uses it.
// https://docs.discord.com/developers/components/reference
type discordPart struct {
	Type        int             `json:"type"`
	CustomID    string          `json:"custom_id"`
	Style       int             `json:"style"`
	Label       string          `json:"label"`
	URL         string          `json:"url"`
	Content     string          `json:"content"`
	Description string          `json:"description"`
	Placeholder string          `json:"placeholder"`
	Value       string          `json:"value"`
	Required    *bool           `json:"required"`
	MaxLength   int             `json:"max_length"`
	MaxValues   int             `json:"max_values"`
	Options     []discordPick   `json:"options"`
	Defaults    []discordID     `json:"default_values"`
	Components  []discordPart   `json:"components"`
	Component   *discordPart    `json:"component"`
	Items       []discordMedium `json:"items"`
	File        struct {
		URL string `json:"url"`
	} `json:"file"`
}

type discordPick struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
	Default     bool   `json:"default"`
}

type discordID struct {
	ID string `json:"id"`
}

type discordMedium struct {
	Media struct {
		URL string `json:"url"`
	} `json:"media"`
	Description string `json:"description"`
}

// The types of components.
const (
	discordRow       = 1
	discordButton    = 2
	discordSelect    = 3
	discordTextInput = 4
	discordUsers     = 5
	discordText      = 10
	discordGallery   = 12
	discordFilePart  = 13
	discordDivider   = 14
	discordBox       = 17
	discordLabel     = 18
)

// press tells the bot that something was pressed or chosen. That it stands in
// the message is looked up there, not asked of the browser.
func (d *discordDesk) press(ctx context.Context, at place, did pressed) error {
	post, found := d.api.message(at.Channel.ID, did.message)
	if !found || post.OnlyFor != "" && post.OnlyFor != at.Member.ID {
		return errGone
	}
	var body struct {
		Components []discordPart `json:"components"`
	}
	_ = json.Unmarshal(post.Body, &body) // judged when it came in
	part, found := findPart(body.Components, did.id)
	if !found {
		return fmt.Errorf("there is no component %q", did.id)
	}
	data := answer{"custom_id": part.CustomID, "component_type": part.Type}
	if part.Type != discordButton {
		if len(did.values) == 0 {
			return errors.New("nothing was chosen")
		}
		data["values"] = did.values
	}
	d.interact(ctx, DiscordAsk{Kind: interactPress, Member: at.Member, Channel: at.Channel.ID, Data: data, Message: post.ID})
	return nil
}

// findPart looks a component up by its id.
func findPart(parts []discordPart, id string) (discordPart, bool) {
	for _, part := range parts {
		if part.CustomID != "" && part.CustomID == id {
			return part, true
		}
		if found, inside := findPart(part.Components, id); inside {
			return found, true
		}
	}
	return discordPart{}, false
}

// window is the form that a member has in front.
func (d *discordDesk) window(member string) (window, bool) {
	form, open := d.front(member)
	if !open {
		return window{}, false
	}
	var body struct {
		Title      string        `json:"title"`
		Components []discordPart `json:"components"`
	}
	_ = json.Unmarshal(form.body, &body) // judged when it came in
	return window{
		ID: form.token, Version: form.token, Title: body.Title, Submit: "Submit", Close: "Cancel", // Discord's own words
		Blocks: showParts(body.Components, d.directory()),
	}, true
}

// submit sends the form in front. Where that goes wrong, Discord keeps it open.
func (d *discordDesk) submit(ctx context.Context, at place, id string, fill Fill) error {
	form, open := d.front(at.Member.ID)
	if !open || form.token != id {
		return errGone
	}
	var body struct {
		CustomID   string        `json:"custom_id"`
		Components []discordPart `json:"components"`
	}
	_ = json.Unmarshal(form.body, &body) // judged when it came in
	filled := []answer{}
	for _, part := range body.Components {
		if part.Type != discordLabel || part.Component == nil {
			continue
		}
		value, err := part.Component.filled(fill[part.Component.CustomID])
		if err != nil {
			return fmt.Errorf("%s: %w", part.Label, err)
		}
		filled = append(filled, answer{"type": discordLabel, "component": value})
	}
	_, ok := d.interact(ctx, DiscordAsk{
		Kind: interactForm, Member: at.Member, Channel: form.channel, Message: form.message,
		Data: answer{"custom_id": body.CustomID, "components": filled},
	})
	if !ok {
		return errors.New("Something went wrong. Try again.") //nolint:staticcheck,revive // Discord's own words, shown as they are.
	}
	d.dismiss(at, id)
	return nil
}

// filled is a field of a form as it is sent.
func (p discordPart) filled(given []string) (answer, error) {
	required := p.Required == nil || *p.Required
	if len(given) == 0 && required {
		return nil, errors.New("must be filled in")
	}
	value := answer{"type": p.Type, "custom_id": p.CustomID}
	switch p.Type {
	case discordTextInput:
		text := ""
		if len(given) > 0 {
			text = given[0]
		}
		if p.MaxLength > 0 && length(text) > p.MaxLength {
			return nil, fmt.Errorf("takes %d characters", p.MaxLength)
		}
		value["value"] = text
	default:
		value["values"] = append([]string{}, given...)
	}
	return value, nil
}
