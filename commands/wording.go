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
	// languages are those that there are message files in, English first.
	languages []language.Tag
	matcher   language.Matcher
	voices    sync.Map // locale → *Voice
}

// LoadWording reads the message files that the program carries.
func LoadWording() (*Wording, error) {
	files, err := wordingFiles.ReadDir("wording")
	if err != nil {
		return nil, fmt.Errorf("wording: %w", err)
	}
	languages := []language.Tag{language.English}
	messages := make(map[language.Tag][]*i18n.Message)
	for _, file := range files {
		text, err := wordingFiles.ReadFile("wording/" + file.Name())
		if err != nil {
			return nil, fmt.Errorf("wording: %w", err)
		}
		read, err := i18n.ParseMessageFileBytes(text, file.Name(), map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal})
		if err != nil {
			return nil, fmt.Errorf("wording %s: %w", file.Name(), err)
		}
		if !slices.Contains(languages, read.Tag) {
			languages = append(languages, read.Tag)
		}
		messages[read.Tag] = append(messages[read.Tag], read.Messages...)
	}
	wording := &Wording{languages: languages, matcher: language.NewMatcher(languages)}
	for _, tag := range languages {
		voice := newVoice(tag)
		for _, message := range messages[tag] {
			voice.learn(message, tag)
		}
		for _, message := range messages[language.English] {
			voice.learn(message, language.English)
		}
		voice.settle()
		wording.voices.Store(voice.language, voice)
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
	_, index := language.MatchStrings(w.matcher, locale)
	voice, _ := w.voices.Load(baseOf(w.languages[index]))
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
	for _, tag := range w.languages {
		languages = append(languages, tag.String())
	}
	return languages
}

// speaks returns the language of the message files that a tag or a language's own
// name means: "th", "th-TH", "ไทย".
func (w *Wording) speaks(name string) (tag string, spoken bool) {
	for _, known := range w.languages {
		if strings.EqualFold(name, w.In(baseOf(known)).Text("language_name", nil)) {
			return baseOf(known), true
		}
	}
	wanted, err := language.Parse(name)
	if err != nil {
		return "", false
	}
	_, _, confidence := w.matcher.Match(wanted)
	return baseOf(wanted), confidence >= language.High
}

// baseOf is a language without its script and region.
func baseOf(tag language.Tag) string {
	base, _ := tag.Base()
	return base.String()
}
