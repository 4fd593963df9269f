package commands_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestClosingAsksForTheReasonOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	for range 3 {
		o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-01", "20")
	}
	state := func(number int, want coaching.State, reason string) {
		t.Helper()
		goal, err := o.store.Goal(t.Context(), officeID, number)
		if err != nil || goal.State != want || goal.Reason != reason {
			t.Errorf("#%d is %s for %q, %v; want %s for %q", number, goal.State, goal.Reason, err, want, reason)
		}
	}
	f := o.opens(nok, "close #1")
	state(1, coaching.Active, "")
	f.answers("reason=retire_close_moot").wants("#1 Demos is closed.")
	state(1, coaching.Closed, "No longer matters")

	o.opens(nok, "park #2").answers("reason=other").answers("words=The <!channel> launch is later").wants("#2 Demos is parked")
	state(2, coaching.Parked, "The <!channel> launch is later")

	wants(t, o.reads(nok, "close #3 the product is gone"), "#3 Demos is closed.")
	state(3, coaching.Closed, "the product is gone")
	o.refuses(ploy, "close #2", "goal_of_another")
}
