package coaching

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Opportunity is a deal as its events tell it. [Deal] is what of it a sales
// cycle is reckoned from.
type Opportunity struct {
	// Opened is the zero date where no event says when. A deal that was entered
	// after its end was open by then at the latest.
	Opened Date
	// Closed is when it was won or lost; the zero date while it is open.
	Closed Date
	Fate   Fate
	Amount decimal.Decimal
	// Stages are those it came to, each once, in the order in which it first
	// did.
	Stages []string
}

// Opportunity returns a subject that is a deal.
func (s Dossier) Opportunity() Opportunity {
	o := Opportunity{Fate: FateOpen, Opened: s.date(FieldOpenedOn), Amount: amountOf(s.Value(FieldAmount))}
	for _, step := range s.Steps {
		if step.Stage != "" && !slices.Contains(o.Stages, step.Stage) {
			o.Stages = append(o.Stages, step.Stage)
		}
		switch step.Kind { //nolint:exhaustive // The others leave the fate as it is.
		case DealWon:
			o.Fate, o.Closed = FateWon, step.Day
		case DealLost:
			o.Fate, o.Closed = FateLost, step.Day
		case DealReopened:
			o.Fate, o.Closed = FateOpen, Date{}
		}
	}
	if o.Fate != FateOpen && o.Opened.After(o.Closed) {
		o.Opened = o.Closed
	}
	return o
}

// days returns how many days the deal took, unknown (-1) where its opening is
// not known.
func (o Opportunity) days() int {
	if o.Opened.IsZero() {
		return unknownDays
	}
	return o.Closed.Sub(o.Opened)
}

// unknownDays stands for a stretch of which the beginning is not known.
const unknownDays = -1

// CustomerSpell is a time with the company: from a start to the churn that
// ended it.
type CustomerSpell struct {
	// First is the zero date where only the end is known.
	First Date
	// Last is the day of the churn; the zero date while they are a customer.
	Last Date
	// Value is what they pay a month, as last known; Start what it was first.
	Start, Value decimal.Decimal
	Changes      []ValueChange
}

// ValueChange is by how much a renewal changed what a customer pays a month.
type ValueChange struct {
	Day Date
	By  decimal.Decimal
}

// Spells returns the times that a customer was with the company. A start while
// they are one changes nothing but the value.
func (s Dossier) Spells() []CustomerSpell {
	var spells []CustomerSpell
	value := decimal.Zero
	current := func() *CustomerSpell {
		if n := len(spells); n > 0 && spells[n-1].Last.IsZero() {
			return &spells[n-1]
		}
		return nil
	}
	for _, step := range s.Steps {
		if step.Value != "" {
			value = amountOf(step.Value)
		}
		spell := current()
		switch {
		case step.Kind == CustomerChurned && spell != nil:
			spell.Last = step.Day
		case step.Kind == CustomerChurned && len(spells) == 0:
			spells = append(spells, CustomerSpell{Last: step.Day, Start: value, Value: value})
		case step.Kind == CustomerChurned: // They had left already.
		case spell == nil:
			spells = append(spells, CustomerSpell{First: step.Day, Start: value, Value: value})
		default:
			by := value.Sub(spell.Value)
			spell.Value = value
			spell.Changes = append(spell.Changes, ValueChange{Day: step.Day, By: by})
		}
	}
	return spells
}

// days returns the days that the subject names as it is.
func (s Dossier) days() []DayRange {
	var days []DayRange
	add := func(from, to Date) {
		if !from.IsZero() && !to.IsZero() {
			days = mergeRanges(days, []DayRange{{From: from, To: to}})
		}
	}
	if s.Kind == SubjectCost {
		add(s.date(FieldFrom), s.date(FieldTo))
		return days
	}
	if s.Kind == SubjectMetric {
		add(s.date(FieldTo), s.date(FieldTo))
		return days
	}
	for _, field := range []EventField{FieldOpenedOn, FieldReceivedOn} {
		add(s.date(field), s.date(field))
	}
	for _, step := range s.Steps {
		if step.Kind != DealStageChanged && step.Kind != DealReopened {
			add(step.Day, step.Day)
		}
	}
	return days
}

// FirstDay and SecondDay are the days by which a subject is looked for: opening
// and end of a deal, receipt and qualification of a lead, the last day of a cost
// or a metric, the day of an activity. Where there is none it is the zero date.
// A customer may have many days and is looked for by [Dossier.Touched].
func (s Dossier) FirstDay() Date {
	switch s.Kind {
	case SubjectDeal:
		return s.Opportunity().Opened
	case SubjectLead:
		return s.date(FieldReceivedOn)
	case SubjectCost, SubjectMetric:
		return s.date(FieldTo)
	case SubjectActivity:
		return s.date(FieldDoneOn)
	default:
		return s.Steps[0].Day
	}
}

// SecondDay is told of with [Dossier.FirstDay].
func (s Dossier) SecondDay() Date {
	switch s.Kind { //nolint:exhaustive // The others have one day.
	case SubjectDeal:
		return s.Opportunity().Closed
	case SubjectLead:
		return s.qualified()
	default:
		return Date{}
	}
}

// qualified returns the day on which a lead was first qualified, the zero date
// where it was not.
func (s Dossier) qualified() Date {
	for _, step := range s.Steps {
		if step.Kind == LeadQualified {
			return step.Day
		}
	}
	return Date{}
}

// amountOf reads an amount in canonical form; no text is no amount.
func amountOf(text string) decimal.Decimal {
	if text == "" {
		return decimal.Zero
	}
	value, err := decimal.NewFromString(text)
	if err != nil {
		return decimal.Zero
	}
	return value
}
