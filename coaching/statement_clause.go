package coaching

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// divide gives every token its role: periods, comparisons, the clauses that
// tell how and why, and what is left to say what is to be done.
func (r *statementReader) divide() {
	said, sized := false, false // whether the main clause's metric or figure, or its figure, was seen
	for i := 0; i < len(r.tokens); {
		if period, next := r.periodAt(i); next > i {
			if !r.out.Period.Found() {
				period.Unclear = r.out.Period.Unclear
				r.out.Period = period
			}
			r.mark(i, next, rolePeriod)
			i = next
			continue
		}
		switch t := r.tokens[i]; t.class {
		case termCompare, termLast:
			r.compare(i, t.span)
		case termSegment:
			r.mark(i, i+1, roleSegment)
			if r.out.Segment == "" {
				r.out.Segment = r.words(i, i+1)
			}
		case termWhy, termPurpose:
			if t.class == termWhy || said {
				i = r.clause(i, &r.out.Why, !said)
				continue
			}
		case termBy, termStrategy:
			if r.strategyAt(i) {
				i = r.clause(i, &r.out.Strategy, !said)
				continue
			}
		case termTo:
			if sized && r.purposeAt(i) {
				i = r.clause(i, &r.out.Why, false)
				continue
			}
		case termFigure:
			said, sized = true, true
		case termMetric:
			said = true
		}
		i++
	}
}

// compare takes the comparison at token i, with the "than" before it.
func (r *statementReader) compare(i int, span Span) {
	from := i
	if before := r.at(i - 1); before.class == termThan || r.tokens[i].class == termLast && (before.class == termDuring || before.class == termOn) {
		from--
	}
	r.mark(from, i+1, roleComparison)
	if r.out.Comparison.Span == "" {
		r.out.Comparison = StatedComparison{Span: span, Words: r.words(from, i+1)}
	}
}

func (r *statementReader) mark(from, to int, role tokenRole) {
	for i := from; i < to; i++ {
		r.tokens[i].role = role
	}
}

// strategyAt reports whether token i introduces how the goal will be reached.
// After "by" that is an activity; "by 5%", "by at least 5" and "by half" are
// sizes.
func (r *statementReader) strategyAt(i int) bool {
	if r.tokens[i].class == termStrategy {
		return r.at(i+1).class != termSentence
	}
	if r.text[r.tokens[i].from] >= utf8.RuneSelf {
		return false // Thai "ลง" and its like precede figures only
	}
	for j := i + 1; j < i+5; j++ {
		t := r.at(j)
		if word := r.text[t.from:t.to]; len(word) > 4 && strings.HasSuffix(strings.ToLower(word), "ing") {
			return true
		}
		switch t.class {
		case termOther:
			return t.to > t.from
		case termMetric, termName, termMake:
			return true
		case termStop, termOurs, termMine, termMore, termImprove, termPause, termCadence:
		default:
			return false
		}
	}
	return false
}

// purposeAt reports whether the "to" at token i tells what for, as in "4 webinars
// to generate leads": a verb follows, and no figure that could be the goal's.
func (r *statementReader) purposeAt(i int) bool {
	switch t := r.at(i + 1); t.class {
	case termMake, termAdd, termImprove, termUp, termDown:
		if t.value == adverb || r.text[t.from] >= utf8.RuneSelf {
			return false
		}
	default:
		return false
	}
	for _, t := range r.tokens[i:r.clauseEnd(i, false)] {
		if t.class == termFigure {
			return false
		}
	}
	return true
}

// clause takes the clause that token i introduces into part, if that is still
// empty, and returns the token behind it. A clause at the start of a sentence
// ends at the comma.
func (r *statementReader) clause(i int, part *string, leading bool) int {
	end := r.clauseEnd(i, leading)
	from := r.tokens[i].to
	if r.tokens[i].class == termWhy && r.tokens[i].value == firstWordOnly {
		words := r.text[r.tokens[i].from:from]
		from = r.tokens[i].from + strings.IndexFunc(words, unicode.IsSpace)
	}
	text := strings.Trim(r.text[from:max(from, r.tokens[end-1].to)], " \t\r\u00a0,;:()\"“”")
	if *part == "" {
		*part = text
	}
	r.mark(i, end, roleClause)
	return end
}

func (r *statementReader) clauseEnd(i int, leading bool) int {
	why := r.tokens[i].class == termWhy || r.tokens[i].class == termPurpose || r.tokens[i].class == termTo
	for k := i + 1; k < len(r.tokens); k++ {
		switch t := r.tokens[k]; t.class {
		case termSentence:
			// A full stop inside a word, as in "3.5" or "a.m.", ends nothing.
			if t.spaced || t.to == len(r.text) || strings.ContainsAny(r.text[t.from:t.to], "\n;!?") || r.at(k+1).spaced {
				return k
			}
		case termPause:
			if leading && r.text[t.from] == ',' {
				return k
			}
		case termWhy, termPurpose:
			if !why {
				return k
			}
		case termBy, termStrategy:
			if _, next := r.periodAt(k); next > k {
				return k
			}
			if why && r.strategyAt(k) {
				return k
			}
		case termDeadline, termDuring, termOn, termThis, termNext, termEnd, termSpan, termQuarter, termDay, termClosing, termMonth, termOrdinal:
			// Once the goal has its period, "by opening on Saturdays" is all how.
			if _, next := r.periodAt(k); next > k && (t.class == termDeadline || r.closes(next) && !r.out.Period.Found()) {
				return k
			}
		}
	}
	return len(r.tokens)
}

// closes reports whether the sentence ends at token i, or another clause begins.
func (r *statementReader) closes(i int) bool {
	switch r.at(i).class {
	case termSentence, termPause, termWhy, termPurpose, termStrategy:
		return true
	}
	return false
}
