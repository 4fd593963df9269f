package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
)

const (
	testSecret = "8f742231b10e8888abcd99yyyzzz85a5"
	testToken  = "xoxb-test"
)

func TestMain(m *testing.M) {
	if os.Getenv(childSign) != "" {
		os.Exit(serveAsChild())
	}
	goleak.VerifyTestMain(m,
		// fasthttp's: one lives as long as the process, one sleeps ten seconds
		// after its server has stopped.
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	)
}

// testTeam is the workspace that tests talk in.
var testTeam = sandbox.Team{
	ID: "T1", Name: "Test", Domain: "test", Zone: "UTC",
	Channels: []sandbox.Channel{{ID: "C1", Name: "sales"}, {ID: "C2", Name: "berlin"}},
	Groups:   []sandbox.Group{{ID: "S1", Name: "sales-leads", Members: []string{"U3"}}},
	Members:  []sandbox.Member{{ID: "U3", Name: "Mai", Handle: "mai"}, {ID: "U1", Name: "Nok", Handle: "nok", Admin: true}, {ID: "U2", Name: "Ben", Handle: "ben"}},
}

// testClock stands still until it is moved.
type testClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *testClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) Set(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// slackWorld is a Slack that one server under test talks to.
type slackWorld struct {
	api *sandbox.SlackAPI
	url string
	// answers receives what is posted to response addresses; it has room for
	// the late answers of a slow machine that nobody takes.
	answers chan lateAnswer
}

// lateAnswer is what was posted to the response address of a request.
type lateAnswer struct {
	trigger, body string
}

func newSlackWorld(t *testing.T, now func() time.Time, scopes []string) *slackWorld {
	t.Helper()
	return newSlackWorldOf(t, testTeam, now, scopes)
}

func newSlackWorldOf(t *testing.T, team sandbox.Team, now func() time.Time, scopes []string) *slackWorld {
	t.Helper()
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{Team: team, BotToken: testToken, Now: now, Scopes: scopes})
	if err != nil {
		t.Fatal(err)
	}
	world := &slackWorld{api: api, answers: make(chan lateAnswer, 1<<14)}
	mux := http.NewServeMux()
	mux.Handle("/api/", api)
	mux.HandleFunc("/response/", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		world.answers <- lateAnswer{trigger: path.Base(r.URL.Path), body: string(body)}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	world.url = server.URL
	return world
}

func (w *slackWorld) config(dir string) Config {
	return Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: dir, MongoDBDatabase: "smallwins", LogFormat: "text",
		SlackSigningSecret: testSecret, SlackBotToken: testToken, SlackAPIURL: w.url + "/api/",
	}
}

// testParts are the surroundings of a server under test.
func testParts(now func() time.Time) parts {
	var ids atomic.Int64
	return parts{now: now, newID: func() string { return fmt.Sprint("ref", ids.Add(1)) }, log: slog.New(slog.DiscardHandler)}
}

// startApp runs the whole program and returns its address. It stops when stop
// is called, at the latest when the test ends.
func startApp(t *testing.T, config Config, now func() time.Time) (base string, stop func()) {
	t.Helper()
	_, base, stop = startWhole(t, config, now)
	return base, stop
}

// startWhole is startApp for tests that look into the program.
func startWhole(t *testing.T, config Config, now func() time.Time) (app *App, base string, stop func()) {
	t.Helper()
	app, err := NewApp(t.Context(), config, testParts(now))
	if err != nil {
		t.Fatal(err)
	}
	address, err := app.Listen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return app, "http://" + address.String(), stop
}

// caller sends Slack's requests to a server.
type caller struct {
	base   string
	world  *slackWorld
	now    func() time.Time
	client *http.Client
	// handles are what members are called where that is not their id.
	handles map[string]string
}

func newCaller(t *testing.T, base string, world *slackWorld, now func() time.Time) *caller {
	t.Helper()
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	t.Cleanup(transport.CloseIdleConnections)
	return &caller{base: base, world: world, now: now, client: &http.Client{Transport: transport, Timeout: 10 * time.Second}}
}

// command sends a slash command under a trigger id.
func (c *caller) command(user, text, trigger string) (status int, body string, err error) {
	form := url.Values{
		"team_id": {"T1"}, "team_domain": {"test"}, "channel_id": {"C1"}, "channel_name": {"sales"},
		"user_id": {user}, "user_name": {cmp.Or(c.handles[user], strings.ToLower(user))}, "command": {"/goal"}, "text": {text},
		"response_url": {c.world.url + "/response/" + trigger}, "trigger_id": {trigger},
	}
	return c.post("/slack/commands", form.Encode(), c.now(), testSecret)
}

// insist sends a slash command under a trigger id until it is answered in the
// response: on a slow machine the first answers may be put off. Repeating a
// request is harmless.
func (c *caller) insist(user, text, trigger string) (string, error) {
	const most = 20
	for range most {
		status, body, err := c.command(user, text, trigger)
		if err != nil {
			return "", err
		}
		if status != http.StatusOK {
			return "", fmt.Errorf("status %d: %s", status, body)
		}
		if body != "" {
			return body, nil
		}
	}
	return "", errors.New("no answer within the time that Slack waits")
}

// press sends the press of a button.
func (c *caller) press(user, action, value, trigger string) (status int, body string, err error) {
	payload, err := json.Marshal(map[string]any{
		"type": "block_actions", "trigger_id": trigger, "response_url": c.world.url + "/response/" + trigger,
		"team": map[string]string{"id": "T1"}, "user": map[string]string{"id": user, "name": strings.ToLower(user)},
		"channel": map[string]string{"id": "C1"},
		"actions": []map[string]string{{"type": "button", "action_id": action, "block_id": "b", "value": value}},
	})
	if err != nil {
		return 0, "", err
	}
	return c.post("/slack/interactions", url.Values{"payload": {string(payload)}}.Encode(), c.now(), testSecret)
}

func (c *caller) post(endpoint, body string, signedAt time.Time, secret string) (int, string, error) {
	request, err := http.NewRequest(http.MethodPost, c.base+endpoint, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set(slack.TimestampHeader, strconv.FormatInt(signedAt.Unix(), 10))
	request.Header.Set(slack.SignatureHeader, slack.Sign([]byte(secret), signedAt.Unix(), []byte(body)))
	response, err := c.client.Do(request)
	if err != nil {
		return 0, "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, string(text), err
}

// said is what a person reads in a message: its texts in order.
func said(t testing.TB, message string) string {
	t.Helper()
	var decoded struct {
		Blocks []any `json:"blocks"`
	}
	if err := json.Unmarshal([]byte(message), &decoded); err != nil {
		t.Fatalf("%v in %q", err, message)
	}
	var text strings.Builder
	var walk func(value any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, item := range value {
				walk(item)
			}
		case map[string]any:
			if own, isText := value["text"].(string); isText {
				text.WriteString(own)
			}
			for _, key := range []string{"text", "fields", "elements"} {
				if _, isText := value[key].(string); !isText {
					walk(value[key])
				}
			}
			if kind := value["type"]; kind == "rich_text_section" || kind == "plain_text" || kind == "mrkdwn" {
				text.WriteString("\n")
			}
		}
	}
	walk(decoded.Blocks)
	return text.String()
}

// buttonValue returns the value of the message's first button.
func buttonValue(t *testing.T, message string) string {
	t.Helper()
	_, rest, found := strings.Cut(message, `"value":"`)
	value, _, closed := strings.Cut(rest, `"`)
	if !found || !closed {
		t.Fatalf("no button in %s", message)
	}
	return value
}

// indented is a message as a failing test shows it.
func indented(message string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(message), "", "  ") != nil {
		return message
	}
	return out.String()
}
