package bot

import (
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Limits of the care for the outbox.
const (
	// backlogSize bounds how many pending deliveries are counted.
	backlogSize = 1000
	// keptFor is how long ended deliveries are kept to be looked at, pruned how
	// many at most are removed at a time.
	keptFor = 30 * 24 * time.Hour
	pruned  = 500
)

// Shelf is what the care for the outbox needs of the store.
type Shelf interface {
	// Backlog counts what is pending by now, up to a limit.
	Backlog(ctx context.Context, now time.Time, limit int) (coaching.Backlog, error)
	// PruneDeliveries removes up to limit deliveries that ended before an
	// instant and reports how many.
	PruneDeliveries(ctx context.Context, before time.Time, limit int) (int, error)
}

// Tidy removes old deliveries, a bounded number at a time, and takes the measure
// of what waits, for the metrics. It is meant to be called every few seconds and
// does not read more where more is kept.
func (d *Deliverer) Tidy(ctx context.Context, shelf Shelf) error {
	now := d.Now()
	backlog, err := shelf.Backlog(ctx, now, backlogSize)
	if err != nil {
		return err
	}
	flying, barred := d.traffic.load()
	d.Metrics.outbox(backlog, backlog.Lag(now), flying, barred)
	_, err = shelf.PruneDeliveries(ctx, now.Add(-keptFor), pruned)
	return err
}
