package coaching

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// figureUnit is what a word or symbol beside a figure does to it.
type figureUnit struct {
	power    int32  // multiplies by 10^power
	percent  bool   // makes it a percentage
	currency string // makes it money
}

// unitWords are the units of Latin letters, in lower case.
var unitWords = map[string]figureUnit{
	"k": {power: 3}, "thousand": {power: 3}, "grand": {power: 3},
	"m": {power: 6}, "mn": {power: 6}, "mil": {power: 6}, "million": {power: 6}, "millions": {power: 6},
	"b": {power: 9}, "bn": {power: 9}, "billion": {power: 9}, "billions": {power: 9},
	"percent": {percent: true}, "pct": {percent: true},
	"dollar": {currency: "USD"}, "dollars": {currency: "USD"}, "bucks": {currency: "USD"},
	"euro": {currency: "EUR"}, "euros": {currency: "EUR"},
	"pounds": {currency: "GBP"}, "quid": {currency: "GBP"},
	"yen": {currency: "JPY"}, "baht": {currency: "THB"},
	"usd": {currency: "USD"}, "eur": {currency: "EUR"}, "gbp": {currency: "GBP"},
	"jpy": {currency: "JPY"}, "thb": {currency: "THB"}, "sgd": {currency: "SGD"},
}

// unitSigns are the units that are recognised by their first characters, the
// longer ones first.
var unitSigns = []struct {
	text string
	unit figureUnit
}{
	{"%", figureUnit{percent: true}},
	{"\uff05", figureUnit{percent: true}},
	{"เปอร์เซ็นต์", figureUnit{percent: true}},
	{"เปอร์เซนต์", figureUnit{percent: true}},
	{"เปอร์เซ็น", figureUnit{percent: true}},
	{"ล้าน", figureUnit{power: 6}},
	{"แสน", figureUnit{power: 5}},
	{"หมื่น", figureUnit{power: 4}},
	{"พัน", figureUnit{power: 3}},
	{"ร้อย", figureUnit{power: 2}},
	{"บาท", figureUnit{currency: "THB"}},
	{"ดอลลาร์", figureUnit{currency: "USD"}},
	{"ยูโร", figureUnit{currency: "EUR"}},
	{"ปอนด์", figureUnit{currency: "GBP"}},
	{"เยน", figureUnit{currency: "JPY"}},
	{"$", figureUnit{currency: "USD"}},
	{"฿", figureUnit{currency: "THB"}},
	{"€", figureUnit{currency: "EUR"}},
	{"£", figureUnit{currency: "GBP"}},
	{"¥", figureUnit{currency: "JPY"}},
	{"₹", figureUnit{currency: "INR"}},
	{"₩", figureUnit{currency: "KRW"}},
	{"₫", figureUnit{currency: "VND"}},
	{"₱", figureUnit{currency: "PHP"}},
}

// dollarSigns are written before the figure only.
var dollarSigns = []struct{ text, currency string }{
	{"US$", "USD"},
	{"HK$", "HKD"},
	{"NZ$", "NZD"},
	{"NT$", "TWD"},
	{"S$", "SGD"},
	{"A$", "AUD"},
	{"C$", "CAD"},
	{"R$", "BRL"},
}

// currencyCodes are the active codes of ISO 4217, in capitals; see
// https://www.six-group.com/en/products-services/financial-information/data-standards.html.
const currencyCodes = " AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD" +
	" CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD" +
	" HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD" +
	" MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG" +
	" QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD" +
	" TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG "

// wordCodes are codes that behind a figure are more likely the first word of a
// note in capitals.
const wordCodes = " ALL COP CUP MAD MOP PEN SOS TOP TRY "

// dollarCodes are the currencies that a bare "$" may turn out to be when the
// code follows: "$500 SGD".
const dollarCodes = " AUD BND CAD HKD MXN NZD SGD TWD USD "

func inCodes(codes, word string) bool {
	i := strings.Index(codes, word)
	return len(word) == 3 && i > 0 && codes[i-1] == ' ' && codes[i+3] == ' '
}

// unitBefore reads a currency, or the Thai "percent of", in front of a figure.
func unitBefore(text string) (unit figureUnit, width int) {
	if text == "" {
		return figureUnit{}, 0
	}
	if digitOrSign := text[0]; digitOrSign >= '0' && digitOrSign <= '9' {
		return figureUnit{}, 0
	}
	if n := asciiLetters(text); n > 0 {
		for _, sign := range dollarSigns {
			if strings.HasPrefix(text, sign.text) {
				return figureUnit{currency: sign.currency}, len(sign.text)
			}
		}
		if n > 3 {
			return figureUnit{}, 0
		}
		if unit := unitWords[strings.ToLower(text[:n])]; n == 3 && unit.currency != "" {
			return unit, n
		}
		if inCodes(currencyCodes, text[:n]) {
			return figureUnit{currency: text[:n]}, n
		}
		return figureUnit{}, 0
	}
	const percentOf = "ร้อยละ"
	if strings.HasPrefix(text, percentOf) {
		return figureUnit{percent: true}, len(percentOf)
	}
	for _, sign := range unitSigns {
		if sign.unit.currency != "" && strings.HasPrefix(text, sign.text) {
			return sign.unit, len(sign.text)
		}
	}
	return figureUnit{}, 0
}

// unitAfter reads one unit behind a figure. spaced tells that a space lies
// between; a lone letter is then no unit, and ambiguous.
func unitAfter(text string, spaced bool) (unit figureUnit, width int, reason Reason) {
	if n := asciiLetters(text); n > 0 {
		word := text[:n]
		if next, _ := utf8.DecodeRuneInString(text[n:]); unicode.IsLetter(next) && next < 0x0e00 || unicode.IsDigit(next) {
			return figureUnit{}, 0, ""
		}
		if unit, known := unitWords[strings.ToLower(word)]; known {
			if spaced && n == 1 {
				if len(text) > 2 && text[1] == '.' { // "3 K. Anan": Khun, not thousand
					return figureUnit{}, 0, ""
				}
				return figureUnit{}, 0, "figure_unit_apart"
			}
			return unit, n, ""
		}
		if inCodes(currencyCodes, word) && !inCodes(wordCodes, word) {
			return figureUnit{currency: word}, n, ""
		}
		const perCent = "per cent"
		if len(text) >= len(perCent) && strings.EqualFold(text[:len(perCent)], perCent) {
			return figureUnit{percent: true}, len(perCent), ""
		}
		return figureUnit{}, 0, ""
	}
	for _, sign := range unitSigns {
		if strings.HasPrefix(text, sign.text) {
			const partner = "พันธ" // พันธมิตร, a partner, is not a thousand
			if strings.HasPrefix(text, partner) {
				return figureUnit{}, 0, ""
			}
			return sign.unit, len(sign.text), ""
		}
	}
	return figureUnit{}, 0, ""
}

// readUnits reads the units behind a number into figure and n: first what
// multiplies, then a currency or a percent sign.
func readUnits(text string, i int, figure *Figure, n *figureNumber) (end int, reason Reason) {
	named := false
	thai := false
	for range 4 {
		at := skipSpaces(text, i)
		if at == len(text) || text[at] >= '0' && text[at] <= '9' {
			break
		}
		unit, width, reason := unitAfter(text[at:], at > i)
		if reason != "" {
			return 0, reason
		}
		if width == 0 {
			break
		}
		switch {
		case unit.power > 0:
			if named || figure.Percent || n.multiplied() && !thai {
				return 0, "figure_unit"
			}
			thai = text[at] >= utf8.RuneSelf
			n.exponent += unit.power
			n.power += unit.power
		case unit.percent:
			if figure.Currency != "" || n.multiplied() || named {
				return 0, "figure_unit"
			}
			figure.Percent, named = true, true
		default:
			if figure.Percent || named {
				return 0, "figure_unit"
			}
			if figure.Currency != "" && figure.Currency != unit.currency && !(figure.Currency == "USD" && inCodes(dollarCodes, unit.currency)) {
				return 0, "figure_currencies"
			}
			figure.Currency, named = unit.currency, true
		}
		i = at + width
	}
	if thai && thaiCompound(text, i) {
		return 0, "figure_compound"
	}
	return i, ""
}

func (n *figureNumber) multiplied() bool { return n.power > 0 }

// thaiCompound reports whether another number with a multiplier of its own follows
// a Thai one, as in "1 ล้าน 2 แสน".
func thaiCompound(text string, i int) bool {
	at := skipSpaces(text, i)
	start := at
	for {
		_, width := digitAt(text, at)
		if width == 0 || at-start > maxDigits {
			break
		}
		at += width
	}
	if at == start {
		return false
	}
	unit, _, _ := unitAfter(text[skipSpaces(text, at):], true)
	return unit.power > 0
}

// pointsWord returns the length of a "points" unit at the start of text, as in
// "5pp" and "2 percentage points".
func pointsWord(text string) int {
	n := asciiLetters(text)
	switch strings.ToLower(text[:n]) {
	case "pp", "pps", "pt", "pts", "ppt", "point", "points":
		return n
	}
	return 0
}

var numberWordsEnglish = map[string]bool{
	"one": true, "two": true, "three": true, "four": true, "five": true, "six": true, "seven": true, "eight": true,
	"nine": true, "ten": true, "eleven": true, "twelve": true, "thirteen": true, "fourteen": true, "fifteen": true,
	"sixteen": true, "seventeen": true, "eighteen": true, "nineteen": true, "twenty": true, "thirty": true,
	"forty": true, "fifty": true, "sixty": true, "seventy": true, "eighty": true, "ninety": true, "hundred": true,
	"thousand": true, "million": true, "billion": true, "dozen": true, "half": true, "double": true, "triple": true,
	"twice": true,
}

// The Thai numerals; ordinary words begin with some of them, so this list is
// consulted only where a figure is expected.
var numberWordsThai = []string{
	"หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ", "ยี่สิบ", "ร้อย", "พัน", "หมื่น", "แสน", "ล้าน", "ครึ่ง",
}

// numberWord returns the length of the number word that text begins with.
func numberWord(text string) int {
	if n := asciiLetters(text); n > 0 {
		if n <= 9 && numberWordsEnglish[strings.ToLower(text[:n])] {
			return n
		}
		return 0
	}
	for _, word := range numberWordsThai {
		if strings.HasPrefix(text, word) {
			return len(word)
		}
	}
	return 0
}
