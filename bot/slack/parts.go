package slack

import (
	"strconv"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// The marks of checks, each on a line of its own.
const (
	newLine  = "\n"
	doneMark = newLine + "✅ "
	openMark = newLine + "⬜ "
)

// divider is the same wherever it stands: nothing marks or numbers it.
var divider = slackapi.NewDividerBlock()

// parts lays out what a reply says. Parts that say nothing have no block.
func (s *sheet) parts(parts []commands.Part) {
	headed, rows := false, 0
	for _, part := range parts {
		switch part := part.(type) {
		case commands.Heading:
			s.heading(part.Line, !headed)
			headed = true
		case commands.Text:
			s.text(part.Line, nil)
		case commands.List:
			s.list(part.Items)
		case commands.Checks:
			s.checks(part.Items)
		case commands.Facts:
			s.facts(part.Items)
		case commands.Meter:
			s.meter(part)
		case commands.Note:
			if object := textObject("", part.Line, maxText); object.Text != "" {
				s.context(object)
			}
		case picture:
			s.add(part.block())
		case commands.Chart:
			s.inWords(part, !headed)
			headed = true
		case commands.Row:
			rows++
			s.rowOf(part.Buttons, rows)
		case commands.Divider:
			s.add(divider)
		}
	}
}

// text is a line of running text, in a style where it has none of its own.
func (s *sheet) text(line commands.Line, style *slackapi.RichTextSectionTextStyle) {
	text := s.richText()
	text.line(line, style)
	text.end()
}

// heading is a header block for the message's own heading. Those of its parts
// are bold text, because a message of many headers looks like a form.
func (s *sheet) heading(line commands.Line, first bool) {
	if !first {
		s.text(line, boldStyle)
		return
	}
	if text := plainText(line); text != "" {
		object := s.objects.keep(plainObject(text, maxHeader))
		s.add(s.headers.keep(slackapi.HeaderBlock{Type: slackapi.MBTHeader, Text: object}))
	}
}

func (s *sheet) list(items []commands.Line) {
	text := s.richText()
	for i, item := range items {
		if text.room <= 0 || i == maxItems {
			text.span(moreText(len(items)-i), nil)
			break
		}
		text.line(item, nil)
		text.section()
	}
	text.endList()
}

// bulletList is a list. The library's own also sends an offset, which Slack's
// published types do not have.
type bulletList struct {
	Type     slackapi.RichTextElementType     `json:"type"`
	Style    slackapi.RichTextListElementType `json:"style"`
	Elements []slackapi.RichTextElement       `json:"elements"`
}

// RichTextElementType returns the type of the element.
func (l *bulletList) RichTextElementType() slackapi.RichTextElementType { return l.Type }

// checks are lines of one section: a list would put a bullet before each mark.
func (s *sheet) checks(items []commands.Check) {
	text := s.richText()
	for i, item := range items {
		if text.room <= 0 || i == maxItems {
			text.span(newLine+moreText(len(items)-i), nil)
			break
		}
		mark := openMark
		if item.Done {
			mark = doneMark
		}
		if i == 0 {
			mark = mark[len(newLine):]
		}
		text.text(mark, nil)
		text.line(item.Line, nil)
		if len(item.Hint) > 0 {
			text.text(newLine, nil)
			text.line(item.Hint, hintStyle)
		}
	}
	text.end()
}

// facts are fields, which Slack shows in two columns.
func (s *sheet) facts(items []commands.Fact) {
	for len(items) > 0 {
		row := items[:min(maxFields, len(items))]
		items = items[len(row):]
		for _, fact := range row {
			if field := textObject(fact.Label, fact.Value, maxField); field.Text != "" {
				s.objectRows.add(s.objects.keep(field))
			}
		}
		if fields := s.objectRows.take(); len(fields) > 0 {
			s.add(s.sections.keep(slackapi.SectionBlock{Type: slackapi.MBTSection, Fields: fields}))
		}
	}
}

// meter is its label above a bar. The bar is plain text: in the face for code
// Slack would make it red, which reads as bad news.
func (s *sheet) meter(part commands.Meter) {
	text := s.richText()
	// The bar must not fall victim to a long label.
	text.room -= meterCells + len(" >9999%") + 1
	text.line(part.Label, nil)
	text.room = maxText
	if !text.isEmpty() {
		text.text(newLine, nil)
	}
	text.text(bar(part), nil)
	if percents := percent(part.Share); percents != "" {
		text.text(" "+percents, boldStyle)
	}
	text.end()
}

// context adds small print.
func (s *sheet) context(object slackapi.TextBlockObject) { s.add(s.contextOf(object)) }

func (s *sheet) contextOf(object slackapi.TextBlockObject) slackapi.Block {
	s.objectRows.add(s.objects.keep(object))
	return s.contexts.keep(rowBlock[*slackapi.TextBlockObject]{Type: slackapi.MBTContext, Elements: s.objectRows.take()})
}

// rowBlock is an actions or context block with elements of one kind. The
// library's own encode their elements apart and go over the result again,
// which is a quarter of the time that rendering takes.
type rowBlock[Element any] struct {
	Type slackapi.MessageBlockType `json:"type"`
	// BlockID is empty where Slack may make one.
	BlockID  string    `json:"block_id,omitempty"`
	Elements []Element `json:"elements"`
}

// BlockType returns the type of the block.
func (r *rowBlock[Element]) BlockType() slackapi.MessageBlockType { return r.Type }

// mark makes the block one of direct messages.
func (r *rowBlock[Element]) mark(number int) {
	if r.Type != slackapi.MBTAction {
		return
	}
	if r.BlockID == "" {
		r.BlockID = strconv.Itoa(number)
	}
	r.BlockID = firstBytes(talkPrefix+r.BlockID, maxBlockID)
}

// ID returns the id of the block.
func (r *rowBlock[Element]) ID() string { return r.BlockID }
