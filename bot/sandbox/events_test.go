package sandbox_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// event is a server-sent event.
type event struct{ id, name, data string }

// listen opens a stream of events; the channel is closed when the stream ends.
func (p *page) listen(member, channel, after, lastID string) (<-chan event, context.CancelFunc) {
	p.t.Helper()
	query := url.Values{"as": {member}, "channel": {channel}, "after": {after}}
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	p.t.Cleanup(cancel)
	request := p.request(http.MethodGet, "/events?"+query.Encode(), "").WithContext(ctx)
	if lastID != "" {
		request.Header.Set("Last-Event-ID", lastID)
	}
	answer, err := p.browser.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	if kind := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || kind != "text/event-stream" {
		p.t.Fatalf("stream: %d %s", answer.StatusCode, kind)
	}
	events := make(chan event)
	go func() {
		defer close(events)
		defer answer.Body.Close()
		var now event
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				now.id = value
			case "event":
				now.name = value
			case "data":
				now.data = value
			case "":
				if now.name != "" {
					select {
					case events <- now:
					case <-ctx.Done():
						return
					}
				}
				now = event{}
			}
		}
	}()
	return events, cancel
}

// next returns the next event of a name, past events of others.
func next(t *testing.T, events <-chan event, name string) event {
	t.Helper()
	for event := range events {
		if event.name == name {
			return event
		}
	}
	t.Fatalf("the stream ended before %q", name)
	return event{}
}

func TestPageIsToldWhatChangesForItsMember(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	events, _ := p.listen("U0001", "C0001", "0", "")
	if clock := next(t, events, "clock"); clock.data != `{"date":"Mon 2 Mar 2026","time":"09:00"}` {
		t.Errorf("clock: %s", clock.data)
	}
	p.webhook.reply(`{"text":"not for Mali"}`)
	p.say("U0002", "/goal progress")
	p.say("U0002", "hello <b>")
	put := next(t, events, "put")
	var message struct{ ID, HTML string }
	if err := json.Unmarshal([]byte(put.data), &message); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(message.HTML, "hello &lt;b&gt;") || put.id == "" || message.ID != "m"+strings.Replace(p.lastMessage().TS, ".", "-", 1) {
		t.Errorf("put: %+v", put)
	}
	client := slack.New(token, slack.OptionAPIURL(p.server.URL+"/api/"), slack.OptionHTTPClient(p.server.Client()))
	if _, _, err := client.PostMessage("C0002", text("elsewhere")); err != nil {
		t.Fatal(err)
	}
	if unread := next(t, events, "unread"); unread.data != `{"channel":"C0002"}` {
		t.Errorf("unread: %s", unread.data)
	}
	p.post("/clock", url.Values{"as": {"U0001"}, "channel": {"C0001"}, "to": {"hour"}})
	for clock := next(t, events, "clock"); !strings.Contains(clock.data, "10:00"); {
		clock = next(t, events, "clock")
	}
}

func TestStreamGoesOnWhereItBrokeOff(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	events, stop := p.listen("U0001", "C0001", "0", "")
	p.say("U0002", "first")
	last := next(t, events, "put").id
	stop()
	p.say("U0002", "second")
	events, _ = p.listen("U0001", "C0001", "0", last)
	if put := next(t, events, "put"); !strings.Contains(put.data, "second") {
		t.Errorf("got %s", put.data)
	}
}

func TestStreamsEndAtShutdown(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	events, _ := p.listen("U0001", "C0001", "0", "")
	next(t, events, "clock")
	p.Close()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for range events {
		}
	}()
	<-ended
	// The server can now be closed without waiting for the page.
	p.server.Close()
}
