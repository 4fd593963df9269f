package sandbox

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// richPart is a part of a rich_text block, or an item of a list.
type richPart struct {
	Type     string        `json:"type"`
	Style    string        `json:"style"`
	Indent   int           `json:"indent"`
	Elements []richElement `json:"elements"`
}

// richElement is text, something that stands for somebody, or, within a list, a
// whole section.
type richElement struct {
	Type      string        `json:"type"`
	Text      string        `json:"text"`
	URL       string        `json:"url"`
	Name      string        `json:"name"`
	Unicode   string        `json:"unicode"`
	UserID    string        `json:"user_id"`
	ChannelID string        `json:"channel_id"`
	GroupID   string        `json:"usergroup_id"`
	Range     string        `json:"range"`
	Timestamp int64         `json:"timestamp"`
	Fallback  string        `json:"fallback"`
	Elements  []richElement `json:"elements"`
	// Style is an object for text; sections within lists have none.
	Style struct {
		Bold      bool `json:"bold"`
		Italic    bool `json:"italic"`
		Strike    bool `json:"strike"`
		Underline bool `json:"underline"`
		Code      bool `json:"code"`
	} `json:"style"`
}

// richText reads the parts of a rich_text block,
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
func richText(parts []richPart, names directory) prose {
	kinds := map[string]string{
		"rich_text_section": "p", "rich_text_quote": "quote", "rich_text_preformatted": "pre",
	}
	var all prose
	for _, part := range parts {
		if part.Type == "rich_text_list" {
			list := paragraph{Kind: "ul", Indent: min(max(part.Indent, 0), 8)}
			if part.Style == "ordered" {
				list.Kind = "ol"
			}
			for _, item := range part.Elements {
				list.Items = append(list.Items, richSpans(item.Elements, names))
			}
			all = append(all, list)
			continue
		}
		all = append(all, paragraph{Kind: kinds[part.Type], Spans: richSpans(part.Elements, names)})
	}
	return all
}

func richSpans(elements []richElement, names directory) []span {
	spans := make([]span, 0, len(elements))
	for _, element := range elements {
		found := richSpan(element, names)
		found.style = style(element.Style)
		spans = append(spans, found)
	}
	return spans
}

// richSpan reads one element. Text is literal here, whatever it looks like.
func richSpan(element richElement, names directory) span {
	switch element.Type {
	case "link":
		text := element.Text
		if text == "" {
			text = element.URL
		}
		if !linkable(element.URL) {
			return span{Text: text}
		}
		return span{Text: text, Href: element.URL}
	case "user":
		return span{Text: names.member(element.UserID, ""), Class: "mention"}
	case "channel":
		return span{Text: names.channel(element.ChannelID, ""), Class: "mention"}
	case "usergroup":
		return span{Text: "@" + element.GroupID, Class: "broadcast"}
	case "broadcast":
		return span{Text: "@" + element.Range, Class: "broadcast"}
	case "emoji":
		return span{Text: richEmoji(element)}
	case "date":
		if element.Fallback != "" {
			return span{Text: element.Fallback}
		}
		return span{Text: time.Unix(element.Timestamp, 0).In(names.team.zone()).Format("2 January 2006, 15:04")}
	}
	return span{Text: element.Text}
}

// richEmoji prefers the code points, which come as hexadecimal joined by "-".
func richEmoji(element richElement) string {
	var text strings.Builder
	for code := range strings.SplitSeq(element.Unicode, "-") {
		point, err := strconv.ParseInt(code, 16, 32)
		if err != nil {
			return emoji(fmt.Sprintf(":%s:", element.Name))
		}
		text.WriteRune(rune(point))
	}
	return text.String()
}
