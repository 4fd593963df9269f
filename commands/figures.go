package commands

import (
	"strconv"
	"strings"

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

// percentPlaces is to how many places percentages are shown. Those that events
// come to have more, which nobody reads.
const percentPlaces = 2

// figure words a value in its unit: "$4,500.50", "45%", "30 days", "1,200".
func (v *Voice) figure(value decimal.Decimal, m measure) string {
	if value.Sign() < 0 {
		return v.Text("figure_minus", Args{"figure": v.figure(value.Neg(), m)})
	}
	switch m.unit {
	case coaching.Money:
		return v.money(value, m.currency)
	case coaching.Percent:
		return v.Text("figure_percent", Args{"figure": v.number(value.Round(percentPlaces).String())})
	case coaching.Days:
		return v.Text("figure_days", Args{"count": plural(value), "days": v.number(value.String())})
	default:
		return v.number(value.String())
	}
}

// counted words a value with what it counts, where that has a name: "20 demos".
func (v *Voice) counted(value decimal.Decimal, m measure) string {
	return v.withNoun(v.figure(value, m), value, m)
}

// withNoun puts what is counted to a figure that is worded already. A language
// may have a form of its own for a noun, with its classifier or its plurals: the
// message "counted_demos". Others get the noun as it is.
func (v *Voice) withNoun(figure string, value decimal.Decimal, m measure) string {
	if m.unit != coaching.Count {
		return figure
	}
	noun := m.noun
	if noun == "" {
		noun = string(m.kind)
	}
	if id, found := v.nouns[strings.ToLower(noun)]; found {
		return v.TextOf(id, func(name string) any {
			switch name {
			case "count":
				return plural(value.Abs())
			case "figure":
				return figure
			}
			return nil
		})
	}
	if m.noun == "" {
		return figure
	}
	if value.Abs().Equal(one) {
		noun = singular(noun)
	}
	return v.TextOf("figure_counted", func(name string) any {
		switch name {
		case "figure":
			return figure
		case "noun":
			return noun
		}
		return nil
	})
}

var one = decimal.NewFromInt(1)

// singular returns the singular of an English noun that ends in a plural s.
// The noun is the member's own word, whatever language the sentence around it
// is in; one in another form stays as it is.
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

// change words a value with its sign: "+3 demos", "−$200".
func (v *Voice) change(value decimal.Decimal, m measure) string {
	figure := v.figure(value, m)
	if value.Sign() > 0 {
		figure = v.Text("figure_plus", Args{"figure": figure})
	}
	return v.withNoun(figure, value, m)
}

// setTo words a value that was set, as it is typed: "=120 demos".
func (v *Voice) setTo(value decimal.Decimal, m measure) string {
	return v.withNoun("="+v.figure(value, m), value, m)
}

// plural turns a figure into the number that chooses a plural form.
func plural(value decimal.Decimal) int {
	if value.Equal(one) {
		return 1
	}
	return 2
}

// money writes an amount with its sign or code, each where the language puts it.
// Cents are shown whole or not at all: $4,500.50 and $4,500.
func (v *Voice) money(value decimal.Decimal, currency string) string {
	text := value.String()
	if _, cents, split := strings.Cut(text, "."); split && len(cents) == 1 {
		text += "0"
	}
	return v.inCurrency(v.number(text), currency)
}

// inCurrency puts a currency's sign or code to an amount that is worded already.
func (v *Voice) inCurrency(amount, currency string) string {
	if sign, known := currencySigns[currency]; known {
		return v.Text("money_sign", Args{"sign": sign, "amount": amount})
	}
	return v.Text("money_code", Args{"code": currency, "amount": amount})
}

// number writes the digits of a number as the language does, with its mark
// between every three digits of the whole part and before the fraction: 1,234.5.
func (v *Voice) number(text string) string {
	whole, fraction, hasFraction := strings.Cut(text, ".")
	digits := strings.TrimPrefix(whole, "-")
	if len(digits) <= 3 && !hasFraction {
		return text
	}
	var grouped strings.Builder
	if len(digits) < len(whole) {
		grouped.WriteByte('-')
	}
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			grouped.WriteString(v.group)
		}
		grouped.WriteRune(digit)
	}
	if hasFraction {
		grouped.WriteString(v.point)
		grouped.WriteString(fraction)
	}
	return grouped.String()
}

// spoken rounds a figure that events come to as a person would say it: tenths of a
// percent and of a day, whole amounts from a hundred up where they are a share of
// others. Totals of money stay as they are.
func spoken(value decimal.Decimal, m measure) decimal.Decimal {
	switch share := m.kind == coaching.CLV || m.kind == coaching.CAC; {
	case m.unit == coaching.Money && share && value.Abs().GreaterThanOrEqual(decimal.NewFromInt(100)):
		return trimmed(value.Round(0))
	case m.unit == coaching.Money:
		return trimmed(value.Round(2))
	default:
		return trimmed(value.Round(1))
	}
}

// percent words a share of one: "55%".
func (v *Voice) percent(share float64) string {
	return v.figure(decimal.NewFromFloat(share).Shift(2).Round(0), measure{unit: coaching.Percent})
}

// signedPercent words a change: "+4%", "−3%", and "+0%" where it is none.
func (v *Voice) signedPercent(share float64) string {
	if share < 0 {
		return v.percent(share)
	}
	return v.Text("figure_plus", Args{"figure": v.percent(share)})
}

// join lists words: "Mon–Wed, Fri".
func (v *Voice) join(words []string) string { return strings.Join(words, v.Text("list_join", nil)) }

func itoa(n int) string { return strconv.Itoa(n) }
