package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// errand is a request that a command carries out beside the handler that waits
// for it. Until done, it is the command's; afterwards, the handler's.
type errand struct {
	path     string
	platform Platform
	request  commands.Request

	// What came of it, for whoever heard of done.
	reply commands.Reply
	err   error
	begun bool // the ledger has to know the request's end
	done  chan struct{}

	// budget ends the wait.
	budget *time.Timer
}

// errands are used again, since a request and its answer are a kilobyte.
var errands = sync.Pool{New: func() any {
	budget := time.NewTimer(time.Hour)
	budget.Stop()
	return &errand{done: make(chan struct{}, 1), budget: budget}
}}

// release gives an errand back that nobody else knows any more.
func (e *errand) release() {
	*e = errand{done: e.done, budget: e.budget}
	errands.Put(e)
}

// carryOut runs the command; a panic in it is an error of this request alone.
func (s *Server) carryOut(ctx context.Context, e *errand) {
	defer func() { e.done <- struct{}{} }()
	defer recovered(&e.err)
	if e.request.Repeats {
		e.begun, e.err = s.config.Ledger.BeginRequest(ctx, e.request.Workspace, e.request.ID, e.request.Received)
		if !e.begun {
			return // with an empty reply where it is a repetition
		}
	}
	e.reply, e.err = s.config.Handler.Handle(ctx, e.request)
}

// explain counts and logs what came of a request and how long it took; where
// that is an error, the reply says so.
func (s *Server) explain(e *errand, took time.Duration) {
	log := func() *slog.Logger {
		return s.config.Log.With("path", e.path, "request", e.request.ID, "workspace", string(e.request.Workspace), "took", took)
	}
	if e.err == nil {
		s.config.Metrics.request(e.path, "answered", took)
		if s.config.Log.Enabled(s.base, slog.LevelDebug) {
			log().DebugContext(s.base, "answered")
		}
		return
	}
	reference := s.config.NewID()
	if coaching.CodeOf(e.err) == coaching.Internal {
		s.config.Metrics.request(e.path, "failed", took)
		log().ErrorContext(s.base, "request failed", "reference", reference, "error", e.err)
	} else {
		s.config.Metrics.request(e.path, "declined", took)
		log().InfoContext(s.base, "request declined", "reference", reference, "error", e.err)
	}
	e.reply = s.config.Handler.Explain(e.request, e.err, reference)
}

// finish brings an answer that could not be the response. The time that the
// command took is not the answer's: it has its own.
func (s *Server) finish(e *errand) {
	within := ioTimeout
	if e.reply.Enclosure != nil {
		within = filesWithin
	}
	ctx, cancel := context.WithTimeout(s.base, within)
	defer cancel()
	if err := e.deliver(ctx); err != nil {
		s.config.Log.ErrorContext(ctx, "late answer not delivered", "path", e.path, "request", e.request.ID, "error", err)
	}
	if !e.begun {
		return
	}
	if err := s.config.Ledger.EndRequest(ctx, e.request.Workspace, e.request.ID); err != nil {
		s.config.Log.ErrorContext(ctx, "end of request not noted", "path", e.path, "request", e.request.ID, "error", err)
	}
}

// deliver is the adapter's Finish; a panic in it is its error.
func (e *errand) deliver(ctx context.Context) (err error) {
	defer recovered(&err)
	return e.platform.Finish(ctx, e.request, e.reply)
}

// recovered makes a panic an error of whatever deferred it.
func recovered(err *error) {
	if cause := recover(); cause != nil {
		*err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
	}
}
