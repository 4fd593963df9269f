package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
)

// childSign in the environment makes the test binary a server, so that tests
// can kill one. Its value is how far the server's clock is from this machine's.
// childPatience says how long the server's attempts to post may take.
const (
	childSign     = "SMALLWINS_TEST_CHILD"
	childPatience = "SMALLWINS_TEST_CHILD_PATIENCE"
)

// serveAsChild is main with another clock; it prints the address it serves on.
func serveAsChild() int {
	ahead, err := time.ParseDuration(os.Getenv(childSign))
	if err != nil {
		return fail(err)
	}
	patience, err := time.ParseDuration(os.Getenv(childPatience))
	if err != nil {
		return fail(err)
	}
	var line commandLine
	parser, err := kong.New(&line, kong.BindTo(context.Background(), (*context.Context)(nil)))
	if err != nil {
		return fail(err)
	}
	if _, err := parser.Parse([]string{"serve"}); err != nil {
		return fail(err)
	}
	parts := systemParts(line.Serve.Config)
	parts.now = func() time.Time { return systemTime().Add(ahead) }
	parts.sendWithin = patience
	app, err := NewApp(context.Background(), line.Serve.Config, parts)
	if err != nil {
		return fail(err)
	}
	address, err := app.Listen(context.Background())
	if err != nil {
		return fail(err)
	}
	fmt.Println("http://" + address.String())
	// The parent holds the other end of standard input: no child outlives it.
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	if err := app.Run(ctx); err != nil {
		return fail(err)
	}
	return 0
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// child is a server in a process of its own.
type child struct {
	base    string
	process *exec.Cmd
	stdin   io.Closer
}

// startChild starts a server with a clock ahead of this machine's.
func startChild(t *testing.T, ahead time.Duration, config Config) *child {
	t.Helper()
	return startHasty(t, ahead, 0, config)
}

// startHasty is startChild for a server that gives an attempt to post up after
// its patience; 0 stands for the usual one.
func startHasty(t *testing.T, ahead, patience time.Duration, config Config) *child {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program)
	command.Env = append(os.Environ(),
		childSign+"="+ahead.String(), childPatience+"="+patience.String(), "LISTEN_ADDR="+config.ListenAddr, "METRICS_ADDR=off", "LOG_LEVEL=error",
		"DATA_DIR="+config.DataDir, "MONGODB_URI="+string(config.MongoDBURI), "MONGODB_DATABASE="+config.MongoDBDatabase,
		"SLACK_SIGNING_SECRET="+string(config.SlackSigningSecret), "SLACK_BOT_TOKEN="+string(config.SlackBotToken),
		"SLACK_API_URL="+config.SlackAPIURL,
		"DISCORD_PUBLIC_KEY="+config.DiscordPublicKey, "DISCORD_APPLICATION_ID="+config.DiscordApplicationID,
		"DISCORD_BOT_TOKEN="+string(config.DiscordBotToken), "DISCORD_API_URL="+config.DiscordAPIURL,
		"SLACK_API_URL="+config.SlackAPIURL, "ENCRYPTION_KEY="+string(config.EncryptionKey),
	)
	var complaints strings.Builder
	command.Stderr = &complaints
	stdin, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{process: command, stdin: stdin}
	t.Cleanup(c.kill)
	base, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		c.kill()
		t.Fatalf("the server did not start: %v\n%s", err, complaints.String())
	}
	c.base = strings.TrimSpace(base)
	return c
}

// kill ends the server as a crash would. It may be called again.
func (c *child) kill() {
	_ = c.process.Process.Kill()
	_ = c.process.Wait()
	_ = c.stdin.Close()
}
