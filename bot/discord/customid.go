package discord

import (
	"strings"

	"github.com/smallwins/smallwins/bot/plain"
)

// customID is what a button, a select or a form carries: the action and its
// value, and for the answer to a single question the field and the choice. It
// is written as
//
//	action|value
//	action/field|token           (a select: the choice comes with the press)
//	action/field|token|choice    (a button)
//
// and carries no authority: whoever forges one gains nothing. In direct messages
// it stands behind a [seal].
type customID struct {
	action, value string
	field, choice string
}

const (
	valueMark = "|"
	fieldMark = "/"
)

// String writes the id within Discord's limit, whole where the value keeps to
// its contract.
func (c customID) String() string {
	text := c.action
	if c.field != "" {
		text += fieldMark + c.field
	}
	text += valueMark + c.value
	if c.choice != "" {
		text += valueMark + c.choice
	}
	return plain.FirstBytes(text, maxCustomID)
}

// fits reports whether the id is carried whole.
func (c customID) fits() bool { return c.size() <= maxCustomID }

func (c customID) size() int {
	size := len(c.action) + len(valueMark) + len(c.value)
	if c.field != "" {
		size += len(fieldMark) + len(c.field)
	}
	if c.choice != "" {
		size += len(valueMark) + len(c.choice)
	}
	return size
}

// parseCustomID reads an id; ok is false for one that is none of ours.
func parseCustomID(text string) (id customID, ok bool) {
	head, value, found := strings.Cut(text, valueMark)
	if !found || len(text) > maxCustomID {
		return customID{}, false
	}
	id.action, id.field, _ = strings.Cut(head, fieldMark)
	id.value = value
	if id.field != "" {
		id.value, id.choice, _ = strings.Cut(value, valueMark)
	}
	return id, id.action != ""
}
