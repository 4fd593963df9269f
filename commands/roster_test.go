package commands_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// TestNewRepsLowerWhatATeamCanBring sells 100,000 in every month of two years
// with two people, one of whom has left and is followed by somebody new.
func TestNewRepsLowerWhatATeamCanBring(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	month := coaching.PeriodOf(coaching.Month, coaching.DateOf(tuesday))
	for past := 1; past <= 24; past++ {
		err := c.store.SaveObservation(c.Context(), "slack:T1", coaching.Observation{
			Kind: coaching.Revenue, Period: month.Shift(-past), Value: decimal.NewFromInt(100_000 + int64(past%3)*1000),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	before := wordsOf(c.says("U1", "new we will sell $100k in April", "100,000"))
	if strings.Contains(before, "ramping up") {
		t.Errorf("ramping is told without a team:\n%s", before)
	}
	settings := func(text string, who coaching.MemberID, want string) {
		t.Helper()
		reply, err := c.asks(commands.Request{Member: "U1", Text: "settings " + text, Mentions: []coaching.MemberID{who}})
		c.heard(text, reply, err, []string{want})
	}
	settings("rep @U1", "U1", "u1, long here")
	settings("rep @U2 2020-01-01 2026-03-16", "U2", "until 16 Mar")
	settings("rep @U3 2026-03-16", "U3", "since 16 Mar")
	settings("rep @U3 someday", "U3", "Write dates as")
	settings("rep @U4", "U3", "Who?")
	after := wordsOf(c.says("U1", "new we will sell $100k in April", "1 of 2 reps is ramping up"))
	if !strings.Contains(before, "comfortable") || !strings.Contains(after, "out of reach") {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
