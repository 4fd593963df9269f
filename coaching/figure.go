package coaching

import (
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
