package store

import "github.com/smallwins/smallwins/coaching"

// dayText writes a day, and no day as nothing.
func dayText(day coaching.Date) string {
	if day.IsZero() {
		return ""
	}
	return day.String()
}

// parseDay reads what dayText wrote.
func parseDay(text string) (coaching.Date, error) {
	if text == "" {
		return coaching.Date{}, nil
	}
	return coaching.ParseDate(text)
}

func dayTexts(days []coaching.Date) []string {
	texts := make([]string, len(days))
	for i, day := range days {
		texts[i] = day.String()
	}
	return texts
}

func parseDays(texts []string) ([]coaching.Date, error) {
	var days []coaching.Date
	for _, text := range texts {
		day, err := coaching.ParseDate(text)
		if err != nil {
			return nil, err
		}
		days = append(days, day)
	}
	return days, nil
}

// quietText writes quiet hours, and none as nothing.
func quietText(quiet coaching.Quiet) string {
	if quiet.IsZero() {
		return ""
	}
	return quiet.String()
}

// parseQuiet reads what quietText wrote.
func parseQuiet(text string) (coaching.Quiet, error) {
	if text == "" {
		return coaching.Quiet{}, nil
	}
	return coaching.ParseQuiet(text)
}
