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
// which it has no place for are never made. It is asked for "count" by every
// sentence; nil means that there is no such value.
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

// Has reports whether the message exists.
func (v *Voice) Has(id string) bool {
	message, found := v.messages[id]
	return found && !message.borrowed
}

func (v *Voice) message(id string, value func(name string) any) *message {
	count, counts := value("count").(int)
	if !counts {
		known, found := v.messages[id]
		if !found {
			return parseMessage(id)
		}
		return known
	}
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
