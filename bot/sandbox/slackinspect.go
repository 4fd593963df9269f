package sandbox

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Team returns the workspace as it is now.
func (a *SlackAPI) Team() Team {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.team
}

// SetChannel adds a channel or changes the one with its id: archives it, takes
// the bot out, and so on.
func (a *SlackAPI) SetChannel(channel Channel) {
	a.mu.Lock()
	defer a.mu.Unlock()
	channels := slices.Clone(a.team.Channels)
	i := slices.IndexFunc(channels, func(c Channel) bool { return c.ID == channel.ID })
	if i < 0 {
		channels = append(channels, channel)
	} else {
		channels[i] = channel
	}
	a.team.Channels = channels
}

// Messages returns what stands in a channel now, oldest first, ephemeral
// messages included.
func (a *SlackAPI) Messages(channel string) []Message { return a.timeline.in(channel) }

// Posted returns what the bot posted by chat.postMessage and
// chat.postEphemeral, in the order of posting within a channel, as it is now.
func (a *SlackAPI) Posted() []Message {
	messages := slices.DeleteFunc(a.timeline.all(), func(m Message) bool {
		return !strings.HasPrefix(m.Via, "chat.")
	})
	slices.SortStableFunc(messages, func(a, b Message) int { return strings.Compare(a.TS, b.TS) })
	return messages
}

// CountByMetadata counts the posts by what their metadata's payload holds under
// a key: with the delivery's id as key, a count above one is a doubled post.
// Posts without the key are not counted.
func (a *SlackAPI) CountByMetadata(key string) map[string]int {
	counts := make(map[string]int)
	for _, message := range a.Posted() {
		if message.Metadata == nil {
			continue
		}
		if value, found := message.Metadata.EventPayload[key]; found {
			counts[fmt.Sprint(value)]++
		}
	}
	return counts
}

// Await returns when the posts are as wanted, or with the context's error.
func (a *SlackAPI) Await(ctx context.Context, wanted func(posted []Message) bool) error {
	return a.AwaitChange(ctx, func() bool { return wanted(a.Posted()) })
}

// AwaitChange returns when the messages and views are as wanted, or with the
// context's error.
func (a *SlackAPI) AwaitChange(ctx context.Context, wanted func() bool) error {
	for {
		// Taken before the look, so that no change falls between.
		_, _, changed := a.timeline.since(newest)
		if wanted() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("await change: %w", ctx.Err())
		}
	}
}
