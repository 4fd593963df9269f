package bot

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/smallwins/smallwins/commands"
)

// Hook takes what other programs send. It answers in a form of its own, errors
// included.
type Hook interface {
	// Receive verifies a request for a workspace, takes it and returns the
	// answer. It keeps no reference to what it is given. The error is for the
	// log, whatever the answer.
	Receive(ctx context.Context, workspace string, header func(name string) string, body []byte, now time.Time) (commands.Answer, error)
	// Refuse returns the answer to a request that the server itself refuses.
	Refuse(status int, header func(name string) string) commands.Answer
	// MaxBody is how many bytes a request may have.
	MaxBody() int
}

// The addresses of hooks.
const (
	hooksPath = "/hooks/"
	hookPath  = hooksPath + ":workspace/events"
)

// MountHook serves a hook at /hooks/WORKSPACE/events. It is to be called once at
// most, before the server serves.
func (s *Server) MountHook(hook Hook) {
	s.hook = hook
	s.app.Post(hookPath, s.receive)
	// A hook's requests may be larger than others'; what is larger still is
	// refused by its header, unread.
	s.app.Server().HeaderReceived = func(header *fasthttp.RequestHeader) fasthttp.RequestConfig {
		if strings.HasPrefix(string(header.RequestURI()), hooksPath) {
			return fasthttp.RequestConfig{MaxRequestBodySize: hook.MaxBody()}
		}
		return fasthttp.RequestConfig{}
	}
}

func (s *Server) receive(c *fiber.Ctx) (err error) {
	defer recovered(&err)
	now, took := s.config.Now(), stopwatch()
	workspace, err := url.PathUnescape(c.Params("workspace"))
	if err != nil {
		return fiber.ErrNotFound
	}
	header := func(name string) string { return c.Get(name) }
	answer, err := s.hook.Receive(s.base, workspace, header, c.Request().Body(), now)
	s.config.Metrics.request(hookPath, hookOutcome(answer.Status), took())
	if err != nil {
		level := slog.LevelWarn
		if answer.Status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		s.config.Log.Log(s.base, level, "events not taken", "workspace", workspace, "status", answer.Status, "remote", c.IP(), "error", err)
	}
	return sent(c, answer)
}

// hookOutcome is what the metrics call an answer.
func hookOutcome(status int) string {
	switch {
	case status == http.StatusUnauthorized:
		return "unverified"
	case status < http.StatusBadRequest:
		return "answered"
	case status < http.StatusInternalServerError && status != http.StatusTooManyRequests:
		return "declined"
	default:
		return "failed"
	}
}

func sent(c *fiber.Ctx, answer commands.Answer) error {
	for name, value := range answer.Header {
		c.Set(name, value)
	}
	return c.Status(answer.Status).Send(answer.Body)
}

// refuseHook answers for the hook what the server refused, where the request was
// for one.
func (s *Server) refuseHook(c *fiber.Ctx, status int) (answered bool, err error) {
	if s.hook == nil || !strings.HasPrefix(c.Path(), hooksPath) {
		return false, nil
	}
	s.config.Metrics.request(hookPath, hookOutcome(status), 0)
	return true, sent(c, s.hook.Refuse(status, func(name string) string { return c.Get(name) }))
}
