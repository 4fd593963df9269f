package discord

import (
	"context"
	"net/http"
	"slices"

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

// withoutButtons returns a reply for direct messages. What is pressed there comes
// from no server, so nobody could tell which team it is for.
func withoutButtons(reply commands.Reply) commands.Reply {
	reply.Buttons = nil
	reply.Parts = slices.DeleteFunc(slices.Clone(reply.Parts), func(part commands.Part) bool {
		_, isRow := part.(commands.Row)
		return isRow
	})
	return reply
}
