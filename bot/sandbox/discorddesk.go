package sandbox

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"sync"
	"time"
)

// discordDesk plays Discord: it sends what members do as signed interactions,
// and shows what comes back as Discord shows it.
type discordDesk struct {
	*courier
	api   *DiscordAPI
	key   ed25519.PrivateKey
	crew  Team
	bell  *bell
	words *words

	mu sync.Mutex
	// forms are what members have in front.
	forms map[string]discordForm
}

// discordForm is a form that a member has in front.
type discordForm struct {
	token, channel string
	// message is the one that it was opened from; empty where a command was.
	message string
	body    json.RawMessage
}

func (d *discordDesk) name() string { return "discord" }

func (d *discordDesk) team() Team { return d.crew }

func (d *discordDesk) directory() directory {
	return directory{team: d.crew, bot: d.api.config.Bot, system: discordSystem, systemName: "Discord"}
}

func (d *discordDesk) since(revision int64) ([]Message, int64, <-chan struct{}) {
	posts, newest, changed := d.api.since(revision)
	return d.messages(posts), newest, changed
}

func (d *discordDesk) in(channel string) []Message { return d.messages(d.api.Messages(channel)) }

func (d *discordDesk) messages(posts []DiscordPost) []Message {
	messages := make([]Message, len(posts))
	for i, post := range posts {
		messages[i] = d.messageOf(post)
	}
	return messages
}

// messageOf is a post as the page knows messages.
func (d *discordDesk) messageOf(post DiscordPost) Message {
	message := Message{
		Channel: post.Channel, TS: post.ID, Author: post.Author, Blocks: post.Body, OnlyFor: post.OnlyFor, Via: post.Via,
		Asker: post.Asker, Line: post.Line, Detail: post.Detail, Removed: post.Removed, revision: post.revision,
	}
	if message.Author == "" {
		message.Author = d.api.config.Bot
	}
	return message
}

func (d *discordDesk) sent(message Message) time.Time { return snowflakeTime(message.TS) }

// interact sends what a member did and does what is answered. It returns the
// token of the interaction, and whether all went well.
// https://docs.discord.com/developers/interactions/receiving-and-responding
func (d *discordDesk) interact(ctx context.Context, ask DiscordAsk) (token string, ok bool) {
	body, token, err := d.api.Interact(ask)
	if err != nil {
		return "", false
	}
	timestamp := strconv.FormatInt(d.now().Unix(), 10)
	signature := hex.EncodeToString(ed25519.Sign(d.key, append([]byte(timestamp), body...)))
	result := d.send(ctx, letter{
		platform: d.name(), path: "/discord/interactions", kind: "application/json", body: string(body),
		signature: "X-Signature-Ed25519: " + signature,
		headers: map[string]string{
			"User-Agent":            "Discord-Interactions/1.0 (+https://discord.com)",
			"X-Signature-Ed25519":   signature,
			"X-Signature-Timestamp": timestamp,
		},
	})
	if result.failure() == "" {
		err = d.api.Respond(token, result.took, result.body)
	}
	switch {
	case result.failure() != "":
		d.note(result)
	case err != nil:
		d.note(result, err.Error())
	default:
		d.note(result)
		if form, opened := d.api.Form(token); opened {
			d.open(ask.Member.ID, discordForm{token: token, channel: ask.Channel, message: ask.Message, body: form})
		}
		return token, true
	}
	if ask.Kind == interactCommand || ask.Kind == interactPress {
		detail := result.detail()
		if err != nil {
			detail = err.Error()
		}
		d.notice(ask.Member.ID, ask.Channel, "The application did not respond", detail)
	}
	return token, false
}

// The kinds of interactions.
const (
	interactCommand    = 2
	interactPress      = 3
	interactCompletion = 4
	interactForm       = 5
)

// notice is something that Discord itself tells one member.
func (d *discordDesk) notice(member, channel, text, detail string) {
	d.api.tell(DiscordPost{
		Channel: channel, OnlyFor: member, Author: discordSystem, Body: plainContent(text), Via: ViaNotice, Detail: detail,
	})
}

// plainContent is the body of a message of plain text.
func plainContent(text string) json.RawMessage {
	body, _ := json.Marshal(answer{"content": text}) // a string can always be written
	return body
}

// open puts a form in front of a member.
func (d *discordDesk) open(member string, form discordForm) {
	d.mu.Lock()
	d.forms[member] = form
	d.mu.Unlock()
	d.bell.ring()
}

// dismiss closes the form in front. Discord does not tell the bot.
func (d *discordDesk) dismiss(at place, id string) {
	d.mu.Lock()
	if d.forms[at.Member.ID].token == id {
		delete(d.forms, at.Member.ID)
	}
	d.mu.Unlock()
	d.bell.ring()
}

// front is the form that a member has in front.
func (d *discordDesk) front(member string) (discordForm, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	form, open := d.forms[member]
	return form, open
}
