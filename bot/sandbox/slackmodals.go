package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// OpenView returns the modal that a member has in front.
func (a *SlackAPI) OpenView(member string) (View, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	stack := a.views.stacks[member]
	if len(stack) == 0 {
		return View{}, false
	}
	return *stack[len(stack)-1], true
}

// Home returns a member's page of the app.
func (a *SlackAPI) Home(member string) (View, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	home, found := a.views.homes[member]
	if !found {
		return View{}, false
	}
	return *home, true
}

// CloseView closes the modal that a member has in front.
func (a *SlackAPI) CloseView(member string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.drop(member)
}

// drop takes the modal in front away; the caller holds the lock.
func (a *SlackAPI) drop(member string) {
	if stack := a.views.stacks[member]; len(stack) > 0 {
		a.views.stacks[member] = stack[:len(stack)-1]
		a.timeline.nudge()
	}
}

// Submission returns the payload of the form that a member has in front, filled
// in and sent,
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload.
func (a *SlackAPI) Submission(member string, fill Fill) ([]byte, error) {
	trigger := a.Trigger(member)
	a.mu.Lock()
	defer a.mu.Unlock()
	stack := a.views.stacks[member]
	if len(stack) == 0 {
		return nil, fmt.Errorf("%s has no form open", member)
	}
	view := stack[len(stack)-1]
	if view.Submit == "" {
		return nil, fmt.Errorf("the view %q has nothing to send", view.Title)
	}
	state, err := formState(view.Blocks, fill)
	if err != nil {
		return nil, err
	}
	payload := a.deed("view_submission", member, trigger)
	payload["view"], payload["response_urls"] = a.viewBody(view, state), []any{}
	return json.Marshal(payload)
}

// PressView returns the payload of a button that a member presses in the modal
// in front, or on their page of the app; values are what is chosen from a select.
func (a *SlackAPI) PressView(view View, blockID, actionID string, values ...string) ([]byte, error) {
	pressed, err := act(view.Blocks, blockID, actionID, values)
	if err != nil {
		return nil, err
	}
	now := a.now().UnixMicro()
	pressed.ActionTS = fmt.Sprintf("%d.%06d", now/1e6, now%1e6)
	trigger := a.Trigger(view.Member)
	a.mu.Lock()
	defer a.mu.Unlock()
	payload := a.deed("block_actions", view.Member, trigger)
	payload["container"] = answer{"type": "view", "view_id": view.ID}
	payload["view"], payload["actions"] = a.viewBody(&view, nil), []acted{pressed}
	return json.Marshal(payload)
}

// deed is what all interactions hold; the caller holds the lock.
func (a *SlackAPI) deed(kind, member, trigger string) answer {
	who, _ := a.team.member(member)
	return answer{
		"type":       kind,
		"team":       answer{"id": a.team.ID, "domain": a.team.Domain},
		"user":       answer{"id": member, "username": who.handle(), "name": who.handle(), "team_id": a.team.ID},
		"api_app_id": appID, "token": "", "trigger_id": trigger, "enterprise": nil, "is_enterprise_install": false,
	}
}

// Respond does with a form that was sent what the app's response says: closes
// it, shows what is wrong at its fields, or puts another view in its place or on
// top. It fails where Slack would tell the member that something went wrong.
func (a *SlackAPI) Respond(viewID string, body []byte) error {
	var response struct {
		Action string            `json:"response_action"`
		View   json.RawMessage   `json:"view"`
		Errors map[string]string `json:"errors"`
	}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &response); err != nil {
			return fmt.Errorf("read response: %w", err)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	view := a.viewOf(func(v *View) bool { return v.ID == viewID })
	if view == nil {
		return fmt.Errorf("the view %s is closed", viewID)
	}
	switch response.Action {
	case "":
		a.drop(view.Member)
		return nil
	case "clear":
		delete(a.views.stacks, view.Member)
		a.timeline.nudge()
		return nil
	case "errors":
		return a.showErrors(view, response.Errors)
	}
	next, refused := checkView(response.View, "modal")
	if refused != nil {
		return fmt.Errorf("%s: %v", refused.code, refused.messages)
	}
	switch response.Action {
	case "update":
		a.replace(view, next)
	case "push":
		if _, refused := a.push(view.Member, next); refused != nil {
			return errors.New(refused.code)
		}
	default:
		return fmt.Errorf("unknown response_action %q", response.Action)
	}
	return nil
}

// showErrors shows what is wrong at the fields of a form; the caller holds the
// lock.
func (a *SlackAPI) showErrors(view *View, wrong map[string]string) error {
	var blocks []formBlock
	if err := json.Unmarshal(view.Blocks, &blocks); err != nil {
		return fmt.Errorf("read blocks: %w", err)
	}
	if len(wrong) == 0 {
		return errors.New("errors without any")
	}
	for id, text := range wrong {
		if text == "" || !slices.ContainsFunc(blocks, func(b formBlock) bool { return b.Type == "input" && b.BlockID == id }) {
			return fmt.Errorf("an error %q at the block %q, which is no input of the view", text, id)
		}
	}
	view.Errors = wrong
	a.timeline.nudge()
	return nil
}
