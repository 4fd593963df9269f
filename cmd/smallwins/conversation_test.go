package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// aTuesday is when most tests take place.
var aTuesday = time.Date(2026, time.March, 10, 9, 30, 0, 0, time.UTC)

func newConversation(t *testing.T) (*caller, *testClock) {
	t.Helper()
	clock := &testClock{now: aTuesday}
	world := newSlackWorld(t, clock.Now, nil)
	base, _ := startApp(t, world.config(t.TempDir()), clock.Now)
	return newCaller(t, base, world, clock.Now), clock
}

// says sends a command and checks that the answer holds each of the texts.
func (c *caller) says(t *testing.T, user, text, trigger string, wants ...string) string {
	t.Helper()
	body, err := c.insist(user, text, trigger)
	if err != nil {
		t.Fatalf("/goal %s: %v", text, err)
	}
	heard := said(t, body)
	for _, want := range wants {
		if !strings.Contains(heard, want) {
			t.Errorf("/goal %s does not say %q:\n%s", text, want, heard)
		}
	}
	return body
}

// presses presses a button and returns what comes to the response address.
func (c *caller) presses(t *testing.T, user, action, value, trigger string) string {
	t.Helper()
	status, body, err := c.press(user, action, value, trigger)
	if err != nil || status != http.StatusOK || body != "" {
		t.Fatalf("press of %s: status %d, body %q, %v", action, status, body, err)
	}
	patience := time.After(20 * time.Second)
	for {
		select {
		case answer := <-c.world.answers:
			if answer.trigger == trigger {
				return answer.body
			}
		case <-patience:
			t.Fatalf("press of %s was not answered", action)
			return ""
		}
	}
}

func TestGoalIsSetFollowedAndCorrected(t *testing.T) {
	t.Parallel()
	c, clock := newConversation(t)
	card := c.says(t, "U1", "new 20 demos this month", "t1",
		"Is this goal SMART?", "Specific: ", "Measurable: 20 demos", "Time-bound: Mar 2026", "Create goal")
	if strings.Contains(said(t, c.says(t, "U1", "list", "t2")), "#1") {
		t.Error("a goal is there before the button was pressed")
	}
	draft := buttonValue(t, card)
	if answer := c.presses(t, "U1", "goal_create", draft, "p1"); !strings.Contains(said(t, answer), "#1 Demos is set") {
		t.Errorf("create answered %s", indented(answer))
	}
	// Every press has an id of its own; the draft makes two of them one.
	if answer := c.presses(t, "U1", "goal_create", draft, "p2"); !strings.Contains(said(t, answer), "#1 Demos is set already") {
		t.Errorf("second press answered %s", indented(answer))
	}
	c.says(t, "U1", "log +3 Acme", "l1", "Logged +3 demos", "3 of 20 demos")
	c.says(t, "U1", "log #1 2", "l2", "Logged +2 demos", "5 of 20 demos")
	c.says(t, "U1", "progress demos +๑ ครั้งแรก", "l3", "Logged +1 demo on", "6 of 20 demos")
	// Slack repeats a request that it got no answer to.
	c.says(t, "U1", "log #1 2", "l2", "was logged", "counts once", "6 of 20 demos")
	clock.Set(aTuesday.Add(time.Minute))
	c.says(t, "U1", "undo", "u1", "Took back 1 demo", "5 of 20 demos")
	c.says(t, "U1", "undo", "u1", "Took back 1 demo", "5 of 20 demos")
	c.says(t, "U1", "show #1", "s1", "#1 Demos", "5 of 20 demos", "Acme", "ครั้งแรก", "Set by u1 on 10 Mar")
	c.says(t, "U2", "list all", "s2", "#1 Demos", "u1")
	c.says(t, "U2", "list", "s3", "No active goals here")
	c.says(t, "U1", "progress", "s4", "5 of 20 demos", "working days, until 31 Mar", "Next milestone")
	c.says(t, "U1", "", "s5", "Your goals", "#1 Demos")
}

func TestStrangerCannotUseAnothersDraft(t *testing.T) {
	t.Parallel()
	c, _ := newConversation(t)
	draft := buttonValue(t, c.says(t, "U1", "new 20 demos this month", "t1"))
	if answer := c.presses(t, "U2", "goal_create", draft, "p1"); !strings.Contains(said(t, answer), "not yours") {
		t.Errorf("a stranger's press answered %s", indented(answer))
	}
	c.says(t, "U2", "list all", "t2", "No active goals here")
}

func TestAmountWithoutAGoalIsAskedForAndLoggedOnce(t *testing.T) {
	t.Parallel()
	c, _ := newConversation(t)
	for i, statement := range []string{"20 demos this month", "30 calls this week"} {
		draft := buttonValue(t, c.says(t, "U1", "new "+statement, fmt.Sprint("n", i)))
		c.presses(t, "U1", "goal_create", draft, fmt.Sprint("p", i))
	}
	card := c.says(t, "U1", "log +4 after lunch", "l1", "Which goal is +4 after lunch for?", "#1 Demos", "#2 Calls")
	choice := buttonValue(t, card)
	if answer := c.presses(t, "U1", "goal_log", choice, "p3"); !strings.Contains(said(t, answer), "Logged +4 demos on #1 Demos. after lunch") {
		t.Errorf("the choice answered %s", indented(answer))
	}
	other := strings.Replace(choice, "#1", "#2", 1)
	if answer := c.presses(t, "U1", "goal_log", other, "p4"); !strings.Contains(said(t, answer), "was logged on #1 Demos already") {
		t.Errorf("the second choice answered %s", indented(answer))
	}
	c.says(t, "U1", "progress", "s1", "4 of 20 demos", "0 of 30 calls")
}

func TestBadInputGetsAReason(t *testing.T) {
	t.Parallel()
	c, _ := newConversation(t)
	c.says(t, "U1", "log +3", "e0", "There is no goal to log on yet")
	draft := buttonValue(t, c.says(t, "U1", "new 20 demos this month", "t1"))
	c.presses(t, "U1", "goal_create", draft, "p1")
	for i, test := range []struct{ text, want string }{
		{"log NaN", "no number to count with"},
		{"log 1e400", "can't read what stands behind the number"},
		{"log --5", "one sign too many"},
		{"log 1,23.4", "not where thousands end"},
		{"log", "How much?"},
		{"log " + strings.Repeat("9", 10_000), "too long"},
		{"log #1 " + strings.Repeat("9", 500), "beyond anything I keep"},
		{"log #99 +3", "no such goal"},
		{"log +5%", "not a percentage"},
		{"log $5", "does not count money"},
		{"log +3 " + strings.Repeat("n", 501), "That note is too long"},
		{"show", "Which one?"},
		{"list nobody", "Whose?"},
		{"undo", "nothing of yours left"},
		{"frobnicate", "There is no command frobnicate"},
		{"settings zone Atlantis/Deep", "don't know that time zone"},
		{"settings nudge soon", "I can't read that"},
		{"settings nudge 25:00", "Write times as"},
	} {
		c.says(t, "U1", test.text, fmt.Sprint("e", i+1), test.want)
	}
	c.says(t, "U1", "progress", "s1", "0 of 20 demos")
}

func TestUnverifiedAndUnreadableRequestsAreRefused(t *testing.T) {
	t.Parallel()
	c, clock := newConversation(t)
	form := "team_id=T1&channel_id=C1&user_id=U1&command=%2Fgoal&text=help&response_url=https%3A%2F%2Fhooks.slack.com%2Fx&trigger_id=t1"
	for _, test := range []struct {
		name, body, secret string
		at                 time.Time
		want               int
	}{
		{"a good one", form, testSecret, clock.Now(), http.StatusOK},
		{"a wrong signature", form, "another secret", clock.Now(), http.StatusUnauthorized},
		{"a stale one", form, testSecret, clock.Now().Add(-5*time.Minute - time.Second), http.StatusUnauthorized},
		{"one from the future", form, testSecret, clock.Now().Add(5*time.Minute + time.Second), http.StatusUnauthorized},
		{"a truncated body", form[:len(form)/2], testSecret, clock.Now(), http.StatusBadRequest},
		{"an empty body", "", testSecret, clock.Now(), http.StatusBadRequest},
		{"broken encoding", form + "%zz", testSecret, clock.Now(), http.StatusBadRequest},
	} {
		status, body, err := c.post("/slack/commands", test.body, test.at, test.secret)
		if err != nil || status != test.want {
			t.Errorf("%s: status %d, want %d (%v) %s", test.name, status, test.want, err, body)
		}
	}
	if status, _, err := c.post("/slack/commands", strings.Repeat("a", 2<<20), clock.Now(), testSecret); err == nil && status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of 2 MiB: status %d", status)
	}
	for path, want := range map[string]int{"/healthz": http.StatusOK, "/readyz": http.StatusOK, "/nowhere": http.StatusNotFound} {
		response, err := c.client.Get(c.base + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("GET %s: status %d, want %d", path, response.StatusCode, want)
		}
	}
}

func TestPeoplesTextNeverActs(t *testing.T) {
	t.Parallel()
	c, _ := newConversation(t)
	hostile := "new 20 &lt;!channel&gt;-demos this month by *all* @everyone `code` &lt;https://evil.test|here&gt;"
	body := c.says(t, "U1", hostile, "t1")
	for _, live := range []string{"<!channel>", `"type":"broadcast"`, `"type":"usergroup"`, `"type":"user"`} {
		if strings.Contains(body, live) {
			t.Errorf("the card holds %s:\n%s", live, indented(body))
		}
	}
}

func TestFocusLimitAsksWhichGoalToPark(t *testing.T) {
	t.Parallel()
	c, _ := newConversation(t)
	for i, statement := range []string{"20 demos this month", "30 calls this week", "10 new customers this month", "40 e-mails this week"} {
		draft := buttonValue(t, c.says(t, "U1", "new "+statement, fmt.Sprint("n", i)))
		c.presses(t, "U1", "goal_create", draft, fmt.Sprint("p", i))
	}
	card := c.says(t, "U1", "focus #4", "f1", "3 goals are in focus", "Park #1 Demos", "Park #3")
	c.says(t, "U2", "focus #4", "f2", "somebody else's to change")
	if answer := c.presses(t, "U1", "goal_swap", buttonValue(t, card), "f3"); !strings.Contains(said(t, answer), "is in focus: the daily nudge speaks of it") {
		t.Errorf("the swap answered %s", indented(answer))
	}
	if answer := c.presses(t, "U2", "goal_swap", "#4 #1", "f4"); !strings.Contains(said(t, answer), "somebody else's to change") {
		t.Errorf("a stranger's swap answered %s", indented(answer))
	}
	if heard := said(t, c.says(t, "U1", "list", "f5", "#4 ")); strings.Contains(heard, "#1 Demos") {
		t.Errorf("the parked goal is listed:\n%s", heard)
	}
	c.says(t, "U1", "close #2 the week was short", "f6", "#2 Calls is closed")
	c.says(t, "U1", "log #2 +1", "f7", "That goal is closed")
	c.says(t, "U1", "focus #1", "f8", "#1 Demos is in focus")
}
