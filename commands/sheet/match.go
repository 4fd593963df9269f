package sheet

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
)

// Why says what a column was known by.
type Why string

// The grounds, the surest first.
const (
	ByWord    Why = "named"   // somebody said so
	ByName    Why = "heading" // the heading is what the field is called
	ByPart    Why = "part"    // the heading ends with it
	ByContent Why = "content" // what is in the column looks like it
)

// How sure each ground is, in percent. A column whose content hardly fits is
// half as sure.
var sureness = map[Why]int{ByWord: 100, ByName: 95, ByPart: 70, ByContent: 50}

// Match says which field a column is.
type Match struct {
	Index  int
	Column string
	Field  coaching.EventField
	Why    Why
	Sure   int // percent
}

// certain is how sure a match is that nobody needs to look at.
const certain = 90

// Certain reports whether the column is called what the field is, or was named by
// somebody; everything else is a guess to be looked at.
func (m Match) Certain() bool { return m.Sure >= certain }

// Layout is how the rows of one table are read.
type Layout struct {
	Kind    Kind
	Matches []Match
	// Ignored are the columns that are no field.
	Ignored []string
	// Missing are the fields without which no row can be read.
	Missing []string
	Fixed   []coaching.FixedField
	Days    coaching.DayOrder
	Mark    coaching.DecimalMark
}

// Key tells the headings of tables apart, whatever the order of the columns.
func Key(header []string) string {
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = plain(name)
	}
	slices.Sort(names)
	sum := sha256.Sum256([]byte(strings.Join(names, "\x00")))
	return "sheet-" + hex.EncodeToString(sum[:12])
}

// Understand finds out how a table is read. What was told of its columns stands;
// a kind that was not told is the one that most columns speak for. The error
// says what somebody has to name.
func Understand(t *Table, told coaching.Layout) (Layout, error) {
	kinds := Kinds()
	if told.As != "" {
		kind, err := ParseKind(told.As)
		if err != nil {
			return Layout{}, err
		}
		kinds = []Kind{kind}
	}
	var best, second Layout
	var wrong error
	for _, kind := range kinds {
		layout, err := understandAs(kind, t, told)
		if err != nil {
			wrong = cmp.Or(wrong, err)
			continue
		}
		switch {
		case layout.weight() > best.weight():
			best, second = layout, best
		case layout.weight() > second.weight():
			second = layout
		}
	}
	switch {
	case best.Kind == "" && wrong != nil:
		return Layout{}, wrong
	case best.Kind == "", len(kinds) > 1 && (best.weight() == second.weight() || len(best.Missing) > 0):
		return Layout{}, fmt.Errorf("it is not clear what the rows are: say so with --as deals, leads, customers, costs, activities or history")
	case len(best.Missing) > 0:
		return best, fmt.Errorf("no column for %s: name it, such as --columns '%s=%s'",
			strings.Join(best.Missing, ", "), cmp.Or(first(best.Ignored), t.Header[0]), best.Missing[0])
	}
	return best, nil
}

func first(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// weight is how much speaks for a layout: all of what its columns are known by,
// and that nothing is missing.
func (l Layout) weight() int {
	weight := 0
	for _, match := range l.Matches {
		weight += match.Sure
	}
	if l.Kind != "" && len(l.Missing) == 0 {
		weight += 100
	}
	return weight
}

func understandAs(kind Kind, t *Table, told coaching.Layout) (Layout, error) {
	layout := Layout{Kind: kind, Fixed: told.Fixed, Days: told.Days, Mark: told.Mark}
	taken := make(map[int]bool)                 // columns
	found := make(map[coaching.EventField]bool) // fields
	take := func(i int, spec spec, why Why) {
		sure := sureness[why]
		if why != ByWord && fit(t, i, spec) < 50 {
			sure /= 2
		}
		taken[i], found[spec.field] = true, true
		layout.Matches = append(layout.Matches, Match{Index: i, Column: t.Header[i], Field: spec.field, Why: why, Sure: sure})
	}
	for _, fixed := range told.Fixed {
		spec, known := specOf(kind, fixed.Field)
		if !known {
			return Layout{}, noField(kind, fixed.Field)
		}
		found[spec.field] = true
	}
	for _, named := range told.Columns {
		i := slices.IndexFunc(t.Header, func(name string) bool { return plain(name) == plain(named.Column) })
		if i < 0 {
			return Layout{}, fmt.Errorf("there is no column %q: the columns are %s", named.Column, strings.Join(t.Header, ", "))
		}
		if named.Field == "" {
			taken[i] = true
			continue
		}
		spec, known := specOf(kind, named.Field)
		if !known {
			return Layout{}, noField(kind, named.Field)
		}
		take(i, spec, ByWord)
	}
	for _, why := range []Why{ByName, ByPart, ByContent} {
		for _, spec := range specs[kind] {
			if found[spec.field] {
				continue
			}
			for i := range t.Header {
				if !taken[i] && speaks(t, i, spec, why) {
					take(i, spec, why)
					break
				}
			}
		}
	}
	layout.finish(t, found)
	return layout, nil
}

// finish says what is left over and what is missing, and how days and numbers
// are written.
func (l *Layout) finish(t *Table, found map[coaching.EventField]bool) {
	for i, name := range t.Header {
		if !slices.ContainsFunc(l.Matches, func(match Match) bool { return match.Index == i }) {
			l.Ignored = append(l.Ignored, name)
		}
	}
	slices.SortFunc(l.Matches, func(a, b Match) int { return cmp.Compare(a.Index, b.Index) })
	for _, spec := range specs[l.Kind] {
		if spec.required && !found[spec.field] {
			l.Missing = append(l.Missing, string(spec.field))
		}
	}
	if l.Kind == Customers && !found[coaching.FieldStartedOn] && !found[fieldTenure] && !found[coaching.FieldChurnedOn] {
		l.Missing = append(l.Missing, string(coaching.FieldStartedOn))
	}
	for _, match := range l.Matches {
		spec, _ := specOf(l.Kind, string(match.Field))
		for _, row := range t.Sample() {
			text := row.cell(match.Index)
			switch spec.form { //nolint:exhaustive // The others are written one way.
			case coaching.FormDate:
				l.Days = cmp.Or(l.Days, coaching.DayOrderOf(text))
			case coaching.FormAmount, coaching.FormScore:
				l.Mark = cmp.Or(l.Mark, coaching.DecimalMarkOf(text))
			}
		}
	}
	if l.Mark == coaching.MarkUnknown && t.Delimiter == ';' {
		l.Mark = coaching.MarkComma // Programs divide by semicolons where the comma is taken.
	}
}

func noField(kind Kind, name string) error {
	return fmt.Errorf("%s have no field %q: write one of %s", kind, name, strings.Join(Fields(kind), ", "))
}

// cell returns a cell, empty where the row is shorter.
func (r Row) cell(i int) string {
	if i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// plain is a heading without case, spaces and marks.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// minPart is how long a name must be to be known as the end of a heading.
const minPart = 4

// speaks reports whether something speaks for a column to be a field.
func speaks(t *Table, i int, spec spec, why Why) bool {
	heading := plain(t.Header[i])
	switch why { //nolint:exhaustive // Nobody asks whether a word was given.
	case ByName:
		return heading == plain(string(spec.field)) || slices.Contains(spec.names, heading)
	case ByPart:
		return slices.ContainsFunc(spec.names, func(name string) bool {
			return utf8.RuneCountInString(name) >= minPart && strings.HasSuffix(heading, name)
		}) && fit(t, i, spec) >= 50
	default:
		return looks(t, i, spec)
	}
}

// looks reports whether a column's content alone makes it the field.
func looks(t *Table, i int, spec spec) bool {
	const most = 80
	switch spec.field { //nolint:exhaustive // Others have nothing about them to be known by.
	case fieldID:
		seen := make(map[string]bool)
		for _, row := range t.Sample() {
			seen[row.cell(i)] = true
		}
		return spec.required && len(t.Sample()) > 1 && len(seen) == len(t.Sample()) && !seen[""] && share(t, i, isDate) < most
	case coaching.FieldStage, fieldFate:
		return share(t, i, func(text string) bool { return fateOf(text) != "" }) >= 50
	case coaching.FieldOwner:
		return share(t, i, func(text string) bool { return strings.Contains(text, "@") }) >= most
	case coaching.FieldReceivedOn, coaching.FieldDoneOn:
		return share(t, i, isDate) >= most
	default:
		return false
	}
}

// fit returns how much of a column reads as the field's form, in percent.
func fit(t *Table, i int, spec spec) int {
	switch spec.form { //nolint:exhaustive // Text is text.
	case coaching.FormDate:
		return share(t, i, isDate)
	case coaching.FormAmount, coaching.FormScore, coaching.FormCount:
		return share(t, i, isAmount)
	default:
		return 100
	}
}

// share returns how much of a column's filled cells something holds of, in
// percent; of a column without any it is all.
func share(t *Table, i int, holds func(string) bool) int {
	filled, held := 0, 0
	for _, row := range t.Sample() {
		if text := row.cell(i); text != "" {
			filled++
			if holds(text) {
				held++
			}
		}
	}
	if filled == 0 {
		return 100
	}
	return 100 * held / filled
}

func isDate(text string) bool {
	_, reason := coaching.ParseWrittenDate(text, coaching.DayFirst)
	_, other := coaching.ParseWrittenDate(text, coaching.MonthFirst)
	return reason == "" || other == ""
}

func isAmount(text string) bool {
	_, reason := coaching.ParseWrittenAmount(text, coaching.MarkPoint)
	_, other := coaching.ParseWrittenAmount(text, coaching.MarkComma)
	return reason == "" || other == ""
}
