package coaching

import (
	"encoding/csv"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// PastFigures is what was understood of figures of past periods that somebody
// typed, pasted from a spreadsheet, or saved from one.
type PastFigures struct {
	// Read are the figures understood, in the order of the lines.
	Read []PastFigure
	// Unread are the lines that were not, each with the reason.
	Unread []UnreadLine
}

// PastFigure is the figure on a line.
type PastFigure struct {
	Line int // from 1
	Observation
}

// UnreadLine is a line that was not understood.
type UnreadLine struct {
	Line   int // from 1
	Text   string
	Reason Reason
}

// MaxPastLines is how many lines are read at once: eight years of weeks.
const MaxPastLines = 416

// ParsePastFigures reads figures of a kind, one period and its figure a line,
// divided by a tab, a comma, a semicolon or spaces, quoted as in CSV or not:
//
//	Jan 2025      120,000
//	2025-02,      118500.50
//	ม.ค. 2568     ฿120,000
//	Q1 2025       390k
//
// Empty lines, and a first line of headings, are passed over. Nothing is
// guessed: a line that could be meant in two ways is unread, and so is one whose
// period is not over on the day today or was there before with another figure.
// The reasons are those of [ScanFigure] and "past_period" (no period at the
// line's start), "past_day" (a day that is no month's first or last),
// "past_year" (25 for a year), "past_period_open", "past_twice",
// "past_more" (words or figures behind the figure), "past_signed",
// "past_too_many" (lines beyond [MaxPastLines]), "amount_is_percent",
// "amount_is_money", "amount_other_currency", "percent_above_hundred" and
// "level_negative".
func ParsePastFigures(text string, traits Traits, currency string, today Date) PastFigures {
	var (
		past PastFigures
		seen = make(map[Period]decimal.Decimal)
	)
	for i, line := range strings.Split(strings.ReplaceAll(readable(text), "\r\n", "\n"), "\n") {
		line = uncsv(strings.TrimFunc(line, unicode.IsSpace))
		if line == "" {
			continue
		}
		if i >= MaxPastLines {
			past.unread(i, line, "past_too_many")
			break
		}
		period, value, reason := pastFigure(line, traits, currency, today)
		before, known := seen[period]
		switch {
		case reason == "past_period" && len(seen) == 0 && len(past.Unread) == 0 && !strings.ContainsFunc(line, unicode.IsDigit):
			// The headings of a table.
		case reason != "":
			past.unread(i, line, reason)
		case known && !before.Equal(value):
			past.unread(i, line, "past_twice")
		case !known:
			seen[period] = value
			past.Read = append(past.Read, PastFigure{
				Line: i + 1, Observation: Observation{Kind: traits.Kind, Period: period, Value: value},
			})
		}
	}
	return past
}

// maxUnread is how many characters of an unread line are kept to show it.
const maxUnread = 80

func (p *PastFigures) unread(index int, line string, reason Reason) {
	p.Unread = append(p.Unread, UnreadLine{Line: index + 1, Text: cutRunes(line, maxUnread), Reason: reason})
}

// uncsv turns a line of quoted fields into one of fields divided by tabs. A line
// without quotes, or with quotes of another sort, stays as it is.
func uncsv(line string) string {
	if !strings.HasPrefix(line, `"`) && !strings.Contains(line, `,"`) && !strings.Contains(line, `;"`) {
		return line
	}
	reader := csv.NewReader(strings.NewReader(line))
	if strings.Contains(line, `;"`) || strings.Contains(line, `";`) {
		reader.Comma = ';'
	}
	fields, err := reader.Read()
	if err != nil {
		return line
	}
	return strings.TrimFunc(strings.Join(fields, "\t"), unicode.IsSpace)
}

// pastFigure reads one line.
func pastFigure(line string, traits Traits, currency string, today Date) (period Period, value decimal.Decimal, reason Reason) {
	period, end, reason := pastPeriod(line)
	if reason != "" {
		return Period{}, decimal.Zero, reason
	}
	if !period.To.Before(today) {
		return Period{}, decimal.Zero, "past_period_open"
	}
	field, others, _ := strings.Cut(line[skipDivider(line, end):], "\t")
	figure, size, reason := readFigure(field, false)
	if reason != "" {
		return Period{}, decimal.Zero, reason
	}
	switch {
	case strings.TrimFunc(field[size:]+others, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }) != "":
		reason = "past_more"
	case figure.Sign == '+' || figure.Sign == '=':
		reason = "past_signed"
	case figure.Percent && traits.Unit != Percent:
		reason = "amount_is_percent"
	case figure.Currency != "" && traits.Unit != Money:
		reason = "amount_is_money"
	case figure.Currency != "" && figure.Currency != currency:
		reason = "amount_other_currency"
	case traits.Unit == Percent && figure.Value.GreaterThan(hundred):
		reason = "percent_above_hundred"
	case traits.Kind != Margin && figure.Value.Sign() < 0:
		reason = "level_negative"
	}
	return period, figure.Value, reason
}

// skipDivider returns where the next field begins behind i: after spaces and at
// most one mark.
func skipDivider(line string, i int) int {
	i = skipSpaces(line, i)
	if i < len(line) && strings.IndexByte(",;:|", line[i]) >= 0 {
		i = skipSpaces(line, i+1)
	}
	return i
}
