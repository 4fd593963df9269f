package sandbox

import (
	"fmt"
	"time"
)

// triggerWithin is how long a trigger lives; it works once.
// https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses
const triggerWithin = 3 * time.Second

// trigger is the right to show a member a modal, which comes of something that
// they did.
type trigger struct {
	member string
	until  time.Time
	used   bool
}

// Trigger returns the trigger of something that a member does just now.
func (a *SlackAPI) Trigger(member string) string {
	a.mu.Lock()
	a.views.triggered++
	id := fmt.Sprintf("%d.%d.%s", a.now().Unix(), a.views.triggered, "trigger")
	a.mu.Unlock()
	a.GrantTrigger(id, member)
	return id
}

// GrantTrigger makes an id the trigger of something that a member does just
// now, for tests that choose their own.
func (a *SlackAPI) GrantTrigger(id, member string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.views.triggers[id] = &trigger{member: member, until: a.now().Add(triggerWithin)}
}

// exchange uses a trigger up and returns whose it was; the caller holds the
// lock.
func (a *SlackAPI) exchange(id string) (member string, refused *refusal) {
	found := a.views.triggers[id]
	switch {
	case id == "":
		return "", refuse("invalid_arguments", "missing required field: trigger_id")
	case found == nil:
		return "", refuse("invalid_trigger_id")
	case found.used:
		return "", refuse("exchanged_trigger_id")
	case a.now().After(found.until):
		return "", refuse("expired_trigger_id")
	}
	found.used = true
	return found.member, nil
}
