package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// formBlock is an input block, as far as filling it in goes.
type formBlock struct {
	Type     string      `json:"type"`
	BlockID  string      `json:"block_id"`
	Optional bool        `json:"optional"`
	Element  formElement `json:"element"`
}

// formElement is what a block is filled in with.
type formElement struct {
	Type           string       `json:"type"`
	ActionID       string       `json:"action_id"`
	MaxLength      int          `json:"max_length"`
	Options        []formOption `json:"options"`
	InitialValue   string       `json:"initial_value"`
	InitialOption  *formOption  `json:"initial_option"`
	InitialOptions []formOption `json:"initial_options"`
	InitialUser    string       `json:"initial_user"`
	InitialDate    string       `json:"initial_date"`
}

type formOption struct {
	Text        json.RawMessage `json:"text"`
	Value       string          `json:"value"`
	Description *slackText      `json:"description,omitempty"`
}

// Fill is what somebody puts into a form: the values of fields by their action
// ids. A field that is not in it keeps what it began with.
type Fill map[string][]string

// formState returns the values of the inputs among blocks, as payloads hold
// them. It fails where Slack would not let the form be sent.
func formState(blocks json.RawMessage, fill Fill) (answer, error) {
	return inputState(blocks, fill, true)
}

// inputState is formState; where the form is not sent but something beside its
// fields is pressed, they may be empty.
func inputState(blocks json.RawMessage, fill Fill, sent bool) (answer, error) {
	var all []formBlock
	if err := json.Unmarshal(blocks, &all); err != nil {
		return nil, fmt.Errorf("read blocks: %w", err)
	}
	values := answer{}
	known := 0
	for _, block := range all {
		if block.Type != "input" {
			continue
		}
		given, filled := fill[block.Element.ActionID]
		if filled {
			known++
		} else {
			given = block.Element.initial()
		}
		value, err := block.Element.value(given)
		switch {
		case err != nil:
			return nil, fmt.Errorf("field %s: %w", block.Element.ActionID, err)
		case len(given) == 0 && !block.Optional && sent:
			return nil, fmt.Errorf("field %s must be filled in", block.Element.ActionID)
		}
		values[block.BlockID] = answer{block.Element.ActionID: value}
	}
	if known < len(fill) {
		return nil, errors.New("the form lacks a field that is filled in")
	}
	return values, nil
}

// initial are the values that an element begins with.
func (e formElement) initial() []string {
	var values []string
	for _, text := range []string{e.InitialValue, e.InitialUser, e.InitialDate} {
		if text != "" {
			values = append(values, text)
		}
	}
	if e.InitialOption != nil {
		values = append(values, e.InitialOption.Value)
	}
	for _, option := range e.InitialOptions {
		values = append(values, option.Value)
	}
	return values
}

// value writes the values of an element as payloads do.
func (e formElement) value(given []string) (answer, error) {
	value := answer{"type": e.Type}
	var first any
	if len(given) > 0 {
		first = given[0]
	}
	switch e.Type {
	case "plain_text_input":
		if text, _ := first.(string); e.MaxLength > 0 && length(text) > e.MaxLength {
			return nil, fmt.Errorf("takes %d characters", e.MaxLength)
		}
		value["value"] = first
	case "users_select":
		value["selected_user"] = first
	case "datepicker":
		if text, _ := first.(string); first != nil {
			if _, err := time.Parse(time.DateOnly, text); err != nil {
				return nil, errors.New("takes a date")
			}
		}
		value["selected_date"] = first
	case "static_select", "radio_buttons", "multi_static_select", "checkboxes":
		chosen := make([]formOption, 0, len(given))
		for _, text := range given {
			i := slices.IndexFunc(e.Options, func(o formOption) bool { return o.Value == text })
			if i < 0 {
				return nil, fmt.Errorf("has no option %q", text)
			}
			chosen = append(chosen, e.Options[i])
		}
		switch {
		case e.Type == "multi_static_select" || e.Type == "checkboxes":
			value["selected_options"] = chosen
		case len(chosen) > 0:
			value["selected_option"] = chosen[0]
		default:
			value["selected_option"] = nil
		}
	default:
		return nil, fmt.Errorf("is of type %s, which nobody can fill in here", e.Type)
	}
	return value, nil
}
