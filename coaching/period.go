package coaching

import "time"

// Span is the length of a period.
type Span string

// The spans.
const (
	Day     Span = "day"
	Week    Span = "week"
	Month   Span = "month"
	Quarter Span = "quarter"
	Year    Span = "year"
	Range   Span = "range" // any other stretch of days
)

// Period is a stretch of days, both ends included.
type Period struct {
	Span     Span
	From, To Date
}

// PeriodOf returns the calendar day, week (from Monday), month, quarter or
// year that contains the date. For [Range] it is the day alone.
func PeriodOf(span Span, date Date) Period {
	months := func(n int) Period {
		first := (int(date.Month) - 1) / n * n
		from := Date{Year: date.Year, Month: time.Month(first + 1), Day: 1}
		return Period{Span: span, From: from, To: from.AddMonths(n).AddDays(-1)}
	}
	switch span {
	case Week:
		from := date.AddDays(-((int(date.Weekday()) + 6) % 7))
		return Period{Span: span, From: from, To: from.AddDays(6)}
	case Month:
		return months(1)
	case Quarter:
		return months(3)
	case Year:
		return months(12)
	default:
		return Period{Span: span, From: date, To: date}
	}
}

// PeriodBetween returns the days from one to another: the calendar week, month,
// quarter or year where they are one, else a [Range].
func PeriodBetween(from, to Date) Period {
	for _, span := range []Span{Week, Month, Quarter, Year} {
		if period := PeriodOf(span, from); period.From == from && period.To == to {
			return period
		}
	}
	if from == to {
		return PeriodOf(Day, from)
	}
	return Period{Span: Range, From: from, To: to}
}

// Days returns how many days the period has.
func (p Period) Days() int { return p.To.Sub(p.From) + 1 }

// Months returns how many months the period has, 0 where it is not made of whole
// ones.
func (p Period) Months() int {
	_, months := wholeMonths(p)
	return months
}

// Contains reports whether the date falls into the period.
func (p Period) Contains(date Date) bool {
	return !date.Before(p.From) && !date.After(p.To)
}

// Shift returns the period n of its own lengths later, or earlier where n is
// negative.
func (p Period) Shift(n int) Period {
	switch p.Span {
	case Month:
		return PeriodOf(Month, p.From.AddMonths(n))
	case Quarter:
		return PeriodOf(Quarter, p.From.AddMonths(3*n))
	case Year:
		return PeriodOf(Year, p.From.AddMonths(12*n))
	default:
		days := n * p.Days()
		return Period{Span: p.Span, From: p.From.AddDays(days), To: p.To.AddDays(days)}
	}
}
