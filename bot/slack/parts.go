package slack

import (
	"strconv"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// The marks of checks.
const (
	doneMark = "✅ "
	openMark = "⬜ "
)

// partBlocks returns the blocks for what a reply says. Parts that say nothing
// have none.
func partBlocks(parts []commands.Part) []slackapi.Block {
	blocks := make([]slackapi.Block, 0, len(parts)+4)
	headed, rows := false, 0
	for _, part := range parts {
		switch part := part.(type) {
		case commands.Heading:
			blocks = append(blocks, heading(part.Line, !headed)...)
			headed = true
		case commands.Text:
			text := newRichText(len(part.Line))
			text.line(part.Line, nil)
			blocks = append(blocks, text.block()...)
		case commands.List:
			blocks = append(blocks, list(part.Items)...)
		case commands.Checks:
			blocks = append(blocks, checks(part.Items)...)
		case commands.Facts:
			blocks = append(blocks, facts(part.Items)...)
		case commands.Meter:
			blocks = append(blocks, meter(part)...)
		case commands.Note:
			if object := textObject("", part.Line, maxText); object.Text != "" {
				blocks = append(blocks, contextBlock(object))
			}
		case picture:
			blocks = append(blocks, part.block())
		case commands.Chart:
			blocks = append(blocks, inWords(part, !headed)...)
			headed = true
		case commands.Row:
			rows++
			blocks = append(blocks, rowOf(part.Buttons, rows)...)
		case commands.Divider:
			blocks = append(blocks, slackapi.NewDividerBlock())
		}
	}
	return blocks
}

// block returns a rich text block of one section, or none if it is empty.
func (r *richText) block() []slackapi.Block {
	if len(r.elements) == 0 {
		return nil
	}
	return []slackapi.Block{slackapi.NewRichTextBlock("", r.section())}
}

// heading is a header block for the message's own heading. Those of its parts
// are bold text, because a message of many headers looks like a form.
func heading(line commands.Line, first bool) []slackapi.Block {
	if first {
		text := plainText(line)
		if text == "" {
			return nil
		}
		return []slackapi.Block{slackapi.NewHeaderBlock(plainObject(text, maxHeader))}
	}
	text := newRichText(len(line))
	text.line(line, boldStyle)
	return text.block()
}

func list(items []commands.Line) []slackapi.Block {
	text := newRichText(0)
	sections := make([]slackapi.RichTextElement, 0, min(len(items), maxItems+1))
	for i, item := range items {
		if text.room <= 0 || i == maxItems {
			text.elements = append(text.elements, slackapi.NewRichTextSectionTextElement(moreText(len(items)-i), nil))
			sections = append(sections, text.section())
			break
		}
		text.elements = make([]slackapi.RichTextSectionElement, 0, len(item))
		if text.line(item, nil); len(text.elements) > 0 {
			sections = append(sections, text.section())
		}
	}
	if len(sections) == 0 {
		return nil
	}
	return []slackapi.Block{slackapi.NewRichTextBlock("", &bulletList{Type: slackapi.RTEList, Style: slackapi.RTEListBullet, Elements: sections})}
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
func checks(items []commands.Check) []slackapi.Block {
	text := newRichText(4 * min(len(items), maxItems))
	for i, item := range items {
		if text.room <= 0 || i == maxItems {
			text.elements = append(text.elements, slackapi.NewRichTextSectionTextElement("\n"+moreText(len(items)-i), nil))
			break
		}
		mark := openMark
		if item.Done {
			mark = doneMark
		}
		if i > 0 {
			mark = "\n" + mark
		}
		text.text(mark, nil)
		text.line(item.Line, nil)
		if len(item.Hint) > 0 {
			text.text("\n", nil)
			text.line(item.Hint, hintStyle)
		}
	}
	return text.block()
}

// facts are fields, which Slack shows in two columns.
func facts(items []commands.Fact) []slackapi.Block {
	blocks := make([]slackapi.Block, 0, (len(items)+maxFields-1)/maxFields)
	for len(items) > 0 {
		row := items[:min(maxFields, len(items))]
		items = items[len(row):]
		fields := make([]*slackapi.TextBlockObject, 0, len(row))
		for _, fact := range row {
			if field := textObject(fact.Label, fact.Value, maxField); field.Text != "" {
				fields = append(fields, field)
			}
		}
		if len(fields) > 0 {
			blocks = append(blocks, slackapi.NewSectionBlock(nil, fields, nil))
		}
	}
	return blocks
}

// meter is its label above a bar. The bar is plain text: in the face for code
// Slack would make it red, which reads as bad news.
func meter(part commands.Meter) []slackapi.Block {
	text := newRichText(len(part.Label) + 3)
	// The bar must not fall victim to a long label.
	text.room -= meterCells + len(" >9999%") + 1
	text.line(part.Label, nil)
	text.room = maxText
	if len(text.elements) > 0 {
		text.text("\n", nil)
	}
	text.text(bar(part), nil)
	if percents := percent(part.Share); percents != "" {
		text.text(" "+percents, boldStyle)
	}
	return text.block()
}

func contextBlock(object *slackapi.TextBlockObject) slackapi.Block {
	return &rowBlock[*slackapi.TextBlockObject]{Type: slackapi.MBTContext, Elements: []*slackapi.TextBlockObject{object}}
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
