package coaching

import (
	"time"
	"unicode/utf8"
)

// buddhistOffset is how far the Thai solar calendar's years are ahead of the
// common era's.
const buddhistOffset = 543

// Years that people set goals for; a number outside is not read as a year.
const (
	firstYear = 2000
	lastYear  = 2100
)

// yearOf reads a year of the common or the Buddhist era.
func yearOf(n int) (year int, ok bool) {
	if n >= firstYear+buddhistOffset && n <= lastYear+buddhistOffset {
		return n - buddhistOffset, true
	}
	return n, n >= firstYear && n <= lastYear
}

// dateAt reads "2026-06-30", "2026/6/30" and "30/6/2026", with Buddhist years,
// too. "3/4/2026" is 3 April to some and 4 March to others, so it is read only
// where the year is Buddhist, for Thai dates put the day first. Where ok is
// false an end tells of something that looks like a date.
func (r *statementReader) dateAt(i int) (date Date, end int, ok bool) {
	var parts [3]int
	var lengths [3]int
	separator := byte(0)
	at := i
	for k := range parts {
		if k > 0 {
			if at >= len(r.text) || r.text[at] != '-' && r.text[at] != '/' && r.text[at] != '.' || separator != 0 && r.text[at] != separator {
				return Date{}, 0, false
			}
			separator = r.text[at]
			at++
		}
		for {
			digit, width := digitAt(r.text, at)
			if width == 0 {
				break
			}
			if lengths[k] == 4 {
				return Date{}, 0, false
			}
			parts[k] = parts[k]*10 + int(digit)
			lengths[k]++
			at += width
		}
		if lengths[k] == 0 {
			return Date{}, 0, false
		}
	}
	if c, _ := utf8.DecodeRuneInString(r.text[at:]); c == '-' || c == '/' {
		return Date{}, 0, false
	}
	year, month, day := parts[0], parts[1], parts[2]
	if lengths[0] != 4 {
		if lengths[2] != 4 {
			return Date{}, 0, false
		}
		year, day = parts[2], parts[0]
		switch {
		case month > 12:
			month, day = day, month
		case day <= 12 && month != day && year < firstYear+buddhistOffset:
			return Date{}, at, false
		}
	}
	year, known := yearOf(year)
	date, ok = dateOf(year, month, day)
	return date, at, ok && known
}

// dateOf returns the date if there is such a day.
func dateOf(year, month, day int) (date Date, ok bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return Date{}, false
	}
	date = Date{Year: year, Month: time.Month(month), Day: day}
	return date, date.AddDays(0) == date
}

// year reads a year, with "of", a comma or Thai "ปี พ.ศ." before it, from token
// i on. Behind a Thai month two digits do: "มิ.ย. 69".
func (r *statementReader) year(i int) (year, next int) {
	j := i
	for ; j < i+3; j++ {
		t := r.at(j)
		if t.class != termStop && t.class != termPause && !(t.class == termSpan && t.span == Year) {
			break
		}
	}
	n, ok := r.count(j)
	if !ok {
		return 0, i
	}
	t := r.at(j)
	switch utf8.RuneCountInString(r.text[t.from:t.to]) {
	case 4:
		if year, known := yearOf(n); known {
			return year, j + 1
		}
	case 2:
		const century = 2500
		before := r.at(i - 1)
		if j == i && before.class == termMonth && r.text[before.from] >= utf8.RuneSelf {
			if year, known := yearOf(century + n); known {
				return year, j + 1
			}
		}
	}
	return 0, i
}
