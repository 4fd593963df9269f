package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// firstPatience is how long the record of an outcome waits before it is tried
// again after an error of the database, then twice as long.
const firstPatience = 100 * time.Millisecond

func (d *Deliverer) timeout() time.Duration {
	if d.Timeout > 0 {
		return d.Timeout
	}
	return attemptTimeout
}

// lease is how long a claim holds: as long as an attempt can take, the words
// before it and the record after it included, so that no two senders hold one.
func (d *Deliverer) lease() time.Duration { return 2 * d.timeout() }

// attempt carries one delivery a step on: claim, word, send, record. Errors are
// logged here, since the stored state says what comes next: a claim that is not
// settled comes due again when its lease ends.
func (d *Deliverer) attempt(ctx context.Context, delivery coaching.Delivery) coaching.Outcome {
	ctx, cancel := context.WithTimeout(ctx, d.lease())
	defer cancel()
	log := d.logOf(delivery)
	now := d.Now()
	if delivery.TooLate(now) {
		d.save(ctx, log, delivery.Expire(now))
		return coaching.Outcome{}
	}
	claimed, err := d.Outbox.SaveDelivery(ctx, delivery.Begin(now, d.lease()))
	if coaching.CodeOf(err) == coaching.Conflict {
		return coaching.Outcome{} // Another sender has it.
	}
	if err != nil {
		log.ErrorContext(ctx, "delivery not claimed", "error", err)
		return coaching.Outcome{}
	}
	post, err := d.word(ctx, claimed)
	var outcome coaching.Outcome
	switch {
	case err != nil:
		log.ErrorContext(ctx, "delivery not worded", "error", err)
		outcome = unsent(delivery.Unresolved, "not_worded")
	case claimed.NextAt.Sub(d.Now()) < d.timeout()+d.timeout()/4:
		// The database, or this machine, was so slow that somebody else might
		// take over before this attempt ends.
		outcome = unsent(delivery.Unresolved, "too_slow")
	default:
		var settled coaching.Delivery
		settled, outcome = d.send(ctx, log, claimed, post, delivery.Unresolved)
		d.save(ctx, log, settled)
		return outcome
	}
	d.save(ctx, log, claimed.Settle(outcome, d.Now()))
	return outcome
}

// unsent is the outcome of an attempt that did not come to a send: what an
// earlier one did is as open as before.
func unsent(doubtful bool, reason coaching.Reason) coaching.Outcome {
	if doubtful {
		return coaching.Outcome{Result: coaching.Lost, Reason: reason}
	}
	return coaching.Outcome{Result: coaching.Refused, Reason: reason}
}

func (d *Deliverer) word(ctx context.Context, delivery coaching.Delivery) (commands.Post, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout()/2)
	defer cancel()
	return d.Worder.Word(ctx, delivery)
}

// send makes one attempt. Where an earlier one was begun and nobody knows how
// it ended, it first looks whether the post is there, and rather gives up than
// posts twice.
func (d *Deliverer) send(ctx context.Context, log *slog.Logger, delivery coaching.Delivery, post commands.Post, doubtful bool) (coaching.Delivery, coaching.Outcome) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout())
	defer cancel()
	if doubtful {
		receipt, found, err := d.Sender.Sent(ctx, post)
		switch now := d.Now(); {
		case errors.Is(err, commands.ErrTryLater) && now.Before(delivery.ExpiresAt):
			outcome := coaching.Outcome{Result: coaching.Lost, Reason: "lookup_failed"}
			return delivery.Settle(outcome, now), outcome
		case err != nil:
			log.WarnContext(ctx, "nobody can tell whether the post arrived", "error", err)
			return delivery.GiveUp(now), coaching.Outcome{}
		case found:
			outcome := coaching.Outcome{Result: coaching.Delivered, Receipt: receipt}
			return delivery.Settle(outcome, now), outcome
		case !now.Before(delivery.ExpiresAt):
			return delivery.Expire(now), coaching.Outcome{}
		}
	}
	outcome := d.Sender.Send(ctx, post)
	return delivery.Settle(outcome, d.Now()), outcome
}

// save records what became of a delivery. A database that fails for a moment is
// asked again, since what is not recorded must be looked for later, or can
// never be told.
func (d *Deliverer) save(ctx context.Context, log *slog.Logger, delivery coaching.Delivery) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.timeout()/2)
	defer cancel()
	for patience := firstPatience; ; patience *= 2 {
		saved, err := d.Outbox.SaveDelivery(ctx, delivery)
		if err == nil {
			d.Metrics.delivery(saved)
			log.InfoContext(ctx, "delivery", "state", string(saved.State), "attempt", saved.Attempts, "reason", string(saved.Reason), "next", saved.NextAt)
			return
		}
		if coaching.CodeOf(err) == coaching.Conflict {
			log.WarnContext(ctx, "delivery was taken over", "state", string(delivery.State))
			return
		}
		again := time.NewTimer(patience)
		select {
		case <-again.C:
		case <-ctx.Done():
			again.Stop()
			log.ErrorContext(ctx, "delivery not recorded", "state", string(delivery.State), "error", err)
			return
		}
	}
}
