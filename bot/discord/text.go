package discord

import (
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// message is what a member typed, read out of Discord's way of writing it.
type message struct {
	// plain has members as "@" and their id, channels as "#" and their id, and
	// roles as "@&" and their id.
	plain    string
	members  []coaching.MemberID
	channels []coaching.ChannelID
	groups   []commands.Group
}

// readText undoes how Discord writes mentions in the text of an option: "<@1>",
// "<@!1>", "<#1>", "<@&1>". Everything else is what was typed.
// https://docs.discord.com/developers/reference#message-formatting
func readText(text string) message {
	if !strings.Contains(text, "<") {
		return message{plain: text}
	}
	var read message
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		out.WriteString(before)
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		if closed && read.reference(&out, inside) {
			text = after
			continue
		}
		out.WriteByte('<')
		text = rest
	}
	read.plain = out.String()
	return read
}

// reference writes what stood between angle brackets, if it is a mention.
func (m *message) reference(out *strings.Builder, inside string) bool {
	if id, found := strings.CutPrefix(inside, "#"); found && isSnowflake(id) {
		m.channels = append(m.channels, coaching.ChannelID(id))
		out.WriteString("#" + id)
		return true
	}
	id, found := strings.CutPrefix(inside, "@")
	if !found {
		return false
	}
	if role, isRole := strings.CutPrefix(id, "&"); isRole && isSnowflake(role) {
		m.groups = append(m.groups, commands.Group{ID: role, Text: "@&" + role})
		out.WriteString("@&" + role)
		return true
	}
	if id = strings.TrimPrefix(id, "!"); !isSnowflake(id) {
		return false
	}
	m.members = append(m.members, coaching.MemberID(id))
	out.WriteString("@" + id)
	return true
}
