package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// heartbeat is how often a quiet stream sends the time, which also finds out
// that the other end has gone.
const heartbeat = 10 * time.Second

// stream writes server-sent events,
// https://html.spec.whatwg.org/multipage/server-sent-events.html.
type stream struct {
	w   http.ResponseWriter
	err error
	// shown are the versions of the fragments that were sent, wired is the last
	// exchange.
	shown map[string]string
	wired int
}

// event writes one event; revision 0 leaves the browser's last event id alone.
func (s *stream) event(name string, revision int64, data any) {
	if s.err != nil {
		return
	}
	// JSON is one line, whatever it holds.
	text, err := json.Marshal(data)
	if err != nil {
		s.err = err
		return
	}
	if revision > 0 {
		_, s.err = fmt.Fprintf(s.w, "id: %d\n", revision)
	}
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", name, text)
	}
}

// events streams what changes in a conversation for one member: "put" a
// message, "drop" one, "unread" in another channel, a "part" of the page, what
// went over the "wire", and the "clock". It begins after the revision that the
// page or the last event had, so that no message is missed or repeated when the
// browser reconnects; parts of the page carry versions instead.
func (s *Sandbox) events(w http.ResponseWriter, r *http.Request) {
	at, err := s.place(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	last := r.Header.Get("Last-Event-ID")
	if last == "" {
		last = r.FormValue("after")
	}
	after, err := strconv.ParseInt(last, 10, 64)
	if err != nil {
		http.Error(w, "after is not a revision", http.StatusBadRequest)
		return
	}
	control := http.NewResponseController(w)
	// The server's own deadline is for answers that end.
	_ = control.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	events := &stream{w: w, shown: make(map[string]string)}
	_, events.err = fmt.Fprint(w, "retry: 1000\n\n")

	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		rung := s.bell.wait()
		messages, revision, changed := at.platform.since(after)
		for _, message := range messages {
			s.tell(events, at, message)
		}
		after = revision
		s.tellParts(r.Context(), events, at)
		events.event("clock", 0, s.clockView())
		if events.err != nil || control.Flush() != nil {
			return
		}
		select {
		case <-changed:
		case <-rung:
		case <-beat.C:
		case <-r.Context().Done():
			return
		case <-s.closed:
			return
		}
	}
}

// tell sends what a change means to a member in a channel.
func (s *Sandbox) tell(events *stream, at place, message Message) {
	channel, known := at.platform.team().channel(message.Channel)
	switch {
	case !known || !channel.has(at.Member.ID) || message.OnlyFor != "" && message.OnlyFor != at.Member.ID:
	case message.Channel != at.Channel.ID || at.Home:
		if !message.Removed {
			events.event("unread", message.revision, map[string]string{"channel": message.Channel})
		}
	case message.Removed:
		events.event("drop", message.revision, map[string]string{"id": elementID(message.TS)})
	default:
		html, err := s.renderMessage(at, message)
		if err != nil {
			events.err = err
			return
		}
		events.event("put", message.revision, map[string]any{"id": elementID(message.TS), "order": order(message), "html": html})
	}
}

// tellParts sends the parts of the page that are not as they were sent, and what
// went over the wire since.
func (s *Sandbox) tellParts(ctx context.Context, events *stream, at place) {
	parts, err := s.fragments(ctx, at)
	if err != nil {
		events.err = err
		return
	}
	for id, part := range parts {
		if sent, before := events.shown[id]; before && sent == part.Version {
			continue
		}
		events.shown[id] = part.Version
		events.event("part", 0, map[string]any{"id": id, "version": part.Version, "html": part.HTML})
	}
	for _, exchange := range s.wire.after(events.wired) {
		events.wired = exchange.ID
		html, err := s.renderExchange(exchange)
		if err != nil {
			events.err = err
			return
		}
		events.event("wire", 0, map[string]any{"id": exchange.ID, "html": html})
	}
}
