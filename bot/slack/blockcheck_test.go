package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf16"
)

// checkBlocks reports every way in which blocks, as JSON, break what Slack
// publishes of the block types that the renderer uses. It is written from the
// documentation, apart from the renderer's own constants.
// https://docs.slack.dev/reference/block-kit/blocks
func checkBlocks(blocks []any) []string {
	c := &blockChecker{actionIDs: map[string]bool{}, blockIDs: map[string]bool{}}
	if len(blocks) > 50 {
		c.wrong("%d blocks", len(blocks))
	}
	for _, block := range blocks {
		c.block(object(block))
	}
	return append(c.problems, offContract("KnownBlock", blocks...)...)
}

type blockChecker struct {
	problems  []string
	actionIDs map[string]bool
	blockIDs  map[string]bool
	inputs    int
	// mentions and mrkdwn collect what acts, for tests to look at.
	mentions []string
	mrkdwn   []string
}

func (c *blockChecker) wrong(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

func (c *blockChecker) block(block map[string]any) {
	if id, has := block["block_id"].(string); has {
		if id == "" || units(id) > 255 || c.blockIDs[id] {
			c.wrong("block_id %q is empty, long or taken", id)
		}
		c.blockIDs[id] = true
	}
	switch kind := block["type"]; kind {
	case "header":
		c.only(block, "type", "text")
		c.text(object(block["text"]), 150, "plain_text")
	case "section":
		c.only(block, "type", "fields")
		fields := array(block["fields"])
		if len(fields) < 1 || len(fields) > 10 {
			c.wrong("%d fields", len(fields))
		}
		for _, field := range fields {
			c.text(object(field), 2000, "plain_text", "mrkdwn")
		}
	case "context":
		c.only(block, "type", "elements")
		elements := array(block["elements"])
		if len(elements) < 1 || len(elements) > 10 {
			c.wrong("%d context elements", len(elements))
		}
		for _, element := range elements {
			c.text(object(element), 3000, "plain_text", "mrkdwn")
		}
	case "actions":
		c.only(block, "type", "elements", "block_id")
		elements := array(block["elements"])
		if len(elements) < 1 || len(elements) > 25 {
			c.wrong("%d buttons in a block", len(elements))
		}
		for _, element := range elements {
			if object(element)["type"] == "static_select" {
				c.element(object(element))
				continue
			}
			c.button(object(element))
		}
	case "input":
		c.inputs++
		c.text(object(block["label"]), 2000, "plain_text")
		if block["hint"] != nil {
			c.text(object(block["hint"]), 2000, "plain_text")
		}
		c.element(object(block["element"]))
	case "rich_text":
		c.only(block, "type", "elements")
		c.richText(array(block["elements"]))
	case "divider":
		c.only(block, "type")
	default:
		c.wrong("unknown block %v", kind)
	}
}

func (c *blockChecker) button(button map[string]any) {
	c.only(button, "type", "text", "action_id", "value", "style")
	if button["type"] != "button" {
		c.wrong("element %v", button["type"])
	}
	c.text(object(button["text"]), 75, "plain_text")
	id, _ := button["action_id"].(string)
	if id == "" || units(id) > 255 || c.actionIDs[id] {
		c.wrong("action_id %q is empty, long or taken", id)
	}
	c.actionIDs[id] = true
	if value, _ := button["value"].(string); units(value) > 2000 {
		c.wrong("value of %d", units(value))
	}
	if style, has := button["style"]; has && style != "primary" && style != "danger" {
		c.wrong("style %v", style)
	}
}

func (c *blockChecker) text(text map[string]any, limit int, kinds ...string) {
	c.only(text, "type", "text", "emoji", "verbatim")
	kind, _ := text["type"].(string)
	if !slices.Contains(kinds, kind) {
		c.wrong("text of type %q", kind)
	}
	value, _ := text["text"].(string)
	if n := units(value); n < 1 || n > limit {
		c.wrong("text of %d, limit %d", n, limit)
	}
	switch kind {
	case "mrkdwn":
		if text["verbatim"] != true || text["emoji"] != nil {
			c.wrong("mrkdwn that Slack would link names in: %q", value)
		}
		c.mrkdwn = append(c.mrkdwn, value)
	case "plain_text":
		if text["emoji"] != false || text["verbatim"] != nil {
			c.wrong("plain text in which :names: become emoji: %q", value)
		}
	}
}

func (c *blockChecker) richText(elements []any) {
	if len(elements) == 0 {
		c.wrong("empty rich text")
	}
	for _, element := range elements {
		element := object(element)
		switch element["type"] {
		case "rich_text_section":
			c.only(element, "type", "elements")
			c.richSection(array(element["elements"]))
		case "rich_text_list":
			c.only(element, "type", "elements", "style", "indent", "border")
			c.richText(array(element["elements"]))
		default:
			c.wrong("rich text element %v", element["type"])
		}
	}
}

func (c *blockChecker) richSection(elements []any) {
	if len(elements) == 0 {
		c.wrong("empty rich text section")
	}
	for _, element := range elements {
		element := object(element)
		switch element["type"] {
		case "text":
			c.only(element, "type", "text", "style")
			if text, _ := element["text"].(string); text == "" {
				c.wrong("empty rich text")
			}
		case "user":
			c.only(element, "type", "user_id", "style")
			c.mentions = append(c.mentions, fmt.Sprint(element["user_id"]))
		case "channel":
			c.only(element, "type", "channel_id", "style")
		default:
			c.wrong("rich text %v", element["type"])
		}
		for style, on := range object(element["style"]) {
			if !slices.Contains([]string{"bold", "italic", "strike", "code"}, style) || on != true {
				c.wrong("style %s: %v", style, on)
			}
		}
	}
}

// only reports properties that Slack's schema does not know.
func (c *blockChecker) only(value map[string]any, names ...string) {
	for name := range value {
		if !slices.Contains(names, name) {
			c.wrong("%v has %q", value["type"], name)
		}
	}
}

func object(value any) map[string]any { o, _ := value.(map[string]any); return o }

func array(value any) []any { l, _ := value.([]any); return l }

func units(text string) int { return len(utf16.Encode([]rune(text))) }

// decodeAnswer reads what the renderer made and checks its envelope.
func decodeAnswer(body []byte) (answer map[string]any, problems []string) {
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, []string{err.Error()}
	}
	text, _ := answer["text"].(string)
	if text == "" || units(text) > 4000 {
		problems = append(problems, fmt.Sprintf("fallback text of %d", units(text)))
	}
	return answer, append(problems, checkBlocks(array(answer["blocks"]))...)
}
