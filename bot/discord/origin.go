package discord

import (
	"strings"

	dg "github.com/bwmarrin/discordgo"
)

// origin is what a request's ReplyTo holds: where its answer goes, and what may
// be answered to it.
type origin struct {
	application, token string
	place              place
	// direct is set for what was pressed or sent in direct messages.
	direct bool
}

// place is where an interaction came from.
type place string

// The places.
const (
	fromCommand     place = "command"
	fromMessage     place = "message"      // a component of a message that others see
	fromPrivate     place = "private"      // a component of a message for the member only
	fromForm        place = "form"         // a form that a command opened
	fromMessageForm place = "message_form" // a form that a component opened
	fromPrivateForm place = "private_form"
)

// place returns where the interaction's component is.
func (i *interaction) place() place {
	switch {
	case i.Message == nil:
		return fromCommand
	case i.Message.Flags&dg.MessageFlagsEphemeral != 0:
		return fromPrivate
	}
	return fromMessage
}

// origin returns where an answer to the interaction goes.
func (i *interaction) origin(from place) origin {
	return origin{i.ApplicationID, i.Token, from, i.GuildID == ""}
}

// form returns the place of a form that was opened there.
func (p place) form() place {
	switch p {
	case fromMessage:
		return fromMessageForm
	case fromPrivate:
		return fromPrivateForm
	}
	return fromForm
}

// isForm reports whether a form was sent: Discord opens no form from a form.
func (p place) isForm() bool { return p == fromForm || p == fromMessageForm || p == fromPrivateForm }

// updates reports whether the answer may take the place of a message.
func (p place) updates() bool { return p != fromCommand && p != fromForm && p != "" }

// private reports whether that message is for the member only.
func (p place) private() bool { return p == fromPrivate || p == fromPrivateForm }

// String writes the origin for [commands.Request.ReplyTo].
func (o origin) String() string {
	text := o.application + "/" + o.token + "/" + string(o.place)
	if o.direct {
		text += inDirect
	}
	return text
}

// inDirect ends the origin of what came from direct messages.
const inDirect = "/direct"

// parseOrigin reads what String wrote. What cannot be one is no origin: a
// request that was completed while it was typed has none.
func parseOrigin(text string) (origin, bool) {
	application, rest, _ := strings.Cut(text, "/")
	token, from, found := strings.Cut(rest, "/")
	from, direct := strings.CutSuffix(from, inDirect)
	return origin{application, token, place(from), direct}, found && isSnowflake(application) && isToken(token)
}
