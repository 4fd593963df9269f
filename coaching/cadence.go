package coaching

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Weekdays is a set of days of the week.
type Weekdays uint8

// MondayToFriday is the work week where nobody says otherwise.
const MondayToFriday = Weekdays(1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday)

// WeekdaysOf returns the set of the given days.
func WeekdaysOf(days ...time.Weekday) Weekdays {
	var set Weekdays
	for _, day := range days {
		set |= 1 << day
	}
	return set
}

// Has reports whether the day is in the set.
func (w Weekdays) Has(day time.Weekday) bool { return w&(1<<day) != 0 }

// ClockTime is a time of day on a wall clock, in minutes after midnight.
type ClockTime int

// ParseClockTime reads "9:00", "09:00" or "17:30".
func ParseClockTime(text string) (ClockTime, error) {
	hours, minutes, found := strings.Cut(text, ":")
	hour, errHour := strconv.Atoi(hours)
	minute, errMinute := strconv.Atoi(minutes)
	if !found || errHour != nil || errMinute != nil || len(hours) > 2 || len(minutes) != 2 ||
		strings.HasPrefix(hours, "+") || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return 0, Refuse("clock_time_unreadable")
	}
	return ClockTime(hour*60 + minute), nil
}

// String returns the time as hh:mm.
func (c ClockTime) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// On returns the instant at which a wall clock in loc shows the time on the
// date. A time that a daylight-saving change skips is moved to the first
// instant after the gap; of a time that comes twice the first one counts.
func (c ClockTime) On(date Date, loc *time.Location) time.Time {
	hour, minute := int(c)/60, int(c)%60
	t := time.Date(date.Year, date.Month, date.Day, hour, minute, 0, 0, loc)
	shows := func(t time.Time) bool {
		return t.Hour() == hour && t.Minute() == minute && DateOf(t) == date
	}
	start, end := t.ZoneBounds()
	if !shows(t) {
		// Skipped: time.Date used one of the two offsets around the gap.
		if DateOf(t).Before(date) || DateOf(t) == date && t.Hour()*60+t.Minute() < int(c) {
			return end
		}
		return start
	}
	if !start.IsZero() {
		_, offset := t.Zone()
		_, before := start.Add(-time.Second).Zone()
		earlier := t.Add(time.Duration(offset-before) * time.Second)
		if earlier.Before(start) && shows(earlier) {
			return earlier
		}
	}
	return t
}

// CadenceKind is what a cadence brings about when it comes due.
type CadenceKind string

// NudgeDaily is the daily small-win nudge.
const NudgeDaily CadenceKind = "nudge"

// Cadence is something the bot does in a channel at a local time on some days
// of the week.
type Cadence struct {
	Workspace WorkspaceID
	Kind      CadenceKind
	Channel   ChannelID
	At        ClockTime
	Days      Weekdays
	// Zone is a name of the IANA time zone database.
	Zone string
	// NextAt is when it comes due next; the zero time means never.
	NextAt time.Time
	// Revision is the stored revision that this value was read at; the store
	// compares it before it overwrites.
	Revision int64
}

// Key identifies the cadence: a channel has at most one of each kind.
func (c Cadence) Key() string {
	return fmt.Sprintf("%s/%s/%s", c.Workspace, c.Kind, c.Channel)
}

// horizon bounds the search for a day on which a cadence is due.
const horizon = 400

// Next returns the first instant after the given time at which the cadence is
// due, leaving out the days on which the calendar has no work. ok is false
// where there is none within 400 days.
func (c Cadence) Next(after time.Time, calendar Calendar) (next time.Time, ok bool, err error) {
	loc, err := Zone(c.Zone)
	if err != nil {
		return time.Time{}, false, err
	}
	date := DateOf(after.In(loc)).AddDays(-1)
	for range horizon {
		if c.Days.Has(date.Weekday()) && calendar.Works(date) {
			if at := c.At.On(date, loc); at.After(after) {
				return at.UTC(), true, nil
			}
		}
		date = date.AddDays(1)
	}
	return time.Time{}, false, nil
}
