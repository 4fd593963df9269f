package commands

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

//go:embed wording/*.toml
var wordingFiles embed.FS

// Wording holds every sentence the bot can say, in every language it speaks.
// It is safe for concurrent use.
//
// Sentences live in message files, one for each topic and language, with
// go-i18n's placeholders for values and two marks of our own: *strong* and `to type`. Marks are read before values
// are put in, so a value never acts as one.
type Wording struct {
	bundle *i18n.Bundle
	voices sync.Map // locale → *Voice
}

// LoadWording reads the message files that the program carries.
func LoadWording() (*Wording, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	files, err := wordingFiles.ReadDir("wording")
	if err != nil {
		return nil, fmt.Errorf("wording: %w", err)
	}
	for _, file := range files {
		if _, err := bundle.LoadMessageFileFS(wordingFiles, "wording/"+file.Name()); err != nil {
			return nil, fmt.Errorf("wording %s: %w", file.Name(), err)
		}
	}
	return &Wording{bundle: bundle}, nil
}

// maxVoices bounds the memory that made-up locales can take.
const maxVoices = 256

// In returns the voice for a BCP 47 locale, English where it is unknown.
func (w *Wording) In(locale string) *Voice {
	if voice, found := w.voices.Load(locale); found {
		return voice.(*Voice)
	}
	tag, _ := language.MatchStrings(language.NewMatcher(w.bundle.LanguageTags()), locale)
	base, _ := tag.Base()
	voice, found := w.voices.Load(base.String())
	if !found {
		voice, _ = w.voices.LoadOrStore(base.String(), newVoice(i18n.NewLocalizer(w.bundle, base.String())))
	}
	if len(locale) < len("xx-Xxxx-XX-variant") {
		w.remember(locale, voice.(*Voice))
	}
	return voice.(*Voice)
}

func (w *Wording) remember(locale string, voice *Voice) {
	known := 0
	w.voices.Range(func(any, any) bool { known++; return known < maxVoices })
	if known < maxVoices {
		w.voices.Store(locale, voice)
	}
}

// Languages returns the languages that there is wording in, as BCP 47 tags, the
// one that others fall back to first.
func (w *Wording) Languages() []string {
	var languages []string
	for _, tag := range w.bundle.LanguageTags() {
		languages = append(languages, tag.String())
	}
	return languages
}

// speaks returns the language of the message files that a tag or a language's own
// name means: "th", "th-TH", "ไทย".
func (w *Wording) speaks(name string) (tag string, spoken bool) {
	for _, known := range w.bundle.LanguageTags() {
		base, _ := known.Base()
		if strings.EqualFold(name, w.In(base.String()).Text("language_name", nil)) {
			return base.String(), true
		}
	}
	wanted, err := language.Parse(name)
	if err != nil {
		return "", false
	}
	_, _, confidence := language.NewMatcher(w.bundle.LanguageTags()).Match(wanted)
	base, _ := wanted.Base()
	return base.String(), confidence >= language.High
}

// Voice words things in one language.
type Voice struct {
	localizer *i18n.Localizer
	messages  sync.Map // key → []segment

	// group and point stand between three digits and before a fraction; era is
	// how many years the calendar is ahead of the common era.
	group, point string
	era          int
}

func newVoice(localizer *i18n.Localizer) *Voice {
	v := &Voice{localizer: localizer}
	v.group, v.point = v.Text("number_group", nil), v.Text("number_point", nil)
	v.era, _ = strconv.Atoi(v.Text("year_era", nil)) // A test keeps it a number.
	return v
}

// Args are the values of a sentence: a string is plain text, a Span or a Line
// keeps its style, an int chooses the plural form where its name is "count", and
// a func() string is asked only by sentences that use it.
type Args map[string]any

// segment is a stretch of a sentence: fixed text in a style, or a value's place.
type segment struct {
	text  string
	style Style
	value string
}

type messageKey struct {
	id     string
	plural int
}

// Line words the message of that id. A message that is missing comes out as its
// id, which a test rules out.
func (v *Voice) Line(id string, args Args) Line {
	segments := v.segments(id, args)
	line := make(Line, 0, len(segments))
	afterValue := false
	for _, segment := range segments {
		if segment.value == "" {
			if afterValue {
				line = line.apartFrom(segment.text)
			}
			line, afterValue = line.with(segment.text, segment.style), false
			continue
		}
		afterValue = true
		switch value := args[segment.value].(type) {
		case Line:
			line = append(line.apartFrom(value.String()), value...)
		case Span:
			line = append(line.apartFrom(value.Text), value)
		case func() string:
			line = line.withValue(value(), segment.style)
		case string:
			line = line.withValue(value, segment.style)
		case int:
			line = line.withValue(v.number(strconv.Itoa(value)), segment.style)
		default:
			line = line.withValue(fmt.Sprint(value), segment.style)
		}
	}
	return line
}

func (l Line) withValue(text string, style Style) Line { return l.apartFrom(text).with(text, style) }

// with appends text, to the last span where that has the same style.
func (l Line) with(text string, style Style) Line {
	if last := len(l) - 1; last >= 0 && l[last] == (Span{Text: l[last].Text, Style: style}) {
		l[last].Text += text
		return l
	}
	return append(l, Span{Text: text, Style: style})
}

// apartFrom ends the line with a space where a value meets the sentence in
// another script. Thai sentences are written without spaces, and a Thai value
// stands in them without any, but a number or a Latin word stands apart.
func (l Line) apartFrom(text string) Line {
	if len(l) == 0 {
		return l
	}
	before, _ := utf8.DecodeLastRuneInString(l[len(l)-1].Text)
	after, _ := utf8.DecodeRuneInString(text)
	if isThai(before) && standsApart(after) || standsApart(before) && isThai(after) {
		return l.with(" ", Plain)
	}
	return l
}

func isThai(r rune) bool { return unicode.Is(unicode.Thai, r) }

// standsApart reports whether r belongs to a number or a word of another script.
func standsApart(r rune) bool {
	return r == '%' || !isThai(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) || unicode.Is(unicode.Sm, r))
}

// Text words the message of that id as plain text.
func (v *Voice) Text(id string, args Args) string { return v.Line(id, args).String() }

// Has reports whether the message exists.
func (v *Voice) Has(id string) bool {
	_, err := v.localizer.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateParser: template.IdentityParser{}})
	return err == nil
}

func (v *Voice) segments(id string, args Args) []segment {
	key := messageKey{id: id, plural: -1}
	config := i18n.LocalizeConfig{MessageID: id, TemplateParser: template.IdentityParser{}}
	if count, counts := args["count"].(int); counts {
		key.plural = min(count, 1000+count%100) // plural rules look no further than that
		config.PluralCount = count
	}
	if cached, found := v.messages.Load(key); found {
		return cached.([]segment)
	}
	text, err := v.localizer.Localize(&config)
	if err != nil && text == "" {
		text = id
	}
	segments := parseMessage(text)
	v.messages.Store(key, segments)
	return segments
}

// parseMessage cuts a message into segments at its marks and placeholders.
func parseMessage(text string) []segment {
	var (
		segments []segment
		style    Style
		fixed    strings.Builder
	)
	flush := func() {
		if fixed.Len() > 0 {
			segments = append(segments, segment{text: fixed.String(), style: style})
			fixed.Reset()
		}
	}
	toggle := func(mark Style) {
		flush()
		if style == mark {
			style = Plain
		} else {
			style = mark
		}
	}
	for text != "" {
		if rest, found := strings.CutPrefix(text, "{{."); found {
			if name, after, closed := strings.Cut(rest, "}}"); closed {
				flush()
				segments = append(segments, segment{value: name, style: style})
				text = after
				continue
			}
		}
		switch text[0] {
		case '*':
			toggle(Strong)
		case '`':
			toggle(Code)
		default:
			fixed.WriteByte(text[0])
		}
		text = text[1:]
	}
	flush()
	return segments
}
