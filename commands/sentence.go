package commands

import (
	"strconv"
	"sync"
	"unicode/utf8"
)

// sentence is a line in the making. Its text is kept in one piece, so that a
// sentence of many parts costs one string; spans know where in it they end.
// Values are written into it where they stand, and so are the messages that word
// a value: "20 demos" in "Ahead by 20 demos".
type sentence struct {
	voice *Voice
	text  []byte
	spans []stretch

	// style is that of what is written next.
	style Style
	// inner is set while a value is written: a message that words one has the
	// style of its place and no marks of its own.
	inner bool
	// seam is set between a value and what is beside it; gap is the style of a
	// space there.
	seam bool
	gap  Style
}

// stretch is a span whose text ends at end.
type stretch struct {
	Span
	end int
}

// sentences are kept for the next one to be said: a reply has dozens.
var sentences = sync.Pool{New: func() any { return new(sentence) }}

func newSentence(voice *Voice) *sentence {
	s := sentences.Get().(*sentence)
	s.voice = voice
	return s
}

// free gives the sentence back. What was said of it is no part of it.
func (s *sentence) free() {
	if cap(s.text) > maxKeptSentence {
		return
	}
	clear(s.spans)
	*s = sentence{text: s.text[:0], spans: s.spans[:0]}
	sentences.Put(s)
}

// maxKeptSentence is the length of text, in bytes, from which a sentence's room
// is not worth keeping.
const maxKeptSentence = 4096

// write appends text, to the last span where that has the same style.
func (s *sentence) write(text string) {
	s.apart(text)
	s.text = append(s.text, text...)
	if last := len(s.spans) - 1; last >= 0 && s.spans[last].is(s.style) {
		s.spans[last].end = len(s.text)
		return
	}
	s.spans = append(s.spans, stretch{Span: Span{Style: s.style}, end: len(s.text)})
}

// is reports whether the stretch is nothing but text of that style.
func (s *stretch) is(style Style) bool {
	return s.Style == style && s.Member == "" && s.Channel == ""
}

// span appends a span as it is.
func (s *sentence) span(span Span) {
	s.apart(span.Text)
	s.text = append(s.text, span.Text...)
	s.spans = append(s.spans, stretch{Span: span, end: len(s.text)})
}

// apart ends the sentence with a space where a value meets what is beside it in
// another script.
func (s *sentence) apart(text string) {
	if !s.seam || text == "" {
		return
	}
	s.seam = false
	last, _ := utf8.DecodeLastRune(s.text)
	first, _ := utf8.DecodeRuneInString(text)
	if len(s.spans) > 0 && standApart(last, first) {
		style := s.style
		s.style = s.gap
		s.write(" ")
		s.style = style
	}
}

// meet notes that a value and what is beside it meet here. Around a message that
// words a value the seam is that of the value.
func (s *sentence) meet() {
	switch {
	case !s.inner:
		s.seam, s.gap = true, Plain
	case !s.seam:
		s.seam, s.gap = true, s.style
	}
}

// say appends a message; value writes what belongs in the place of that name.
func (s *sentence) say(message *message, value func(s *sentence, name string)) {
	style, inner := s.style, s.inner
	for _, segment := range message.segments {
		if !inner {
			s.style = segment.style
		}
		if segment.value == "" {
			s.write(segment.text)
			continue
		}
		s.meet()
		s.inner = true
		value(s, segment.value)
		s.inner = inner
		s.meet()
	}
	s.style = style
}

// put appends a value as [Args] hold it.
func (s *sentence) put(value any) {
	switch value := value.(type) {
	case Line:
		for _, span := range value {
			s.span(span)
		}
	case Span:
		s.span(value)
	case int:
		s.number(strconv.Itoa(value))
	default:
		s.write(plain(value))
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
