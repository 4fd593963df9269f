package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/bot/discord"
	"github.com/smallwins/smallwins/commands"
)

// discordCommand holds what is done with Discord besides serving it.
type discordCommand struct {
	Register registerCommand `cmd:"" help:"Tell Discord which commands there are; run it after each update."`
}

// registerCommand publishes the command table to Discord.
type registerCommand struct {
	ApplicationID string `env:"DISCORD_APPLICATION_ID" required:"" help:"Id of the Discord application."`
	BotToken      Secret `env:"DISCORD_BOT_TOKEN" required:"" help:"Token of the Discord application's bot."`
	APIURL        string `name:"api-url" env:"DISCORD_API_URL" default:"https://discord.com/api/v10" help:"Address of Discord's REST API."`
	Guild         string `help:"Id of one server to register in, such as one to test in; without it, all servers."`
	Check         bool   `help:"Only look: fail where Discord's commands differ from this program's."`
}

// Run registers, and says what came of it.
func (c *registerCommand) Run(ctx context.Context) error {
	wording, err := commands.LoadWording()
	if err != nil {
		return err
	}
	app, err := discord.New(discord.Config{
		ApplicationID: c.ApplicationID, Token: string(c.BotToken), APIURL: c.APIURL, Now: systemTime,
	})
	if err != nil {
		return err
	}
	changed, err := app.Register(ctx, discord.NewRegistration(commands.Table(), wording), c.Guild, c.Check)
	switch {
	case err != nil:
		return err
	case !changed:
		fmt.Println("Discord has these commands already.")
	case c.Check:
		return errors.New("Discord's commands differ from this program's; run: smallwins discord register") //nolint:staticcheck // A name begins the sentence.
	default:
		fmt.Println("Discord has the commands now. Where they do not show yet, restart the Discord app.")
	}
	return nil
}
