package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
)

// maxStack is how many modals may lie on one another.
const maxStack = 3

// View is a modal, or the app's own page of one member, as it is now.
type View struct {
	ID, Hash string
	// Member is who sees it.
	Member                                  string
	Type                                    string // "modal" or "home"
	CallbackID, PrivateMetadata, ExternalID string
	Title, Submit, Close                    string
	Blocks                                  json.RawMessage
	// Errors are what is wrong with a form that was sent, by its blocks.
	Errors map[string]string

	root, previous string
}

// views are the modals and pages of all members; the API's lock guards them.
type views struct {
	made, triggered int
	triggers        map[string]*trigger
	stacks          map[string][]*View // by member, the one in front last
	homes           map[string]*View
}

func newViews() views {
	return views{triggers: make(map[string]*trigger), stacks: make(map[string][]*View), homes: make(map[string]*View)}
}

func (a *SlackAPI) openView(args arguments) (answer, *refusal) {
	view, refused := readView(args, "modal")
	if refused != nil {
		return nil, refused
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	member, refused := a.exchange(args.text("trigger_id"))
	if refused != nil {
		return nil, refused
	}
	return a.stack(member, nil, view)
}

func (a *SlackAPI) pushView(args arguments) (answer, *refusal) {
	view, refused := readView(args, "modal")
	if refused != nil {
		return nil, refused
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	member, refused := a.exchange(args.text("trigger_id"))
	if refused != nil {
		return nil, refused
	}
	return a.push(member, view)
}

// push puts a modal before the others; the caller holds the lock.
func (a *SlackAPI) push(member string, view *View) (answer, *refusal) {
	switch below := a.views.stacks[member]; len(below) {
	case 0:
		return nil, refuse("not_found")
	case maxStack:
		return nil, refuse("push_limit_reached")
	default:
		return a.stack(member, below, view)
	}
}

// stack puts a modal on those below; the caller holds the lock.
func (a *SlackAPI) stack(member string, below []*View, view *View) (answer, *refusal) {
	if a.viewOf(func(v *View) bool { return view.ExternalID != "" && v.ExternalID == view.ExternalID }) != nil {
		return nil, refuse("duplicate_external_id")
	}
	a.views.made++
	view.ID, view.Member = fmt.Sprintf("V%010d", a.views.made), member
	view.root = view.ID
	if len(below) > 0 {
		view.root, view.previous = below[0].ID, below[len(below)-1].ID
	}
	a.changed(view)
	a.views.stacks[member] = append(slices.Clip(below), view)
	return answer{"view": a.viewBody(view, nil)}, nil
}

func (a *SlackAPI) updateView(args arguments) (answer, *refusal) {
	id, external := args.text("view_id"), args.text("external_id")
	if (id == "") == (external == "") {
		return nil, refuse("invalid_arguments", "either view_id or external_id")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	stored := a.viewOf(func(v *View) bool {
		return id != "" && v.ID == id || external != "" && v.ExternalID == external
	})
	if stored == nil {
		return nil, refuse("not_found")
	}
	view, refused := readView(args, stored.Type)
	if refused != nil {
		return nil, refused
	}
	if hash := args.text("hash"); hash != "" && hash != stored.Hash {
		return nil, refuse("hash_conflict")
	}
	a.replace(stored, view)
	return answer{"view": a.viewBody(stored, nil)}, nil
}

// replace puts what a view shows in the place of what it showed; the caller
// holds the lock.
func (a *SlackAPI) replace(stored, view *View) {
	view.ID, view.Member, view.root, view.previous = stored.ID, stored.Member, stored.root, stored.previous
	a.changed(view)
	*stored = *view
}

func (a *SlackAPI) publishView(args arguments) (answer, *refusal) {
	if refused := args.require("user_id"); refused != nil {
		return nil, refused
	}
	if _, found := a.Team().member(args.text("user_id")); !found {
		return nil, refuse("invalid_arguments", "user_id is nobody's")
	}
	view, refused := readView(args, "home")
	if refused != nil {
		return nil, refused
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	stored := a.views.homes[args.text("user_id")]
	switch hash := args.text("hash"); {
	case stored == nil:
		a.views.made++
		stored = &View{ID: fmt.Sprintf("V%010d", a.views.made), Member: args.text("user_id")}
		stored.root = stored.ID
		a.views.homes[stored.Member] = stored
	case hash != "" && hash != stored.Hash:
		return nil, refuse("hash_conflict")
	}
	a.replace(stored, view)
	return answer{"view": a.viewBody(stored, nil)}, nil
}

// viewOf finds a view that somebody has open; the caller holds the lock.
func (a *SlackAPI) viewOf(wanted func(*View) bool) *View {
	for _, stack := range a.views.stacks {
		if i := slices.IndexFunc(stack, wanted); i >= 0 {
			return stack[i]
		}
	}
	for _, home := range a.views.homes {
		if wanted(home) {
			return home
		}
	}
	return nil
}

// changed gives a view the hash of its new state and wakes those who wait; the
// caller holds the lock.
func (a *SlackAPI) changed(view *View) {
	a.views.made++
	view.Hash = fmt.Sprintf("%d.h%d", a.now().Unix(), a.views.made)
	a.timeline.nudge()
}

// viewBody is a view as the Web API and interactions show it.
func (a *SlackAPI) viewBody(view *View, state answer) answer {
	body := answer{
		"id": view.ID, "team_id": a.team.ID, "type": view.Type, "blocks": view.Blocks, "hash": view.Hash,
		"private_metadata": view.PrivateMetadata, "callback_id": view.CallbackID, "external_id": view.ExternalID,
		"root_view_id": view.root, "previous_view_id": nil, "clear_on_close": false, "notify_on_close": false,
		"app_id": appID, "app_installed_team_id": a.team.ID, "bot_id": botID, "state": answer{"values": state},
	}
	if state == nil {
		body["state"] = answer{"values": answer{}}
	}
	if view.previous != "" {
		body["previous_view_id"] = view.previous
	}
	for name, text := range map[string]string{"title": view.Title, "submit": view.Submit, "close": view.Close} {
		body[name] = nil
		if text != "" {
			body[name] = answer{"type": "plain_text", "text": text, "emoji": false}
		}
	}
	return body
}
