package sandbox

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"html/template"
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
	// Team is the Slack workspace, Discord what plays beside it; nil means Slack
	// alone.
	Team    Team
	Discord *DiscordSettings
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
	// Command is Slack's slash command, "/goal" if empty; Commands are what can
	// be typed after it. Discord knows what was registered there.
	Command  string
	Commands []Command
	// Steps lead newcomers through what there is to try; After is said when all
	// are done.
	Steps []Step
	After Step
	// Language is the page's own, "en" or "th", English if empty; Languages lead
	// to the same page in others.
	Language  string
	Languages []Link
	// RateLimit makes the platforms refuse more posts than they take.
	RateLimit bool
	// Timeout is how long platforms wait for an answer; 0 means three seconds.
	Timeout time.Duration
}

// DiscordSettings say what Discord is played with.
type DiscordSettings struct {
	// Key signs interactions; the webhook server knows its public half.
	Key ed25519.PrivateKey
	// Application, Bot and Token are the bot's; the first two are numbers.
	Application, Bot, Token string
	// Team is the server, with numbers for ids.
	Team Team
}

// Command is one of the things that can follow the slash command.
type Command struct {
	// Name is its word, such as "progress".
	Name string
	// Usage is the whole line, such as "/goal progress [goal]".
	Usage       string
	Description string
}

// Link leads to the page in another language.
type Link struct {
	// Language is its tag, Name what it calls itself.
	Language, Name string
	// Path is where its page is, relative to this one, such as "../th/".
	Path string
}

// Defaults of a sandbox.
const (
	defaultCommand  = "/goal"
	defaultLanguage = "en"
	// answerWithin is how long Slack and Discord wait for an answer.
	answerWithin = 3 * time.Second
)

// Sandbox is the chat page and the platforms behind it. It is safe for
// concurrent use.
type Sandbox struct {
	config   Config
	zone     *time.Location
	slack    *slackDesk
	discord  *discordDesk
	client   *http.Client
	wire     *wire
	bell     *bell
	guide    guide
	words    *words
	pages    *template.Template
	handlers map[string]http.Handler // the platforms' APIs, recorded

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
	if config.Language == "" {
		config.Language = defaultLanguage
	}
	if config.Timeout == 0 {
		config.Timeout = answerWithin
	}
	config.Target = strings.TrimSuffix(config.Target, "/")
	config.URL = strings.TrimSuffix(config.URL, "/")
	s := &Sandbox{
		config: config, zone: config.Team.zone(), bell: newBell(),
		client: &http.Client{
			// A transport of its own: no proxy may stand between the two, and
			// Close must end its connections only.
			Transport:     &http.Transport{MaxIdleConnsPerHost: 4},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		closed: make(chan struct{}),
	}
	s.wire = &wire{bell: s.bell}
	s.guide = newGuide(config)
	var err error
	if s.words, err = loadWords(files, config.Language); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	if s.pages, err = readPages(s.words); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	if err := s.openDesks(); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	return s, nil
}

// openDesks sets the platforms up.
func (s *Sandbox) openDesks() error {
	post := &courier{client: s.client, target: s.config.Target, timeout: s.config.Timeout, now: s.config.Now, wire: s.wire}
	api, err := NewSlackAPI(APIConfig{
		Team: s.config.Team, BotToken: s.config.BotToken, Now: s.config.Now, RateLimit: s.config.RateLimit,
	})
	if err != nil {
		return err
	}
	s.slack = &slackDesk{
		courier: post, api: api, timeline: api.timeline, secret: s.config.SigningSecret, slash: s.config.Command,
		parts: s.config.Commands, newID: s.config.NewID, answers: responses{open: make(map[string]*response)}, words: s.words,
	}
	s.handlers = map[string]http.Handler{"/api/": s.wire.listen("slack", s.config.Now, api, judgeSlack)}
	if settings := s.config.Discord; settings != nil {
		if err := settings.Team.validate(); err != nil {
			return err
		}
		api := NewDiscordAPI(DiscordConfig{
			Application: settings.Application, Bot: settings.Bot, Server: settings.Team.ID, Token: settings.Token,
			Channels: settings.Team.Channels, Now: s.config.Now, RateLimit: s.config.RateLimit,
		})
		s.discord = &discordDesk{
			courier: post, api: api, key: settings.Key, crew: settings.Team, bell: s.bell, words: s.words,
			forms: make(map[string]discordForm),
		}
		s.handlers[discordRoot] = s.wire.listen("discord", s.config.Now, api, judgeDiscord)
	}
	return nil
}

// discordRoot is where Discord's REST API is served.
const discordRoot = "/discord/"

// DiscordPath is the path of Discord's REST API below the sandbox's address.
const DiscordPath = "/discord/api/v10"

// API returns the Web API that the sandbox serves under /api/, for looking into
// and for injecting faults.
func (s *Sandbox) API() *SlackAPI { return s.slack.api }

// Discord returns the REST API that the sandbox serves under [DiscordPath], nil
// where Discord is not played.
func (s *Sandbox) Discord() *DiscordAPI {
	if s.discord == nil {
		return nil
	}
	return s.discord.api
}

// Close ends the live updates of open pages, so that an HTTP server can shut
// down; hand it to RegisterOnShutdown. It may be called more than once.
func (s *Sandbox) Close() {
	s.closing.Do(func() { close(s.closed) })
	s.client.CloseIdleConnections()
}

// Handler serves the page, the Web API under /api/, Discord's under /discord/
// and Slack's response addresses under /response/. It refuses hosts that are not
// this machine. All its own addresses are relative, so that it can be served
// below a path.
func (s *Sandbox) Handler() http.Handler {
	mux := http.NewServeMux()
	for path, api := range s.handlers {
		mux.Handle(path, api)
	}
	mux.HandleFunc("POST /response/{id}", s.slack.respond)
	mux.Handle("GET /static/", static())
	mux.Handle("GET /{$}", s.private(s.page))
	mux.Handle("GET /events", s.private(s.events))
	mux.Handle("GET /wire/{id}", s.private(s.exchange))
	mux.Handle("POST /say", s.private(s.say))
	mux.Handle("POST /complete", s.private(s.complete))
	mux.Handle("POST /press", s.private(s.press))
	mux.Handle("POST /submit", s.private(s.submit))
	mux.Handle("POST /fault", s.private(s.fault))
	if s.config.Advance != nil {
		mux.Handle("POST /clock", s.private(s.clock))
	}
	return guard(mux, s.config.Target)
}
