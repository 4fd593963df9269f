package coaching

import (
	"strings"
	"time"
)

// Quiet are hours of the day in which the bot says nothing by itself: from From,
// included, to To. They may span midnight. The zero Quiet has no hours.
type Quiet struct{ From, To ClockTime }

// ParseQuiet reads "19:00-08:00".
func ParseQuiet(text string) (Quiet, error) {
	first, last, found := strings.Cut(strings.ReplaceAll(text, "–", "-"), "-")
	from, errFrom := ParseClockTime(first)
	to, errTo := ParseClockTime(last)
	if !found || errFrom != nil || errTo != nil || from == to {
		return Quiet{}, Refuse("quiet_unreadable")
	}
	return Quiet{From: from, To: to}, nil
}

// IsZero reports whether there are no quiet hours.
func (q Quiet) IsZero() bool { return q.From == q.To }

// String returns the hours as hh:mm-hh:mm.
func (q Quiet) String() string { return q.From.String() + "-" + q.To.String() }

// text writes the hours; none are none.
func (q Quiet) text() string {
	if q.IsZero() {
		return ""
	}
	return q.String()
}

// Holds reports whether t is within the hours, by the clock of t's location.
func (q Quiet) Holds(t time.Time) bool {
	at := ClockTime(t.Hour()*60 + t.Minute())
	if q.From <= q.To {
		return q.From <= at && at < q.To
	}
	return at >= q.From || at < q.To
}

// Ends returns the end in loc of the quiet hours that hold t.
func (q Quiet) Ends(t time.Time, loc *time.Location) time.Time { return q.To.first(t, loc) }

// Begins returns when in loc the first quiet hours after t begin. ok is false
// where there are none at all.
func (q Quiet) Begins(t time.Time, loc *time.Location) (begins time.Time, ok bool) {
	if q.IsZero() {
		return time.Time{}, false
	}
	return q.From.first(t, loc), true
}

// first returns the first instant after t at which a clock in loc shows the time.
func (c ClockTime) first(t time.Time, loc *time.Location) time.Time {
	date := DateOf(t.In(loc))
	for at := c.On(date, loc); ; at = c.On(date, loc) {
		if at.After(t) {
			return at
		}
		date = date.AddDays(1)
	}
}
