package commands

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Voice words things in one language. It is safe for concurrent use.
type Voice struct {
	language  string
	localizer *i18n.Localizer
	// messages are cut into segments when the voice is made, those in which a
	// number chooses the form when they are first said.
	messages map[string]*message
	plurals  struct {
		sync.RWMutex
		said map[pluralKey]*message
	}
	// nouns are the messages that word a noun with its figure, by the noun.
	nouns map[string]string

	// group and point stand between three digits and before a fraction; era is
	// how many years the calendar is ahead of the common era.
	group, point string
	era          int
}

type pluralKey struct {
	id    string
	count int
}

func newVoice(language string, localizer *i18n.Localizer, ids []string) *Voice {
	v := &Voice{language: language, localizer: localizer, messages: make(map[string]*message, len(ids)), nouns: make(map[string]string)}
	v.plurals.said = make(map[pluralKey]*message)
	for _, id := range ids {
		text, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateParser: template.IdentityParser{}})
		if text != "" {
			message := parseMessage(text)
			message.borrowed = err != nil
			v.messages[id] = message
			if noun, counts := strings.CutPrefix(id, "counted_"); counts && !message.borrowed {
				v.nouns[noun] = id
			}
		}
	}
	v.group, v.point = v.Text("number_group", nil), v.Text("number_point", nil)
	v.era, _ = strconv.Atoi(v.Text("year_era", nil)) // A test keeps it a number.
	return v
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

// Has reports whether the message exists.
func (v *Voice) Has(id string) bool {
	message, found := v.messages[id]
	return found && !message.borrowed
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
func (v *Voice) messageOf(id string, count int) *message {
	key := pluralKey{id: id, count: min(count, 1000+count%100)} // plural rules look no further than that
	v.plurals.RLock()
	known, found := v.plurals.said[key]
	v.plurals.RUnlock()
	if found {
		return known
	}
	text, err := v.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: count, TemplateParser: template.IdentityParser{}})
	if err != nil && text == "" {
		text = id
	}
	known = parseMessage(text)
	v.plurals.Lock()
	defer v.plurals.Unlock()
	v.plurals.said[key] = known
	return known
}
