package coaching

import (
	"strings"
	"unicode/utf8"
)

// DayOrder says which of two numbers before a year is the day.
type DayOrder string

// The orders. In an unknown one "3/4/2025" is no date.
const (
	DayOrderUnknown DayOrder = ""
	DayFirst        DayOrder = "dmy"
	MonthFirst      DayOrder = "mdy"
)

// ParseWrittenDate reads a date as programs and people write it: "2025-03-04",
// "2025/3/4" and "20250304", with a time behind or without; "4/3/2025" and
// "4.3.25" in the order given; "4 Mar 2025", "Mar 4, 2025", "4 มี.ค. 2568".
// Years of the Buddhist era are read as such. A dot between the parts puts the
// day first, whatever the order. The reason is "event_date_unreadable" or, where
// the order would have to be guessed, "event_date_order".
func ParseWrittenDate(text string, order DayOrder) (Date, Reason) {
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, "T "); i > 0 && strings.Contains(text[i:], ":") {
		text = text[:i]
	}
	if date, found := namedDate(text); found {
		return date, ""
	}
	parts, widths, mark, ok := dateParts(text)
	if !ok {
		return Date{}, ReasonEventDate
	}
	year, month, day := parts[0], parts[1], parts[2]
	if widths[0] != 4 {
		first, second := parts[0], parts[1]
		switch year = parts[2]; {
		case mark == '.', first > 12, order == DayFirst, first == second:
			day, month = first, second
		case second > 12, order == MonthFirst:
			month, day = first, second
		default:
			return Date{}, ReasonEventOrder
		}
		if widths[2] <= 2 {
			year += 2000
		}
	}
	return written(year, month, day)
}

// DayOrderOf tells the order of a date that only one order makes a date of.
func DayOrderOf(text string) DayOrder {
	parts, widths, mark, ok := dateParts(strings.TrimSpace(text))
	switch {
	case !ok || widths[0] == 4 || mark == '.':
		return DayOrderUnknown
	case parts[0] > 12 && parts[1] <= 12:
		return DayFirst
	case parts[1] > 12 && parts[0] <= 12:
		return MonthFirst
	default:
		return DayOrderUnknown
	}
}

func written(year, month, day int) (Date, Reason) {
	if year >= oldestEvent+buddhistOffset {
		year -= buddhistOffset
	}
	date, ok := dateOf(year, month, day)
	if !ok || year < oldestEvent || year > lastYear {
		return Date{}, ReasonEventDate
	}
	return date, ""
}

// dateParts reads three numbers with the same mark between them, or eight
// digits.
func dateParts(text string) (parts, widths [3]int, mark byte, ok bool) {
	if number, digits, end := wholeAt(text, 0); digits == 8 && end == len(text) {
		return [3]int{number / 10000, number / 100 % 100, number % 100}, [3]int{4, 2, 2}, '-', true
	}
	at := 0
	for k := range parts {
		if k > 0 {
			if at >= len(text) || strings.IndexByte("-/.", text[at]) < 0 || mark != 0 && text[at] != mark {
				return parts, widths, mark, false
			}
			mark = text[at]
			at++
		}
		if parts[k], widths[k], at = wholeAt(text, at); widths[k] == 0 || widths[k] > 4 {
			return parts, widths, mark, false
		}
	}
	return parts, widths, mark, at == len(text)
}

// namedDate reads a date with the month's name in it.
func namedDate(text string) (Date, bool) {
	day, digits, at := wholeAt(text, 0)
	dayFirst := digits > 0
	at = skipJoint(text, at)
	month, width := monthName(text[at:])
	if month == 0 {
		return Date{}, false
	}
	thai := text[at] >= utf8.RuneSelf
	at = skipJoint(text, at+width)
	if !dayFirst {
		if day, digits, at = wholeAt(text, at); digits == 0 {
			return Date{}, false
		}
		at = skipJoint(text, at)
	}
	year, digits, at := wholeAt(text, at)
	switch {
	case at != len(text):
		return Date{}, false
	case digits == 2 && thai:
		year += 2500
	case digits == 2:
		year += 2000
	case digits != 4:
		return Date{}, false
	}
	date, reason := written(year, month, day)
	return date, reason == ""
}

// ParseWrittenPeriod reads a period that a figure is for, in the forms of
// [ParsePastFigures]; ok is false where the text is none, or more.
func ParseWrittenPeriod(text string) (period Period, ok bool) {
	text = strings.TrimSpace(text)
	const closing = "\t" // A year alone ends at a mark.
	period, end, reason := pastPeriod(text + closing)
	return period, reason == "" && end >= len(text)
}
