package sandbox

import (
	"crypto/rand"
	"io"
	"net/http"
	"sync"
	"time"
)

// A response address works five times within half an hour,
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses.
const (
	responseUses   = 5
	responseWithin = 30 * time.Minute
)

// responses are the addresses at which late answers are taken.
type responses struct {
	mu   sync.Mutex
	open map[string]*response
}

// response is one address: whom it answers and about which message.
type response struct {
	channel, member string
	original        string // the TS of the message whose button was pressed
	uses            int
	until           time.Time
}

// responseURL opens an address for late answers. Its id is the only key to it.
func (d *slackDesk) responseURL(at place, original string) string {
	now := d.now()
	id := rand.Text()
	d.answers.mu.Lock()
	defer d.answers.mu.Unlock()
	for old, response := range d.answers.open {
		// Kept a while longer, so that a late use is told why it is refused.
		if now.After(response.until.Add(responseWithin)) {
			delete(d.answers.open, old)
		}
	}
	d.answers.open[id] = &response{
		channel: at.Channel.ID, member: at.Member.ID, original: original, until: now.Add(responseWithin),
	}
	return at.base + "/response/" + id
}

// use counts one use of an address.
func (a *responses) use(id string, now time.Time) (response, *refusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	found := a.open[id]
	switch {
	case found == nil || now.After(found.until):
		return response{}, refuse("expired_url")
	case found.uses == responseUses:
		return response{}, refuse("used_url")
	}
	found.uses++
	return *found, nil
}

// respond takes a late answer.
func (d *slackDesk) respond(w http.ResponseWriter, r *http.Request) {
	to, refused := d.answers.use(r.PathValue("id"), d.now())
	if refused != nil {
		reject(w, http.StatusNotFound, refused)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		reject(w, http.StatusBadRequest, refuse("request_timeout"))
		return
	}
	args, err := jsonArguments(body)
	if err != nil {
		reject(w, http.StatusBadRequest, refuse("invalid_payload"))
		return
	}
	if refused := d.answer(to, args); refused != nil {
		reject(w, http.StatusBadRequest, refused)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = io.WriteString(w, "ok")
}

// answer does what a late answer asks for: take the original away, take its
// place, or come as a new message.
func (d *slackDesk) answer(to response, args arguments) *refusal {
	if args.flag("delete_original") {
		_, found := d.timeline.change(to.channel, to.original, func(m *Message) { m.Removed = true })
		if !found {
			return refuse("message_not_found")
		}
		return nil
	}
	said, refused := readContent(args, false)
	if refused != nil {
		return refused
	}
	if args.flag("replace_original") && to.original != "" {
		_, found := d.timeline.change(to.channel, to.original, func(m *Message) {
			m.Text, m.Blocks, m.Edited = said.text, said.blocks, said.blocks == nil
		})
		if !found {
			return refuse("message_not_found")
		}
		return nil
	}
	message := Message{
		Channel: to.channel, Author: BotUser, OnlyFor: to.member, Text: said.text, Blocks: said.blocks,
		Via: ViaResponse,
	}
	if args.text("response_type") == "in_channel" {
		message.OnlyFor = ""
	}
	d.timeline.post(message)
	return nil
}

// reject answers a late answer that was not taken.
func reject(w http.ResponseWriter, status int, refused *refusal) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	writeJSON(w, answer{"ok": false, "error": refused.code, "errors": refused.messages})
}
