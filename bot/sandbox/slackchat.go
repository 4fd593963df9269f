package sandbox

import (
	"encoding/json"
	"time"
)

// What a message may hold.
const (
	// maxText is where Slack starts to split or cut a text instead of showing
	// it whole (https://docs.slack.dev/changelog/2018-truncating-really-long-messages);
	// a split post is two posts, so the stand-in refuses.
	maxText = 4000
	// maxEditText is chat.update's own bound, in bytes.
	maxEditText = 4000
	// maxMetadata bounds the payload in bytes, by the guide to message metadata.
	maxMetadata    = 8000
	maxAttachments = 100
)

// A channel takes one message a second and "short bursts" above that
// (https://docs.slack.dev/apis/web-api/rate-limits), how short is not said.
const (
	postInterval = time.Second
	postBurst    = 3
)

// content is what a message says, checked.
type content struct {
	text     string
	blocks   json.RawMessage
	metadata *Metadata
}

func (a *SlackAPI) postMessage(args arguments) (answer, *refusal) {
	if refused := args.require("channel"); refused != nil {
		return nil, refused
	}
	id := args.text("channel")
	if _, found := a.Team().member(id); found {
		// A member's id opens their direct messages.
		id = Direct(id)
	}
	channel, refused := a.lookup(id, true)
	if refused != nil {
		return nil, refused
	}
	if channel.Archived {
		return nil, refuse("is_archived")
	}
	said, refused := a.readPost(args)
	if refused != nil {
		return nil, refused
	}
	thread := args.text("thread_ts")
	if thread != "" {
		if _, found := a.timeline.message(channel.ID, thread); !found {
			return nil, refuse("cannot_reply_to_message")
		}
	}
	if wait := a.pace(channel.ID); wait > 0 {
		return nil, &refusal{code: "ratelimited", retryAfter: wait}
	}
	message := a.timeline.post(Message{
		Channel: channel.ID, Author: BotUser, Text: said.text, Blocks: said.blocks,
		Metadata: said.metadata, Thread: thread, Via: "chat.postMessage",
	})
	return answer{
		"channel": channel.ID, "ts": message.TS, "message": a.body(message, true),
	}, nil
}

func (a *SlackAPI) postEphemeral(args arguments) (answer, *refusal) {
	if refused := args.require("channel", "user"); refused != nil {
		return nil, refused
	}
	channel, refused := a.lookup(args.text("channel"), true)
	if refused != nil {
		return nil, refused
	}
	if channel.Archived {
		return nil, refuse("is_archived")
	}
	if _, found := a.Team().member(args.text("user")); !found || !channel.has(args.text("user")) {
		return nil, refuse("user_not_in_channel")
	}
	said, refused := a.readPost(args)
	if refused != nil {
		return nil, refused
	}
	message := a.timeline.post(Message{
		Channel: channel.ID, Author: BotUser, Text: said.text, Blocks: said.blocks,
		OnlyFor: args.text("user"), Via: "chat.postEphemeral",
	})
	return answer{"message_ts": message.TS}, nil
}

// update changes the bot's own message. Ephemeral messages cannot be updated
// this way. Text without blocks takes the blocks away.
func (a *SlackAPI) update(args arguments) (answer, *refusal) {
	if refused := args.require("channel", "ts"); refused != nil {
		return nil, refused
	}
	channel, refused := a.lookup(args.text("channel"), false)
	if refused != nil {
		return nil, refused
	}
	stored, found := a.timeline.message(channel.ID, args.text("ts"))
	switch {
	case !found, stored.OnlyFor != "":
		return nil, refuse("message_not_found")
	case stored.Author != BotUser:
		return nil, refuse("cant_update_message")
	case len(args.text("text")) > maxEditText:
		return nil, refuse("msg_too_long")
	}
	said, refused := a.readPost(args)
	if refused != nil {
		return nil, refused
	}
	message, found := a.timeline.change(channel.ID, stored.TS, func(m *Message) {
		m.Text, m.Blocks = said.text, said.blocks
		// Slack shows "edited" on messages without blocks only.
		m.Edited = said.blocks == nil
		if said.metadata != nil {
			m.Metadata = said.metadata
		}
	})
	if !found {
		return nil, refuse("message_not_found")
	}
	return answer{
		"channel": channel.ID, "ts": message.TS, "text": message.Text, "message": a.body(message, true),
	}, nil
}

// readPost checks what a message says, and that the files which it shows are
// there.
func (a *SlackAPI) readPost(args arguments) (content, *refusal) {
	said, refused := readContent(args, true)
	if refused == nil {
		refused = a.checkFiles(said.blocks)
	}
	return said, refused
}

// readContent checks what a message says, as all methods that post do. Answers
// to commands are no posts: they may hold more, and metadata is not looked at.
func readContent(args arguments, post bool) (content, *refusal) {
	said := content{text: args.text("text")}
	attachments := args.text("attachments")
	if attachments != "" {
		var list []json.RawMessage
		if err := json.Unmarshal([]byte(attachments), &list); err != nil {
			return said, refuse("invalid_attachments")
		}
		if len(list) > maxAttachments {
			return said, refuse("too_many_attachments")
		}
	}
	if blocks := args.text("blocks"); blocks != "" {
		var refused *refusal
		if said.blocks, refused = checkBlocks([]byte(blocks)); refused != nil {
			return said, refused
		}
	}
	switch {
	case post && length(string(said.blocks)) > maxAllBlocks:
		return said, refuse("msg_blocks_too_long")
	case said.text == "" && said.blocks == nil && (attachments == "" || attachments == "[]"):
		return said, refuse("no_text")
	case length(said.text) > maxText:
		return said, refuse("msg_too_long")
	}
	metadata := args.text("metadata")
	if metadata == "" || !post {
		return said, nil
	}
	if err := json.Unmarshal([]byte(metadata), &said.metadata); err != nil || said.metadata == nil {
		return said, refuse("invalid_metadata_format")
	}
	switch {
	case said.metadata.EventType == "" || said.metadata.EventPayload == nil:
		return said, refuse("invalid_metadata_schema")
	case len(metadata) > maxMetadata:
		return said, refuse("metadata_too_large")
	}
	return said, nil
}

// pace counts a message against the channel's allowance and returns how long to
// wait if there is none left. The allowance is kept as the time at which it is
// full again.
func (a *SlackAPI) pace(channel string) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.limited {
		return 0
	}
	now := a.now()
	full := a.paces[channel]
	if full.Before(now) {
		full = now
	}
	full = full.Add(postInterval)
	if wait := full.Sub(now) - postBurst*postInterval; wait > 0 {
		return wait
	}
	a.paces[channel] = full
	return 0
}
