package slack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// answer is the body that answers a command, right away or later.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
type answer struct {
	ResponseType    string           `json:"response_type,omitempty"`
	ReplaceOriginal bool             `json:"replace_original"`
	Text            string           `json:"text"`
	Blocks          []slackapi.Block `json:"blocks"`
}

// renderAnswer appends a reply as an answer, or nothing for one that says
// nothing.
func renderAnswer(to []byte, request commands.Request, reply commands.Reply) ([]byte, error) {
	sheet := sheets.Get().(*sheet)
	defer sheet.release()
	answer := sheet.answer(reply, addressOf(request).talk)
	if len(answer.Blocks) == 0 {
		return to, nil
	}
	to, err := appendAnswer(to, answer)
	if err != nil {
		return nil, fmt.Errorf("slack: render answer: %w", err)
	}
	return to, nil
}

// answer returns the answer that a reply makes; talk says that it goes to
// direct messages with the bot, where it stays.
func (s *sheet) answer(reply commands.Reply, talk bool) answer {
	answer := answer{ReplaceOriginal: reply.Replace, Text: fallback(reply), Blocks: s.fitted(reply, talk)}
	switch {
	case reply.Shared, talk && !reply.Replace:
		answer.ResponseType = slackapi.ResponseTypeInChannel
	case !reply.Replace: // a replaced message stays where it was
		answer.ResponseType = slackapi.ResponseTypeEphemeral
	}
	return answer
}

// fallback is the text for notifications and screen readers. It is read as
// mrkdwn, so what would act is escaped.
func fallback(reply commands.Reply) string {
	text := clean(reply.Summary())
	if text == "" && reply.Prompt != nil && len(reply.Parts) == 0 {
		text = clean(reply.Prompt.Title)
	}
	if text == "" {
		text = firstWords(reply)
	}
	return escape(truncate(text, maxFallback))
}

// firstWords finds something to say for a reply without a summary: Slack wants
// a text beside all blocks.
func firstWords(reply commands.Reply) string {
	for _, part := range reply.Parts {
		var line commands.Line
		switch part := part.(type) {
		case commands.List:
			if len(part.Items) > 0 {
				line = part.Items[0]
			}
		case commands.Checks:
			if len(part.Items) > 0 {
				line = part.Items[0].Line
			}
		case commands.Facts:
			if len(part.Items) > 0 {
				return clean(part.Items[0].Label) + ": " + plainText(part.Items[0].Value)
			}
		case commands.Note:
			line = part.Line
		case picture:
			return clean(part.Title)
		}
		if text := plainText(line); text != "" {
			return text
		}
	}
	return ellipsis
}

// fitted returns a reply's blocks with its prompt, at most as many as a message
// takes. Direct says that it goes to the member's own channel with the bot.
func (s *sheet) fitted(reply commands.Reply, direct bool) []slackapi.Block {
	said, below := s.lay(reply, direct)
	said = s.cut(said, maxBlocks-below)
	if direct {
		s.talk(said)
	}
	return s.blocks
}

// lay lays out all of a reply: how many blocks say its parts, and how many
// stand below them, to be pressed and filled in.
func (s *sheet) lay(reply commands.Reply, direct bool) (said, below int) {
	s.parts(reply.Parts)
	said = len(s.blocks)
	if reply.Prompt != nil {
		s.prompt(reply.Prompt, direct)
	}
	s.buttonsOf(reply.Buttons)
	return said, len(s.blocks) - said
}

// postBlocks returns the blocks for a post, which has a limit on their sum too.
func postBlocks(reply commands.Reply, direct bool) ([]slackapi.Block, error) {
	const noteSize = 100 // of the note that says what was left out
	var sheet sheet
	said, below := sheet.lay(reply, direct)
	room := maxPost - noteSize
	for _, block := range sheet.blocks[said:] {
		size, err := sizeOf(block)
		if err != nil {
			return nil, err
		}
		room -= size
	}
	said = sheet.cut(said, maxBlocks-below)
	for i, block := range sheet.blocks[:said] {
		size, err := sizeOf(block)
		if err != nil {
			return nil, err
		}
		if room -= size; room < 0 {
			said = sheet.leaveOut(i, said)
			break
		}
	}
	if direct {
		sheet.talk(said)
	}
	return sheet.blocks, nil
}

// sizeOf counts a block's JSON and the comma behind it.
func sizeOf(block slackapi.Block) (int, error) {
	var encoded strings.Builder
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(block); err != nil {
		return 0, fmt.Errorf("slack: render post: %w", err)
	}
	return length(encoded.String()), nil
}

// moreText says that something goes on, the same in every language.
func moreText(count int) string { return ellipsis + " +" + strconv.Itoa(count) }

// buttonsOf lays buttons out in rows as long as Slack allows.
func (s *sheet) buttonsOf(buttons []commands.Button) {
	for i, button := range buttons[:min(len(buttons), maxButtonBlocks*maxButtons)] {
		if i > 0 && i%maxButtons == 0 {
			s.action("")
		}
		s.button(button, i)
	}
	s.action("")
}

// rowOf lays out a row of buttons among a reply's parts. Their numbers follow on
// those of the reply's own buttons and of the rows before.
func (s *sheet) rowOf(buttons []commands.Button, row int) {
	first := maxButtonBlocks*maxButtons + (row-1)*maxRow
	for i, button := range buttons[:min(len(buttons), maxRow)] {
		s.button(button, first+i)
	}
	s.action("")
}

// action lays out the buttons since the last one as a block; there is none
// without a button.
func (s *sheet) action(blockID string) {
	if buttons := s.buttonRows.take(); len(buttons) > 0 {
		s.add(s.actions.keep(rowBlock[*slackapi.ButtonBlockElement]{Type: slackapi.MBTAction, BlockID: blockID, Elements: buttons}))
	}
}

// button adds a button to the next block of them.
func (s *sheet) button(button commands.Button, number int) {
	label := clean(button.Label)
	if label == "" {
		label = ellipsis // Slack refuses an empty one
	}
	element := slackapi.ButtonBlockElement{
		Type:     slackapi.METButton,
		Text:     s.objects.keep(plainObject(label, maxLabel)),
		ActionID: numbered(button.Action, number),
		Value:    firstBytes(button.Value, maxValue),
	}
	switch button.Look {
	case commands.Primary:
		element.Style = slackapi.StylePrimary
	case commands.Danger:
		element.Style = slackapi.StyleDanger
	}
	s.buttonRows.add(s.buttons.keep(element))
}

// numbered makes an action's id unique within the message; the decoder takes the
// number off again.
func numbered(action string, number int) string {
	digits := strconv.Itoa(number)
	return firstBytes(action, maxActionID-len(actionSeparator)-len(digits)) + actionSeparator + digits
}

func firstBytes(text string, limit int) string { return plain.FirstBytes(text, limit) }
