package sandbox

import (
	"math"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// Limits of the elements inside blocks,
// https://docs.slack.dev/reference/block-kit/block-elements.
const (
	maxButtonText  = 75
	maxButtonValue = 2000
	maxActionID    = 255
	maxOptions     = 100
	maxOverflow    = 5
	maxOpenOptions = 10
	maxOptionText  = 75
	maxOptionValue = 75
	maxPlaceholder = 150
)

// unlimited is for lengths that only the sum over all blocks bounds.
const unlimited = math.MaxInt

func checkSection(n node) {
	if !n.has("text") && !n.has("fields") {
		n.fault(n.path, "missing required field: text or fields")
	}
	if n.has("text") {
		n.text("text", anyText, 1, maxSection)
	}
	if n.has("fields") {
		for _, field := range n.list("fields", 1, maxFields) {
			field.textObject(anyText, 1, maxField)
		}
	}
	if n.has("accessory") {
		if accessory, found := n.child("accessory"); found {
			if accessory.m["type"] == "image" {
				checkImage(accessory)
			} else {
				checkElement(accessory, make(map[string]bool))
			}
		}
	}
}

func checkContext(n node) {
	for _, element := range n.list("elements", 1, maxContext) {
		if element.m["type"] == "image" {
			checkImage(element)
		} else {
			element.textObject(anyText, 1, maxSection)
		}
	}
}

func checkImage(n node) {
	if !n.has("slack_file") {
		n.str("image_url", 1, maxURL)
	}
	n.str("alt_text", 1, maxAltText)
	if n.has("title") {
		n.text("title", plainOnly, 1, maxAltText)
	}
}

func checkActions(n node) {
	ids := make(map[string]bool)
	for _, element := range n.list("elements", 1, maxActions) {
		checkElement(element, ids)
	}
}

// checkElement judges something that can be pressed or chosen; ids are the
// action ids already taken in the block. A missing one is filled in, as Slack
// does.
func checkElement(n node, ids map[string]bool) {
	n.optional("action_id", maxActionID)
	id, _ := n.m["action_id"].(string)
	if id == "" {
		id = strings.ReplaceAll(n.path[1:], "/", "-")
		n.m["action_id"] = id
	}
	if ids[id] {
		n.fault(n.path+"/action_id", "action_id already exists")
	}
	ids[id] = true
	if n.has("confirm") {
		if confirm, found := n.child("confirm"); found {
			confirm.text("title", plainOnly, 1, 100)
			confirm.text("text", anyText, 1, 300)
			confirm.text("confirm", plainOnly, 1, 30)
			confirm.text("deny", plainOnly, 1, 30)
		}
	}
	switch kind, _ := n.m["type"].(string); kind {
	case "button":
		checkButton(n)
	case "overflow":
		checkOptions(n, 1, maxOverflow)
	case "static_select", "multi_static_select":
		placeholder(n)
		checkOptions(n, 1, maxOptions)
		checkInitial(n)
	case "radio_buttons", "checkboxes":
		checkOptions(n, 1, maxOpenOptions)
		checkInitial(n)
	case "users_select", "channels_select", "conversations_select", "datepicker", "timepicker":
		placeholder(n)
	default:
		n.fault(n.path+"/type", "unsupported type: "+kind)
	}
}

func checkButton(n node) {
	n.text("text", plainOnly, 1, maxButtonText)
	n.optional("value", maxButtonValue)
	n.optional("accessibility_label", maxButtonText)
	if n.has("url") {
		link := n.str("url", 1, maxURL)
		if parsed, err := url.Parse(link); err != nil || parsed.Scheme == "" {
			n.fault(n.path+"/url", "must be a valid URL")
		}
	}
	if style, found := n.m["style"]; found && style != "primary" && style != "danger" {
		n.fault(n.path+"/style", "must be one of: primary, danger")
	}
}

func placeholder(n node) {
	if n.has("placeholder") {
		n.text("placeholder", plainOnly, 1, maxPlaceholder)
	}
}

func checkOptions(n node, least, most int) {
	if n.has("option_groups") {
		for _, group := range n.list("option_groups", 1, maxOptions) {
			group.text("label", plainOnly, 1, maxOptionText)
			checkOptions(group, 1, maxOptions)
		}
		return
	}
	for _, option := range n.list("options", least, most) {
		option.text("text", anyText, 1, maxOptionText)
		option.str("value", 1, maxOptionValue)
		if option.has("description") {
			option.text("description", anyText, 1, maxOptionText)
		}
	}
}

// checkInitial judges what is chosen to begin with: it must be among the options.
func checkInitial(n node) {
	chosen, _ := n.m["initial_options"].([]any)
	if one, found := n.m["initial_option"]; found {
		chosen = append(chosen, one)
	}
	options, _ := n.m["options"].([]any)
	for _, one := range chosen {
		if !slices.ContainsFunc(options, func(option any) bool { return reflect.DeepEqual(option, one) }) {
			n.fault(n.path, "the initial option is not among the options")
		}
	}
}

// checkRichText judges a rich_text block: sections, lists, quotes and
// preformatted text, made of the elements that Slack knows.
func checkRichText(n node) {
	for _, part := range n.list("elements", 1, unlimited) {
		switch kind, _ := part.m["type"].(string); kind {
		case "rich_text_section", "rich_text_quote":
			checkRichElements(part)
		case "rich_text_preformatted":
			checkRichElements(part)
		case "rich_text_list":
			if style := part.m["style"]; style != "bullet" && style != "ordered" {
				part.fault(part.path+"/style", "must be one of: bullet, ordered")
			}
			for _, item := range part.list("elements", 1, unlimited) {
				if item.m["type"] != "rich_text_section" {
					item.fault(item.path+"/type", "a list holds sections only")
				}
				checkRichElements(item)
			}
		default:
			part.fault(part.path+"/type", "unsupported type: "+kind)
		}
	}
}

func checkRichElements(n node) {
	for _, element := range n.list("elements", 0, unlimited) {
		if element.has("style") {
			checkRichStyle(element)
		}
		switch kind, _ := element.m["type"].(string); kind {
		case "text":
			element.str("text", 1, unlimited)
		case "link":
			element.str("url", 1, maxURL)
		case "user":
			element.str("user_id", 1, unlimited)
		case "usergroup":
			element.str("usergroup_id", 1, unlimited)
		case "channel":
			element.str("channel_id", 1, unlimited)
		case "emoji":
			element.str("name", 1, unlimited)
		case "broadcast":
			if value := element.str("range", 1, unlimited); !strings.Contains(" here channel everyone ", " "+value+" ") {
				element.fault(element.path+"/range", "must be one of: here, channel, everyone")
			}
		case "date":
			element.str("format", 1, unlimited)
			if _, found := element.m["timestamp"].(float64); !found {
				element.fault(element.path, "missing required field: timestamp")
			}
		default:
			element.fault(element.path+"/type", "unsupported type: "+kind)
		}
	}
}

// checkRichStyle judges the style object of a rich text element.
func checkRichStyle(n node) {
	style, found := n.child("style")
	if !found {
		return
	}
	for name, value := range style.m {
		switch name {
		case "bold", "italic", "strike", "code", "underline":
		default:
			n.fault(style.path, "unsupported style: "+name)
		}
		if _, isBool := value.(bool); !isBool {
			n.fault(style.path+"/"+name, "must be true or false")
		}
	}
}
