package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

// demoCommand runs the whole program on this machine alone: the real server on
// the embedded database, and a chat page that plays Slack.
type demoCommand struct {
	Addr      string `default:"127.0.0.1:8090" help:"Loopback address of the page."`
	Dir       string `help:"Directory to keep the data in; without one it is thrown away at the end."`
	NoBrowser bool   `help:"Do not open the page in a browser."`
}

// Run serves the demo until a signal comes.
func (c *demoCommand) Run(ctx context.Context) error {
	dir := c.Dir
	if dir == "" {
		temporary, err := os.MkdirTemp("", "smallwins-demo-")
		if err != nil {
			return fmt.Errorf("make a throw-away directory: %w", err)
		}
		defer os.RemoveAll(temporary)
		dir = temporary
	}
	demo, err := newDemo(ctx, c.Addr, dir)
	if err != nil {
		return err
	}
	fmt.Printf("smallwins demo is running. Open this page:\n\n    %s\n\nPress Ctrl+C to end it.\n", demo.address)
	if !c.NoBrowser {
		openBrowser(ctx, demo.address)
	}
	return demo.Run(ctx)
}

// demo is the program together with the sandbox around it.
type demo struct {
	app     *App
	sandbox *sandbox.Sandbox
	clock   *movableClock
	page    net.Listener
	address string
}

// newDemo builds everything and fills the database with the sample team's story
// if it is empty.
func newDemo(ctx context.Context, addr, dir string) (*demo, error) {
	if host, _, err := net.SplitHostPort(addr); err != nil || !net.ParseIP(host).IsLoopback() {
		return nil, fmt.Errorf("the demo's page stays on this machine: %q is no loopback address such as 127.0.0.1:8090", addr)
	}
	var listen net.ListenConfig
	page, err := listen.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the demo's page: %w (choose another port with --addr)", err)
	}
	d := &demo{clock: &movableClock{}, page: page}
	pageURL := "http://" + page.Addr().String()
	signingSecret, botToken, pageToken := rand.Text(), "xoxb-"+rand.Text(), rand.Text()

	config := Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: dir, LogFormat: "text",
		SlackSigningSecret: Secret(signingSecret), SlackBotToken: Secret(botToken), SlackAPIURL: pageURL + "/api/",
	}
	surroundings := systemParts(config)
	surroundings.now = d.clock.Now
	if d.app, err = NewApp(ctx, config, surroundings); err != nil {
		return nil, errors.Join(err, page.Close())
	}
	target, err := d.app.Listen(ctx)
	if err != nil {
		return nil, errors.Join(err, page.Close())
	}
	if err := tellSample(ctx, d.app.store, d.clock.Now()); err != nil {
		return nil, errors.Join(fmt.Errorf("sample team: %w", err), page.Close())
	}
	d.sandbox, err = sandbox.New(sandbox.Config{
		Target: "http://" + target.String(), URL: pageURL,
		SigningSecret: signingSecret, BotToken: botToken, Token: pageToken,
		Team: sampleTeam, Now: d.clock.Now, Advance: d.advance, NewID: rand.Text,
		Commands: sandboxCommands(),
	})
	if err != nil {
		return nil, errors.Join(err, page.Close())
	}
	d.address = pageURL + "/?token=" + pageToken
	return d, nil
}

// Run serves the page and the program until the context ends.
func (d *demo) Run(ctx context.Context) error {
	server := &http.Server{Handler: d.sandbox.Handler(), ReadHeaderTimeout: 5 * time.Second}
	server.RegisterOnShutdown(d.sandbox.Close)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	served := make(chan error, 1)
	go func() {
		defer cancel()
		served <- server.Serve(d.page)
	}()
	err := d.app.Run(ctx)
	stopCtx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	err = errors.Join(err, server.Shutdown(stopCtx))
	if serveErr := <-served; !errors.Is(serveErr, http.ErrServerClosed) {
		err = errors.Join(err, serveErr)
	}
	return err
}

// advance moves the clock and does at once what the scheduler would do within
// the next seconds.
func (d *demo) advance(ctx context.Context, to time.Time) error {
	d.clock.Set(to)
	if err := d.app.router.Tick(ctx, d.clock.Now()); err != nil {
		return err
	}
	for {
		tried, err := d.app.posts.Round(ctx)
		if err != nil || tried == 0 {
			return err
		}
	}
}

func sandboxCommands() []sandbox.Command {
	wording, err := commands.LoadWording()
	if err != nil {
		return nil
	}
	var list []sandbox.Command
	for _, command := range commands.Table() {
		list = append(list, sandbox.Command{
			Name: command.Name, Usage: command.Line(), Description: wording.In("en").Text(command.Summary, nil),
		})
	}
	return list
}

// movableClock runs with the system's clock, ahead of it by an offset.
type movableClock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// Now returns the clock's time.
func (c *movableClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return systemTime().Add(c.ahead)
}

// Set moves the clock forward; it never goes back.
func (c *movableClock) Set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = max(c.ahead, to.Sub(systemTime()))
}

// openBrowser tries to show the page; where that fails, the printed address
// serves.
func openBrowser(ctx context.Context, address string) {
	program, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		program = "open"
	case "windows":
		program, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	command := exec.CommandContext(ctx, program, args...) //nolint:gosec // A fixed program with the address made above.
	if err := command.Start(); err == nil {
		go func() { _ = command.Wait() }()
	}
}
