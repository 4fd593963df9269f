package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Config is what a [Sandbox] is made from.
type Config struct {
	// Target is the base URL of the webhook server, such as
	// "http://127.0.0.1:8080".
	Target string
	// URL is the base URL under which the webhook server reaches the sandbox; it
	// goes into response addresses. Empty means the host that the browser uses.
	URL string
	// SigningSecret signs the requests to Target, BotToken opens the Web API.
	SigningSecret, BotToken string
	Team                    Team
	// Now is the sandbox's clock. Requests are signed with its time, so the
	// webhook server must go by the same clock.
	Now func() time.Time
	// Advance moves the clock forward and runs what falls due on the way. nil
	// hides the control. One call runs at a time.
	Advance func(ctx context.Context, to time.Time) error
	// NewID makes unique ids of letters, digits, "-", "_" and ".".
	NewID func() string
	// Token opens the page; it should be random.
	Token string
	// Command is the slash command, "/goal" if empty; Commands are what can be
	// typed after it.
	Command  string
	Commands []Command
	// Examples are offered to newcomers; nil means three about goals.
	Examples []string
	// RateLimit makes the Web API refuse more than about one message a second
	// per channel.
	RateLimit bool
	// Timeout is how long Slack waits for an answer; 0 means three seconds.
	Timeout time.Duration
}

// Command is one of the things that can follow the slash command.
type Command struct {
	// Name is its word, such as "progress".
	Name string
	// Usage is the whole line, such as "/goal progress [goal]".
	Usage       string
	Description string
}

// Defaults of a sandbox.
const (
	defaultCommand = "/goal"
	// answerWithin is how long Slack waits for an answer.
	answerWithin = 3 * time.Second
)

var defaultExamples = []string{"/goal new 20 demos this month", "/goal progress", "/goal log +3"}

// Sandbox is the chat page and the platform behind it. It is safe for
// concurrent use.
type Sandbox struct {
	config   Config
	zone     *time.Location
	api      *SlackAPI
	timeline *timeline
	client   *http.Client
	answers  responses

	advancing sync.Mutex
	closing   sync.Once
	closed    chan struct{}
}

// New returns a sandbox in which nobody has said anything yet.
func New(config Config) (*Sandbox, error) {
	switch {
	case config.Target == "", config.SigningSecret == "", config.BotToken == "", config.Token == "":
		return nil, errors.New("sandbox: target, signing secret, bot token and page token are required")
	case config.Now == nil, config.NewID == nil:
		return nil, errors.New("sandbox: a clock and a source of ids are required")
	case len(config.Team.Members) == 0 || len(config.Team.Channels) == 0:
		return nil, errors.New("sandbox: the team needs a member and a channel")
	}
	if config.Command == "" {
		config.Command = defaultCommand
	}
	if config.Examples == nil {
		config.Examples = defaultExamples
	}
	if config.Timeout == 0 {
		config.Timeout = answerWithin
	}
	config.Target = strings.TrimSuffix(config.Target, "/")
	config.URL = strings.TrimSuffix(config.URL, "/")
	api, err := NewSlackAPI(APIConfig{
		Team: config.Team, BotToken: config.BotToken, Now: config.Now, RateLimit: config.RateLimit,
	})
	if err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	return &Sandbox{
		config:   config,
		zone:     config.Team.zone(),
		api:      api,
		timeline: api.timeline,
		client: &http.Client{
			// A transport of its own: no proxy may stand between the two, and
			// Close must end its connections only.
			Transport:     &http.Transport{MaxIdleConnsPerHost: 4},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		answers: responses{open: make(map[string]*response)},
		closed:  make(chan struct{}),
	}, nil
}

// API returns the Web API that the sandbox serves under /api/, for looking into
// and for injecting faults.
func (s *Sandbox) API() *SlackAPI { return s.api }

// Close ends the live updates of open pages, so that an HTTP server can shut
// down; hand it to RegisterOnShutdown. It may be called more than once.
func (s *Sandbox) Close() {
	s.closing.Do(func() { close(s.closed) })
	s.client.CloseIdleConnections()
}

// Handler serves the page, the Web API under /api/ and the response addresses
// under /response/. It refuses hosts that are not this machine.
func (s *Sandbox) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", s.api)
	mux.HandleFunc("POST /response/{id}", s.respond)
	mux.Handle("GET /static/", static())
	mux.Handle("GET /{$}", s.private(s.page))
	mux.Handle("GET /files/{id}", s.private(s.file))
	mux.Handle("GET /events", s.private(s.events))
	mux.Handle("POST /say", s.private(s.say))
	mux.Handle("POST /press", s.private(s.press))
	if s.config.Advance != nil {
		mux.Handle("POST /clock", s.private(s.clock))
	}
	return guard(mux)
}
