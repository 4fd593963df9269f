package coaching_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestAStageThatLosesMostIsLookedAtWhereThePlanNamesNone(t *testing.T) {
	t.Parallel()
	ask := tuesday(judged(t, deals(), "9"))
	ask.Funnel = callsToDeals(t)
	wins := coaching.ProposeWins(ask).Wins
	if len(wins) != 3 || wins[2].Title != "win_leak_review" || wins[2].Stage != "leads" || wins[2].Count != 3 || wins[2].Source != coaching.WinFromFunnel {
		t.Errorf("%+v", wins)
	}
}

// 10 of 30 demos with 15 due; the other 20 in 11 days are 7.3 in four.
func TestWithoutAFunnelTheWinIsTheGoalsOwnPieces(t *testing.T) {
	t.Parallel()
	p := coaching.ProposeWins(tuesday(judged(t, coaching.Goal{Kind: coaching.Custom, Noun: "demos", Size: exactly("30")}, "10")))
	if len(p.Wins) != 1 || p.Wins[0].Title != "win_pieces" || p.Wins[0].Stage != "custom" || p.Wins[0].Count != 8 {
		t.Error(summary(p))
	}
	meetings := coaching.ProposeWins(tuesday(judged(t, coaching.Goal{Kind: coaching.Meetings, Size: exactly("30")}, "10")))
	if len(meetings.Wins) != 3 || meetings.Wins[0].Title != "win_pieces_meetings" || meetings.Wins[1].Kind != coaching.WinPlay {
		t.Error(summary(meetings))
	}
}

func TestALimitAsksForNoPieces(t *testing.T) {
	t.Parallel()
	returns := coaching.Goal{Kind: coaching.Custom, Noun: "returns", Better: coaching.Lower, Size: exactly("22")}
	ask := tuesday(judged(t, returns, "30"))
	ask.Plan = coaching.Plan{Hiccups: "sizes are wrong"}
	if p := coaching.ProposeWins(ask); p.Reason != coaching.ReasonWinsBehind || len(p.Wins) != 1 || p.Wins[0].Title != "win_answer_hiccup" {
		t.Errorf("over the limit: %s", summary(p))
	}
	ask.Judgement = judged(t, returns, "11")
	if p := coaching.ProposeWins(ask); p.Reason != coaching.ReasonWinsOnPace {
		t.Errorf("within the limit: %s", summary(p))
	}
}

func TestAPlaysCountIsSmallerOnPaceThanBehind(t *testing.T) {
	t.Parallel()
	churn := coaching.Goal{Kind: coaching.Churn, Size: exactly("2"), Baseline: number("3"), HasBaseline: true}
	counted := func(value string) map[coaching.PlayID]int {
		counts := make(map[coaching.PlayID]int)
		for member := range 20 {
			ask := tuesday(judged(t, churn, value))
			ask.Member = coaching.MemberID(fmt.Sprint("U", member))
			for _, win := range coaching.ProposeWins(ask).Wins {
				counts[win.Play] = win.Count
			}
		}
		return counts
	}
	behind, closing := counted("3.5"), counted("2.5")
	if behind["churn_check_in_after_sale"] != 8 || closing["churn_check_in_after_sale"] != 4 {
		t.Errorf("8 calls in four days when behind and 4 when closing in, got %d and %d", behind["churn_check_in_after_sale"], closing["churn_check_in_after_sale"])
	}
	if len(behind) < 4 {
		t.Errorf("twenty members share %d plays", len(behind))
	}
}

// Recurring revenue is a level: 12,000 are missing, in 11 working days, so
// 4,364 in the week's four; at 1,000 a deal 4.36 deals, 17.5 leads, capped at
// 16, and 43.6 calls.
func TestRecurringRevenueAsksForPiecesToo(t *testing.T) {
	t.Parallel()
	recurring := coaching.Goal{
		Kind: coaching.Revenue, Nature: coaching.Level, Currency: "USD",
		Size: exactly("412000"), Baseline: number("395000"), HasBaseline: true,
	}
	ask := tuesday(judged(t, recurring, "400000"))
	ask.Funnel, ask.Size = callsToDeals(t), coaching.DealSize{Mean: number("1000"), Deals: 40}
	p := coaching.ProposeWins(ask)
	if got, want := summary(p), "wins_on_pace: win_pieces_leads 16"; !strings.HasPrefix(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
	ask.Judgement = judged(t, recurring, "390000")
	if p := coaching.ProposeWins(ask); len(p.Wins) != 3 || p.Wins[1].Count != 80 {
		t.Errorf("further off than at the start: %s", summary(p))
	}
}

func TestPlaysThatTakeLongerThanTheWeekAreNotProposed(t *testing.T) {
	t.Parallel()
	margin := coaching.Goal{Kind: coaching.Margin, Size: exactly("40")}
	for member := range 20 {
		ask := tuesday(judged(t, margin, "30"))
		ask.Today, ask.Member = mustDate(t, "2026-06-19"), coaching.MemberID(fmt.Sprint("U", member))
		for _, win := range coaching.ProposeWins(ask).Wins {
			if play, _ := coaching.PlayOf(win.Play); play.Days > 1 {
				t.Errorf("%s takes %d days, on a Friday", play.ID, play.Days)
			}
		}
	}
}
