package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/hooks"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

func TestMain(m *testing.M) {
	// Two of fasthttp's own, which it leaves asleep: its clock and the cleaner
	// of a server's pool.
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	)
}

const (
	secret  = "8f742231b10e8888abcd99yyyzzz85a5"
	members = 3
)

// serve runs the product over a prepared database of three members.
func serve(t *testing.T) (address string) {
	t.Helper()
	address, _ = serveHook(t)
	return address
}

// serveHook is serve, with a secret for events.
func serveHook(t *testing.T) (address, hookSecret string) {
	t.Helper()
	documents, err := store.Open(t.Context(), store.Options{
		Dir: t.TempDir(), EncryptionKey: base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef")),
	})
	must(t, err)
	key, err := documents.MakeHookSecret(t.Context(), workspaceID, coaching.HookSecret{ID: "load"})
	must(t, err)
	must(t, fill(t.Context(), documents, members, time.Now().UTC().Truncate(time.Millisecond)))
	wording, err := commands.LoadWording()
	must(t, err)
	app, err := slack.New(slack.Config{SigningSecret: secret})
	must(t, err)
	server := bot.NewServer(bot.ServerConfig{
		Handler: commands.NewRouter(documents, wording), Ready: documents.Ping,
		Now: func() time.Time { return time.Now().UTC() }, NewID: func() string { return "1" },
		Log: slog.New(slog.DiscardHandler), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	})
	server.Mount(commandsPath, slack.Commands{App: app})
	server.MountHook(hooks.New(documents, wording))
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // Closed by the server.
	must(t, err)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := errors.Join(server.Shutdown(context.Background()), <-served, documents.Close(context.Background())); err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String(), commands.HookSecretText(key)
}

func TestEventsAreSentOnceAndAgain(t *testing.T) {
	t.Parallel()
	address, hookSecret := serveHook(t)
	events := &eventsCommand{Target: "http://" + address, Secret: secret, HookSecret: hookSecret, Events: 950, Batch: 100, Senders: 3, Members: members}
	must(t, events.Run(t.Context()))
	events.Once = true
	asking := loadOn(address, progress, members)
	signer, err := standardwebhooks.NewWebhook(hookSecret)
	must(t, err)
	stream := &stream{
		address: events.Target + "/hooks/" + string(workspaceID) + "/events", signer: signer, events: events.Events, batch: events.Batch, today: time.Now().UTC(),
	}
	row, err := events.round(t.Context(), stream, &asking)
	must(t, err)
	if row.accepted != 0 || row.repeated != 950 {
		t.Errorf("%d accepted and %d repeated at the third time", row.accepted, row.repeated)
	}
	stream.events++ // one that was never sent
	if row, err = events.round(t.Context(), stream, &asking); err != nil || row.accepted != 1 || row.repeated != 950 {
		t.Errorf("%d accepted and %d repeated with one more, %v", row.accepted, row.repeated, err)
	}
	wrong, err := standardwebhooks.NewWebhookRaw([]byte("another"))
	must(t, err)
	stream.signer = wrong
	if _, err = events.round(t.Context(), stream, &asking); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("with another secret: %v", err)
	}
}

func loadOn(address string, asked command, members int) load {
	return load{
		address: address, secret: []byte(secret), run: "test", command: asked, members: members,
		check: newChecker(members).check, requests: 100, time: time.Minute,
	}
}

func TestEveryAnswerOfThePreparedServerIsRight(t *testing.T) {
	t.Parallel()
	address := serve(t)
	for _, asked := range []command{progress, help, log, mix} {
		got, err := drive(t.Context(), loadOn(address, asked, members), 4)
		must(t, err)
		if got.right != 100 || got.wrong != 0 || got.latency.total != 100 {
			t.Errorf("%s: %d right, %d wrong (%v), want 100 right", asked, got.right, got.wrong, got.firstWrong)
		}
	}
}

func TestAnswersToMembersWhoWereNotPreparedAreWrong(t *testing.T) {
	t.Parallel()
	got, err := drive(t.Context(), loadOn(serve(t), progress, 2*members), 4)
	must(t, err)
	if got.right == 0 || got.wrong == 0 || got.right+got.wrong != 100 {
		t.Errorf("%d right and %d wrong, want some of each and 100 together", got.right, got.wrong)
	}
	if got.firstWrong == nil || !strings.Contains(got.firstWrong.Error(), "does not say") {
		t.Errorf("the reason is %v", got.firstWrong)
	}
}

func TestRequestsSignedWithAnotherSecretAreWrong(t *testing.T) {
	t.Parallel()
	load := loadOn(serve(t), help, members)
	load.secret = []byte("another")
	got, err := drive(t.Context(), load, 2)
	must(t, err)
	if got.right != 0 || got.wrong != 2 || !strings.Contains(got.firstWrong.Error(), "401") {
		t.Errorf("%d right, %d wrong (%v), want both connections refused", got.right, got.wrong, got.firstWrong)
	}
}

func TestPreparingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	documents, err := store.Open(t.Context(), store.Options{Dir: t.TempDir()})
	must(t, err)
	defer func() { must(t, documents.Close(context.Background())) }()
	now := time.Now().UTC().Truncate(time.Millisecond)
	for range 2 {
		must(t, fill(t.Context(), documents, members, now))
	}
	for number := 1; number <= members*goalsPerMember; number++ {
		goal, err := documents.Goal(t.Context(), workspaceID, number)
		must(t, err)
		progress, err := documents.Progress(t.Context(), goal, now)
		must(t, err)
		if want := goalName((number-1)/goalsPerMember, (number-1)%goalsPerMember); !strings.HasSuffix(want, goal.Title) || progress.Entries != entriesPerGoal {
			t.Errorf("goal %d is %q with %d entries, want %s with %d", number, goal.Title, progress.Entries, want, entriesPerGoal)
		}
	}
}

func TestBareHandlerVerifiesAndSaysWhatItWasGiven(t *testing.T) {
	t.Parallel()
	answer := []byte(`{"text":"the same"}`)
	input, feed := io.Pipe()
	said, output := io.Pipe()
	served := make(chan error, 1)
	go func() { served <- serveBare(secret, input, output) }()
	go func() { _, _ = feed.Write(append(bytes.Clone(answer), '\n')) }()
	address, err := bufio.NewReader(said).ReadString('\n')
	must(t, err)

	load := loadOn(strings.TrimSpace(address), progress, members)
	load.check = func(_ command, _ int, body []byte) error {
		if !bytes.Equal(body, answer) {
			return errors.New(string(body))
		}
		return nil
	}
	got, err := drive(t.Context(), load, 4)
	must(t, err)
	if got.right != 100 || got.wrong != 0 {
		t.Errorf("%d right, %d wrong: %v", got.right, got.wrong, got.firstWrong)
	}
	load.secret = []byte("another")
	if got, err = drive(t.Context(), load, 1); err != nil || got.wrong != 1 {
		t.Errorf("a bad signature passed: %v, %v", got, err)
	}
	must(t, feed.Close())
	must(t, <-served)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
