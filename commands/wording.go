package commands

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
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
	ids    []string
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
	wording := &Wording{bundle: bundle}
	for _, file := range files {
		loaded, err := bundle.LoadMessageFileFS(wordingFiles, "wording/"+file.Name())
		if err != nil {
			return nil, fmt.Errorf("wording %s: %w", file.Name(), err)
		}
		for _, message := range loaded.Messages {
			wording.ids = append(wording.ids, message.ID)
		}
	}
	return wording, nil
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
		voice, _ = w.voices.LoadOrStore(base.String(), newVoice(base.String(), i18n.NewLocalizer(w.bundle, base.String()), w.ids))
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

// message is a sentence that is ready to be said.
type message struct {
	segments []segment
	// fixed is the whole of a sentence that has no values.
	fixed Line
	// borrowed means that it is in another language, for want of one in its own.
	borrowed bool
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
