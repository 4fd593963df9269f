package discord

import (
	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// pressable reports whether a prompt is answered by pressing, in a message:
// where it asks for one choice. Other prompts are forms.
func pressable(prompt *commands.Prompt) bool {
	return len(prompt.Fields) == 1 && prompt.Fields[0].Kind == commands.PickOne && len(prompt.Fields[0].Choices) > 0 ||
		len(prompt.Fields) == 0
}

// promptParts are what a message with a prompt says of its fields: the question
// of a pressable one, the mistakes in a form.
func promptParts(prompt *commands.Prompt) []commands.Part {
	if prompt == nil {
		return nil
	}
	var parts []commands.Part
	for _, field := range prompt.Fields {
		label := commands.Span{Text: field.Label, Style: commands.Strong}
		switch {
		case field.Error != "":
			parts = append(parts, commands.List{Items: []commands.Line{{label, {Text: " "}, {Text: field.Error}}}})
		case pressable(prompt):
			parts = append(parts, commands.Text{Line: commands.Line{label}})
			if field.Hint != "" {
				parts = append(parts, commands.Note{Line: commands.Line{{Text: field.Hint}}})
			}
		}
	}
	return parts
}

// promptRows are what a prompt is answered with in a message: its choices, or
// the button that opens its form; and the ways out.
func promptRows(prompt *commands.Prompt) []component {
	if prompt == nil {
		return nil
	}
	var rows []component
	var ways []component
	switch {
	case len(prompt.Fields) == 0:
	case pressable(prompt):
		if choices := choiceRow(prompt); len(choices.Components) > 0 {
			rows = append(rows, choices)
		}
	default:
		// The form's title says what is filled in: the best label for what opens it.
		ways = append(ways, button(customID{action: commands.ActionOpen, value: prompt.Token}.String(), prompt.Title, commands.Primary))
	}
	for _, way := range [...]struct{ label, action string }{{prompt.Back, commands.ActionBack}, {prompt.Drop, commands.ActionDrop}} {
		if way.label != "" {
			ways = append(ways, button(customID{action: way.action, value: prompt.Token}.String(), way.label, commands.Neutral))
		}
	}
	if len(ways) > 0 {
		rows = append(rows, row(ways))
	}
	return rows
}

// choiceRow is a row of buttons where the choices are few and say all in their
// labels, otherwise a select.
func choiceRow(prompt *commands.Prompt) component {
	field := prompt.Fields[0]
	if len(field.Choices) <= maxRowButtons {
		buttons, seen := make([]component, 0, len(field.Choices)), map[string]bool{}
		for _, choice := range field.Choices {
			id := customID{action: commands.ActionAnswer, value: prompt.Token, field: field.Name, choice: choice.Value}
			if choice.Hint != "" || choice.Value == "" || !id.fits() || plain.Length(choice.Label) > maxLabel || seen[choice.Value] {
				break
			}
			seen[choice.Value] = true
			look := commands.Neutral
			if choice.Value == field.Value {
				look = commands.Primary
			}
			buttons = append(buttons, button(id.String(), choice.Label, look))
		}
		if len(buttons) == len(field.Choices) {
			return row(buttons)
		}
	}
	id := customID{action: commands.ActionAnswer, value: prompt.Token, field: field.Name}
	menu := choices(field, id.String())
	if len(menu.Options) == 0 {
		return component{} // none of the choices has a value
	}
	return row([]component{menu})
}

// choices is a select of a field's choices, under an id.
func choices(field commands.Field, id string) component {
	values := field.Values
	if field.Kind == commands.PickOne {
		values = []string{field.Value}
	}
	chosen := make(map[string]bool, len(values))
	for _, value := range values {
		chosen[value] = true
	}
	menu := component{Type: dg.SelectMenuComponent, CustomID: id, MaxValues: 1, Placeholder: plain.Truncate(plain.Clean(field.Placeholder), maxPlaceholder)}
	seen := make(map[string]bool, len(field.Choices))
	for _, choice := range field.Choices {
		value := plain.FirstBytes(choice.Value, maxOption)
		if value == "" || seen[value] || len(menu.Options) == maxOptions {
			continue
		}
		seen[value] = true
		menu.Options = append(menu.Options, option{
			Label: labelText(choice.Label, maxOption), Value: value,
			Description: plain.Truncate(plain.Clean(choice.Hint), maxOption), Default: chosen[choice.Value],
		})
	}
	if field.Kind == commands.PickMany {
		menu.MaxValues = max(len(menu.Options), 1)
	}
	return menu
}
