package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
)

// slackChat is a member in front of Slack, whose requests reach a server under
// test signed, and whose modals answer as Slack's do.
type slackChat struct {
	testing.TB
	*caller
	user string
	// twice sends every request a second time, as Slack does when an answer is
	// lost on the way, and presses every button twice.
	twice bool
	sent  atomic.Int64
}

// talk returns the member's direct messages with the bot.
func (s *slackChat) talk() string { return sandbox.Direct(s.user) }

// goal types a command and returns the answer, empty where it comes later.
func (s *slackChat) goal(text string) string {
	s.Helper()
	return s.posts("/slack/commands", url.Values{
		"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {s.user}, "user_name": {strings.ToLower(s.user)},
		"command": {"/goal"}, "text": {text},
		"trigger_id": {s.world.api.Trigger(s.user)}, "response_url": {s.world.url + "/response/late"},
	}.Encode())
}

// interacts sends what the member did in a view.
func (s *slackChat) interacts(payload []byte, err error) string {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
	return s.posts("/slack/interactions", url.Values{"payload": {string(payload)}}.Encode())
}

// event sends an event and returns its id.
func (s *slackChat) event(event map[string]any) string {
	s.Helper()
	id := fmt.Sprintf("Ev%s%d", s.user, s.sent.Add(1))
	s.eventOf(id, event)
	return id
}

func (s *slackChat) eventOf(id string, event map[string]any) {
	s.Helper()
	body, err := json.Marshal(map[string]any{"type": "event_callback", "team_id": "T1", "event_id": id, "event": event})
	if err != nil {
		s.Fatal(err)
	}
	if answer := s.posts("/slack/events", string(body)); answer != "" {
		s.Errorf("the event was answered with %s", answer)
	}
}

// writes says something to the bot alone.
func (s *slackChat) writes(text string) string {
	s.Helper()
	return s.event(map[string]any{"type": "message", "channel_type": "im", "user": s.user, "channel": s.talk(), "text": text, "team": "T1"})
}

func (s *slackChat) posts(path, body string) string {
	s.Helper()
	if s.twice {
		if status, _, err := s.post(path, body, s.now(), testSecret); err != nil || status != http.StatusOK {
			s.Fatalf("%s: status %d, %v", path, status, err)
		}
	}
	status, answer, err := s.post(path, body, s.now(), testSecret)
	if err != nil || status != http.StatusOK {
		s.Fatalf("%s: status %d, %v", path, status, err)
	}
	return answer
}

// awaits waits until Slack shows what is wanted.
func (s *slackChat) awaits(what string, wanted func() bool) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 20*time.Second)
	defer cancel()
	if err := s.world.api.AwaitChange(ctx, wanted); err != nil {
		s.Fatalf("%s: %v; calls %+v", what, err, s.world.api.Calls(""))
	}
}

// form returns the modal in front, once it asks for the field.
func (s *slackChat) form(field string) sandbox.View {
	s.Helper()
	var view sandbox.View
	s.awaits("the form that asks for "+field, func() bool {
		var open bool
		view, open = s.world.api.OpenView(s.user)
		return open && slices.Contains(fieldsOf(view), field)
	})
	return view
}

// sends fills in the form in front and sends it, and does what is answered.
func (s *slackChat) sends(field string, values ...string) {
	s.Helper()
	view := s.form(field)
	payload, err := s.world.api.Submission(s.user, sandbox.Fill{field: values})
	answer := s.interacts(payload, err)
	if err := s.world.api.Respond(view.ID, []byte(answer)); err != nil {
		s.Fatalf("%s is answered with %s: %v", field, answer, err)
	}
}

// inFront is what the member reads in the modal in front.
func (s *slackChat) inFront() string {
	s.Helper()
	view, open := s.world.api.OpenView(s.user)
	if !open {
		s.Fatal("no modal is open")
	}
	return readable(s, view)
}

// readable is what a member reads in a view.
func readable(t testing.TB, view sandbox.View) string {
	return said(t, `{"blocks":`+string(view.Blocks)+`}`)
}

// fieldsOf are the fields that a modal asks for.
func fieldsOf(view sandbox.View) (fields []string) {
	var blocks []struct {
		Type    string `json:"type"`
		Element struct {
			ActionID string `json:"action_id"`
		} `json:"element"`
	}
	if json.Unmarshal(view.Blocks, &blocks) != nil {
		return nil
	}
	for _, block := range blocks {
		if block.Type == "input" {
			fields = append(fields, block.Element.ActionID)
		}
	}
	return fields
}

// pressIn presses the button of a view that does something.
func (s *slackChat) pressIn(view sandbox.View, action string) {
	s.Helper()
	blockID, actionID, _ := buttonIn(view.Blocks, action)
	payload, err := s.world.api.PressView(view, blockID, actionID)
	if answer := s.interacts(payload, err); answer != "" {
		s.Errorf("the press was answered with %s", answer)
	}
}

// buttonIn finds a button by what it does.
func buttonIn(blocks json.RawMessage, action string) (blockID, actionID, value string) {
	var all []struct {
		BlockID  string `json:"block_id"`
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
		} `json:"elements"`
	}
	if json.Unmarshal(blocks, &all) != nil {
		return "", "", ""
	}
	for _, block := range all {
		for _, element := range block.Elements {
			if strings.HasPrefix(element.ActionID, action+"~") {
				return block.BlockID, element.ActionID, element.Value
			}
		}
	}
	return "", "", ""
}

// picks answers a field by the label of a choice.
func (s *slackChat) picks(field, label string) {
	s.Helper()
	var blocks []struct {
		Element struct {
			ActionID string `json:"action_id"`
			Options  []struct {
				Text  struct{ Text string }
				Value string
			} `json:"options"`
		} `json:"element"`
	}
	if err := json.Unmarshal(s.form(field).Blocks, &blocks); err != nil {
		s.Fatal(err)
	}
	for _, block := range blocks {
		for _, option := range block.Element.Options {
			if block.Element.ActionID == field && strings.Contains(option.Text.Text, label) {
				s.sends(field, option.Value)
				return
			}
		}
	}
	s.Fatalf("%s has no choice %q: %+v", field, label, blocks)
}
