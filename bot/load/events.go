package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// Bounds of a run of events.
const (
	maxEvents   = 5_000_000
	maxBatch    = 1000
	maxSenders  = 64
	eventsBreak = 20 * time.Millisecond // between two questions for progress
)

// eventsCommand sends events through the webhook, asks for progress meanwhile,
// and sends them all again, which has to change nothing.
type eventsCommand struct {
	Target     string `default:"http://127.0.0.1:8080" help:"The server; it must be on this machine."`
	Secret     string `env:"SLACK_SIGNING_SECRET" required:"" help:"What the server verifies slash commands with."`
	HookSecret string `env:"HOOK_SECRET" required:"" help:"What smallwins hook new slack:T0LOAD printed."`
	Events     int    `default:"100000" help:"How many events to send."`
	Batch      int    `default:"1000" help:"Events in a request."`
	Senders    int    `default:"4" help:"Requests under way at a time."`
	Members    int    `default:"10000" help:"Members that ask for progress; as many as were prepared, or fewer."`
	Once       bool   `help:"Do not send them all again."`
	PID        int    `name:"pid" help:"The server's process, to measure its memory."`
}

// Run measures and prints a table. It fails if an answer was wrong.
func (c *eventsCommand) Run(ctx context.Context) error {
	switch {
	case c.Events < 1 || c.Events > maxEvents:
		return fmt.Errorf("%d events: from 1 to %d are allowed", c.Events, maxEvents)
	case c.Batch < 1 || c.Batch > maxBatch:
		return fmt.Errorf("%d events in a request: from 1 to %d are allowed", c.Batch, maxBatch)
	case c.Senders < 1 || c.Senders > maxSenders:
		return fmt.Errorf("%d senders: from 1 to %d are allowed", c.Senders, maxSenders)
	}
	asking, err := (&runCommand{
		Target: c.Target, Secret: c.Secret, Connections: []int{1}, Requests: 1, Seconds: 1, Rounds: 1, Command: string(progress), Members: c.Members,
	}).load(ctx)
	if err != nil {
		return err
	}
	signer, err := standardwebhooks.NewWebhook(c.HookSecret)
	if err != nil {
		return fmt.Errorf("hook secret: %w", err)
	}
	stream := &stream{
		address: "http://" + asking.address + "/hooks/" + string(workspaceID) + "/events", signer: signer,
		events: c.Events, batch: c.Batch, today: time.Now().UTC(),
	}
	rounds := []string{"new", "again"}
	if c.Once {
		rounds = rounds[:1]
	}
	cells := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintln(cells, "| events\t| accepted\t| repeated\t| events/s\t| RSS at start, middle, end\t| progress asked\t| late\t| p50\t| p99\t|\n| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t| ---\t|")
	for _, name := range rounds {
		row, err := c.round(ctx, stream, &asking)
		if err != nil {
			return fmt.Errorf("%s events: %w", name, err)
		}
		if name == "again" && row.accepted > 0 {
			return fmt.Errorf("sent again, %d events counted a second time", row.accepted)
		}
		fmt.Fprintf(cells, "| %s\t| %d\t| %d\t| %.0f\t| %.0f, %.0f, %.0f MiB\t| %d\t| %d\t| %s\t| %s\t|\n", name, row.accepted, row.repeated,
			float64(row.accepted+row.repeated)/row.took.Seconds(), mib(row.memory[0]), mib(row.memory[1]), mib(row.memory[2]),
			row.latency.total, row.late, millis(row.latency.percentile(0.5)), millis(row.latency.percentile(0.99)))
	}
	return cells.Flush()
}

// eventsRow is what was seen of a round.
type eventsRow struct {
	accepted, repeated int64
	took               time.Duration
	memory             [3]int64 // bytes, at the start, in the middle, at the end
	latency            histogram
	late               int // answers that were put off
}

// round sends all events once.
func (c *eventsCommand) round(ctx context.Context, stream *stream, asking *load) (row eventsRow, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		senders, asker     sync.WaitGroup
		next               atomic.Int64
		accepted, repeated atomic.Int64
		mu                 sync.Mutex
		wrong              []error
	)
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		wrong = append(wrong, err)
		cancel()
	}
	memory := func(at int) {
		if c.PID != 0 {
			used, _ := usageOf(c.PID)
			row.memory[at] = used.resident
		}
	}
	memory(0)
	began := time.Now()
	asked := make(chan struct{})
	asker.Go(func() {
		if err := askWhile(asked, asking, &row.latency, &row.late); err != nil {
			fail(fmt.Errorf("ask for progress: %w", err))
		}
	})
	batches := stream.batches()
	for range c.Senders {
		senders.Go(func() {
			for ctx.Err() == nil {
				number := int(next.Add(1)) - 1
				if number >= batches {
					return
				}
				if number == batches/2 {
					memory(1)
				}
				new, known, err := stream.send(ctx, number)
				if err != nil {
					fail(fmt.Errorf("batch %d: %w", number, err))
					return
				}
				accepted.Add(new)
				repeated.Add(known)
			}
		})
	}
	senders.Wait()
	row.took = time.Since(began)
	close(asked)
	asker.Wait()
	memory(2)
	row.accepted, row.repeated = accepted.Load(), repeated.Load()
	return row, errors.Join(wrong...)
}

// askWhile asks for one member's progress after another's until the channel is
// closed. The figures move meanwhile, so only whose they are is looked at. An
// answer that is put off is late, and takes as long as the server waited.
func askWhile(done <-chan struct{}, asking *load, latency *histogram, late *int) error {
	pause := time.NewTicker(eventsBreak)
	defer pause.Stop()
	random := newRandom(0)
	for {
		select {
		case <-done:
			return nil
		case <-pause.C:
		}
		member := random.IntN(asking.members)
		began := time.Now()
		answer, err := asking.ask(progress, member)
		if err != nil {
			return err
		}
		latency.add(time.Since(began))
		if len(answer) == 0 {
			*late++
			continue
		}
		var wants []string
		for goal := range goalsPerMember {
			wants = append(wants, goalName(member, goal))
		}
		if err := checkAnswer(answer, wants); err != nil {
			return err
		}
	}
}
