package slack

import (
	"slices"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// How long a text may be where a field says nothing.
const (
	lineLength = 150
	areaLength = 2000
)

// inputBlock returns a field as a block in which it is answered.
// https://docs.slack.dev/reference/block-kit/blocks/input-block
func inputBlock(token string, field commands.Field) slackapi.Block {
	block := &slackapi.InputBlock{
		Type: slackapi.MBTInput, BlockID: askID(token, field.Name), Optional: field.Optional,
		Label: new(plainObject(orEllipsis(clean(field.Label)), maxInputLabel)), Element: fieldElement(field),
	}
	if hint := clean(field.Hint); hint != "" {
		block.Hint = new(plainObject(hint, maxInputLabel))
	}
	return block
}

// fieldElement returns what a field is answered in. A choice without choices
// could not be shown, so it is a text.
func fieldElement(field commands.Field) slackapi.BlockElement {
	switch choices := len(field.Choices); {
	case field.Kind == commands.PickOne && choices > maxPressed:
		return selectElement(field)
	case field.Kind == commands.PickOne && choices > 0:
		options := optionObjects(field)
		return &slackapi.RadioButtonsBlockElement{
			Type: slackapi.METRadioButtons, ActionID: actionID(field), Options: options, InitialOption: optionOf(options, field.Value),
		}
	case field.Kind == commands.PickMany && choices > maxPressed:
		options := optionObjects(field)
		return &slackapi.MultiSelectBlockElement{
			Type: slackapi.MultiOptTypeStatic, ActionID: actionID(field), Placeholder: placeholder(field),
			Options: options, InitialOptions: optionsOf(options, field.Values),
		}
	case field.Kind == commands.PickMany && choices > 0:
		options := optionObjects(field)
		return &slackapi.CheckboxGroupsBlockElement{
			Type: slackapi.METCheckboxGroups, ActionID: actionID(field), Options: options, InitialOptions: optionsOf(options, field.Values),
		}
	case field.Kind == commands.PickMember:
		element := &slackapi.SelectBlockElement{Type: slackapi.OptTypeUser, ActionID: actionID(field), Placeholder: placeholder(field)}
		if isID(field.Value) {
			element.InitialUser = field.Value
		}
		return element
	case field.Kind == commands.PickDay:
		element := &slackapi.DatePickerBlockElement{Type: slackapi.METDatepicker, ActionID: actionID(field), Placeholder: placeholder(field)}
		if _, err := time.Parse(time.DateOnly, field.Value); err == nil {
			element.InitialDate = field.Value
		}
		return element
	}
	return textElement(field)
}

func textElement(field commands.Field) *slackapi.PlainTextInputBlockElement {
	element := &slackapi.PlainTextInputBlockElement{
		Type: slackapi.METPlainTextInput, ActionID: actionID(field), Placeholder: placeholder(field),
		Multiline: field.Kind == commands.AreaField, MaxLength: lineLength,
	}
	if element.Multiline {
		element.MaxLength = areaLength
	}
	if field.Limit > 0 {
		element.MaxLength = min(field.Limit, maxInput)
	}
	value := clean(field.Value)
	if element.Multiline {
		lines := strings.Split(field.Value, "\n")
		for i, line := range lines {
			lines[i] = clean(strings.TrimSuffix(line, "\r"))
		}
		value = strings.Join(lines, "\n")
	}
	element.InitialValue = truncate(value, element.MaxLength)
	return element
}

func selectElement(field commands.Field) *slackapi.SelectBlockElement {
	options := optionObjects(field)
	return &slackapi.SelectBlockElement{
		Type: slackapi.OptTypeStatic, ActionID: actionID(field), Placeholder: placeholder(field),
		Options: options, InitialOption: optionOf(options, field.Value),
	}
}

func actionID(field commands.Field) string { return orEllipsis(firstBytes(field.Name, maxActionID)) }

func placeholder(field commands.Field) *slackapi.TextBlockObject {
	if text := clean(field.Placeholder); text != "" {
		return new(plainObject(text, maxPlaceholder))
	}
	return nil
}

func optionObjects(field commands.Field) []*slackapi.OptionBlockObject {
	choices := field.Choices[:min(len(field.Choices), maxOptions)]
	options := make([]*slackapi.OptionBlockObject, len(choices))
	for i, choice := range choices {
		options[i] = &slackapi.OptionBlockObject{
			Text:  new(plainObject(orEllipsis(clean(choice.Label)), maxOption)),
			Value: orEllipsis(firstBytes(choice.Value, maxOption)),
		}
		if hint := clean(choice.Hint); hint != "" {
			options[i].Description = new(plainObject(hint, maxOption))
		}
	}
	return options
}

// optionOf returns the option of a value, nil where there is none.
func optionOf(options []*slackapi.OptionBlockObject, value string) *slackapi.OptionBlockObject {
	for _, option := range options {
		if option.Value == value {
			return option
		}
	}
	return nil
}

func optionsOf(options []*slackapi.OptionBlockObject, values []string) []*slackapi.OptionBlockObject {
	var chosen []*slackapi.OptionBlockObject
	for _, option := range options {
		if slices.Contains(values, option.Value) {
			chosen = append(chosen, option)
		}
	}
	return chosen
}

// orEllipsis stands in where Slack refuses an empty text.
func orEllipsis(text string) string {
	if text == "" {
		return ellipsis
	}
	return text
}
