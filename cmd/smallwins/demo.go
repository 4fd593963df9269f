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
	"time"
)

// demoCommand runs the whole program on this machine alone: the real server on
// the embedded database, and a chat page that plays Slack and Discord.
type demoCommand struct {
	Addr      string `default:"127.0.0.1:8090" help:"Loopback address of the page."`
	Dir       string `help:"Directory to keep the data in; without one it is thrown away at the end."`
	Language  string `default:"en" enum:"en,th" help:"Language that the page opens in: en or th; it can be changed there."`
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
	demo, err := newDemo(ctx, c.Addr, dir, c.Language)
	if err != nil {
		return err
	}
	return demo.Run(ctx, func() {
		fmt.Printf("smallwins demo is running. Open this page:\n\n    %s\n\nPress Ctrl+C to end it.\n", demo.address)
		if !c.NoBrowser {
			openBrowser(ctx, demo.address)
		}
	})
}

// demo is the page with a world for each language.
type demo struct {
	worlds  []*demoWorld
	page    net.Listener
	server  *http.Server
	address string
}

// newDemo builds the worlds and serves the page; nothing is scheduled yet.
func newDemo(ctx context.Context, addr, dir, language string) (*demo, error) {
	if host, _, err := net.SplitHostPort(addr); err != nil || !net.ParseIP(host).IsLoopback() {
		return nil, fmt.Errorf("the demo's page stays on this machine: %q is no loopback address such as 127.0.0.1:8090", addr)
	}
	var listen net.ListenConfig
	page, err := listen.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("the demo's page: %w (choose another port with --addr)", err)
	}
	d := &demo{page: page}
	pageURL, pageToken := "http://"+page.Addr().String(), rand.Text()
	mux := http.NewServeMux()
	for _, language := range demoLanguages {
		path := "/" + language.tag
		world, err := newDemoWorld(ctx, language.tag, dir, pageURL+path, pageToken)
		if err != nil {
			return nil, errors.Join(err, world.close(ctx), d.close(ctx), page.Close())
		}
		d.worlds = append(d.worlds, world)
		mux.Handle(path+"/", http.StripPrefix(path, world.Handler()))
	}
	mux.Handle("GET /{$}", http.RedirectHandler("/"+language+"/", http.StatusSeeOther))
	d.address = pageURL + "/" + language + "/?token=" + pageToken
	d.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return d, nil
}

// close ends worlds that never ran.
func (d *demo) close(ctx context.Context) (err error) {
	for _, world := range d.worlds {
		err = errors.Join(err, world.close(ctx))
	}
	return err
}

// Run serves the page and the programs until the context ends or one of them
// fails; ready is called when the page can be used.
func (d *demo) Run(ctx context.Context, ready func()) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, len(d.worlds)+1)
	go func() {
		err := d.server.Serve(d.page)
		if errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		ended <- err
	}()
	var err error
	for _, world := range d.worlds {
		d.server.RegisterOnShutdown(world.sandbox.Close)
		err = errors.Join(err, world.register(ctx))
		go func() { ended <- world.app.Run(ctx) }()
	}
	if err == nil {
		ready()
		err = <-ended
	} else {
		cancel()
		err = errors.Join(err, <-ended)
	}
	cancel()
	// The programs end first: what they send last still finds its platform.
	for range len(d.worlds) - 1 {
		err = errors.Join(err, <-ended)
	}
	stopCtx, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer stop()
	err = errors.Join(err, d.server.Shutdown(stopCtx))
	return errors.Join(err, <-ended)
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
