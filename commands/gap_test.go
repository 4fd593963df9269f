package commands_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// 11 of March's 22 working days are over on the morning of the 17th, so 11 of
// 22 deals are due. 9 are 2 behind: 2 / 25% = 8 leads, 8 / 40% = 20 calls.
func TestGapIsToldInLeadsAndCalls(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("", coaching.Custom, "Deals", 22)
	c.says("U1", "log #1 +9")
	c.lacks(c.says("U1", "progress #1", "Behind by 2 deals"), "usual rates")
	c.says("U1", "settings funnel calls 400 leads 160 deals 40")
	const gap = "2 deals behind. At the usual rates that takes about 8 leads (40 of 160 go on), 20 calls (160 of 400 go on)."
	c.lacks(c.says("U1", "progress #1", gap), "rests on")
	c.says("U1", "show #1", gap)
	c.says("U1", "log #1 +2")
	c.lacks(c.says("U1", "progress #1", "On pace"), "usual rates")
	c.says("U1", "log #1 +4")
	c.lacks(c.says("U1", "show #1", "Ahead"), "usual rates")
}

// 110,000 of 220,000 are due. 24,000 less are 2.4 deals of 10,000; 2.4 / 25% =
// 9.6 leads, said as 10; 9.6 / 40% = 24 calls.
func TestGapInMoneyIsToldInDeals(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Revenue, "Revenue", 220_000)
	c.says("U1", "log #1 +86k")
	c.says("U1", "settings funnel calls 400 leads 160 deals 40")
	c.lacks(c.says("U1", "progress #1", "Behind by $24,000"), "usual rates")
	c.says("U1", "settings deal $10k from 30")
	c.lacks(c.says("U1", "progress #1",
		"$24,000 behind is about 2.4 deals of $10,000 on average. At the usual rates that takes about 10 leads (40 of 160 go on), 24 calls (160 of 400 go on)."), "rests on")
	c.says("U1", "settings deal $10k from 1")
	c.says("U1", "progress #1", "The average deal rests on 1 deal; about 15 are needed to plan with it.")
	c.says("U1", "settings funnel calls 400 leads 16 deals 4")
	c.says("U1", "progress #1", "The rate of leads rests on 16 cases; about 45 are needed")
	c.says("U1", "settings funnel leads 16 deals 0")
	c.says("U1", "progress #1", "$24,000 behind is about 2.4 deals of $10,000 on average. Nothing has gone on from leads yet")
}

// 22 demos a month are one a day; 2 behind after 11 days are, at 2 calls a
// demo, 4 calls. The team's word for its stage is the goal's.
func TestGapOfAnActivityIsToldInTheStageBefore(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 22)
	c.says("U1", "log #1 +9")
	c.says("U1", "settings funnel calls 400 demos 200 deals 40")
	c.says("U1", "progress #1", "2 demos behind. At the usual rates that takes about 4 calls (200 of 400 go on).")
	c.says("U1", "settings funnel calls 400 meetings 200 deals 40")
	c.says("U1", "progress #1", "about 4 calls (200 of 400 go on).")
	c.says("U1", "settings funnel meetings 200 deals 40")
	c.lacks(c.says("U1", "progress #1", "Behind by 2 demos"), "2 demos behind") // Nothing comes before.
}

// 13 deals in the 11 days left are 4.73 in the week's four. 4.73 / 25% = 18.9
// leads, of which a day has room for 4; 18.9 / 40% = 47.3 calls.
func TestSmallWinsComeThroughTheFunnel(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Custom, "Deals", 22)
	c.says("U1", "log #1 +9")
	c.says("U1", "settings funnel calls 400 leads 160 deals 40")
	c.says("U1", "plan #1", "sized for the days left", "1. Qualify 16 leads", "this is what fits into the days left", "2. Make 48 calls")
}
