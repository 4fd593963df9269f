package commands

import "testing"

// A button's action and value share the 100 characters of Discord's custom_id,
// with a mark between them.
func TestActionsLeaveRoomForValues(t *testing.T) {
	t.Parallel()
	names := []string{ActionAnswer, ActionBack, ActionDrop, ActionOpen}
	for name := range actions {
		names = append(names, name)
	}
	for _, name := range names {
		if room := 100 - len("|") - maxValue; len(name) > room {
			t.Errorf("action %s has %d bytes, want at most %d", name, len(name), room)
		}
	}
}
