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
	return v.worded(value, m, (*sentence).figure)
}

// counted words a value with what it counts, where that has a name: "20 demos".
func (v *Voice) counted(value decimal.Decimal, m measure) string {
	return v.worded(value, m, (*sentence).counted)
}

// change words a value with its sign: "+3 demos", "−$200".
func (v *Voice) change(value decimal.Decimal, m measure) string {
	return v.worded(value, m, (*sentence).change)
}

// setTo words a value that was set, as it is typed: "=120 demos".
func (v *Voice) setTo(value decimal.Decimal, m measure) string {
	return v.worded(value, m, (*sentence).setTo)
}

func (v *Voice) worded(value decimal.Decimal, m measure, word wordFigure) string {
	return v.written(func(s *sentence) { word(s, value, m) })
}

// money writes an amount with its sign or code: "$4,500.50".
func (v *Voice) money(value decimal.Decimal, currency string) string {
	return v.written(func(s *sentence) { s.money(value, currency) })
}

// inCurrency puts a currency's sign or code to an amount that is worded already.
func (v *Voice) inCurrency(amount, currency string) string {
	return v.written(func(s *sentence) { s.inCurrency(currency, func(s *sentence) { s.write(amount) }) })
}

// number writes the digits of a number as the language does: 1,234.5.
func (v *Voice) number(text string) string {
	return v.written(func(s *sentence) { s.number(text) })
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

// plural turns a figure into the number that chooses a plural form.
func plural(value decimal.Decimal) int {
	if value.Equal(one) {
		return 1
	}
	return 2
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
