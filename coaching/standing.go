package coaching

import (
	"time"

	"github.com/shopspring/decimal"
)

// Standing is a goal and what its entries come to.
type Standing struct {
	Goal     Goal
	Progress Progress
}

// Judgement is where a goal stands on a day. Exactly one of Pace and Level
// says more, by the goal's nature; neither does while the target is not known.
type Judgement struct {
	// Goal is the goal with the baseline that its first reading gave it, where
	// it had none.
	Goal     Goal
	Progress Progress
	// Target is the figure to reach; HasTarget is false while it depends on a
	// baseline that nobody gave.
	Target    decimal.Decimal
	HasTarget bool
	// Share is how much of the way to the target is done, from 0; Expected is
	// the share that would be normal by now, -1 where there is no such thing.
	Share, Expected float64

	Pace  *Pace
	Level *LevelPace

	outlook Outlook // of a goal with a Pace
}

// Figure is what the goal's figure stands at: of a level before its first
// reading that is the baseline.
func (j *Judgement) Figure() decimal.Decimal {
	if j.Goal.Nature != Sum && j.Progress.Entries == 0 && j.Goal.HasBaseline {
		return j.Goal.Baseline
	}
	return j.Progress.Value
}

// Met reports whether the target is reached, as of now.
func (j *Judgement) Met() bool {
	if !j.HasTarget {
		return false
	}
	if j.Goal.Better == Lower {
		return j.Goal.Nature == Sum && j.Progress.Value.LessThanOrEqual(j.Target) ||
			j.Goal.Nature != Sum && j.Progress.Entries > 0 && j.Progress.Value.LessThanOrEqual(j.Target)
	}
	return j.Progress.Value.GreaterThanOrEqual(j.Target)
}

// GoesWell reports whether the goal is reached or ahead: what may be told in
// public of a member's own goal.
func (j *Judgement) GoesWell() bool {
	return j.Met() || j.Pace != nil && j.Pace.State == PaceAhead
}

// Judge says where a goal stands in the course of a local day. Days before
// today count as done and today as left: in the morning nobody is behind for a
// day that has not been worked.
func Judge(standing Standing, calendar Calendar, today Date, loc *time.Location) Judgement {
	j := Judgement{Goal: standing.Goal, Progress: standing.Progress, Expected: -1}
	goal, progress := &j.Goal, &j.Progress
	if !goal.HasBaseline && goal.Nature != Sum && progress.HasFirst {
		goal.Baseline, goal.HasBaseline = progress.First, true
	}
	if j.Target, j.HasTarget = goal.Target(); !j.HasTarget {
		return j
	}
	through := today.AddDays(-1)
	target, value := j.Target.InexactFloat64(), progress.Value.InexactFloat64()
	if goal.Nature != Sum {
		level := JudgeLevel(target, goal.Better, goal.Period, through, j.readings(through, loc))
		j.Level = &level
		j.Share = j.levelShare(target, value)
		return j
	}
	// A goal set in the middle of a period is not behind for the days before.
	period := goal.Period
	if set := DateOf(goal.CreatedAt.In(loc)); period.Contains(set) {
		period.From = set
	}
	if target > 0 {
		j.Share = max(value/target, 0)
	}
	j.Foresee(plainOutlook(period, calendar, through, value), today)
	return j
}

// Foreseeable reports whether a daily record can say more of the goal: one that
// adds up, whose period is under way.
func (j *Judgement) Foreseeable() bool {
	return j.Pace != nil && j.Pace.State != PaceNotStarted && j.Pace.State != PaceOver
}

// ChanceKnown reports whether a record tells how likely the target is reached in
// what is left of the period.
func (j *Judgement) ChanceKnown() bool {
	return j.Pace != nil && j.Pace.ChanceKnown && j.Pace.State != PaceOver
}

// OutlookOn returns what the daily record of whoever a goal belongs to, on goals
// like it, says of a period, seen in the morning of a day; known is false without
// whole earlier periods on record.
func OutlookOn(record Ledger, period Period, today Date) (outlook Outlook, known bool) {
	book, err := NewPaceBook(today.AddDays(-1), record)
	if err != nil {
		return Outlook{}, false
	}
	outlook = book.Outlook(0, period)
	return outlook, outlook.Periods > 0
}

// Foresee judges a goal that adds up by what an outlook says of its period: with
// the owner's own rhythm and the chance of reaching the target, where that is of
// a daily record.
func (j *Judgement) Foresee(outlook Outlook, today Date) {
	outlook = outlook.WithSoFar(j.Progress.Value.InexactFloat64())
	pace := JudgePace(j.Target.InexactFloat64(), j.Goal.Better, outlook)
	if pace.State == PaceNotStarted && !today.Before(j.Goal.Period.From) {
		pace.State, pace.Reason = PaceTooEarly, ReasonFewDays // its first day
	}
	j.Pace, j.Expected, j.outlook = &pace, pace.Share, outlook
}

// RecordOf turns the entries of goals like one another, of one owner, into a
// daily record from a first day on. Entries that set a figure and those taken
// back tell nothing of a day and are left out.
func RecordOf(entries []Entry, from Date, calendar Calendar, loc *time.Location) Ledger {
	undone := make(map[string]bool)
	for _, entry := range entries {
		if entry.Op == Undo {
			undone[entry.Reverts] = true
		}
	}
	ledger := Ledger{Calendar: calendar, From: from}
	for _, entry := range entries {
		if entry.Op != Add || undone[entry.ID] {
			continue
		}
		ledger.Days = append(ledger.Days, DayFigure{Day: DateOf(entry.At.In(loc)), Amount: entry.Amount.InexactFloat64(), Entries: 1})
	}
	return ledger
}

// NextMilestone returns the first milestone of a goal that adds up which is
// still to be reached; found is false where there is none left.
func (j *Judgement) NextMilestone() (next MarkedMilestone, found bool) {
	for _, milestone := range j.milestones() {
		if milestone.State == MilestoneNext {
			return milestone, true
		}
	}
	return MarkedMilestone{}, false
}

// MissedMilestone returns the last milestone of a goal that adds up whose day is
// over and whose figure is not there even now; found is false where there is
// none. What was reached late is no longer held against anybody.
func (j *Judgement) MissedMilestone() (missed MarkedMilestone, found bool) {
	for _, milestone := range j.milestones() {
		if milestone.State == MilestoneMissed {
			missed, found = milestone, true
		}
	}
	return missed, found
}

// milestones marks the goal's milestones by the figure that is there now, nil for
// goals without any or where nothing is left to reach.
func (j *Judgement) milestones() []MarkedMilestone {
	if j.Pace == nil || j.Goal.Better != Higher || j.Met() {
		return nil
	}
	o := j.outlook
	return MarkMilestones(j.milestonePlan(), j.Goal.Better, o.Through, func(Date) float64 { return o.SoFar })
}

// milestonePlan is the milestones of a goal with a pace: its own, or where it has none those
// that its curve suggests.
func (j *Judgement) milestonePlan() []Milestone {
	if len(j.Goal.Milestones) > 0 {
		return j.Goal.Milestones
	}
	return PlanMilestones(0, j.Pace.Target, j.outlook.Curve, MilestoneDays(j.outlook.Period, j.outlook.calendar))
}

// plainOutlook is the outlook of a period of which no daily record is at hand:
// every working day is expected to bring the same.
func plainOutlook(period Period, calendar Calendar, through Date, soFar float64) Outlook {
	known := through
	if known.After(period.To) {
		known = period.To
	}
	o := Outlook{Period: period, Through: through, SoFar: soFar, Curve: NewCurve(period, calendar), calendar: calendar}
	if !known.Before(period.From) {
		o.Done = calendar.Workdays(period.From, known)
		o.Left = calendar.Workdays(known.AddDays(1), period.To)
	} else {
		o.Left = calendar.Workdays(period.From, period.To)
	}
	return o
}

// readings turns what is known of a level into readings: the baseline before
// the period, and the level of today as far as entries tell it.
func (j *Judgement) readings(through Date, loc *time.Location) []LevelReading {
	goal, progress := &j.Goal, &j.Progress
	var known []LevelReading
	if goal.HasBaseline {
		known = append(known, LevelReading{Day: goal.Period.From.AddDays(-1), Value: goal.Baseline.InexactFloat64()})
	}
	if progress.Entries > 0 {
		day := DateOf(progress.LastAt.In(loc))
		if day.After(through) {
			day = through // Read today; the judgement is as of the morning.
		}
		reading := LevelReading{Day: day, Value: progress.Value.InexactFloat64()}
		if goal.Unit == Percent && goal.Kind != Margin {
			reading.Of = progress.Cases
		}
		known = append(known, reading)
	}
	return known
}

// levelShare is how far a level has come from its baseline to its target. One
// without a baseline has come all the way or, where less is better, nowhere.
func (j *Judgement) levelShare(target, value float64) float64 {
	goal, progress := &j.Goal, &j.Progress
	switch start := goal.Baseline.InexactFloat64(); {
	case progress.Entries == 0:
		return 0
	case goal.HasBaseline && start != target:
		return min(max((value-start)/(target-start), 0), 1)
	case goal.Better == Lower && value <= target, goal.Better == Higher && value >= target:
		return 1
	case goal.Better == Lower || target <= 0:
		return 0
	default:
		return max(value/target, 0)
	}
}
