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

// renderAnswer returns nothing for a reply that says nothing.
func renderAnswer(request commands.Request, reply commands.Reply) ([]byte, error) {
	answer := answerOf(reply, addressOf(request).talk)
	if len(answer.Blocks) == 0 {
		return nil, nil
	}
	body, err := answer.encode()
	if err != nil {
		return nil, fmt.Errorf("slack: render answer: %w", err)
	}
	return body, nil
}

// answerOf returns the answer that a reply makes; talk says that it goes to
// direct messages with the bot, where it stays.
func answerOf(reply commands.Reply, talk bool) answer {
	answer := answer{ReplaceOriginal: reply.Replace, Text: fallback(reply), Blocks: fitted(reply, talk)}
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
func fitted(reply commands.Reply, direct bool) []slackapi.Block {
	below := belowBlocks(reply, direct)
	said := cut(partBlocks(reply.Parts), maxBlocks-len(below))
	if direct {
		talking(below, 0)
		talking(said, len(below))
	}
	return append(said, below...)
}

// belowBlocks are what stands below a reply's parts: what can be pressed and
// filled in.
func belowBlocks(reply commands.Reply, direct bool) []slackapi.Block {
	buttons := buttonBlocks(reply.Buttons)
	if reply.Prompt != nil {
		buttons = append(messageBlocks(reply.Prompt, direct), buttons...)
	}
	return buttons
}

// postBlocks returns the blocks for a post, which has a limit on their sum too.
func postBlocks(reply commands.Reply, direct bool) ([]slackapi.Block, error) {
	const noteSize = 100 // of the note that says what was left out
	buttons := belowBlocks(reply, direct)
	room := maxPost - noteSize
	for _, block := range buttons {
		size, err := sizeOf(block)
		if err != nil {
			return nil, err
		}
		room -= size
	}
	blocks := cut(partBlocks(reply.Parts), maxBlocks-len(buttons))
	for i, block := range blocks {
		size, err := sizeOf(block)
		if err != nil {
			return nil, err
		}
		if room -= size; room < 0 {
			blocks = leaveOut(blocks, i)
			break
		}
	}
	if direct {
		talking(buttons, 0)
		talking(blocks, len(buttons))
	}
	return append(blocks, buttons...), nil
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

// cut keeps to a number of blocks, the last of which then says how many were
// left out.
func cut(blocks []slackapi.Block, limit int) []slackapi.Block {
	if len(blocks) <= limit {
		return blocks
	}
	return leaveOut(blocks, limit-1)
}

// leaveOut keeps the first blocks and a note about the others.
func leaveOut(blocks []slackapi.Block, kept int) []slackapi.Block {
	note := contextBlock(plainObject(moreText(len(blocks)-kept), maxText))
	return append(blocks[:kept:kept], note)
}

// moreText says that something goes on, the same in every language.
func moreText(count int) string { return ellipsis + " +" + strconv.Itoa(count) }

// buttonBlocks returns the buttons in rows as long as Slack allows.
func buttonBlocks(buttons []commands.Button) []slackapi.Block {
	buttons = buttons[:min(len(buttons), maxButtonBlocks*maxButtons)]
	blocks := make([]slackapi.Block, 0, (len(buttons)+maxButtons-1)/maxButtons)
	for first := 0; first < len(buttons); first += maxButtons {
		row := buttons[first:min(first+maxButtons, len(buttons))]
		elements := make([]*slackapi.ButtonBlockElement, len(row))
		for i, button := range row {
			elements[i] = buttonElement(button, first+i)
		}
		blocks = append(blocks, &rowBlock[*slackapi.ButtonBlockElement]{Type: slackapi.MBTAction, Elements: elements})
	}
	return blocks
}

// rowOf returns the buttons of a row among a reply's parts. Their numbers follow
// on those of the reply's own buttons and of the rows before.
func rowOf(buttons []commands.Button, row int) []slackapi.Block {
	if len(buttons) == 0 {
		return nil
	}
	first := maxButtonBlocks*maxButtons + (row-1)*maxRow
	elements := make([]*slackapi.ButtonBlockElement, min(len(buttons), maxRow))
	for i := range elements {
		elements[i] = buttonElement(buttons[i], first+i)
	}
	return []slackapi.Block{&rowBlock[*slackapi.ButtonBlockElement]{Type: slackapi.MBTAction, Elements: elements}}
}

// buttonElement returns a button. Its number makes the action id unique within
// the message; the decoder takes it off again.
func buttonElement(button commands.Button, number int) *slackapi.ButtonBlockElement {
	label := clean(button.Label)
	if label == "" {
		label = ellipsis // Slack refuses an empty one
	}
	suffix := actionSeparator + strconv.Itoa(number)
	element := &slackapi.ButtonBlockElement{
		Type:     slackapi.METButton,
		Text:     plainObject(label, maxLabel),
		ActionID: firstBytes(button.Action, maxActionID-len(suffix)) + suffix,
		Value:    firstBytes(button.Value, maxValue),
	}
	switch button.Look {
	case commands.Primary:
		element.Style = slackapi.StylePrimary
	case commands.Danger:
		element.Style = slackapi.StyleDanger
	}
	return element
}

func firstBytes(text string, limit int) string { return plain.FirstBytes(text, limit) }
