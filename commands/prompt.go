package commands

import "strings"

// Prompt is a step of a dialog: what it asks and how that may be answered. The
// reply's parts say why it is asked; where a platform shows forms in a window
// of their own, they stand above the fields.
//
// The answer comes back as a request with [ActionAnswer], the token as its
// value and the fields' answers. Whoever forges one gains nothing: the dialog,
// its step and what the member may do are looked up each time.
type Prompt struct {
	// Token names the dialog and its step, in at most 60 bytes.
	Token string
	// Title heads the window that a form opens in, at best in 24 characters.
	Title string
	// Fields are one to five, by the least that a platform has room for. A
	// prompt of a single [PickOne] may be answered by pressing.
	Fields []Field
	// Submit is the label of what sends the answers.
	Submit string
	// Back and Drop are the labels of the ways out, empty where there is none.
	Back, Drop string
}

// Field is a part of a [Prompt] that one answers.
type Field struct {
	// Name is what the answer is found under, in lower-case letters and _.
	Name string
	Kind FieldKind
	// Label is the question, Hint what helps to answer it; Placeholder is an
	// example that stands in the empty field.
	Label, Hint, Placeholder string
	// Choices are at most 25, for [PickOne] and [PickMany].
	Choices []Choice
	// Value is the answer to begin with; Values are those of a [PickMany].
	Value  string
	Values []string
	// Optional fields may be left empty.
	Optional bool
	// Limit is the most characters that a text may have; 0 means a line's 150
	// or a paragraph's 2,000.
	Limit int
	// Error says what is wrong with the value and what to do; it is shown at
	// the field.
	Error string
}

// FieldKind is how a field is answered.
type FieldKind string

// The kinds of fields.
const (
	LineField  FieldKind = "line"      // a line of text
	AreaField  FieldKind = "area"      // a paragraph
	PickOne    FieldKind = "pick_one"  // one of the choices
	PickMany   FieldKind = "pick_many" // some of the choices
	PickMember FieldKind = "member"    // a member; the answer is their id
	PickDay    FieldKind = "day"       // a date; the answer is YYYY-MM-DD
)

// Choice is one of several answers.
type Choice struct {
	Label string
	// Value is at most 75 bytes.
	Value string
	// Hint explains the choice where there is room for it; it may be empty.
	Hint string
}

// The actions of prompts. Their value is the prompt's token.
const (
	ActionAnswer = "dialog_answer" // the fields' answers come with it
	ActionBack   = "dialog_back"   // the step before
	ActionDrop   = "dialog_drop"   // end it without a result
	// ActionOpen asks for the step once more: it is on the button that opens a
	// form where one cannot be shown straight away.
	ActionOpen = "dialog_open"
)

// Converses reports whether an action is one of a dialog's: to answer it, to
// leave it, to find another way through it. To begin one is not.
func Converses(action string) bool {
	return strings.HasPrefix(action, "dialog_") && action != actionBegin
}

// HasErrors reports whether a field's answer has to be mended.
func (p *Prompt) HasErrors() bool {
	for _, field := range p.Fields {
		if field.Error != "" {
			return true
		}
	}
	return false
}
