package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// grace is how long connections wait for answers under way when the time is up.
const grace = 10 * time.Second

// load is what is sent to one address.
type load struct {
	address string
	secret  []byte
	run     string
	command command
	members int
	// check judges an answer.
	check func(asked command, member int, body []byte) error
	// requests and time bound the load; whichever is used up first ends it.
	requests int64
	time     time.Duration
}

// outcome is what came of a load.
type outcome struct {
	right, wrong int64
	// firstWrong is what was wrong with the first wrong answer.
	firstWrong error
	took       time.Duration
	latency    histogram
}

// perSecond is how many requests were answered rightly in a second.
func (o *outcome) perSecond() float64 { return float64(o.right) / o.took.Seconds() }

// sequence numbers all requests of this process.
var sequence atomic.Uint64

// drive sends a load over a number of connections, each of which has one
// request under way at a time. A connection that breaks is one wrong answer and
// is not opened again. The error is about what kept the load from beginning.
func drive(ctx context.Context, load load, connections int) (*outcome, error) {
	began := time.Now()
	clients := make([]*client, connections)
	defer func() {
		for _, client := range clients {
			if client != nil {
				_ = client.conn.Close()
			}
		}
	}()
	for i := range clients {
		var err error
		if clients[i], err = dial(load.address, load.secret, load.run, i, began.Add(load.time+grace)); err != nil {
			return nil, err
		}
	}

	var (
		left    atomic.Int64
		stopped atomic.Bool
		workers sync.WaitGroup
		mu      sync.Mutex
		total   outcome
		wrongs  []error
	)
	left.Store(load.requests)
	defer context.AfterFunc(ctx, func() { stopped.Store(true) })()
	began = time.Now()
	until := began.Add(load.time)
	for _, client := range clients {
		workers.Go(func() {
			var mine outcome
			for !stopped.Load() && left.Add(-1) >= 0 && mine.one(client, &load, until) {
			}
			mu.Lock()
			defer mu.Unlock()
			total.right += mine.right
			total.wrong += mine.wrong
			total.latency.merge(&mine.latency)
			if mine.firstWrong != nil {
				wrongs = append(wrongs, mine.firstWrong)
			}
		})
	}
	workers.Wait()
	total.took = time.Since(began)
	if len(wrongs) > 0 {
		total.firstWrong = wrongs[0]
	}
	if total.right == 0 && total.wrong == 0 {
		return nil, errors.Join(errors.New("nothing was sent"), ctx.Err())
	}
	return &total, nil
}

// one sends one request and takes down what came of it. It reports whether
// there is time for another.
func (o *outcome) one(client *client, load *load, until time.Time) bool {
	asked, member := load.command.draw(client.random), client.random.IntN(load.members)
	began := time.Now()
	body, err := client.ask(asked, member, sequence.Add(1), began)
	ended := time.Now()
	if err != nil {
		o.fail(fmt.Errorf("%s: %w", asked, err))
		return false
	}
	o.latency.add(ended.Sub(began))
	if err := load.check(asked, member, body); err != nil {
		o.fail(fmt.Errorf("%s: %w", asked, err))
	} else {
		o.right++
	}
	return ended.Before(until)
}

func (o *outcome) fail(err error) {
	o.wrong++
	if o.firstWrong == nil {
		o.firstWrong = err
	}
}

// ask sends one command over a connection of its own and returns the answer.
func (l *load) ask(asked command, member int) ([]byte, error) {
	now := time.Now()
	client, err := dial(l.address, l.secret, l.run, 0, now.Add(grace))
	if err != nil {
		return nil, err
	}
	defer func() { _ = client.conn.Close() }()
	return client.ask(asked, member, sequence.Add(1), now)
}

// newRandom is the source of one connection's choices.
func newRandom(number int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(number), 1)) //nolint:gosec // Spreads load; hides nothing.
}
