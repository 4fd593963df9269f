package coaching

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

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
