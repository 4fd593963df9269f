package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// The metadata by which an answer in direct messages tells which request it is
// for. Slack shows it to nobody.
const (
	answerEvent = "smallwins_answer"
	answerKey   = "request"
)

// openView opens a reply as a modal by the request's trigger, which lives for
// three seconds and works once.
func (a *App) openView(ctx context.Context, request commands.Request, reply commands.Reply) error {
	api, err := a.in(ctx, request.Workspace)
	if err != nil {
		return callError("open view", err)
	}
	_, err = api.OpenViewContext(ctx, request.ID, a.modal(request, reply))
	return callError("open view", err)
}

// pushView puts a reply as a modal on top of the one that was pressed in.
func (a *App) pushView(ctx context.Context, request commands.Request, reply commands.Reply) error {
	api, err := a.in(ctx, request.Workspace)
	if err != nil {
		return callError("push view", err)
	}
	_, err = api.PushViewContext(ctx, request.ID, a.modal(request, reply))
	return callError("push view", err)
}

// slackUpdate says which modal to change: by Slack's id for it or by ours, and
// by the state that it must still have.
type slackUpdate struct{ view, external, hash string }

// updateView puts a reply in the place of a modal.
func (a *App) updateView(ctx context.Context, which slackUpdate, request commands.Request, reply commands.Reply) error {
	api, err := a.in(ctx, request.Workspace)
	if err != nil {
		return callError("update view", err)
	}
	_, err = api.UpdateViewContext(ctx, a.modal(request, reply), which.external, which.hash, which.view)
	return callError("update view", err)
}

// publishHome shows a reply as the app's own page, which each member has for
// themselves.
func (a *App) publishHome(ctx context.Context, request commands.Request, reply commands.Reply) error {
	api, err := a.in(ctx, request.Workspace)
	if err != nil {
		return callError("publish home", err)
	}
	_, err = api.PublishViewContext(ctx, slackapi.PublishViewContextRequest{
		UserID: string(request.Member), View: homeView(reply),
	})
	return callError("publish home", err)
}

// tellMember posts a reply to the member's direct messages.
func (a *App) tellMember(ctx context.Context, request commands.Request, reply commands.Reply) error {
	channel, err := a.directChannel(ctx, request.Workspace, request.Member)
	if err != nil {
		return callError("open conversation", err)
	}
	return a.tell(ctx, channel, request, reply)
}

// directChannel returns the channel of the member's direct messages with the
// bot.
func (a *App) directChannel(ctx context.Context, workspace coaching.WorkspaceID, member coaching.MemberID) (string, error) {
	api, err := a.in(ctx, workspace)
	if err != nil {
		return "", err
	}
	channel, _, _, err := api.OpenConversationContext(ctx, &slackapi.OpenConversationParameters{
		Users: []string{string(member)},
	})
	if err != nil {
		return "", err
	}
	return channel.ID, nil
}

// tell posts a reply to direct messages, and once more where Slack asked to wait
// a little.
func (a *App) tell(ctx context.Context, channel string, request commands.Request, reply commands.Reply) error {
	blocks, err := postBlocks(reply, true)
	if err != nil || len(blocks) == 0 {
		return err
	}
	api, err := a.in(ctx, request.Workspace)
	if err != nil {
		return callError("post answer", err)
	}
	post := func() error {
		_, _, err := api.PostMessageContext(ctx, channel,
			slackapi.MsgOptionBlocks(blocks...),
			slackapi.MsgOptionText(fallback(reply), false),
			slackapi.MsgOptionDisableLinkUnfurl(),
			slackapi.MsgOptionDisableMediaUnfurl(),
			slackapi.MsgOptionMetadata(slackapi.SlackMetadata{
				EventType: answerEvent, EventPayload: map[string]any{answerKey: request.ID},
			}),
		)
		return err
	}
	err = post()
	var limited *slackapi.RateLimitedError
	if errors.As(err, &limited) {
		if err := pause(ctx, limited.RetryAfter); err != nil {
			return err
		}
		err = post()
	}
	return callError("post answer", err)
}

// callError names the call and keeps addresses and whatever Slack quotes out of
// its error.
func callError(call string, err error) error {
	if err == nil {
		return nil
	}
	var named slackapi.SlackErrorResponse
	if errors.As(err, &named) {
		err = slackapi.SlackErrorResponse{Err: errorName(named.Err)}
	}
	return fmt.Errorf("%s: %w", call, withoutAddress(err))
}

// pause waits, or returns why it could not.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait: %w", ctx.Err())
	}
}
