package main

import (
	"strings"
	"testing"
)

func TestSmallWinIsProposedAndTicked(t *testing.T) {
	t.Parallel()
	c, _ := newConversation(t)
	draft := buttonValue(t, c.says(t, "U1", "new 20 demos this month", "t1"))
	c.presses(t, "U1", "goal_create", draft, "p1")
	plan := c.says(t, "U1", "plan #1", "t2",
		"The plan for #1 Demos", "At which stage do we lose most leads", "What usually helps", "by Friday", "1. Hold ")
	win := buttonValue(t, plan)
	if answer := c.presses(t, "U2", "win_done", win, "p2"); !strings.Contains(said(t, answer), "somebody else") {
		t.Errorf("somebody else's press answered %s", indented(answer))
	}
	if answer := c.presses(t, "U1", "win_done", win, "p3"); !strings.Contains(said(t, answer), "A small win for #1 Demos: 1 of ") {
		t.Errorf("the press answered %s", indented(answer))
	}
	c.says(t, "U1", "done 1", "t3", "is ticked already")
	c.says(t, "U1", "plan #1 hiccup &lt;!channel&gt; is quiet", "t4", "Your answer is kept", "Hiccups: ", "is quiet")
}
