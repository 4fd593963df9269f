// Command smallwins is a chat bot that coaches sales teams: it makes goals
// SMART, follows them, and speaks of the small wins on the way.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // Zones are there on machines that have no database of them.

	"github.com/alecthomas/kong"
	"github.com/oklog/ulid/v2"
)

// stopWithin is how long an orderly stop may take: longer than a late answer
// and a send under way.
const stopWithin = 40 * time.Second

type commandLine struct {
	Serve   serveCommand   `cmd:"" help:"Serve the webhooks of Slack and Discord."`
	Import  importCommand  `cmd:"" help:"Bring in a CSV file of deals, leads, customers, costs, activities or past figures, or an export."`
	Export  exportCommand  `cmd:"" help:"Write everything of a workspace to a directory, as CSV and as JSON lines."`
	Forget  forgetCommand  `cmd:"" help:"Delete a workspace, or what there is of one member."`
	Migrate migrateCommand `cmd:"" help:"Carry the embedded database into MongoDB."`
	Doctor  doctorCommand  `cmd:"" help:"Look whether everything is set up, and say what to do next."`
	Slack   slackCommand   `cmd:"" help:"Print the manifest of the Slack app."`
	Discord discordCommand `cmd:"" help:"Set the Discord application up."`
	Outbox  outboxCommand  `cmd:"" help:"Look at the posts that are to be sent, or were; try some again, or drop them."`
	Hook    hookCommand    `cmd:"" help:"Make and revoke the secrets that a CRM's events are signed with."`
	Demo    demoCommand    `cmd:"" help:"Try smallwins in a local page with a sample team; needs nothing else."`
}

func main() {
	// Both signals ask for an orderly stop; a second one kills as usual.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	var line commandLine
	parser := kong.Must(&line,
		kong.Name("smallwins"),
		kong.Description("A chat bot that coaches sales teams. Settings come from flags or the environment."),
		kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	command, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	if err := command.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "smallwins: %v\n", err)
		os.Exit(1)
	}
}

type serveCommand struct {
	Config
}

// collectAt is by how many percent the memory in use may grow before garbage is
// collected. A bot waits most of its life, on a machine that it shares: half of
// Go's own 100 keeps it small for little processor time.
const collectAt = 50

// Run serves until a signal comes.
func (c *serveCommand) Run(ctx context.Context) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	app, err := NewApp(ctx, c.Config, systemParts(c.Config))
	if err != nil {
		return err
	}
	return app.Run(ctx)
}

// parts are what the program takes from its surroundings. Tests and the demo
// bring their own.
type parts struct {
	now   func() time.Time
	newID func() string
	log   *slog.Logger
	// sendWithin bounds an attempt to post; 0 leaves that to the deliverer.
	sendWithin time.Duration
}

func systemParts(config Config) parts {
	return parts{now: systemTime, newID: func() string { return ulid.Make().String() }, log: newLog(config)}
}

// systemTime is the time as documents keep it.
func systemTime() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

func newLog(config Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: config.LogLevel}
	if config.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}
