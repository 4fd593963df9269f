package sandbox_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/sandbox"
)

const token = "xoxb-sandbox"

var start = time.Date(2026, time.March, 2, 2, 0, 0, 0, time.UTC)

func sampleTeam() sandbox.Team {
	return sandbox.Team{
		ID: "T0001", Name: "Acme Sales", Domain: "acme-sales", Zone: "Asia/Bangkok",
		Channels: []sandbox.Channel{
			{ID: "C0001", Name: "sales", Topic: "What we win"},
			{ID: "C0002", Name: "managers", Private: true, Members: []string{"U0001"}},
			{ID: "C0003", Name: "random", WithoutBot: true},
			{ID: "C0004", Name: "old-deals", Archived: true},
		},
		Members: []sandbox.Member{
			{ID: "U0001", Name: "Mali Srisai", Handle: "mali", Title: "Sales manager", Admin: true, Locale: "th-TH"},
			{ID: "U0002", Name: "Ben Carter", Handle: "ben", Title: "Account executive", Zone: "Europe/London"},
		},
	}
}

// clock is a time that moves only when it is told to.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

type platform struct {
	*sandbox.SlackAPI
	clock  *clock
	server *httptest.Server
	client *slack.Client
}

func newPlatform(t *testing.T, change ...func(*sandbox.APIConfig)) platform {
	t.Helper()
	p := platform{clock: &clock{now: start}}
	config := sandbox.APIConfig{Team: sampleTeam(), BotToken: token, Now: p.clock.Now}
	for _, f := range change {
		f(&config)
	}
	api, err := sandbox.NewSlackAPI(config)
	if err != nil {
		t.Fatal(err)
	}
	p.SlackAPI = api
	p.server = httptest.NewServer(api)
	t.Cleanup(p.server.Close)
	p.client = p.dial(token)
	return p
}

func (p platform) dial(token string) *slack.Client {
	return slack.New(token, slack.OptionAPIURL(p.server.URL+"/api/"), slack.OptionHTTPClient(p.server.Client()))
}

func (p platform) post(channel string, options ...slack.MsgOption) (string, error) {
	_, ts, err := p.client.PostMessage(channel, options...)
	return ts, err
}

// code returns Slack's error code.
func code(err error) string {
	var answer slack.SlackErrorResponse
	if errors.As(err, &answer) {
		return answer.Err
	}
	if err != nil {
		return "not Slack's: " + err.Error()
	}
	return ""
}

func text(s string) slack.MsgOption { return slack.MsgOptionText(s, false) }

// call makes a call of any encoding and returns what is answered.
func (p platform) call(t *testing.T, method, kind, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.server.URL+"/api/"+method, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := p.server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", method, response.StatusCode, err)
	}
	return string(answer)
}
