package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"
)

// Message is something that stands in a channel.
type Message struct {
	Channel string
	// TS is the message's id within its channel, and its time: seconds, a dot,
	// six digits. It grows with every message of the channel.
	TS string
	// Author is the id of the member who wrote it, or [BotUser].
	Author string
	Text   string
	// Blocks is the Block Kit array as it was sent, with missing block ids
	// filled in; nil where there is none.
	Blocks   json.RawMessage
	Metadata *Metadata
	// Thread is the TS of the message that this one replies to.
	Thread string
	// OnlyFor is the only member who sees it; empty means the whole channel.
	OnlyFor string
	// Files are the ids of files that stand in it.
	Files []string
	// Via says how it came: the Web API method, or one of the Via constants.
	Via string
	// Asker is the member whose command it answers, Line that command as typed,
	// where the platform shows them.
	Asker, Line string
	// Detail is a line for developers that the platform would not show.
	Detail  string
	Edited  bool
	Removed bool

	revision int64
}

// How a message came into a channel, besides the Web API's methods.
const (
	ViaTyped    = "typed"    // by a member
	ViaCommand  = "command"  // a member's slash command
	ViaAnswer   = "answer"   // the body that answered a request
	ViaResponse = "response" // a response_url
	ViaNotice   = "notice"   // what the platform itself says
	ViaShared   = "shared"   // files, by the end of their upload
)

// Metadata is what an app attaches to a message for itself.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// timeline keeps what was said in every channel and wakes those who watch. Each
// change gets the next revision, so that a watcher who knows the last one it
// saw can ask for all that changed since: a browser that reconnects needs no
// queue of its own.
type timeline struct {
	now func() time.Time

	mu       sync.Mutex
	channels map[string][]*Message
	last     map[string]int64 // the newest TS per channel, in microseconds
	revision int64
	changed  chan struct{}
}

func newTimeline(now func() time.Time) *timeline {
	return &timeline{
		now:      now,
		channels: make(map[string][]*Message),
		last:     make(map[string]int64),
		changed:  make(chan struct{}),
	}
}

// post adds a message under the channel's next TS and returns it.
func (t *timeline) post(message Message) Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	micros := max(t.now().UnixMicro(), t.last[message.Channel]+1)
	t.last[message.Channel] = micros
	message.TS = fmt.Sprintf("%d.%06d", micros/1e6, micros%1e6)
	stored := &message
	t.touch(stored)
	t.channels[message.Channel] = append(t.channels[message.Channel], stored)
	return *stored
}

// change edits a message in place; the result is false if there is none.
func (t *timeline) change(channel, ts string, edit func(*Message)) (Message, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	stored := t.find(channel, ts)
	if stored == nil {
		return Message{}, false
	}
	edit(stored)
	t.touch(stored)
	return *stored, true
}

// message returns one message that was not removed.
func (t *timeline) message(channel, ts string) (Message, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	stored := t.find(channel, ts)
	if stored == nil {
		return Message{}, false
	}
	return *stored, true
}

// in returns the messages of a channel, oldest first, without removed ones.
func (t *timeline) in(channel string) []Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	return collect(t.channels[channel], func(m *Message) bool { return !m.Removed })
}

// all returns every message in the order in which it was last changed, removed
// ones included.
func (t *timeline) all() []Message {
	messages, _, _ := t.since(0)
	return messages
}

// newest is a revision after which nothing has changed: it asks [timeline.since]
// for where things stand only.
const newest = math.MaxInt64

// since returns what changed after a revision in the order of the changes,
// removed messages included; the newest revision; and a channel that is closed
// at the next change.
func (t *timeline) since(revision int64) ([]Message, int64, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var messages []Message
	if revision < t.revision {
		for _, stored := range t.channels {
			messages = append(messages, collect(stored, func(m *Message) bool { return m.revision > revision })...)
		}
		slices.SortFunc(messages, func(a, b Message) int { return cmp.Compare(a.revision, b.revision) })
	}
	return messages, t.revision, t.changed
}

// find returns the stored message; the caller holds the lock. A channel's
// messages are in the order of their TS, all of one length.
func (t *timeline) find(channel, ts string) *Message {
	messages := t.channels[channel]
	i, found := slices.BinarySearchFunc(messages, ts, func(m *Message, ts string) int {
		return strings.Compare(m.TS, ts)
	})
	if !found || messages[i].Removed {
		return nil
	}
	return messages[i]
}

// touch gives the message the next revision and wakes the watchers; the caller
// holds the lock.
func (t *timeline) touch(message *Message) {
	t.revision++
	message.revision = t.revision
	t.wake()
}

// wake wakes the watchers; the caller holds the lock.
func (t *timeline) wake() {
	close(t.changed)
	t.changed = make(chan struct{})
}

// nudge wakes the watchers although no message changed.
func (t *timeline) nudge() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wake()
}

func collect(messages []*Message, wanted func(*Message) bool) []Message {
	var picked []Message
	for _, message := range messages {
		if wanted(message) {
			picked = append(picked, *message)
		}
	}
	return picked
}
