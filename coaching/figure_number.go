package coaching

import (
	"math/big"
	"strconv"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// maxDigits bounds the digits that are read of one figure. It leaves room for
// zeros around the 21 digits that [CheckFigure] allows.
const maxDigits = 40

// figureNumber is the digits of a figure before they become a decimal.
type figureNumber struct {
	digits   [maxDigits]byte // ASCII, without leading zeros
	length   int
	exponent int32 // of the last digit
	power    int32 // of ten, from multipliers; included in exponent
	whole    int   // digits before the point, leading zeros included
	grouped  bool
	fraction bool
	negative bool
}

func (n *figureNumber) add(digit byte) bool {
	if n.length == 0 && digit == 0 {
		return true
	}
	if n.length == maxDigits {
		return false
	}
	n.digits[n.length] = '0' + digit
	n.length++
	return true
}

// readNumber reads digits, thousands separators and a decimal point. A comma or
// a point with no digit behind it belongs to the sentence.
func readNumber(text string, i int) (n figureNumber, end int, reason Reason) {
	if r, width := utf8.DecodeRuneInString(text[i:]); signOf(r) == '-' { // "=-5"
		n.negative = true
		i = skipSpaces(text, i+width)
	}
	start, group, groups, places := i, 0, 1, int32(0)
	badGroup := false
	for i < len(text) {
		if digit, width := digitAt(text, i); width > 0 {
			if !n.add(digit) {
				return n, i, "figure_too_large"
			}
			if n.fraction {
				places++
			} else {
				group++
				n.whole++
			}
			i += width
			continue
		}
		_, next := digitAt(text, i+1)
		if next == 0 || text[i] != ',' && text[i] != '.' {
			break
		}
		switch {
		case text[i] == ',' && n.fraction:
			return n, i, "figure_decimal_comma"
		case text[i] == ',':
			badGroup = badGroup || group == 0 || group > 3 || groups > 1 && group != 3
			groups++
			group = 0
		case n.fraction:
			return n, i, "figure_points"
		default:
			n.fraction = true
		}
		i++
	}
	if i == start {
		return n, i, absentReason(text[start:])
	}
	if reason := groupsReason(text[start], group, groups, badGroup, n.fraction); reason != "" {
		return n, i, reason
	}
	n.grouped = groups > 1
	n.exponent = -places
	return n, i, ""
}

func groupsReason(first byte, last, groups int, bad, fraction bool) Reason {
	switch {
	case groups == 1:
		return ""
	case groups == 2 && !fraction && (last < 3 || first == '0'):
		return "figure_decimal_comma"
	case bad || last != 3:
		return "figure_separators"
	}
	return ""
}

// decimal turns the digits into a value that CheckFigure accepts.
func (n *figureNumber) decimal() (decimal.Decimal, Reason) {
	for n.length > 0 && n.exponent < 0 && n.digits[n.length-1] == '0' {
		n.length--
		n.exponent++
	}
	if n.length == 0 {
		return decimal.Zero, ""
	}
	digits := string(n.digits[:n.length])
	var value decimal.Decimal
	if n.length <= 18 {
		small, _ := strconv.ParseInt(digits, 10, 64) // at most 18 digits fit
		if n.negative {
			small = -small
		}
		value = decimal.New(small, n.exponent)
	} else {
		large, _ := new(big.Int).SetString(digits, 10)
		if n.negative {
			large.Neg(large)
		}
		value = decimal.NewFromBigInt(large, n.exponent)
	}
	switch {
	case n.length+int(n.exponent) > maxExponent:
		return decimal.Zero, "figure_too_large"
	case n.exponent < -maxPlaces:
		return decimal.Zero, "figure_too_fine"
	}
	return value, ""
}

// digitOf returns the value of an ASCII, Thai or full-width digit.
func digitOf(r rune) (digit byte, ok bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r - '0'), true
	case r >= '๐' && r <= '๙':
		return byte(r - '๐'), true
	case r >= '\uff10' && r <= '\uff19':
		return byte(r - '\uff10'), true
	}
	return 0, false
}

// digitAt returns the digit at text[i:] and its width in bytes, 0 where there
// is none.
func digitAt(text string, i int) (digit byte, width int) {
	if i >= len(text) {
		return 0, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		if c >= '0' && c <= '9' {
			return c - '0', 1
		}
		return 0, 0
	}
	r, width := utf8.DecodeRuneInString(text[i:])
	if digit, ok := digitOf(r); ok {
		return digit, width
	}
	return 0, 0
}
