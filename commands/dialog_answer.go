package commands

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
)

// The most characters of a text whose field sets no limit of its own.
const (
	lineLimit = 150
	areaLimit = 2000
)

// memberBytes is longer than any platform's id of a member.
const memberBytes = 64

// most returns how many characters a text may have.
func (f Field) most() int {
	switch {
	case f.Limit > 0:
		return f.Limit
	case f.Kind == AreaField, f.Kind == PickOne: // other words than the choices may be a sentence
		return areaLimit
	default:
		return lineLimit
	}
}

// kept is the field with what was typed into it before, unless that was wrong:
// what it is left as where nothing new is said.
func (f Field) kept(dialog coaching.Dialog) Field {
	if typed, there := dialog.Typed[f.Name]; there && dialog.Problems[f.Name] == "" {
		return f.with(typed)
	}
	return f
}

// with is the field with other values in it.
func (f Field) with(values []string) Field {
	f.Value, f.Values = "", nil
	if f.Kind == PickMany {
		f.Values = values
	} else if len(values) > 0 {
		f.Value = values[0]
	}
	return f
}

// beginning is what a field is prefilled with, nothing where it is empty.
func (f Field) beginning() []string {
	switch {
	case f.Kind == PickMany:
		return f.Values
	case f.Value != "":
		return []string{f.Value}
	default:
		return nil
	}
}

// begun reports whether a field is prefilled.
func (f Field) begun() bool { return len(f.beginning()) > 0 }

// begins words what a field is prefilled with, as it is offered.
func (f Field) begins() string {
	words := f.beginning()
	labels := make([]string, len(words))
	for i, word := range words {
		labels[i] = word
		for _, choice := range f.Choices {
			if choice.Value == word {
				labels[i] = choice.Label
			}
		}
	}
	return strings.Join(labels, ", ")
}

// read returns the answers to these fields, trimmed and without empty ones.
// What came along beside them is left out.
func read(fields []Field, answers map[string][]string) map[string][]string {
	given := make(map[string][]string, len(fields))
	for _, field := range fields {
		given[field.Name] = []string{}
		for _, answer := range answers[field.Name] {
			if answer = strings.ToValidUTF8(strings.TrimSpace(strings.ReplaceAll(answer, "\x00", "")), "\ufffd"); answer != "" {
				given[field.Name] = append(given[field.Name], answer)
			}
		}
	}
	return given
}

// check returns what a form's answers can be refused for whatever they are
// about.
func check(fields []Field, given map[string][]string, freely bool) problems {
	wrong := make(problems)
	for _, field := range fields {
		if reason := field.problem(given[field.Name], freely); reason != "" {
			wrong[field.Name] = reason
		}
	}
	return wrong
}

func (f Field) problem(answers []string, freely bool) coaching.Reason {
	if len(answers) == 0 {
		if f.Optional {
			return ""
		}
		return "answer_missing"
	}
	if len(answers) > 1 && f.Kind != PickMany {
		return "answer_not_offered"
	}
	for _, answer := range answers {
		offered := slices.ContainsFunc(f.Choices, func(choice Choice) bool { return choice.Value == answer })
		switch {
		case offered:
		case f.Kind == PickMany, f.Kind == PickOne && !freely:
			return "answer_not_offered"
		case utf8.RuneCountInString(answer) > f.most():
			return "answer_too_long"
		case f.Kind == PickMember && (len(answer) > memberBytes || strings.ContainsFunc(answer, unicode.IsSpace)):
			return "member_unreadable"
		case f.Kind == PickDay:
			if _, err := coaching.ParseDate(answer); err != nil {
				return "day_unreadable"
			}
		}
	}
	return ""
}

// oneMore puts the answer to one field beside those that were typed before and
// returns all of them.
func oneMore(dialog coaching.Dialog, fields []Field, answers map[string][]string) (coaching.Dialog, map[string][]string) {
	typed := maps.Clone(dialog.Typed)
	if typed == nil {
		typed = make(map[string][]string, len(fields))
	}
	maps.Copy(typed, read(fields, answers))
	dialog.Typed = typed
	return dialog, dialog.Typed
}

// firstWrong is the place of the first field with something to mend.
func firstWrong(fields []Field, wrong problems) int {
	return max(0, slices.IndexFunc(fields, func(field Field) bool { return wrong[field.Name] != "" }))
}
