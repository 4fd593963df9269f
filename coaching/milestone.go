package coaching

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// Milestone is a figure to have reached by the end of a day on the way to a
// goal. Milestones of a goal are in ascending order of days; the last is the
// goal itself.
type Milestone struct {
	Day   Date
	Value float64
}

// MilestoneState says how a milestone came out, or what it asks for.
type MilestoneState string

// The states of a milestone.
const (
	MilestoneKept   MilestoneState = "kept"   // reached by its day
	MilestoneMissed MilestoneState = "missed" // not reached by its day
	MilestoneAhead  MilestoneState = "ahead"  // its day is to come, its figure is there
	MilestoneNext   MilestoneState = "next"   // the first that is still to be reached
	MilestoneFuture MilestoneState = "future" // after the next
)

// MarkedMilestone is a milestone with its state and the figure that was there
// on its day, or is there now where the day is to come.
type MarkedMilestone struct {
	Milestone
	State  MilestoneState
	Figure float64
}

// MilestoneDays returns the days on which a period's progress is naturally
// looked at: the last working day of each week of a month, of each month of a
// quarter, of each quarter of a year, and the working days of a week. A first
// or last week with fewer than three working days joins its neighbour. The
// last day is always the period's own.
func MilestoneDays(period Period, calendar Calendar) []Date {
	const fewest = 3
	span := milestoneSpan(period)
	least := 1
	if span == Week {
		least = fewest
	}
	var days []Date
	for from := period.From; !from.After(period.To); {
		to := PeriodOf(span, from).To
		if to.After(period.To) {
			to = period.To
		}
		switch long := calendar.Workdays(from, to) >= least; {
		case long:
			days = append(days, calendar.lastWorkday(to))
		case to == period.To && len(days) > 0:
			days[len(days)-1] = to
		}
		from = to.AddDays(1)
	}
	if len(days) == 0 {
		return []Date{period.To}
	}
	days[len(days)-1] = period.To
	return days
}

// milestoneSpan is the span whose ends are a period's milestones.
func milestoneSpan(period Period) Span {
	const (
		longWeek    = 10
		longMonth   = 45
		longQuarter = 140
	)
	switch days := period.Days(); {
	case days <= longWeek:
		return Day
	case days <= longMonth:
		return Week
	case days <= longQuarter:
		return Month
	default:
		return Quarter
	}
}

func (c Calendar) lastWorkday(day Date) Date {
	if c.Works(day) {
		return day
	}
	return c.Previous(day)
}

// PlanMilestones places milestones on the expected curve from the start to
// the target, one for each day given: a goal whose team sells most at the
// month's end is not asked for half of it by the middle. The start is 0 for
// figures that add up and the baseline for levels. Days are in ascending
// order; the last milestone always is the target.
func PlanMilestones(start, target float64, curve Curve, days []Date) []Milestone {
	milestones := make([]Milestone, len(days))
	for i, day := range days {
		value := start + (target-start)*curve.At(day)
		if i == len(days)-1 {
			value = target
		}
		milestones[i] = Milestone{Day: day, Value: value}
	}
	return milestones
}

// MilestoneMove puts a milestone, by its index, on another day, at another
// value, or both.
type MilestoneMove struct {
	Index int
	To    Milestone
}

// MoveMilestones returns the milestones with some of them moved. The order of
// days and of values must remain, and the last milestone is the goal itself:
// its value is changed by editing the goal. Refusals are Invalid with reason
// "milestone_unknown", "milestone_out_of_order", "milestone_outside_period" or
// "milestone_is_target". The slice given is left as it is.
func MoveMilestones(milestones []Milestone, period Period, moves ...MilestoneMove) ([]Milestone, error) {
	refuse := func(reason Reason) ([]Milestone, error) {
		return nil, fmt.Errorf("move milestones: %w", Refuse(reason))
	}
	moved := slices.Clone(milestones)
	final := len(milestones) - 1
	for _, move := range moves {
		switch to := move.To; {
		case move.Index < 0 || move.Index > final:
			return refuse("milestone_unknown")
		case !period.Contains(to.Day):
			return refuse("milestone_outside_period")
		case move.Index == final && to.Value != milestones[final].Value:
			return refuse("milestone_is_target")
		case math.IsNaN(to.Value) || math.IsInf(to.Value, 0):
			return refuse("milestone_out_of_order")
		}
		moved[move.Index] = move.To
	}
	rising := risingMilestones(milestones)
	for i := 1; i < len(moved); i++ {
		inOrder := moved[i-1].Value <= moved[i].Value
		if !rising {
			inOrder = moved[i-1].Value >= moved[i].Value
		}
		if !inOrder || !moved[i-1].Day.Before(moved[i].Day) {
			return refuse("milestone_out_of_order")
		}
	}
	return moved, nil
}

// FitMilestones returns milestones that were moved by hand for a goal whose
// target or last day was changed since: each asks for the same share of the new
// target, those that no longer lie before the last day are dropped, and the
// target itself is on the last day.
func FitMilestones(milestones []Milestone, target float64, last Date) []Milestone {
	if len(milestones) == 0 {
		return nil
	}
	before := milestones[len(milestones)-1].Value
	var fitted []Milestone
	for _, milestone := range milestones[:len(milestones)-1] {
		if before != 0 {
			milestone.Value *= target / before
		}
		if milestone.Day.Before(last) {
			fitted = append(fitted, milestone)
		}
	}
	return append(fitted, Milestone{Day: last, Value: target})
}

// MilestonePlan returns the goal's milestones: those that were moved by hand,
// else those that follow from the working days, from the day on which the goal
// was set where its period had begun by then. Only goals that add up to a
// target above zero have any.
func (g Goal) MilestonePlan(calendar Calendar, loc *time.Location) []Milestone {
	target, known := g.Target()
	if !known || g.Nature != Sum || g.Better != Higher || target.Sign() <= 0 {
		return nil
	}
	if len(g.Milestones) > 0 {
		return g.Milestones
	}
	period := g.Period
	if set := DateOf(g.CreatedAt.In(loc)); period.Contains(set) {
		period.From = set
	}
	return PlanMilestones(0, target.InexactFloat64(), NewCurve(period, calendar), MilestoneDays(period, calendar))
}

func risingMilestones(milestones []Milestone) bool {
	return len(milestones) < 2 || milestones[0].Value <= milestones[len(milestones)-1].Value
}

// MarkMilestones says how milestones stand at the end of a day. The figure
// function returns what was there by the end of a day not after it: the total
// of the period, or the level's last reading.
func MarkMilestones(milestones []Milestone, better Direction, through Date, figure func(Date) float64) []MarkedMilestone {
	marked := make([]MarkedMilestone, len(milestones))
	next := false
	// A total that is to stay below a rising limit always starts below it,
	// which is no lead. A level that is to fall may well be there early.
	rising := risingMilestones(milestones)
	for i, milestone := range milestones {
		day := milestone.Day
		past := !day.After(through)
		if !past {
			day = through
		}
		m := MarkedMilestone{Milestone: milestone, Figure: figure(day)}
		there := m.Figure >= milestone.Value
		if better == Lower {
			there = m.Figure <= milestone.Value
		}
		switch {
		case past && there:
			m.State = MilestoneKept
		case past:
			m.State = MilestoneMissed
		case there && (better != Lower || !rising):
			m.State = MilestoneAhead
		case !next:
			m.State, next = MilestoneNext, true
		default:
			m.State = MilestoneFuture
		}
		marked[i] = m
	}
	return marked
}
