package coaching

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil date: a day on the calendar with no hour and no zone. It
// is comparable and can key a map. Arithmetic on dates never meets a
// daylight-saving change, which is why pace, milestones and days off are
// told in dates and not in times.
//
// The zero Date is not a day; IsZero reports it. A Date built by hand may be
// out of range (31 April); the functions of this package read it as
// time.Date does, as 1 May.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day that t falls on in t's own location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// ParseDate reads a date in the form yyyy-mm-dd. A day that does not exist,
// such as 2025-02-29, is an error.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("parse date %q: %w", s, err)
	}
	return DateOf(t), nil
}

// In returns the first instant of the day in loc. Where the clocks skip
// midnight that is the first instant after the gap.
func (d Date) In(loc *time.Location) time.Time {
	t := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
	if t.Day() == d.utc().Day() {
		return t
	}
	// time.Date may read a skipped midnight with the offset before the gap,
	// which lands on the evening before. The zone's next change is the gap's end.
	_, end := t.ZoneBounds()
	return end
}

// IsZero reports whether d is the zero Date, which stands for "no day".
func (d Date) IsZero() bool { return d == Date{} }

// AddDays returns the date n days after d, or before it where n is negative.
func (d Date) AddDays(n int) Date {
	if day := d.Day + n; day >= 1 && day <= 28 && d.Day >= 1 && d.Month >= time.January && d.Month <= time.December {
		return Date{Year: d.Year, Month: d.Month, Day: day}
	}
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// AddMonths returns the same day n months later, held to the last day of a
// shorter month: one month after 31 January is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	first := DateOf(time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC))
	last := DateOf(time.Date(first.Year, first.Month+1, 0, 0, 0, 0, 0, time.UTC))
	return Date{Year: first.Year, Month: first.Month, Day: min(d.Day, last.Day)}
}

// Sub returns how many days d lies after e; it is negative where d is earlier.
func (d Date) Sub(e Date) int {
	if d.Year == e.Year && d.Month == e.Month {
		return d.Day - e.Day
	}
	return d.serial() - e.serial()
}

// serial numbers the days one after the other, with 1 January 1970 as 0. It is
// the arithmetic of H. Hinnant, "chrono-compatible low-level date algorithms",
// days_from_civil: years begin with March, so that the leap day ends them.
func (d Date) serial() int {
	const yearsInEra, daysInEra, epoch = 400, 146097, 719468
	months := d.Year*12 + int(d.Month) - 3
	year := floorDiv(months, 12)
	month := months - year*12
	era := floorDiv(year, yearsInEra)
	yearOfEra := year - era*yearsInEra
	dayOfYear := (153*month+2)/5 + d.Day - 1
	return era*daysInEra + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - epoch
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return weekdayOfSerial(d.serial()) }

// Compare returns -1 where d is before e, 0 where they are the same day and
// +1 where d is after e, as slices.SortFunc wants it.
func (d Date) Compare(e Date) int { return cmp.Compare(d.Sub(e), 0) }

// Before reports whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// String returns the date as yyyy-mm-dd.
func (d Date) String() string {
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}
