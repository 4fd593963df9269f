package commands_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"github.com/smallwins/smallwins/commands"
)

// languages returns the languages that there are message files of.
func languages(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("wording/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range paths {
		if part := strings.Split(filepath.Base(path), "."); !slices.Contains(found, part[1]) {
			found = append(found, part[1])
		}
	}
	if !slices.Contains(found, "en") || !slices.Contains(found, "th") {
		t.Fatalf("there are message files in %q", found)
	}
	return found
}

// messages returns a language's messages by id, the plural forms of one joined.
func messages(t *testing.T, language string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("wording/*." + language + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if err := toml.Unmarshal(text, &file); err != nil {
			t.Fatal(path, err)
		}
		for id, message := range file {
			switch message := message.(type) {
			case string:
				found[id] = message
			case map[string]any:
				for _, form := range message {
					found[id] += form.(string) + "\n"
				}
			}
		}
	}
	return found
}

var (
	placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	typed       = regexp.MustCompile("`[^`]*`")
)

func placeholders(message string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(message, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// forms returns a message's forms: one, or one for each plural.
func forms(message string) []string { return strings.Split(strings.TrimSuffix(message, "\n"), "\n") }

func TestEveryLanguageSaysEverything(t *testing.T) {
	t.Parallel()
	english := messages(t, "en")
	for _, language := range languages(t) {
		if language == "en" {
			continue
		}
		other := messages(t, language)
		for _, id := range slices.Sorted(maps.Keys(english)) {
			if other[id] == "" {
				t.Errorf("%s lacks %s = %q", language, id, english[id])
			}
		}
		for _, id := range slices.Sorted(maps.Keys(other)) {
			if _, known := english[id]; !known && !strings.HasPrefix(id, "counted_") && !strings.HasPrefix(id, "usage_") {
				t.Errorf("%s says %s, which English does not", language, id)
			}
		}
	}
}

func TestEveryLanguageKeepsValuesAndMarks(t *testing.T) {
	t.Parallel()
	english := messages(t, "en")
	for _, language := range languages(t) {
		other := messages(t, language)
		for _, id := range slices.Sorted(maps.Keys(other)) {
			said := other[id]
			for _, form := range forms(said) {
				if strings.Count(said, "`")%2 != 0 || strings.Count(form, "*")%2 != 0 {
					t.Errorf("%s: %s leaves a mark open: %q", language, id, form)
				}
			}
			if strings.HasPrefix(id, "counted_") && !slices.Equal(placeholders(said), []string{"figure"}) {
				t.Errorf("%s: %s has the values %q, want the figure", language, id, placeholders(said))
			}
			want, known := english[id]
			if !known {
				continue
			}
			if !slices.Equal(placeholders(said), placeholders(want)) {
				t.Errorf("%s: %s has the values %q, want %q", language, id, placeholders(said), placeholders(want))
			}
			first, wantFirst := forms(said)[0], forms(want)[0]
			if strings.Count(first, "*") != strings.Count(wantFirst, "*") || strings.Count(said, "`")/len(forms(said)) != strings.Count(want, "`")/len(forms(want)) {
				t.Errorf("%s: %s is marked otherwise than in English: %q", language, id, said)
			}
		}
	}
}

// isCreate reports whether a button makes a goal of what was said.
func isCreate(button commands.Button) bool { return button.Action == "goal_create" }

func TestCommandsInMessagesAreUnderstood(t *testing.T) {
	t.Parallel()
	for _, language := range languages(t) {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, "2026-11-10 09:00")
			o.locale = language
			goals := 0
			for id, message := range messages(t, language) {
				for _, span := range typed.FindAllString(message, -1) {
					command, ours := strings.CutPrefix(strings.Trim(span, "`"), "/goal ")
					name, rest, _ := strings.Cut(command, " ")
					known := slices.ContainsFunc(commands.Table(), func(c commands.Command) bool { return c.Name == name })
					if !ours {
						continue
					}
					if !known {
						t.Errorf("%s tells to type %s, which is no command", id, span)
					}
					if rest == "" || name != "new" && name != "history" {
						continue
					}
					goals++
					reply, err := o.types(lin, command)
					if err != nil || name == "new" && !slices.ContainsFunc(reply.Buttons, isCreate) {
						t.Errorf("%s: %s is answered with %v\n%s", id, span, err, wordsOf(reply))
					}
				}
			}
			if goals < 5 {
				t.Errorf("only %d goals and figures are given as examples", goals)
			}
		})
	}
}

func TestSuggestionsAreUnderstood(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-10 09:00")
	for _, o.locale = range languages(t) {
		for _, vague := range []string{
			"more demos", "cold calls", "churn less", "revenue", "revenue up 3%", "win rate", "let's make more", "20 demos", "cac",
			"ยอดขายเพิ่มขึ้น", "โทรให้มากขึ้น", "ลดอัตราการเลิกใช้งาน", "เพิ่มอัตราการปิดการขาย", "ลีดที่ผ่านการรับรอง", "มาสร้างรายได้เพิ่มกันเถอะ",
			"วงจรการขายสั้นลง", "ลดต้นทุนการได้มาซึ่งลูกค้า", "เพิ่มมูลค่าตลอดช่วงชีวิตของลูกค้า", "ส่งอีเมล", "เพิ่มรายได้อีก", "อัตรากำไร", "ลูกค้าใหม่",
		} {
			text := o.reads(nok, "new "+vague)
			_, suggestion, found := strings.Cut(text, "/goal new ")
			suggestion, _, _ = strings.Cut(strings.TrimSuffix(suggestion, ")"), "\n")
			suggestion = strings.TrimSuffix(suggestion, ")") // of a note
			if !found {
				t.Errorf("%s: nothing is suggested for %q:\n%s", o.locale, vague, text)
				continue
			}
			reply, err := o.types(nok, "new "+suggestion)
			if err != nil || !slices.ContainsFunc(reply.Buttons, isCreate) {
				t.Errorf("%s: %q is answered with %v\n%s", o.locale, suggestion, err, wordsOf(reply))
			}
		}
	}
}
