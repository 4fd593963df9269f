package bot_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	)
}

// echo is a platform whose requests are their text: "forged" is not verified,
// "garbled" not readable, "ping" wants no answer, "knock" is a
// handshake, "press" is answered late only, "again" may come twice; each word
// that begins with "break" breaks where it says.
type echo struct {
	finished chan string
}

func (echo) Verify(_ func(string) string, body []byte, _ time.Time) error {
	if string(body) == "break verify" {
		panic("a bug")
	}
	if string(body) == "forged" {
		return errors.New("forged")
	}
	return nil
}

func (echo) Decode(body []byte, received time.Time) (commands.Request, error) {
	switch text := string(body); text {
	case "garbled":
		return commands.Request{}, errors.New("garbled")
	case "ping":
		return commands.Request{}, commands.ErrIgnored
	case "break decode":
		panic("a bug")
	case "again":
		return commands.Request{ID: "1", Text: "press again", Received: received, Repeats: true}, nil
	case "knock":
		return commands.Request{}, &commands.Handshake{Body: []byte(`"who is there"`)}
	default:
		return commands.Request{ID: "1", Text: text, Received: received}, nil
	}
}

func (echo) Render(to []byte, request commands.Request, reply commands.Reply) ([]byte, error) {
	if strings.HasPrefix(request.Text, "press") {
		return to, nil
	}
	to = append(to, `"`+reply.Summary()+`"`...)
	switch request.Text {
	case "break render":
		panic("a bug")
	case "spoil render":
		return to, errors.New("spoiled")
	}
	return to, nil
}

func (echo) Wait(commands.Request) []byte { return []byte(`"wait"`) }

func (e echo) Finish(_ context.Context, request commands.Request, reply commands.Reply) error {
	if request.Text == "press break" {
		defer func() { e.finished <- "broken" }()
		panic("a bug")
	}
	e.finished <- reply.Summary()
	return nil
}

// handler answers with the text; some texts misbehave.
type handler struct {
	release chan struct{}
}

func (h handler) Handle(ctx context.Context, request commands.Request) (commands.Reply, error) {
	switch request.Text {
	case "panic":
		panic("a bug")
	case "fail":
		return commands.Reply{}, errors.New("secret detail")
	case "refuse":
		return commands.Reply{}, coaching.Refuse("amount_zero")
	case "slow":
		select {
		case <-h.release:
		case <-ctx.Done():
			return commands.Reply{}, ctx.Err()
		}
	}
	return text(request.Text), nil
}

func (handler) Explain(_ commands.Request, err error, reference string) commands.Reply {
	if coaching.CodeOf(err) == coaching.Internal {
		return text("sorry " + reference)
	}
	return text("refused")
}

func text(text string) commands.Reply {
	return commands.Reply{Parts: []commands.Part{commands.Text{Line: commands.Line{{Text: text}}}}}
}

type servedBot struct {
	url      string
	server   *bot.Server
	finished chan string
	release  chan struct{}
	log      *lockedBuffer
}

// serve runs a server with a budget until the test ends.
func serve(t *testing.T, budget time.Duration, ready func(context.Context) error) *servedBot {
	t.Helper()
	s := &servedBot{finished: make(chan string, 1), release: make(chan struct{}), log: new(lockedBuffer)}
	s.server = bot.NewServer(bot.ServerConfig{
		Handler: handler{s.release}, Ledger: new(ledger), Ready: ready, Budget: budget,
		Now: func() time.Time { return time.Unix(0, 0) }, NewID: func() string { return "ref-7" },
		Log: slog.New(slog.NewTextHandler(s.log, nil)), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	})
	s.server.Mount("/echo", echo{s.finished})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + listener.Addr().String()
	served := make(chan error, 1)
	go func() { served <- s.server.Serve(listener) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := errors.Join(s.server.Shutdown(ctx), <-served); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *servedBot) post(t *testing.T, body string) (status int, answer string) {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Post(s.url+"/echo", "text/plain", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(read)
}

func ready(context.Context) error { return nil }

func TestServerAnswersEveryRequestInItsWay(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute, ready)
	for _, test := range []struct {
		body   string
		status int
		answer string
	}{
		{"hello", http.StatusOK, `"hello"`},
		{"forged", http.StatusUnauthorized, ""},
		{"garbled", http.StatusBadRequest, ""},
		{"ping", http.StatusOK, ""},
		{"knock", http.StatusOK, `"who is there"`},
		{"refuse", http.StatusOK, `"refused"`},
		{"fail", http.StatusOK, `"sorry ref-7"`},
		{"panic", http.StatusOK, `"sorry ref-7"`},
	} {
		status, answer := s.post(t, test.body)
		if status != test.status || status == http.StatusOK && answer != test.answer {
			t.Errorf("%s: %d %s, want %d %s", test.body, status, answer, test.status, test.answer)
		}
		if strings.Contains(answer, "secret detail") || strings.Contains(answer, "a bug") {
			t.Errorf("%s: the answer tells what only the log may: %s", test.body, answer)
		}
	}
	for _, want := range []string{"secret detail", "a bug", "server_test.go", "reference=ref-7"} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("the log does not hold %q", want)
		}
	}
}

func TestSlowCommandIsAcknowledgedAndFinishedLater(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Millisecond, ready)
	if status, answer := s.post(t, "slow"); status != http.StatusOK || answer != `"wait"` {
		t.Errorf("slow command answered %d %q, want the platform's acknowledgement", status, answer)
	}
	select {
	case answer := <-s.finished:
		t.Fatalf("finished with %q before the command was done", answer)
	default:
	}
	close(s.release)
	if answer := <-s.finished; answer != "slow" {
		t.Errorf("finished with %q", answer)
	}
}

func TestPressIsAnsweredByFinish(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute, ready)
	if status, answer := s.post(t, "press it"); status != http.StatusOK || answer != `"wait"` {
		t.Errorf("press answered %d %q, want the platform's acknowledgement", status, answer)
	}
	if answer := <-s.finished; answer != "press it" {
		t.Errorf("finished with %q", answer)
	}
}

func TestShutdownFinishesWhatWasAcknowledged(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Millisecond, ready)
	s.post(t, "slow")
	stopped := make(chan error, 1)
	go func() { stopped <- s.server.Shutdown(t.Context()) }()
	select {
	case err := <-stopped:
		t.Fatalf("stopped with %v before the answer was out", err)
	default:
	}
	close(s.release)
	if answer := <-s.finished; answer != "slow" {
		t.Errorf("finished with %q", answer)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}

func TestReadinessFollowsTheDatabaseAndTheShutdown(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var down error
	s := serve(t, time.Minute, func(context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		return down
	})
	get := func(path string) int {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		response, err := client.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	if got := get("/readyz"); got != http.StatusOK {
		t.Errorf("ready server: %d", got)
	}
	mu.Lock()
	down = errors.New("no database")
	mu.Unlock()
	if got := get("/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("without a database: %d", got)
	}
	if got := get("/healthz"); got != http.StatusOK {
		t.Errorf("alive without a database: %d", got)
	}
	mu.Lock()
	down = nil
	mu.Unlock()
	s.server.Retire()
	if got := get("/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("retired server: %d", got)
	}
}

// lockedBuffer is a buffer that a log may write to from anywhere.
type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
