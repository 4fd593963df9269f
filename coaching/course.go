package coaching

import (
	"math"
	"time"

	"github.com/shopspring/decimal"
)

// Course is how a goal has run through its period day by day and, for one that
// adds up, how it should run and is likely to.
type Course struct {
	// Days are in ascending order, from the eve of the period to its last day.
	Days []CourseDay
	// Milestones say how each came out; none where lower is better, since
	// staying below a limit passes none.
	Milestones []MarkedMilestone
}

// CourseDay is a goal at the end of one day, in its own unit.
type CourseDay struct {
	Day Date
	// Figure is what was there; Known is false for days to come, and for those
	// before a level's first reading.
	Figure float64
	Known  bool
	// Expected is what would be there on the way to the target. Levels, which
	// cannot be prorated, have none.
	Expected float64
	// Low and High hold the figure four times in five; Foreseen is false for
	// days that are over and where nothing can be foreseen.
	Low, High float64
	Foreseen  bool
}

// Course returns the goal's course, from its entries, the newest first. Where
// they are only the latest of many, what came before them is taken to have been
// there from the start.
func (j *Judgement) Course(entries []Entry, today Date, loc *time.Location) Course {
	period := j.Goal.Period
	eve := period.From.AddDays(-1)
	course := Course{Days: make([]CourseDay, period.Days()+1)}
	for i := range course.Days {
		course.Days[i].Day = eve.AddDays(i)
	}
	if j.Progress.Followed != nil && j.Goal.Nature != Sum {
		course.read(j, today)
	} else {
		course.run(j, entries, today, loc)
	}
	if j.Pace != nil {
		course.foresee(j, today)
		course.mark(j)
	}
	return course
}

// read fills in today's figure alone: what events come to as a level is not kept
// from day to day.
func (c Course) read(j *Judgement, today Date) {
	if i := today.Sub(c.Days[0].Day); i >= 0 && j.Progress.Entries > 0 {
		day := &c.Days[min(i, len(c.Days)-1)]
		day.Figure, day.Known = j.Progress.Value.InexactFloat64(), true
	}
}

// run fills in the figures of the days that have begun.
func (c Course) run(j *Judgement, entries []Entry, today Date, loc *time.Location) {
	known := j.Goal.Nature == Sum
	figure := j.Progress.Value.Sub(Reckon(Progress{}, entries).Value)
	if first := j.Progress.First; !known && j.Goal.HasBaseline && !(j.Progress.HasFirst && j.Goal.Baseline.Equal(first)) {
		// A baseline that is the first reading was not there before it.
		figure, known = j.Goal.Baseline, true
	}
	undone := make(map[string]bool)
	for _, entry := range entries {
		if entry.Op == Undo {
			undone[entry.Reverts] = true
		}
	}
	next := len(entries) - 1
	for i := range c.Days {
		day := &c.Days[i]
		if day.Day.After(today) {
			return
		}
		for ; next >= 0; next-- {
			entry := entries[next]
			if at := DateOf(entry.At.In(loc)); at.After(day.Day) {
				break
			}
			if entry.Op == Undo || undone[entry.ID] {
				continue
			}
			figure, known = entryOn(figure, entry), true
		}
		day.Figure, day.Known = figure.InexactFloat64(), known
	}
}

// entryOn returns a figure after an entry.
func entryOn(figure decimal.Decimal, entry Entry) decimal.Decimal {
	if entry.Op == Set {
		return entry.Amount
	}
	return figure.Add(entry.Amount)
}

// foresee fills in the expected curve, and from today on where the figure is
// likely to be: the middle runs along the curve to the likely end, and the range
// widens with the square root of what is left to run, as the sum of independent
// days does.
func (c Course) foresee(j *Judgement, today Date) {
	o, pace := j.outlook, j.Pace
	last := c.Days[len(c.Days)-1].Day
	spreads := pace.ChanceKnown && pace.State != PaceOver && today.Before(last)
	from := max(o.Curve.At(today), 0)
	for i := range c.Days {
		day := &c.Days[i]
		share := o.Curve.At(day.Day)
		day.Expected = pace.Target * share
		if !spreads || day.Day.Before(today) || day.Day.Before(j.Goal.Period.From) {
			continue
		}
		run := 1.0
		if from < 1 {
			run = (share - from) / (1 - from)
		}
		wide := math.Sqrt(max(run, 0))
		middle := pace.SoFar + (pace.Middle-pace.SoFar)*run
		day.Low = middle - (pace.Middle-pace.Low)*wide
		day.High = middle + (pace.High-pace.Middle)*wide
		if !o.returns {
			day.Low = max(day.Low, pace.SoFar)
		}
		day.Foreseen = true
	}
}

// mark says how the milestones came out.
func (c *Course) mark(j *Judgement) {
	if j.Goal.Better != Higher {
		return
	}
	c.Milestones = MarkMilestones(j.milestonePlan(), j.Goal.Better, j.outlook.Through, func(day Date) float64 {
		i := min(max(day.Sub(c.Days[0].Day), 0), len(c.Days)-1)
		for i > 0 && !c.Days[i].Known {
			i--
		}
		return c.Days[i].Figure
	})
}
