package coaching

import "math"

// PaceState says where a goal that adds up stands against its expected curve.
type PaceState string

// The states of pace.
const (
	PaceNotStarted PaceState = "not_started"
	PaceTooEarly   PaceState = "too_early" // too little of the period is done to tell
	PaceAhead      PaceState = "ahead"
	PaceOn         PaceState = "on_pace"
	PaceBehind     PaceState = "behind"
	PaceDone       PaceState = "done"   // the target is reached before the end
	PaceMissed     PaceState = "missed" // a limit is passed before the end
	PaceOver       PaceState = "over"   // the period has ended
)

// The reasons of a pace. A goal can be below its curve and still likely, when
// the curve of its target lies above what is normal for the team but the rest
// is expected to be strong, or the other way round.
const (
	ReasonPeriodAhead      Reason = "period_not_started"
	ReasonFewDays          Reason = "few_days_done"
	ReasonAboveLikely      Reason = "above_curve_and_likely"
	ReasonAboveOpen        Reason = "above_curve_not_safe"     // chance below 0.7
	ReasonAboveUnlikely    Reason = "above_curve_but_unlikely" // the target is more than the team's normal
	ReasonBelowLikely      Reason = "below_curve_but_likely"   // the team's normal makes up for it
	ReasonBelowUnlikely    Reason = "below_curve_and_unlikely"
	ReasonNearCurve        Reason = "near_curve_no_history"
	ReasonAboveNoHistory   Reason = "above_curve_no_history"
	ReasonBelowNoHistory   Reason = "below_curve_no_history"
	ReasonTargetReached    Reason = "target_reached"
	ReasonTargetMissed     Reason = "target_missed"
	ReasonLimitPassed      Reason = "limit_passed"
	ReasonLimitKept        Reason = "limit_kept"
	ReasonNothingToCompare Reason = "target_not_positive"
)

// Where the verdict turns. The chances are those that the realism of a target
// is told by: 0.7 is comfortable, below 0.4 is a challenge.
const (
	paceLikely     = 0.7
	paceUnlikely   = 0.4
	paceEarly      = 0.1  // share of the curve before which it is too early
	paceEarlyAlone = 0.25 // the same for a team without history
	paceNearAlone  = 0.1  // how far off the curve is still near it, without history
	paceTiny       = 1e-9 // of the target: what rounding may put a total off its curve
)

// Pace is where a goal that adds up over its period stands, and what follows.
// All amounts are in the goal's unit.
type Pace struct {
	State  PaceState
	Reason Reason

	Target, SoFar float64
	// Expected is what would be there by now on the way to the target: the
	// target times the curve's share. Gap is SoFar less Expected, negative
	// below the curve.
	Expected, Gap float64
	// Share is the expected curve's share by the end of the last day on record.
	Share float64

	// Chance of meeting the target, from 0 to 1; ChanceKnown is false for a
	// team without history, whose chances nobody can tell.
	Chance      float64
	ChanceKnown bool
	// Middle is the likely final total; it ends between Low and High four
	// times in five.
	Middle, Low, High float64

	// Done and Left count working days.
	Done, Left int
	// Needed is what each working day left must bring to reach the target, 0
	// when it is reached. Where lower is better it is what each may still
	// take. With no working day left it is all that is missing.
	Needed float64
	// Usual is what a working day left is expected to bring.
	Usual float64
	// Safe counts the coming working days that may pass with nothing logged
	// before the total falls below the expected curve. Where lower is better
	// it counts the days at the usual rate before the limit is passed.
	Safe int
	// Minimum is the least that must be logged by the end of BackBy, the next
	// working day, to be on the curve then; 0 when nothing need be. It is 0
	// where lower is better.
	Minimum float64
	BackBy  Date
}

// JudgePace says where a goal that adds up stands. The target is the period's
// total to reach, or not to pass where lower is better.
//
// The goal is ahead when it is on or above the expected curve and likely to
// be met (chance 0.7 or more), behind when it is below the curve and unlikely
// (below 0.4), and on pace between. A team without history is judged by the
// curve alone, with a tenth of leeway.
func JudgePace(target float64, better Direction, o Outlook) Pace {
	p := Pace{
		Target: target, SoFar: o.SoFar,
		Share: o.Curve.At(o.Through),
		Done:  o.Done, Left: o.Left,
		Chance: o.ChanceOf(target, better), ChanceKnown: o.Periods > 0,
		Middle: o.Middle(), Low: o.Quantile(0.1), High: o.Quantile(0.9),
	}
	p.Expected = target * p.Share
	p.Gap = p.SoFar - p.Expected
	if math.Abs(p.Gap) <= paceTiny*math.Abs(target) {
		p.Gap = 0
	}
	p.Needed = max(target-p.SoFar, 0) / float64(max(p.Left, 1))
	p.Usual = o.left.mean / float64(max(p.Left, 1))
	if next := o.calendar.Next(o.dayBefore()); !next.After(o.Period.To) {
		p.BackBy = next
	} else {
		p.BackBy = o.Period.To
	}
	if better == Lower {
		p.Safe = daysUntil(target-p.SoFar, p.Usual, p.Left)
	} else {
		p.Minimum = max(target*o.Curve.At(p.BackBy)-p.SoFar, 0)
		p.Safe = safeDays(target, o)
	}
	p.State, p.Reason = p.judge(better, o)
	if p.State == PaceOver {
		p.Needed, p.Minimum, p.Safe, p.ChanceKnown = 0, 0, 0, true
	}
	return p
}

func (p Pace) judge(better Direction, o Outlook) (PaceState, Reason) {
	reached := p.SoFar >= p.Target
	kept := p.SoFar <= p.Target
	switch {
	case o.Through.Before(o.Period.From):
		return PaceNotStarted, ReasonPeriodAhead
	case !o.Through.Before(o.Period.To):
		return PaceOver, outcome(better, reached, kept)
	case better == Lower && !kept:
		return PaceMissed, ReasonLimitPassed
	case better != Lower && reached:
		return PaceDone, ReasonTargetReached
	}
	early := paceEarly
	if !p.ChanceKnown {
		early = paceEarlyAlone
	}
	if p.Done == 0 || p.Share < early {
		return PaceTooEarly, ReasonFewDays
	}
	gap := p.Gap
	if better == Lower {
		gap = -gap
	}
	if !p.ChanceKnown {
		return judgeAlone(gap, p.Expected)
	}
	return judgeChance(gap, p.Chance)
}

func judgeChance(gap, chance float64) (PaceState, Reason) {
	switch above := gap >= 0; {
	case above && chance >= paceLikely:
		return PaceAhead, ReasonAboveLikely
	case above && chance >= paceUnlikely:
		return PaceOn, ReasonAboveOpen
	case above:
		return PaceOn, ReasonAboveUnlikely
	case chance >= paceUnlikely:
		return PaceOn, ReasonBelowLikely
	default:
		return PaceBehind, ReasonBelowUnlikely
	}
}

func judgeAlone(gap, expected float64) (PaceState, Reason) {
	leeway := paceNearAlone * math.Abs(expected)
	switch {
	case expected == 0:
		return PaceOn, ReasonNothingToCompare
	case gap > leeway:
		return PaceAhead, ReasonAboveNoHistory
	case gap < -leeway:
		return PaceBehind, ReasonBelowNoHistory
	default:
		return PaceOn, ReasonNearCurve
	}
}

func outcome(better Direction, reached, kept bool) Reason {
	switch {
	case better == Lower && kept:
		return ReasonLimitKept
	case better == Lower:
		return ReasonLimitPassed
	case reached:
		return ReasonTargetReached
	default:
		return ReasonTargetMissed
	}
}

// dayBefore is the last day of the outlook that is settled: the last on
// record, or the eve of a period that has not begun.
func (o Outlook) dayBefore() Date {
	if o.Through.Before(o.Period.From) {
		return o.Period.From.AddDays(-1)
	}
	return o.Through
}

// safeDays counts the coming working days by whose end the curve still asks
// for no more than is there.
func safeDays(target float64, o Outlook) (days int) {
	onCurve := func(day Date) bool {
		return o.SoFar >= target*o.Curve.At(day)-paceTiny*math.Abs(target)
	}
	day := o.dayBefore()
	if !onCurve(day) {
		return 0
	}
	for days < o.Left {
		day = o.calendar.Next(day)
		if !onCurve(day) {
			break
		}
		days++
	}
	return days
}

// daysUntil counts the whole days that a room lasts at a rate, at most most.
func daysUntil(room, rate float64, most int) int {
	switch {
	case room < 0:
		return 0
	case rate <= 0 || room/rate >= float64(most):
		return most
	default:
		return int(room / rate)
	}
}
