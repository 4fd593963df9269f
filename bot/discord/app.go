// Package discord speaks Discord: it checks what Discord sent, reads it into
// [commands.Request]s, writes [commands.Reply]s as components within Discord's
// limits, registers the command table and posts through the REST API.
//
// It decides nothing about goals and words nothing. People's own text never
// acts as markup, link or mention: what Discord's markdown knows is escaped, and
// every message allows exactly the mentions that were meant.
//
// The wire format is written out here. The library's own types cannot read a
// form with labels, know no nonce, and send properties that Discord's published
// contract does not have; its client repeats a post after a 502 by itself, which
// doubles it. Of the library only the names of numbers are used.
package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/smallwins/smallwins/commands"
)

// DefaultAPI is where Discord's REST API is.
const DefaultAPI = "https://discord.com/api/v10"

// callTimeout bounds a call to Discord when no HTTP client is given.
const callTimeout = 10 * time.Second

// Config is what an [App] is made from.
type Config struct {
	// PublicKey is the application's, in hexadecimal: what Discord signs with.
	// It is required to answer interactions.
	PublicKey string
	// ApplicationID is required to register commands. Where it is set,
	// interactions of other applications are refused.
	ApplicationID string
	// Token is the bot token. Without one, nothing can be posted to channels and
	// no commands registered; commands are answered all the same.
	Token string
	// APIURL is where the REST API is, with its version; empty means Discord's
	// own.
	APIURL string
	// HTTPClient makes the outgoing calls; nil means one with a timeout of ten
	// seconds. Redirects are not followed, whichever it is.
	HTTPClient *http.Client
	// Now is the clock that Discord's rate limits are kept by.
	Now func() time.Time
	// Draw makes a PNG of a chart. Without it charts are told in words.
	Draw func(chart commands.Chart) ([]byte, error)
}

// App is a Discord application as seen from its server: it verifies with the
// public key and posts with the bot token. It is safe for concurrent use.
type App struct {
	key           ed25519.PublicKey
	applicationID string
	token         string
	api           string
	http          *http.Client
	now           func() time.Time
	limits        *limits
	lost          *lostPosts
	table         []commands.Command
	draw          func(commands.Chart) ([]byte, error)
	// ackWait is the first wait for Discord to notice that a request was
	// acknowledged.
	ackWait time.Duration
}

// New returns an app. It makes no call.
func New(config Config) (*App, error) {
	app := &App{
		applicationID: config.ApplicationID, token: config.Token, api: config.APIURL, now: config.Now,
		lost: newLostPosts(), table: commands.Table(), ackWait: defaultAckWait, draw: config.Draw,
	}
	if app.now == nil {
		return nil, errors.New("discord: a clock is missing")
	}
	app.limits = newLimits(app.now())
	if config.PublicKey != "" {
		key, err := hex.DecodeString(config.PublicKey)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return nil, errors.New("discord: the public key is not 64 hexadecimal digits")
		}
		app.key = key
	}
	if app.applicationID != "" && !isSnowflake(app.applicationID) {
		return nil, errors.New("discord: the application id is not a number")
	}
	if app.api == "" {
		app.api = DefaultAPI
	}
	app.api = strings.TrimSuffix(app.api, "/")
	address, err := url.Parse(app.api)
	if err != nil || address.Host == "" || address.User != nil || address.RawQuery != "" || (address.Scheme != "https" && address.Scheme != "http") {
		// The parse error would quote the address, which may hold a password.
		return nil, errors.New("discord: the API URL is not an http(s) address")
	}
	client := http.Client{Timeout: callTimeout}
	if config.HTTPClient != nil {
		client = *config.HTTPClient
	}
	// A redirect would carry the token to a host that nobody checked.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	app.http = &client
	return app, nil
}

// String keeps the secrets out of whatever prints an app.
func (a *App) String() string { return fmt.Sprintf("discord app %s", a.applicationID) }

// GoString is String, for %#v.
func (a *App) GoString() string { return a.String() }

// workspaceID names a Discord server among the workspaces of all platforms.
// Outside a server there is none.
func workspaceID(guild string) string {
	if guild == "" {
		return ""
	}
	return Prefix + guild
}

// Prefix begins the ids of workspaces that are Discord servers.
const Prefix = "discord:"

// isSnowflake reports whether a value looks like an id of Discord's: it goes
// into keys and addresses, so it must not hold anything that means something
// there.
func isSnowflake(text string) bool {
	if text == "" || len(text) > 20 {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
