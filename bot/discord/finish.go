package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/commands"
)

// tokenLife is how long a late answer is taken.
const tokenLife = 15 * time.Minute

// Right after a request was acknowledged, Discord may not know of it yet and
// says so; the answer is then tried again, each time after twice the wait.
const (
	defaultAckWait = 250 * time.Millisecond
	ackTries       = 4
)

// ErrNotAnswered is wrapped by every error about a late answer that did not go
// out. None of them holds the address, whose token is a secret.
var ErrNotAnswered = errors.New("discord: late answer not delivered")

// Wait returns the JSON that acknowledges an interaction: "thinking", seen by
// the member only, or nothing at all where a message may change later. What is
// being typed gets no suggestions.
func (a *App) Wait(request commands.Request) []byte {
	if request.Via == commands.ViaCompletion {
		return encode(suggest(nil))
	}
	if from, _ := parseOrigin(request.ReplyTo); from.place.updates() {
		return encode(response{Type: dg.InteractionResponseDeferredMessageUpdate})
	}
	return encode(response{Type: dg.InteractionResponseDeferredChannelMessageWithSource, Data: struct {
		Flags int `json:"flags"`
	}{flagPrivate}})
}

// Finish answers an interaction late, by its token. A form cannot be opened any
// more then, so a button opens it. Files are for the member who asked, and so is
// the reply that brings them; where Discord does not take them, it says so.
func (a *App) Finish(ctx context.Context, request commands.Request, reply commands.Reply) error {
	if reply.Enclosure == nil {
		return a.finish(ctx, request, reply)
	}
	reply.Shared = false
	err := a.finish(ctx, request, reply)
	var lost *lostError
	if err == nil || errors.As(err, &lost) && lost.left {
		return err // It may be there.
	}
	return a.finish(ctx, request, withoutFiles(reply))
}

func (a *App) finish(ctx context.Context, request commands.Request, reply commands.Reply) error {
	if request.Via == commands.ViaCompletion {
		return nil // Nobody waits for suggestions.
	}
	from, ok := parseOrigin(request.ReplyTo)
	if !ok {
		return fmt.Errorf("%w: the request has no token", ErrNotAnswered)
	}
	if a.now().Sub(request.Received) >= tokenLife {
		return fmt.Errorf("%w: the token has ended", ErrNotAnswered)
	}
	message, says := messageOf(a.pictured(reply), 0)
	replaces := replaces(request, reply, from.place)
	switch {
	case !says && from.place.updates():
		return nil
	case replaces, !from.place.updates() && !reply.Shared:
		return a.editAnswer(ctx, from, message)
	case !from.place.updates():
		// What was promised is private and stays so: it makes room for a message
		// that all may see.
		if err := a.answer(ctx, from, http.MethodDelete, "/messages/@original", nil); err != nil {
			return err
		}
	case !reply.Shared:
		message.Flags |= flagPrivate
	}
	return a.answer(ctx, from, http.MethodPost, "?wait=true", message)
}

// editAnswer puts a message in the place of the answer that was promised, or of
// the message whose button was pressed.
func (a *App) editAnswer(ctx context.Context, from origin, message body) error {
	return a.answer(ctx, from, http.MethodPatch, "/messages/@original", message)
}

func (a *App) answer(ctx context.Context, from origin, method, tail string, message any) error {
	c := call{
		method: method, path: "/webhooks/" + from.application + "/" + from.token + tail,
		route: "/webhooks/" + from.token, body: message,
	}
	if message, isMessage := message.(body); isMessage {
		c.files = message.files
	}
	wait := a.ackWait
	for try := 1; ; try++ {
		result, err := a.do(ctx, c)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotAnswered, err)
		}
		switch {
		case result.ok():
			return nil
		case result.problem.Code != dg.ErrCodeUnknownWebhook || try == ackTries:
			return fmt.Errorf("%w: status %d, code %d", ErrNotAnswered, result.status, result.problem.Code)
		}
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
			wait *= 2
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("%w: %w", ErrNotAnswered, ctx.Err())
		}
	}
}
