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

func (a Args) value(s *sentence, name string) { s.put(a[name]) }

// Line words the message of that id. A message that is missing comes out as its
// id, which a test rules out. The line may be appended to; its spans are shared
// and must not be changed.
func (v *Voice) Line(id string, args Args) Line { return v.line(v.messageFor(id, args), args.value) }

// Language is the language of the voice, as a BCP 47 tag.
func (v *Voice) Language() string { return v.language }

// Text words the message of that id as plain text.
func (v *Voice) Text(id string, args Args) string {
	message := v.messageFor(id, args)
	if len(message.fixed) == 1 {
		return message.fixed[0].Text
	}
	return v.written(func(s *sentence) { s.say(message, args.value) })
}

// line words a message whose values are written by their name, so that those
// which it has no place for are never made.
func (v *Voice) line(message *message, value func(s *sentence, name string)) Line {
	if message.fixed != nil {
		return message.fixed
	}
	said := newSentence(v)
	defer said.free()
	said.say(message, value)
	return said.line()
}

// written returns what is written as plain text.
func (v *Voice) written(write func(s *sentence)) string {
	said := newSentence(v)
	defer said.free()
	said.inner = true
	write(said)
	return string(said.text)
}

// plain is a value without a style.
func plain(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case func() string:
		return value()
	default:
		return fmt.Sprint(value)
	}
}

// Has reports whether the voice has the message in its own language.
func (v *Voice) Has(id string) bool {
	message, found := v.messages[id]
	return found && baseOf(message.language) == v.language
}

// messageFor returns the message of an id in the form that its values choose.
func (v *Voice) messageFor(id string, args Args) *message {
	if count, counts := args["count"].(int); counts {
		return v.messageOf(id, count)
	}
	return v.message(id)
}

// message returns the message of an id.
func (v *Voice) message(id string) *message {
	if known, found := v.messages[id]; found {
		return known
	}
	return parseMessage(id)
}

// messageOf returns the message of an id in the form that a number chooses.
func (v *Voice) messageOf(id string, count int) *message { return v.message(id).numbered(count) }
