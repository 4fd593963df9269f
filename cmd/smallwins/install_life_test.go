package main

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/enginetest"
)

// uninstalled is the event of a workspace that took the app out, revoked of one
// that took tokens back.
var (
	uninstalled = map[string]any{"type": "app_uninstalled"}
	revoked     = map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{sandbox.BotUser}}}
	foreign     = map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{"U2"}, "bot": []string{}}}
)

// kept is why a workspace has no token, empty where it has one.
func (w *installWorld) kept(team string) coaching.Reason {
	w.Helper()
	i, err := w.store.Installation(w.Context(), coaching.WorkspaceID("slack:"+team))
	if err == nil && i.Token != "" {
		return ""
	}
	var coded *coaching.Error
	if !errors.As(err, &coded) {
		w.Fatalf("%+v, %v", i, err)
	}
	return coded.Reason
}

// eventually waits for what the database tells.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !done() {
		select {
		case <-deadline:
			t.Fatalf("%s does not come", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// at moves the clock to a time of a later day.
func (w *installWorld) at(day int, hour time.Duration) {
	w.clock.Set(aTuesday.Truncate(24*time.Hour).AddDate(0, 0, day).Add(hour + time.Minute))
}

// opensHome opens the app's page in a workspace and waits until it is there anew.
func (w *installWorld) opensHome(team string) {
	w.Helper()
	before := len(w.published(team))
	w.tells(team, map[string]any{"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"})
	w.awaitsPages(team, before+1)
}

// awaitsPages waits until the app's page was shown so many times in all.
func (w *installWorld) awaitsPages(team string, count int) {
	w.Helper()
	// Nothing tells of calls: they are listed once they were answered.
	eventually(w.T, "the page", func() bool { return len(w.published(team)) >= count })
}

// published are the calls that showed the app's page.
func (w *installWorld) published(team string) (done []sandbox.Call) {
	for _, call := range w.teams[team].Calls("views.publish") {
		if call.Error == "" {
			done = append(done, call)
		}
	}
	return done
}

func TestWorkspaceThatTakesTheAppOutLosesItsTokenAndKeepsItsData(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	w.install("T1")
	w.install("T2")
	for _, team := range []string{"T1", "T2"} {
		w.goal(team, "settings nudge 09:00 Mon-Fri UTC")
	}
	w.slack.Uninstall("T1")
	w.tells("T1", foreign)
	if got := w.kept("T1"); got != "" {
		t.Errorf("after a member's token was taken back, there is none: %s", got)
	}
	w.tells("T1", revoked)
	w.tells("T1", uninstalled)
	if got := w.kept("T1"); got != "app_uninstalled" {
		t.Errorf("without the app, the token is there: %q", got)
	}
	if got := w.kept("T2"); got != "" {
		t.Errorf("the other workspace lost its token: %s", got)
	}
	w.at(1, 9*time.Hour)
	w.awaits("T2", "its nudge", func(api *sandbox.SlackAPI) bool { return len(api.Messages("C1")) == 1 })
	var ended []coaching.Delivery
	eventually(t, "the dead delivery", func() bool {
		var err error
		ended, err = w.store.DeliveriesOf(t.Context(), "slack:T1", coaching.Dead, 9)
		return err != nil || len(ended) > 0
	})
	if len(ended) != 1 || ended[0].Reason != "app_uninstalled" {
		t.Errorf("deliveries that ended: %+v", ended)
	}
	w.install("T1")
	// News that come late are about the token of before.
	w.tells("T1", uninstalled)
	w.tells("T1", revoked)
	if got := w.kept("T1"); got != "" {
		t.Errorf("late news took the new token away: %s", got)
	}
	w.at(2, 9*time.Hour)
	w.awaits("T1", "a nudge after it was installed again", func(api *sandbox.SlackAPI) bool { return len(api.Messages("C1")) == 1 })
}

func TestNewsThatCannotBeCheckedComeAgain(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	w.install("T1")
	w.slack.Uninstall("T1")
	w.teams["T1"].Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Method: "auth.test"})
	body := `{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"app_uninstalled"}}`
	for _, want := range []struct {
		status int
		kept   coaching.Reason
	}{{http.StatusInternalServerError, ""}, {http.StatusOK, "app_uninstalled"}, {http.StatusOK, "app_uninstalled"}} {
		status, answer, err := w.caller.post("/slack/events", body, w.clock.Now(), testSecret)
		if err != nil || status != want.status || w.kept("T1") != want.kept {
			t.Errorf("answered %d %s, %v, and the token: %q; want %+v", status, answer, err, w.kept("T1"), want)
		}
	}
	if status, _, err := w.caller.post("/slack/events", body, w.clock.Now(), "another secret"); err != nil || status != http.StatusUnauthorized {
		t.Errorf("news that Slack did not sign: %d, %v", status, err)
	}
}

func TestTokenIsRenewedOnceBeforeItEnds(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, true, nil)
	w.install("T1")
	first := w.teams["T1"].Good()
	renewals := func() int { return len(w.slack.Calls("oauth.v2.access")) - 1 }
	w.clock.Set(aTuesday.Add(10*time.Hour - time.Second))
	w.opensHome("T1")
	if renewals() != 0 {
		t.Error("the token is renewed although it lives for two hours more")
	}
	w.clock.Set(aTuesday.Add(10 * time.Hour))
	var many sync.WaitGroup
	for range 12 {
		many.Go(func() {
			w.tells("T1", map[string]any{"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"})
		})
	}
	many.Wait()
	w.awaitsPages("T1", 13)
	if got := renewals(); got != 1 {
		t.Errorf("it was renewed %d times", got)
	}
	if i, err := w.store.Installation(t.Context(), "slack:T1"); err != nil || string(i.Token) == first[0] || !slices.Contains(w.teams["T1"].Good(), string(i.Token)) {
		t.Errorf("kept is %+v, %v", i, err)
	}
	// A weekend later the token has ended long ago; the one that renews it has not.
	w.clock.Set(aTuesday.Add(100 * time.Hour))
	w.opensHome("T1")
	if got := renewals(); got != 2 || w.refusals("T1") != nil || w.refusals("") != nil {
		t.Errorf("renewed %d times, refused %v %v", got, w.refusals("T1"), w.refusals(""))
	}
}

func TestReplicasRenewATokenOnce(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, true, func(c *Config) { c.MongoDBURI, c.MongoDBDatabase = Secret(enginetest.MongoURI(t)), "renewals" })
	_, base, _ := startWhole(t, w.config, w.clock.Now)
	other := *w.caller
	other.base = base
	for round := range 3 {
		if round == 0 {
			w.install("T1")
		}
		before := len(w.published("T1"))
		w.clock.Set(w.clock.Now().Add(11 * time.Hour))
		var many sync.WaitGroup
		for i := range 8 {
			many.Go(func() {
				at := []*caller{w.caller, &other}[i%2]
				body := fmt.Sprintf(`{"type":"event_callback","team_id":"T1","event_id":"Ev%d-%d","event":{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"}}`, round, i)
				if status, _, err := at.post("/slack/events", body, w.clock.Now(), testSecret); err != nil || status != http.StatusOK {
					t.Errorf("status %d, %v", status, err)
				}
			})
		}
		many.Wait()
		w.awaitsPages("T1", before+8)
	}
	if got := len(w.slack.Calls("oauth.v2.access")); got != 4 || w.refusals("T1") != nil || w.refusals("") != nil {
		t.Errorf("asked for tokens %d times, refused %v %v", got, w.refusals("T1"), w.refusals(""))
	}
}

func TestPostsOutliveATimeInWhichTokensCannotBeRenewed(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, true, nil)
	w.install("T1")
	w.goal("T1", "settings nudge 09:00 Mon-Fri UTC")
	w.slack.Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Method: "oauth.v2.access", Calls: -1})
	w.clock.Set(aTuesday.Add(11 * time.Hour))
	w.opensHome("T1") // by the token that is still good
	w.at(1, 9*time.Hour)
	var waiting []coaching.Delivery
	eventually(t, "the post that waits", func() bool {
		var err error
		waiting, err = w.store.DeliveriesOf(t.Context(), "slack:T1", coaching.Pending, 9)
		return err != nil || len(waiting) == 1 && waiting[0].Reason == "token_unknown"
	})
	w.slack.Heal()
	w.at(1, 9*time.Hour+5*time.Minute)
	w.awaits("T1", "the nudge", func(api *sandbox.SlackAPI) bool { return len(api.Messages("C1")) == 1 })
	if got := w.refusals("T1"); got != nil {
		t.Errorf("a token that had ended was used: %v", got)
	}
}

func TestAppTakenOutWhileItsTokenRestedIsNoticed(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, true, nil)
	w.install("T1")
	w.clock.Set(aTuesday.Add(100 * time.Hour))
	w.tells("T1", uninstalled) // it is not true: the token has ended, no more
	if got := w.kept("T1"); got != "" {
		t.Errorf("a token that had ended was taken for one that was taken back: %s", got)
	}
	w.clock.Set(aTuesday.Add(200 * time.Hour))
	w.slack.Uninstall("T1")
	w.tells("T1", uninstalled)
	if got := w.kept("T1"); got != "app_uninstalled" {
		t.Errorf("the token is there: %q", got)
	}
}

func TestTokenOfTheSettingsIsItsWorkspacesOnly(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, func(c *Config) { c.SlackBotToken = testToken })
	w.teams["T1"].Give(testToken, time.Time{})
	w.opensHome("T1")
	before := len(w.teams["T1"].Calls(""))
	w.goal("T2", "new")
	<-w.caller.world.answers // it comes as a message
	w.install("T2")
	w.opensHome("T2")
	for _, call := range w.teams["T1"].Calls("")[before:] {
		t.Errorf("the workspace of the settings' token was called: %+v", call)
	}
	w.install("T1")
	w.opensHome("T1")
	if i, err := w.store.Installation(t.Context(), "slack:T1"); err != nil || i.Token == testToken {
		t.Errorf("after it installed the app as well, its token is %#v, %v", i.Token, err)
	}
	if got := append(w.refusals("T1"), w.refusals("T2")...); got != nil {
		t.Errorf("refused %v", got)
	}
}

func TestInstallationsTakeTheirSettingsTogether(t *testing.T) {
	t.Parallel()
	good := Config{
		ListenAddr: "127.0.0.1:8080", MetricsAddr: "off", DataDir: "data", SlackAPIURL: "https://slack.com/api/", DiscordAPIURL: "https://discord.com/api/v10",
		SlackSigningSecret: "secret", SlackClientID: testClientID, SlackClientSecret: testClientSecret, EncryptionKey: Secret(testEncryptionKey),
	}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for name, without := range map[string]func(*Config){
		"ENCRYPTION_KEY":       func(c *Config) { c.EncryptionKey = "" },
		"SLACK_CLIENT_SECRET":  func(c *Config) { c.SlackClientSecret = "" },
		"SLACK_CLIENT_ID":      func(c *Config) { c.SlackClientID = "" },
		"SLACK_SIGNING_SECRET": func(c *Config) { c.SlackSigningSecret = "" },
	} {
		config := good
		without(&config)
		if _, err := NewApp(t.Context(), config, testParts(systemTime)); err == nil || !strings.Contains(err.Error(), name+": is not set") {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestWithoutInstallationsTheirPagesAreNotThere(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: aTuesday}
	world := newSlackWorld(t, clock.Now, nil)
	base, _ := startApp(t, world.config(t.TempDir()), clock.Now)
	for _, path := range []string{"/slack/install", "/slack/oauth/callback?code=1&state=2"} {
		response, err := newCaller(t, base, world, clock.Now).client.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, response.StatusCode)
		}
	}
}

func TestServerThatStartsWithANewKeyLetsTheOldOneGo(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	w.install("T1")
	w.stop()
	config := w.config
	another := strings.Replace(testEncryptionKey, "M", "N", 1)
	config.EncryptionKey = Secret(another + "," + testEncryptionKey)
	_, _, stop := startWhole(t, config, w.clock.Now)
	stop()
	err := database{DataDir: config.DataDir, EncryptionKey: Secret(another)}.with(t.Context(), func(documents *store.Store) error {
		i, err := documents.Installation(t.Context(), "slack:T1")
		if err == nil && string(i.Token) != w.teams["T1"].Good()[0] {
			t.Errorf("the token became %#v", i.Token)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestDoctorLooksAtInstallationsAndStoredSecrets(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	w.install("T1")
	w.stop()
	another := strings.Replace(testEncryptionKey, "M", "N", 1)
	for name, test := range map[string]struct {
		change func(*Config)
		wants  []string
	}{
		"all well":     {func(*Config) {}, []string{"ok     ENCRYPTION_KEY: 1 stored secrets open", "--     Slack: ", "ok     Slack installations: workspaces install the app at " + testPublicURL + "/slack/install"}},
		"a new key":    {func(c *Config) { c.EncryptionKey = Secret(another + " " + testEncryptionKey) }, []string{"1 rest on another key than the first"}},
		"another key":  {func(c *Config) { c.EncryptionKey = Secret(another) }, []string{"WRONG  ENCRYPTION_KEY: stored secrets do not open in slack:T1", "add the key"}},
		"wrong secret": {func(c *Config) { c.SlackClientSecret = "s3cret" }, []string{`WRONG  Slack installations: it answered "bad_client_secret"`}},
		"no address":   {func(c *Config) { c.PublicURL = "" }, []string{"WRONG  Slack installations: PUBLIC_URL is not set"}},
	} {
		config := w.config
		test.change(&config)
		doctor := doctorCommand{config}
		var out strings.Builder
		for _, f := range []finding{doctor.secrets(t.Context()), doctor.slack(t.Context()), doctor.installations(t.Context())} {
			_ = report(&out, []finding{f})
		}
		for _, want := range test.wants {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, out.String())
			}
		}
		if strings.Contains(out.String(), "s3cret") {
			t.Errorf("%s: a secret is printed:\n%s", name, out.String())
		}
	}
}
