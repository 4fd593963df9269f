package commands

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// currencySigns are the signs that stand before an amount. Other currencies are
// written with their code.
var currencySigns = map[string]string{"USD": "$", "THB": "฿", "EUR": "€", "GBP": "£", "JPY": "¥"}

// measure is what a figure needs besides its value to be read.
type measure struct {
	unit           coaching.Unit
	kind           coaching.Kind
	currency, noun string
}

func measureOf(goal coaching.Goal) measure {
	return measure{unit: goal.Unit, kind: goal.Kind, currency: goal.Currency, noun: goal.Noun}
}

// figure words a value in its unit: "$4,500.50", "45%", "30 days", "1,200".
func (v *Voice) figure(value decimal.Decimal, m measure) string {
	sign := ""
	if value.Sign() < 0 {
		sign, value = "−", value.Neg()
	}
	switch m.unit {
	case coaching.Money:
		return sign + money(value, m.currency)
	case coaching.Percent:
		return sign + groupDigits(value.String()) + "%"
	case coaching.Days:
		return sign + v.Text("figure_days", Args{"count": plural(value), "days": groupDigits(value.String())})
	default:
		return sign + groupDigits(value.String())
	}
}

// counted words a value with what it counts, where that has a name: "20 demos".
func (v *Voice) counted(value decimal.Decimal, m measure) string {
	text := v.figure(value, m)
	if m.unit != coaching.Count {
		return text
	}
	noun := m.noun
	if noun == "" {
		id := "noun_" + string(m.kind)
		if !v.Has(id) {
			return text
		}
		noun = v.Text(id, nil)
	}
	if value.Abs().Equal(one) {
		noun = singular(noun)
	}
	return v.TextOf("figure_counted", func(name string) any {
		switch name {
		case "figure":
			return text
		case "noun":
			return noun
		}
		return nil
	})
}

var one = decimal.NewFromInt(1)

// singular returns the singular of an English noun that ends in a plural s.
// The noun is the member's own word; one in another form stays as it is.
func singular(noun string) string {
	switch {
	case strings.HasSuffix(noun, "ss"), !strings.HasSuffix(noun, "s"):
		return noun
	case strings.HasSuffix(noun, "ies") && len(noun) > len("ties"):
		return strings.TrimSuffix(noun, "ies") + "y"
	default:
		return strings.TrimSuffix(noun, "s")
	}
}

// change words a value with its sign: "+3", "−$200".
func (v *Voice) change(value decimal.Decimal, m measure) string {
	text := v.counted(value, m)
	if value.Sign() > 0 {
		return "+" + text
	}
	return text
}

// plural turns a figure into the number that chooses a plural form.
func plural(value decimal.Decimal) int {
	if value.Equal(one) {
		return 1
	}
	return 2
}

// money writes an amount with its sign or code. Cents are shown whole or not at
// all: $4,500.50 and $4,500.
func money(value decimal.Decimal, currency string) string {
	text := value.String()
	if _, cents, split := strings.Cut(text, "."); split && len(cents) == 1 {
		text += "0"
	}
	text = groupDigits(text)
	if sign, known := currencySigns[currency]; known {
		return sign + text
	}
	return currency + "\u00a0" + text
}

// groupDigits puts a comma between every three digits of the whole part.
func groupDigits(text string) string {
	whole, fraction, hasFraction := strings.Cut(text, ".")
	digits := strings.TrimPrefix(whole, "-")
	if len(digits) <= 3 {
		return text
	}
	var grouped strings.Builder
	if len(digits) < len(whole) {
		grouped.WriteByte('-')
	}
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			grouped.WriteByte(',')
		}
		grouped.WriteRune(digit)
	}
	if hasFraction {
		grouped.WriteByte('.')
		grouped.WriteString(fraction)
	}
	return grouped.String()
}

// date words a day: "30 Jun", with the year where it is not the one of today.
func (v *Voice) date(date, today coaching.Date) string {
	month := v.Text("month_"+strings.ToLower(date.Month.String()[:3]), nil)
	id := "date"
	if date.Year != today.Year {
		id = "date_with_year"
	}
	return v.Text(id, Args{"day": itoa(date.Day), "month": month, "year": itoa(date.Year)})
}

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
		return v.Text("period_month", Args{"month": v.Text("month_"+strings.ToLower(from.Month.String()[:3]), nil), "year": itoa(from.Year)})
	case coaching.Quarter:
		return v.Text("period_quarter", Args{"quarter": itoa((int(from.Month)-1)/3 + 1), "year": itoa(from.Year)})
	case coaching.Year:
		return v.Text("period_year", Args{"year": itoa(from.Year)})
	case coaching.Day:
		return v.date(from, today)
	default:
		return v.Text("period_range", Args{"from": v.date(from, today), "to": v.date(period.To, today)})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
