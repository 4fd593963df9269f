package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Send posts once and judges what came of it; it never repeats. What is known
// not to have been posted is Refused or Hopeless. What may have been is Lost: it
// is for [App.Sent] to find out, or for the nonce, by which Discord takes a
// repetition within some minutes for the same post.
func (a *App) Send(ctx context.Context, post commands.Post) coaching.Outcome {
	message, says := messageOf(a.pictured(post.Reply), mark(post.Key))
	if post.Member != "" {
		message = a.forMember(message, post.Workspace, post.Member)
	}
	switch {
	case a.token == "":
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "token_missing", Scope: coaching.OfPlatform}
	case !says:
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "nothing_to_post"}
	case post.Member == "" && !isSnowflake(string(post.Channel)), post.Member != "" && !isSnowflake(string(post.Member)):
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "channel_not_found"}
	case ctx.Err() != nil:
		return coaching.Outcome{Result: coaching.Refused, Reason: "not_begun"}
	}
	if post.Member != "" {
		channel, outcome := a.direct(ctx, post.Member)
		if channel == "" {
			return outcome
		}
		post.Channel = channel
	}
	if isSnowflake(post.Under) {
		message.Reference = &reference{MessageID: post.Under}
	}
	message.Nonce, message.EnforceNonce = nonce(post.Key), true
	create := call{
		method: http.MethodPost, path: channelPath(post.Channel), route: channelPath(post.Channel), body: message, files: message.files, bot: true,
	}
	result, err := a.do(ctx, create)
	outcome := judge(result, err)
	if outcome.Wait == 0 {
		// The bucket may be empty now. Who knows does not have to be refused.
		outcome.Wait = a.limits.wait(create.key(), a.now())
	}
	if outcome.Result == coaching.Lost {
		a.lost.add(post.Key, a.now())
	} else {
		a.lost.remove(post.Key)
	}
	return outcome
}

func channelPath(channel coaching.ChannelID) string {
	return "/channels/" + string(channel) + "/messages"
}

// nonce derives from a delivery's key the name under which Discord knows the
// post for some minutes; at most 25 characters.
func nonce(key string) string {
	sum := sha256.Sum256([]byte(key))
	return base64.RawURLEncoding.EncodeToString(sum[:18])
}

// mark derives from a delivery's key the number that the post's container
// carries, by which the post is found again for as long as it is there. Discord
// leaves such numbers to the sender; 0 would mean none.
func mark(key string) int32 {
	sum := sha256.Sum256([]byte(key))
	return int32(binary.BigEndian.Uint32(sum[24:])>>1) | 1<<30
}

// judge classifies what came of a post.
func judge(result answer, err error) coaching.Outcome {
	var wait *waitError
	var lost *lostError
	switch {
	case errors.As(err, &wait):
		return coaching.Outcome{Result: coaching.Refused, Wait: min(wait.wait, maxWait), Scope: wait.scope, Reason: "rate_limited"}
	case errors.As(err, &lost) && !lost.left:
		return coaching.Outcome{Result: coaching.Refused, Reason: "unreachable"}
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return coaching.Outcome{Result: coaching.Lost, Reason: "timeout"}
	case err != nil:
		return coaching.Outcome{Result: coaching.Lost, Reason: "connection_lost"}
	case !result.ok():
		return judgeAnswer(result)
	}
	var posted struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(result.body, &posted) != nil || !isSnowflake(posted.ID) {
		return coaching.Outcome{Result: coaching.Lost, Reason: "answer_unreadable"}
	}
	return coaching.Outcome{Result: coaching.Delivered, Receipt: posted.ID}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

// judgeAnswer judges an error that Discord, or a proxy before it, answered. A
// server error says nothing about how far the request came.
func judgeAnswer(result answer) coaching.Outcome {
	outcome := coaching.Outcome{Result: coaching.Refused, Reason: coaching.Reason("http_" + strconv.Itoa(result.status))}
	if verdict, known := verdicts[result.problem.Code]; known {
		return coaching.Outcome{Result: verdict.result, Reason: verdict.reason, Scope: verdict.scope}
	}
	switch {
	case result.status == http.StatusTooManyRequests:
		outcome.Wait, outcome.Reason = duration(max(result.problem.RetryAfter, 0)), "rate_limited"
		if result.problem.Global {
			outcome.Scope = coaching.OfPlatform
		}
	case result.status == http.StatusUnauthorized:
		return coaching.Outcome{Result: coaching.Hopeless, Reason: "token_revoked", Scope: coaching.OfPlatform}
	case result.status >= http.StatusInternalServerError, result.status == http.StatusRequestTimeout:
		outcome.Result = coaching.Lost
	}
	return outcome
}

// verdict is what an error code of Discord's means for a post.
type verdict struct {
	result coaching.OutcomeResult
	reason coaching.Reason
	scope  coaching.OutcomeScope
}

// verdicts are the codes whose meaning is documented. Any other was refused for
// a reason we do not know, so it is tried again until it is too late.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
var verdicts = map[int]verdict{
	// The bot may not, until somebody changes that.
	dg.ErrCodeUnauthorized:       {coaching.Hopeless, "token_revoked", coaching.OfPlatform},
	dg.ErrCodeMissingAccess:      {coaching.Hopeless, "missing_access", coaching.OfChannel},
	dg.ErrCodeMissingPermissions: {coaching.Hopeless, "missing_permissions", coaching.OfChannel},
	// The channel does not take it.
	dg.ErrCodeUnknownChannel:                       {coaching.Hopeless, "channel_not_found", coaching.OfChannel},
	dg.ErrCodeUnknownUser:                          {coaching.Hopeless, "user_not_found", coaching.OfChannel},
	dg.ErrCodeCannotSendMessagesToThisUser:         {coaching.Hopeless, "direct_messages_closed", coaching.OfChannel},
	dg.ErrCodeUnknownGuild:                         {coaching.Hopeless, "server_not_found", coaching.OfWorkspace},
	dg.ErrCodeCannotSendMessagesInVoiceChannel:     {coaching.Hopeless, "channel_without_text", coaching.OfChannel},
	dg.ErrCodeCannotExecuteActionOnThisChannelType: {coaching.Hopeless, "channel_without_text", coaching.OfChannel},
	dg.ErrCodePerformedOperationOnArchivedThread:   {coaching.Hopeless, "is_archived", coaching.OfChannel},
	// The message is not one: a mistake of ours, which a repetition repeats.
	dg.ErrCodeCannotSendEmptyMessage: {coaching.Hopeless, "empty_message", coaching.OfChannel},
	dg.ErrCodeInvalidFormBody:        {coaching.Hopeless, "invalid_message", coaching.OfChannel},
	// Not now.
	dg.ErrCodeThisActionCannotBePerformedDueToSlowmodeRateLimit:                {coaching.Refused, "slow_mode", coaching.OfChannel},
	dg.ErrCodeChannelHasHitWriteRateLimit:                                      {coaching.Refused, "rate_limited", coaching.OfChannel},
	dg.ErrCodeTheWriteActionYouArePerformingOnTheServerHasHitTheWriteRateLimit: {coaching.Refused, "rate_limited", coaching.OfChannel},
	dg.ErrCodeSendMessagesHasBeenTemporarilyDisabled:                           {coaching.Refused, "sending_disabled", coaching.OfWorkspace},
}
