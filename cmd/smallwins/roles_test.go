package main

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
)

// TestRepIsRefusedAndAdminDecides goes through the whole program with signed
// requests: Slack says that U1 runs the workspace and U2 does not.
func TestRepIsRefusedAndAdminDecides(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: aTuesday}
	world := newSlackWorld(t, clock.Now, nil)
	base, _ := startApp(t, world.config(t.TempDir()), clock.Now)
	c := newCaller(t, base, world, clock.Now)

	team := c.says(t, "U1", "new we will make 300 calls this month", "n1", "Create goal")
	c.presses(t, "U1", "goal_create", buttonValue(t, team), "p1")
	c.says(t, "U2", "log #1 +3", "l1", "Logged +3 calls")
	for i, text := range []string{"close #1 no", "settings zone Asia/Bangkok", "settings managers <@U2>", "settings changes"} {
		c.says(t, "U2", text, "r"+string(rune('a'+i)), "managers")
	}
	if answer := c.presses(t, "U2", "goal_swap", "#1 #1", "p2"); !strings.Contains(said(t, answer), "by its managers") {
		t.Errorf("a forged press answered %s", indented(answer))
	}
	c.says(t, "U2", "show #1", "s1", "Active.")
	c.says(t, "U1", "settings changes", "s2", "Not done, as it takes another role",
		"Ben: Choose managers", "Ben: Change settings", "Ben: Park, close or focus on #1")

	c.says(t, "U1", "settings managers <@U2> <!subteam^S1|@sales-leads>", "m1", "Saved.", "@sales-leads", "and the admins of this workspace")
	c.says(t, "U2", "settings zone Asia/Bangkok", "m2", "Saved.", "Asia/Bangkok")
	c.says(t, "U3", "close #1 the quarter is over", "m3", "is closed") // by the group
	c.says(t, "U3", "show #1 changes", "m4", "state: active → closed", "(the quarter is over)")

	secret := c.says(t, "U2", "new private 20 demos this month", "n2", "you and managers")
	c.presses(t, "U2", "goal_create", buttonValue(t, secret), "p3")
	c.says(t, "U1", "show #2", "s3", "#2 Demos")
}

// TestFirstManagerOfAWorkspaceThatSlackDoesNotTellOf is the way in without the
// scope that lets the bot ask who runs the workspace.
func TestFirstManagerOfAWorkspaceThatSlackDoesNotTellOf(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: aTuesday}
	world := newSlackWorld(t, clock.Now, []string{"commands", "chat:write"})
	base, _ := startApp(t, world.config(t.TempDir()), clock.Now)
	c := newCaller(t, base, world, clock.Now)
	c.says(t, "U2", "settings", "s1", "nobody yet")
	c.says(t, "U2", "settings zone Europe/Berlin", "s2", "leads this team in smallwins now", "Saved.")
	c.says(t, "U1", "settings zone UTC", "s3", "Settings are for managers")
	world.api.Inject(sandbox.Fault{Kind: sandbox.FaultTooMany, Method: "users.info"})
	c.says(t, "U1", "settings week Mon-Sat", "s4", "can't find out just now")
}
