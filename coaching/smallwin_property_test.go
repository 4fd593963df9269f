package coaching_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func drawAsk(t *rapid.T, tb testing.TB) coaching.WinAsk {
	goals := []coaching.Goal{
		deals(),
		{Kind: coaching.Revenue, Currency: "THB", Size: exactly("440000")},
		{Kind: coaching.Leads, Size: exactly("80")},
		{Kind: coaching.Calls, Size: exactly("400")},
		{Kind: coaching.WinRate, Size: exactly("30")},
		{Kind: coaching.Churn, Size: exactly("2")},
	}
	goal := rapid.SampledFrom(goals).Draw(t, "goal")
	ask := tuesday(judged(tb, goal, fmt.Sprint(rapid.IntRange(0, 30).Draw(t, "value"))))
	ask.Today = june.From.AddDays(rapid.IntRange(-3, 33).Draw(t, "day"))
	ask.Member = coaching.MemberID(rapid.SampledFrom([]string{"U1", "U2", "a~b"}).Draw(t, "member"))
	ask.Share = rapid.Float64Range(0, 1).Draw(t, "share")
	ask.Calendar = drawCalendar(t)
	if rapid.Bool().Draw(t, "has a funnel") {
		ask.Funnel = drawFunnel(t)
		ask.Size = coaching.DealSize{Mean: number("9000"), Deals: rapid.IntRange(0, 5).Draw(t, "deals")}
	}
	text := rapid.SampledFrom([]string{"", "do it"})
	ask.Plan = coaching.Plan{
		Hiccups: text.Draw(t, "hiccups"), LeakFix: text.Draw(t, "leak"), Tools: text.Draw(t, "tools"), Reach: text.Draw(t, "reach"),
	}
	return ask
}

// Whatever the ask: never more than three, on working days only, with ids of
// their own, and the same when asked again, with or without what was kept.
func TestProposingWinsAgainAddsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		ask := drawAsk(r, t)
		first := coaching.ProposeWins(ask)
		if !slices.Equal(first.Wins, coaching.ProposeWins(ask).Wins) {
			r.Fatal("the same ask has two answers")
		}
		ids := make(map[string]bool)
		for _, win := range first.Wins {
			ids[win.ID] = true
			if win.Title == "" || win.Count < 0 || !ask.Calendar.Works(win.Due) || win.Due.Before(ask.Today) || win.Due.After(june.To) || win.Week.After(ask.Today) {
				r.Fatalf("on %s: %+v", ask.Today, win)
			}
		}
		if len(first.Wins) > coaching.MostWins || len(ids) != len(first.Wins) {
			r.Fatalf("%d wins with %d ids", len(first.Wins), len(ids))
		}
		ask.Kept = first.Wins
		if again := coaching.ProposeWins(ask); !slices.Equal(first.Wins, again.Wins) {
			r.Fatalf("%s, then with these kept %s", summary(first), summary(again))
		}
		// Later in the week, with more or less done, there still are three at most.
		ask.Today = ask.Today.AddDays(rapid.IntRange(0, 4).Draw(r, "later"))
		if later := coaching.ProposeWins(ask); len(later.Wins) > coaching.MostWins {
			r.Fatalf("later in the week: %s", summary(later))
		}
	})
}
