package commands_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// leads makes members the managers, and nobody else.
func (c *talk) leads(members ...coaching.MemberID) {
	c.Helper()
	_, err := c.store.ChangeWorkspace(c.Context(), "slack:T1", func(workspace coaching.Workspace) (coaching.Workspace, error) {
		workspace.Managers = members
		return workspace, nil
	})
	if err != nil {
		c.Fatal(err)
	}
}

func TestARepIsNotAskedWhoseGoalItIs(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.leads("U1")
	at := c.sends("U2", c.says("U2", "new"), answers{"kind": "calls", "whose": "team"}, "How much? (Calls)")
	at = c.sends("U2", at, answers{"target": "50", "whose": "member", "member": "U3"}, "Until when?")
	at = c.sends("U2", at, answers{"period": "this month"}, "Whose: you")
	at = c.sends("U2", at, answers{"card": "change"}, "What should change?")
	c.sends("U2", at, answers{"change": "whose"}, "! Pick one of the answers shown.")
	at = c.sends("U2", at, answers{"change": "period"})
	at = c.sends("U2", at, answers{"period": "this month"})
	c.sends("U2", at, answers{"card": "create"}, "#1 Calls is set")
	if got := c.goals(); len(got) != 1 || got[0].Owner != "U2" {
		t.Errorf("goals %+v", got)
	}
}

func TestWhatARepSaysForTheTeamIsTheirOwnPart(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.leads("U1")
	at := c.says("U2", "new we want to grow MRR 3%", "Until when?")
	at = c.sends("U2", at, answers{"period": "this quarter"})
	c.sends("U2", at, answers{"baseline": ""}, "Whose: you", "This is set as your own goal.")
}

func TestAManagerSetsGoalsForOthers(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.leads("U1")
	at := c.sends("U1", c.says("U1", "new"), answers{"kind": "calls"}, "The team's", "Somebody else's")
	at = c.sends("U1", at, answers{"whose": "member"}, "Who is it for?")
	c.sends("U1", at, answers{"member": "not an id"}, "! I don't know who that is.")
	at = c.sends("U1", at, answers{"member": "U2"}, "How much? (Calls)")
	at = c.sends("U1", at, answers{"target": "50"})
	at = c.sends("U1", at, answers{"period": "this month"}, "Whose: @U2")
	c.sends("U1", at, answers{"card": "create"}, "#1 Calls is set")
	if got := c.goals(); len(got) != 1 || got[0].Owner != "U2" || got[0].CreatedBy != "U1" {
		t.Errorf("goals %+v", got)
	}
}

// Authority is looked up when it is used: what a manager began, they cannot
// finish once they are one no longer.
func TestAManagerNoLongerCannotFinishATeamGoal(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.leads("U1", "U2")
	at := c.sends("U1", c.says("U1", "new"), answers{"kind": "calls"})
	at = c.sends("U1", at, answers{"whose": "team"})
	at = c.sends("U1", at, answers{"target": "50"})
	at = c.sends("U1", at, answers{"period": "this month"}, "Whose: the team")
	c.leads("U2")
	c.sends("U1", at, answers{"card": "create"}, "manager")
	if got := c.goals(); len(got) != 0 {
		t.Errorf("goals %+v", got)
	}
}
