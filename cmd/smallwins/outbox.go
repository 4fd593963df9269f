package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// outboxCommand holds what an operator does with posts by hand. It works on the
// database: on MongoDB at any time, since it changes a delivery as any replica
// does; on the embedded database while the server is stopped, which has it to
// itself. There is no door for it in the server: that would be one more to
// guard, for something that is seldom done.
type outboxCommand struct {
	List  outboxListCommand  `cmd:"" help:"List deliveries: pending ones as they come up, others the last one first."`
	Retry outboxRetryCommand `cmd:"" help:"Try deliveries again now that were not sent."`
	Drop  outboxDropCommand  `cmd:"" help:"Give pending deliveries up."`
}

// unsent are the states that are listed where none is named.
var unsent = []coaching.DeliveryState{coaching.Pending, coaching.Dead, coaching.Uncertain, coaching.Expired}

// outboxListCommand lists deliveries.
type outboxListCommand struct {
	database
	State     string               `enum:",pending,sent,expired,dead,uncertain" default:"" help:"pending, sent, expired, dead or uncertain; all of these but sent where none is given."`
	Workspace coaching.WorkspaceID `help:"Only one workspace, such as slack:T0123 or discord:1234."`
	Limit     int                  `default:"50" help:"How many to list of a state."`
}

// Run lists.
func (c *outboxListCommand) Run(ctx context.Context) error {
	return c.withOutbox(ctx, func(s *store.Store) error { return c.list(ctx, s, os.Stdout) })
}

func (c *outboxListCommand) list(ctx context.Context, s *store.Store, out io.Writer) error {
	if c.Limit < 1 {
		return errors.New("--limit: list at least one")
	}
	wanted := unsent
	if c.State != "" {
		wanted = []coaching.DeliveryState{coaching.DeliveryState(c.State)}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	row := func(cells ...any) { _, _ = fmt.Fprintf(table, "%v\t%v\t%v\t%v\t%v\t%v\n", cells...) }
	row("STATE", "DUE", "NEXT OR ENDED", "ATTEMPTS", "REASON", "ID")
	for _, state := range wanted {
		found, err := c.find(ctx, s, state)
		if err != nil {
			return err
		}
		for _, delivery := range found {
			reason := delivery.Reason
			if reason == "" {
				reason = "-"
			}
			row(delivery.State, utc(delivery.DueAt), utc(delivery.NextAt), delivery.Attempts, reason, delivery.ID)
		}
	}
	return table.Flush()
}

func (c *outboxListCommand) find(ctx context.Context, s *store.Store, state coaching.DeliveryState) ([]coaching.Delivery, error) {
	if c.Workspace != "" {
		return s.DeliveriesOf(ctx, c.Workspace, state, c.Limit)
	}
	return s.DeliveriesIn(ctx, state, c.Limit)
}

func utc(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// outboxRetryCommand tries deliveries again.
type outboxRetryCommand struct {
	database
	IDs    []string `arg:"" name:"id" help:"Ids of deliveries, as outbox list shows them."`
	Looked bool     `help:"Also send what may have arrived already: you have looked into the channel, and it is not there."`
}

// Run makes the deliveries due now; a running server sends them within seconds,
// another one when it starts, for an hour at least.
func (c *outboxRetryCommand) Run(ctx context.Context) error {
	return c.withOutbox(ctx, func(s *store.Store) error {
		return change(ctx, s, os.Stdout, c.IDs, "is due again", func(delivery coaching.Delivery, now time.Time) (coaching.Delivery, error) {
			changed, err := delivery.Retry(now, c.Looked)
			if errors.Is(err, coaching.ErrDoubtful) {
				err = fmt.Errorf("%w: look into the channel, and if it is not there, add --looked", err)
			}
			return changed, err
		})
	})
}

// outboxDropCommand gives deliveries up.
type outboxDropCommand struct {
	database
	IDs []string `arg:"" name:"id" help:"Ids of deliveries, as outbox list shows them."`
}

// Run ends the deliveries.
func (c *outboxDropCommand) Run(ctx context.Context) error {
	return c.withOutbox(ctx, func(s *store.Store) error {
		return change(ctx, s, os.Stdout, c.IDs, "is dropped", coaching.Delivery.Drop)
	})
}

// change changes each of the deliveries and says so. What goes wrong with one
// keeps none of the others.
func change(ctx context.Context, s *store.Store, out io.Writer, ids []string, done string, how func(coaching.Delivery, time.Time) (coaching.Delivery, error)) error {
	var problems []error
	for _, id := range ids {
		delivery, err := s.Delivery(ctx, id)
		if err == nil {
			if delivery, err = how(delivery, systemTime()); err == nil {
				_, err = s.SaveDelivery(ctx, delivery)
			}
		}
		switch {
		case coaching.CodeOf(err) == coaching.NotFound:
			problems = append(problems, fmt.Errorf("%s: there is no such delivery; see: smallwins outbox list", id))
		case coaching.CodeOf(err) == coaching.Conflict:
			problems = append(problems, fmt.Errorf("%s: %w just now", id, coaching.ErrHeld))
		case err != nil:
			problems = append(problems, fmt.Errorf("%s: %w", id, err))
		default:
			_, _ = fmt.Fprintf(out, "%s %s\n", id, done)
		}
	}
	return errors.Join(problems...)
}

// withOutbox opens the database for as long as a function takes.
func (d database) withOutbox(ctx context.Context, do func(*store.Store) error) error {
	err := d.with(ctx, do)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("%w by the running server. Stop it, run this again, and start it: what is due then is sent all the same. Meanwhile METRICS_ADDR counts what is due and dead, and /%s settings names the channels that cannot be posted to", store.ErrInUse, commands.Name)
	}
	return err
}
