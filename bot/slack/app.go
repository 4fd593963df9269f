// Package slack speaks Slack: it checks what Slack sent, reads it into
// [commands.Request]s, writes [commands.Reply]s as blocks within Slack's
// limits, and posts through the Web API.
//
// It decides nothing about goals and words nothing. People's own text never
// acts as markup or as a mention: it travels in rich text elements and plain
// text objects, which are literal by definition, and in mrkdwn only where it
// holds no character that mrkdwn knows.
package slack

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"
	"golang.org/x/sync/singleflight"
	"golang.org/x/time/rate"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// callTimeout bounds a call to Slack when no HTTP client is given.
const callTimeout = 10 * time.Second

// maxAnswer bounds what is read of one answer from Slack: a page of history
// with blocks can be long.
const maxAnswer = 8 << 20

// Config is what an [App] is made from.
type Config struct {
	// SigningSecret is what Slack signs its requests with. It is required.
	SigningSecret string
	// Token is the bot token of the one workspace that there is or, where Installs
	// is set, of one besides those that install the app. Without any, nothing can
	// be posted to channels; commands are answered all the same.
	Token string
	// Installs keeps the tokens of the workspaces that install the app; nil where
	// none does. It takes ClientID, ClientSecret and Now.
	Installs Installs
	// ClientID and ClientSecret are how the app proves itself when it is
	// installed.
	ClientID     string
	ClientSecret coaching.Token
	// PublicURL is where people reach the server, without a path; empty leaves it
	// to the app's settings where Slack sends them back to.
	PublicURL string
	// Now is the clock that tokens end by.
	Now func() time.Time
	// Log takes what goes wrong without anybody asking for it; nil drops it.
	Log *slog.Logger
	// Voice words the pages of the installation.
	Voice func(language string) *commands.Voice
	// APIURL is where the Web API is; empty means Slack's own. Answers may be
	// sent to its host, and over http only if it is http itself.
	APIURL string
	// HTTPClient makes the outgoing calls; nil means one with a timeout of ten
	// seconds. Redirects are not followed, whichever it is.
	HTTPClient *http.Client
	// Signs returns the few words that the app shows without a reply, in a
	// member's language. Without it they are left to Slack or a mark.
	Signs func(locale string) commands.Signs
	// Draw makes a PNG of a chart. Without it, or where the token may not upload
	// files, charts are told in words.
	Draw func(chart commands.Chart) ([]byte, error)
}

// App is a Slack app as seen from its server: it verifies with the signing
// secret and posts with the bot token of the workspace that a post is for. [Commands], [Interactions] and [Events]
// add how each of its paths is read. It is safe for concurrent use.
type App struct {
	signer   *signer
	apiURL   *url.URL
	http     *http.Client
	token    coaching.Token // of the settings
	own      own
	installs Installs
	renewals singleflight.Group
	now      func() time.Time
	log      *slog.Logger

	clientID     string
	clientSecret coaching.Token
	publicURL    string
	voice        func(language string) *commands.Voice
	visits       *rate.Limiter

	words    func(locale string) commands.Signs
	pictures *pictures
	// patience is the first wait before a call is repeated that may go well in
	// a moment.
	patience time.Duration
}

// New returns an app. It makes no call.
func New(config Config) (*App, error) {
	if config.SigningSecret == "" {
		return nil, errors.New("slack: the signing secret is missing")
	}
	address := config.APIURL
	if address == "" {
		address = slackapi.APIURL
	}
	if !strings.HasSuffix(address, "/") {
		address += "/"
	}
	apiURL, err := url.Parse(address)
	if err != nil || apiURL.Host == "" || apiURL.User != nil || apiURL.RawQuery != "" || (apiURL.Scheme != "https" && apiURL.Scheme != "http") {
		// The parse error would quote the address, which may hold a password.
		return nil, errors.New("slack: the API URL is not an http(s) address")
	}

	if config.Installs != nil && (config.ClientID == "" || config.ClientSecret == "" || config.Now == nil || config.Voice == nil) {
		return nil, errors.New("slack: installations take the client's id and secret, a clock and words")
	}
	log := config.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	client := http.Client{Timeout: callTimeout}
	if config.HTTPClient != nil {
		client = *config.HTTPClient
	}
	// A redirect would carry the message, and with it people's figures, to a
	// host that nobody checked.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

	return &App{
		signer: newSigner([]byte(config.SigningSecret)),
		apiURL: apiURL,
		http:   &client,
		token:  coaching.Token(config.Token),
		words:  config.Signs,

		installs: config.Installs,
		now:      config.Now,
		log:      log,

		clientID:     config.ClientID,
		clientSecret: config.ClientSecret,
		publicURL:    strings.TrimRight(config.PublicURL, "/"),
		voice:        config.Voice,
		visits:       rate.NewLimiter(visitsPerSecond, visitsAtOnce),

		pictures: newPictures(config.Draw),
		patience: 150 * time.Millisecond,
	}, nil
}

// String keeps the secrets out of whatever prints an app.
func (a *App) String() string { return fmt.Sprintf("slack app at %s", a.apiURL.Host) }

// GoString is String, for %#v.
func (a *App) GoString() string { return a.String() }

// boundedClient limits how much of an answer is read.
type boundedClient struct{ client *http.Client }

// Do sends the request.
func (b boundedClient) Do(request *http.Request) (*http.Response, error) {
	response, err := b.client.Do(request) //nolint:gosec // Only to the configured API and to answers that checkReplyTo let through.
	if err != nil {
		return nil, err
	}
	response.Body = boundedBody{io.LimitReader(response.Body, maxAnswer), response.Body}
	return response, nil
}

type boundedBody struct {
	io.Reader
	io.Closer
}
