package sandbox

import (
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
// message, "drop" one, "unread" in another channel, and the "clock". It begins
// after the revision that the page or the last event had, so that nothing is
// missed or repeated when the browser reconnects.
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
	events := &stream{w: w}
	_, events.err = fmt.Fprint(w, "retry: 1000\n\n")

	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		messages, revision, changed := s.timeline.since(after)
		for _, message := range messages {
			s.tell(events, at, message)
		}
		after = revision
		events.event("clock", 0, s.clockView())
		if events.err != nil || control.Flush() != nil {
			return
		}
		select {
		case <-changed:
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
	channel, known := s.api.Team().channel(message.Channel)
	switch {
	case !known || !channel.has(at.Member.ID) || message.OnlyFor != "" && message.OnlyFor != at.Member.ID:
	case message.Channel != at.Channel.ID:
		if !message.Removed {
			events.event("unread", message.revision, map[string]string{"channel": message.Channel})
		}
	case message.Removed:
		events.event("drop", message.revision, map[string]string{"ts": message.TS})
	default:
		html, err := s.renderMessage(at, message)
		if err != nil {
			events.err = err
			return
		}
		events.event("put", message.revision, map[string]string{"ts": message.TS, "html": html})
	}
}
