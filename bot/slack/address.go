package slack

import (
	"strings"

	"github.com/smallwins/smallwins/commands"
)

// address is where a late answer to a request goes, as [commands.Request]'s
// ReplyTo holds it: a response address of Slack's as it is, anything else in a
// form of our own.
type address struct {
	// response is the response_url of a command or of a press in a message.
	response string
	// talk is set for a press in the member's direct messages with the bot,
	// where answers stay and nobody else is.
	talk bool
	// view is the modal that was sent or pressed in, hash the state of it that
	// the member saw; the hash may be unknown.
	view, hash string
	// form is set where the modal asked something, language to the one that it
	// spoke.
	form     bool
	language string
	// home is set for the app's own page.
	home bool
	// direct is the channel of the member's direct messages with the bot.
	direct string
}

// The forms of addresses that are not Slack's own.
const (
	viewScheme   = "view:"
	formScheme   = "form:"
	homeScheme   = "home:"
	directScheme = "direct:"
	talkScheme   = "talk:"
)

// String writes the address for [commands.Request.ReplyTo].
func (a address) String() string {
	switch {
	case a.form && a.language != "":
		return formScheme + a.view + ":" + a.hash + ":" + a.language
	case a.form:
		return formScheme + a.view + ":" + a.hash
	case a.view != "":
		return viewScheme + a.view + ":" + a.hash
	case a.home:
		return homeScheme
	case a.direct != "":
		return directScheme + a.direct
	case a.talk:
		return talkScheme + a.response
	}
	return a.response
}

// addressOf reads what String wrote.
func addressOf(request commands.Request) address {
	for _, scheme := range [...]string{viewScheme, formScheme} {
		if rest, found := strings.CutPrefix(request.ReplyTo, scheme); found {
			view, rest, _ := strings.Cut(rest, ":")
			hash, language, _ := strings.Cut(rest, ":")
			return address{view: view, hash: hash, form: scheme == formScheme, language: language}
		}
	}
	if rest, found := strings.CutPrefix(request.ReplyTo, directScheme); found {
		return address{direct: rest}
	}
	if rest, found := strings.CutPrefix(request.ReplyTo, talkScheme); found {
		return address{response: rest, talk: true}
	}
	if request.ReplyTo == homeScheme {
		return address{home: true}
	}
	return address{response: request.ReplyTo}
}
