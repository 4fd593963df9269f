package slack

import (
	"strings"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/commands"
)

// Fields and contexts take no rich text. There, a line is written as mrkdwn
// only if no text in it holds a character that mrkdwn knows, and otherwise as
// plain text without styles: mrkdwn has no escape for those characters, and
// guessing which of them Slack will act upon is how titles come out broken.
// https://docs.slack.dev/messaging/formatting-message-text

// textObject returns the text object for a label, which may be empty, above a
// line.
func textObject(label string, line commands.Line, limit int) slackapi.TextBlockObject {
	if text, ok := mrkdwn(label, line); ok && length(text) <= limit {
		// Verbatim: names, channels and addresses within the text stay text.
		return slackapi.TextBlockObject{Type: slackapi.MarkdownType, Text: text, Verbatim: true}
	}
	text := plainText(line)
	if label = clean(label); label != "" {
		text = label + "\n" + text
	}
	return plainObject(text, limit)
}

// noEmoji keeps what stands between two colons from becoming one.
var noEmoji = new(bool)

// plainObject returns a text object that is shown as it is.
func plainObject(text string, limit int) slackapi.TextBlockObject {
	return slackapi.TextBlockObject{Type: slackapi.PlainTextType, Text: truncate(text, limit), Emoji: noEmoji}
}

// mrkdwn writes a label in bold above a line. It reports false where it cannot
// promise that the text is shown as it is.
func mrkdwn(label string, line commands.Line) (string, bool) {
	var text strings.Builder
	text.Grow(roomFor(label, line))
	if label = clean(label); label != "" {
		if !isLiteral(label) {
			return "", false
		}
		text.WriteByte('*')
		writeEscaped(&text, strings.TrimSpace(label))
		text.WriteString("*\n")
	}
	for i, span := range line {
		switch {
		case span.Ping && isID(string(span.Member)):
			text.WriteString("<@" + string(span.Member) + ">")
			continue
		case isID(string(span.Channel)):
			text.WriteString("<#" + string(span.Channel) + ">")
			continue
		}
		name := nameOf(span)
		if name == "" {
			continue
		}
		mark := mark(span.Style)
		switch {
		case mark == "`" && strings.Contains(name, "`"):
			return "", false
		case mark != "`" && !isLiteral(name):
			return "", false
		case mark != "" && !standsAlone(line, i, name):
			return "", false
		}
		text.WriteString(mark)
		writeEscaped(&text, name)
		text.WriteString(mark)
	}
	return text.String(), true
}

// roomFor estimates how long a label in bold and a line are as mrkdwn.
func roomFor(label string, line commands.Line) int {
	const marks = len("<@>") // or two around a span, or three around a label
	room := len(label) + marks
	for _, span := range line {
		room += len(span.Text) + len(span.Member) + len(span.Channel) + marks
	}
	return room
}

func mark(style commands.Style) string {
	switch style {
	case commands.Strong:
		return "*"
	case commands.Code:
		return "`"
	case commands.Struck:
		return "~"
	}
	return ""
}

// standsAlone reports whether marks around a span would be taken for marks:
// text on either side must not touch them, and they must touch the span's.
func standsAlone(line commands.Line, i int, name string) bool {
	if strings.TrimSpace(name) != name {
		return false
	}
	if i > 0 && !strings.HasSuffix(nameOf(line[i-1]), " ") {
		return false
	}
	return i == len(line)-1 || strings.IndexAny(nameOf(line[i+1]), " .,;:!?)") == 0
}

// isLiteral reports whether mrkdwn shows the text as it is, once its three
// special characters are escaped.
func isLiteral(text string) bool {
	if strings.ContainsAny(text, "*_~`") || strings.HasPrefix(strings.TrimLeft(text, " "), ">") {
		return false
	}
	// An emoji is a name between two colons; a time of day has one.
	return strings.Count(text, ":") < 2
}

var mrkdwnEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape returns text with the three characters that Slack wants escaped.
func escape(text string) string {
	if !strings.ContainsAny(text, "&<>") {
		return text
	}
	return mrkdwnEscaper.Replace(text)
}

func writeEscaped(into *strings.Builder, text string) { into.WriteString(escape(text)) }
