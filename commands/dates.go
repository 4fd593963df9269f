package commands

import (
	"strconv"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// date words a day: "30 Jun", with the year where it is not the one of today.
func (v *Voice) date(date, today coaching.Date) string {
	id := "date"
	if date.Year != today.Year {
		id = "date_with_year"
	}
	return v.Text(id, Args{"day": itoa(date.Day), "month": v.month(date.Month), "year": v.year(date.Year)})
}

// parseDay reads a date typed as 2026-12-31, or with the Buddhist year, as
// 2569-12-31. No team plans a holiday five centuries ahead.
func parseDay(text string) (coaching.Date, error) {
	const buddhistYears, firstBuddhistYear = 543, 2400
	first, rest, _ := strings.Cut(text, "-")
	if year, err := strconv.Atoi(first); err == nil && year >= firstBuddhistYear {
		text = itoa(year-buddhistYears) + "-" + rest
	}
	return coaching.ParseDate(text)
}

// month words a month in short: "Jun".
func (v *Voice) month(month time.Month) string {
	return v.Text("month_"+strings.ToLower(month.String()[:3]), nil)
}

// year words a year in the era that the language counts by: Thai counts from the
// Buddha, 543 years before.
func (v *Voice) year(year int) string { return itoa(year + v.era) }

// weekday words a day of the week: "Monday".
func (v *Voice) weekday(day time.Weekday) string {
	return v.Text("weekday_"+strings.ToLower(day.String()[:3]), nil)
}

// until words a period and its last day: "Q2 2026, until 30 Jun 2026".
func (v *Voice) until(period coaching.Period, today coaching.Date) string {
	switch period.Span {
	case coaching.Month, coaching.Quarter, coaching.Year:
		return v.Text("period_until", Args{"period": v.period(period, today), "last": v.date(period.To, today)})
	default:
		return v.period(period, today)
	}
}

// period words a stretch of days: "Q2 2026", "Jun 2026", "2026", or its two
// ends.
func (v *Voice) period(period coaching.Period, today coaching.Date) string {
	from := period.From
	switch period.Span {
	case coaching.Month:
		return v.Text("period_month", Args{"month": v.month(from.Month), "year": v.year(from.Year)})
	case coaching.Quarter:
		return v.Text("period_quarter", Args{"quarter": itoa((int(from.Month)-1)/3 + 1), "year": v.year(from.Year)})
	case coaching.Year:
		return v.Text("period_year", Args{"year": v.year(from.Year)})
	case coaching.Day:
		return v.date(from, today)
	default:
		return v.Text("period_range", Args{"from": v.date(from, today), "to": v.date(period.To, today)})
	}
}
