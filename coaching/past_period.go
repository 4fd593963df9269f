package coaching

import (
	"strings"
	"time"
	"unicode/utf8"
)

// pastPeriod reads the period that a line begins with and returns where it ends:
// a month ("Jan 2025", "2025-01", "ม.ค. 68", "31/01/2568"), a quarter ("Q1
// 2025", "ไตรมาส 1/2568"), a year or a week ("2025-W05", "week of 2025-02-03").
func pastPeriod(line string) (period Period, end int, reason Reason) {
	for _, read := range []func(string) (Period, int, Reason){pastWeek, pastQuarter, pastDay, pastMonth, pastYear} {
		period, end, reason = read(line)
		if end > 0 || reason != "" {
			return period, end, reason
		}
	}
	return Period{}, 0, "past_period"
}

// pastDay reads a day that stands for its month: the first or the last of it,
// as spreadsheets write months.
func pastDay(line string) (Period, int, Reason) {
	reader := statementReader{text: line}
	date, end, ok := reader.dateAt(0)
	switch {
	case end == 0:
		return Period{}, 0, ""
	case !ok:
		return Period{}, 0, "past_day" // 3/4/2025, or 31 June
	}
	month := PeriodOf(Month, date)
	if date != month.From && date != month.To {
		return Period{}, 0, "past_day"
	}
	if rest := line[end:]; strings.HasPrefix(rest, "T00:00:00") || strings.HasPrefix(rest, " 00:00:00") {
		end += len(" 00:00:00")
	}
	return month, end, ""
}

// pastMonth reads a month: by name with the year before or behind, or in digits
// as 2025-01 and 01/2025.
func pastMonth(line string) (Period, int, Reason) {
	if month, end := monthName(line); month > 0 {
		thai := line[0] >= utf8.RuneSelf
		year, end, reason := pastYearAt(line, end, thai)
		return monthOf(year, month, end, reason)
	}
	first, digits, end := wholeAt(line, 0)
	next := skipJoint(line, end)
	switch {
	case digits == 4 && next > end:
		year, known := yearOf(first)
		month, width := monthName(line[next:])
		if month > 0 && known {
			return monthOf(year, month, next+width, "")
		}
		// Only a mark makes digits the year's month: "2025 12" is a year with 12.
		if month, digits, after := wholeAt(line, next); known && digits <= 2 && month >= 1 && month <= 12 && marked(line, end, after) {
			return monthOf(year, month, after, "")
		}
	case digits >= 1 && digits <= 2 && first >= 1 && first <= 12 && marked(line, end, len(line)-1):
		if year, digits, after := wholeAt(line, next); digits == 4 {
			if year, known := yearOf(year); known {
				return monthOf(year, first, after, "")
			}
		}
	}
	return Period{}, 0, ""
}

func monthOf(year, month, end int, reason Reason) (Period, int, Reason) {
	if reason != "" {
		return Period{}, 0, reason
	}
	return PeriodOf(Month, Date{Year: year, Month: time.Month(month), Day: 1}), end, ""
}

// pastQuarter reads "Q1 2025", "2025 Q1", "2025-Q1" and "ไตรมาสที่ 1/2568".
func pastQuarter(line string) (Period, int, Reason) {
	if quarter, end := quarterAt(line, 0); quarter > 0 {
		year, end, reason := pastYearAt(line, end, line[0] >= utf8.RuneSelf)
		return quarterOf(year, quarter, end, reason)
	}
	number, digits, end := wholeAt(line, 0)
	year, known := yearOf(number)
	if digits != 4 || !known {
		return Period{}, 0, ""
	}
	quarter, end := quarterAt(line, skipJoint(line, end))
	if quarter == 0 {
		return Period{}, 0, ""
	}
	return quarterOf(year, quarter, end, "")
}

func quarterOf(year, quarter, end int, reason Reason) (Period, int, Reason) {
	if reason != "" {
		return Period{}, 0, reason
	}
	return PeriodOf(Quarter, Date{Year: year, Month: time.Month(3*quarter - 2), Day: 1}), end, ""
}

// quarterAt reads "Q1" and "ไตรมาสที่ 1".
func quarterAt(line string, i int) (quarter, end int) {
	for _, name := range []string{"Q", "q", "ไตรมาสที่", "ไตรมาส"} {
		if !strings.HasPrefix(line[i:], name) {
			continue
		}
		number, digits, end := wholeAt(line, skipSpaces(line, i+len(name)))
		if digits == 1 && number >= 1 && number <= 4 {
			return number, end
		}
	}
	return 0, i
}

// pastYear reads a year that stands alone: "2025", "ปี 2568".
func pastYear(line string) (Period, int, Reason) {
	i := 0
	for _, name := range []string{"ปี พ.ศ.", "ปี", "พ.ศ.", "FY"} {
		if rest, found := strings.CutPrefix(line, name); found {
			if name == "FY" { // whose year begins when?
				return Period{}, 0, "past_year"
			}
			i = len(line) - len(rest)
			break
		}
	}
	number, digits, end := wholeAt(line, skipSpaces(line, i))
	year, known := yearOf(number)
	if digits != 4 || !known || skipDivider(line, end) == end {
		return Period{}, 0, ""
	}
	return PeriodOf(Year, Date{Year: year, Month: time.January, Day: 1}), end, ""
}

// pastWeek reads "2025-W05" and "W5 2025", by ISO 8601, and "week of" its
// Monday.
func pastWeek(line string) (Period, int, Reason) {
	lower := strings.ToLower(line)
	for _, name := range []string{"week of ", "week from ", "สัปดาห์ที่เริ่ม ", "สัปดาห์ "} {
		if !strings.HasPrefix(lower, name) {
			continue
		}
		reader := statementReader{text: line}
		date, end, ok := reader.dateAt(len(name))
		if week := PeriodOf(Week, date); ok && week.From == date {
			return week, end, ""
		}
		return Period{}, 0, "past_day"
	}
	year, week, end := 0, 0, 0
	if number, digits, after := wholeAt(line, 0); digits == 4 {
		if week, end = weekAt(line, skipJoint(line, after)); week > 0 {
			year = number
		}
	} else if week, end = weekAt(line, 0); week > 0 {
		number, digits, after := wholeAt(line, skipJoint(line, end))
		if digits == 4 {
			year, end = number, after
		}
	}
	year, known := yearOf(year)
	if !known {
		return Period{}, 0, ""
	}
	// The fourth of January is in the first week, whatever the year.
	first := PeriodOf(Week, Date{Year: year, Month: time.January, Day: 4})
	period := first.Shift(week - 1)
	if thursday := period.From.AddDays(3); thursday.Year != year {
		return Period{}, 0, "past_period"
	}
	return period, end, ""
}

// weekAt reads "W05".
func weekAt(line string, i int) (week, end int) {
	if i >= len(line) || line[i]|0x20 != 'w' {
		return 0, i
	}
	number, digits, end := wholeAt(line, i+1)
	if digits == 0 || digits > 2 || number < 1 || number > 53 {
		return 0, i
	}
	return number, end
}

// pastYearAt reads the year behind a month's or a quarter's name: four digits
// or, behind a hyphen, a slash or an apostrophe as in "Jan-25", and in Thai, two.
func pastYearAt(line string, i int, thai bool) (year, end int, reason Reason) {
	const century, thaiCentury = 2000, 2500
	from := skipJoint(line, i)
	for _, era := range []string{"พ.ศ.", "ปี"} {
		if rest, found := strings.CutPrefix(line[from:], era); found {
			from = skipSpaces(line, len(line)-len(rest))
		}
	}
	number, digits, end := wholeAt(line, from)
	switch {
	case digits == 2 && thai:
		number += thaiCentury
	case digits == 2 && strings.ContainsAny(line[i:from], "-/'’"):
		number += century
	case digits == 2:
		return 0, 0, "past_year"
	case digits != 4:
		return 0, 0, "past_period"
	}
	year, known := yearOf(number)
	if !known {
		return 0, 0, "past_period"
	}
	return year, end, ""
}

// monthName reads the name of a month in English or Thai, short or long.
func monthName(text string) (month, end int) {
	if n := asciiLetters(text); n > 0 {
		found, end := matchEnglish(text, 0, n)
		if found.class != termMonth && found.class != termDoubtful || end != n {
			return 0, 0
		}
		if strings.HasPrefix(text[end:], ".") {
			end++
		}
		return found.value, end
	}
	if found, width := matchThai(text); width > 0 && found.class == termMonth {
		return found.value, width
	}
	return 0, 0
}

// skipJoint returns the index behind what joins the parts of a period: spaces,
// tabs, and one hyphen, slash, point, comma or apostrophe.
func skipJoint(line string, i int) int {
	i = skipSpaces(line, i)
	if c, width := utf8.DecodeRuneInString(line[i:]); strings.ContainsRune("-/.,'’", c) && width > 0 {
		i = skipSpaces(line, i+width)
	}
	return i
}

// marked reports whether a hyphen, a slash or a point follows at i, and nothing
// of the sort at after.
func marked(line string, i, after int) bool {
	if i >= len(line) || strings.IndexByte("-/.", line[i]) < 0 {
		return false
	}
	return after >= len(line) || strings.IndexByte("-/.", line[after]) < 0
}

// wholeAt reads up to nine digits at i.
func wholeAt(line string, i int) (number, digits, end int) {
	for end = i; digits < 9; digits++ {
		digit, width := digitAt(line, end)
		if width == 0 {
			break
		}
		number = number*10 + int(digit)
		end += width
	}
	return number, digits, end
}
