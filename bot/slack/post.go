package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// The metadata by which a post is found again. Slack shows it to nobody.
// https://docs.slack.dev/messaging/message-metadata
const (
	deliveryEvent = "smallwins_delivery"
	deliveryKey   = "key"
)

// maxWait bounds how long Slack may ask to wait before a refused post is tried
// again.
const maxWait = time.Hour

// Send posts once and judges what came of it; it never repeats. What is known
// not to have been posted is Refused or Hopeless. What may have been, because
// the answer was lost or Slack reports a failure in the middle, is Lost: it is
// for [App.Sent] to find out. A server error (HTTP 5xx) counts as Lost, too,
// since it says nothing about how far the request came.
func (a *App) Send(ctx context.Context, post commands.Post) coaching.Outcome {
	if a.token == "" {
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "token_missing"}
	}
	blocks, err := postBlocks(post.Reply)
	switch {
	case err != nil, len(blocks) == 0:
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "nothing_to_post"}
	case ctx.Err() != nil:
		return coaching.Outcome{Result: coaching.Refused, Reason: "not_begun"}
	}
	var flight flight
	_, receipt, err := a.api.PostMessageContext(flight.watch(ctx), string(post.Channel),
		slackapi.MsgOptionBlocks(blocks...),
		slackapi.MsgOptionText(fallback(post.Reply), false),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
		slackapi.MsgOptionMetadata(slackapi.SlackMetadata{
			EventType:    deliveryEvent,
			EventPayload: map[string]any{deliveryKey: post.Key},
		}),
	)
	switch {
	case err != nil:
		return judge(err, flight.left())
	case receipt == "":
		return coaching.Outcome{Result: coaching.Lost, Reason: "answer_unreadable"}
	}
	return coaching.Outcome{Result: coaching.Delivered, Receipt: receipt}
}

// judge classifies an error of a post that was begun.
func judge(err error, left bool) coaching.Outcome {
	var limited *slackapi.RateLimitedError
	var status slackapi.StatusCodeError
	var named slackapi.SlackErrorResponse
	var number *strconv.NumError
	switch {
	case errors.As(err, &limited):
		return coaching.Outcome{Result: coaching.Refused, Wait: min(max(limited.RetryAfter, 0), maxWait), Reason: "rate_limited"}
	case errors.As(err, &number): // the library could not read Retry-After
		return coaching.Outcome{Result: coaching.Refused, Reason: "rate_limited"}
	case errors.As(err, &status):
		return judgeStatus(status.Code)
	case errors.As(err, &named):
		return judgeName(errorName(named.Err))
	case !left:
		return coaching.Outcome{Result: coaching.Refused, Reason: "unreachable"}
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return coaching.Outcome{Result: coaching.Lost, Reason: "timeout"}
	}
	return coaching.Outcome{Result: coaching.Lost, Reason: "connection_lost"}
}

// judgeStatus judges an answer that is not the Web API's own. Anything but a
// server error or a gateway's timeout was turned away at the door; such a door
// (a proxy, a wrong SLACK_API_URL) can be repaired while the post waits.
func judgeStatus(code int) coaching.Outcome {
	reason := coaching.Reason("http_" + strconv.Itoa(code))
	switch {
	case code == http.StatusTooManyRequests:
		return coaching.Outcome{Result: coaching.Refused, Reason: "rate_limited"}
	case code >= http.StatusInternalServerError, code == http.StatusRequestTimeout:
		return coaching.Outcome{Result: coaching.Lost, Reason: reason}
	}
	return coaching.Outcome{Result: coaching.Refused, Reason: reason}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// flight notices whether a request can have left: it cannot before there is a
// connection. Where nobody tells about connections, it is taken to have.
type flight struct{ dialing, connected atomic.Bool }

func (f *flight) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { f.dialing.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { f.connected.Store(true) },
	})
}

func (f *flight) left() bool { return f.connected.Load() || !f.dialing.Load() }

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
	if a.token == "" {
		return "", false, fmt.Errorf("%w: token_missing", ErrUntold)
	}
	query := slackapi.GetConversationHistoryParameters{
		ChannelID:          string(post.Channel),
		Limit:              historyPage,
		IncludeAllMetadata: true,
	}
	var oldest time.Time
	for range historyPages {
		page, err := a.api.GetConversationHistoryContext(ctx, &query)
		if err != nil {
			return "", false, untold(err)
		}
		if !page.Ok {
			return "", false, fmt.Errorf("slack: history: unreadable answer: %w", commands.ErrTryLater)
		}
		for _, message := range page.Messages {
			if message.Metadata.EventType == deliveryEvent && message.Metadata.EventPayload[deliveryKey] == post.Key {
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

// untold says why the history could not be read.
func untold(err error) error {
	var limited *slackapi.RateLimitedError
	var named slackapi.SlackErrorResponse
	switch {
	case errors.As(err, &named) && judgeName(named.Err).Result == coaching.Hopeless:
		return fmt.Errorf("%w: history: %s", ErrUntold, errorName(named.Err))
	case errors.As(err, &named):
		return fmt.Errorf("slack: history: %s: %w", errorName(named.Err), commands.ErrTryLater)
	case errors.As(err, &limited):
		return fmt.Errorf("slack: history: rate limited for %s: %w", limited.RetryAfter, commands.ErrTryLater)
	}
	return fmt.Errorf("slack: history: %w: %w", withoutAddress(err), commands.ErrTryLater)
}

// messageTime reads a message's id, which is its time with microseconds.
func messageTime(id string) (time.Time, bool) {
	seconds, err := strconv.ParseFloat(id, 64)
	if err != nil || seconds < 0 || seconds > 1e11 {
		return time.Time{}, false
	}
	return time.Unix(int64(seconds), 0), true
}
