package coaching

import (
	"time"
	"unicode/utf8"
)

// periodAt reads a period phrase that begins with token i and returns the token
// behind it; next is i where there is none.
func (r *statementReader) periodAt(i int) (period StatedPeriod, next int) {
	lead, j := r.periodLead(i)
	found, next := r.periodUnit(j, lead)
	if next == j {
		return StatedPeriod{}, i
	}
	return StatedPeriod{Period: found, Words: r.words(i, next)}, next
}

// periodLead is what stands before the unit of a period phrase: "by the end of".
type periodLead struct {
	deadline, preposition, end, article bool

	by bool // and nothing stronger: "by 10 days" is no deadline
}

// periodLead reads what stands before the unit and returns the token behind it.
func (r *statementReader) periodLead(i int) (lead periodLead, next int) {
	const longest = 6
	for next = i; next < i+longest; next++ {
		switch t := r.at(next); t.class {
		case termStrategy:
			if t.value != alsoDuring {
				return lead, next
			}
			lead.deadline, lead.preposition = true, true
		case termBy, termDeadline:
			lead.deadline, lead.preposition = true, true
			lead.by = t.class == termBy
		case termDuring, termOn:
			lead.preposition = true
		case termEnd:
			lead.end = true
		case termStop:
			if next == i {
				return lead, next
			}
			lead.article = true
		default:
			return lead, next
		}
	}
	return lead, next
}

// periodUnit reads what names the period; next is i where nothing does.
func (r *statementReader) periodUnit(i int, lead periodLead) (period Period, next int) {
	switch t := r.at(i); t.class {
	case termThis, termNext:
		return r.relativePeriod(i, lead)
	case termSpan:
		return r.spanPeriod(i, lead)
	case termClosing:
		return PeriodOf(t.span, r.today), i + 1
	case termLast, termCompare, termPer:
		if t.class == termPer && lead.deadline {
			return r.duration(1, t.span), i + 1
		}
	case termQuarter:
		return r.quarter(t.value, i+1)
	case termHalf:
		if t.value > 0 {
			return r.half(t.value, i+1)
		}
	case termOrdinal:
		return r.ordinalPeriod(i, lead)
	case termMonth:
		return r.monthPeriod(i, lead)
	case termDoubtful:
		_, dated := r.dayOfMonth(i+1, lead)
		if _, after := r.year(i + 1); lead.preposition || lead.end || dated > i+1 || after > i+1 {
			return r.monthPeriod(i, lead)
		}
	case termWeekday:
		days := (t.value - int(r.today.Weekday()) + 7) % 7
		return r.day(r.today.AddDays(days), lead), i + 1
	case termDay:
		return r.day(r.today.AddDays(t.value), lead), i + 1
	case termDate:
		return r.day(r.dates[t.value], lead), i + 1
	case termFigure, termInWords:
		return r.figurePeriod(i, lead)
	}
	return Period{}, i
}

// relativePeriod reads "this month", "next quarter", "next Friday", "the next 3
// weeks" from the word this or next on.
func (r *statementReader) relativePeriod(i int, lead periodLead) (Period, int) {
	ahead := 0
	if r.at(i).class == termNext {
		ahead = 1
	}
	switch t := r.at(i + 1); t.class {
	case termSpan:
		return r.calendar(t.span, ahead, lead), i + 2
	case termClosing:
		return PeriodOf(t.span, r.today).Shift(ahead), i + 2
	case termWeekday:
		monday := PeriodOf(Week, r.today).From
		days := (t.value+6)%7 + 7*ahead
		if date := monday.AddDays(days); !date.Before(r.today) {
			return r.day(date, lead), i + 2
		}
		return r.day(monday.AddDays(days+7), lead), i + 2
	case termMonth, termDoubtful:
		return r.monthPeriod(i+1, lead)
	case termQuarter:
		return r.quarter(t.value, i+2)
	case termFigure, termInWords:
		if count, ok := r.count(i + 1); ok && ahead == 1 && r.at(i+2).class == termSpan {
			if period := r.duration(count, r.at(i+2).span); !period.To.IsZero() {
				return period, i + 3
			}
		}
	}
	return Period{}, i
}

// spanPeriod reads from a span's name on: Thai "เดือนนี้", "ไตรมาสที่สอง" and
// "ปี 2569", English "quarter 2", and "(by the end of the) month".
func (r *statementReader) spanPeriod(i int, lead periodLead) (Period, int) {
	span := r.at(i).span
	next := i + 1
	if t := r.at(next); t.class == termStop && (!t.spaced || span == Month) { // "ที่", "พ.ศ.", "month of"
		next++
	}
	t := r.at(next)
	adjective := next == i+1 && r.text[r.at(i).from] >= utf8.RuneSelf // Thai puts it behind
	switch {
	case t.class == termThis && adjective:
		return r.calendar(span, 0, lead), next + 1
	case t.class == termNext && adjective:
		return r.calendar(span, 1, lead), next + 1
	case span == Quarter && t.class == termOrdinal && t.value <= 4:
		return r.quarter(t.value, next+1)
	case span == Quarter && t.class == termFigure:
		if n, ok := r.count(next); ok && n <= 4 {
			return r.quarter(n, next+1)
		}
	case span == Month && (t.class == termMonth || t.class == termDoubtful):
		return r.monthPeriod(next, lead)
	case span == Year:
		if year, after := r.year(i + 1); after > i+1 {
			return r.until(PeriodOf(Year, Date{Year: year, Month: time.January, Day: 1}), lead), after
		}
	}
	if lead.end || lead.preposition && (lead.article || lead.deadline) {
		return PeriodOf(span, r.today), i + 1
	}
	return Period{}, i
}

// ordinalPeriod reads "second quarter (of 2026)", "first half", "30th of June".
func (r *statementReader) ordinalPeriod(i int, lead periodLead) (Period, int) {
	n, next := r.at(i).value, i+1
	t := r.at(next)
	switch {
	case t.class == termSpan && t.span == Quarter && n >= 1 && n <= 4:
		return r.quarter(n, next+1)
	case t.class == termHalf && t.value == 0 && n >= 1 && n <= 2:
		return r.half(n, next+1)
	}
	if t.class == termStop {
		next++
	}
	if period, after, ok := r.dated(n, next, lead); ok {
		return period, after
	}
	return Period{}, i
}

// monthPeriod reads a month's name with the day and the year that may follow.
func (r *statementReader) monthPeriod(i int, lead periodLead) (Period, int) {
	month := time.Month(r.at(i).value)
	if day, after := r.dayOfMonth(i+1, lead); after > i+1 {
		if period, next, ok := r.datedIn(day, month, after, lead); ok {
			return period, next
		}
	}
	year, next := r.year(i + 1)
	first := Date{Year: year, Month: month, Day: 1}
	if next == i+1 {
		first.Year = r.today.Year
		if PeriodOf(Month, first).To.Before(r.today) {
			first.Year++
		}
	}
	return r.until(PeriodOf(Month, first), lead), next
}

// dayOfMonth reads the day in "March 15th"; a figure with more behind it, as in
// "March 20 demos", is none, unless it is a deadline and another figure is there
// to be the size: "by May 15 visit 5 accounts".
func (r *statementReader) dayOfMonth(i int, lead periodLead) (day, next int) {
	t := r.at(i)
	if t.class == termOrdinal && t.value <= 31 {
		return t.value, i + 1
	}
	n, ok := r.count(i)
	if !ok || n > 31 {
		return 0, i
	}
	switch r.at(i + 1).class {
	case termSentence, termPause, termStrategy, termWhy, termBy, termFigure:
		return n, i + 1
	}
	if lead.deadline && r.tokens[i].value < len(r.figures)-1 {
		return n, i + 1
	}
	return 0, i
}

// dated reads the month at token i for a day that stood before it.
func (r *statementReader) dated(day, i int, lead periodLead) (period Period, next int, ok bool) {
	t := r.at(i)
	if t.class != termMonth && t.class != termDoubtful {
		return Period{}, i, false
	}
	return r.datedIn(day, time.Month(t.value), i+1, lead)
}

// datedIn returns the day of a month in the year that follows at token i, else
// the next such day.
func (r *statementReader) datedIn(day int, month time.Month, i int, lead periodLead) (period Period, next int, ok bool) {
	year, next := r.year(i)
	if next == i {
		year = r.today.Year
		if date, exists := dateOf(year, int(month), day); exists && date.Before(r.today) {
			year++
		}
	}
	date, exists := dateOf(year, int(month), day)
	if !exists {
		return Period{}, i, false
	}
	return r.day(date, lead), next, true
}

// figurePeriod reads "30 June", "within 30 days", "in 2026" from the figure on.
func (r *statementReader) figurePeriod(i int, lead periodLead) (Period, int) {
	n, ok := r.count(i)
	if !ok {
		return Period{}, i
	}
	if period, next, ok := r.dated(n, i+1, lead); ok {
		return period, next
	}
	if !lead.preposition {
		return Period{}, i
	}
	if t := r.at(i + 1); t.class == termSpan {
		if lead.by {
			return Period{}, i
		}
		if period := r.duration(n, t.span); !period.To.IsZero() {
			return period, i + 2
		}
		return Period{}, i
	}
	if year, next := r.year(i); next == i+1 {
		return r.until(PeriodOf(Year, Date{Year: year, Month: time.January, Day: 1}), lead), next
	}
	return Period{}, i
}

// count returns the value of a bare whole number of up to four digits, or of a
// small one in words, which will do for days and months though not for a goal's
// size.
func (r *statementReader) count(i int) (n int, ok bool) {
	t := r.at(i)
	if t.class == termInWords {
		return t.value, t.value > 0
	}
	if t.class != termFigure || !r.figures[t.value].plain {
		return 0, false
	}
	return int(r.figures[t.value].Value.IntPart()), true
}
