package commands

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Voice words things in one language. It is safe for concurrent use.
type Voice struct {
	language string
	messages map[string]*message
	// nouns are the messages that word a noun with its figure, by the noun.
	nouns map[string]string

	// group and point stand between three digits and before a fraction; era is
	// how many years the calendar is ahead of the common era.
	group, point string
	era          int
}

func newVoice(tag language.Tag) *Voice {
	return &Voice{language: baseOf(tag), messages: make(map[string]*message), nouns: make(map[string]string)}
}

// learn takes a message in unless the voice has one of that id.
func (v *Voice) learn(read *i18n.Message, tag language.Tag) {
	if _, found := v.messages[read.ID]; found {
		return
	}
	v.messages[read.ID] = newMessage(read, tag)
	if noun, counts := strings.CutPrefix(read.ID, "counted_"); counts && v.Has(read.ID) {
		v.nouns[noun] = read.ID
	}
}

// settle reads how the language writes figures, once all is learnt.
func (v *Voice) settle() {
	v.group, v.point = v.Text("number_group", nil), v.Text("number_point", nil)
	v.era, _ = strconv.Atoi(v.Text("year_era", nil)) // A test keeps it a number.
}

// Args are the values of a sentence: a string is plain text, a Span or a Line
// keeps its style, an int chooses the plural form where its name is "count", and
// a func() string is asked only by sentences that use it.
type Args map[string]any

func (a Args) value(name string) any { return a[name] }

// Line words the message of that id. A message that is missing comes out as its
// id, which a test rules out. The line may be appended to; its spans are shared
// and must not be changed.
func (v *Voice) Line(id string, args Args) Line { return v.LineOf(id, args.value) }

// Language is the language of the voice, as a BCP 47 tag.
func (v *Voice) Language() string { return v.language }

// Text words the message of that id as plain text.
func (v *Voice) Text(id string, args Args) string { return v.TextOf(id, args.value) }

// LineOf is Line for a sentence that asks for its values by name, so that those
// which it has no place for are never made. A sentence with several forms asks
// for "count"; nil means that there is no such value.
func (v *Voice) LineOf(id string, value func(name string) any) Line {
	message := v.message(id, value)
	if message.fixed != nil {
		return message.fixed
	}
	said := newSentence()
	defer said.free()
	said.say(v, message, value)
	return said.line()
}

// TextOf is Text for a sentence that asks for its values, as LineOf is for Line.
func (v *Voice) TextOf(id string, value func(name string) any) string {
	message := v.message(id, value)
	if len(message.fixed) == 1 {
		return message.fixed[0].Text
	}
	said := newSentence()
	defer said.free()
	said.say(v, message, value)
	return string(said.text)
}

// plain is a value without its style.
func (v *Voice) plain(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case func() string:
		return value()
	case int:
		return v.number(strconv.Itoa(value))
	default:
		return fmt.Sprint(value)
	}
}

// Has reports whether the voice has the message in its own language.
func (v *Voice) Has(id string) bool {
	message, found := v.messages[id]
	return found && baseOf(message.language) == v.language
}

func (v *Voice) message(id string, value func(name string) any) *message {
	message, found := v.messages[id]
	if !found {
		return parseMessage(id)
	}
	if message.forms == nil {
		return message
	}
	if count, counts := value("count").(int); counts {
		return message.numbered(count)
	}
	return message
}
