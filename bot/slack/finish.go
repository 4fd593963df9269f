package slack

import (
	"context"
	"errors"
	"fmt"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// ErrNotAnswered is wrapped by every error about a late answer that did not go
// out. None of them holds the address, whose path is a secret.
var ErrNotAnswered = errors.New("slack: late answer not delivered")

// finish brings a reply to where the request came from, with its pictures where
// Slack takes them and else with what they show in words. Files go before it, so
// that it can tell where they are.
func (a *App) finish(ctx context.Context, request commands.Request, reply commands.Reply) error {
	reply = a.withFiles(ctx, request, reply)
	return a.withPictures(ctx, request.Workspace, reply, func(reply commands.Reply) error {
		return a.finishAs(ctx, request, reply)
	})
}

// finishAs brings a reply to where the request came from.
func (a *App) finishAs(ctx context.Context, request commands.Request, reply commands.Reply) error {
	to := addressOf(request)
	var err error
	switch {
	case to.view != "":
		err = a.finishView(ctx, to, request, reply)
	case len(reply.Parts) == 0 && len(reply.Buttons) == 0 && reply.Prompt == nil:
		return nil
	case to.home:
		err = a.finishHome(ctx, request, reply)
	case to.direct != "":
		err = a.tell(ctx, to.direct, request, reply)
	default:
		err = a.finishMessage(ctx, to, request, reply)
	}
	if err != nil && !errors.Is(err, ErrNotAnswered) {
		return fmt.Errorf("%w: %w", ErrNotAnswered, err)
	}
	return err
}

// finishMessage answers a command or a press in a message. A prompt opens as a
// modal, unless it follows one that was answered in the message; where the
// trigger was too old or used, it comes as a message.
func (a *App) finishMessage(ctx context.Context, to address, request commands.Request, reply commands.Reply) error {
	if reply.Prompt != nil && a.speaks() && !goesOn(request) {
		if a.openView(ctx, request, reply) == nil {
			return nil
		}
	}
	return a.respond(ctx, to.response, request, reply)
}

// goesOn reports whether a prompt is gone on with in the message that it was
// answered in.
func goesOn(request commands.Request) bool {
	return request.Via == commands.ViaButton && commands.Converses(request.Action) && request.Action != commands.ActionOpen
}

// finishView answers a form that was sent, or a button that was pressed in a
// modal. Whoever has closed the modal meanwhile is told in their direct
// messages.
func (a *App) finishView(ctx context.Context, to address, request commands.Request, reply commands.Reply) error {
	var err error
	switch startsAnew := reply.Prompt != nil && !to.form; {
	case request.Via == commands.ViaForm:
		err = a.replaceWorking(ctx, to, request, reply)
	case startsAnew && a.pushView(ctx, request, reply) == nil:
		return nil
	default:
		err = a.updateView(ctx, slackUpdate{view: to.view, hash: to.hash}, request, reply)
	}
	switch refusalOf(err) {
	case "hash_conflict":
		// The modal shows something newer than what was pressed.
		return nil
	case "not_found":
		return a.tellMember(ctx, request, reply)
	}
	return err
}

// workingTries are how often the modal that says that an answer takes longer is
// looked for: Slack shows it when it has read our response, which may be after
// the answer is there.
const workingTries = 5

// replaceWorking puts the answer in the place of the modal that said that it
// takes longer.
func (a *App) replaceWorking(ctx context.Context, to address, request commands.Request, reply commands.Reply) error {
	wait := a.patience
	for range workingTries {
		err := a.updateView(ctx, slackUpdate{external: request.ID}, request, reply)
		if refusalOf(err) != "not_found" {
			return err
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
		wait *= 2
	}
	return a.updateView(ctx, slackUpdate{view: to.view}, request, reply)
}

// finishHome answers the opening of the app's own page, or a press there.
func (a *App) finishHome(ctx context.Context, request commands.Request, reply commands.Reply) error {
	if reply.Prompt == nil {
		return a.publishHome(ctx, request, reply)
	}
	if a.openView(ctx, request, reply) == nil {
		return nil
	}
	return a.tellMember(ctx, request, reply)
}

// refusalOf returns Slack's name of an error, nothing where there is none.
func refusalOf(err error) string {
	var named slackapi.SlackErrorResponse
	if errors.As(err, &named) {
		return named.Err
	}
	return ""
}
