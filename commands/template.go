package commands

import (
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	cldr "golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// message is a sentence that is ready to be said.
type message struct {
	segments []segment
	// fixed is the whole of a sentence that has no values.
	fixed Line
	// language is the one that it is in: English, for want of the voice's own.
	language language.Tag
	// forms are its forms by the number that it is about; nil where it has but one.
	forms map[cldr.Form]*message
}

// newMessage prepares a message of a message file.
func newMessage(read *i18n.Message, tag language.Tag) *message {
	m := parseMessage(read.Other)
	m.language = tag
	for form, text := range map[cldr.Form]string{
		cldr.Zero: read.Zero, cldr.One: read.One, cldr.Two: read.Two, cldr.Few: read.Few, cldr.Many: read.Many,
	} {
		if text == "" {
			continue
		}
		if m.forms == nil {
			m.forms = make(map[cldr.Form]*message)
		}
		m.forms[form] = parseMessage(text)
	}
	return m
}

// numbered returns the form for a whole number.
func (m *message) numbered(count int) *message {
	if m.forms == nil {
		return m
	}
	const enough = 10_000_000 // plural rules look no further
	form := cldr.Cardinal.MatchPlural(m.language, max(count, -count)%enough, 0, 0, 0, 0)
	if chosen, found := m.forms[form]; found {
		return chosen
	}
	return m
}

// segment is a stretch of a sentence: fixed text in a style, or a value's place.
type segment struct {
	text  string
	style Style
	value string
}

// parseMessage prepares a message.
func parseMessage(text string) *message {
	m := &message{segments: cutMessage(text)}
	if slices.ContainsFunc(m.segments, func(s segment) bool { return s.value != "" }) {
		return m
	}
	m.fixed = make(Line, len(m.segments)) // as long as its room: who appends gets another
	for i, segment := range m.segments {
		m.fixed[i] = Span{Text: segment.text, Style: segment.style}
	}
	return m
}

// cutMessage cuts a message into segments at its marks and placeholders.
func cutMessage(text string) []segment {
	var (
		segments []segment
		style    Style
		at       int // how far text is of the segment
	)
	flush := func(skip int) {
		if at > 0 {
			segments = append(segments, segment{text: text[:at], style: style})
		}
		text, at = text[at+skip:], 0
	}
	toggle := func(mark Style) {
		flush(len("*"))
		if style == mark {
			style = Plain
		} else {
			style = mark
		}
	}
	for at < len(text) {
		switch text[at] {
		case '*':
			toggle(Strong)
		case '`':
			toggle(Code)
		case '{':
			rest, found := strings.CutPrefix(text[at:], "{{.")
			name, _, closed := strings.Cut(rest, "}}")
			if !found || !closed {
				at++
				continue
			}
			flush(len("{{.") + len(name) + len("}}"))
			segments = append(segments, segment{value: name, style: style})
		default:
			at++
		}
	}
	flush(0)
	return slices.Clip(segments)
}
