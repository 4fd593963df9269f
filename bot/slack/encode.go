package slack

import (
	"encoding/json"
	"fmt"
	"strconv"

	slackapi "github.com/slack-go/slack"
)

// Answers are written as JSON by hand: encoding/json would find its way through
// the library's types by reflection, field by optional field, and take more time
// than all else that an answer costs. It is still the measure, for a test holds
// the two together, and the way out for what is not among the few types here.

func appendAnswer(to []byte, answer answer) ([]byte, error) {
	to = append(to, '{')
	if answer.ResponseType != "" {
		to = append(appendQuoted(append(to, `"response_type":`...), answer.ResponseType), ',')
	}
	to = strconv.AppendBool(append(to, `"replace_original":`...), answer.ReplaceOriginal)
	to = appendQuoted(append(to, `,"text":`...), answer.Text)
	to, err := appendArray(append(to, `,"blocks":`...), answer.Blocks, appendBlock)
	return append(to, '}'), err
}

func appendBlock(to []byte, block slackapi.Block) ([]byte, error) {
	var err error
	switch block := block.(type) {
	case *slackapi.DividerBlock:
		return append(to, `{"type":"divider"}`...), nil
	case *slackapi.HeaderBlock:
		to, err = appendTextObject(append(to, `{"type":"header","text":`...), block.Text)
	case *slackapi.SectionBlock:
		to, err = appendArray(append(to, `{"type":"section","fields":`...), block.Fields, appendTextObject)
	case *slackapi.RichTextBlock:
		to, err = appendArray(append(to, `{"type":"rich_text","elements":`...), block.Elements, appendRichElement)
	case *rowBlock[*slackapi.TextBlockObject]:
		to, err = appendArray(append(appendBlockID(append(to, `{"type":"context"`...), block.BlockID), `,"elements":`...), block.Elements, appendTextObject)
	case *rowBlock[*slackapi.ButtonBlockElement]:
		to, err = appendArray(append(appendBlockID(append(to, `{"type":"actions"`...), block.BlockID), `,"elements":`...), block.Elements, appendButton)
	default:
		return appendOther(to, block)
	}
	return append(to, '}'), err
}

func appendBlockID(to []byte, id string) []byte {
	if id == "" {
		return to
	}
	return appendQuoted(append(to, `,"block_id":`...), id)
}

func appendTextObject(to []byte, object *slackapi.TextBlockObject) ([]byte, error) {
	to = appendQuoted(append(to, `{"type":`...), object.Type)
	to = appendQuoted(append(to, `,"text":`...), object.Text)
	if object.Emoji != nil {
		to = strconv.AppendBool(append(to, `,"emoji":`...), *object.Emoji)
	}
	if object.Verbatim {
		to = append(to, `,"verbatim":true`...)
	}
	return append(to, '}'), nil
}

func appendButton(to []byte, button *slackapi.ButtonBlockElement) ([]byte, error) {
	to, err := appendTextObject(append(to, `{"type":"button","text":`...), button.Text)
	to = appendQuoted(append(to, `,"action_id":`...), button.ActionID)
	if button.Value != "" {
		to = appendQuoted(append(to, `,"value":`...), button.Value)
	}
	if button.Style != "" {
		to = appendQuoted(append(to, `,"style":`...), string(button.Style))
	}
	return append(to, '}'), err
}

func appendRichElement(to []byte, element slackapi.RichTextElement) ([]byte, error) {
	var err error
	switch element := element.(type) {
	case *slackapi.RichTextSection:
		to, err = appendArray(append(to, `{"type":"rich_text_section","elements":`...), element.Elements, appendRichText)
	case *bulletList:
		to, err = appendArray(append(to, `{"type":"rich_text_list","style":"bullet","elements":`...), element.Elements, appendRichElement)
	default:
		return appendOther(to, element)
	}
	return append(to, '}'), err
}

func appendRichText(to []byte, element slackapi.RichTextSectionElement) ([]byte, error) {
	var text *slackapi.RichTextSectionTextElement
	switch element := element.(type) {
	case *slackapi.RichTextSectionTextElement:
		text = element
	case *slackapi.RichTextSectionUserElement:
		return append(appendQuoted(append(to, `{"type":"user","user_id":`...), element.UserID), '}'), nil
	case *slackapi.RichTextSectionChannelElement:
		return append(appendQuoted(append(to, `{"type":"channel","channel_id":`...), element.ChannelID), '}'), nil
	default:
		return appendOther(to, element)
	}
	to = appendQuoted(append(to, `{"type":"text","text":`...), text.Text)
	switch text.Style {
	case nil:
	case boldStyle:
		to = append(to, `,"style":{"bold":true}`...)
	case codeStyle:
		to = append(to, `,"style":{"code":true}`...)
	case struckStyle:
		to = append(to, `,"style":{"strike":true}`...)
	case hintStyle:
		to = append(to, `,"style":{"italic":true}`...)
	}
	return append(to, '}'), nil
}

// appendArray appends elements, each in its way.
func appendArray[E any](to []byte, elements []E, element func([]byte, E) ([]byte, error)) ([]byte, error) {
	to = append(to, '[')
	for i, e := range elements {
		if i > 0 {
			to = append(to, ',')
		}
		var err error
		if to, err = element(to, e); err != nil {
			return to, err
		}
	}
	return append(to, ']'), nil
}

// appendOther leaves it to encoding/json.
func appendOther(to []byte, value any) ([]byte, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return to, fmt.Errorf("encode %T: %w", value, err)
	}
	return append(to, encoded...), nil
}
