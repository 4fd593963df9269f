package coaching

import "time"

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

// Last returns the last day of a work week: the one before its weekend. Of a
// week without one it is Friday.
func (w Weekdays) Last() time.Weekday {
	for day := time.Saturday; day >= time.Sunday; day-- {
		if w.Has(day) && !w.Has((day+1)%7) {
			return day
		}
	}
	return time.Friday
}

// First returns the first day of a work week: the one after its weekend. Of a
// week without one it is Monday.
func (w Weekdays) First() time.Weekday {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if w.Has(day) && !w.Has((day+6)%7) {
			return day
		}
	}
	return time.Monday
}
