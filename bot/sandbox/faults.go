package sandbox

import (
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// FaultKind names what goes wrong.
type FaultKind string

// The faults that can be injected.
const (
	// FaultTooMany answers 429 with Retry-After; the call has no effect.
	FaultTooMany FaultKind = "too_many"
	// FaultStatus answers an HTTP status with an HTML body, as the
	// platform's front does; the call has no effect.
	FaultStatus FaultKind = "status"
	// FaultRefuse answers with an error of the platform's; the call has no effect.
	FaultRefuse FaultKind = "refuse"
	// FaultHang keeps the caller waiting, before the call has its effect, until
	// it is released or the caller goes away. A call whose caller went away has
	// no effect.
	FaultHang FaultKind = "hang"
	// FaultLost lets the call have its effect and then resets the connection:
	// the answer is lost.
	FaultLost FaultKind = "lost"
	// FaultHangAfter lets the call have its effect, but keeps the caller
	// waiting for the answer until it is released or goes away.
	FaultHangAfter FaultKind = "hang_after"
)

// Fault makes calls go wrong.
type Fault struct {
	Kind FaultKind
	// Method limits it to calls of one method; empty means any.
	Method string
	// Calls is how many calls it hits; 0 means one, below 0 all to come.
	Calls int
	// RetryAfter is for FaultTooMany, rounded up to seconds; at least one.
	RetryAfter time.Duration
	// Status is for FaultStatus; 0 means 500.
	Status int
	// Error is for FaultRefuse: the name of Slack's error, the code of Discord's.
	Error string
	// Hit, if there is one, is called for every call that the fault is about to
	// hit.
	Hit func()
	// Release, when closed, lets hanging calls go on. nil means never.
	Release <-chan struct{}
}

// outages are what goes wrong with a platform's API. Platforms embed it; their
// tests call its methods.
type outages struct {
	outage  sync.Mutex
	revoked bool
	faults  []*Fault
	plague  func(method string) Fault
}

// Inject adds a fault. Faults are used up in the order in which they came.
func (o *outages) Inject(fault Fault) {
	if fault.Calls == 0 {
		fault.Calls = 1
	}
	o.outage.Lock()
	defer o.outage.Unlock()
	o.faults = append(o.faults, &fault)
}

// Plague lets choose say what goes wrong with each call that no injected fault
// hits: nothing by the zero Fault. It is asked for one call at a time.
func (o *outages) Plague(choose func(method string) Fault) {
	o.outage.Lock()
	defer o.outage.Unlock()
	o.plague = choose
}

// Heal takes back all faults and a revoked token. Calls that hang go on
// hanging.
func (o *outages) Heal() {
	o.outage.Lock()
	defer o.outage.Unlock()
	o.faults, o.plague = nil, nil
	o.revoked = false
}

// Grant makes a revoked token valid again.
func (o *outages) Grant() {
	o.outage.Lock()
	defer o.outage.Unlock()
	o.revoked = false
}

// Revoke makes the bot's token invalid, as when an app is uninstalled.
func (o *outages) Revoke() {
	o.outage.Lock()
	defer o.outage.Unlock()
	o.revoked = true
}

// isRevoked reports whether the bot's token is invalid.
func (o *outages) isRevoked() bool {
	o.outage.Lock()
	defer o.outage.Unlock()
	return o.revoked
}

// fault returns what goes wrong with this call: nothing, most of the time.
func (o *outages) fault(method string) Fault {
	o.outage.Lock()
	defer o.outage.Unlock()
	for i, fault := range o.faults {
		if fault.Method != "" && fault.Method != method {
			continue
		}
		hit := *fault
		if fault.Calls--; fault.Calls == 0 {
			o.faults = append(o.faults[:i:i], o.faults[i+1:]...)
		}
		return hit
	}
	if o.plague != nil {
		return o.plague(method)
	}
	return Fault{}
}

// before plays the faults that keep a call from having its effect, and reports
// whether it did. How a platform refuses too many calls is its own.
func (f Fault) before(w http.ResponseWriter, r *http.Request, tooMany func(wait time.Duration)) bool {
	if f.Hit != nil {
		f.Hit()
	}
	switch f.Kind {
	case FaultTooMany:
		tooMany(max(f.RetryAfter, time.Second))
		return true
	case FaultStatus:
		status := f.Status
		if status == 0 {
			status = http.StatusInternalServerError
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<html><body>Server Error</body></html>"))
		return true
	case FaultHang:
		return !f.wait(r)
	}
	return false
}

// after plays the faults that lose the answer of a call that had its effect,
// and reports whether it did.
func (f Fault) after(w http.ResponseWriter, r *http.Request) bool {
	switch f.Kind {
	case FaultLost:
		reset(w)
		return true
	case FaultHangAfter:
		return !f.wait(r)
	}
	return false
}

// wait returns true when the call is released, false when its caller has gone.
func (f Fault) wait(r *http.Request) bool {
	select {
	case <-f.Release:
		return true
	case <-r.Context().Done():
		return false
	}
}

// reset closes the connection so that the caller sees it reset, not ended.
func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		// No connection to break (a recorder, HTTP/2): net/http aborts the
		// answer on this value without a stack trace.
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}

// seconds rounds a wait up to whole seconds, as Retry-After counts.
func seconds(wait time.Duration) string {
	return strconv.Itoa(int((wait + time.Second - 1) / time.Second))
}
