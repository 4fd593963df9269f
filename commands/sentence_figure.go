package commands

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// wordFigure words a figure within a sentence.
type wordFigure func(s *sentence, value decimal.Decimal, m measure)

// figure words a value in its unit, as [Voice.figure] does.
func (s *sentence) figure(value decimal.Decimal, m measure) {
	if value.Sign() < 0 {
		s.say(s.voice.message("figure_minus"), func(s *sentence, _ string) { s.figure(value.Neg(), m) })
		return
	}
	switch m.unit {
	case coaching.Money:
		s.money(value, m.currency)
	case coaching.Percent:
		s.say(s.voice.message("figure_percent"), func(s *sentence, _ string) { s.digits(atMost(percentPlaces, value)) })
	case coaching.Days:
		s.say(s.voice.messageOf("figure_days", plural(value)), func(s *sentence, _ string) { s.digits(value) })
	default:
		s.digits(value)
	}
}

// counted words a value with what it counts, as [Voice.counted] does.
func (s *sentence) counted(value decimal.Decimal, m measure) {
	s.withNoun(value, m, (*sentence).figure)
}

// change words a value with its sign, as [Voice.change] does.
func (s *sentence) change(value decimal.Decimal, m measure) { s.withNoun(value, m, (*sentence).signed) }

// signed words a value with its sign, without what it counts.
func (s *sentence) signed(value decimal.Decimal, m measure) {
	if value.Sign() <= 0 {
		s.figure(value, m)
		return
	}
	s.say(s.voice.message("figure_plus"), func(s *sentence, _ string) { s.figure(value, m) })
}

// setTo words a value that was set, as [Voice.setTo] does.
func (s *sentence) setTo(value decimal.Decimal, m measure) {
	s.withNoun(value, m, func(s *sentence, value decimal.Decimal, m measure) {
		s.write("=")
		s.figure(value, m)
	})
}

// withNoun puts what is counted to a figure. A language may have a form of its
// own for a noun, with its classifier or its plurals: the message
// "counted_demos". Others get the noun as it is.
func (s *sentence) withNoun(value decimal.Decimal, m measure, figure wordFigure) {
	noun := m.noun
	if noun == "" {
		noun = string(m.kind)
	}
	id, known := s.voice.nouns[strings.ToLower(noun)]
	switch {
	case m.unit != coaching.Count || !known && m.noun == "":
		figure(s, value, m)
	case known:
		s.say(s.voice.messageOf(id, plural(value.Abs())), func(s *sentence, _ string) { figure(s, value, m) })
	default:
		s.say(s.voice.message("figure_counted"), func(s *sentence, name string) {
			switch {
			case name == "figure":
				figure(s, value, m)
			case plural(value.Abs()) == 1:
				s.write(singular(noun))
			default:
				s.write(noun)
			}
		})
	}
}

// money writes an amount with its sign or code, each where the language puts it.
// Cents are shown whole or not at all: $4,500.50 and $4,500.
func (s *sentence) money(value decimal.Decimal, currency string) {
	s.inCurrency(currency, func(s *sentence) {
		var room [longFigure]byte
		text := appendFigure(room[:0], value)
		if point := strings.IndexByte(string(text), '.'); point >= 0 && point == len(text)-2 {
			text = append(text, '0')
		}
		s.number(string(text))
	})
}

// inCurrency puts a currency's sign or code to an amount.
func (s *sentence) inCurrency(currency string, amount func(s *sentence)) {
	id := "money_code"
	if sign, known := currencySigns[currency]; known {
		id, currency = "money_sign", sign
	}
	s.say(s.voice.message(id), func(s *sentence, name string) {
		if name == "amount" {
			amount(s)
			return
		}
		s.write(currency)
	})
}

// digits writes a value as the language writes numbers.
func (s *sentence) digits(value decimal.Decimal) {
	var room [longFigure]byte
	s.number(string(appendFigure(room[:0], value)))
}

// number writes the digits of a number as the language does, with its mark
// between every three digits of the whole part and before the fraction: 1,234.5.
func (s *sentence) number(text string) {
	whole, fraction, hasFraction := strings.Cut(text, ".")
	unsigned := strings.TrimPrefix(whole, "-")
	var room [2 * longFigure]byte
	grouped := append(room[:0], whole[:len(whole)-len(unsigned)]...)
	for i := range len(unsigned) {
		if i > 0 && (len(unsigned)-i)%3 == 0 {
			grouped = append(grouped, s.voice.group...)
		}
		grouped = append(grouped, unsigned[i])
	}
	if hasFraction {
		grouped = append(append(grouped, s.voice.point...), fraction...)
	}
	s.write(string(grouped))
}

const (
	// longFigure is the room for figures that people have, in bytes.
	longFigure = 32
	// exactDigits is how many decimal digits an int64 holds, whatever they are.
	exactDigits = 18
)

// appendFigure appends a value as [decimal.Decimal.String] writes it: without
// zeros at the end of its fraction.
func appendFigure(text []byte, value decimal.Decimal) []byte {
	places := int(-value.Exponent())
	if value.NumDigits() > exactDigits || places < 0 || places > exactDigits {
		return append(text, value.String()...)
	}
	coefficient := value.CoefficientInt64()
	for places > 0 && coefficient%10 == 0 {
		coefficient /= 10
		places--
	}
	if coefficient < 0 {
		text, coefficient = append(text, '-'), -coefficient
	}
	var room [exactDigits + 1]byte
	digits := strconv.AppendInt(room[:0], coefficient, 10)
	whole := max(len(digits)-places, 0)
	if whole == 0 {
		text = append(text, '0')
	}
	text = append(text, digits[:whole]...)
	if places == 0 {
		return text
	}
	text = append(text, '.')
	for range places - len(digits) {
		text = append(text, '0')
	}
	return append(text, digits[whole:]...)
}
