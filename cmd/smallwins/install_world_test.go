package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
)

const (
	testPublicURL    = "https://wins.example.com"
	testClientID     = "123.456"
	testClientSecret = "cl1ent-s3cret"
)

// installWorld is a Slack with two workspaces that may install the app, and a
// server that they install.
type installWorld struct {
	*testing.T
	*App
	slack  *sandbox.SlackOAuth
	teams  map[string]*sandbox.SlackAPI
	clock  *testClock
	caller *caller
	config Config
	asked  atomic.Int64
	// stop stops the server.
	stop func()
}

// newInstallWorld starts a server on an embedded database, unless change sets
// another one.
func newInstallWorld(t *testing.T, rotates bool, change func(config *Config)) *installWorld {
	t.Helper()
	w := &installWorld{T: t, clock: &testClock{now: aTuesday}, teams: make(map[string]*sandbox.SlackAPI)}
	scopes := manifestScopes(t)
	for _, id := range []string{"T1", "T2"} {
		team := testTeam
		team.ID, team.Name, team.Domain = id, "Team <"+id+">", strings.ToLower(id)
		api, err := sandbox.NewSlackAPI(sandbox.APIConfig{Team: team, Now: w.clock.Now, Scopes: scopes})
		if err != nil {
			t.Fatal(err)
		}
		w.teams[id] = api
	}
	w.slack = sandbox.NewSlackOAuth(sandbox.SlackOAuthConfig{
		ClientID: testClientID, ClientSecret: testClientSecret, Redirect: testPublicURL + "/slack/oauth/callback",
		Scopes: scopes, Rotates: rotates, Now: w.clock.Now,
	}, w.teams["T1"], w.teams["T2"])
	world := &slackWorld{answers: make(chan lateAnswer, 1<<10)}
	mux := http.NewServeMux()
	mux.Handle("/api/", w.slack)
	mux.HandleFunc("/response/", func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		world.answers <- lateAnswer{trigger: r.URL.Path, body: string(body)}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	world.url = server.URL
	w.config = world.config(t.TempDir())
	w.config.SlackBotToken, w.config.PublicURL = "", testPublicURL
	w.config.SlackClientID, w.config.SlackClientSecret, w.config.EncryptionKey = testClientID, testClientSecret, Secret(testEncryptionKey)
	if change != nil {
		change(&w.config)
	}
	var base string
	w.App, base, w.stop = startWhole(t, w.config, w.clock.Now)
	w.caller = newCaller(t, base, world, w.clock.Now)
	w.caller.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return w
}

// installer is a browser that somebody installs with: it keeps the server's cookie.
type installer struct {
	w        *installWorld
	cookie   *http.Cookie
	language string
}

// shown is a page that a browser shows, or where it is sent.
type shown struct {
	status     int
	to, text   string
	retryAfter string
}

// opens asks the server for an address, whatever its host.
func (b *installer) opens(address string) shown {
	b.w.Helper()
	at, err := url.Parse(address)
	if err != nil {
		b.w.Fatal(err)
	}
	request, err := http.NewRequestWithContext(b.w.Context(), http.MethodGet, b.w.caller.base+at.RequestURI(), http.NoBody)
	if err != nil {
		b.w.Fatal(err)
	}
	request.Header.Set("Accept-Language", b.language)
	if b.cookie != nil && strings.HasPrefix(at.Path, b.cookie.Path) {
		request.AddCookie(&http.Cookie{Name: b.cookie.Name, Value: b.cookie.Value})
	}
	response, err := b.w.caller.client.Do(request)
	if err != nil {
		b.w.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.w.Fatal(err)
	}
	for _, cookie := range response.Cookies() {
		if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode {
			b.w.Errorf("the cookie can be stolen: %v", cookie)
		}
		b.cookie = cookie
		if cookie.MaxAge < 0 {
			b.cookie = nil
		}
	}
	if response.Header.Get("Cache-Control") != "no-store" || !strings.Contains(response.Header.Get("Content-Security-Policy"), "default-src 'none'") {
		b.w.Errorf("%s comes with the headers %v", at.Path, response.Header)
	}
	return shown{response.StatusCode, response.Header.Get("Location"), string(body), response.Header.Get("Retry-After")}
}

// begins opens the page that leads to Slack, and returns Slack's address.
func (b *installer) begins() string {
	b.w.Helper()
	page := b.opens("/slack/install")
	if page.status != http.StatusFound {
		b.w.Fatalf("/slack/install answers %d: %s", page.status, page.text)
	}
	return page.to
}

// install lets a member install the app in their workspace.
func (w *installWorld) install(team string) {
	w.Helper()
	b := &installer{w: w}
	back, err := w.slack.Allow(b.begins(), team, "U1")
	if err != nil {
		w.Fatal(err)
	}
	if page := b.opens(back); page.status != http.StatusOK {
		w.Fatalf("the installation in %s ends with %d: %s", team, page.status, page.text)
	}
}

// goal types a command in a workspace, and returns what is answered at once.
func (w *installWorld) goal(team, text string) string {
	w.Helper()
	return w.posts("/slack/commands", url.Values{
		"team_id": {team}, "channel_id": {"C1"}, "user_id": {"U1"}, "user_name": {"nok"}, "command": {"/goal"}, "text": {text},
		"trigger_id": {w.teams[team].Trigger("U1")}, "response_url": {w.caller.world.url + "/response/late"},
	}.Encode())
}

// tells sends an event of a workspace.
func (w *installWorld) tells(team string, event map[string]any) {
	w.Helper()
	body, err := json.Marshal(map[string]any{
		"type": "event_callback", "team_id": team, "event_id": fmt.Sprint("Ev", w.asked.Add(1)), "event": event,
	})
	if err != nil {
		w.Fatal(err)
	}
	if answer := w.posts("/slack/events", string(body)); answer != "" {
		w.Errorf("an event was answered with %s", answer)
	}
}

func (w *installWorld) posts(path, body string) string {
	w.Helper()
	status, answer, err := w.caller.post(path, body, w.clock.Now(), testSecret)
	if err != nil || status != http.StatusOK {
		w.Fatalf("%s: status %d, %v", path, status, err)
	}
	return answer
}

// awaits waits until a workspace shows what is wanted.
func (w *installWorld) awaits(team, what string, wanted func(api *sandbox.SlackAPI) bool) {
	w.Helper()
	api := w.teams[team]
	chat := &slackChat{TB: w, caller: &caller{world: &slackWorld{api: api}}}
	chat.awaits(what, func() bool { return wanted(api) })
}

// refusals are the errors that Slack answered with, of one workspace or, without
// its name, of calls that no workspace was found for.
func (w *installWorld) refusals(team string) (names []string) {
	calls := w.slack.Calls("")
	if team != "" {
		calls = w.teams[team].Calls("")
	}
	for _, call := range calls {
		if call.Error != "" && !slices.Contains(names, call.Method+": "+call.Error) {
			names = append(names, call.Method+": "+call.Error)
		}
	}
	return names
}
