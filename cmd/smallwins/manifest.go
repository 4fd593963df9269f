package main

import (
	"fmt"
	"os"

	deploy "github.com/smallwins/smallwins/deploy/slack"
)

// slackCommand holds what is done with Slack besides serving it.
type slackCommand struct {
	Manifest manifestCommand `cmd:"" help:"Print the manifest to make the Slack app from, with the address of this server in it."`
}

// manifestCommand prints the app's manifest.
type manifestCommand struct {
	PublicURL string `name:"public-url" env:"PUBLIC_URL" help:"The https address at which Slack reaches the server."`
}

// Run prints it; what to do with it goes where it is not in the way.
func (c *manifestCommand) Run() error {
	fmt.Print(deploy.Manifest(c.PublicURL))
	if c.PublicURL == "" {
		fmt.Fprintln(os.Stderr, "PUBLIC_URL is not set: put the address of your server in the place of https://smallwins.example.com.")
	}
	fmt.Fprintln(os.Stderr, "Paste it at https://api.slack.com/apps under Create New App, From a manifest.")
	return nil
}
