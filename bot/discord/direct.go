package discord

import (
	"context"
	"net/http"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// direct returns the channel of a member's direct messages with the bot, which
// Discord opens where there is none yet; asking again changes nothing. Without a
// channel the outcome says why, and that nothing was posted.
// https://docs.discord.com/developers/resources/user#create-dm
func (a *App) direct(ctx context.Context, member coaching.MemberID) (coaching.ChannelID, coaching.Outcome) {
	const path = "/users/@me/channels"
	result, err := a.do(ctx, call{
		method: http.MethodPost, path: path, route: path, bot: true,
		body: struct {
			Recipient string `json:"recipient_id"`
		}{string(member)},
	})
	outcome := judge(result, err)
	switch outcome.Result {
	case coaching.Delivered:
		return coaching.ChannelID(outcome.Receipt), coaching.Outcome{}
	case coaching.Lost:
		outcome.Result = coaching.Refused // no post was begun
	}
	return "", outcome
}

// forMember returns a message whose components can be pressed in direct messages,
// or cannot at all, where nobody could tell which team that is for.
func (a *App) forMember(message body, workspace coaching.WorkspaceID, member coaching.MemberID) body {
	if s, ok := a.seal(workspace, member); ok {
		message.Components = s.mark(message.Components)
	} else {
		message.Components = withoutButtons(message.Components)
	}
	return message
}

// answering returns a reply as the message that answers a request, marked for
// direct messages where it came from there.
func (a *App) answering(request commands.Request, reply commands.Reply, from origin) (message body, says bool) {
	message, says = messageOf(reply, 0)
	if from.direct {
		message = a.forMember(message, request.Workspace, request.Member)
	}
	return message, says
}
