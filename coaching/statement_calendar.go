package coaching

import "time"

// Lengths of "within 30 days" that are believed.
const (
	maxDurationDays   = 3660
	maxDurationMonths = 120
)

// calendar returns the current period of a span or the one after. A deadline at
// the end of the next month, week or year leaves all days until then.
func (r *statementReader) calendar(span Span, ahead int, lead periodLead) Period {
	return r.until(PeriodOf(span, r.today).Shift(ahead), lead)
}

// until turns a later period into the days from today to its end where a
// deadline was said. Quarters stay: they are what goals are set and reviewed
// by, and "by the end of Q2" is how people say "in Q2".
func (r *statementReader) until(period Period, lead periodLead) Period {
	if !lead.deadline || period.Span == Quarter || period.Contains(r.today) || period.To.Before(r.today) {
		return period
	}
	return Period{Span: Range, From: r.today, To: period.To}
}

// day returns the period of a single date: the days up to it, or the day itself
// where it is "on" that day, or over.
func (r *statementReader) day(date Date, lead periodLead) Period {
	switch {
	case date == r.today, lead.preposition && !lead.deadline:
		return PeriodOf(Day, date)
	case date.Before(r.today):
		return Period{Span: Range, From: date, To: date}
	}
	return Period{Span: Range, From: r.today, To: date}
}

// duration returns so many days, weeks, months, quarters or years from today on;
// zero where there are too many.
func (r *statementReader) duration(count int, span Span) Period {
	days, months := 0, 0
	switch span {
	case Day:
		days = count
	case Week:
		days = 7 * count
	case Month:
		months = count
	case Quarter:
		months = 3 * count
	case Year:
		months = 12 * count
	}
	if count < 1 || days > maxDurationDays || months > maxDurationMonths {
		return Period{}
	}
	return Period{Span: Range, From: r.today, To: r.today.AddMonths(months).AddDays(days)}
}

// quarter returns the n-th quarter of the year that follows at token i, else
// the next one that is not over.
func (r *statementReader) quarter(n, i int) (Period, int) {
	year, next := r.year(i)
	first := Date{Year: year, Month: time.Month(3*n - 2), Day: 1}
	if next == i {
		first.Year = r.today.Year
		if PeriodOf(Quarter, first).To.Before(r.today) {
			first.Year++
		}
	}
	return PeriodOf(Quarter, first), next
}

// half returns the n-th half of a year in the same way.
func (r *statementReader) half(n, i int) (Period, int) {
	year, next := r.year(i)
	if next == i {
		year = r.today.Year
		if n == 1 && r.today.Month > time.June {
			year++
		}
	}
	from := Date{Year: year, Month: time.Month(6*n - 5), Day: 1}
	return Period{Span: Range, From: from, To: from.AddMonths(6).AddDays(-1)}, next
}

// impliedPeriod returns the span's calendar period that contains today, or the
// next where less than a fifth of that is left.
func impliedPeriod(span Span, today Date) Period {
	period := PeriodOf(span, today)
	const fifth = 5
	if span != Day && fifth*(period.To.Sub(today)+1) < period.Days() {
		return period.Shift(1)
	}
	return period
}
