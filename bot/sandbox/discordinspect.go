package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Messages returns what stands in a channel now, oldest first, private messages
// included.
func (a *DiscordAPI) Messages(channel string) []DiscordPost {
	a.mu.Lock()
	defer a.mu.Unlock()
	var messages []DiscordPost
	for _, message := range a.messages {
		if message.Channel == channel && !message.Removed {
			messages = append(messages, message)
		}
	}
	return messages
}

// Posted returns what the bot posted to channels by itself, oldest first.
func (a *DiscordAPI) Posted() []DiscordPost {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(a.messages), func(m DiscordPost) bool { return m.Via != "messages.create" || m.Removed })
}

// Form returns the form that answered an interaction, as Discord was told to
// open it.
func (a *DiscordAPI) Form(token string) (form json.RawMessage, opened bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if asked, found := a.interactions[token]; found && asked.form != nil {
		return asked.form, true
	}
	return nil, false
}

// Answer returns the message that stands for the answer to an interaction now:
// its own, or the one that its component is in.
func (a *DiscordAPI) Answer(token string) (message DiscordPost, found bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked, found := a.interactions[token]
	if !found {
		return DiscordPost{}, false
	}
	i := a.find(asked.original)
	if i < 0 {
		return DiscordPost{}, false
	}
	return a.messages[i], true
}

// AnsweredLate reports whether a late answer to an interaction has come.
func (a *DiscordAPI) AnsweredLate(token string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked, found := a.interactions[token]
	return found && asked.late
}

// Suggestions returns what answered an option that was being typed.
func (a *DiscordAPI) Suggestions(token string) json.RawMessage {
	a.mu.Lock()
	defer a.mu.Unlock()
	if asked, found := a.interactions[token]; found {
		return asked.choices
	}
	return nil
}

// SetChannel adds a channel or changes the one with its id: takes the bot out,
// archives it.
func (a *DiscordAPI) SetChannel(channel Channel) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.channels = append(slices.DeleteFunc(slices.Clone(a.channels), func(c Channel) bool { return c.ID == channel.ID }), channel)
}

// Await returns when what stands at Discord is as wanted, or with the context's
// error.
func (a *DiscordAPI) Await(ctx context.Context, wanted func() bool) error {
	for {
		a.mu.Lock()
		changed := a.changed
		a.mu.Unlock()
		if wanted() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("await messages: %w", ctx.Err())
		}
	}
}
