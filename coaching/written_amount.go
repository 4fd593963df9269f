package coaching

import (
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// DecimalMark is what stands before a number's fraction.
type DecimalMark string

// The marks. Where it is unknown, a number that could be read with either is
// read with the point, except by whoever knows better.
const (
	MarkUnknown DecimalMark = ""
	MarkPoint   DecimalMark = "dot"
	MarkComma   DecimalMark = "comma"
)

// ParseWrittenAmount reads a number as a spreadsheet shows it: grouped or not,
// with the given decimal mark, a sign of currency or percent on either side,
// negative with a minus or in parentheses. Groups have three digits, so that no
// number is read a thousand times too large. The reason is
// "event_amount_unreadable".
func ParseWrittenAmount(text string, mark DecimalMark) (decimal.Decimal, Reason) {
	if len(text) > maxNumberText {
		return decimal.Zero, ReasonEventAmount
	}
	core, negative, ok := amountCore(text)
	if !ok {
		return decimal.Zero, ReasonEventAmount
	}
	point, group := ".", ","
	if mark == MarkComma {
		point, group = ",", "."
	}
	whole, fraction, _ := strings.Cut(core, point)
	if strings.ContainsAny(fraction, ".,' ") {
		return decimal.Zero, ReasonEventAmount
	}
	for _, separator := range []string{group, "'", " "} {
		if !strings.Contains(whole, separator) {
			continue
		}
		groups := strings.Split(whole, separator)
		for i, digits := range groups {
			if i == 0 && (digits == "" || len(digits) > 3) || i > 0 && len(digits) != 3 {
				return decimal.Zero, ReasonEventAmount
			}
		}
		whole = strings.Join(groups, "")
		break
	}
	value, err := decimal.NewFromString(strings.TrimSuffix(whole+"."+fraction, "."))
	if err != nil || strings.ContainsFunc(whole+fraction, func(r rune) bool { return r < '0' || r > '9' }) || CheckFigure(value) != nil {
		return decimal.Zero, ReasonEventAmount
	}
	if negative {
		value = value.Neg()
	}
	return value, ""
}

// amountCore returns the digits of a written amount, in ASCII, and the marks
// among them: from the first digit to the last.
func amountCore(text string) (core string, negative, ok bool) {
	var b strings.Builder
	for _, r := range strings.TrimSpace(text) {
		digit, isDigit := digitOf(r)
		switch {
		case isDigit:
			b.WriteByte('0' + digit)
		case r == '.' || r == ',' || r == '\'':
			b.WriteRune(r)
		case r == '’':
			b.WriteByte('\'')
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case signOf(r) == '-' || r == '(':
			if negative || strings.ContainsAny(b.String(), "0123456789") {
				return "", false, false
			}
			negative = true
		case r == ')' && negative, unicode.Is(unicode.Sc, r), r == '%', r == '+':
		case unicode.IsLetter(r):
			b.WriteByte('x') // a code of currency, on one side
		default:
			return "", false, false
		}
	}
	core = strings.Trim(b.String(), "x ")
	return core, negative, core != "" && !strings.Contains(core, "x")
}

// DecimalMarkOf tells the decimal mark of a number that only one reads.
func DecimalMarkOf(text string) DecimalMark {
	_, point := ParseWrittenAmount(text, MarkPoint)
	_, comma := ParseWrittenAmount(text, MarkComma)
	switch {
	case point == "" && comma != "":
		return MarkPoint
	case comma == "" && point != "":
		return MarkComma
	default:
		return MarkUnknown
	}
}
