package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/enginetest"
)

// TestTwoWorkspacesInstallAndEachIsSpokenToWithItsOwnToken lives through an
// installation, a dialog, the app's own page, free words and a nudge, on both
// engines.
func TestTwoWorkspacesInstallAndEachIsSpokenToWithItsOwnToken(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Config){
		"sqlite":  nil,
		"mongodb": func(c *Config) { c.MongoDBURI, c.MongoDBDatabase = Secret(enginetest.MongoURI(t)), "installs" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			livesInTwoWorkspaces(newInstallWorld(t, false, change))
		})
	}
}

func livesInTwoWorkspaces(w *installWorld) {
	for _, team := range []string{"T1", "T2"} {
		w.install(team)
	}
	for _, team := range []string{"T1", "T2"} {
		w.goal(team, "new")
		w.awaits(team, "the form", func(api *sandbox.SlackAPI) bool { _, open := api.OpenView("U1"); return open })
		w.tells(team, map[string]any{"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"})
		w.awaits(team, "the page", func(api *sandbox.SlackAPI) bool { _, there := api.Home("U1"); return there })
		w.tells(team, map[string]any{"type": "message", "channel_type": "im", "user": "U1", "channel": "D1", "text": "help", "team": team})
		w.awaits(team, "the answer", func(api *sandbox.SlackAPI) bool { return len(api.Messages("D1")) > 0 })
	}
	for _, team := range []string{"T1", "T2"} {
		if answer := w.goal(team, "settings nudge 09:00 Mon-Fri UTC"); answer != "" && !strings.Contains(answer, "09:00") {
			w.Errorf("%s: the setting is answered with %s", team, answer)
		}
	}
	w.clock.Set(aTuesday.AddDate(0, 0, 1).Truncate(24 * time.Hour).Add(9*time.Hour + time.Minute))
	for _, team := range []string{"T1", "T2"} {
		w.awaits(team, "the nudge", func(api *sandbox.SlackAPI) bool { return len(api.Messages("C1")) == 1 })
		if got := w.refusals(team); got != nil {
			w.Errorf("%s refused %v", team, got)
		}
	}
	if got := w.refusals(""); got != nil {
		w.Errorf("tokens of no workspace were used: %v", got)
	}
	for _, team := range []string{"T1", "T2"} {
		i, err := w.store.Installation(w.Context(), coaching.WorkspaceID("slack:"+team))
		if good := w.teams[team].Good(); err != nil || len(good) != 1 || string(i.Token) != good[0] || i.By != "U1" || i.Name != "Team <"+team+">" {
			w.Errorf("%s is kept as %+v, %v; good are %v", team, i, err, good)
		}
	}
}

func TestWorkspaceThatDidNotInstallGetsNothingOfOthers(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	w.install("T1")
	before := len(w.teams["T1"].Calls(""))
	// What Slack lets through is answered where that takes no token.
	if answer := w.goal("T2", "help"); !strings.Contains(answer, "/goal new") {
		t.Errorf("a command is answered with %s", answer)
	}
	w.goal("T2", "new")
	if late := <-w.caller.world.answers; !strings.Contains(late.body, "blocks") {
		t.Errorf("the dialog comes as %s", late.body)
	}
	if calls := w.teams["T1"].Calls(""); len(calls) != before {
		t.Errorf("the other workspace was called: %+v", calls[before:])
	}
}

func TestInstallationAsksForNoMoreThanTheManifestAndIsBoundToTheBrowser(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	b := &installer{w: w}
	to, err := url.Parse(b.begins())
	if err != nil {
		t.Fatal(err)
	}
	query := to.Query()
	if got, want := query.Get("scope"), strings.Join(manifestScopes(t), ","); got != want {
		t.Errorf("it asks for %s, the manifest for %s", got, want)
	}
	if got := query.Get("redirect_uri"); got != testPublicURL+"/slack/oauth/callback" {
		t.Errorf("it is sent back to %s", got)
	}
	if b.cookie == nil || b.cookie.Value != query.Get("state") || b.cookie.MaxAge > 600 {
		t.Errorf("the state %s is kept in %v", query.Get("state"), b.cookie)
	}
	manifest := manifestText(t)
	if !strings.Contains(manifest, "- https://smallwins.example.com/slack/oauth/callback\n") {
		t.Error("the manifest does not allow to be sent back")
	}
}

func TestInstallationTellsWhatToDoNextInTheBrowsersLanguage(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	for language, want := range map[string][]string{
		"en-GB,en;q=0.8":          {`lang="en"`, "smallwins is in Team &lt;T1&gt;", "/invite @smallwins", "/goal new", "app_redirect?app="},
		"th-TH,th;q=0.9,en;q=0.8": {`lang="th"`, "ติดตั้ง smallwins ใน Team &lt;T1&gt; แล้ว", "/invite @smallwins", "/goal new"},
	} {
		b := &installer{w: w, language: language}
		back, err := w.slack.Allow(b.begins(), "T1", "U1")
		if err != nil {
			t.Fatal(err)
		}
		page := b.opens(back)
		for _, text := range want {
			if page.status != http.StatusOK || !strings.Contains(page.text, text) {
				t.Errorf("%s: %q is missing in %d\n%s", language, text, page.status, page.text)
			}
		}
		if b.cookie != nil {
			t.Error("the browser keeps the state")
		}
	}
}

func TestInstallationThatEndsOtherwiseSaysWhyAndStoresNothing(t *testing.T) {
	t.Parallel()
	allowed := func(w *installWorld, b *installer) (string, error) { return w.slack.Allow(b.begins(), "T1", "U1") }
	changed := func(address, name, value string) string {
		at, err := url.Parse(address)
		if err != nil {
			return ""
		}
		query := at.Query()
		query.Set(name, value)
		at.RawQuery = query.Encode()
		return at.String()
	}
	for name, test := range map[string]struct {
		// back returns the address that the browser comes back to.
		back   func(w *installWorld, b *installer) (string, error)
		status int
		says   string
	}{
		"denied": {func(w *installWorld, b *installer) (string, error) { return w.slack.Deny(b.begins()) }, http.StatusForbidden, "You chose not to allow it"},
		"another error": {func(w *installWorld, b *installer) (string, error) {
			back, err := w.slack.Deny(b.begins())
			return changed(back, "error", "<i>x</i>"), err
		}, http.StatusBadRequest, "did not go through"},
		"no state": {func(w *installWorld, b *installer) (string, error) {
			back, err := allowed(w, b)
			return changed(back, "state", ""), err
		}, http.StatusBadRequest, "cannot be used"},
		"a changed state": {func(w *installWorld, b *installer) (string, error) {
			back, err := allowed(w, b)
			return strings.Replace(back, "state=", "state=z", 1), err
		}, http.StatusBadRequest, "cannot be used"},
		"another browser": {func(w *installWorld, b *installer) (string, error) {
			back, err := allowed(w, &installer{w: w})
			b.begins() // it has a state of its own
			return back, err
		}, http.StatusBadRequest, "cannot be used"},
		"too late": {func(w *installWorld, b *installer) (string, error) {
			back, err := allowed(w, b)
			w.clock.Set(w.clock.Now().Add(10*time.Minute + time.Second))
			return back, err
		}, http.StatusBadRequest, "cannot be used"},
		"no code": {func(w *installWorld, b *installer) (string, error) {
			back, err := allowed(w, b)
			return changed(back, "code", ""), err
		}, http.StatusBadRequest, "did not go through"},
		"a made-up code": {func(w *installWorld, b *installer) (string, error) {
			back, err := allowed(w, b)
			return changed(back, "code", "x"), err
		}, http.StatusBadRequest, "used already"},
		"a whole organization": {func(w *installWorld, b *installer) (string, error) {
			return w.slack.AllowForOrganization(b.begins(), "T1")
		}, http.StatusForbidden, "One workspace at a time"},
		"Slack is down": {func(w *installWorld, b *installer) (string, error) {
			w.slack.Inject(sandbox.Fault{Kind: sandbox.FaultStatus, Method: "oauth.v2.access"})
			return allowed(w, b)
		}, http.StatusBadGateway, "Slack is not answering"},
		"Slack has enough": {func(w *installWorld, b *installer) (string, error) {
			w.slack.Inject(sandbox.Fault{Kind: sandbox.FaultTooMany, Method: "oauth.v2.access"})
			return allowed(w, b)
		}, http.StatusBadGateway, "Slack is not answering"},
		"a lost answer": {func(w *installWorld, b *installer) (string, error) {
			w.slack.Inject(sandbox.Fault{Kind: sandbox.FaultLost, Method: "oauth.v2.access"})
			return allowed(w, b)
		}, http.StatusBadGateway, "Slack is not answering"},
		"wrong settings": {func(w *installWorld, b *installer) (string, error) {
			w.slack.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Method: "oauth.v2.access", Error: "bad_client_secret"})
			return allowed(w, b)
		}, http.StatusInternalServerError, "smallwins doctor"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newInstallWorld(t, false, nil)
			b := &installer{w: w}
			back, err := test.back(w, b)
			if err != nil {
				t.Fatal(err)
			}
			page := b.opens(back)
			if page.status != test.status || !strings.Contains(page.text, test.says) || strings.Contains(page.text, "<i>") {
				t.Errorf("answered %d:\n%s", page.status, page.text)
			}
			if _, err := w.store.Installation(t.Context(), "slack:T1"); coaching.CodeOf(err) != coaching.NotFound {
				t.Errorf("something was stored: %v", err)
			}
			if good := w.teams["T1"].Good(); name == "a whole organization" && len(good) != 0 {
				t.Errorf("the token that nobody keeps is good: %v", good)
			}
			w.slack.Heal()
			w.install("T1")
		})
	}
}

func TestEachLinkWorksOnce(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	b := &installer{w: w}
	back, err := w.slack.Allow(b.begins(), "T1", "U1")
	if err != nil {
		t.Fatal(err)
	}
	kept := b.cookie
	if page := b.opens(back); page.status != http.StatusOK {
		t.Fatalf("answered %d", page.status)
	}
	calls := len(w.slack.Calls("oauth.v2.access"))
	b.cookie = kept // whoever copied it has it still
	if page := b.opens(back); page.status != http.StatusBadRequest || !strings.Contains(page.text, "cannot be used") {
		t.Errorf("the second time it is answered %d:\n%s", page.status, page.text)
	}
	if again := len(w.slack.Calls("oauth.v2.access")); again != calls {
		t.Error("Slack was asked again")
	}
	// A code that was used comes with a state of its own.
	code := back[strings.Index(back, "code="):strings.Index(back, "&")]
	other, err := w.slack.Allow(b.begins(), "T1", "U1")
	if err != nil {
		t.Fatal(err)
	}
	other = strings.Replace(other, other[strings.Index(other, "code="):strings.Index(other, "&")], code, 1)
	if page := b.opens(other); page.status != http.StatusBadRequest || !strings.Contains(page.text, "used already") {
		t.Errorf("a used code is answered %d:\n%s", page.status, page.text)
	}
	if i, err := w.store.Installation(t.Context(), "slack:T1"); err != nil || len(w.teams["T1"].Good()) != 1 || string(i.Token) != w.teams["T1"].Good()[0] {
		t.Errorf("the installation became %+v, %v", i, err)
	}
}

func TestInstallationsAreLimitedInNumber(t *testing.T) {
	t.Parallel()
	w := newInstallWorld(t, false, nil)
	b := &installer{w: w}
	for range 1000 {
		page := b.opens("/slack/install")
		if page.status == http.StatusFound {
			continue
		}
		if page.status != http.StatusTooManyRequests || page.retryAfter == "" || !strings.Contains(page.text, "Too many at once") {
			t.Errorf("answered %d, %q:\n%s", page.status, page.retryAfter, page.text)
		}
		w.clock.Set(w.clock.Now().Add(time.Minute))
		w.install("T1")
		return
	}
	t.Error("there is no limit")
}
