package coaching

import (
	"iter"
	"time"
)

// Terms are what bounds cadences besides their own settings. [Workspace.Terms]
// and [Rhythm.Terms] make them.
type Terms struct {
	// Calendar has the working days of whom the cadences are for.
	Calendar Calendar
	// Zone is where their times are told, but for those with a zone of their own.
	Zone *time.Location
	// Quiet are the hours in which nothing is posted.
	Quiet Quiet
	// SnoozedUntil is the first day on which something is posted again after a
	// break, Muted that for one kind; the zero Date means that there is none.
	SnoozedUntil Date
	Muted        map[CadenceKind]Date
}

// horizon bounds the search for a day on which a cadence is due.
const horizon = 400

// Next returns the first instant after the given time at which the cadence is
// due. ok is false where there is none within 400 days.
//
// It is due at its local time on the days of its own that are worked. A weekly
// check-in whose day is off is held on the last working day before it in the
// same week. A time within quiet hours moves to their end where that is on the
// same day, else the day is left out. On the day that was told last, or before,
// it is never due again.
func (c Cadence) Next(after time.Time, terms Terms) (next time.Time, ok bool) {
	first := later(DateOf(after.In(c.Location(terms))).AddDays(-1), c.resumes(terms))
	if !c.Told.IsZero() {
		first = later(first, c.Told.AddDays(1))
	}
	for date := range daysFrom(first, horizon) {
		if at, due := c.dueOn(date, terms); due && at.After(after) {
			return at, true
		}
	}
	return time.Time{}, false
}

// CatchUp returns the occurrence to decide of a cadence that was due at NextAt
// and is looked at now: the latest one, for what was to be said earlier is
// overtaken by it. missed counts those. ok is false where none is left, since
// the working days, the time or the zone have changed since NextAt was computed.
func (c Cadence) CatchUp(now time.Time, terms Terms) (at time.Time, missed int, ok bool) {
	// A millisecond is what stored times tell apart.
	for after := c.NextAt.Add(-time.Millisecond); ; missed++ {
		next, found := c.Next(after, terms)
		if !found || next.After(now) {
			return at, max(missed-1, 0), ok
		}
		at, ok, after = next, true, next
	}
}

// DueOn reports whether the cadence is due on a local day, and at which instant.
func (c Cadence) DueOn(date Date, terms Terms) (at time.Time, due bool) {
	if date.Before(c.resumes(terms)) {
		return time.Time{}, false
	}
	return c.dueOn(date, terms)
}

// resumes returns the first day after the breaks that the cadence has; the zero
// Date where it has none.
func (c Cadence) resumes(terms Terms) Date {
	return later(c.SnoozedUntil, later(terms.SnoozedUntil, terms.Muted[c.Kind]))
}

func (c Cadence) dueOn(date Date, terms Terms) (time.Time, bool) {
	if !terms.Calendar.Works(date) || !c.heldOn(date, terms.Calendar) {
		return time.Time{}, false
	}
	loc := c.Location(terms)
	at := c.At.On(date, loc)
	if terms.Quiet.Holds(at.In(loc)) {
		at = terms.Quiet.Ends(at, loc)
	}
	// A day that the zone's clocks leave out altogether is no day.
	return at.UTC(), DateOf(at.In(loc)) == date
}

// heldOn reports whether a day of the cadence's own falls on the working day, or
// for a weekly one was moved to it from a day off.
func (c Cadence) heldOn(date Date, calendar Calendar) bool {
	if c.Days.Has(date.Weekday()) {
		return true
	}
	if c.Kind != CheckInWeekly {
		return false
	}
	for day := date.AddDays(1); day.Weekday() != time.Monday && !calendar.Works(day); day = day.AddDays(1) {
		if c.Days.Has(day.Weekday()) {
			return true
		}
	}
	return false
}

// daysFrom walks n days from the first.
func daysFrom(first Date, n int) iter.Seq[Date] {
	return func(yield func(Date) bool) {
		for i := range n {
			if !yield(first.AddDays(i)) {
				return
			}
		}
	}
}
