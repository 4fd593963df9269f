package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Where Sent looks: the newest messages, page by page, as far back as a
// delivery can have been tried. A delivery expires within a day.
const (
	historyPage  = 100
	historyPages = 10
	historySpan  = 48 * time.Hour
	// nonceLife is how long a nonce surely makes a repeated post one. Discord
	// says "a few minutes".
	nonceLife = 2 * time.Minute
)

// ErrUntold is wrapped by the errors of [App.Sent] after which asking again is
// of no use: nobody can tell whether the post was made.
var ErrUntold = errors.New("discord: nobody can tell whether it was posted")

// seen is the part of a message that tells which post it was.
type seen struct {
	ID         string `json:"id"`
	Components []struct {
		ID int32 `json:"id"`
	} `json:"components"`
}

// Sent looks for the post in the channel's messages, which takes the permissions
// View Channel and Read Message History. Where the bot may not read, Discord
// answers with no messages at all. Then a post that was lost just now may be
// sent again, as its nonce makes the two one, and so may any where nothing was
// ever said; of others nobody can tell. The error wraps [commands.ErrTryLater] where Discord did not answer this
// time, and [ErrUntold] otherwise.
func (a *App) Sent(ctx context.Context, post commands.Post) (receipt string, found bool, err error) {
	if post.Member != "" && a.token != "" && isSnowflake(string(post.Member)) {
		channel, outcome := a.direct(ctx, post.Member)
		switch {
		case channel == "" && outcome.Result == coaching.Hopeless:
			return "", false, fmt.Errorf("%w: %s", ErrUntold, outcome.Reason)
		case channel == "":
			return "", false, fmt.Errorf("discord: direct messages: %s: %w", outcome.Reason, commands.ErrTryLater)
		}
		post.Channel = channel
	}
	if a.token == "" || !isSnowflake(string(post.Channel)) {
		return "", false, fmt.Errorf("%w: no token or no channel", ErrUntold)
	}
	want := mark(post.Key)
	before := ""
	var oldest time.Time
	for range historyPages {
		messages, err := a.page(ctx, post.Channel, before)
		if err != nil {
			return "", false, err
		}
		if len(messages) == 0 && before == "" {
			if post.Member != "" {
				return "", false, nil // direct messages can always be read
			}
			if a.lost.since(post.Key, a.now()) < nonceLife {
				return "", false, nil
			}
			return "", false, a.checkSilent(ctx, post.Channel)
		}
		for _, message := range messages {
			if len(message.Components) > 0 && message.Components[0].ID == want {
				return message.ID, true, nil
			}
			at, ok := snowflakeTime(message.ID)
			switch {
			case !ok:
			case oldest.IsZero():
				// The newest message tells what time it is at least, and so from
				// where back nothing of ours can be.
				oldest = at.Add(-historySpan)
			case at.Before(oldest):
				return "", false, nil
			}
			before = message.ID
		}
		if len(messages) < historyPage {
			return "", false, nil
		}
	}
	return "", false, fmt.Errorf("%w: too many messages since", ErrUntold)
}

// page reads a page of a channel's messages, newest first.
func (a *App) page(ctx context.Context, channel coaching.ChannelID, before string) ([]seen, error) {
	path := channelPath(channel) + "?limit=" + strconv.Itoa(historyPage)
	if before != "" {
		path += "&before=" + before
	}
	result, err := a.do(ctx, call{method: http.MethodGet, path: path, route: channelPath(channel), bot: true})
	if err != nil {
		return nil, fmt.Errorf("discord: messages: %w: %w", err, commands.ErrTryLater)
	}
	if !result.ok() {
		// With a new token they can be read again.
		if verdict := judgeAnswer(result); verdict.Result == coaching.Hopeless && verdict.Scope == coaching.OfChannel {
			return nil, fmt.Errorf("%w: messages: code %d", ErrUntold, result.problem.Code)
		}
		return nil, fmt.Errorf("discord: messages: status %d: %w", result.status, commands.ErrTryLater)
	}
	var messages []seen
	if err := json.Unmarshal(result.body, &messages); err != nil {
		return nil, fmt.Errorf("discord: messages: unreadable answer: %w", commands.ErrTryLater)
	}
	for _, message := range messages {
		if !isSnowflake(message.ID) {
			return nil, fmt.Errorf("discord: messages: unreadable answer: %w", commands.ErrTryLater)
		}
	}
	return messages, nil
}

// checkSilent returns nil where nothing was ever said in a channel. That takes no
// permission to read what was.
// https://docs.discord.com/developers/resources/channel#channel-object
func (a *App) checkSilent(ctx context.Context, channel coaching.ChannelID) error {
	path := "/channels/" + string(channel)
	result, err := a.do(ctx, call{method: http.MethodGet, path: path, route: path, bot: true})
	switch {
	case err != nil:
		return fmt.Errorf("discord: channel: %w: %w", err, commands.ErrTryLater)
	case !result.ok():
		return fmt.Errorf("discord: channel: status %d: %w", result.status, commands.ErrTryLater)
	}
	var found struct {
		LastMessage *string `json:"last_message_id"`
		ID          string  `json:"id"`
	}
	switch err := json.Unmarshal(result.body, &found); {
	case err != nil, found.ID != string(channel):
		return fmt.Errorf("discord: channel: unreadable answer: %w", commands.ErrTryLater)
	case found.LastMessage != nil:
		return fmt.Errorf("%w: no messages to be read", ErrUntold)
	}
	return nil
}

// epoch is the first second of 2015, from which Discord's ids count.
const epoch = 1420070400000

// snowflakeTime reads the time that an id was made at.
// https://docs.discord.com/developers/reference#snowflakes
func snowflakeTime(id string) (time.Time, bool) {
	number, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(number>>22) + epoch), true
}

// lostPosts remembers for some minutes whose answer was lost, so that a nonce is
// relied on only while Discord knows it.
type lostPosts struct {
	mu    sync.Mutex
	began map[string]time.Time
}

func newLostPosts() *lostPosts { return &lostPosts{began: make(map[string]time.Time)} }

// add notes the first loss; a later one does not make the nonce live longer.
func (l *lostPosts) add(key string, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for other, at := range l.began {
		if now.Sub(at) >= nonceLife {
			delete(l.began, other)
		}
	}
	if _, known := l.began[key]; !known {
		l.began[key] = now
	}
}

func (l *lostPosts) remove(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.began, key)
}

// since returns how long ago a post was lost, and more than any nonce lives
// where that is not known.
func (l *lostPosts) since(key string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at, known := l.began[key]; known {
		return now.Sub(at)
	}
	return nonceLife
}
