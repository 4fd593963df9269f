package coaching

import "time"

// Backlog is what waits in the outbox.
type Backlog struct {
	// Waiting counts the pending deliveries, Due those among them that may be
	// tried now. Both stop at a bound where there are very many.
	Waiting, Due int
	// Oldest is when the pending delivery that has waited longest was due; the
	// zero time where none is pending.
	Oldest time.Time
}

// Lag returns how long the oldest pending delivery has waited by now.
func (b Backlog) Lag(now time.Time) time.Duration {
	if b.Oldest.IsZero() {
		return 0
	}
	return max(now.Sub(b.Oldest), 0)
}
