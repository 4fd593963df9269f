package bot

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Platform is what the server needs of a chat platform's adapter. Adapters do
// not import this package; cmd hands them over.
type Platform interface {
	// Verify reports whether the request is the platform's own and fresh. It
	// reads the exact bytes that were signed.
	Verify(header func(name string) string, body []byte, now time.Time) error
	// Decode reads a verified request. It keeps no reference to body. A request
	// that wants no answer is commands.ErrIgnored, one between the platform and
	// its app alone a *commands.Handshake.
	Decode(body []byte, received time.Time) (commands.Request, error)
	// Render appends the JSON that answers the request right away to the caller's
	// buffer and keeps neither. Nothing appended means that the reply goes out by
	// Finish, and that Wait answers for now: where the platform takes answers to
	// such requests that way only, or where a picture has to be sent first.
	Render(to []byte, request commands.Request, reply commands.Reply) ([]byte, error)
	// Wait returns the JSON that acknowledges a request whose answer takes
	// longer and comes by Finish; nothing stands for an empty answer.
	Wait(request commands.Request) []byte
	// Finish delivers the answer to a request that was only acknowledged.
	Finish(ctx context.Context, request commands.Request, reply commands.Reply) error
}

// Ledger remembers the requests that a platform may send again.
type Ledger interface {
	// BeginRequest reports whether the request is to be carried out: no answer
	// to it is on its way or has gone out.
	BeginRequest(ctx context.Context, workspace coaching.WorkspaceID, id string, at time.Time) (first bool, err error)
	// EndRequest remembers that the request is done with.
	EndRequest(ctx context.Context, workspace coaching.WorkspaceID, id string) error
}

// Sender is what the delivery loop needs of a chat platform's adapter.
type Sender interface {
	// Send posts to a channel and judges what came of it. It does not retry.
	Send(ctx context.Context, post commands.Post) coaching.Outcome
	// Sent looks whether the post is in the channel already. An error means
	// that nobody can tell, except commands.ErrTryLater, after which it may be
	// asked again.
	Sent(ctx context.Context, post commands.Post) (receipt string, found bool, err error)
}
