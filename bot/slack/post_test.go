package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

const secretToken = "xoxb-not-a-real-token-0123456789"

// platform is a small Slack: it checks what every call to the Web API must be
// and leaves the answer to a function.
func platform(t *testing.T, answer func(w http.ResponseWriter, method string, form url.Values)) *App {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" || r.URL.RawQuery != "" {
			t.Errorf("%s %s of type %q is no call to the Web API", r.Method, r.URL, r.Header.Get("Content-Type"))
		}
		if err := r.ParseForm(); err != nil {
			t.Errorf("the form of %s: %v", r.URL.Path, err)
		}
		if r.PostForm.Get("token") != secretToken {
			t.Errorf("%s came without the token", r.URL.Path)
		}
		answer(w, strings.TrimPrefix(r.URL.Path, "/api/"), r.PostForm)
	}))
	t.Cleanup(server.Close)
	return mustApp(t, Config{Token: secretToken, APIURL: server.URL + "/api", HTTPClient: server.Client()})
}

func nudge() commands.Post {
	return commands.Post{Key: "nudge:C0SALES:2026-06-01", Workspace: "slack:T0ACME", Channel: "C0SALES", Reply: typicalReply()}
}

func TestSendPostsWhatSlackTakes(t *testing.T) {
	t.Parallel()
	app := platform(t, func(w http.ResponseWriter, method string, form url.Values) {
		var blocks []any
		if err := json.Unmarshal([]byte(form.Get("blocks")), &blocks); err != nil || method != "chat.postMessage" {
			t.Errorf("%s with blocks %q: %v", method, form.Get("blocks"), err)
		}
		if problems := checkBlocks(blocks); problems != nil || len(blocks) == 0 {
			t.Errorf("Slack would refuse %d blocks: %s", len(blocks), strings.Join(problems, "; "))
		}
		var metadata struct {
			EventType    string            `json:"event_type"`
			EventPayload map[string]string `json:"event_payload"`
		}
		if err := json.Unmarshal([]byte(form.Get("metadata")), &metadata); err != nil || metadata.EventType != "smallwins_delivery" || metadata.EventPayload["key"] != nudge().Key {
			t.Errorf("metadata %q: %v", form.Get("metadata"), err)
		}
		for name, want := range map[string]string{"channel": "C0SALES", "text": "#12 Q2 recurring revenue", "unfurl_links": "false", "unfurl_media": "false", "link_names": ""} {
			if got := form.Get(name); got != want {
				t.Errorf("%s = %q, want %q", name, got, want)
			}
		}
		_, _ = io.WriteString(w, `{"ok":true,"channel":"C0SALES","ts":"1767326126.896109","message":{"text":"x"}}`)
	})
	got := app.Send(t.Context(), nudge())
	if want := (coaching.Outcome{Result: coaching.Delivered, Receipt: "1767326126.896109"}); got != want {
		t.Errorf("Send() = %+v, want %+v", got, want)
	}
}

func TestSendJudgesAnswers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		retry  string
		body   string
		want   coaching.Outcome
	}{
		{"rate limited", 429, "30", "", coaching.Outcome{Result: coaching.Refused, Wait: 30 * time.Second, Reason: "rate_limited"}},
		{"rate limited for ages", 429, "999999999", "", coaching.Outcome{Result: coaching.Refused, Wait: time.Hour, Reason: "rate_limited"}},
		{"rate limited for less than nothing", 429, "-5", "", coaching.Outcome{Result: coaching.Refused, Reason: "rate_limited"}},
		{"rate limited without a time", 429, "", "", coaching.Outcome{Result: coaching.Refused, Reason: "rate_limited"}},
		{"rate limited until a date", 429, "Mon, 01 Jun 2026 09:00:00 GMT", "", coaching.Outcome{Result: coaching.Refused, Reason: "rate_limited"}},
		{"server error", 500, "", "<html>", coaching.Outcome{Result: coaching.Lost, Reason: "http_500"}},
		{"bad gateway", 502, "", "", coaching.Outcome{Result: coaching.Lost, Reason: "http_502"}},
		{"unavailable", 503, "", "", coaching.Outcome{Result: coaching.Lost, Reason: "http_503"}},
		{"gateway timeout", 504, "", "", coaching.Outcome{Result: coaching.Lost, Reason: "http_504"}},
		{"a proxy's refusal", 403, "", "", coaching.Outcome{Result: coaching.Refused, Reason: "http_403"}},
		{"a redirect, which is not followed", 302, "", "", coaching.Outcome{Result: coaching.Refused, Reason: "http_302"}},
		{"no JSON", 200, "", "<html>", coaching.Outcome{Result: coaching.Lost, Reason: "connection_lost"}},
		{"empty", 200, "", "", coaching.Outcome{Result: coaching.Lost, Reason: "connection_lost"}},
		{"neither ok nor an error", 200, "", "{}", coaching.Outcome{Result: coaching.Lost, Reason: "answer_unreadable"}},
		{"no channel", 200, "", `{"ok":false,"error":"channel_not_found"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "channel_not_found"}},
		{"archived", 200, "", `{"ok":false,"error":"is_archived"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "is_archived"}},
		{"not a member", 200, "", `{"ok":false,"error":"not_in_channel"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "not_in_channel"}},
		{"revoked", 200, "", `{"ok":false,"error":"token_revoked"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "token_revoked", Scope: coaching.OfWorkspace}},
		{"inactive", 200, "", `{"ok":false,"error":"account_inactive"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "account_inactive", Scope: coaching.OfWorkspace}},
		{"bad token", 200, "", `{"ok":false,"error":"invalid_auth"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "invalid_auth", Scope: coaching.OfWorkspace}},
		{"missing scope", 200, "", `{"ok":false,"error":"missing_scope","needed":"chat:write"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "missing_scope", Scope: coaching.OfWorkspace}},
		{"read only", 200, "", `{"ok":false,"error":"restricted_action_read_only_channel"}`, coaching.Outcome{Result: coaching.Hopeless, Reason: "restricted_action_read_only_channel"}},
		{"limited by name", 200, "", `{"ok":false,"error":"ratelimited"}`, coaching.Outcome{Result: coaching.Refused, Reason: "ratelimited"}},
		{"unavailable by name", 200, "", `{"ok":false,"error":"service_unavailable"}`, coaching.Outcome{Result: coaching.Refused, Reason: "service_unavailable"}},
		{"half done", 200, "", `{"ok":false,"error":"internal_error"}`, coaching.Outcome{Result: coaching.Lost, Reason: "internal_error"}},
		{"half done, fatally", 200, "", `{"ok":false,"error":"fatal_error"}`, coaching.Outcome{Result: coaching.Lost, Reason: "fatal_error"}},
		{"of next year", 200, "", `{"ok":false,"error":"mercury_retrograde"}`, coaching.Outcome{Result: coaching.Refused, Reason: "mercury_retrograde"}},
		{"a name that is none", 200, "", `{"ok":false,"error":"<script> ` + secretToken + `"}`, coaching.Outcome{Result: coaching.Refused, Reason: "unknown_error"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			app := platform(t, func(w http.ResponseWriter, _ string, _ url.Values) {
				calls.Add(1)
				if test.retry != "" {
					w.Header().Set("Retry-After", test.retry)
				}
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			if got := app.Send(t.Context(), nudge()); got != test.want {
				t.Errorf("Send() = %+v, want %+v", got, test.want)
			}
			if calls.Load() != 1 {
				t.Errorf("%d calls, want one", calls.Load())
			}
		})
	}
}

func TestSendKnowsWhetherTheRequestLeft(t *testing.T) {
	t.Parallel()
	hangUp := func(w http.ResponseWriter, _ string, _ url.Values) {
		connection, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = connection.Close()
	}
	if got := platform(t, hangUp).Send(t.Context(), nudge()); got.Result != coaching.Lost {
		t.Errorf("after a hang-up, Send() = %+v, want lost", got)
	}

	began := make(chan struct{})
	silent := platform(t, func(_ http.ResponseWriter, _ string, _ url.Values) { close(began); <-t.Context().Done() })
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-began; cancel() }()
	if got := silent.Send(ctx, nudge()); got.Result != coaching.Lost {
		t.Errorf("after a silence, Send() = %+v, want lost", got)
	}
	if got := silent.Send(ctx, nudge()); got != (coaching.Outcome{Result: coaching.Refused, Reason: "not_begun"}) {
		t.Errorf("after the deadline, Send() = %+v, want refused", got)
	}

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	gone := mustApp(t, Config{Token: secretToken, APIURL: "http://" + address + "/api/"})
	if got := gone.Send(t.Context(), nudge()); got != (coaching.Outcome{Result: coaching.Refused, Reason: "unreachable"}) {
		t.Errorf("with nobody there, Send() = %+v, want refused", got)
	}

	blind := mustApp(t, Config{Token: secretToken, HTTPClient: &http.Client{Transport: transportFunc(func(*http.Request) (*http.Response, error) {
		return nil, errors.New("who knows")
	})}})
	if got := blind.Send(t.Context(), nudge()); got.Result != coaching.Lost {
		t.Errorf("through a transport that does not tell, Send() = %+v, want lost", got)
	}
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestSendWithoutAnythingToSend(t *testing.T) {
	t.Parallel()
	if got := mustApp(t, Config{}).Send(t.Context(), nudge()); got != (coaching.Outcome{Result: coaching.Hopeless, Reason: "token_missing", Scope: coaching.OfWorkspace}) {
		t.Errorf("without a token, Send() = %+v", got)
	}
	if got := mustApp(t, Config{Token: secretToken}).Send(t.Context(), commands.Post{}); got != (coaching.Outcome{Result: coaching.Hopeless, Reason: "nothing_to_post"}) {
		t.Errorf("without a reply, Send() = %+v", got)
	}
}

// history answers with messages a minute apart, the newest first.
func history(t *testing.T, count int, gap time.Duration, keyed int) *App {
	return platform(t, func(w http.ResponseWriter, method string, form url.Values) {
		if method != "conversations.history" || form.Get("include_all_metadata") != "1" || form.Get("channel") != "C0SALES" {
			t.Errorf("%s with %v", method, form)
		}
		var first int
		_, _ = fmt.Sscanf(form.Get("cursor"), "from%d", &first)
		last := min(first+100, count)
		messages := []map[string]any{}
		for i := first; i < last; i++ {
			message := map[string]any{"type": "message", "ts": fmt.Sprintf("%d.000100", 1767326126-i*int(gap/time.Second)), "text": "hello"}
			if i == keyed {
				message["metadata"] = map[string]any{"event_type": "smallwins_delivery", "event_payload": map[string]any{"key": nudge().Key}}
			} else if i%3 == 0 {
				message["metadata"] = map[string]any{"event_type": "smallwins_delivery", "event_payload": map[string]any{"key": "another"}}
			}
			messages = append(messages, message)
		}
		answer := map[string]any{"ok": true, "messages": messages, "has_more": last < count}
		if last < count {
			answer["response_metadata"] = map[string]any{"next_cursor": fmt.Sprintf("from%d", last)}
		}
		_ = json.NewEncoder(w).Encode(answer)
	})
}

func TestSentLooksForTheKey(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		app    *App
		found  bool
		untold bool
	}{
		{"in an empty channel", history(t, 0, time.Minute, -1), false, false},
		{"the newest message", history(t, 5, time.Minute, 0), true, false},
		{"on the third page", history(t, 500, time.Minute, 250), true, false},
		{"not there", history(t, 500, time.Minute, -1), false, false},
		{"not within two days of a long history", history(t, 5000, 10*time.Minute, -1), false, false},
		{"a busy channel, of which only part is read", history(t, 5000, time.Second, -1), false, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			receipt, found, err := test.app.Sent(t.Context(), nudge())
			if found != test.found || (receipt != "") != found || errors.Is(err, ErrUntold) != test.untold || (err != nil) != test.untold {
				t.Errorf("Sent() = %q, %t, %v", receipt, found, err)
			}
		})
	}
}

func TestSentSaysWhetherToAskAgain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status int
		body   string
		again  bool
	}{
		{200, `{"ok":false,"error":"missing_scope","needed":"channels:history"}`, false},
		{200, `{"ok":false,"error":"not_in_channel"}`, false},
		{200, `{"ok":false,"error":"channel_not_found"}`, false},
		{200, `{"ok":false,"error":"invalid_auth"}`, true}, // another token may do
		{200, `{"ok":false,"error":"ratelimited"}`, true},
		{200, `{"ok":false,"error":"internal_error"}`, true},
		{200, `{}`, true},
		{200, `<html>`, true},
		{429, ``, true},
		{503, ``, true},
	}
	for _, test := range tests {
		app := platform(t, func(w http.ResponseWriter, _ string, _ url.Values) {
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		})
		_, found, err := app.Sent(t.Context(), nudge())
		if found || errors.Is(err, commands.ErrTryLater) != test.again || errors.Is(err, ErrUntold) == test.again {
			t.Errorf("status %d, %s: Sent() = %t, %v, want to ask again: %t", test.status, test.body, found, err, test.again)
		}
	}
}
