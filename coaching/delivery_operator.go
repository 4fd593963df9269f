package coaching

import (
	"errors"
	"time"
)

// Why an operator's wish is refused.
var (
	// ErrSent means that the platform has the post.
	ErrSent = errors.New("it was sent")
	// ErrHeld means that a sender has it in hand, or looks for it.
	ErrHeld = errors.New("it is being sent or looked for")
	// ErrDoubtful means that it may have arrived.
	ErrDoubtful = errors.New("it may have arrived")
	// ErrEnded means that nothing will be sent anyway.
	ErrEnded = errors.New("it has ended")
)

// retriedFor is how long a delivery that an operator tries again stays of use.
const retriedFor = time.Hour

// Retry returns an ended or waiting delivery as it is when an operator wants it
// tried again now. It returns [ErrSent] or [ErrHeld] where that makes no sense,
// and [ErrDoubtful] for one that may have arrived, unless the operator has
// looked and takes it upon themselves to post it again.
func (d Delivery) Retry(now time.Time, looked bool) (Delivery, error) {
	switch {
	case d.State == Sent:
		return d, ErrSent
	case d.held(now):
		return d, ErrHeld
	case (d.State == Uncertain || d.Unresolved) && !looked:
		return d, ErrDoubtful
	}
	d.State, d.NextAt, d.Attempts = Pending, now, 0
	d.Unresolved, d.Barred, d.Reason, d.EndedAt = false, false, "", time.Time{}
	if until := now.Add(retriedFor); d.ExpiresAt.Before(until) {
		d.ExpiresAt = until
	}
	return d, nil
}

// Drop returns a waiting delivery ended because an operator does not want it
// sent. It returns [ErrEnded] or [ErrHeld] where that is too late.
func (d Delivery) Drop(now time.Time) (Delivery, error) {
	switch {
	case d.State != Pending:
		return d, ErrEnded
	case d.held(now):
		return d, ErrHeld
	}
	d.Reason = "dropped"
	return d.end(Dead, now), nil
}

// held reports whether a sender has the delivery in hand.
func (d Delivery) held(now time.Time) bool {
	return d.State == Pending && d.Unresolved && now.Before(d.NextAt)
}
