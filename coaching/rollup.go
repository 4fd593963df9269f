package coaching

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Cut is whose, where, what and of which kind figures are. The empty string
// stands for "not said".
type Cut struct {
	Owner, Territory, Product, Type, Currency string
}

// compare orders cuts.
func (c Cut) compare(other Cut) int {
	return cmp.Or(
		strings.Compare(c.Owner, other.Owner), strings.Compare(c.Territory, other.Territory),
		strings.Compare(c.Product, other.Product), strings.Compare(c.Type, other.Type), strings.Compare(c.Currency, other.Currency),
	)
}

// Cut returns how a subject's figures are cut.
func (s Dossier) Cut() Cut {
	return Cut{
		Owner: s.Value(FieldOwner), Territory: s.Value(FieldTerritory), Product: s.Value(FieldProduct),
		Type: s.Value(FieldType), Currency: s.Value(FieldCurrency),
	}
}

// DayTally is what a day, or any number of days, came to. All of it adds up, so
// that a month is its days and a team its members.
type DayTally struct {
	// Opened counts deals by the day of their opening; of these OpenedWon and
	// OpenedLost are decided by now, whenever that was.
	Opened, OpenedWon, OpenedLost int
	// Won and Lost count deals by the day of their end; Amount is what the won
	// ones brought.
	Won, Lost int
	Amount    decimal.Decimal
	// Ends are how long the deals took that ended, by days and fate.
	Ends []End
	// Stages are what became of the deals that ended, by the stages that they
	// had come to.
	Stages []StageTally

	// Received counts leads by the day of their receipt, ReceivedQualified those
	// of them qualified by now; Qualified counts by the day of qualification.
	Received, ReceivedQualified, Qualified int

	// Started and Left count customers; Joined and Departed are what they paid a
	// month, Renewals and Change the renewals and what these changed of it.
	Started, Renewals        int
	Joined, Departed, Change decimal.Decimal
	// Left are the customers who went, by how many days they had been there.
	Left []Leaving

	// Costs are the day's share of what was spent, by category.
	Costs []CostTally

	Calls, Emails, Meetings int
}

// End counts deals that took so many days.
type End struct {
	Days int // -1 where the opening is not known
	Fate Fate
	N    int
}

// StageTally counts the ended deals that had come to a stage; LostHere are
// those for which it was the last.
type StageTally struct {
	Stage               string
	Won, Lost, LostHere int
}

// Leaving counts customers who left after so many days.
type Leaving struct {
	Days int // -1 where the start is not known
	N    int
}

// CostTally is what was spent on a category.
type CostTally struct {
	Category string
	Amount   decimal.Decimal
}

// Reading is a figure that was recorded directly.
type Reading struct {
	Metric   Kind
	Cut      Cut
	From, To Date
	Value    decimal.Decimal
	// Of is what a percentage is a share of, 0 where that was not said.
	Of int
}

// Rollup is what the events of one day come to, by cut.
type Rollup struct {
	Day      Date
	Cells    map[Cut]*DayTally
	Readings []Reading
	// Subjects counts what it was reckoned from.
	Subjects int
}

// cell returns the tally of a cut, to be added to.
func (r *Rollup) cell(cut Cut) *DayTally {
	if r.Cells == nil {
		r.Cells = make(map[Cut]*DayTally)
	}
	t := r.Cells[cut]
	if t == nil {
		t = new(DayTally)
		r.Cells[cut] = t
	}
	return t
}

// Sorted returns the cuts that the day has, in order.
func (r *Rollup) Sorted() []Cut {
	cuts := make([]Cut, 0, len(r.Cells))
	for cut := range r.Cells {
		cuts = append(cuts, cut)
	}
	slices.SortFunc(cuts, Cut.compare)
	return cuts
}

// Recount is a set of days to reckon anew: give it every subject that touches
// them, each once.
type Recount struct{ days map[Date]*Rollup }

// NewRecount begins to reckon some days anew.
func NewRecount(days ...Date) Recount {
	r := Recount{days: make(map[Date]*Rollup, len(days))}
	for _, day := range days {
		r.days[day] = &Rollup{Day: day}
	}
	return r
}

// Rollup returns what a day came to; nothing for one that is not of the set.
func (r Recount) Rollup(day Date) *Rollup { return r.days[day] }

// on changes the tally of a day, if it is of the set.
func (r Recount) on(day Date, cut Cut, change func(*DayTally)) {
	if rollup := r.days[day]; rollup != nil {
		change(rollup.cell(cut))
	}
}

// Add counts a subject on those of the days that it touches.
func (r Recount) Add(s Dossier) {
	for _, days := range s.Touched {
		for day := days.From; !day.After(days.To); day = day.AddDays(1) {
			if rollup := r.days[day]; rollup != nil {
				rollup.Subjects++
			}
		}
	}
	cut := s.Cut()
	switch s.Kind {
	case SubjectDeal:
		r.addDeal(s.Opportunity(), cut)
	case SubjectLead:
		r.addLead(s, cut)
	case SubjectCustomer:
		r.addCustomer(s, cut)
	case SubjectCost:
		r.addCost(s, cut)
	case SubjectMetric:
		r.addReading(s, cut)
	case SubjectActivity:
		r.addActivity(s, cut)
	}
}

func (r Recount) addDeal(o Opportunity, cut Cut) {
	r.on(o.Opened, cut, func(t *DayTally) {
		t.Opened++
		switch o.Fate {
		case FateWon:
			t.OpenedWon++
		case FateLost:
			t.OpenedLost++
		case FateOpen:
		}
	})
	if o.Fate == FateOpen {
		return
	}
	r.on(o.Closed, cut, func(t *DayTally) {
		won, lost := 0, 1
		if o.Fate == FateWon {
			won, lost = 1, 0
			t.Amount = t.Amount.Add(o.Amount)
		}
		t.Won, t.Lost = t.Won+won, t.Lost+lost
		t.addEnd(End{Days: o.days(), Fate: o.Fate, N: 1})
		for i, stage := range o.Stages {
			reached := StageTally{Stage: stage, Won: won, Lost: lost}
			if i == len(o.Stages)-1 {
				reached.LostHere = lost
			}
			t.addStage(reached)
		}
	})
}

func (r Recount) addLead(s Dossier, cut Cut) {
	qualified := s.qualified()
	r.on(s.date(FieldReceivedOn), cut, func(t *DayTally) {
		t.Received++
		if !qualified.IsZero() {
			t.ReceivedQualified++
		}
	})
	r.on(qualified, cut, func(t *DayTally) { t.Qualified++ })
}

func (r Recount) addCustomer(s Dossier, cut Cut) {
	for _, spell := range s.Spells() {
		r.on(spell.First, cut, func(t *DayTally) {
			t.Started++
			t.Joined = t.Joined.Add(spell.Start)
		})
		for _, change := range spell.Changes {
			r.on(change.Day, cut, func(t *DayTally) {
				t.Renewals++
				t.Change = t.Change.Add(change.By)
			})
		}
		r.on(spell.Last, cut, func(t *DayTally) {
			if spell.First.IsZero() { // What they paid never joined.
				t.addLeaving(Leaving{Days: unknownDays, N: 1})
				return
			}
			t.addLeaving(Leaving{Days: max(spell.Last.Sub(spell.First), 0), N: 1})
			t.Departed = t.Departed.Add(spell.Value)
		})
	}
}

// addCost spreads a cost over its days. Shares are differences of the rounded
// running total, so that they add up to the cost to the last digit.
func (r Recount) addCost(s Dossier, cut Cut) {
	from, to := s.date(FieldFrom), s.date(FieldTo)
	days := int64(to.Sub(from) + 1)
	amount := amountOf(s.Value(FieldAmount))
	until := func(n int64) decimal.Decimal {
		return amount.Mul(decimal.NewFromInt(n)).DivRound(decimal.NewFromInt(days), maxPlaces)
	}
	for n := range days {
		r.on(from.AddDays(int(n)), cut, func(t *DayTally) {
			t.addCost(CostTally{Category: s.Value(FieldCategory), Amount: until(n + 1).Sub(until(n))})
		})
	}
}

func (r Recount) addReading(s Dossier, cut Cut) {
	rollup := r.days[s.date(FieldTo)]
	if rollup == nil {
		return
	}
	reading := Reading{
		Metric: Kind(s.Value(FieldMetric)), Cut: cut, From: s.date(FieldFrom), To: s.date(FieldTo),
		Value: amountOf(s.Value(FieldValue)), Of: int(amountOf(s.Value(FieldOf)).IntPart()),
	}
	at, _ := slices.BinarySearchFunc(rollup.Readings, reading, Reading.compare)
	rollup.Readings = slices.Insert(rollup.Readings, at, reading)
}

// compare orders readings of one day, the figure last.
func (r Reading) compare(other Reading) int {
	return cmp.Or(
		strings.Compare(string(r.Metric), string(other.Metric)), r.Cut.compare(other.Cut),
		r.From.Compare(other.From), r.Value.Cmp(other.Value), cmp.Compare(r.Of, other.Of),
	)
}

func (r Recount) addActivity(s Dossier, cut Cut) {
	count := max(int(amountOf(s.Value(FieldCount)).IntPart()), 1)
	r.on(s.date(FieldDoneOn), cut, func(t *DayTally) {
		switch Activities[s.Value(FieldActivity)] {
		case Calls:
			t.Calls += count
		case Emails:
			t.Emails += count
		case Meetings:
			t.Meetings += count
		}
	})
}
