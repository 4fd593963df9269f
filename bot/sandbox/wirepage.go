package sandbox

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// exchangeView is an exchange as the page shows it.
type exchangeView struct {
	Exchange
	Clock, Duration string
}

// renderExchange writes the line of an exchange.
func (s *Sandbox) renderExchange(exchange Exchange) (template.HTML, error) {
	view := exchangeView{
		Exchange: exchange, Clock: exchange.At.In(s.zone).Format("15:04:05"), Duration: inMilliseconds(exchange.Took),
	}
	var out strings.Builder
	if err := s.pages.ExecuteTemplate(&out, "exchange", view); err != nil {
		return "", fmt.Errorf("render exchange: %w", err)
	}
	return template.HTML(out.String()), nil //nolint:gosec // It is a template's output.
}

// inMilliseconds writes how long something took.
func inMilliseconds(took time.Duration) string {
	if took < time.Millisecond {
		return "< 1 ms"
	}
	return strconv.FormatInt(took.Milliseconds(), 10) + " ms"
}

// exchange shows all of one exchange.
func (s *Sandbox) exchange(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	found := s.wire.after(id - 1)
	if err != nil || len(found) == 0 || found[0].ID != id {
		http.NotFound(w, r)
		return
	}
	var out bytes.Buffer
	if err := s.pages.ExecuteTemplate(&out, "exchange-detail", exchangeView{Exchange: found[0]}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = out.WriteTo(w)
}
