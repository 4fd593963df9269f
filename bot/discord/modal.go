package discord

import (
	"strings"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// modal returns a prompt as a form in a window of its own. What the reply says
// stands above the fields, where there is room for it.
func modal(reply commands.Reply) form {
	prompt := reply.Prompt
	fields := prompt.Fields[:min(len(prompt.Fields), maxFormFields)]
	window := form{
		CustomID: customID{action: commands.ActionAnswer, value: prompt.Token}.String(),
		Title:    labelText(prompt.Title, maxFormTitle),
	}
	if len(fields) < maxFormFields {
		window.Components = say(reply.Parts, 1, maxText).components
	}
	for _, field := range fields {
		window.Components = append(window.Components, label(field))
	}
	return window
}

// modalFor is the form that answers a request, marked for direct messages where it
// came from there.
func (a *App) modalFor(request commands.Request, reply commands.Reply, from origin) form {
	window := modal(reply)
	if s, ok := a.seal(request.Workspace, request.Member); ok && from.direct {
		window.CustomID = string(s) + window.CustomID
	}
	return window
}

// label is a field with its question above. A question that is too long for
// that goes on in the description, and what is wrong comes before all else.
func label(field commands.Field) component {
	question := plain.Clean(field.Label)
	var below []string
	if field.Error != "" {
		below = append(below, plain.Clean(field.Error))
	}
	if plain.Length(question) > maxFieldLabel {
		below = append(below, question)
	}
	if field.Hint != "" {
		below = append(below, plain.Clean(field.Hint))
	}
	input := input(field)
	return component{
		Type: labelComponent, Label: labelText(question, maxFieldLabel),
		Description: plain.Truncate(strings.Join(below, " "), maxHint), Component: &input,
	}
}

// dayForm is the form of a date, as an example where the field has none.
const dayForm = "YYYY-MM-DD"

// input is what a field is answered with.
func input(field commands.Field) component {
	required := !field.Optional
	switch field.Kind {
	case commands.PickOne, commands.PickMany:
		least := 1
		if field.Optional {
			least = 0
		}
		if menu := choices(field, field.Name); len(menu.Options) > 0 {
			menu.Required, menu.MinValues = &required, &least
			return menu
		}
	case commands.PickMember:
		menu := component{Type: dg.UserSelectMenuComponent, CustomID: field.Name, MaxValues: 1, Required: &required}
		if isSnowflake(field.Value) {
			menu.Defaults = []defaultValue{{ID: field.Value, Type: "user"}}
		}
		return menu
	}
	style, limit, placeholder := textShort, lineLimit, field.Placeholder
	switch field.Kind {
	case commands.AreaField:
		style, limit = textParagraph, areaLimit
	case commands.PickDay:
		if placeholder == "" {
			placeholder = dayForm
		}
	}
	if field.Limit > 0 {
		limit = min(field.Limit, maxFieldText)
	}
	value := field.Value
	if plain.Length(value) > limit {
		value = plain.Truncate(value, limit)
	}
	return component{
		Type: dg.TextInputComponent, CustomID: field.Name, Style: style, Value: value, MaxLength: limit,
		Placeholder: plain.Truncate(plain.Clean(placeholder), maxHint), Required: &required,
	}
}

// How much a text field takes where it does not say so itself.
const (
	lineLimit = 150
	areaLimit = 2000
)
