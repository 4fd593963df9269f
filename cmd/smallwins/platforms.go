package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/discord"
	"github.com/smallwins/smallwins/bot/picture"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// platforms are the chat platforms that the settings are there for.
type platforms struct {
	slack   *slack.App
	discord *discord.App
	// installs is set where workspaces install the Slack app by themselves.
	installs bool
}

// callTimeout bounds a call to a platform; idleCalls is how many connections to
// one are kept for the next call, as many as posts may be on their way.
const (
	callTimeout = 10 * time.Second
	idleCalls   = 64
)

// newClient returns what calls are made with. Connections end with the idle
// timeout of [http.DefaultTransport].
func newClient() *http.Client {
	client := &http.Client{Timeout: callTimeout}
	if standard, ok := http.DefaultTransport.(*http.Transport); ok {
		transport := standard.Clone()
		transport.MaxIdleConnsPerHost = idleCalls
		client.Transport = transport
	}
	return client
}

func newPlatforms(config Config, wording *commands.Wording, installs slack.Installs, parts parts) (p platforms, err error) {
	painter := picture.NewPainter()
	if config.SlackSigningSecret != "" {
		settings := slack.Config{
			SigningSecret: string(config.SlackSigningSecret), Token: string(config.SlackBotToken), APIURL: config.SlackAPIURL,
			Signs: wording.Signs, HTTPClient: newClient(), Draw: painter.Draw, Log: parts.log,
		}
		if config.installs() {
			settings.Installs, settings.ClientID, settings.ClientSecret = installs, config.SlackClientID, coaching.Token(config.SlackClientSecret)
			settings.PublicURL, settings.Now, settings.Voice = config.PublicURL, parts.now, wording.In
			p.installs = true
		}
		p.slack, err = slack.New(settings)
		if err != nil {
			return platforms{}, err
		}
	}
	if config.DiscordPublicKey != "" {
		p.discord, err = discord.New(discord.Config{
			PublicKey: config.DiscordPublicKey, ApplicationID: config.DiscordApplicationID,
			Token: string(config.DiscordBotToken), APIURL: config.DiscordAPIURL, Now: parts.now, HTTPClient: newClient(),
			Draw: painter.Draw,
		})
	}
	return p, err
}

// mount serves each platform at its paths.
func (p platforms) mount(server *bot.Server) {
	if p.slack != nil {
		server.Mount("/slack/commands", slack.Commands{App: p.slack})
		server.Mount("/slack/interactions", slack.Interactions{App: p.slack})
		server.Mount("/slack/events", slack.Events{App: p.slack})
	}
	if p.installs {
		server.MountPage(slack.InstallPath, slack.Install{App: p.slack})
		server.MountPage(slack.CallbackPath, slack.Callback{App: p.slack})
	}
	if p.discord != nil {
		server.Mount("/discord/interactions", p.discord)
	}
}

// senders bring posts to each platform's workspaces.
func (p platforms) senders() bot.Senders {
	senders := make(bot.Senders)
	if p.slack != nil {
		senders["slack"] = p.slack
	}
	if p.discord != nil {
		senders["discord"] = p.discord
	}
	return senders
}

// directories say who people are on each platform. Discord tells it along with
// every request, so it is not asked.
func (p platforms) directories() directories {
	known := make(directories)
	if p.slack != nil {
		known["slack"] = p.slack
	}
	return known
}

// files opens what members send, on the platform that the workspace's id begins
// with.
func (p platforms) files() files {
	known := make(files)
	if p.slack != nil {
		known["slack"] = p.slack
	}
	if p.discord != nil {
		known["discord"] = p.discord
	}
	return known
}

type files map[string]commands.Files

// OpenFile asks the workspace's platform; Forbidden where there is none.
func (f files) OpenFile(ctx context.Context, workspace coaching.WorkspaceID, file commands.File) (io.ReadCloser, error) {
	platform, _, _ := strings.Cut(string(workspace), ":")
	opener, found := f[platform]
	if !found {
		return nil, &coaching.Error{Code: coaching.Forbidden, Reason: "platform_not_asked"}
	}
	return opener.OpenFile(ctx, workspace, file)
}

// directories finds the directory of a workspace by the platform that its id
// begins with.
type directories map[string]commands.Directory

// Profile asks the workspace's platform; Forbidden where that is not asked.
func (d directories) Profile(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (coaching.Profile, error) {
	directory, err := d.of(workspace)
	if err != nil {
		return coaching.Profile{}, err
	}
	return directory.Profile(ctx, workspace, member)
}

// Groups asks the workspace's platform; Forbidden where that is not asked.
func (d directories) Groups(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID, groups []string) ([]string, error) {
	directory, err := d.of(workspace)
	if err != nil {
		return nil, err
	}
	return directory.Groups(ctx, workspace, member, groups)
}

func (d directories) of(workspace coaching.WorkspaceID) (commands.Directory, error) {
	platform, _, _ := strings.Cut(string(workspace), ":")
	directory, found := d[platform]
	if !found {
		return nil, &coaching.Error{Code: coaching.Forbidden, Reason: "platform_not_asked"}
	}
	return directory, nil
}
