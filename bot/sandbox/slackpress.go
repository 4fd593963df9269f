package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// acted is a button that was pressed or a select that was chosen from, as
// interactions hold it.
type acted struct {
	Type            string          `json:"type"`
	ActionID        string          `json:"action_id"`
	BlockID         string          `json:"block_id"`
	Text            json.RawMessage `json:"text,omitempty"`
	Value           string          `json:"value,omitempty"`
	Style           string          `json:"style,omitempty"`
	URL             string          `json:"url,omitempty"`
	SelectedOption  *formOption     `json:"selected_option,omitempty"`
	SelectedOptions []formOption    `json:"selected_options,omitempty"`
	SelectedUser    string          `json:"selected_user,omitempty"`
	SelectedDate    string          `json:"selected_date,omitempty"`
	ActionTS        string          `json:"action_ts,omitempty"`
}

// press tells the webhook server that something was pressed or chosen,
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
// What the element stands for is read from the message, not from the browser.
func (d *slackDesk) press(ctx context.Context, at place, did pressed) error {
	if did.view != "" {
		return d.pressView(ctx, at, did)
	}
	message, found := d.timeline.message(at.Channel.ID, did.message)
	if !found || message.OnlyFor != "" && message.OnlyFor != at.Member.ID {
		return errGone
	}
	element, err := act(message.Blocks, did.block, did.id, did.values)
	if err != nil {
		return err
	}
	state, err := inputState(message.Blocks, did.fill, false)
	if err != nil {
		return err
	}
	payload, err := json.Marshal(d.interaction(at, message, element, state))
	if err != nil {
		return fmt.Errorf("press: %w", err)
	}
	d.pressed(ctx, at, payload)
	return nil
}

// pressed sends a press, and tells the member where it did not work.
func (d *slackDesk) pressed(ctx context.Context, at place, payload []byte) {
	result := d.sendPayload(ctx, payload)
	switch failure := result.failure(); {
	case failure != "":
		d.note(result)
		d.notice(at, fmt.Sprintf("The button did not work (“%s”). Try again.", failure), result.detail())
	case strings.TrimSpace(string(result.body)) != "":
		const ignored = "Slack ignores the body that answers block_actions; answer through the response_url. "
		d.note(result, ignored)
		d.notice(at, "The button’s answer was not shown.", ignored+result.detail())
	default:
		d.note(result)
	}
}

// interaction is the payload of something that was pressed in a message.
func (d *slackDesk) interaction(at place, message Message, element acted, state answer) answer {
	team := d.api.Team()
	now := d.now().UnixMicro()
	element.ActionTS = fmt.Sprintf("%d.%06d", now/1e6, now%1e6)
	payload := answer{
		"type": "block_actions",
		"user": answer{
			"id": at.Member.ID, "username": at.Member.handle(), "name": at.Member.handle(), "team_id": team.ID,
		},
		"api_app_id": appID,
		"token":      "",
		"container": answer{
			"type": "message", "message_ts": message.TS, "channel_id": message.Channel, "is_ephemeral": message.OnlyFor != "",
		},
		"trigger_id":            d.trigger(at.Member.ID),
		"team":                  answer{"id": team.ID, "domain": team.Domain},
		"enterprise":            nil,
		"is_enterprise_install": false,
		"channel":               answer{"id": at.Channel.ID, "name": at.Channel.Name},
		"state":                 answer{"values": state},
		"response_url":          d.responseURL(at, message.TS),
		"actions":               []acted{element},
	}
	// Slack sends no copy of an ephemeral message.
	if message.OnlyFor == "" {
		payload["message"] = d.api.body(message, true)
	}
	return payload
}

// act looks an element up by its two ids and does it: a button is pressed, a
// select chosen from.
func act(blocks json.RawMessage, blockID, actionID string, values []string) (acted, error) {
	var all []struct {
		BlockID   string            `json:"block_id"`
		Elements  []json.RawMessage `json:"elements"`
		Accessory json.RawMessage   `json:"accessory"`
	}
	if blocks != nil {
		if err := json.Unmarshal(blocks, &all); err != nil {
			return acted{}, fmt.Errorf("read blocks: %w", err)
		}
	}
	for _, block := range all {
		if block.BlockID != blockID {
			continue
		}
		for _, element := range append(block.Elements, block.Accessory) {
			var found acted
			if json.Unmarshal(element, &found) == nil && found.ActionID == actionID && found.Type != "" {
				found.BlockID = blockID
				return found.choose(element, values)
			}
		}
	}
	return acted{}, fmt.Errorf("there is no button %q in block %q", actionID, blockID)
}

// choose sets what was chosen from a select, which must be among its options.
func (a acted) choose(element json.RawMessage, values []string) (acted, error) {
	var form formElement
	if err := json.Unmarshal(element, &form); err != nil {
		return acted{}, fmt.Errorf("read element: %w", err)
	}
	if a.Type == "button" {
		return a, nil
	}
	if len(values) == 0 {
		return acted{}, fmt.Errorf("nothing was chosen from %q", a.ActionID)
	}
	switch a.Type {
	case "users_select":
		a.SelectedUser = values[0]
		return a, nil
	case "datepicker":
		a.SelectedDate = values[0]
		return a, nil
	}
	for _, value := range values {
		i := slices.IndexFunc(form.Options, func(o formOption) bool { return o.Value == value })
		if i < 0 {
			return acted{}, fmt.Errorf("%q has no option %q", a.ActionID, value)
		}
		a.SelectedOptions = append(a.SelectedOptions, form.Options[i])
	}
	if a.Type != "multi_static_select" && a.Type != "checkboxes" {
		a.SelectedOption, a.SelectedOptions = &a.SelectedOptions[0], nil
	}
	return a, nil
}
