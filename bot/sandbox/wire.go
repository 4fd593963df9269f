package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"sync"
	"time"
)

// wireKept is how many exchanges are kept, and wireBody how much of each body.
const (
	wireKept = 200
	wireBody = 32 << 10
)

// Exchange is a request with its answer, as it went over the wire.
type Exchange struct {
	// ID counts from 1.
	ID int
	At time.Time
	// Platform is "slack" or "discord".
	Platform string
	// ToBot is set for what the platform sent, unset for what the bot called.
	ToBot bool
	// Line is the request's, Signature the header that vouches for it.
	Line, Signature string
	Request, Answer string
	// Status is the answer's; 0 where none came.
	Status int
	Took   time.Duration
	// Faults are how the exchange broke the contract; empty where it kept it.
	Faults []string
}

// wire keeps what went over the wire last.
type wire struct {
	bell *bell

	mu        sync.Mutex
	last      int
	exchanges []Exchange
}

// add keeps an exchange.
func (w *wire) add(exchange Exchange) {
	exchange.Request, exchange.Answer = readableBody(exchange.Request), readableBody(exchange.Answer)
	w.mu.Lock()
	w.last++
	exchange.ID = w.last
	w.exchanges = append(w.exchanges, exchange)
	if len(w.exchanges) > wireKept {
		w.exchanges = w.exchanges[1:]
	}
	w.mu.Unlock()
	w.bell.ring()
}

// after returns what was added after an id, oldest first.
func (w *wire) after(id int) []Exchange {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := sort.Search(len(w.exchanges), func(i int) bool { return w.exchanges[i].ID > id })
	return append([]Exchange(nil), w.exchanges[i:]...)
}

// listen records the calls that a platform's API answers.
func (w *wire) listen(name string, now func() time.Time, next http.Handler, judge func(status int, answer []byte) []string) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		began := now()
		body, err := io.ReadAll(http.MaxBytesReader(out, r.Body, maxBody))
		if err != nil {
			http.Error(out, "body too large", http.StatusRequestEntityTooLarge)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		line := r.Method + " " + r.URL.Path
		kept := &keeper{ResponseWriter: out}
		defer func() { // even where a fault breaks the connection
			w.add(Exchange{
				At: began, Platform: name, Line: line, Request: withQuery(r.URL.RawQuery, body), Answer: kept.body.String(),
				Status: kept.status, Took: now().Sub(began), Faults: judge(kept.status, kept.body.Bytes()),
			})
		}()
		next.ServeHTTP(kept, r)
	})
}

func withQuery(query string, body []byte) string {
	if query == "" || len(body) > 0 {
		return string(body)
	}
	return query
}

// keeper is a response that remembers what was written.
type keeper struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader remembers the status.
func (k *keeper) WriteHeader(status int) {
	k.status = status
	k.ResponseWriter.WriteHeader(status)
}

// Write remembers the body.
func (k *keeper) Write(text []byte) (int, error) {
	if k.status == 0 {
		k.status = http.StatusOK
	}
	k.body.Write(text[:min(len(text), max(0, wireBody-k.body.Len()))])
	return k.ResponseWriter.Write(text)
}

// Unwrap lets [http.ResponseController] reach the connection.
func (k *keeper) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// judgeSlack reads what is wrong from Slack's answer.
func judgeSlack(_ int, answer []byte) []string {
	var said struct {
		OK     bool     `json:"ok"`
		Error  string   `json:"error"`
		Errors []string `json:"errors"`
	}
	if json.Unmarshal(answer, &said) != nil {
		return []string{"no answer of the API"}
	}
	if said.OK {
		return nil
	}
	return append([]string{said.Error}, said.Errors...)
}

// judgeDiscord reads what is wrong from Discord's answer.
func judgeDiscord(status int, answer []byte) []string {
	if status >= http.StatusOK && status < http.StatusMultipleChoices {
		return nil
	}
	var said struct {
		Message string `json:"message"`
	}
	_ = json.Unmarshal(answer, &said)
	if said.Message == "" {
		said.Message = "no answer of the API"
	}
	return []string{said.Message}
}

// readableBody writes a body for reading: forms a field a line, JSON indented,
// tokens left out.
func readableBody(body string) string {
	if body == "" || len(body) > wireBody {
		return body[:min(len(body), wireBody)]
	}
	var out bytes.Buffer
	if json.Indent(&out, []byte(body), "", "  ") == nil {
		return out.String()
	}
	form, err := url.ParseQuery(body)
	if err != nil || !strings.Contains(body, "=") || strings.ContainsAny(body, " \n<{") {
		return body
	}
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		value := form.Get(name)
		if name == "token" && value != "" {
			value = "…"
		}
		out.WriteString(name + " = " + readableBody(value) + "\n")
	}
	return strings.TrimRight(out.String(), "\n")
}
