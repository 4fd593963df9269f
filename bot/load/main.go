// Command load measures a running smallwins server, and checks what it says
// while it does.
//
// It sends validly signed, fresh Slack slash commands over kept connections and
// looks into every answer; a wrong one fails the run. In the same run it drives
// a bare Fiber handler, in a process of its own, that does nothing but verify
// the signature and answer with a fixed text of the same size: what the machine
// could do at best. Three steps, the second in another terminal:
//
//	go run ./bot/load prepare ./load-data
//	SLACK_SIGNING_SECRET=s3cret DATA_DIR=./load-data smallwins serve
//	SLACK_SIGNING_SECRET=s3cret go run ./bot/load --pid $(pgrep -x smallwins)
//
// In the same way it sends a year of a team's deals through the webhook, with
// what the server's HOOK_SECRET is after smallwins hook new slack:T0LOAD:
//
//	HOOK_SECRET=whsec_… SLACK_SIGNING_SECRET=s3cret go run ./bot/load events --pid $(pgrep -x smallwins)
//
// It talks to this machine only and is bounded in connections, requests and
// time, so that nobody is loaded by mistake.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

type commandLine struct {
	Run     runCommand     `cmd:"" default:"withargs" help:"Load a server and check its answers."`
	Prepare prepareCommand `cmd:"" help:"Fill an embedded database with a large team's goals and entries."`
	Events  eventsCommand  `cmd:"" help:"Send events through the webhook, and ask for progress meanwhile."`
	Bare    bareCommand    `cmd:"" hidden:"" help:"Serve the handler that is compared with; used by run."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	var line commandLine
	parser := kong.Must(&line,
		kong.Name("load"),
		kong.Description("Measures a smallwins server on this machine and checks what it says."),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	if err := command.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "load: %v\n", err)
		os.Exit(1)
	}
}
