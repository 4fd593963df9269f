package slack_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/commands"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var nine = time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)

// surface is an app and the Slack that it talks to, whose clock can be moved.
type surface struct {
	testing.TB
	*sandbox.SlackAPI
	app *slack.App
	url string

	mu        sync.Mutex
	now       time.Time
	responses []string
}

func newSurface(t *testing.T) *surface {
	t.Helper()
	s := &surface{TB: t, now: nine}
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{
		BotToken: "xoxb-surface", Now: s.clock,
		Team: sandbox.Team{
			ID: "T1", Domain: "acme", Zone: "UTC", Channels: []sandbox.Channel{{ID: "C1", Name: "sales"}},
			Members: []sandbox.Member{{ID: "U1", Name: "Mia Lee", Handle: "mia"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.SlackAPI = api
	mux := http.NewServeMux()
	mux.Handle("/api/", api)
	mux.HandleFunc("/respond", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.responses = append(s.responses, string(body))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url = server.URL
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	s.app, err = slack.New(slack.Config{
		SigningSecret: "secret", Token: "xoxb-surface", APIURL: server.URL + "/api/", HTTPClient: client,
		Signs: func(language string) commands.Signs {
			if language == "th" {
				return commands.Signs{Close: "ปิดหน้าต่าง"}
			}
			return commands.Signs{Working: "Working on it.", Close: "Close"}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *surface) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *surface) later(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(by)
}

// lastResponse returns what last came to the response address.
func (s *surface) lastResponse() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.responses) == 0 {
		return ""
	}
	return s.responses[len(s.responses)-1]
}

// command is a command typed just now.
func (s *surface) command() commands.Request {
	return commands.Request{ID: s.Trigger("U1"), Member: "U1", Channel: "C1", ReplyTo: s.url + "/respond", Received: s.clock()}
}

// interacts decodes a payload as the server would.
func (s *surface) interacts(payload []byte, err error) commands.Request {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
	request, err := slack.Interactions{App: s.app}.Decode([]byte(url.Values{"payload": {string(payload)}}.Encode()), s.clock())
	if err != nil {
		s.Fatal(err)
	}
	return request
}

// sends fills in the form in front and sends it.
func (s *surface) sends(fill sandbox.Fill) commands.Request {
	s.Helper()
	return s.interacts(s.Submission("U1", fill))
}

// presses presses the button of a view that does something.
func (s *surface) presses(view sandbox.View, action string) commands.Request {
	s.Helper()
	blockID, actionID := buttonOf(s, view, action)
	return s.interacts(s.PressView(view, blockID, actionID))
}

// finishes delivers a late answer.
func (s *surface) finishes(request commands.Request, reply commands.Reply) {
	s.Helper()
	if err := (slack.Interactions{App: s.app}).Finish(s.Context(), request, reply); err != nil {
		s.Fatal(err)
	}
}

// inFront is the modal that the member sees.
func (s *surface) inFront() sandbox.View {
	s.Helper()
	view, found := s.OpenView("U1")
	if !found {
		s.Fatal("no modal is open")
	}
	return view
}

func line(text string) commands.Line { return commands.Line{{Text: text}} }

func says(text string) commands.Reply {
	return commands.Reply{Parts: []commands.Part{commands.Text{Line: line(text)}}}
}

func step(number, field string) commands.Reply {
	return commands.Reply{
		Parts: []commands.Part{commands.Text{Line: line("Step " + number)}},
		Prompt: &commands.Prompt{
			Token: "d1:" + number, Title: "New goal", Submit: "Next", Back: "Back", Drop: "Drop it",
			Fields: []commands.Field{{Name: field, Kind: commands.LineField, Label: "Step " + number + "?"}},
		},
	}
}

// buttonOf finds a button by what it does.
func buttonOf(t testing.TB, view sandbox.View, action string) (blockID, actionID string) {
	t.Helper()
	var blocks []struct {
		BlockID  string `json:"block_id"`
		Elements []struct {
			ActionID string `json:"action_id"`
		} `json:"elements"`
	}
	// Parts hold elements of other shapes; those have no action id.
	if err := json.Unmarshal(view.Blocks, &blocks); err != nil {
		t.Fatal(err)
	}
	for _, block := range blocks {
		for _, element := range block.Elements {
			if strings.HasPrefix(element.ActionID, action+"~") {
				return block.BlockID, element.ActionID
			}
		}
	}
	t.Fatalf("no button %s in %s", action, view.Blocks)
	return "", ""
}
