package coaching_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func mustFigure(t testing.TB, text string) coaching.Figure {
	t.Helper()
	figure, _, err := coaching.ScanFigure(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return figure
}

func reason(err error) coaching.Reason {
	var coded *coaching.Error
	if errors.As(err, &coded) {
		return coded.Reason
	}
	return ""
}

func TestAmountAddsToASumAndSetsALevel(t *testing.T) {
	t.Parallel()
	demos := coaching.Goal{Kind: coaching.Meetings, Unit: coaching.Count, Nature: coaching.Sum}
	churn := coaching.Goal{Kind: coaching.Churn, Unit: coaching.Percent, Nature: coaching.Ratio}
	revenue := coaching.Goal{Kind: coaching.Revenue, Unit: coaching.Money, Currency: "USD", Nature: coaching.Sum}
	closed := demos
	closed.State = coaching.Closed
	for _, test := range []struct {
		goal   coaching.Goal
		amount string
		op     coaching.Op
		refuse coaching.Reason
	}{
		{demos, "3", coaching.Add, ""},
		{demos, "+3", coaching.Add, ""},
		{demos, "-3", coaching.Add, ""},
		{demos, "=3", coaching.Set, ""},
		{demos, "=0", coaching.Set, ""},
		{churn, "2.1%", coaching.Set, ""},
		{churn, "2.1", coaching.Set, ""},
		{churn, "+0.1", coaching.Add, ""},
		{revenue, "$4,500.50", coaching.Add, ""},
		{revenue, "4500", coaching.Add, ""},
		{demos, "0", "", "amount_zero"},
		{demos, "45%", "", "amount_is_percent"},
		{demos, "$5", "", "amount_is_money"},
		{revenue, "฿500", "", "amount_other_currency"},
		{demos, "=-3", "", "level_negative"},
		{churn, "101", "", "percent_above_hundred"},
		{closed, "3", "", "goal_closed"},
	} {
		entry, err := coaching.NewEntry(test.goal, mustFigure(t, test.amount), "")
		if entry.Op != test.op || reason(err) != test.refuse {
			t.Errorf("%s on %s: %s, %v; want %s, %s", test.amount, test.goal.Kind, entry.Op, err, test.op, test.refuse)
		}
	}
	if _, err := coaching.NewEntry(demos, mustFigure(t, "1"), strings.Repeat("ก", coaching.MaxNote+1)); reason(err) != "note_too_long" {
		t.Errorf("a long note: %v", err)
	}
}

// TestUndoTakesBackOneEntryAtATime plays any mixture of entries and undos, some
// of them repeated, against a stack.
func TestUndoTakesBackOneEntryAtATime(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		var entries []coaching.Entry // newest first
		var stack []string
		answered := make(map[string]string) // request → entry that it took back
		at := time.Unix(0, 0).UTC()
		for i := range rapid.IntRange(0, 40).Draw(rt, "steps") {
			at = at.Add(time.Second)
			if rapid.Bool().Draw(rt, "log") {
				id := fmt.Sprint("e", i)
				entries = slices.Insert(entries, 0, coaching.Entry{ID: id, Request: id, At: at, Op: coaching.Add, Amount: decimal.NewFromInt(1)})
				stack = append(stack, id)
				continue
			}
			request := fmt.Sprint("u", rapid.IntRange(0, 10).Draw(rt, "request"))
			undo, done, found := coaching.ChooseUndo(entries, request)
			switch earlier, repeated := answered[request]; {
			case repeated:
				if !done || undo.Reverts != earlier {
					rt.Fatalf("repeated %s took back %q, at first %q", request, undo.Reverts, earlier)
				}
			case len(stack) == 0:
				if found {
					rt.Fatalf("took back %q though nothing was left", undo.Reverts)
				}
			default:
				top := stack[len(stack)-1]
				if done || undo.Reverts != top {
					rt.Fatalf("took back %q, want %q", undo.Reverts, top)
				}
				stack = stack[:len(stack)-1]
				answered[request] = top
				undo.At = at
				entries = slices.Insert(entries, 0, undo)
			}
		}
		if progress := coaching.Reckon(coaching.Progress{}, entries); progress.Entries != len(stack) {
			rt.Errorf("%d entries stand, want %d", progress.Entries, len(stack))
		}
	})
}
