package coaching

import "github.com/shopspring/decimal"

// Nudge holds the facts of a daily small-win nudge, as decided when it came
// due. Words are found for them when it is sent.
type Nudge struct {
	// Date is the local day it is for, Since the working day it looks back to.
	Date, Since Date
	Wins        []Win
	// MoreWins counts the wins beyond those listed.
	MoreWins int
	Goals    []Standing
}

// Win is progress that a member made on a goal since the last working day.
type Win struct {
	Member MemberID
	Name   string
	Goal   int
	Title  string
	Amount decimal.Decimal
	Unit   Unit
	// Currency or noun, as on the goal.
	Currency, Noun string
	Note           string
}

// Standing is where one goal stands.
type Standing struct {
	Goal     Goal
	Progress Progress
}
