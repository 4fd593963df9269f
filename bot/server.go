// Package bot is the webhook server and the delivery loop.
//
// The server verifies, decodes, hands a request to package commands and renders
// the answer, inside the time that the chat platforms allow; past it, it
// acknowledges and finishes the answer afterwards. The loop takes posts from
// the outbox and brings each to its channel: once, or not at all with a reason.
//
// It knows no platform: cmd hands it adapters. It is the only package that
// knows Fiber.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/smallwins/smallwins/commands"
)

// Limits of the server. Slack and Discord wait three seconds for an answer; a
// command that is not done within the budget is finished afterwards, for as
// long as a late answer is of use.
const (
	DefaultBudget = 2 * time.Second
	finishWithin  = 30 * time.Second
	bodyLimit     = 1 << 20
	headerLimit   = 8 << 10
	answerBuffer  = 8 << 10 // most answers leave in one write
	ioTimeout     = 10 * time.Second
	filesWithin   = 30 * time.Second // for an answer that brings files
	idleTimeout   = 75 * time.Second
	readyTimeout  = time.Second
)

// Handler carries out requests: the command router.
type Handler interface {
	// Handle carries out a request and returns what to say.
	Handle(ctx context.Context, request commands.Request) (commands.Reply, error)
	// Explain words an error of Handle for the member who asked. The reference
	// helps an operator to find the log line.
	Explain(request commands.Request, err error, reference string) commands.Reply
}

// ServerConfig is what a server needs. All fields but Budget are required.
type ServerConfig struct {
	Handler Handler
	// Ledger remembers the requests that a platform may send again.
	Ledger Ledger
	// Ready reports whether requests can be served, in particular whether the
	// database can be reached.
	Ready func(ctx context.Context) error
	// Now is the clock that requests are judged by; how long they take is
	// measured by the machine's own. NewID makes the references that join a reply to the log.
	Now   func() time.Time
	NewID func() string
	Log   *slog.Logger
	// Metrics counts what is served.
	Metrics *Metrics
	// Budget is how long a command may take before it is acknowledged and
	// finished later; 0 means DefaultBudget.
	Budget time.Duration
}

// Server answers the requests of chat platforms and hooks.
type Server struct {
	config  ServerConfig
	app     *fiber.App
	stopped atomic.Bool
	crew    *crew // runs the commands
	hook    Hook  // nil where none is mounted
	// late are the requests that were acknowledged and are still being finished.
	late   sync.WaitGroup
	cancel context.CancelFunc
	base   context.Context //nolint:containedctx // The life of all requests, as in net/http's BaseContext.
}

// NewServer returns a server with its health endpoints; Mount adds platforms,
// MountHook a hook.
func NewServer(config ServerConfig) *Server {
	if config.Budget == 0 {
		config.Budget = DefaultBudget
	}
	server := &Server{config: config, crew: newCrew()}
	server.base, server.cancel = context.WithCancel(context.Background())
	server.app = fiber.New(fiber.Config{
		DisableStartupMessage: true,
		BodyLimit:             bodyLimit,
		ReadBufferSize:        headerLimit,
		WriteBufferSize:       answerBuffer,
		ReadTimeout:           ioTimeout,
		WriteTimeout:          ioTimeout,
		IdleTimeout:           idleTimeout,
		// Connections that wait for the next request hold no buffers.
		ReduceMemoryUsage: true,
		ErrorHandler:      server.refuse,
	})
	server.app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	server.app.Get("/readyz", server.ready)
	return server
}

// Mount serves a platform's requests at a path.
func (s *Server) Mount(path string, platform Platform) {
	s.app.Post(path, func(c *fiber.Ctx) error { return s.serve(c, path, platform) })
}

// Serve answers connections until Shutdown.
func (s *Server) Serve(listener net.Listener) error {
	if err := s.app.Listener(listener); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Retire makes the server report that it is not ready, so that no new work is
// sent its way.
func (s *Server) Retire() { s.stopped.Store(true) }

// Shutdown stops accepting, answers what was accepted and finishes what was
// acknowledged, until the context ends.
func (s *Server) Shutdown(ctx context.Context) error {
	s.Retire()
	err := s.app.ShutdownWithContext(ctx)
	done := make(chan struct{})
	drained := err == nil
	go func() {
		defer close(done)
		s.late.Wait()
		if drained {
			s.crew.dismiss()
		}
	}()
	select {
	case <-done:
	case <-ctx.Done():
		err = errors.Join(err, fmt.Errorf("answers under way were cut off: %w", ctx.Err()))
	}
	s.cancel()
	<-done
	return err
}

func (s *Server) serve(c *fiber.Ctx, path string, platform Platform) (err error) {
	// What an adapter does with a body that nobody foresaw must not end the
	// server.
	defer recovered(&err)
	began, now := time.Now(), s.config.Now()
	// The raw bytes are what was signed; c.Body() would decompress them.
	body := c.Request().Body()
	header := func(name string) string { return c.Get(name) }
	if err := platform.Verify(header, body, now); err != nil {
		s.config.Metrics.request(path, "unverified", 0)
		s.config.Log.WarnContext(c.Context(), "request refused", "path", path, "remote", c.IP(), "error", err)
		return c.SendStatus(fiber.StatusUnauthorized)
	}
	request, err := platform.Decode(body, now)
	if err != nil {
		return s.undecoded(c, path, err)
	}

	// The command runs beside this handler, since nothing could be answered in
	// time otherwise while it waits for a slow database.
	e := errands.Get().(*errand)
	e.path, e.platform, e.request = path, platform, request
	ctx, cancel := context.WithTimeout(s.base, finishWithin)
	s.crew.run(func() { s.carryOut(ctx, e) })
	e.budget.Reset(s.config.Budget)
	select {
	case <-e.done:
		e.budget.Stop()
		cancel()
		s.explain(e, time.Since(began))
		return s.render(c, e)
	case <-e.budget.C:
		s.late.Go(func() {
			defer cancel()
			<-e.done
			s.explain(e, time.Since(began))
			s.finish(e)
		})
		return answer(c, platform.Wait(request))
	}
}

// render answers with what came of an errand, or acknowledges it where the answer
// goes out by Finish.
func (s *Server) render(c *fiber.Ctx, e *errand) error {
	// The adapter writes into the response's own buffer. It is taken out for as
	// long, so that nothing is left in it of an answer that breaks off.
	body, err := e.platform.Render(c.Response().SwapBody(nil)[:0], e.request, e.reply)
	if err != nil {
		return fmt.Errorf("render: %w", err)
	}
	c.Response().SwapBody(body)
	if len(body) == 0 {
		s.late.Go(func() { s.finish(e) })
		return answer(c, e.platform.Wait(e.request))
	}
	e.release()
	c.Status(fiber.StatusOK)
	c.Response().Header.SetContentType(fiber.MIMEApplicationJSON)
	return nil
}

// undecoded answers a request that no command is to carry out.
func (s *Server) undecoded(c *fiber.Ctx, path string, err error) error {
	var handshake *commands.Handshake
	switch {
	case errors.Is(err, commands.ErrIgnored):
		return answer(c, nil)
	case errors.As(err, &handshake):
		return s.shake(c, path, handshake)
	}
	s.config.Metrics.request(path, "unreadable", 0)
	s.config.Log.WarnContext(c.Context(), "request unreadable", "path", path, "error", err)
	return c.SendStatus(fiber.StatusBadRequest)
}

// shake answers what a platform has with its app alone.
func (s *Server) shake(c *fiber.Ctx, path string, handshake *commands.Handshake) error {
	if handshake.Do != nil {
		ctx, cancel := context.WithTimeout(s.base, s.config.Budget)
		defer cancel()
		if err := handshake.Do(ctx); err != nil {
			return fmt.Errorf("handshake at %s: %w", path, err)
		}
	}
	return answer(c, handshake.Body)
}

// stopwatch measures by the machine's own clock.
func stopwatch() (took func() time.Duration) {
	began := time.Now()
	return func() time.Duration { return time.Since(began) }
}

// answer sends JSON, or acknowledges with an empty body where there is none:
// Fiber's SendStatus would write one, which Slack shows.
func answer(c *fiber.Ctx, body []byte) error {
	c.Status(fiber.StatusOK)
	if body != nil {
		c.Response().Header.SetContentType(fiber.MIMEApplicationJSON)
		c.Response().SetBodyRaw(body)
	}
	return nil
}

func (s *Server) ready(c *fiber.Ctx) error {
	if s.stopped.Load() {
		return c.Status(fiber.StatusServiceUnavailable).SendString("shutting down\n")
	}
	ctx, cancel := context.WithTimeout(s.base, readyTimeout)
	defer cancel()
	if err := s.config.Ready(ctx); err != nil {
		s.config.Log.ErrorContext(ctx, "not ready", "error", err)
		return c.Status(fiber.StatusServiceUnavailable).SendString("database unreachable\n")
	}
	return c.SendString("ready\n")
}

// refuse answers what no handler took: unknown paths, bodies over the limit,
// requests that are no HTTP.
func (s *Server) refuse(c *fiber.Ctx, err error) error {
	status := fiber.StatusInternalServerError
	var known *fiber.Error
	if errors.As(err, &known) {
		status = known.Code
	} else {
		s.config.Log.ErrorContext(s.base, "request failed", "path", c.Path(), "error", err)
	}
	if answered, err := s.refuseHook(c, status); answered {
		return err
	}
	return c.SendStatus(status)
}
