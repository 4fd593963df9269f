package coaching

import (
	"fmt"
	"hash/fnv"
	"time"
)

// DeliveryState is where a delivery is in its life.
type DeliveryState string

// The states. Pending deliveries are due at NextAt; all others are final, but
// for an operator's [Delivery.Retry].
const (
	Pending   DeliveryState = "pending"
	Sent      DeliveryState = "sent"
	Expired   DeliveryState = "expired"   // too late to be of use; not sent
	Dead      DeliveryState = "dead"      // cannot be sent; Reason says why
	Uncertain DeliveryState = "uncertain" // may have arrived; never repeated
)

// Delivery is a post that was decided and has to reach a channel or a member:
// once, or not at all with a reason.
type Delivery struct {
	// ID is derived from what it is about (cadence, subject, local date), so
	// the same decision taken twice is one delivery.
	ID        string
	Workspace WorkspaceID
	// Channel is where it goes. It is empty where Member says who is told it
	// alone, in a direct message.
	Channel ChannelID
	Member  MemberID
	// Notices are what it tells, in the order of [CadenceKinds]: of one kind in a
	// channel, of all that came due on the day for a member.
	Notices []Notice
	// Missed counts the occurrences before this one that nobody was there to
	// decide, and that it stands for.
	Missed int

	State DeliveryState
	// NextAt is when a pending delivery may be tried. While a sender holds it,
	// it is when that sender's lease ends. Of an ended one it is when it ended.
	NextAt time.Time
	// Attempts counts the sends that were begun.
	Attempts int
	// Unresolved means that a send was begun whose outcome is not recorded: the
	// process died, or the answer was lost.
	Unresolved bool
	// Barred means that nothing can be sent to the workspace at all, since the
	// last attempt: the app's token was revoked. It waits for somebody to repair
	// that, and is dead where nobody does before it is too late.
	Barred    bool
	DueAt     time.Time
	ExpiresAt time.Time
	EndedAt   time.Time
	Reason    Reason
	// Receipt is the platform's id of the message, once sent.
	Receipt string
	// Revision is the stored revision that this value was read at; the store
	// compares it before it overwrites.
	Revision int64
}

// Outcome is what came of one attempt to send.
type Outcome struct {
	Result OutcomeResult
	// Receipt is the platform's id of the message, for Delivered.
	Receipt string
	// Scope is what the result and the wait hold for.
	Scope OutcomeScope
	// Wait is how long the platform asked to wait before the next post; it may
	// be 0. A post that went through can come with one, too.
	Wait time.Duration
	// Reason names what went wrong, for logs, counts and people.
	Reason Reason
}

// OutcomeResult classifies an [Outcome].
type OutcomeResult string

// The results.
const (
	Delivered OutcomeResult = "delivered" // the platform has it
	Refused   OutcomeResult = "refused"   // the platform does not have it; later it may
	Hopeless  OutcomeResult = "hopeless"  // trying again cannot help
	Lost      OutcomeResult = "lost"      // no answer: the platform may have it or not
)

// OutcomeScope is what an [Outcome] holds for besides its delivery.
type OutcomeScope string

// The scopes. A channel that is archived concerns nobody else; a token that was
// revoked or used too often concerns all that is sent with it.
const (
	OfChannel   OutcomeScope = ""
	OfWorkspace OutcomeScope = "workspace"
	OfPlatform  OutcomeScope = "platform"
)

// Back-off: the first retry comes after about retryBase, each further one
// after twice as long, up to retryCap.
const (
	retryBase = 5 * time.Second
	retryCap  = 15 * time.Minute
)

// Begin returns the delivery as it is while a sender holds it, until the lease
// ends.
func (d Delivery) Begin(now time.Time, lease time.Duration) Delivery {
	d.Attempts++
	d.Unresolved = true
	d.NextAt = now.Add(lease)
	return d
}

// Settle returns the delivery as it is after the outcome of a send. What is
// hopeless for a whole workspace is not this delivery's end: it waits for the
// repair for as long as it is of use.
func (d Delivery) Settle(outcome Outcome, now time.Time) Delivery {
	d.Reason = outcome.Reason
	d.Barred = outcome.Result == Hopeless && outcome.Scope != OfChannel
	switch outcome.Result {
	case Delivered:
		d.Unresolved = false
		d.Receipt = outcome.Receipt
		return d.end(Sent, now)
	case Hopeless:
		d.Unresolved = false
		if !d.Barred {
			return d.end(Dead, now)
		}
	case Refused:
		d.Unresolved = false
	case Lost:
		d.Unresolved = true
	}
	d.NextAt = now.Add(max(outcome.Wait, d.backoff()))
	return d
}

// TooLate reports whether the delivery is of no use any more and was certainly
// not sent.
func (d Delivery) TooLate(now time.Time) bool { return !now.Before(d.ExpiresAt) && !d.Unresolved }

// Expire returns the delivery ended because it is of no use any more: dead where
// nothing could be sent to its workspace.
func (d Delivery) Expire(now time.Time) Delivery {
	d.Unresolved = false
	if d.Barred {
		return d.end(Dead, now)
	}
	d.Reason = "too_late"
	return d.end(Expired, now)
}

// GiveUp returns the delivery ended because nobody can tell whether an earlier
// send arrived, and doubling it would be worse.
func (d Delivery) GiveUp(now time.Time) Delivery {
	d.Reason = "answer_lost"
	return d.end(Uncertain, now)
}

func (d Delivery) end(state DeliveryState, now time.Time) Delivery {
	d.State = state
	d.EndedAt = now
	d.NextAt = now
	return d
}

// backoff is the wait before the next attempt. Its jitter, up to a quarter,
// derives from the id and the attempt, so that the rule stays a function of
// its arguments while deliveries refused together do not return together.
func (d Delivery) backoff() time.Duration {
	wait := retryBase
	for range d.Attempts - 1 {
		if wait *= 2; wait >= retryCap {
			wait = retryCap
			break
		}
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(d.ID))
	_, _ = fmt.Fprint(hash, d.Attempts)
	return wait + time.Duration(hash.Sum32()%1000)*wait/4000
}
