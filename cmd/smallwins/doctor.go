package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/store"
)

// doctorCommand looks whether everything is set up and says what to do next.
type doctorCommand struct {
	Config
}

// Validate lets everything pass: what is wrong with the settings is among what is
// found.
func (c *doctorCommand) Validate() error { return nil }

// lookWithin is how long one look may take.
const lookWithin = 10 * time.Second

// finding is what the doctor found out of one thing.
type finding struct {
	what string
	// said is what was found; skipped is set where there was nothing to look at.
	said    string
	skipped bool
	err     error
}

// Run looks at everything, even where something is wrong before.
func (c *doctorCommand) Run(ctx context.Context) error {
	return report(os.Stdout, c.examine(ctx))
}

// report lists what was found; anything wrong is an error.
func report(out io.Writer, findings []finding) error {
	wrong := 0
	for _, f := range findings {
		switch {
		case f.err != nil:
			wrong++
			fmt.Fprintf(out, "WRONG  %s: %s\n", f.what, strings.ReplaceAll(f.err.Error(), "\n", "\n       "))
		case f.skipped:
			fmt.Fprintf(out, "--     %s: %s\n", f.what, f.said)
		default:
			fmt.Fprintf(out, "ok     %s: %s\n", f.what, f.said)
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d looks found something wrong", wrong, len(findings))
	}
	fmt.Fprintln(out, "Everything is well. Run: smallwins serve")
	return nil
}

func (c *doctorCommand) examine(ctx context.Context) []finding {
	looks := []func(context.Context) finding{c.settings, c.database, c.secrets, c.slack, c.installations, c.discord, c.reach}
	findings := make([]finding, 0, len(looks))
	for _, look := range looks {
		ctx, cancel := context.WithTimeout(ctx, lookWithin)
		findings = append(findings, look(ctx))
		cancel()
	}
	return findings
}

func (c *doctorCommand) settings(context.Context) finding {
	return finding{what: "settings", said: "can be read", err: c.Config.Validate()}
}

func (c *doctorCommand) database(ctx context.Context) finding {
	f := finding{what: "database", said: "the embedded one in " + c.DataDir + " opens"}
	if c.MongoDBURI != "" {
		f.said = "MongoDB database " + c.MongoDBDatabase + " answers"
	}
	documents, err := store.Open(ctx, store.Options{MongoURI: string(c.MongoDBURI), Database: c.MongoDBDatabase, Dir: c.DataDir})
	if err != nil {
		f.err = fmt.Errorf("%w\nwhere the server is running on the embedded database, stop it for this look; for MongoDB, check MONGODB_URI", err)
		return f
	}
	f.err = errors.Join(documents.Ping(ctx), documents.Close(context.WithoutCancel(ctx)))
	return f
}

// secrets looks whether what is stored under the encryption keys can be read.
func (c *doctorCommand) secrets(ctx context.Context) finding {
	f := finding{what: "ENCRYPTION_KEY"}
	kept := database{MongoDBURI: c.MongoDBURI, MongoDBDatabase: c.MongoDBDatabase, DataDir: c.DataDir, EncryptionKey: c.EncryptionKey}
	var found store.Secrets
	err := kept.with(ctx, func(documents *store.Store) (err error) {
		found, err = documents.Secrets(ctx)
		return err
	})
	switch {
	case err != nil:
		f.said, f.skipped = "the database or the key does not open, so nobody can say whether the stored secrets do", true
	case len(found.Shut) > 0:
		f.err = fmt.Errorf("stored secrets do not open in %s\nadd the key that they were stored under behind the others, separated by a comma; where it is lost, install the app there again and make new secrets of the webhook", strings.Join(found.Shut[:min(len(found.Shut), mostNamed)], ", "))
	case c.EncryptionKey == "":
		f.said, f.skipped = "is not set; nothing is stored that takes one", true
	case found.Older > 0:
		f.said = fmt.Sprintf("%d stored secrets open; %d rest on another key than the first until the server starts with these", found.Open, found.Older)
	default:
		f.said = fmt.Sprintf("%d stored secrets open, all by the first key", found.Open)
	}
	return f
}

// mostNamed bounds how many workspaces a finding names.
const mostNamed = 5

// slack asks Slack whose the token is.
func (c *doctorCommand) slack(ctx context.Context) finding {
	f := finding{what: "Slack"}
	switch {
	case c.SlackSigningSecret == "":
		f.said, f.skipped = "SLACK_SIGNING_SECRET is not set", true
		return f
	case c.SlackBotToken == "" && c.installs():
		f.said, f.skipped = "SLACK_BOT_TOKEN is not set; workspaces install the app", true
		return f
	case c.SlackBotToken == "":
		f.err = errors.New("SLACK_BOT_TOKEN is not set: it is in the Slack app's settings under OAuth & Permissions")
		return f
	}
	var answer struct {
		OK                bool
		Error, Team, User string
		TeamID            string `json:"team_id"`
	}
	status, err := askJSON(ctx, http.MethodPost, strings.TrimSuffix(c.SlackAPIURL, "/")+"/auth.test", "Bearer "+string(c.SlackBotToken), &answer)
	switch {
	case err != nil:
		f.err = fmt.Errorf("%w\ncheck that this machine reaches %s", err, c.SlackAPIURL)
	case !answer.OK:
		f.err = fmt.Errorf("it answered %d, %q: install the app anew and set SLACK_BOT_TOKEN to the token that Slack shows then", status, answer.Error)
	default:
		f.said = fmt.Sprintf("the bot is %s in %s, workspace slack:%s", answer.User, answer.Team, answer.TeamID)
	}
	return f
}

// installations asks Slack whether it takes the app's credentials, with a code
// that is none: it judges those first.
func (c *doctorCommand) installations(ctx context.Context) finding {
	f := finding{what: "Slack installations"}
	if !c.installs() {
		f.said, f.skipped = "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are not set, so no workspace can install the app by itself", true
		return f
	}
	if c.PublicURL == "" {
		f.err = errors.New("PUBLIC_URL is not set: Slack sends whoever installs the app back to it")
		return f
	}
	var answer struct{ Error string }
	query := url.Values{"client_id": {c.SlackClientID}, "client_secret": {string(c.SlackClientSecret)}, "code": {"smallwins-doctor"}}
	err := askForm(ctx, strings.TrimSuffix(c.SlackAPIURL, "/")+"/oauth.v2.access", query, &answer)
	switch {
	case err != nil:
		f.err = fmt.Errorf("%w\ncheck that this machine reaches %s", err, c.SlackAPIURL)
	case answer.Error != "invalid_code":
		f.err = fmt.Errorf("it answered %q: set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to those in the Slack app's settings under Basic Information", answer.Error)
	default:
		f.said = "workspaces install the app at " + strings.TrimSuffix(c.PublicURL, "/") + slack.InstallPath
	}
	return f
}

// discord asks Discord whose the token is.
func (c *doctorCommand) discord(ctx context.Context) finding {
	f := finding{what: "Discord"}
	switch {
	case c.DiscordPublicKey == "":
		f.said, f.skipped = "DISCORD_PUBLIC_KEY is not set", true
		return f
	case c.DiscordBotToken == "":
		f.err = errors.New("DISCORD_BOT_TOKEN is not set: it is in the Discord application's settings under Bot")
		return f
	}
	var answer struct{ ID, Username, Message string }
	status, err := askJSON(ctx, http.MethodGet, strings.TrimSuffix(c.DiscordAPIURL, "/")+"/users/@me", "Bot "+string(c.DiscordBotToken), &answer)
	switch {
	case err != nil:
		f.err = fmt.Errorf("%w\ncheck that this machine reaches %s", err, c.DiscordAPIURL)
	case status != http.StatusOK:
		f.err = fmt.Errorf("it answered %d, %q: reset the token in the application's settings under Bot and set DISCORD_BOT_TOKEN", status, answer.Message)
	default:
		f.said = "the bot is " + answer.Username
	}
	return f
}

// reach asks for the server at its public address, as the platforms will.
func (c *doctorCommand) reach(ctx context.Context) finding {
	f := finding{what: "PUBLIC_URL", said: c.PublicURL + " reaches the server"}
	if c.PublicURL == "" {
		f.said, f.skipped = "is not set, so nobody can say whether the platforms reach the server", true
		return f
	}
	status, err := askJSON(ctx, http.MethodGet, strings.TrimSuffix(c.PublicURL, "/")+"/healthz", "", nil)
	switch {
	case err != nil:
		f.err = fmt.Errorf("%w\nstart the server, and let the address lead to LISTEN_ADDR", err)
	case status != http.StatusOK:
		f.err = fmt.Errorf("/healthz answered %d: let the address lead to LISTEN_ADDR", status)
	}
	return f
}

// askJSON sends a request and reads the answer, as far as it is wanted. Errors do
// not repeat the token.
func askJSON(ctx context.Context, method, address, authorization string, into any) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, method, address, http.NoBody)
	if err != nil {
		return 0, err
	}
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	return readJSON(request, into)
}

// askForm sends a form and reads the answer.
func askForm(ctx context.Context, address string, form url.Values, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, err = readJSON(request, into)
	return err
}

func readJSON(request *http.Request, into any) (status int, err error) {
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if into == nil {
		return answer.StatusCode, nil
	}
	const most = 1 << 20
	if err := json.NewDecoder(io.LimitReader(answer.Body, most)).Decode(into); err != nil {
		return answer.StatusCode, fmt.Errorf("%s answered %d with something else than JSON: %w", request.URL, answer.StatusCode, err)
	}
	return answer.StatusCode, nil
}
