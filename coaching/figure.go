package coaching

import (
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Figure is an amount as a person wrote it.
type Figure struct {
	// Value is signed: "-2" and "=-2" are both minus two.
	Value decimal.Decimal
	// Percent is set for "45%", "45 percent" and "ร้อยละ 45".
	Percent bool
	// Currency is the ISO 4217 code that was named, else empty.
	Currency string
	// Sign is '+', '-' or '=' as written in front, 0 where there was none.
	// "+3" adds, "=120" sets a level.
	Sign byte
}

// maxDigits bounds the digits that are read of one figure. It leaves room for
// zeros around the 21 digits that [CheckFigure] allows.
const maxDigits = 40

// ScanFigure reads the amount that text begins with, after spaces, and returns
// it with the rest of the text, leading spaces removed.
//
// It reads plain and grouped numbers ("4500", "4,500.50"), the digits of Thai
// and of full-width input, a sign, a currency as symbol, code or word on either
// side, "%", and multipliers ("12k", "1.2M", "2bn", "1.2 ล้านบาท"). It guesses
// nothing: what could be meant in two ways is refused, so that no amount is
// ever logged a thousand times too large. The error is Invalid and its reason
// one of
//
//	figure_missing        no amount at the start of the text
//	figure_in_words       "five": digits are wanted
//	figure_not_finite     "NaN", "Inf"
//	figure_signs          "--5"
//	figure_separators     "1,23.4": commas that do not group by thousands
//	figure_decimal_comma  "1.234,56" or "1,5": 1234.56 and 1.5 are wanted
//	figure_spaces         "1 234": 1234 or 1,234 is wanted
//	figure_points         "1.2.3"
//	figure_unit           "12abc", "1e400", "3:30", "$5%": text grown into the number
//	figure_unit_apart     "5 m": million, or the note's first word?
//	figure_compound       "1 ล้าน 2 แสน": 1.2 ล้าน is wanted
//	figure_currencies     "$5 THB"
//	figure_too_large, figure_too_fine   see [CheckFigure]
//
// The work is bounded whatever the length of the text.
func ScanFigure(text string) (figure Figure, rest string, err error) {
	figure, end, reason := readFigure(text, false)
	if reason != "" {
		return Figure{}, "", Refuse(reason)
	}
	return figure, strings.TrimLeftFunc(text[end:], unicode.IsSpace), nil
}

// readFigure reads the figure at the start of text and returns where it ends.
// Within a sentence a figure may also end at a dash, a slash or a short unit
// that only statements know, as in "4-6%", "5%/month" and "5pp".
func readFigure(text string, sentence bool) (figure Figure, end int, reason Reason) {
	i := skipSpaces(text, 0)
	figure.Sign, i, reason = readSign(text, i)
	if reason != "" {
		return Figure{}, 0, reason
	}
	unit, width := unitBefore(text[i:])
	if width > 0 {
		figure.Currency, figure.Percent = unit.currency, unit.percent
		i = skipSpaces(text, i+width)
		sign, after, signReason := readSign(text, i)
		switch {
		case signReason != "", sign != 0 && figure.Sign != 0, sign == '=':
			return Figure{}, 0, "figure_signs"
		case sign != 0:
			figure.Sign = sign
		}
		i = after
	}
	number, i, reason := readNumber(text, i)
	if reason != "" {
		return Figure{}, 0, reason
	}
	number.negative = figure.Sign == '-' || figure.Sign == '=' && number.negative
	if spacedGroup(text, i, number) {
		return Figure{}, 0, "figure_spaces"
	}
	if i, reason = readUnits(text, i, &figure, &number); reason != "" {
		return Figure{}, 0, reason
	}
	if reason = grownTogether(text, i, sentence); reason != "" {
		return Figure{}, 0, reason
	}
	if figure.Value, reason = number.decimal(); reason != "" {
		return Figure{}, 0, reason
	}
	return figure, i, ""
}

// readSign reads one sign and the spaces behind it; a second sign is refused.
func readSign(text string, i int) (sign byte, after int, reason Reason) {
	r, width := utf8.DecodeRuneInString(text[i:])
	if sign = signOf(r); sign == 0 {
		return 0, i, ""
	}
	i = skipSpaces(text, i+width)
	next, _ := utf8.DecodeRuneInString(text[i:])
	switch second := signOf(next); {
	case second == 0, sign == '=' && second == '-':
		return sign, i, ""
	default:
		return 0, i, "figure_signs"
	}
}

// signOf reads the minus of keyboards, of typesetting and the dash that some
// editors put in its place.
func signOf(r rune) byte {
	switch r {
	case '+', '\uff0b':
		return '+'
	case '-', '\u2212', '\u2013', '\uff0d', '\ufe63': // typed, minus, en dash, full width, small
		return '-'
	case '=', '\uff1d':
		return '='
	}
	return 0
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

// figureNumber is the digits of a figure before they become a decimal.
type figureNumber struct {
	digits   [maxDigits]byte // ASCII, without leading zeros
	length   int
	exponent int // of the last digit
	power    int // of ten, from multipliers; included in exponent
	whole    int // digits before the point, leading zeros included
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
	start, group, groups, places := i, 0, 1, 0
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

// absentReason tells why there are no digits at the start of text.
func absentReason(text string) Reason {
	word := strings.ToLower(text[:asciiLetters(text)])
	switch {
	case word == "nan", word == "inf", word == "infinity", strings.HasPrefix(text, "∞"):
		return "figure_not_finite"
	case numberWord(text) > 0:
		return "figure_in_words"
	}
	return "figure_missing"
}

// spacedGroup reports whether a bare number of up to three digits is followed
// by a space and exactly three more: "12 500".
func spacedGroup(text string, i int, n figureNumber) bool {
	after := skipSpaces(text, i)
	if after == i || n.fraction || n.grouped || n.whole > 3 {
		return false
	}
	count := 0
	for {
		_, width := digitAt(text, after)
		if width == 0 {
			break
		}
		if count++; count > 3 {
			return false
		}
		after += width
	}
	return count == 3
}

// grownTogether refuses text that is stuck to a figure and could change its
// meaning. Letters of scripts that write without spaces may follow directly.
func grownTogether(text string, i int, sentence bool) Reason {
	r, width := utf8.DecodeRuneInString(text[i:])
	if width == 0 || r >= utf8.RuneSelf && !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) && signOf(r) == 0 {
		return ""
	}
	if _, digit := digitAt(text, i+width); digit == 0 && strings.ContainsRune(" \t\r\n,.;:!?()[]{}\"'", r) {
		return ""
	}
	if unicode.IsSpace(r) || strings.ContainsRune("([{", r) {
		return ""
	}
	if sentence && (r == '-' || r == '–' || r == '−' || r == '/') {
		return ""
	}
	if sentence && pointsWord(text[i:]) > 0 {
		return ""
	}
	return "figure_unit"
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
		value = decimal.New(small, int32(n.exponent))
	} else {
		large, _ := new(big.Int).SetString(digits, 10)
		if n.negative {
			large.Neg(large)
		}
		value = decimal.NewFromBigInt(large, int32(n.exponent))
	}
	switch {
	case n.length+n.exponent > maxExponent:
		return decimal.Zero, "figure_too_large"
	case n.exponent < -maxPlaces:
		return decimal.Zero, "figure_too_fine"
	}
	return value, ""
}

// skipSpaces returns the index of the first non-space at or behind i.
func skipSpaces(text string, i int) int {
	for i < len(text) {
		r, width := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += width
	}
	return i
}

// asciiLetters returns how many bytes of ASCII letters text begins with.
func asciiLetters(text string) int {
	n := 0
	for n < len(text) && (text[n]|0x20) >= 'a' && (text[n]|0x20) <= 'z' {
		n++
	}
	return n
}
