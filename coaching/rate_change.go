package coaching

import "math"

// RateChange is how a rate moved from one stretch of time, team or territory
// to another, and whether it really did. Rates and their difference are in
// percent and percentage points.
type RateChange struct {
	State  ChangeState
	Reason Reason

	Before, Now Rate
	// Difference is now less before; Low and High hold the true difference 19
	// times in 20 (Newcombe 1998, the hybrid score interval).
	Difference, Low, High float64
	// Needs is about how many cases on each side would show a difference of
	// this size four times in five; 0 where it is shown or there is none.
	Needs int
}

// ChangeState says whether something moved.
type ChangeState string

// The states of a change.
const (
	ChangeBetter ChangeState = "changed_for_better"
	ChangeWorse  ChangeState = "changed_for_worse"
	ChangeUnsure ChangeState = "change_unsure" // what is seen may be chance
)

// The reasons of a change's state.
const (
	ReasonChangeShown   Reason = "change_beyond_chance"
	ReasonChangeChance  Reason = "change_within_chance"
	ReasonChangeNone    Reason = "change_none"
	ReasonChangeNoCases Reason = "change_without_cases" // one side has no case at all
)

// CompareRates says whether a rate changed, which needs more than two numbers
// that differ: 5 won of 20 and then 4 of 20 is the same win rate as far as
// anybody can tell. A change that is shown is chance at most once in twenty.
func CompareRates(before, now Rate, better Direction) RateChange {
	c := RateChange{State: ChangeUnsure, Before: before, Now: now, Low: -100, High: 100}
	was, wasKnown := before.Percent()
	is, isKnown := now.Percent()
	if !wasKnown || !isKnown {
		c.Reason = ReasonChangeNoCases
		return c
	}
	wasLow, wasHigh := before.Within95()
	isLow, isHigh := now.Within95()
	c.Difference = is - was
	c.Low, c.High = differenceWithin(was, wasLow, wasHigh, is, isLow, isHigh)
	switch {
	case c.Low > 0 || c.High < 0:
		c.State, c.Reason = ChangeWorse, ReasonChangeShown
		if c.Difference > 0 == (better == Higher) {
			c.State = ChangeBetter
		}
	case c.Difference == 0:
		c.Reason = ReasonChangeNone
	default:
		c.Reason = ReasonChangeChance
		c.Needs = casesToCompare(was, is)
	}
	return c
}

// differenceWithin returns the bounds of "is less was" from the bounds of
// each: the distances of the bounds are added as the sides of a right triangle
// (Newcombe 1998, method 10; in general Zou and Donner 2008).
func differenceWithin(was, wasLow, wasHigh, is, isLow, isHigh float64) (low, high float64) {
	difference := is - was
	return difference - math.Hypot(is-isLow, wasHigh-was), difference + math.Hypot(isHigh-is, was-wasLow)
}

// casesToCompare returns how many cases each of two groups wants so that a
// difference between rates in percent is shown with 95% confidence four times
// in five: (z_a·√(2·m·(1−m)) + z_b·√(p(1−p)+q(1−q)))² / (p−q)², m the mean of
// the two (Fleiss, Levin and Paik, "Statistical Methods for Rates and
// Proportions", 2003, section 4.2, without the continuity correction).
func casesToCompare(was, is float64) int {
	p, q := was/100, is/100
	if p == q {
		return 0
	}
	m := (p + q) / 2
	root := bounds95*math.Sqrt(2*m*(1-m)) + scorePower*math.Sqrt(p*(1-p)+q*(1-q))
	return roundUp(root * root / ((p - q) * (p - q)))
}
