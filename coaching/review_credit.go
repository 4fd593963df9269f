package coaching

import (
	"cmp"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Contribution is a member's part of a figure that adds up.
type Contribution struct {
	// Member is empty for what no entry tells of: the part by which the final
	// figure differs from the entries.
	Member MemberID
	// Name is what the member was called at the last entry.
	Name   string
	Amount decimal.Decimal
	// Share is the amount as a share of the final figure, 0 where that is not
	// positive.
	Share float64
	// Entries counts those that stand.
	Entries int
}

// Segment is a part of a figure: of a stage, a product, a territory.
type Segment struct {
	Name  string
	Value decimal.Decimal
	// Of is what a percentage is a share of, such as deals closed, 0 where it
	// is no share or that is not known.
	Of int
	// Share is the value as a share of the final figure, for figures that add
	// up; it is filled in by the review.
	Share float64
}

// standing returns the entries that were not taken back, oldest first.
func standing(entries []Entry) []Entry {
	undone := make(map[string]bool)
	for _, entry := range entries {
		if entry.Op == Undo {
			undone[entry.Reverts] = true
		}
	}
	stand := make([]Entry, 0, len(entries))
	for _, entry := range slices.Backward(entries) {
		if entry.Op != Undo && !undone[entry.ID] {
			stand = append(stand, entry)
		}
	}
	return stand
}

// credit fills in who and what made the figure. An entry that sets a total
// counts for what it changed. Levels and ratios are nobody's sum.
func (r *Review) credit(end Ending) {
	if r.Goal.Nature != Sum || !r.HasFinal {
		return
	}
	found := slices.Clone(end.Credits)
	total := decimal.Zero
	for _, credit := range found {
		total = total.Add(credit.Amount)
	}
	entries := end.Entries
	if found != nil {
		entries = nil
	}
	for _, entry := range standing(entries) {
		i := slices.IndexFunc(found, func(c Contribution) bool { return c.Member == entry.Member })
		if i < 0 {
			i = len(found)
			found = append(found, Contribution{Member: entry.Member})
		}
		amount := entry.Amount
		if entry.Op == Set {
			amount = amount.Sub(total)
		}
		total = total.Add(amount)
		found[i].Amount = found[i].Amount.Add(amount)
		found[i].Entries++
		found[i].Name = entry.Name
	}
	if rest := r.Final.Sub(total); !rest.IsZero() {
		found = append(found, Contribution{Amount: rest})
	}
	slices.SortStableFunc(found, func(a, b Contribution) int {
		return cmp.Or(b.Amount.Cmp(a.Amount), cmp.Compare(a.Name, b.Name))
	})
	final := r.Final.InexactFloat64()
	if final > 0 {
		for i := range found {
			found[i].Share = found[i].Amount.InexactFloat64() / final
		}
		r.Segments = slices.Clone(r.Segments)
		for i := range r.Segments {
			r.Segments[i].Share = r.Segments[i].Value.InexactFloat64() / final
		}
	}
	r.Contributions = found
}

// markMilestones says which milestones were kept. The figure of a day is what
// the entries up to its end come to; what was taken back later never counted.
// A goal that has no entries has no figure to mark them by.
func (r *Review) markMilestones(end Ending) {
	stand := standing(end.Entries)
	if len(end.Milestones) == 0 || len(stand) == 0 {
		return
	}
	start := decimal.Zero
	if r.Goal.Nature != Sum {
		start = r.Goal.Baseline
	}
	figure := func(day Date) float64 {
		value, _ := figureBy(stand, start, day, end.Location)
		return value.InexactFloat64()
	}
	r.Milestones = MarkMilestones(end.Milestones, r.Goal.Better, r.Goal.Period.To, figure)
	// The last one is the goal: late entries and the final figure count for it.
	if last := &r.Milestones[len(r.Milestones)-1]; r.Result != ResultUnknown && last.Day == r.Goal.Period.To {
		last.Figure = r.Final.InexactFloat64()
		last.State = MilestoneMissed
		if r.Result == ResultMet {
			last.State = MilestoneKept
		}
	}
	for _, m := range r.Milestones {
		if m.State == MilestoneKept {
			r.Kept++
		} else {
			r.Slipped++
		}
	}
}

// figureBy returns what the entries up to the end of a day come to on top of a
// start; known is false where there are none.
func figureBy(stand []Entry, start decimal.Decimal, day Date, loc *time.Location) (value decimal.Decimal, known bool) {
	value = start
	for _, entry := range stand {
		if DateOf(entry.At.In(loc)).After(day) {
			continue
		}
		known = true
		if entry.Op == Set {
			value = entry.Amount
		} else {
			value = value.Add(entry.Amount)
		}
	}
	return value, known
}

// leave returns the figures that the goal leaves to history: its period's,
// and, where the entries alone make it, each of its months'. A member's goal
// leaves none to the team's.
func (r *Review) leave(end Ending) []Observation {
	if !r.HasFinal || r.Partial || !r.Goal.Team() {
		return nil
	}
	kind, period := r.Goal.Kind, r.Goal.Period
	left := []Observation{{Kind: kind, Period: period, Value: r.Final}}
	first, months := wholeMonths(period)
	if months < 2 || r.Goal.Nature == Ratio {
		return left
	}
	stand := standing(end.Entries)
	if len(stand) == 0 {
		return left
	}
	total, before := decimal.Zero, decimal.Zero
	for i := range months {
		month := PeriodOf(Month, dateOfMonth(first+i))
		through := month.To
		if i == months-1 {
			through = maxDate // what was entered late belongs to the period
		}
		value, known := figureBy(stand, decimal.Zero, through, end.Location)
		total = value
		switch {
		case r.Goal.Nature == Sum:
			value, before = value.Sub(before), value
		case !known:
			continue
		}
		left = append(left, Observation{Kind: kind, Period: month, Value: value})
	}
	if !total.Equal(r.Final) {
		return left[:1]
	}
	return left
}

// maxDate is after any day that anything happens on.
var maxDate = Date{Year: 9999, Month: 12, Day: 31}
