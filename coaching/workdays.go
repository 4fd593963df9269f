package coaching

import (
	"math/bits"
	"slices"
	"time"
)

// Calendar tells working days from days off. Pace counts working days only:
// a month that starts with a long weekend has not lost any of its time.
//
// The zero Calendar works Monday to Friday and knows no holidays. A Calendar
// is a value; the functions that change it return a new one, and it may be
// read by many goroutines.
type Calendar struct {
	week Weekdays
	off  []int // serial numbers of days off that would be worked, ascending
}

// NewCalendar returns the calendar of a work week and its holidays. A week
// without a working day is Invalid with reason "work_week_empty".
func NewCalendar(week Weekdays, holidays ...Date) (Calendar, error) {
	if week == 0 {
		return Calendar{}, Refuse("work_week_empty")
	}
	return Calendar{week: week}.Without(holidays...), nil
}

// Without returns the calendar with further days off: holidays, or one
// person's leave.
func (c Calendar) Without(days ...Date) Calendar {
	if len(days) == 0 {
		return c
	}
	off := slices.Clone(c.off)
	for _, day := range days {
		if serial := day.serial(); c.inWeek(serial) {
			off = append(off, serial)
		}
	}
	slices.Sort(off)
	c.off = slices.Compact(off)
	return c
}

// WithoutPeriod returns the calendar with every day from first to last off,
// both included.
func (c Calendar) WithoutPeriod(first, last Date) Calendar {
	var days []Date
	for day := first; !day.After(last); day = day.AddDays(1) {
		days = append(days, day)
	}
	return c.Without(days...)
}

// Works reports whether the day is a working day.
func (c Calendar) Works(day Date) bool { return c.worksSerial(day.serial()) }

// Workdays counts the working days from first to last, both included; it is 0
// where last is before first.
func (c Calendar) Workdays(first, last Date) int {
	return c.workdaysSerial(first.serial(), last.serial())
}

// Next returns the first working day after the day.
func (c Calendar) Next(day Date) Date { return c.AddWorkdays(day, 1) }

// Previous returns the last working day before the day.
func (c Calendar) Previous(day Date) Date { return c.AddWorkdays(day, -1) }

// AddWorkdays returns the n-th working day after the day, or before it where
// n is negative. For 0 it is the day itself, worked or not.
func (c Calendar) AddWorkdays(day Date, n int) Date {
	return dateOfSerial(c.addWorkdaysSerial(day.serial(), n))
}

func (c Calendar) addWorkdaysSerial(serial, n int) int {
	// The walk ends: every week has a working day and days off are finite.
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for ; n > 0; n-- {
		for serial += step; !c.worksSerial(serial); serial += step {
		}
	}
	return serial
}

func (c Calendar) workweek() Weekdays {
	if c.week == 0 {
		return MondayToFriday
	}
	return c.week
}

func (c Calendar) inWeek(serial int) bool { return c.workweek().Has(weekdayOfSerial(serial)) }

func (c Calendar) worksSerial(serial int) bool {
	if !c.inWeek(serial) {
		return false
	}
	_, off := slices.BinarySearch(c.off, serial)
	return !off
}

func (c Calendar) workdaysSerial(first, last int) int {
	if last < first {
		return 0
	}
	days := last - first + 1
	count := days / 7 * bits.OnesCount8(uint8(c.workweek()))
	for serial := last - days%7 + 1; serial <= last; serial++ {
		if c.inWeek(serial) {
			count++
		}
	}
	from, _ := slices.BinarySearch(c.off, first)
	to, _ := slices.BinarySearch(c.off, last+1)
	return count - (to - from)
}

func dateOfSerial(serial int) Date {
	const daySeconds = 24 * 60 * 60
	return DateOf(time.Unix(int64(serial)*daySeconds, 0).UTC())
}

func weekdayOfSerial(serial int) time.Weekday {
	return time.Weekday(((serial+int(time.Thursday))%7 + 7) % 7)
}
