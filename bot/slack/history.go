package slack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Where Sent looks: the newest messages, page by page, as far back as a
// delivery can have been tried. A delivery expires within a day.
const (
	historyPage  = 100
	historyPages = 10
	historySpan  = 48 * time.Hour
)

// ErrUntold is wrapped by the errors of [App.Sent] after which asking again is
// of no use: nobody can tell whether the post was made.
var ErrUntold = errors.New("slack: nobody can tell whether it was posted")

// Sent looks for the post in the channel's history, which takes the scope
// channels:history (groups:history for private channels) and membership. The
// error wraps [commands.ErrTryLater] where Slack did not answer this time, and
// [ErrUntold] otherwise.
func (a *App) Sent(ctx context.Context, post commands.Post) (receipt string, found bool, err error) {
	api, err := a.in(ctx, post.Workspace)
	if err != nil {
		return "", false, untold(err)
	}
	channel := string(post.Channel)
	if channel == "" {
		if channel, err = a.directChannel(ctx, post.Workspace, post.Member); err != nil {
			return "", false, untold(err)
		}
	}
	if post.Under != "" {
		return sentUnder(ctx, api, channel, post)
	}
	query := slackapi.GetConversationHistoryParameters{
		ChannelID:          channel,
		Limit:              historyPage,
		IncludeAllMetadata: true,
	}
	var oldest time.Time
	for range historyPages {
		page, err := api.GetConversationHistoryContext(ctx, &query)
		if err != nil {
			return "", false, untold(err)
		}
		if !page.Ok {
			return "", false, fmt.Errorf("slack: history: unreadable answer: %w", commands.ErrTryLater)
		}
		for _, message := range page.Messages {
			if isPost(message, post) {
				return message.Timestamp, true, nil
			}
			at, ok := messageTime(message.Timestamp)
			switch {
			case !ok:
			case oldest.IsZero():
				// The newest message tells what time it is at least, and so from
				// where back nothing of ours can be.
				oldest = at.Add(-historySpan)
			case at.Before(oldest):
				return "", false, nil
			}
		}
		query.Cursor = page.ResponseMetaData.NextCursor
		if query.Cursor == "" && !page.HasMore {
			return "", false, nil
		}
		if query.Cursor == "" {
			break
		}
	}
	return "", false, fmt.Errorf("%w: history too long", ErrUntold)
}

// isPost reports whether a message carries the post's key.
func isPost(message slackapi.Message, post commands.Post) bool {
	return message.Metadata.EventType == deliveryEvent && message.Metadata.EventPayload[deliveryKey] == post.Key
}

// sentUnder looks for the post in the thread that it belongs to, which a
// channel's history does not show.
func sentUnder(ctx context.Context, api *slackapi.Client, channel string, post commands.Post) (receipt string, found bool, err error) {
	query := slackapi.GetConversationRepliesParameters{
		ChannelID: channel, Timestamp: post.Under, Limit: historyPage, IncludeAllMetadata: true,
	}
	for range historyPages {
		messages, more, next, err := api.GetConversationRepliesContext(ctx, &query)
		if err != nil {
			return "", false, untold(err)
		}
		for _, message := range messages {
			if isPost(message, post) {
				return message.Timestamp, true, nil
			}
		}
		if !more || next == "" {
			return "", false, nil
		}
		query.Cursor = next
	}
	return "", false, fmt.Errorf("%w: thread too long", ErrUntold)
}

// untold says why the history could not be read.
func untold(err error) error {
	var limited *slackapi.RateLimitedError
	var named slackapi.SlackErrorResponse
	switch {
	case coaching.CodeOf(err) == coaching.NotFound: // no token to look with
		return fmt.Errorf("%w: %w", ErrUntold, err)
	case errors.As(err, &named) && hopelessToLook(named.Err):
		return fmt.Errorf("%w: history: %s", ErrUntold, errorName(named.Err))
	case errors.As(err, &named):
		return fmt.Errorf("slack: history: %s: %w", errorName(named.Err), commands.ErrTryLater)
	case errors.As(err, &limited):
		return fmt.Errorf("slack: history: rate limited for %s: %w", limited.RetryAfter, commands.ErrTryLater)
	}
	return fmt.Errorf("slack: history: %w: %w", withoutAddress(err), commands.ErrTryLater)
}

// hopelessToLook reports whether the history cannot be read until somebody
// changes something in the channel, or what the app may do. A token that was
// revoked is another matter: with the next one it can be read again.
func hopelessToLook(name string) bool {
	verdict := judgeName(name)
	return verdict.Result == coaching.Hopeless && (verdict.Scope == coaching.OfChannel || name == "missing_scope")
}

// messageTime reads a message's id, which is its time with microseconds.
func messageTime(id string) (time.Time, bool) {
	seconds, err := strconv.ParseFloat(id, 64)
	if err != nil || seconds < 0 || seconds > 1e11 {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}
