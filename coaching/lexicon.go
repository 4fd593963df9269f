package coaching

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// termClass is the part that a word or phrase plays in a goal statement.
type termClass uint8

const (
	termOther    termClass = iota // any word that the lexicon lacks
	termStop                      // articles, pronouns, auxiliaries, classifiers
	termMetric                    // value: index into statedMetrics
	termUp                        // verbs and nouns of growth; value: adverb
	termDown                      // and of reduction; value: adverb
	termImprove                   // the better way, whichever that is
	termAdd                       // "add", "gain"
	termMake                      // verbs that name no change: "close", "book", "keep"
	termTo                        // a figure to reach follows
	termFrom                      // the baseline follows
	termNow                       // the baseline follows: "currently"
	termBy                        // a change follows, a deadline or a strategy
	termBelow                     // an upper bound follows
	termAbove                     // a lower bound follows
	termMore                      // "10 more"
	termFewer                     // "10 fewer"
	termThan                      // "than"
	termBetween                   // "between 4 and 6%"
	termAnd                       //
	termPoints                    // percentage points
	termInWords                   // a number that is spelled out; value: up to twelve, as for "six months"
	termSpan                      // span: day … year
	termThis                      //
	termNext                      //
	termLast                      // span: "last month"
	termEnd                       // "the end of"
	termClosing                   // span: "year end"
	termDeadline                  // "before", "within", "no later than"
	termDuring                    // "in", "during"
	termOn                        // "on", "at": a day follows, not a deadline
	termMonth                     // value: 1 to 12
	termDoubtful                  // value: a month whose name is an ordinary word, too
	termWeekday                   // value: 0 to 6, Sunday first
	termOrdinal                   // value
	termQuarter                   // value: 1 to 4
	termHalf                      // value: 1 or 2, 0 for the word "half" itself
	termDay                       // value: days from today
	termCompare                   // span: "year on year"
	termPer                       // span: "a year"
	termCadence                   // span: "monthly"
	termMine                      //
	termOurs                      //
	termStrategy                  // value: alsoDuring
	termWhy                       // value: firstWordOnly
	termPurpose                   // "เพื่อ": "to", or the reason where the goal was said
	termSegment                   // "by deal type"

	termFigure   // value: index into the reader's figures
	termUnread   // a figure or date that could be meant in two ways
	termDate     // value: index into the reader's dates
	termName     // a mention
	termDash     // between two figures
	termPause    // a comma and its like
	termSentence // the end of a sentence
)

// Values of classes that need one.
const (
	firstWordOnly = 1 // of termWhy: in "so we can" only "so" introduces
	adverb        = 1 // of termUp and termDown: counts beside a figure only
	alsoDuring    = 1 // of termStrategy: "through March" is a period
)

// term is the meaning of a phrase.
type term struct {
	class termClass
	value int
	span  Span
}

// termPhrases are phrases of one meaning, separated by "|".
type termPhrases struct {
	term    term
	phrases string
}

type englishPhrase struct {
	rest []string // the words behind the first
	term term
}

type thaiPhrase struct {
	text string
	term term
}

const (
	thaiFirst = 'ก' // the block's first letter
	thaiLast  = '๛' // and its last sign
)

// The lexicons, built once from the tables of lexicon_english.go and
// lexicon_thai.go: English by first word, Thai by first letter, the longest
// phrase first.
var (
	englishLexicon = newEnglishLexicon()
	thaiLexicon    = newThaiLexicon()
)

func newEnglishLexicon() map[string][]englishPhrase {
	lexicon := make(map[string][]englishPhrase)
	add := func(term term, phrases string) {
		for phrase := range strings.SplitSeq(phrases, "|") {
			words := strings.Fields(phrase)
			lexicon[words[0]] = append(lexicon[words[0]], englishPhrase{words[1:], term})
		}
	}
	for _, entry := range englishTerms {
		add(entry.term, entry.phrases)
	}
	for i, metric := range statedMetrics {
		if metric.english != "" {
			add(term{class: termMetric, value: i}, metric.english)
		}
	}
	for _, phrases := range lexicon {
		sort.SliceStable(phrases, func(i, j int) bool { return len(phrases[i].rest) > len(phrases[j].rest) })
	}
	return lexicon
}

func newThaiLexicon() (lexicon [thaiLast - thaiFirst + 1][]thaiPhrase) {
	add := func(term term, phrases string) {
		for phrase := range strings.SplitSeq(phrases, "|") {
			first, _ := utf8.DecodeRuneInString(phrase)
			lexicon[first-thaiFirst] = append(lexicon[first-thaiFirst], thaiPhrase{phrase, term})
		}
	}
	for _, entry := range thaiTerms {
		add(entry.term, entry.phrases)
	}
	for i, metric := range statedMetrics {
		if metric.thai != "" {
			add(term{class: termMetric, value: i}, metric.thai)
		}
	}
	for _, phrases := range lexicon {
		sort.SliceStable(phrases, func(i, j int) bool { return len(phrases[i].text) > len(phrases[j].text) })
	}
	return lexicon
}

// maxWord is longer than any word of the lexicon.
const maxWord = 24

// lowerWord writes the lower case of an ASCII word into buffer and returns what
// comes before an apostrophe; it is empty for words that the lexicon cannot
// have.
func lowerWord(word string, buffer *[maxWord]byte) []byte {
	if len(word) > maxWord {
		return nil
	}
	for i := range len(word) {
		c := word[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c == '\'', c >= utf8.RuneSelf:
			return buffer[:i]
		}
		buffer[i] = c
	}
	return buffer[:len(word)]
}

// matchEnglish finds the longest phrase that begins with the word
// text[from:to]. It returns the phrase's end.
func matchEnglish(text string, from, to int) (found term, end int) {
	var buffer [maxWord]byte
	word := lowerWord(text[from:to], &buffer)
	phrases := englishLexicon[string(word)]
	if phrases == nil && len(word) > 3 && word[len(word)-1] == 's' {
		phrases = englishLexicon[string(word[:len(word)-1])]
	}
	for _, phrase := range phrases {
		if end, ok := matchRest(text, to, phrase.rest); ok {
			return phrase.term, end
		}
	}
	return term{}, to
}

// matchRest matches the further words of a phrase behind i; spaces, hyphens and
// slashes separate them.
func matchRest(text string, i int, rest []string) (end int, ok bool) {
	var buffer [maxWord]byte
	for _, want := range rest {
		start := i
		for start < len(text) && strings.IndexByte(" -/\t", text[start]) >= 0 {
			start++
		}
		end := wordEnd(text, start)
		if start == i || string(lowerWord(text[start:end], &buffer)) != want {
			return 0, false
		}
		i = end
	}
	return i, true
}

// matchThai finds the longest phrase at the start of text.
func matchThai(text string) (found term, width int) {
	first, _ := utf8.DecodeRuneInString(text)
	if first < thaiFirst || first > thaiLast {
		return term{}, 0
	}
	for _, phrase := range thaiLexicon[first-thaiFirst] {
		if !strings.HasPrefix(text, phrase.text) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[len(phrase.text):])
		if !thaiMark(next) {
			return phrase.term, len(phrase.text)
		}
	}
	return term{}, 0
}

// thaiMark reports whether r is a vowel or tone mark that belongs to the letter
// before it.
func thaiMark(r rune) bool {
	return r == 'ั' || r >= 'ิ' && r <= 'ฺ' || r >= '็' && r <= '๎'
}
