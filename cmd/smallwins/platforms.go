package main

import (
	"time"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/discord"
	"github.com/smallwins/smallwins/bot/slack"
)

// platforms are the chat platforms that the settings are there for.
type platforms struct {
	slack   *slack.App
	discord *discord.App
}

func newPlatforms(config Config, now func() time.Time) (p platforms, err error) {
	if config.SlackSigningSecret != "" {
		p.slack, err = slack.New(slack.Config{
			SigningSecret: string(config.SlackSigningSecret), Token: string(config.SlackBotToken), APIURL: config.SlackAPIURL,
		})
		if err != nil {
			return platforms{}, err
		}
	}
	if config.DiscordPublicKey != "" {
		p.discord, err = discord.New(discord.Config{
			PublicKey: config.DiscordPublicKey, ApplicationID: config.DiscordApplicationID,
			Token: string(config.DiscordBotToken), APIURL: config.DiscordAPIURL, Now: now,
		})
	}
	return p, err
}

// mount serves each platform at its paths.
func (p platforms) mount(server *bot.Server) {
	if p.slack != nil {
		server.Mount("/slack/commands", slack.Commands{App: p.slack})
		server.Mount("/slack/interactions", slack.Interactions{App: p.slack})
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
