package commands

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Limits of a tick: how many due cadences are read at a time, and how many of
// them are looked into at once.
const (
	tickBatch   = 200
	tickAtOnce  = 8
	maxProfiles = 50 // questions to a platform about its members
)

// Tick decides what has come due by now and puts it into the outbox. It may run
// on any number of replicas, late, or twice: a decision has a derived id, so it
// is taken once. An error with one cadence does not keep the others waiting.
func (r *Router) Tick(ctx context.Context, now time.Time) error {
	var (
		errs []error
		last coaching.Cadence
	)
	tick := &tick{now: now, profiles: make(chan struct{}, maxProfiles)}
	for {
		due, err := r.store.DueCadences(ctx, now, last, tickBatch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		errs = append(errs, r.decideAll(ctx, tick, due)...)
		if len(due) < tickBatch || ctx.Err() != nil {
			return errors.Join(errs...)
		}
		last = due[len(due)-1]
	}
}

// tick is what the decisions of one tick share.
type tick struct {
	now time.Time
	// profiles takes a token for each question that a platform is asked.
	profiles chan struct{}
}

// decideAll decides the due cadences of a page: the deliveries first, then the
// cadences move on. Both can be repeated. A process that dies in between leaves
// the cadences due, and finds the deliveries in the outbox the next time.
func (r *Router) decideAll(ctx context.Context, tick *tick, due []coaching.Cadence) []error {
	var (
		decisions = make([]decision, len(due))
		errs      = make([]error, len(due))
	)
	atOnce(len(due), func(i int) { decisions[i], errs[i] = r.decide(ctx, tick, due[i]) })
	var decided []coaching.Delivery
	for i := range due {
		if errs[i] != nil {
			continue
		}
		if delivery := decisions[i].delivery; delivery != nil {
			decided = append(decided, *delivery)
		}
		decided = append(decided, decisions[i].also...)
	}
	if err := r.store.Enqueue(ctx, decided...); err != nil {
		return append(errs, err)
	}
	atOnce(len(due), func(i int) {
		if errs[i] == nil {
			errs[i] = r.remembers(ctx, decisions[i])
		}
		if errs[i] == nil {
			errs[i] = r.advance(ctx, decisions[i].cadences)
		}
	})
	for i, err := range errs {
		if err != nil {
			errs[i] = fmt.Errorf("cadence %s: %w", due[i].Key(), err)
		}
	}
	return errs
}

// advance moves cadences on. Those that somebody else moved or changed are
// theirs.
func (r *Router) advance(ctx context.Context, cadences []coaching.Cadence) error {
	for _, cadence := range cadences {
		if err := r.store.AdvanceCadence(ctx, cadence); err != nil && coaching.CodeOf(err) != coaching.Conflict {
			return err
		}
	}
	return nil
}

// atOnce does n things, a few at a time, and waits for all.
func atOnce(n int, do func(i int)) {
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(n, tickAtOnce) {
		workers.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}
