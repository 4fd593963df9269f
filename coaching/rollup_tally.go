package coaching

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Add adds another tally to this one.
func (t *DayTally) Add(other *DayTally) {
	t.Opened += other.Opened
	t.OpenedWon += other.OpenedWon
	t.OpenedLost += other.OpenedLost
	t.Won += other.Won
	t.Lost += other.Lost
	t.Amount = plus(t.Amount, other.Amount)
	for _, end := range other.Ends {
		t.addEnd(end)
	}
	for _, stage := range other.Stages {
		t.addStage(stage)
	}
	t.Received += other.Received
	t.ReceivedQualified += other.ReceivedQualified
	t.Qualified += other.Qualified
	t.Started += other.Started
	t.Renewals += other.Renewals
	t.Joined = plus(t.Joined, other.Joined)
	t.Departed = plus(t.Departed, other.Departed)
	t.Change = plus(t.Change, other.Change)
	for _, leaving := range other.Left {
		t.addLeaving(leaving)
	}
	for _, cost := range other.Costs {
		t.addCost(cost)
	}
	t.Calls += other.Calls
	t.Emails += other.Emails
	t.Meetings += other.Meetings
}

// plus adds where there is something to add: most amounts of most days are
// zero.
func plus(a, b decimal.Decimal) decimal.Decimal {
	if b.IsZero() {
		return a
	}
	return a.Add(b)
}

// Spent returns what was spent on some categories, on all of them where none is
// named.
func (t *DayTally) Spent(categories ...string) decimal.Decimal {
	total := decimal.Zero
	for _, cost := range t.Costs {
		if len(categories) == 0 || slices.Contains(categories, cost.Category) {
			total = total.Add(cost.Amount)
		}
	}
	return total
}

// Churned returns how many customers left.
func (t *DayTally) Churned() int {
	n := 0
	for _, leaving := range t.Left {
		n += leaving.N
	}
	return n
}

// Activity returns how often an activity was done that goals of a kind count.
func (t *DayTally) Activity(kind Kind) int {
	switch kind { //nolint:exhaustive // The others count no activity.
	case Calls:
		return t.Calls
	case Emails:
		return t.Emails
	case Meetings:
		return t.Meetings
	default:
		return 0
	}
}

func (t *DayTally) addEnd(end End) {
	t.Ends = added(t.Ends, end,
		func(a, b End) int {
			return cmp.Or(cmp.Compare(a.Days, b.Days), strings.Compare(string(a.Fate), string(b.Fate)))
		},
		func(into *End, more End) { into.N += more.N })
}

func (t *DayTally) addStage(stage StageTally) {
	t.Stages = added(t.Stages, stage,
		func(a, b StageTally) int { return strings.Compare(a.Stage, b.Stage) },
		func(into *StageTally, more StageTally) {
			into.Won += more.Won
			into.Lost += more.Lost
			into.LostHere += more.LostHere
		})
}

func (t *DayTally) addLeaving(leaving Leaving) {
	t.Left = added(t.Left, leaving,
		func(a, b Leaving) int { return cmp.Compare(a.Days, b.Days) },
		func(into *Leaving, more Leaving) { into.N += more.N })
}

func (t *DayTally) addCost(cost CostTally) {
	t.Costs = added(t.Costs, cost,
		func(a, b CostTally) int { return strings.Compare(a.Category, b.Category) },
		func(into *CostTally, more CostTally) { into.Amount = into.Amount.Add(more.Amount) })
}

// added adds an element to a sorted list, to the one that is equal if there is
// one.
func added[T any](list []T, element T, compare func(a, b T) int, add func(into *T, more T)) []T {
	at, found := slices.BinarySearchFunc(list, element, compare)
	if found {
		add(&list[at], element)
		return list
	}
	return slices.Insert(list, at, element)
}
