package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Limits of the delivery loop.
const (
	// lease is how long a sender may hold a delivery; longer than an attempt
	// can take, so that no two senders hold one.
	lease       = time.Minute
	sendTimeout = 30 * time.Second
	// roundSize bounds how many due deliveries a round looks at, inFlight how
	// many it sends at a time.
	roundSize = 500
	inFlight  = 8
)

// Outbox is what the delivery loop needs of the store.
type Outbox interface {
	DueDeliveries(ctx context.Context, now time.Time, limit int) ([]coaching.Delivery, error)
	// SaveDelivery stores a delivery unless somebody else changed it since it
	// was read, and then returns a Conflict.
	SaveDelivery(ctx context.Context, delivery coaching.Delivery) (coaching.Delivery, error)
}

// Worder finds the words for a delivery's facts.
type Worder interface {
	Word(ctx context.Context, delivery coaching.Delivery) (commands.Post, error)
}

// Deliverer brings due deliveries to their channels.
type Deliverer struct {
	Outbox  Outbox
	Worder  Worder
	Sender  Sender
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *Metrics
}

// Round tries the deliveries that are due, one for each channel: called every
// second it keeps each channel at about one message a second, which is what
// the platforms allow, and lets no channel hold up another. It returns when
// all of them are settled and reports how many it tried.
func (d *Deliverer) Round(ctx context.Context) (int, error) {
	now := d.Now()
	due, err := d.Outbox.DueDeliveries(ctx, now, roundSize)
	if err != nil {
		return 0, err
	}
	type channel struct {
		workspace coaching.WorkspaceID
		channel   coaching.ChannelID
	}
	taken := make(map[channel]bool, len(due))
	places := make(chan struct{}, inFlight)
	var (
		sends sync.WaitGroup
		tried int
	)
	for _, delivery := range due {
		// What is too late is not sent, so it takes nobody's turn.
		if key := (channel{delivery.Workspace, delivery.Channel}); !delivery.TooLate(now) {
			if taken[key] {
				continue
			}
			taken[key] = true
		}
		select {
		case places <- struct{}{}:
		case <-ctx.Done():
			sends.Wait()
			return tried, ctx.Err()
		}
		tried++
		sends.Go(func() {
			defer func() { <-places }()
			d.deliver(ctx, delivery)
		})
	}
	sends.Wait()
	return tried, nil
}

// deliver carries one delivery a step on: claim, send, record. Errors are
// logged here, since the stored state says what comes next: a claim that is
// not settled comes due again when its lease ends.
func (d *Deliverer) deliver(ctx context.Context, delivery coaching.Delivery) {
	log := d.Log.With("delivery", delivery.ID, "workspace", string(delivery.Workspace), "channel", string(delivery.Channel))
	now := d.Now()
	doubtful := delivery.Unresolved
	if delivery.TooLate(now) {
		d.save(ctx, log, delivery.Expire(now))
		return
	}
	claimed, err := d.Outbox.SaveDelivery(ctx, delivery.Begin(now, lease))
	if coaching.CodeOf(err) == coaching.Conflict {
		return // Another sender has it.
	}
	if err != nil {
		log.ErrorContext(ctx, "delivery not claimed", "error", err)
		return
	}
	post, err := d.Worder.Word(ctx, claimed)
	if err != nil {
		log.ErrorContext(ctx, "delivery not worded", "error", err)
		// Nothing was sent now; what an earlier attempt did is as open as before.
		result := coaching.Refused
		if doubtful {
			result = coaching.Lost
		}
		d.save(ctx, log, claimed.Settle(coaching.Outcome{Result: result, Reason: "not_worded"}, d.Now()))
		return
	}
	// A shutdown does not tear a send that has begun.
	sendCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTimeout)
	defer cancel()
	d.save(sendCtx, log, d.send(sendCtx, log, claimed, post, doubtful))
}

// send makes one attempt. Where an earlier one was begun and nobody knows how
// it ended, it first looks whether the post is there, and rather gives up than
// posts twice.
func (d *Deliverer) send(ctx context.Context, log *slog.Logger, delivery coaching.Delivery, post commands.Post, doubtful bool) coaching.Delivery {
	if doubtful {
		receipt, found, err := d.Sender.Sent(ctx, post)
		switch now := d.Now(); {
		case errors.Is(err, commands.ErrTryLater) && now.Before(delivery.ExpiresAt):
			return delivery.Settle(coaching.Outcome{Result: coaching.Lost, Reason: "lookup_failed"}, now)
		case err != nil:
			log.WarnContext(ctx, "nobody can tell whether the post arrived", "error", err)
			return delivery.GiveUp(now)
		case found:
			return delivery.Settle(coaching.Outcome{Result: coaching.Delivered, Receipt: receipt}, now)
		case !now.Before(delivery.ExpiresAt):
			return delivery.Expire(now)
		}
	}
	outcome := d.Sender.Send(ctx, post)
	return delivery.Settle(outcome, d.Now())
}

func (d *Deliverer) save(ctx context.Context, log *slog.Logger, delivery coaching.Delivery) {
	saved, err := d.Outbox.SaveDelivery(ctx, delivery)
	if err != nil {
		log.ErrorContext(ctx, "delivery not recorded", "state", string(delivery.State), "error", err)
		return
	}
	d.Metrics.delivery(saved)
	log.InfoContext(ctx, "delivery", "state", string(saved.State), "attempt", saved.Attempts, "reason", string(saved.Reason), "next", saved.NextAt)
}
