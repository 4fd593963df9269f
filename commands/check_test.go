package commands_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// lacks checks that a reply holds none of the texts.
func (c *talk) lacks(reply commands.Reply, texts ...string) {
	c.Helper()
	for _, text := range texts {
		if words := wordsOf(reply); strings.Contains(words, text) {
			c.Errorf("says %q:\n%s", text, words)
		}
	}
}

// figure keeps a final figure of February.
func (c *talk) figure(kind coaching.Kind, value int64) {
	c.Helper()
	february := coaching.PeriodOf(coaching.Month, coaching.DateOf(tuesday.AddDate(0, -1, 0)))
	err := c.store.SaveObservation(c.Context(), "slack:T1", coaching.Observation{Kind: kind, Period: february, Value: decimal.NewFromInt(value)})
	if err != nil {
		c.Fatal(err)
	}
}

// A month costs 20,000 + 8,000 + 3,000 + 5,000 = 36,000, a quarter 108,000.
// At 40% that is earned by 108,000 / 0.4 = 270,000. 250,000 leave 100,000,
// 20,000 of revenue short; 300,000 leave 120,000, 12,000 more than the costs.
func TestNewRevenueGoalIsCheckedAgainstTheCosts(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	const short = "new we will reach revenue of $250k by the end of Q2 by calling lapsed customers"
	c.lacks(c.says("U1", short, "<Create goal>"), "osts")
	c.says("U1", "settings margin 40%")
	c.says("U1", short, "Set the costs of a month, and I check", "<Create goal>")
	c.says("U1", "settings costs salaries 20k production 8k marketing 3k overhead 5k")
	c.says("U1", short,
		"At a margin of 40%, $250,000 leaves $100,000; the costs of Q2 2026 are $108,000. It takes $270,000, $20,000 more.",
		"<Create goal>") // It warns and does not stand in the way.
	c.says("U1", strings.Replace(short, "250k", "300k", 1),
		"The costs of Q2 2026, $108,000, are covered, with $12,000 left. Break-even is at $270,000.")
	// A year has 12 × 36,000.
	c.says("U1", "new we will reach revenue of $1M this year by calling lapsed customers", "the costs of 2026 are $432,000. It takes $1,080,000, $80,000 more.")
	c.says("U1", "settings margin -5%")
	c.says("U1", short, "no revenue covers the costs of Q2 2026, $108,000.")
	c.says("U1", "settings margin off")
	c.says("U1", short, "The costs of Q2 2026 are $108,000. Set the contribution margin")
}

func TestCostsAreTheTeamsAndOfWholeMonths(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.says("U1", "settings margin 40%")
	c.says("U1", "settings costs overhead 36k")
	for _, statement := range []string{
		"I will reach revenue of $50k this month by calling lapsed customers",
		"we will reach revenue of $50k by 28 April by calling lapsed customers",
		"we will reach revenue of €50k this month by calling lapsed customers",
		"we will reach monthly recurring revenue of $50k this month by calling lapsed customers",
	} {
		c.lacks(c.says("U1", "new "+statement, "<Create goal>"), "osts")
	}
	c.says("U1", "new we will reach revenue of $50k this month by calling lapsed customers", "the costs of Mar 2026 are $36,000")
}

// 900 / 600 = 1.5; 1,800 / 600 = 3.
func TestCustomerValueIsComparedWithTheCostOfWinning(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	const value = "new we will raise customer lifetime value to $900 by the end of Q2 by calling every customer"
	c.says("U1", value, "Log customer acquisition cost on a team goal too", "<Create goal>")
	c.figure(coaching.CAC, 600)
	c.says("U1", value, "A customer brings $900 and takes $600 to win: 1.5 times that. From about 3 times on")
	c.says("U1", strings.Replace(value, "900", "1,800", 1), "takes $600 to win: 3 times that.")
	c.says("U1", strings.Replace(value, "900", "600", 1), "does not pay", "<Create goal>")

	const cost = "new we will lower customer acquisition cost to $500 by the end of Q2 by asking for referrals"
	c.says("U1", cost, "Log customer lifetime value on a team goal too")
	c.figure(coaching.CLV, 400)
	c.says("U1", cost, "A customer brings $400 and takes $500 to win")
	// What is logged on a goal that runs is newer than February.
	c.goal("", coaching.CLV, "Lifetime value", 2_000)
	c.says("U1", cost, "A customer brings $400 and")
	c.says("U1", "log #1 =$2,000")
	c.says("U1", cost, "A customer brings $2,000 and takes $500 to win: 4 times that.")
}

// 40 of 160 leads are won (25%), 160 of 400 calls become leads (40%): the 20
// deals left are 80 leads and 200 calls. 150 calls are good for 150 × 40% × 25%
// = 15 deals.
func TestActivityIsSizedByTheGoalThatItFeeds(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	const calls = "new we will make 150 calls this month"
	c.goal("", coaching.Custom, "Deals", 22)
	c.says("U1", "log #1 +2")
	c.lacks(c.says("U1", calls, "<Create goal>"), "usual rates")
	c.says("U1", "settings funnel calls 400 leads 160 deals 40")
	reply := c.says("U1", calls, "What is left of #1 Deals asks for 200 calls at the usual rates; 150 calls are good for about 15 deals.", "<Create goal>")
	c.lacks(reply, "rests on")
	c.says("U1", strings.Replace(calls, "150", "200", 1), "asks for 200 calls at the usual rates; 200 calls carry it.")
	for _, other := range []string{"I will make 150 calls this month", "we will make 150 calls by the end of Q2", "we will send 150 e-mails this month", "we will win 30 deals this month"} {
		c.lacks(c.says("U1", "new "+other, "<Create goal>"), "usual rates")
	}
	// 4 of 16 is 25% too, of too few cases.
	c.says("U1", "settings funnel calls 400 leads 16 deals 4")
	c.says("U1", calls, "The rate of leads rests on 16 cases; about 45 are needed to plan with it.")
	c.says("U1", "settings funnel calls 400 leads 0 deals 0")
	c.lacks(c.says("U1", calls), "usual rates")
	c.says("U1", "settings funnel calls 400 deals 0")
	c.says("U1", calls, "There is no conversion rate for calls yet")
}

// 10,000 a deal: 200,000 left are 20 deals and, at a tenth, 200 calls.
func TestActivityIsSizedByRevenueThroughTheAverageDeal(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Revenue, "Revenue", 200_000)
	c.says("U1", "settings funnel calls 400 deals 40")
	c.lacks(c.says("U1", "new 150 calls this month", "<Create goal>"), "usual rates")
	c.says("U1", "settings deal $10k from 10")
	c.says("U1", "new 150 calls this month", "What is left of #1 Revenue asks for 200 calls at the usual rates; 150 calls are good for about 15 deals.",
		"The average deal rests on 10 deals; about 15 are needed to plan with it.")
	c.lacks(c.says("U2", "new 150 calls this month", "<Create goal>"), "usual rates") // It is somebody else's revenue.
}

func TestEveryCheckIsWorded(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	for _, reason := range []coaching.Reason{
		coaching.ReasonCostsCovered, coaching.ReasonCostsShort, coaching.ReasonCostsNoMargin, coaching.ReasonCostsMissing,
		coaching.ReasonValueExceeds, coaching.ReasonValueThin, coaching.ReasonValueBelow, coaching.ReasonValueMissing, coaching.ReasonCostMissing,
		coaching.ReasonActivityCarries, coaching.ReasonActivityShort, coaching.ReasonActivityNoRate,
		coaching.ReasonNeedFewCases, coaching.ReasonNeedNoRate, coaching.ReasonNeedTooMany, coaching.ReasonDealSizeFew,
	} {
		if !voice.Has("check_" + string(reason)) {
			t.Errorf("a check can say %q, which has no words", reason)
		}
	}
}
