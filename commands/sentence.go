package commands

import (
	"sync"
	"unicode/utf8"
)

// sentence is a line in the making. Its text is kept in one piece, so that a
// sentence of many parts costs one string; spans know where in it they end.
type sentence struct {
	text  []byte
	spans []stretch
}

// stretch is a span whose text ends at end.
type stretch struct {
	Span
	end int
}

// sentences are kept for the next one to be said: a reply has dozens.
var sentences = sync.Pool{New: func() any { return new(sentence) }}

func newSentence() *sentence { return sentences.Get().(*sentence) }

// free gives the sentence back. What was said of it is no part of it.
func (s *sentence) free() {
	clear(s.spans)
	s.text, s.spans = s.text[:0], s.spans[:0]
	if cap(s.text) <= maxKeptSentence {
		sentences.Put(s)
	}
}

// maxKeptSentence is the length of text, in bytes, from which a sentence's room
// is not worth keeping.
const maxKeptSentence = 4096

// add appends text, to the last span where that has the same style.
func (s *sentence) add(text string, style Style) {
	s.text = append(s.text, text...)
	if last := len(s.spans) - 1; last >= 0 && s.spans[last].is(style) {
		s.spans[last].end = len(s.text)
		return
	}
	s.spans = append(s.spans, stretch{Span: Span{Style: style}, end: len(s.text)})
}

// is reports whether the stretch is nothing but text of that style.
func (s *stretch) is(style Style) bool {
	return s.Style == style && s.Member == "" && s.Channel == ""
}

// put appends a span as it is.
func (s *sentence) put(span Span) {
	s.text = append(s.text, span.Text...)
	s.spans = append(s.spans, stretch{Span: span, end: len(s.text)})
}

// apart ends the sentence with a space where what follows meets it in another
// script.
func (s *sentence) apart(text string) {
	last, _ := utf8.DecodeLastRune(s.text)
	first, _ := utf8.DecodeRuneInString(text)
	if len(s.spans) > 0 && standApart(last, first) {
		s.add(" ", Plain)
	}
}

// say appends a message with its values.
func (s *sentence) say(v *Voice, message *message, value func(name string) any) {
	afterValue := false
	for _, segment := range message.segments {
		if segment.value == "" {
			if afterValue {
				s.apart(segment.text)
			}
			s.add(segment.text, segment.style)
			afterValue = false
			continue
		}
		afterValue = true
		switch value := value(segment.value).(type) {
		case Line:
			s.apart(value.String())
			for _, span := range value {
				s.put(span)
			}
		case Span:
			s.apart(value.Text)
			s.put(value)
		default:
			text := v.plain(value)
			s.apart(text)
			s.add(text, segment.style)
		}
	}
}

// line returns what was said.
func (s *sentence) line() Line {
	text, from := string(s.text), 0
	line := make(Line, len(s.spans))
	for i, stretch := range s.spans {
		stretch.Text = text[from:stretch.end]
		line[i], from = stretch.Span, stretch.end
	}
	return line
}
