package bot

import (
	"cmp"
	"context"
	"hash/fnv"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Limits of the delivery loop.
const (
	// attemptTimeout bounds an attempt where the Deliverer names no other time.
	attemptTimeout = 30 * time.Second
	// lookSize bounds how many due deliveries a beat looks at. Where there are
	// more, it goes on from workspace to workspace: to so many of them, and so
	// many deliveries of each.
	lookSize = 1000
	turns    = 100
	perTurn  = 16
	// expiring is how many useless deliveries are ended side by side.
	expiring = 16
)

// Outbox is what the delivery loop needs of the store.
type Outbox interface {
	// DueDeliveries returns those that may be tried by now, the longest due
	// first; DueByTurn a few of each workspace, behind the one where an earlier
	// call ended.
	DueDeliveries(ctx context.Context, now time.Time, limit int) ([]coaching.Delivery, error)
	DueByTurn(ctx context.Context, now time.Time, after coaching.WorkspaceID, turns, perTurn int) (due []coaching.Delivery, last coaching.WorkspaceID, err error)
	// SaveDelivery stores a delivery unless somebody else changed it since it
	// was read, and then returns a Conflict.
	SaveDelivery(ctx context.Context, delivery coaching.Delivery) (coaching.Delivery, error)
}

// Worder finds the words for a delivery's facts.
type Worder interface {
	Word(ctx context.Context, delivery coaching.Delivery) (commands.Post, error)
}

// Deliverer brings due deliveries to their channels. Any number of processes may
// do so from one outbox without knowing of one another: a delivery is claimed by
// changing it at the revision that was read, which one of them succeeds in.
type Deliverer struct {
	Outbox  Outbox
	Worder  Worder
	Sender  Sender
	Now     func() time.Time
	Log     *slog.Logger
	Metrics *Metrics
	// Timeout bounds one attempt to send, with the look whether an earlier one
	// arrived; 0 means 30 seconds. A claim holds for twice as long.
	Timeout time.Duration
	// Replica is this process's own name, any text that no other one has. By it
	// each of them begins elsewhere among what is due, so that they seldom reach
	// for the same delivery.
	Replica string

	traffic traffic
	sends   sync.WaitGroup
	// looking is held by who looks what is due; after is where the turns of the
	// workspaces go on.
	looking sync.Mutex
	after   coaching.WorkspaceID
}

// Beat looks what is due, begins to send it and returns without waiting for the
// platforms, so that a channel that hangs keeps no other from being served by
// the next beat. It reports how many deliveries it took in hand. What cannot be
// sent yet, since its channel is busy or its workspace has enough in flight,
// stays due. No beat may come after Stop.
func (d *Deliverer) Beat(ctx context.Context) (int, error) { return d.begin(ctx, &d.sends) }

// Round is a [Deliverer.Beat] that returns when all that it took in hand is
// settled.
func (d *Deliverer) Round(ctx context.Context) (int, error) {
	var sends sync.WaitGroup
	defer sends.Wait()
	return d.begin(ctx, &sends)
}

func (d *Deliverer) begin(ctx context.Context, sends *sync.WaitGroup) (int, error) {
	now := d.Now()
	taken, err := d.look(ctx, now)
	// A shutdown does not tear a send that has begun.
	ctx = context.WithoutCancel(ctx)
	for {
		delivery, found := d.traffic.next(now)
		if !found {
			return taken, err
		}
		sends.Go(func() { d.work(ctx, delivery) })
	}
}

// look takes in hand what is due.
func (d *Deliverer) look(ctx context.Context, now time.Time) (int, error) {
	d.looking.Lock()
	defer d.looking.Unlock()
	d.traffic.sweep(now)
	due, err := d.Outbox.DueDeliveries(ctx, now, lookSize)
	if err != nil {
		return 0, err
	}
	d.spread(due)
	taken := d.take(ctx, due, now)
	if len(due) < lookSize {
		return taken, nil
	}
	due, d.after, err = d.Outbox.DueByTurn(ctx, now, d.after, turns, perTurn)
	return taken + d.take(ctx, due, now), err
}

// spread puts channels in this replica's own order. Those of one channel stay in
// the order in which they came due.
func (d *Deliverer) spread(due []coaching.Delivery) {
	place := func(delivery coaching.Delivery) uint64 {
		hash := fnv.New64a()
		_, _ = io.WriteString(hash, d.Replica)
		_, _ = io.WriteString(hash, string(delivery.Workspace))
		_, _ = io.WriteString(hash, string(delivery.Channel))
		_, _ = io.WriteString(hash, string(delivery.Member))
		return hash.Sum64()
	}
	slices.SortStableFunc(due, func(a, b coaching.Delivery) int { return cmp.Compare(place(a), place(b)) })
}

// Stop lets no send begin any more and waits for those in flight, each of which
// ends by its timeout, or for the context to end.
func (d *Deliverer) Stop(ctx context.Context) error {
	d.traffic.close()
	landed := make(chan struct{})
	go func() {
		d.sends.Wait()
		close(landed)
	}()
	select {
	case <-landed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// take ends what came too late, which takes nobody's turn, and offers the rest
// to the traffic.
func (d *Deliverer) take(ctx context.Context, due []coaching.Delivery, now time.Time) int {
	taken := 0
	var late sync.WaitGroup
	places := make(chan struct{}, expiring)
	for _, delivery := range due {
		switch {
		case delivery.TooLate(now):
			taken++
			places <- struct{}{}
			late.Go(func() {
				defer func() { <-places }()
				d.save(ctx, d.logOf(delivery), delivery.Expire(now))
			})
		case d.traffic.offer(delivery, now):
			taken++
		}
	}
	late.Wait()
	return taken
}

// work carries a delivery a step on, and then whoever's turn it is.
func (d *Deliverer) work(ctx context.Context, delivery coaching.Delivery) {
	for found := true; found; delivery, found = d.traffic.next(d.Now()) {
		outcome := d.attempt(ctx, delivery)
		began, ended := d.traffic.done(delivery, outcome, d.Now())
		switch log := d.logOf(delivery); {
		case began:
			log.WarnContext(ctx, "nothing can be sent", "scope", string(outcome.Scope), "reason", string(outcome.Reason))
		case ended:
			log.InfoContext(ctx, "posts go through again")
		}
	}
}

func (d *Deliverer) logOf(delivery coaching.Delivery) *slog.Logger {
	return d.Log.With("delivery", delivery.ID, "workspace", string(delivery.Workspace), "channel", string(delivery.Channel), "member", string(delivery.Member))
}
