package coaching

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// statementToken is a stretch of a statement with its meaning.
type statementToken struct {
	term
	from, to int // bytes of the text
	role     tokenRole
	// spaced tells that white space or punctuation lies before it.
	spaced bool
}

// tokenRole is the part of the statement that a token was taken for.
type tokenRole uint8

const (
	roleMain       tokenRole = iota // what is to be done
	rolePeriod                      // when
	roleComparison                  // compared with what
	roleClause                      // how, or why
	roleSegment                     // broken down by what
)

// statementFigure is a figure token's value.
type statementFigure struct {
	Figure
	// plain is a bare whole number that could be a year or a day.
	plain bool
}

func (r *statementReader) push(t term, from, to int) {
	spaced := len(r.tokens) == 0 || r.tokens[len(r.tokens)-1].to < from
	r.tokens = append(r.tokens, statementToken{term: t, from: from, to: to, spaced: spaced})
}

// lex cuts the text into tokens. Each step consumes at least one character.
func (r *statementReader) lex() {
	text := r.text
	for i := 0; i < len(text); {
		c, width := utf8.DecodeRuneInString(text[i:])
		switch {
		case c == '\n':
			r.push(term{class: termSentence}, i, i+1)
			i++
		case unicode.IsSpace(c):
			i += width
		case c == '@' || c == '<' && strings.HasPrefix(text[i:], "<@"):
			i = r.lexName(i)
		case c == '#':
			i = runEnd(text, i+1) // a goal's or a channel's reference
		case r.dashAt(i, c):
			i = r.lexDash(i, width)
		case startsFigure(text[i:], c):
			i = r.lexFigure(i, width)
		case c >= thaiFirst && c <= thaiLast:
			i = r.lexThai(i, width)
		case unicode.IsLetter(c):
			i = r.lexWord(i)
		case strings.ContainsRune("<≤>≥", c):
			i = r.lexBound(i, width)
		case strings.ContainsRune(".;!?", c):
			r.push(term{class: termSentence}, i, i+width)
			i += width
		default:
			r.push(term{class: termPause}, i, i+width)
			i += width
		}
	}
}

// dashAt reports whether the dash at i joins two figures, as in "4-6%", or
// stands between words or before a list item rather than for minus.
func (r *statementReader) dashAt(i int, c rune) bool {
	if signOf(c) != '-' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(r.text[i+utf8.RuneLen(c):])
	if len(r.tokens) == 0 {
		return unicode.IsSpace(next)
	}
	last := r.tokens[len(r.tokens)-1]
	return last.class == termFigure || last.class == termSentence && unicode.IsSpace(next) ||
		unicode.IsSpace(next) && last.to < i || !unicode.IsSpace(next) && last.to == i && last.class != termPause && last.class != termDash
}

// lexDash reads a dash that is no minus: a joint between figures, a pause where
// it stands alone, and nothing within a word.
func (r *statementReader) lexDash(i, width int) int {
	next, _ := utf8.DecodeRuneInString(r.text[i+width:])
	switch {
	case r.at(len(r.tokens)-1).class == termFigure:
		r.push(term{class: termDash}, i, i+width)
	case unicode.IsSpace(next):
		r.push(term{class: termPause}, i, i+width)
	}
	return i + width
}

// lexBound reads "<2%" and "≥ 5", and passes over links and channels such as
// "<#C012|sales>".
func (r *statementReader) lexBound(i, width int) int {
	const longest = 256
	class := termBelow
	switch r.text[i : i+width] {
	case ">", "≥":
		class = termAbove
	case "<":
		closing := strings.IndexByte(r.text[i:min(len(r.text), i+longest)], '>')
		if next := r.text[i+1:]; closing > 0 && next != "" && strings.IndexByte("#!h", next[0]) >= 0 {
			r.push(term{class: termPause}, i, i+closing+1)
			return i + closing + 1
		}
	}
	end := i + width
	if strings.HasPrefix(r.text[end:], "=") {
		end++
	}
	after := skipSpaces(r.text, end)
	if c, _ := utf8.DecodeRuneInString(r.text[after:]); !startsFigure(r.text[after:], c) {
		class = termPause
	}
	r.push(term{class: class}, i, end)
	return end
}

// startsFigure reports whether a figure may begin with c.
func startsFigure(text string, c rune) bool {
	if _, digit := digitOf(c); digit || signOf(c) != 0 {
		return true
	}
	if c == '.' {
		_, width := digitAt(text, 1)
		return width > 0
	}
	unit, width := unitBefore(text)
	if width == 0 {
		return false
	}
	if unit.currency != "" && inCodes(wordCodes, unit.currency) {
		return false
	}
	next := skipSpaces(text, width)
	after, _ := utf8.DecodeRuneInString(text[next:])
	_, digit := digitOf(after)
	return digit || after == '.' || signOf(after) != 0
}

// lexFigure reads a date, an ordinal or a figure; what is none of them is kept
// as unread.
func (r *statementReader) lexFigure(i, width int) int {
	switch date, end, ok := r.dateAt(i); {
	case ok:
		r.dates = append(r.dates, date)
		r.push(term{class: termDate, value: len(r.dates) - 1}, i, end)
		return end
	case end > 0:
		r.push(term{class: termUnread}, i, end)
		if r.out.Period.Unclear == "" {
			r.out.Period.Unclear = r.text[i:end]
		}
		return end
	}
	if day, end := ordinalAt(r.text, i); day > 0 {
		r.push(term{class: termOrdinal, value: day}, i, end)
		return end
	}
	figure, size, reason := readFigure(r.text[i:], true)
	if reason != "" {
		end := max(runEnd(r.text, i), i+width)
		if _, digit := digitAt(r.text, i); digit > 0 || reason != "figure_missing" {
			if reason == "figure_spaces" {
				end = runEnd(r.text, skipSpaces(r.text, end))
			}
			r.unread = append(r.unread, r.text[i:end])
			r.push(term{class: termUnread}, i, end)
		} else {
			end = i + width
			r.push(term{class: termPause}, i, end)
		}
		return end
	}
	whole := figure.Sign == 0 && !figure.Percent && figure.Currency == "" && onlyDigits(r.text[i:i+size])
	r.figures = append(r.figures, statementFigure{Figure: figure, plain: whole})
	r.push(term{class: termFigure, value: len(r.figures) - 1}, i, i+size)
	return i + size
}

// onlyDigits reports whether text is at most four digits and nothing else.
func onlyDigits(text string) bool {
	count := 0
	for i := 0; i < len(text); count++ {
		_, width := digitAt(text, i)
		if width == 0 || count == 4 {
			return false
		}
		i += width
	}
	return true
}

// ordinalAt reads "30th" and its like.
func ordinalAt(text string, i int) (value, end int) {
	for count := 0; ; count++ {
		digit, width := digitAt(text, i)
		if width == 0 {
			break
		}
		if count == 2 {
			return 0, 0
		}
		value = value*10 + int(digit)
		i += width
	}
	n := asciiLetters(text[i:])
	switch strings.ToLower(text[i : i+n]) {
	case "st", "nd", "rd", "th":
		return value, i + n
	}
	return 0, 0
}

// runEnd returns the end of the run of characters without white space.
func runEnd(text string, i int) int {
	for i < len(text) {
		c, width := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(c) || c >= thaiFirst && c <= thaiLast && !unicode.IsDigit(c) {
			break
		}
		i += width
	}
	return i
}

// lexName reads a mention: "@name" or a platform's "<@U012>".
func (r *statementReader) lexName(i int) int {
	end := i
	if r.text[i] == '<' {
		if closing := strings.IndexByte(r.text[i:min(len(r.text), i+64)], '>'); closing > 0 {
			end = i + closing + 1
		}
	}
	if end == i {
		end = i + 1
		for end < len(r.text) {
			c, width := utf8.DecodeRuneInString(r.text[end:])
			if !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && !strings.ContainsRune("._-", c) {
				break
			}
			end += width
		}
		end = i + len(strings.TrimRight(r.text[i:end], ".-"))
	}
	if end <= i+1 {
		r.push(term{class: termPause}, i, i+1)
		return i + 1
	}
	r.members = append(r.members, r.text[i:end])
	r.push(term{class: termName}, i, end)
	return end
}

// at returns the token at i, a sentence's end beyond the last one.
func (r *statementReader) at(i int) statementToken {
	if i < 0 || i >= len(r.tokens) {
		return statementToken{term: term{class: termSentence}, from: len(r.text), to: len(r.text)}
	}
	return r.tokens[i]
}

// words returns the text of the tokens from i up to j, which must not be empty.
func (r *statementReader) words(i, j int) string {
	return strings.TrimSpace(r.text[r.tokens[i].from:r.tokens[j-1].to])
}
