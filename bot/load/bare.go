package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/smallwins/smallwins/bot/slack"
)

// bareCommand serves what the server is compared with: a Fiber handler that
// verifies the signature and answers with the first line of its input, until
// the input ends. It says on its output where it listens.
type bareCommand struct {
	Secret string `env:"SLACK_SIGNING_SECRET" required:""`
}

// Run serves until standard input ends, which it does with the parent at the
// latest.
func (c *bareCommand) Run() error { return serveBare(c.Secret, os.Stdin, os.Stdout) }

func serveBare(secret string, input io.Reader, output io.Writer) error {
	app, err := slack.New(slack.Config{SigningSecret: secret})
	if err != nil {
		return err
	}
	lines := bufio.NewReader(input)
	answer, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the answer to give: %w", err)
	}
	answer = bytes.TrimSpace(answer)
	server := fiber.New(fiber.Config{DisableStartupMessage: true})
	server.Post(commandsPath, func(c *fiber.Ctx) error {
		header := func(name string) string { return c.Get(name) }
		if err := app.Verify(header, c.Request().Body(), time.Now()); err != nil {
			return c.SendStatus(fiber.StatusUnauthorized)
		}
		c.Response().Header.SetContentType(fiber.MIMEApplicationJSON)
		c.Response().SetBodyRaw(answer)
		return nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // It lasts as long as the process.
	if err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, lines)
		_ = server.Shutdown()
	}()
	if _, err := fmt.Fprintln(output, listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	return server.Listener(listener)
}

// bareProcess is this program running [bareCommand].
type bareProcess struct {
	command *exec.Cmd
	input   io.WriteCloser
	address string
}

// startBare starts the handler with an answer of one line.
func startBare(ctx context.Context, secret string, answer []byte) (_ *bareProcess, err error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	b := &bareProcess{command: exec.CommandContext(ctx, program, "bare")} //nolint:gosec // This very program.
	b.command.Env = append(os.Environ(), "SLACK_SIGNING_SECRET="+secret)
	b.command.Stderr = os.Stderr
	if b.input, err = b.command.StdinPipe(); err != nil {
		return nil, err
	}
	output, err := b.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := b.command.Start(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, b.stop())
		}
	}()
	if _, err := b.input.Write(append(bytes.Clone(answer), '\n')); err != nil {
		return nil, fmt.Errorf("start the bare handler: %w", err)
	}
	address, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("start the bare handler: %w", err)
	}
	b.address = strings.TrimSpace(address)
	return b, nil
}

func (b *bareProcess) pid() int { return b.command.Process.Pid }

// stop ends the process and waits for it.
func (b *bareProcess) stop() error {
	return errors.Join(b.input.Close(), b.command.Wait())
}
