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

// richText writes a rich text block on a sheet until the block's room is used
// up. A sheet has one at a time.
type richText struct {
	sheet *sheet
	room  int
}

func (s *sheet) richText() richText { return richText{sheet: s, room: maxText} }

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
	r.span(text, style)
}

// span adds text, room or not.
func (r *richText) span(text string, style *slackapi.RichTextSectionTextStyle) {
	r.sheet.spanRows.add(r.sheet.spans.keep(slackapi.RichTextSectionTextElement{Type: slackapi.RTSEText, Text: text, Style: style}))
}

func (r *richText) element(element slackapi.RichTextSectionElement, size int) {
	if r.room -= size; r.room >= 0 {
		r.sheet.spanRows.add(element)
	}
}

// isEmpty reports whether nothing was added since the last section.
func (r *richText) isEmpty() bool { return r.sheet.spanRows.isEmpty() }

// section ends a section, unless it is empty.
func (r *richText) section() {
	if !r.isEmpty() {
		r.sheet.lineRows.add(r.sheet.lines.keep(slackapi.RichTextSection{Type: slackapi.RTESection, Elements: r.sheet.spanRows.take()}))
	}
}

// end lays the block below the others, unless it is empty.
func (r *richText) end() {
	if r.section(); !r.sheet.lineRows.isEmpty() {
		r.sheet.add(r.sheet.richTexts.keep(slackapi.RichTextBlock{Type: slackapi.MBTRichText, Elements: r.sheet.lineRows.take()}))
	}
}

// endList is end where each section is an item of a list.
func (r *richText) endList() {
	if r.section(); !r.sheet.lineRows.isEmpty() {
		items := r.sheet.lineRows.take()
		r.sheet.lineRows.add(r.sheet.lists.keep(bulletList{Type: slackapi.RTEList, Style: slackapi.RTEListBullet, Elements: items}))
		r.end()
	}
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
