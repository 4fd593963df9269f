package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"
)

// subject is a server to measure.
type subject struct {
	name string
	pid  int // 0 where it is not known
	load load
}

// measurement is what was seen of a server at a number of connections.
type measurement struct {
	server      string
	connections int
	outcome     *outcome
	// Of one request, 0 where it was not measured.
	cpu, clientCPU time.Duration
	// Bytes, 0 where they were not measured.
	resident, peak int64
}

// measure drives the subjects in turn, so that all meet the machine in the same
// moods, and keeps the best round of each.
func (c *runCommand) measure(ctx context.Context, subjects []subject) (table, error) {
	if _, err := usageOf(0); errors.Is(err, errNoProcess) {
		fmt.Fprintln(os.Stderr, err)
		for i := range subjects {
			subjects[i].pid = 0
		}
	}
	best := make(table, len(c.Connections)*len(subjects))
	for round := range c.Rounds {
		for i := range best {
			subject, connections := &subjects[i%len(subjects)], c.Connections[i/len(subjects)]
			fmt.Fprintf(os.Stderr, "round %d of %d, %d connections: %s\n", round+1, c.Rounds, connections, subject.name)
			m, err := subject.measure(ctx, connections)
			if err = errors.Join(err, ctx.Err()); err != nil {
				return nil, fmt.Errorf("%s at %d connections: %w", subject.name, connections, err)
			}
			best[i] = better(best[i], m)
		}
	}
	return best, nil
}

// better returns the measurement with more requests a second. A wrong answer is
// never outdone.
func better(a, b measurement) measurement {
	switch {
	case a.outcome == nil || b.outcome.wrong > 0:
		return b
	case a.outcome.wrong > 0 || a.outcome.perSecond() >= b.outcome.perSecond():
		return a
	default:
		return b
	}
}

// measure warms up and drives one subject.
func (s *subject) measure(ctx context.Context, connections int) (m measurement, err error) {
	m = measurement{server: s.name, connections: connections}
	warm := s.load
	warm.requests = min(warm.requests, warmUp)
	if m.outcome, err = drive(ctx, warm, connections); err != nil || m.outcome.wrong > 0 {
		return m, err
	}
	before, client := s.usage()
	if m.outcome, err = drive(ctx, s.load, connections); err != nil {
		return m, err
	}
	after, clientAfter := s.usage()
	n := time.Duration(max(m.outcome.right, 1))
	m.cpu, m.clientCPU = (after.cpu-before.cpu)/n, (clientAfter.cpu-client.cpu)/n
	m.resident, m.peak = after.resident, after.peak
	return m, nil
}

// usage is what the subject and this process have used, zero where that cannot
// be known.
func (s *subject) usage() (subject, client usage) {
	if s.pid != 0 {
		subject, _ = usageOf(s.pid)
	}
	client, _ = usageOf(0)
	return subject, client
}
