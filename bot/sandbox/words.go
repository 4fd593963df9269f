package sandbox

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// words are the page's own sentences in one language. What the bot says comes
// from the bot; the platforms' own notices keep the platforms' words.
type words struct{ texts map[string]string }

// loadWords reads a language's sentences.
func loadWords(files fs.FS, language string) (*words, error) {
	text, err := fs.ReadFile(files, path.Join("wording", language+".json"))
	if err != nil {
		return nil, fmt.Errorf("words of %s: %w", language, err)
	}
	var w words
	if err := json.Unmarshal(text, &w.texts); err != nil {
		return nil, fmt.Errorf("words of %s: %w", language, err)
	}
	return &w, nil
}

// text returns a sentence with its {places} filled in; its id where there is none.
func (w *words) text(id string, places map[string]string) string {
	text, found := w.texts[id]
	if !found {
		return id
	}
	for name, value := range places {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// say is text for templates: places come as name, value, name, value.
func (w *words) say(id string, pairs ...any) string {
	places := make(map[string]string, len(pairs)/2)
	for i := 1; i < len(pairs); i += 2 {
		places[fmt.Sprint(pairs[i-1])] = fmt.Sprint(pairs[i])
	}
	return w.text(id, places)
}
