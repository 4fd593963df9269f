package coaching

// DayBook is what the events of a workspace come to, day by day.
type DayBook struct {
	// From and To are the days that it covers. Of those that it has no rollup
	// of, no event tells.
	From, To Date
	Days     []Rollup // in order
	// Pending counts days that events touched since they were reckoned: their
	// figures are a little old.
	Pending int
	// State changes with every event that touches one of the days.
	State int64
}

// Total adds up the days from one to another, of the cuts that keep says.
func (b DayBook) Total(from, to Date, keep func(Cut) bool) *DayTally {
	total := new(DayTally)
	b.each(from, to, keep, func(_ Date, _ Cut, t *DayTally) { total.Add(t) })
	return total
}

// each calls do for every tally of some days and cuts.
func (b DayBook) each(from, to Date, keep func(Cut) bool, do func(Date, Cut, *DayTally)) {
	first, last := from.serial(), to.serial()
	for i := range b.Days {
		rollup := &b.Days[i]
		if day := rollup.Day.serial(); day < first || day > last {
			continue
		}
		for cut, tally := range rollup.Cells {
			if keep(cut) {
				do(rollup.Day, cut, tally)
			}
		}
	}
}

// Cycle returns how long deals take: those opened within the year up to a day,
// as they stood at its end, with those still open counted for as long as they
// have been. Older deals that hang on are left out: who looks for what is usual
// now does not mean them.
func (b DayBook) Cycle(through Date, keep func(Cut) bool) Survival {
	from := through.AddMonths(-cycleMonths).AddDays(1)
	open := make(map[int]int) // deals still open, by the day of their opening
	var spells []Spell
	b.each(from, through, keep, func(day Date, _ Cut, t *DayTally) {
		at := day.serial()
		open[at] += t.Opened
		for _, end := range t.Ends {
			if opened := at - end.Days; end.Days != unknownDays && opened >= from.serial() {
				open[opened] -= end.N
				for range end.N {
					spells = append(spells, Spell{Days: end.Days, Fate: end.Fate})
				}
			}
		}
	})
	for opened, n := range open {
		for range n {
			spells = append(spells, Spell{Days: through.serial() - opened, Fate: FateOpen})
		}
	}
	cycle, err := NewSurvival(spells)
	if err != nil {
		return Survival{} // No spell is negative.
	}
	return cycle
}

// cycleMonths is how far back the deals were opened that a cycle is of.
const cycleMonths = 12

// ChurnIn returns the customers lost from one day to another of those at risk:
// who were customers when the first day began, as [ChurnOf] has it.
func (b DayBook) ChurnIn(from, to Date, keep func(Cut) bool) Rate {
	var churn Rate
	begin, end := from.serial(), to.serial()
	b.each(Date{}, b.To, keep, func(day Date, _ Cut, t *DayTally) {
		at := day.serial()
		if at < begin {
			churn.Of += t.Started
		}
		for _, leaving := range t.Left {
			// One of whom only the end is known was a customer all the time before.
			there := leaving.Days == unknownDays || at-leaving.Days < begin
			switch {
			case at < begin && leaving.Days != unknownDays:
				churn.Of -= leaving.N
			case at >= begin && leaving.Days == unknownDays:
				churn.Of += leaving.N
			}
			if at >= begin && at <= end && there {
				churn.Hits += leaving.N
			}
		}
	})
	return churn
}

// lost returns the customers lost from one day to another, but for those who
// joined in the very month, of all who were customers in that time.
func (b DayBook) lost(from, to Date, keep func(Cut) bool) Rate {
	lost := Rate{Of: b.ChurnIn(from, to, keep).Of}
	b.each(from, to, keep, func(day Date, _ Cut, t *DayTally) {
		lost.Of += t.Started
		for _, leaving := range t.Left {
			if leaving.Days == unknownDays || leaving.Days >= day.Day {
				lost.Hits += leaving.N
			}
		}
	})
	return lost
}

// Owners returns what each owner's days come to, by [OwnerKey].
func (b DayBook) Owners() map[string]*DayTally {
	totals := make(map[string]*DayTally)
	keys := make(map[string]string)
	b.each(b.From, b.To, func(cut Cut) bool { return cut.Owner != "" }, func(_ Date, cut Cut, t *DayTally) {
		key, known := keys[cut.Owner]
		if !known {
			key = OwnerKey(cut.Owner)
			keys[cut.Owner] = key
		}
		if totals[key] == nil {
			totals[key] = new(DayTally)
		}
		totals[key].Add(t)
	})
	return totals
}
