package sandbox

import (
	"sync"
	"time"
)

// Call is one request that came in.
type Call struct {
	// Method is Slack's method, or what was done at Discord: "messages.create".
	Method  string
	Channel string
	At      time.Time
	// Error is what was answered or would have been; empty means ok.
	Error string
	// Fault is the injected fault that took the answer's place, if any.
	Fault FaultKind
	// Gone tells that the caller had gone away before it was answered.
	Gone bool
	// Metadata came with a post to Slack, Nonce with one to Discord.
	Metadata *Metadata
	Nonce    string
}

// callLog keeps the calls of a platform's API. Platforms embed it.
type callLog struct {
	logging sync.Mutex
	calls   []Call
}

// Calls returns the calls of one method, or all if the name is empty, oldest
// first. A call is listed when it has been answered.
func (l *callLog) Calls(method string) []Call {
	l.logging.Lock()
	defer l.logging.Unlock()
	var calls []Call
	for _, call := range l.calls {
		if method == "" || call.Method == method {
			calls = append(calls, call)
		}
	}
	return calls
}

func (l *callLog) record(call Call) {
	l.logging.Lock()
	defer l.logging.Unlock()
	l.calls = append(l.calls, call)
}
