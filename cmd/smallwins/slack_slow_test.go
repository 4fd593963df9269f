package main

import (
	"context"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// twoSlowQueries is how long a command takes that asks a slow database twice.
const twoSlowQueries = 2 * 1800 * time.Millisecond

// firstAnswer is how long Slack waits for one.
const firstAnswer = 3 * time.Second

// slowRouter is a router whose database has become slow.
type slowRouter struct {
	*commands.Router
	slow *atomic.Bool
}

func (s slowRouter) Handle(ctx context.Context, request commands.Request) (commands.Reply, error) {
	if s.slow.Load() {
		select {
		case <-time.After(twoSlowQueries):
		case <-ctx.Done():
			return commands.Reply{}, ctx.Err()
		}
	}
	return s.Router.Handle(ctx, request)
}

// newSlowSlack starts a server whose database becomes slow when it is told to,
// in a Slack whose clock runs, so that triggers grow old.
func newSlowSlack(t *testing.T) (*slackChat, *atomic.Bool) {
	t.Helper()
	began := time.Now()
	now := func() time.Time { return aTuesday.Add(time.Since(began)).Truncate(time.Millisecond) }
	world := newSlackWorld(t, now, manifestScopes(t))
	documents, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
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
	slow := new(atomic.Bool)
	surroundings := testParts(now)
	server := bot.NewServer(bot.ServerConfig{
		Handler: slowRouter{commands.NewRouter(documents, wording), slow}, Ledger: documents, Ready: documents.Ping,
		Now: now, NewID: surroundings.newID, Log: surroundings.log, Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	})
	server.Mount("/slack/commands", slack.Commands{App: platform})
	server.Mount("/slack/interactions", slack.Interactions{App: platform})
	server.Mount("/slack/events", slack.Events{App: platform})
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		for _, err := range []error{server.Shutdown(ctx), <-served, documents.Close(ctx)} {
			if err != nil {
				t.Error(err)
			}
		}
		http.DefaultClient.CloseIdleConnections()
	})
	return &slackChat{TB: t, user: "U1", caller: newCaller(t, "http://"+listener.Addr().String(), world, now)}, slow
}

// within runs something that Slack waits for.
func within(t *testing.T, what string, do func()) {
	t.Helper()
	began := time.Now()
	do()
	if took := time.Since(began); took > firstAnswer {
		t.Errorf("%s is answered after %s", what, took)
	}
}

func (s *slackChat) lateAnswer() string {
	s.Helper()
	select {
	case late := <-s.world.answers:
		return late.body
	case <-time.After(20 * time.Second):
		s.Fatal("the late answer did not come")
		return ""
	}
}

func TestSlowCommandIsAnsweredInTimeAndThenByAMessage(t *testing.T) {
	t.Parallel()
	s, slow := newSlowSlack(t)
	slow.Store(true)
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
	s, slow := newSlowSlack(t)
	s.goal("new")
	view := s.form("kind")
	slow.Store(true)
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
	s, slow := newSlowSlack(t)
	slow.Store(true)
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
