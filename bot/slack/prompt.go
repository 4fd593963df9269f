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

// talk marks the blocks that are pressed as those of direct messages. Those
// without an id of their own are numbered, first the ones below what is said.
func (s *sheet) talk(said int) {
	below := len(s.blocks) - said
	for i, block := range s.blocks {
		if row, pressed := block.(interface{ mark(number int) }); pressed {
			row.mark((i + below) % len(s.blocks))
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

// prompt lays a prompt out as blocks of a message. In direct messages a single
// text is answered by writing it.
func (s *sheet) prompt(prompt *commands.Prompt, direct bool) {
	sends := false
	switch field, alone := single(prompt); {
	case alone && field.Kind == commands.PickOne && len(field.Choices) > 0:
		s.press(prompt.Token, field)
	case alone && direct && (field.Kind == commands.LineField || field.Kind == commands.AreaField):
		s.question(field)
	default:
		s.fields(prompt)
		sends = true
	}
	s.ways(prompt, sends)
}

// single returns the only field of a prompt.
func single(prompt *commands.Prompt) (commands.Field, bool) {
	if len(prompt.Fields) != 1 {
		return commands.Field{}, false
	}
	return prompt.Fields[0], true
}

// question asks what is answered in words.
func (s *sheet) question(field commands.Field) {
	text := s.richText()
	text.text(orEllipsis(clean(field.Label)), boldStyle)
	text.end()
	s.wrong(field)
	for _, help := range []string{field.Hint, field.Placeholder} {
		if help = clean(help); help != "" {
			s.context(plainObject(help, maxText))
		}
	}
}

// press asks a question whose answers can be pressed, or chosen from a select
// where there are many.
func (s *sheet) press(token string, field commands.Field) {
	text := s.richText()
	text.text(orEllipsis(clean(field.Label)), boldStyle)
	for _, choice := range field.Choices[:min(len(field.Choices), maxPressed)] {
		if hint := clean(choice.Hint); hint != "" {
			text.text("\n"+clean(choice.Label)+" – "+hint, nil)
		}
	}
	text.end()
	s.wrong(field)
	if hint := clean(field.Hint); hint != "" {
		s.context(plainObject(hint, maxText))
	}
	if len(field.Choices) > maxPressed {
		element := selectElement(field)
		element.ActionID = commands.ActionAnswer
		s.add(&rowBlock[*slackapi.SelectBlockElement]{
			Type: slackapi.MBTAction, BlockID: askID(token, field.Name), Elements: []*slackapi.SelectBlockElement{element},
		})
		return
	}
	for i, choice := range field.Choices {
		button := commands.Button{Label: choice.Label, Action: commands.ActionAnswer, Value: choice.Value}
		if choice.Value == field.Value && field.Value != "" {
			button.Look = commands.Primary
		}
		s.button(button, i)
	}
	s.action(askID(token, field.Name))
}

// fields lays the fields out as input blocks, each with its error below.
func (s *sheet) fields(prompt *commands.Prompt) {
	for _, field := range prompt.Fields[:min(len(prompt.Fields), maxPromptFields)] {
		s.add(inputBlock(prompt.Token, field))
		s.wrong(field)
	}
}

// wrong says what is wrong with a field.
func (s *sheet) wrong(field commands.Field) {
	if wrong := clean(field.Error); wrong != "" {
		s.context(plainObject(errorMark+wrong, maxText))
	}
}

// ways are the ways on and out of a prompt. A modal has a button of its own for
// sending the answers.
func (s *sheet) ways(prompt *commands.Prompt, sends bool) {
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
	s.buttonsOf(ways)
}
