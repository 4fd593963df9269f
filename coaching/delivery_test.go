package coaching_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

var nine = time.Date(2026, time.March, 10, 9, 0, 0, 0, time.UTC)

func TestOutcomeDecidesWhatComesNext(t *testing.T) {
	t.Parallel()
	begun := coaching.Delivery{ID: "d", State: coaching.Pending, ExpiresAt: nine.Add(time.Hour)}.Begin(nine, time.Minute)
	if !begun.Unresolved || begun.Attempts != 1 || !begun.NextAt.Equal(nine.Add(time.Minute)) {
		t.Errorf("begun delivery: %+v", begun)
	}
	for _, test := range []struct {
		outcome    coaching.Outcome
		state      coaching.DeliveryState
		unresolved bool
	}{
		{coaching.Outcome{Result: coaching.Delivered, Receipt: "1.2"}, coaching.Sent, false},
		{coaching.Outcome{Result: coaching.Refused, Reason: "ratelimited"}, coaching.Pending, false},
		{coaching.Outcome{Result: coaching.Hopeless, Reason: "is_archived"}, coaching.Dead, false},
		{coaching.Outcome{Result: coaching.Lost, Reason: "timeout"}, coaching.Pending, true},
	} {
		got := begun.Settle(test.outcome, nine)
		if got.State != test.state || got.Unresolved != test.unresolved || got.Reason != test.outcome.Reason || got.Receipt != test.outcome.Receipt {
			t.Errorf("%s: %+v", test.outcome.Result, got)
		}
	}
	if !begun.Settle(coaching.Outcome{Result: coaching.Lost}, nine).GiveUp(nine).EndedAt.Equal(nine) {
		t.Error("giving up does not end the delivery")
	}
	if begun.TooLate(nine.Add(2 * time.Hour)) {
		t.Error("a delivery that may have been sent was taken for unsent")
	}
}

func TestRetriesGrowToACapAndStayApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		delivery := coaching.Delivery{ID: fmt.Sprint("d", rapid.Int().Draw(rt, "id"))}
		asked := time.Duration(rapid.IntRange(0, 3600).Draw(rt, "asked")) * time.Second
		base := 5 * time.Second
		for range 12 {
			delivery = delivery.Begin(nine, time.Minute).Settle(coaching.Outcome{Result: coaching.Refused, Wait: asked}, nine)
			wait := delivery.NextAt.Sub(nine)
			if wait < asked || wait < base || wait > max(asked, base+base/4) {
				rt.Fatalf("attempt %d waits %s with %s asked for, want %s and up to a quarter more", delivery.Attempts, wait, asked, base)
			}
			base = min(2*base, 15*time.Minute)
		}
	})
}
