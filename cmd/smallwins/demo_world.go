package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/smallwins/smallwins/bot/discord"
	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

// demoLanguages are the languages that the story is told in, by their own names.
var demoLanguages = []struct{ tag, name string }{{"en", "English"}, {"th", "ไทย"}}

// demoWorld is the whole program in one language: its server on a database of
// its own, with a Slack workspace and a Discord server on the page.
type demoWorld struct {
	language string
	app      *App
	sandbox  *sandbox.Sandbox
	clock    *demoClock
	wording  *commands.Wording
	// stories are told in the Slack workspace and in the Discord server.
	stories []*sample
	// discord publishes the commands, as `smallwins discord register` does.
	discord *discord.App
}

// newDemoWorld builds everything; the page is to be served below pageURL. It
// fills an empty database with the sample team's story.
func newDemoWorld(ctx context.Context, language, dir, pageURL, pageToken string) (*demoWorld, error) {
	wording, err := commands.LoadWording()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, language)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the demo's directory: %w", err)
	}
	clock, err := openDemoClock(filepath.Join(dir, "clock.json"))
	if err != nil {
		return nil, err
	}
	w := &demoWorld{
		language: language, wording: wording, clock: clock,
		stories: []*sample{slackSample(language, clock.Told()), discordSample(language, clock.Told())},
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the demo's key: %w", err)
	}
	signingSecret, slackToken, discordToken := rand.Text(), "xoxb-"+rand.Text(), rand.Text()
	config := Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: dir, LogFormat: "text", LogLevel: slog.LevelWarn,
		SlackSigningSecret: Secret(signingSecret), SlackBotToken: Secret(slackToken), SlackAPIURL: pageURL + "/api/",
		DiscordPublicKey: hex.EncodeToString(public), DiscordApplicationID: sampleBot, DiscordBotToken: Secret(discordToken),
		DiscordAPIURL: pageURL + sandbox.DiscordPath,
	}
	surroundings := systemParts(config)
	surroundings.now = w.clock.Now
	if w.app, err = NewApp(ctx, config, surroundings); err != nil {
		return nil, err
	}
	target, err := w.app.Listen(ctx)
	if err != nil {
		return nil, err
	}
	for _, story := range w.stories {
		if err := story.tell(ctx, w.app.store); err != nil {
			return nil, fmt.Errorf("sample team: %w", err)
		}
	}
	if w.discord, err = discord.New(discord.Config{
		ApplicationID: sampleBot, Token: discordToken, APIURL: config.DiscordAPIURL, Now: w.clock.Now,
	}); err != nil {
		return nil, err
	}
	w.sandbox, err = sandbox.New(sandbox.Config{
		Target: "http://" + target.String(), URL: pageURL,
		SigningSecret: signingSecret, BotToken: slackToken, Token: pageToken, Team: w.stories[0].team,
		Discord: &sandbox.DiscordSettings{
			Key: private, Application: sampleBot, Bot: sampleBot, Token: discordToken, Team: w.stories[1].team,
		},
		Now: w.clock.Now, Advance: w.advance, NewID: rand.Text, Commands: w.commands(),
		Steps: w.steps(), After: w.after(), Language: language, Languages: w.languages(),
	})
	return w, err
}

// Handler serves the page and the platforms' APIs.
func (w *demoWorld) Handler() http.Handler { return w.sandbox.Handler() }

// register publishes the commands at the page's Discord. The page must be
// served by then.
func (w *demoWorld) register(ctx context.Context) error {
	_, err := w.discord.Register(ctx, discord.NewRegistration(commands.Table(), w.wording), sampleServer, false)
	return err
}

// walk is how far the clock moves at a time, so that what falls due on the way
// comes at its hour.
const walk = time.Hour

// advance moves the clock, and does on the way what the team and the scheduler
// would do.
func (w *demoWorld) advance(ctx context.Context, to time.Time) error {
	for now := w.clock.Now(); now.Before(to); {
		before := now
		now = now.Truncate(walk).Add(walk)
		if now.After(to) {
			now = to
		}
		if err := w.clock.Set(now); err != nil {
			return err
		}
		for _, story := range w.stories {
			if err := story.goesOn(ctx, w.app.store, before, now); err != nil {
				return err
			}
		}
		if err := w.app.router.Tick(ctx, w.clock.Now()); err != nil {
			return err
		}
		if err := w.deliver(ctx); err != nil {
			return err
		}
	}
	return nil
}

// deliver sends what is in the outbox.
func (w *demoWorld) deliver(ctx context.Context) error {
	for {
		tried, err := w.app.posts.Round(ctx)
		if err != nil || tried == 0 {
			return err
		}
	}
}

// commands are what Slack's message box completes.
func (w *demoWorld) commands() []sandbox.Command {
	voice := w.wording.In(w.language)
	var list []sandbox.Command
	for _, command := range commands.Table() {
		list = append(list, sandbox.Command{
			Name: command.Name, Usage: command.Line(), Description: voice.Text(command.Summary, nil),
		})
	}
	return list
}

// languages lead to the same page in each language.
func (w *demoWorld) languages() []sandbox.Link {
	var links []sandbox.Link
	for _, language := range demoLanguages {
		links = append(links, sandbox.Link{Language: language.tag, Name: language.name, Path: "../" + language.tag + "/"})
	}
	return links
}

// close ends a world that never ran.
func (w *demoWorld) close(ctx context.Context) error {
	if w == nil || w.app == nil {
		return nil
	}
	err := w.app.store.Close(ctx)
	if w.app.listener != nil {
		err = errors.Join(err, w.app.listener.Close())
	}
	return err
}
