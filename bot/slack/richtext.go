package slack

import (
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// Rich text is how running text is sent: its text elements are literal, so
// nothing has to be escaped and nothing can act.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

var (
	boldStyle   = &slackapi.RichTextSectionTextStyle{Bold: true}
	codeStyle   = &slackapi.RichTextSectionTextStyle{Code: true}
	struckStyle = &slackapi.RichTextSectionTextStyle{Strike: true}
	hintStyle   = &slackapi.RichTextSectionTextStyle{Italic: true}
)

// richText collects elements until a block's room is used up.
type richText struct {
	elements []slackapi.RichTextSectionElement
	room     int
}

func newRichText(spans int) richText {
	return richText{elements: make([]slackapi.RichTextSectionElement, 0, spans), room: maxText}
}

// line adds a line; style stands in where a span has none of its own.
func (r *richText) line(line commands.Line, style *slackapi.RichTextSectionTextStyle) {
	for _, span := range line {
		switch {
		case span.Ping && isID(string(span.Member)):
			r.element(slackapi.NewRichTextSectionUserElement(string(span.Member), nil), len(span.Member))
		case isID(string(span.Channel)):
			r.element(slackapi.NewRichTextSectionChannelElement(string(span.Channel), nil), len(span.Channel))
		default:
			r.text(nameOf(span), richStyle(span.Style, style))
		}
	}
}

// text adds clean text as far as there is room. Past that, nothing is added.
func (r *richText) text(text string, style *slackapi.RichTextSectionTextStyle) {
	if text == "" || r.room <= 0 {
		return
	}
	text = truncate(text, r.room)
	r.room -= length(text)
	r.elements = append(r.elements, slackapi.NewRichTextSectionTextElement(text, style))
}

func (r *richText) element(element slackapi.RichTextSectionElement, size int) {
	if r.room -= size; r.room >= 0 {
		r.elements = append(r.elements, element)
	}
}

// section returns what was collected since the last call.
func (r *richText) section() *slackapi.RichTextSection {
	section := slackapi.NewRichTextSection(r.elements...)
	r.elements = nil
	return section
}

func richStyle(style commands.Style, otherwise *slackapi.RichTextSectionTextStyle) *slackapi.RichTextSectionTextStyle {
	switch style {
	case commands.Strong:
		return boldStyle
	case commands.Code:
		return codeStyle
	case commands.Struck:
		return struckStyle
	}
	return otherwise
}

// nameOf returns the clean text of a span, or the id of what it stands for if
// nobody gave it a name.
func nameOf(span commands.Span) string {
	text := clean(span.Text)
	switch {
	case text != "":
	case span.Member != "":
		return clean("@" + string(span.Member))
	case span.Channel != "":
		return clean("#" + string(span.Channel))
	}
	return text
}

// plainText returns a line without any style.
func plainText(line commands.Line) string {
	if len(line) == 1 {
		return nameOf(line[0])
	}
	var text strings.Builder
	for _, span := range line {
		text.WriteString(nameOf(span))
	}
	return text.String()
}
