package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"time"
)

// Bounds of a run: more would measure the client, or load a machine for no
// good.
const (
	maxConnections = 1024
	maxRequests    = 1_000_000
	maxSeconds     = 120
	maxMembers     = 1_000_000
	maxRounds      = 10
	// warmUp is how many requests go before each measurement.
	warmUp = 2000
)

// runCommand loads a server that was prepared, and the bare handler.
type runCommand struct {
	Target      string `default:"http://127.0.0.1:8080" help:"The server; it must be on this machine."`
	Secret      string `env:"SLACK_SIGNING_SECRET" required:"" help:"What the server verifies signatures with."`
	Connections []int  `default:"32,256" help:"Numbers of connections to measure at."`
	Requests    int64  `default:"1000000" help:"Requests per measurement, at most."`
	Seconds     int    `default:"10" help:"Seconds per measurement, at most."`
	Rounds      int    `default:"1" help:"How often to measure; the round with the most requests a second counts."`
	Command     string `default:"progress" enum:"progress,log,help,mix" help:"What to ask for: progress, log, help or a mix."`
	Members     int    `default:"10000" help:"Members that ask; as many as were prepared, or fewer."`
	PID         int    `name:"pid" help:"The server's process, to measure its processor time and memory."`
}

// Run measures and prints a table. It fails if any answer was wrong.
func (c *runCommand) Run(ctx context.Context) error {
	load, err := c.load(ctx)
	if err != nil {
		return err
	}
	first := command(c.Command)
	if first == mix {
		first = progress
	}
	answer, err := load.ask(first, 0)
	if err == nil {
		err = load.check(first, 0, answer)
	}
	if err != nil {
		return fmt.Errorf("ask for %s before the load: %w", first, err)
	}
	bare, err := startBare(ctx, c.Secret, answer)
	if err != nil {
		return err
	}
	fixed := load
	fixed.address, fixed.check = bare.address, func(_ command, _ int, body []byte) error {
		if !bytes.Equal(body, answer) {
			return errors.New("the bare handler answers something else")
		}
		return nil
	}
	table, err := c.measure(ctx, []subject{{"bare handler", bare.pid(), fixed}, {"smallwins", c.PID, load}})
	if err := errors.Join(err, bare.stop()); err != nil {
		return err
	}
	fmt.Printf("`/goal %s`, an answer of %d bytes, %d members, %d CPUs\n\n", c.Command, len(answer), c.Members, runtime.NumCPU())
	return table.report(os.Stdout)
}

// load checks the flags.
func (c *runCommand) load(ctx context.Context) (load, error) {
	address, err := loopback(ctx, c.Target)
	if err != nil {
		return load{}, err
	}
	for _, n := range c.Connections {
		if n < 1 || n > maxConnections {
			return load{}, fmt.Errorf("%d connections: from 1 to %d are allowed", n, maxConnections)
		}
	}
	switch {
	case c.Requests < 1 || c.Requests > maxRequests:
		return load{}, fmt.Errorf("%d requests: from 1 to %d are allowed", c.Requests, maxRequests)
	case c.Seconds < 1 || c.Seconds > maxSeconds:
		return load{}, fmt.Errorf("%d seconds: from 1 to %d are allowed", c.Seconds, maxSeconds)
	case c.Members < 1 || c.Members > maxMembers:
		return load{}, fmt.Errorf("%d members: from 1 to %d are allowed", c.Members, maxMembers)
	case c.Rounds < 1 || c.Rounds > maxRounds:
		return load{}, fmt.Errorf("%d rounds: from 1 to %d are allowed", c.Rounds, maxRounds)
	}
	return load{
		address: address, secret: []byte(c.Secret), run: "load." + strconv.FormatInt(time.Now().UnixNano(), 36),
		command: command(c.Command), members: c.Members, check: newChecker(c.Members).check,
		requests: c.Requests, time: time.Duration(c.Seconds) * time.Second,
	}, nil
}

// loopback returns the address of a server on this machine and refuses any
// other.
func loopback(ctx context.Context, target string) (string, error) {
	address, err := url.Parse(target)
	if err != nil || address.Scheme != "http" || address.Hostname() == "" || address.Path != "" && address.Path != "/" {
		return "", fmt.Errorf("target %q is not http://host:port", target)
	}
	port := address.Port()
	if port == "" {
		port = "80"
	}
	found, err := net.DefaultResolver.LookupIPAddr(ctx, address.Hostname())
	if err != nil {
		return "", fmt.Errorf("target: %w", err)
	}
	for _, ip := range found {
		if !ip.IP.IsLoopback() {
			return "", fmt.Errorf("target %q is not on this machine", target)
		}
	}
	return net.JoinHostPort(found[0].String(), port), nil
}
