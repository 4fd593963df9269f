package slack

import (
	"cmp"
	"context"
	"errors"
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

// Send posts once and judges what came of it; it never repeats, but for a picture
// that Slack has not made ready yet, of which nothing was posted. What is known
// not to have been posted is Refused or Hopeless. What may have been, because
// the answer was lost or Slack reports a failure in the middle, is Lost: it is
// for [App.Sent] to find out. A server error (HTTP 5xx) counts as Lost, too,
// since it says nothing about how far the request came.
func (a *App) Send(ctx context.Context, post commands.Post) coaching.Outcome {
	if ctx.Err() != nil {
		return coaching.Outcome{Result: coaching.Refused, Reason: "not_begun"}
	}
	api, err := a.in(ctx, post.Workspace)
	if err != nil {
		return tokenless(err)
	}
	outcome := coaching.Outcome{Result: coaching.Hopeless, Reason: "nothing_to_post"}
	_ = a.withPictures(ctx, post.Workspace, post.Reply, func(reply commands.Reply) (err error) {
		outcome, err = send(ctx, api, post, reply)
		return err
	})
	return outcome
}

// send posts a reply for a post and judges what came of it; the error is Slack's.
func send(ctx context.Context, api *slackapi.Client, post commands.Post, reply commands.Reply) (coaching.Outcome, error) {
	blocks, err := postBlocks(reply, post.Member != "")
	if err != nil || len(blocks) == 0 {
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "nothing_to_post"}, err
	}
	options := []slackapi.MsgOption{
		slackapi.MsgOptionBlocks(blocks...),
		slackapi.MsgOptionText(fallback(reply), false),
		slackapi.MsgOptionDisableLinkUnfurl(),
		slackapi.MsgOptionDisableMediaUnfurl(),
		slackapi.MsgOptionMetadata(slackapi.SlackMetadata{
			EventType:    deliveryEvent,
			EventPayload: map[string]any{deliveryKey: post.Key},
		}),
	}
	if post.Under != "" {
		options = append(options, slackapi.MsgOptionTS(post.Under))
	}
	// A member's id stands for their direct messages with the bot.
	to := cmp.Or(string(post.Channel), string(post.Member))
	var flight flight
	_, receipt, err := api.PostMessageContext(flight.watch(ctx), to, options...)
	switch {
	case err != nil:
		return judge(err, flight.left()), err
	case receipt == "":
		return coaching.Outcome{Result: coaching.Lost, Reason: "answer_unreadable"}, nil
	}
	return coaching.Outcome{Result: coaching.Delivered, Receipt: receipt}, nil
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
