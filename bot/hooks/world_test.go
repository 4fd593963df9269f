package hooks_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/bot"
	"github.com/smallwins/smallwins/bot/hooks"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	)
}

const team = coaching.WorkspaceID("slack:T0123")

var now = time.Date(2026, time.March, 31, 15, 0, 0, 0, time.UTC)

// world is a server with a hook over a real database.
type world struct {
	testing.TB
	store  *store.Store
	base   string
	client *http.Client
	key    []byte
	log    *lockedBuffer
}

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

// patient is a connection whose end goes on to read the answer where the server
// hangs up on a body that it does not want, as it may before all of it is sent.
type patient struct{ net.Conn }

func dialPatiently(ctx context.Context, network, address string) (net.Conn, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, network, address)
	return patient{conn}, err
}

func (p patient) Write(data []byte) (int, error) {
	n, err := p.Conn.Write(data)
	if errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) {
		return len(data), nil
	}
	return n, err
}

func newWorld(t testing.TB) *world {
	t.Helper()
	documents, err := store.Open(t.Context(), store.Options{
		Dir: t.TempDir(), EncryptionKey: base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef")),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = documents.Close(context.Background()) })
	w := serve(t, documents)
	w.store = documents
	if w.key, err = documents.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: "one", MadeAt: now}); err != nil {
		t.Fatal(err)
	}
	return w
}

// serve runs a server with a hook over any store until the test ends.
func serve(t testing.TB, kept hooks.Store) *world {
	t.Helper()
	wording, err := commands.LoadWording()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{TB: t, log: new(lockedBuffer)}
	server := bot.NewServer(bot.ServerConfig{
		Now: func() time.Time { return now }, NewID: func() string { return "ref" },
		Log: slog.New(slog.NewTextHandler(w.log, nil)), Metrics: bot.NewMetrics(prometheus.NewRegistry()),
	})
	server.MountHook(hooks.New(kept, wording))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	transport := &http.Transport{MaxIdleConnsPerHost: 32, DialContext: dialPatiently}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	w.base, w.client = "http://"+listener.Addr().String(), &http.Client{Transport: transport, Timeout: 30 * time.Second}
	return w
}

// sending is a request that a test may change before it is sent.
type sending struct {
	method, path string
	header       http.Header
	body         io.Reader
}

// signed returns a request with a body, signed with a key as of a time.
func signed(key []byte, id string, at time.Time, body string) sending {
	webhook, _ := standardwebhooks.NewWebhookRaw(key)
	signature, err := webhook.Sign(id, at, []byte(body))
	if err != nil {
		panic(err)
	}
	return sending{method: http.MethodPost, path: "/hooks/" + string(team) + "/events", body: strings.NewReader(body), header: http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {id}, "Webhook-Timestamp": {strconv.FormatInt(at.Unix(), 10)}, "Webhook-Signature": {signature},
	}}
}

// reply is the server's answer, with what all its forms may hold.
type reply struct {
	status int
	header http.Header
	text   string

	Reason                      string
	Detail                      string
	Accepted, Repeated, Refused int
	Errors                      []struct {
		Index                 int
		Field, Reason, Detail string
	}
}

func (r reply) String() string { return fmt.Sprintf("%d %s", r.status, r.text) }

// wrong are the refused events: "1 amount event_amount_unreadable".
func (r reply) wrong() []string {
	var found []string
	for _, e := range r.Errors {
		found = append(found, strings.Join([]string{strconv.Itoa(e.Index), e.Field, e.Reason}, " "))
	}
	return found
}

// do sends a request and holds the answer against the OpenAPI description.
func (w *world) do(s sending) reply {
	w.Helper()
	request, err := http.NewRequest(s.method, w.base+s.path, s.body)
	if err != nil {
		w.Fatal(err)
	}
	request.Header = s.header
	response, err := w.client.Do(request)
	if err != nil {
		w.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		w.Fatal(err)
	}
	got := reply{status: response.StatusCode, header: response.Header, text: string(text)}
	if err := json.Unmarshal(text, &got); err != nil {
		w.Fatalf("%v in %s", err, got)
	}
	if s.method == http.MethodPost && strings.HasSuffix(s.path, "/events") {
		if err := description(w).checkAnswer(got); err != nil {
			w.Errorf("%s is not as described: %v", got, err)
		}
	}
	for _, secret := range []string{base64.StdEncoding.EncodeToString(w.key), s.header.Get("Webhook-Signature")} {
		if len(secret) > 8 && (strings.Contains(got.text, secret) || strings.Contains(w.log.String(), secret)) {
			w.Errorf("a secret or a signature is told: %s\n%s", got, w.log)
		}
	}
	return got
}

// sends signs and sends events.
func (w *world) sends(events ...string) reply {
	w.Helper()
	return w.do(signed(w.key, "msg_1", now, `{"events":[`+strings.Join(events, ",")+`]}`))
}

// won is a deal that was won.
func won(id, deal, amount string) string {
	return fmt.Sprintf(`{"id":%q,"kind":"deal.won","subject":%q,"at":"2026-03-27T10:12:00Z","amount":%s}`, id, deal, amount)
}

// revenue is what the team's won deals of March come to, and how many they are.
func (w *world) revenue() (total string, deals int) {
	w.Helper()
	q := coaching.KPIQuery{Kind: coaching.Revenue, Period: coaching.PeriodOf(coaching.Month, coaching.DateOf(now)), Today: coaching.DateOf(now), Currency: "USD"}
	book, err := w.store.DayBook(w.Context(), team, q.Reach(), q.Period.To, now)
	if err != nil {
		w.Fatal(err)
	}
	k := book.KPI(q)
	return k.Value.String(), k.Rate.Hits
}
