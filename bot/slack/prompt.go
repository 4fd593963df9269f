package slack

import (
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// Prompts are rendered twice: as a modal, whose fields are input blocks and
// whose submission answers them, and as blocks of a message, where a single
// choice is pressed and all else is filled in and sent by a button. Both name
// the block of a field after the field and the prompt, so that an answer is
// known for what it answers and Slack carries nothing that was typed in one
// step over into the next.

// askPrefix begins the id of every block that holds a field.
const askPrefix = "ask:"

// maxPressed is up to how many choices are shown as buttons or in full; more
// are a select.
const maxPressed = 10

// errorMark stands before what is wrong with a field.
const errorMark = "⚠ "

// talkPrefix begins the ids of the blocks that are pressed in direct messages
// with the bot. By the channel alone those cannot be told from direct messages
// between two people.
const talkPrefix = "talk:"

// talking marks the blocks that are pressed as those of direct messages. Those
// without an id of their own are numbered from first.
func talking(blocks []slackapi.Block, first int) {
	for i, block := range blocks {
		if row, pressed := block.(interface{ mark(number int) }); pressed {
			row.mark(first + i)
		}
	}
}

// askID names the block of a field.
func askID(token, field string) string {
	return firstBytes(askPrefix+field+":"+token, maxBlockID)
}

// askedBy reads the id of a field's block.
func askedBy(blockID string) (token, field string, found bool) {
	rest, found := strings.CutPrefix(blockID, askPrefix)
	if !found {
		return "", "", false
	}
	field, token, found = strings.Cut(rest, ":")
	return token, field, found && field != "" && token != ""
}

// messageBlocks returns a prompt as blocks of a message. In direct messages a
// single text is answered by writing it.
func messageBlocks(prompt *commands.Prompt, direct bool) []slackapi.Block {
	var blocks []slackapi.Block
	sends := false
	switch field, alone := single(prompt); {
	case alone && field.Kind == commands.PickOne && len(field.Choices) > 0:
		blocks = pressBlocks(prompt.Token, field)
	case alone && direct && (field.Kind == commands.LineField || field.Kind == commands.AreaField):
		blocks = questionBlocks(field)
	default:
		blocks = fieldBlocks(prompt)
		sends = true
	}
	return append(blocks, wayBlocks(prompt, sends)...)
}

// single returns the only field of a prompt.
func single(prompt *commands.Prompt) (commands.Field, bool) {
	if len(prompt.Fields) != 1 {
		return commands.Field{}, false
	}
	return prompt.Fields[0], true
}

// questionBlocks ask a question that is answered in words.
func questionBlocks(field commands.Field) []slackapi.Block {
	text := newRichText(1)
	text.text(orEllipsis(clean(field.Label)), boldStyle)
	blocks := append(text.block(), errorBlocks(field)...)
	for _, help := range []string{field.Hint, field.Placeholder} {
		if help = clean(help); help != "" {
			blocks = append(blocks, contextBlock(plainObject(help, maxText)))
		}
	}
	return blocks
}

// pressBlocks ask a question whose answers can be pressed, or chosen from a
// select where there are many.
func pressBlocks(token string, field commands.Field) []slackapi.Block {
	text := newRichText(1 + 2*len(field.Choices))
	text.text(orEllipsis(clean(field.Label)), boldStyle)
	for _, choice := range field.Choices[:min(len(field.Choices), maxPressed)] {
		if hint := clean(choice.Hint); hint != "" {
			text.text("\n"+clean(choice.Label)+" – "+hint, nil)
		}
	}
	blocks := append(text.block(), errorBlocks(field)...)
	if hint := clean(field.Hint); hint != "" {
		blocks = append(blocks, contextBlock(plainObject(hint, maxText)))
	}
	if len(field.Choices) > maxPressed {
		element := selectElement(field)
		element.ActionID = commands.ActionAnswer
		return append(blocks, &rowBlock[*slackapi.SelectBlockElement]{
			Type: slackapi.MBTAction, BlockID: askID(token, field.Name), Elements: []*slackapi.SelectBlockElement{element},
		})
	}
	elements := make([]*slackapi.ButtonBlockElement, len(field.Choices))
	for i, choice := range field.Choices {
		button := commands.Button{Label: choice.Label, Action: commands.ActionAnswer, Value: choice.Value}
		if choice.Value == field.Value && field.Value != "" {
			button.Look = commands.Primary
		}
		elements[i] = buttonElement(button, i)
	}
	return append(blocks, &rowBlock[*slackapi.ButtonBlockElement]{
		Type: slackapi.MBTAction, BlockID: askID(token, field.Name), Elements: elements,
	})
}

// fieldBlocks returns the fields as input blocks, each with its error below.
func fieldBlocks(prompt *commands.Prompt) []slackapi.Block {
	blocks := make([]slackapi.Block, 0, 2*len(prompt.Fields))
	for _, field := range prompt.Fields[:min(len(prompt.Fields), maxPromptFields)] {
		blocks = append(blocks, inputBlock(prompt.Token, field))
		blocks = append(blocks, errorBlocks(field)...)
	}
	return blocks
}

func errorBlocks(field commands.Field) []slackapi.Block {
	if wrong := clean(field.Error); wrong != "" {
		return []slackapi.Block{contextBlock(plainObject(errorMark+wrong, maxText))}
	}
	return nil
}

// wayBlocks are the ways on and out of a prompt. A modal has a button of its
// own for sending the answers.
func wayBlocks(prompt *commands.Prompt, sends bool) []slackapi.Block {
	var ways []commands.Button
	if sends {
		ways = append(ways, commands.Button{
			Label: prompt.Submit, Action: commands.ActionAnswer, Value: prompt.Token, Look: commands.Primary,
		})
	}
	if prompt.Back != "" {
		ways = append(ways, commands.Button{Label: prompt.Back, Action: commands.ActionBack, Value: prompt.Token})
	}
	if prompt.Drop != "" {
		ways = append(ways, commands.Button{Label: prompt.Drop, Action: commands.ActionDrop, Value: prompt.Token})
	}
	return buttonBlocks(ways)
}
