package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/store"
)

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
