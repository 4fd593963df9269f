package coaching

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexWord reads a word of a script that puts spaces between words.
func (r *statementReader) lexWord(i int) int {
	end := wordEnd(r.text, i)
	if found, phraseEnd := matchEnglish(r.text, i, end); found.class != termOther {
		if found.class == termSpan && i > 0 && r.text[i-1] == '/' { // "50 calls/week"
			found.class = termPer
		}
		r.push(found, i, phraseEnd)
		return phraseEnd
	}
	if fiscalYear(r.text[i:end]) {
		r.push(term{class: termUnread}, i, end)
		if r.out.Period.Unclear == "" {
			r.out.Period.Unclear = r.text[i:end]
		}
		return end
	}
	r.push(term{}, i, end)
	return end
}

// fiscalYear reports whether word is "FY26" or "FY2026". Companies begin theirs
// in different months, so it is no period until we are told.
func fiscalYear(word string) bool {
	return (len(word) == 4 || len(word) == 6) && strings.EqualFold(word[:2], "fy") && onlyDigits(word[2:])
}

// wordEnd returns the end of the word at i: letters, digits and inner
// apostrophes, up to the next Thai letter.
func wordEnd(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			switch {
			case (c|0x20) >= 'a' && (c|0x20) <= 'z', c >= '0' && c <= '9', c == '\'' || c == '&':
				i++
				continue
			}
			return i
		}
		c, width := utf8.DecodeRuneInString(text[i:])
		if c >= thaiFirst && c <= thaiLast || !unicode.IsLetter(c) && !unicode.IsMark(c) && !unicode.IsDigit(c) && c != '’' {
			return i
		}
		i += width
	}
	return i
}

// lexThai reads the longest Thai phrase at i, or one syllable's worth of other
// Thai, joined to the unknown stretch before it.
func (r *statementReader) lexThai(i, width int) int {
	if found, length := matchThai(r.text[i:]); length > 0 {
		// In "รายได้ประจำเดือน" the month is named, nothing recurs.
		const recurring, revenue = "รายได้ประจำ", "รายได้"
		if r.text[i:i+length] == recurring {
			if next, _ := matchThai(r.text[i+length:]); next.class == termSpan || next.class == termThis || next.class == termLast {
				found, length = matchThai(revenue)
			}
		}
		if found.class == termSpan && i > 0 && r.text[i-1] == '/' {
			found.class = termPer
		}
		r.push(found, i, i+length)
		return i + length
	}
	end := i + width
	if leading := r.text[i:end]; leading >= "เ" && leading <= "ไ" && end < len(r.text) {
		_, next := utf8.DecodeRuneInString(r.text[end:])
		end += next
	}
	for end < len(r.text) {
		c, width := utf8.DecodeRuneInString(r.text[end:])
		if !thaiMark(c) {
			break
		}
		end += width
	}
	if n := len(r.tokens); n > 0 && r.tokens[n-1].class == termOther && r.tokens[n-1].to == i {
		r.tokens[n-1].to = end
		return end
	}
	r.push(term{}, i, end)
	return end
}
