package bot

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"github.com/smallwins/smallwins/commands"
)

// Page is what a person opens in a browser.
type Page interface {
	// Open does what the page is for and returns what to show. It keeps no
	// reference to the visit. The error is for the log, whatever the answer.
	Open(ctx context.Context, visit commands.Visit) (commands.Answer, error)
}

// pageHeaders keep other sites from using a page, and its address, which may hold
// a secret, out of what browsers tell and keep.
var pageHeaders = map[string]string{
	"Cache-Control":           "no-store",
	"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"Referrer-Policy":         "no-referrer",
	"X-Content-Type-Options":  "nosniff",
}

// MountPage serves a page at a path. It is to be called before the server
// serves.
func (s *Server) MountPage(path string, page Page) {
	s.app.Get(path, func(c *fiber.Ctx) error { return s.open(c, path, page) })
}

func (s *Server) open(c *fiber.Ctx, path string, page Page) (err error) {
	defer recovered(&err)
	now, took := s.config.Now(), stopwatch()
	query, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		query = nil // It asks for nothing that there is.
	}
	ctx, cancel := context.WithTimeout(s.base, finishWithin)
	defer cancel()
	answer, err := page.Open(ctx, commands.Visit{
		Query: query, Now: now, Language: string(c.Request().Header.Peek(fiber.HeaderAcceptLanguage)),
		Cookie: func(name string) string { return string(c.Request().Header.Cookie(name)) },
	})
	s.config.Metrics.request(path, hookOutcome(answer.Status), took())
	if err != nil {
		level := slog.LevelWarn
		if answer.Status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		s.config.Log.Log(s.base, level, "page not served as wished", "path", path, "status", answer.Status, "remote", c.IP(), "error", err)
	}
	for name, value := range pageHeaders {
		c.Set(name, value)
	}
	return sent(c, answer)
}
