package sandbox_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	secret    = "shhh"
	pageToken = "page-token"
)

// received is a verified request that reached the webhook server.
type received struct {
	path string
	form url.Values
	body string
}

// webhook plays the webhook server: it refuses what is not signed properly and
// answers what it is told to.
type webhook struct {
	t     *testing.T
	clock *clock

	mu       sync.Mutex
	requests []received
	answer   func(w http.ResponseWriter, got received)
}

func (h *webhook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		h.t.Error(err)
	}
	stamp := r.Header.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || h.clock.Now().Sub(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		h.t.Errorf("timestamp %q is not of now", stamp)
	}
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	if want := "v0=" + hex.EncodeToString(mac.Sum(nil)); r.Header.Get("X-Slack-Signature") != want {
		http.Error(w, "bad signature", http.StatusUnauthorized)
		return
	}
	form, err := url.ParseQuery(string(body))
	if err != nil && r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		h.t.Error(err)
	}
	got := received{r.URL.Path, form, string(body)}
	h.mu.Lock()
	h.requests = append(h.requests, got)
	answer := h.answer
	h.mu.Unlock()
	if answer != nil {
		answer(w, got)
	}
}

func (h *webhook) reply(body string) {
	h.respond(func(w http.ResponseWriter, _ received) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	})
}

func (h *webhook) respond(answer func(http.ResponseWriter, received)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = answer
}

func (h *webhook) last() received {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.requests) == 0 {
		return received{}
	}
	return h.requests[len(h.requests)-1]
}

// page is a sandbox with its server, and a browser that has opened it.
type page struct {
	*sandbox.Sandbox
	t       *testing.T
	clock   *clock
	webhook *webhook
	server  *httptest.Server
	browser *http.Client
}

func newPage(t *testing.T, change ...func(*sandbox.Config)) *page {
	t.Helper()
	p := &page{t: t, clock: &clock{now: start}}
	p.webhook = &webhook{t: t, clock: p.clock}
	target := httptest.NewServer(p.webhook)
	t.Cleanup(target.Close)
	var ids atomic.Int64
	config := sandbox.Config{
		Target: target.URL, SigningSecret: secret, BotToken: token, Token: pageToken, Team: sampleTeam(),
		Now: p.clock.Now, NewID: func() string { return fmt.Sprint("id-", ids.Add(1)) },
		Advance: func(_ context.Context, to time.Time) error {
			p.clock.Add(to.Sub(p.clock.Now()))
			return nil
		},
		Commands: []sandbox.Command{{Name: "progress", Usage: "/goal progress [goal]", Description: "Where I stand"}},
	}
	for _, f := range change {
		f(&config)
	}
	var err error
	if p.Sandbox, err = sandbox.New(config); err != nil {
		t.Fatal(err)
	}
	p.server = httptest.NewServer(p.Handler())
	t.Cleanup(p.server.Close)
	t.Cleanup(p.Close)
	p.browser = p.newBrowser()
	if status, body := p.get("/?token=" + pageToken); status != http.StatusOK {
		t.Fatalf("open the page: %d %s", status, body)
	}
	return p
}

func (p *page) newBrowser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return &http.Client{Transport: p.server.Client().Transport, Jar: jar}
}

func (p *page) do(request *http.Request) (int, string) {
	p.t.Helper()
	answer, err := p.browser.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func (p *page) request(method, path, body string) *http.Request {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.server.URL+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-Requested-With", "fetch")
		request.Header.Set("Origin", p.server.URL)
	}
	return request
}

func (p *page) get(path string) (int, string) {
	p.t.Helper()
	return p.do(p.request(http.MethodGet, path, ""))
}

func (p *page) post(path string, form url.Values) (int, string) {
	p.t.Helper()
	return p.do(p.request(http.MethodPost, path, form.Encode()))
}

func (p *page) say(member, text string) {
	p.t.Helper()
	status, body := p.post("/say", url.Values{"as": {member}, "channel": {"C0001"}, "text": {text}})
	if status != http.StatusNoContent {
		p.t.Fatalf("say %q: %d %s", text, status, body)
	}
}

// seen is what a member sees in the channel.
func (p *page) seen(member string) string {
	p.t.Helper()
	status, body := p.get("/?as=" + member + "&channel=C0001")
	if status != http.StatusOK {
		p.t.Fatalf("page: %d %s", status, body)
	}
	_, messages, _ := strings.Cut(body, `<ol id="messages">`)
	messages, _, _ = strings.Cut(messages, "</ol>\n  </div>")
	return messages
}

// lastMessage is the newest message of the channel.
func (p *page) lastMessage() sandbox.Message {
	p.t.Helper()
	messages := p.API().Messages("C0001")
	if len(messages) == 0 {
		p.t.Fatal("no message")
	}
	return messages[len(messages)-1]
}

func TestPageNeedsItsTokenOnceAndThenTheCookie(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	if status, body := p.get("/"); status != http.StatusOK || !strings.Contains(body, "Acme Sales") {
		t.Errorf("with the cookie: got %d", status)
	}
	p.browser = p.newBrowser()
	for _, path := range []string{"/", "/?token=wrong", "/events?as=U0001&channel=C0001&after=0"} {
		if status, body := p.get(path); status != http.StatusForbidden || strings.Contains(body, "Acme") {
			t.Errorf("stranger at %s: got %d %s", path, status, body)
		}
	}
	status, _ := p.post("/say?token="+pageToken, url.Values{"as": {"U0001"}, "channel": {"C0001"}, "text": {"hi"}})
	if status != http.StatusForbidden || len(p.API().Messages("C0001")) != 0 {
		t.Errorf("the address does not open POSTs: got %d", status)
	}
}

func TestOtherHostsAndOriginsAreRefused(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	for host, want := range map[string]int{
		"evil.example": http.StatusForbidden, "127.0.0.1.evil.example:80": http.StatusForbidden,
		"10.0.0.1": http.StatusForbidden, "localhost.evil": http.StatusForbidden,
		"localhost:8081": http.StatusOK, "[::1]:8081": http.StatusOK, "127.0.0.1": http.StatusOK,
	} {
		request := p.request(http.MethodGet, "/static/sandbox.css", "")
		request.Host = host
		if status, _ := p.do(request); status != want {
			t.Errorf("host %s: got %d, want %d", host, status, want)
		}
	}
	request := p.request(http.MethodPost, "/api/auth.test", "")
	request.Host = "evil.example"
	if status, _ := p.do(request); status != http.StatusForbidden {
		t.Errorf("the Web API for another host: got %d", status)
	}
	form := url.Values{"as": {"U0001"}, "channel": {"C0001"}, "text": {"hi"}}.Encode()
	for _, header := range []http.Header{
		{"Origin": {"http://evil.example"}},
		{"Origin": {"null"}},
		{"Sec-Fetch-Site": {"cross-site"}},
		{"Origin": {"http://127.0.0.1:1"}, "Sec-Fetch-Site": {"same-site"}},
	} {
		request := p.request(http.MethodPost, "/say", form)
		for name, values := range header {
			request.Header[name] = values
		}
		if status, _ := p.do(request); status != http.StatusForbidden {
			t.Errorf("%v: got %d", header, status)
		}
	}
	if messages := p.API().Messages("C0001"); len(messages) != 0 {
		t.Errorf("got %+v", messages)
	}
}

func TestPageIsLightAndAllowsNoInlineScript(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	answer, err := p.browser.Do(p.request(http.MethodGet, "/", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	policy := answer.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
		t.Errorf("policy: %s", policy)
	}
	weight := len(body)
	for _, path := range []string{"sandbox.css", "parts.css", "discord.css", "sandbox.js", "live.js", "composer.js"} {
		status, file := p.get("/static/" + path)
		if status != http.StatusOK || strings.Contains(file, "://") && strings.Contains(file, "url(") {
			t.Errorf("%s: %d, or it loads from elsewhere", path, status)
		}
		weight += len(file)
	}
	if weight > 60_000 {
		t.Errorf("the page weighs %d bytes", weight)
	}
}

func TestClockMovesToTheTimesOnItsButtons(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"hour":        "2026-03-02T10:00:00+07:00",
		"morning":     "2026-03-03T09:00:00+07:00", // it is nine already
		"monday":      "2026-03-09T09:00:00+07:00",
		"month-end":   "2026-03-31T18:00:00+07:00",
		"quarter-end": "2026-03-31T18:00:00+07:00",
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPage(t)
			status, body := p.post("/clock", url.Values{"as": {"U0001"}, "channel": {"C0001"}, "to": {name}})
			got := p.clock.Now().In(time.FixedZone("", 7*60*60)).Format(time.RFC3339)
			if status != http.StatusNoContent || got != want {
				t.Errorf("got %d %s, %s, want %s", status, body, got, want)
			}
		})
	}
}

func TestClockIsHiddenWhereItCannotMove(t *testing.T) {
	t.Parallel()
	p := newPage(t, func(c *sandbox.Config) { c.Advance = nil })
	if _, body := p.get("/"); strings.Contains(body, "Monday morning") {
		t.Error("the buttons are shown")
	}
	if status, _ := p.post("/clock", url.Values{"as": {"U0001"}, "channel": {"C0001"}, "to": {"hour"}}); status < 400 {
		t.Errorf("got %d", status)
	}
}
