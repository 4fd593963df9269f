package main

import (
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/commands"
)

// newSlowSlack starts a server whose database becomes slow when it is told to,
// in a Slack whose clock runs.
func newSlowSlack(t *testing.T) (*slackChat, *slowEngine) {
	t.Helper()
	now := runningClock()
	world := newSlackWorld(t, now, manifestScopes(t))
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	platform, err := slack.New(slack.Config{
		SigningSecret: testSecret, Token: testToken, APIURL: world.url + "/api/", Signs: wording.Signs,
	})
	if err != nil {
		t.Fatal(err)
	}
	url, engine := serveSlow(t, now, wording, func(server *bot.Server) {
		server.Mount("/slack/commands", slack.Commands{App: platform})
		server.Mount("/slack/interactions", slack.Interactions{App: platform})
		server.Mount("/slack/events", slack.Events{App: platform})
	})
	return &slackChat{TB: t, user: "U1", caller: newCaller(t, url, world, now)}, engine
}

func (s *slackChat) lateAnswer() string {
	s.Helper()
	select {
	case late := <-s.world.answers:
		return late.body
	case <-time.After(latest):
		s.Fatal("the late answer did not come")
		return ""
	}
}

func TestSlowCommandIsAnsweredInTimeAndThenByAMessage(t *testing.T) {
	t.Parallel()
	s, engine := newSlowSlack(t)
	engine.slow.Store(true)
	within(t, "the command", func() {
		if answer := s.goal("new"); answer != "" {
			t.Errorf("answered with %s", answer)
		}
	})
	// The trigger is too old for a modal by now.
	if late := s.lateAnswer(); !strings.Contains(late, "dialog_answer") {
		t.Errorf("the late answer is %s", late)
	}
	if _, open := s.world.api.OpenView("U1"); open {
		t.Error("a modal was opened with an old trigger")
	}
}

func TestSlowFormSaysThatItTakesLongerAndThenGoesOn(t *testing.T) {
	t.Parallel()
	s, engine := newSlowSlack(t)
	s.goal("new")
	view := s.form("kind")
	engine.slow.Store(true)
	payload, err := s.world.api.Submission("U1", sandbox.Fill{"kind": {"meetings"}})
	var answer string
	within(t, "the form", func() { answer = s.interacts(payload, err) })
	if err := s.world.api.Respond(view.ID, []byte(answer)); err != nil {
		t.Fatal(err)
	}
	if heard := s.inFront(); !strings.Contains(heard, "Working on it") {
		t.Errorf("meanwhile the modal says:\n%s", heard)
	}
	s.form("whose")
}

func TestSlowTalkIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	s, engine := newSlowSlack(t)
	engine.slow.Store(true)
	hello := map[string]any{"type": "message", "channel_type": "im", "user": "U1", "channel": s.talk(), "text": "help", "team": "T1"}
	within(t, "the event", func() { s.eventOf("Ev1", hello) })
	within(t, "the event again", func() { s.eventOf("Ev1", hello) })
	s.awaits("the answer", func() bool { return len(s.world.api.Posted()) > 0 })
	s.eventOf("Ev2", hello)
	s.awaits("the next answer", func() bool { return s.world.api.CountByMetadata("request")["Ev2"] == 1 })
	if counts := s.world.api.CountByMetadata("request"); counts["Ev1"] != 1 {
		t.Errorf("answers %v", counts)
	}
}
