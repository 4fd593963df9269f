package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// button is a button as it stands in a message's blocks.
type button struct {
	Type     string          `json:"type"`
	ActionID string          `json:"action_id"`
	BlockID  string          `json:"block_id"`
	Text     json.RawMessage `json:"text"`
	Value    string          `json:"value,omitempty"`
	Style    string          `json:"style,omitempty"`
	URL      string          `json:"url,omitempty"`
	ActionTS string          `json:"action_ts,omitempty"`
}

// press tells the webhook server that a button was pressed,
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload.
// What the button stands for is read from the message, not from the browser.
func (s *Sandbox) press(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	at, err := s.place(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	message, found := s.timeline.message(at.Channel.ID, r.FormValue("ts"))
	if !found || message.OnlyFor != "" && message.OnlyFor != at.Member.ID {
		http.Error(w, "this message is not there any more", http.StatusGone)
		return
	}
	ids, err := url.ParseQuery(r.FormValue("press"))
	pressed, found := findButton(message.Blocks, ids.Get("block_id"), ids.Get("action_id"))
	if err != nil || !found {
		http.Error(w, "this message has no such button", http.StatusBadRequest)
		return
	}
	payload, err := json.Marshal(s.interaction(r, at, message, pressed))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	result := s.send(r.Context(), "/slack/interactions", url.Values{"payload": {string(payload)}})
	if failure := result.failure(); failure != "" {
		s.notice(at, fmt.Sprintf("The button did not work (“%s”). Try again.", failure), result.detail())
	} else if strings.TrimSpace(string(result.body)) != "" {
		s.notice(at, "The button’s answer was not shown.",
			"Slack ignores the body that answers block_actions; answer through the response_url. "+result.detail())
	}
	s.done(w, r, at)
}

// interaction is the payload of a pressed button.
func (s *Sandbox) interaction(r *http.Request, at place, message Message, pressed button) answer {
	team := s.api.Team()
	now := s.config.Now().UnixMicro()
	pressed.ActionTS = fmt.Sprintf("%d.%06d", now/1e6, now%1e6)
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
		"trigger_id":            s.trigger(),
		"team":                  answer{"id": team.ID, "domain": team.Domain},
		"enterprise":            nil,
		"is_enterprise_install": false,
		"channel":               answer{"id": at.Channel.ID, "name": at.Channel.Name},
		"state":                 answer{"values": answer{}},
		"response_url":          s.responseURL(r, at, message.TS),
		"actions":               []button{pressed},
	}
	// Slack sends no copy of an ephemeral message.
	if message.OnlyFor == "" {
		payload["message"] = s.api.body(message, true)
	}
	return payload
}

// findButton looks a button up by its two ids.
func findButton(blocks json.RawMessage, blockID, actionID string) (button, bool) {
	var all []struct {
		BlockID   string            `json:"block_id"`
		Elements  []json.RawMessage `json:"elements"`
		Accessory json.RawMessage   `json:"accessory"`
	}
	if blocks == nil || json.Unmarshal(blocks, &all) != nil {
		return button{}, false
	}
	for _, block := range all {
		if block.BlockID != blockID {
			continue
		}
		for _, element := range append(block.Elements, block.Accessory) {
			var found button
			if json.Unmarshal(element, &found) == nil && found.Type == "button" && found.ActionID == actionID {
				found.BlockID = blockID
				return found, true
			}
		}
	}
	return button{}, false
}
