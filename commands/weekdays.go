package commands

import (
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

var weekdayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// parseWeekdays reads "Mon-Fri", "Sun-Thu", "Mon,Wed,Fri" or "daily".
func parseWeekdays(text string) (coaching.Weekdays, error) {
	if strings.EqualFold(text, "daily") {
		text = "mon-sun"
	}
	var set coaching.Weekdays
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '/' }) {
		first, last, isRange := strings.Cut(part, "-")
		from, err := parseWeekday(first)
		if err != nil {
			return 0, err
		}
		to := from
		if isRange {
			if to, err = parseWeekday(last); err != nil {
				return 0, err
			}
		}
		for day := from; ; day = (day + 1) % 7 {
			set |= coaching.WeekdaysOf(day)
			if day == to {
				break
			}
		}
	}
	if set == 0 {
		return 0, coaching.Refuse("weekdays_unreadable")
	}
	return set, nil
}

func parseWeekday(text string) (time.Weekday, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	for day, name := range weekdayNames {
		if len(text) >= 3 && strings.HasPrefix(text, name) {
			return time.Weekday(day), nil
		}
	}
	return 0, coaching.Refuse("weekdays_unreadable")
}

// weekdays words a set of days, consecutive ones as a range: "Mon–Fri, Sun".
func (a *ask) weekdays(set coaching.Weekdays) string {
	var parts []string
	for i := 0; i < 7; i++ {
		day := time.Weekday((i + 1) % 7) // from Monday
		if !set.Has(day) {
			continue
		}
		first := day
		for i < 6 && set.Has(time.Weekday((i+2)%7)) {
			i++
			day = time.Weekday((i + 1) % 7)
		}
		name := a.voice.Text("day_"+weekdayNames[first], nil)
		if day != first {
			name = a.voice.Text("days_range", Args{"first": name, "last": a.voice.Text("day_"+weekdayNames[day], nil)})
		}
		parts = append(parts, name)
	}
	return a.voice.join(parts)
}
