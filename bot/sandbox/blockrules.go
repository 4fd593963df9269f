package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf16"
)

// Limits of messages made of blocks, https://docs.slack.dev/reference/block-kit.
const (
	maxBlocks     = 50
	maxBlockID    = 255
	maxHeader     = 150
	maxSection    = 3000
	maxFields     = 10
	maxField      = 2000
	maxContext    = 10
	maxActions    = 25
	maxAltText    = 2000
	maxURL        = 3000
	maxMarkdown   = 12000
	maxChartTitle = 50
	maxCharts     = 2
	// maxAllBlocks is not documented: from about 13,200 characters of JSON in
	// all blocks of a post together Slack answers msg_blocks_too_long
	// (https://github.com/slackapi/bolt-js/issues/2509).
	maxAllBlocks = 13000
)

// blockRules is the table of the blocks that a message may hold, each with its
// check. Blocks that the bot has no use for are refused: allow them here when
// it has.
var blockRules = map[string]func(node){
	"actions":  checkActions,
	"context":  checkContext,
	"divider":  func(node) {},
	"header":   func(n node) { n.text("text", plainOnly, 1, maxHeader) },
	"image":    checkImage,
	"input":    checkInput,
	"markdown": func(n node) { n.str("text", 1, maxMarkdown) },
	"section":  checkSection,
	"data_visualization": func(n node) {
		n.str("title", 1, maxChartTitle)
		n.child("chart")
	},
	"rich_text": checkRichText,
}

// checkBlocks judges a message's blocks and returns them with the missing block
// ids filled in, as Slack does; nil for an empty array.
func checkBlocks(text []byte) (json.RawMessage, *refusal) {
	var blocks []map[string]any
	if err := json.Unmarshal(text, &blocks); err != nil {
		return nil, refuse("invalid_blocks_format")
	}
	if len(blocks) == 0 {
		return nil, nil
	}
	c := &checker{}
	filled := c.blocks("/blocks", blocks, maxBlocks)
	if len(c.faults) > 0 {
		return nil, refuse("invalid_blocks", c.faults...)
	}
	return filled, nil
}

// blocks judges blocks and fills in their missing ids.
func (c *checker) blocks(path string, blocks []map[string]any, most int) json.RawMessage {
	if len(blocks) > most {
		c.fault(path, fmt.Sprintf("no more than %d items allowed", most))
	}
	ids := make(map[string]bool)
	charts := 0
	for i, block := range blocks {
		n := node{c, path + "/" + strconv.Itoa(i), block}
		kind, _ := block["type"].(string)
		rule, known := blockRules[kind]
		if !known {
			c.fault(n.path+"/type", fmt.Sprintf("unsupported type: %s", kind))
			continue
		}
		rule(n)
		if kind == "data_visualization" {
			charts++
		}
		n.optional("block_id", maxBlockID)
		id, _ := block["block_id"].(string)
		if id == "" {
			id = "b" + strconv.Itoa(i)
			block["block_id"] = id
		}
		if ids[id] {
			c.fault(n.path+"/block_id", "block_id already exists")
		}
		ids[id] = true
	}
	if charts > maxCharts {
		c.fault(path, "no more than 2 charts allowed")
	}
	filled, err := json.Marshal(blocks)
	if err != nil {
		c.fault(path, "no JSON")
	}
	return filled
}

// checker collects what is wrong with a message's blocks.
type checker struct{ faults []string }

func (c *checker) fault(path, message string) {
	c.faults = append(c.faults, message+" [json-pointer:"+path+"]")
}

// node is one object of a message's blocks and where it stands.
type node struct {
	*checker
	path string
	m    map[string]any
}

// which text objects a place takes.
type textKinds int

const (
	plainOnly textKinds = iota
	anyText
)

// at returns an object below this one.
func (n node) at(name string, index int, m map[string]any) node {
	return node{n.checker, n.path + "/" + name + "/" + strconv.Itoa(index), m}
}

// child returns the object under a name, which must be there.
func (n node) child(name string) (node, bool) {
	m, found := n.m[name].(map[string]any)
	if !found {
		n.fault(n.path, "missing required field: "+name)
	}
	return node{n.checker, n.path + "/" + name, m}, found
}

// has reports whether the field is there and not null.
func (n node) has(name string) bool { return n.m[name] != nil }

// str checks a required string by its length in characters.
func (n node) str(name string, least, most int) string {
	value, found := n.m[name].(string)
	if !found {
		n.fault(n.path, "missing required field: "+name)
		return ""
	}
	n.length(n.path+"/"+name, value, least, most)
	return value
}

// optional checks a string that may be missing.
func (n node) optional(name string, most int) {
	if n.has(name) {
		n.str(name, 1, most)
	}
}

// length counts UTF-16 code units, in which an emoji is two: Slack does not say
// how it counts, and this is the most it could be.
func length(text string) int {
	count := 0
	for _, r := range text {
		count += max(1, utf16.RuneLen(r))
	}
	return count
}

func (n node) length(path, value string, least, most int) {
	count := length(value)
	if count < least {
		n.fault(path, fmt.Sprintf("must be more than %d characters", least-1))
	}
	if count > most {
		n.fault(path, fmt.Sprintf("must be less than %d characters", most+1))
	}
}

// text checks a required text object.
func (n node) text(name string, kinds textKinds, least, most int) {
	if object, found := n.child(name); found {
		object.textObject(kinds, least, most)
	}
}

// textObject checks that this object is a text object.
func (n node) textObject(kinds textKinds, least, most int) {
	switch kind, _ := n.m["type"].(string); {
	case kind == "plain_text":
	case kind == "mrkdwn" && kinds == anyText:
		if n.has("emoji") {
			n.fault(n.path+"/emoji", "emoji is for plain_text only")
		}
	default:
		n.fault(n.path+"/type", "unsupported type: "+kind)
	}
	n.str("text", least, most)
}

// list returns the objects of a required array.
func (n node) list(name string, least, most int) []node {
	values, found := n.m[name].([]any)
	if !found {
		n.fault(n.path, "missing required field: "+name)
		return nil
	}
	path := n.path + "/" + name
	if len(values) < least {
		n.fault(path, fmt.Sprintf("must have at least %d items", least))
	}
	if len(values) > most {
		n.fault(path, fmt.Sprintf("no more than %d items allowed", most))
	}
	var nodes []node
	for i, value := range values {
		m, found := value.(map[string]any)
		if !found {
			n.fault(path+"/"+strconv.Itoa(i), "must be an object")
			continue
		}
		nodes = append(nodes, n.at(name, i, m))
	}
	return nodes
}
