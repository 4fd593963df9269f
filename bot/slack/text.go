package slack

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// message is what a member typed, read out of Slack's way of writing it.
type message struct {
	// plain has members as "@" and their id, channels as "#" and their id.
	plain    string
	members  []coaching.MemberID
	channels []coaching.ChannelID
	// groups are the user groups, which plain has as the member saw them.
	groups []commands.Group
}

// readText undoes Slack's escaping: "&amp;", "&lt;" and "&gt;", and whatever
// stands between angle brackets, which Slack itself put there. It expects that
// the app's command has "should_escape" on.
// https://docs.slack.dev/messaging/formatting-message-text
func readText(text string) message {
	if !strings.ContainsAny(text, "<&") {
		return message{plain: text}
	}
	var read message
	var plain strings.Builder
	plain.Grow(len(text))
	for {
		i := strings.IndexAny(text, "<&")
		if i < 0 {
			plain.WriteString(text)
			break
		}
		plain.WriteString(text[:i])
		text = text[i:]
		if text[0] == '&' {
			text = writeEntity(&plain, text)
			continue
		}
		inside, rest, closed := strings.Cut(text[1:], ">")
		if !closed {
			plain.WriteString(text)
			break
		}
		read.writeReference(&plain, inside)
		text = rest
	}
	read.plain = plain.String()
	return read
}

// writeReference writes what stood between angle brackets.
func (m *message) writeReference(plain *strings.Builder, inside string) {
	target, label, labelled := strings.Cut(inside, "|")
	if target == "" {
		writeUnescaped(plain, "<"+inside+">")
		return
	}
	id := target[1:]
	switch {
	case target[0] == '@' && isID(id):
		m.members = append(m.members, coaching.MemberID(id))
		plain.WriteString("@" + id)
	case target[0] == '#' && isID(id):
		m.channels = append(m.channels, coaching.ChannelID(id))
		plain.WriteString("#" + id)
	case target[0] == '!':
		// A group, a date or all of a channel: its label is what the member
		// saw; "<!here>" has none.
		if !labelled {
			label = "@" + id
		}
		written := plain.Len()
		writeUnescaped(plain, label)
		if group, isGroup := strings.CutPrefix(id, "subteam^"); isGroup && isID(group) {
			m.groups = append(m.groups, commands.Group{ID: group, Text: plain.String()[written:]})
		}
	case labelled && (strings.HasPrefix(target, "mailto:") || strings.HasPrefix(target, "tel:")):
		// Slack made these links out of what was typed.
		writeUnescaped(plain, label)
	default:
		writeUnescaped(plain, target)
	}
}

// writeUnescaped writes text without references.
func writeUnescaped(plain *strings.Builder, text string) {
	for {
		before, _, found := strings.Cut(text, "&")
		plain.WriteString(before)
		if !found {
			return
		}
		text = writeEntity(plain, text[len(before):])
	}
}

// writeEntity writes the character that text, which begins with "&", stands
// for, and returns what follows. Slack escapes three characters and no more.
func writeEntity(plain *strings.Builder, text string) string {
	for _, entity := range [...]struct{ name, character string }{{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}} {
		if rest, found := strings.CutPrefix(text, entity.name); found {
			plain.WriteString(entity.character)
			return rest
		}
	}
	plain.WriteByte('&')
	return text[1:]
}
