// Package commands turns what people ask for into what they are told, the same
// for every chat platform.
//
// It owns the command grammar, the roles, the dialogs and all wording. A
// [Request] comes in decoded and verified; a [Reply] goes out that says what
// there is to say (a heading, facts, a meter, choices), and a renderer in
// bot/slack or bot/discord says how that looks. Nothing here knows a platform.
//
// People's own text travels in [Span]s, which are plain text by definition: no
// renderer may let it act as markup or as a mention.
package commands

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Request is one thing a member asked for: a command typed, a button pressed, a
// form sent.
type Request struct {
	// ID is the platform's own id of this request, unique within the workspace.
	// The same id twice is a replay or a double press and counts once.
	ID        string
	Workspace coaching.WorkspaceID
	Channel   coaching.ChannelID
	Member    coaching.MemberID
	// MemberName is what the platform calls the member just now; it may be empty.
	MemberName string
	// Locale is the member's language as a BCP 47 tag; it may be empty.
	Locale string
	// Profile is what the platform said of the member along with the request,
	// nil where it has to be asked.
	Profile *coaching.Profile
	// Via is how the request came in.
	Via Via
	// Repeats is set where the platform may send the request again under its
	// ID, and once is enough: the server then carries out the first only.
	Repeats bool
	// Received is when the server got it, in UTC milliseconds.
	Received time.Time

	// Text is what followed the command's name, with mentions written as "@"
	// and the member's id.
	Text string
	// Mentions are the members that Text really mentions, so that typing an id
	// by hand mentions nobody.
	Mentions []coaching.MemberID
	// Channels are the channels that Text names, written there as "#" and the
	// channel's id.
	Channels []coaching.ChannelID
	// Groups are the platform's own groups or roles that Text names.
	Groups []Group

	// Action is the name of the button pressed or form sent, empty for a typed
	// command.
	Action string
	// Value came with the button or form. It is a hint of what was meant and
	// carries no authority.
	Value string
	// Answers are what the form's fields hold, by their name.
	Answers map[string][]string
	// Files came along with the request.
	Files []File
	// Completing is the option that is being typed, for [ViaCompletion]. What
	// has been typed of it is its answer; Text is the command as far as it goes.
	Completing string

	// ReplyTo says where a late answer goes. Only the adapter that decoded the
	// request can read it.
	ReplyTo string
}

// Answer returns the answer to a field, empty where there is none. Of several it
// is the first.
func (r Request) Answer(field string) string {
	if answers := r.Answers[field]; len(answers) > 0 {
		return answers[0]
	}
	return ""
}

// Group is one of the platform's own groups of members, such as a user group or a
// role.
type Group struct {
	ID string
	// Text is how the request's text writes it: "@sales-leads".
	Text string
}

// Via is how a request came in.
type Via string

// The ways in.
const (
	ViaCommand    Via = ""           // a typed command
	ViaButton     Via = "button"     // a button or a select in a message or window
	ViaForm       Via = "form"       // a form that was sent
	ViaDirect     Via = "direct"     // a message to the bot alone, in free words
	ViaHome       Via = "home"       // the bot's own page was opened, or with an action, pressed there
	ViaCompletion Via = "completion" // an option is being typed; the reply is Suggestions
)

// Handshake is the error for a request that a platform has with its app alone,
// such as a ping: the body answers it, and nothing happens but what Do does.
type Handshake struct {
	Body []byte
	// Do, where there is one, is done before it is answered. Where that goes
	// wrong, the platform is told so and asks again.
	Do func(ctx context.Context) error
}

// Error names what it is.
func (*Handshake) Error() string { return "a handshake of the platform" }

// Errors that pass between an adapter and the server.
var (
	// ErrIgnored means that a request was understood and wants no answer.
	ErrIgnored = errors.New("nothing to answer")
	// ErrTryLater means that a question to the platform was not answered this
	// time and may be later.
	ErrTryLater = errors.New("no answer this time")
)

// Reply is what a member is told.
type Reply struct {
	// Shared replies are seen by the whole channel, others by the member only.
	Shared bool
	// Replace puts the reply in the place of the message whose button was
	// pressed.
	Replace bool
	Parts   []Part
	Buttons []Button
	// Prompt asks for an answer, as a step of a dialog; nil where nothing is
	// asked.
	Prompt *Prompt
	// Enclosure brings files; nil where there are none.
	Enclosure *Enclosure
	// Suggestions complete what is being typed, for [ViaCompletion].
	Suggestions []Choice
	// Language is the one that the member is spoken to in, as a BCP 47 tag, for
	// what the adapter says of its own; empty where none is known.
	Language string
}

// Post is a reply that nobody asked for just now: the bot says it in a channel,
// or to one member in a direct message.
type Post struct {
	// Key is the delivery's derived id; the platform must be able to find the
	// post by it, so that it is never made twice.
	Key       string
	Workspace coaching.WorkspaceID
	// Channel is where it goes; it is empty where Member is told it alone.
	Channel coaching.ChannelID
	Member  coaching.MemberID
	// Under is the receipt of the channel's post that this one belongs below;
	// empty where it stands for itself.
	Under string
	Reply Reply
}

// Part is one of [Heading], [Text], [List], [Checks], [Facts], [Meter], [Chart],
// [Note], [Row] and [Divider].
type Part interface{ part() }

// Heading opens a message, or a part of a long one.
type Heading struct{ Line Line }

// Text is a paragraph.
type Text struct{ Line Line }

// List is a few lines of equal rank.
type List struct{ Items []Line }

// Checks is a list whose items are met or not: the five letters of SMART, small
// wins.
type Checks struct{ Items []Check }

// Check is an item of [Checks].
type Check struct {
	Done bool
	Line Line
	// Hint says how to mend what is not done; it may be empty.
	Hint Line
}

// Facts are labelled values, shown side by side where there is room.
type Facts struct{ Items []Fact }

// Fact is an item of [Facts].
type Fact struct {
	Label string
	Value Line
}

// Meter shows how much of something is reached: shares from 0 to 1, and beyond.
type Meter struct {
	Share float64
	// Expected is the share that would be normal by now, negative where there
	// is nothing to expect.
	Expected float64
	Label    Line
}

// Note is small print: a source, a hint, a command to type next.
type Note struct{ Line Line }

// Row holds buttons that belong to what stands above them, at most five. Where a
// platform has no room for it, it is left out.
type Row struct{ Buttons []Button }

// Divider separates.
type Divider struct{}

func (Heading) part() {}
func (Text) part()    {}
func (List) part()    {}
func (Checks) part()  {}
func (Facts) part()   {}
func (Meter) part()   {}
func (Note) part()    {}
func (Row) part()     {}
func (Divider) part() {}

// Line is one line of running text.
type Line []Span

// Span is a stretch of plain text in one style. Whatever characters Text
// holds, they are shown as they are and do nothing.
type Span struct {
	Text string
	// Member makes the span stand for a member: Text is their name, shown
	// where a mention is not wanted or not possible.
	Member coaching.MemberID
	// Channel makes the span a link to that channel; Text is its name, if known.
	Channel coaching.ChannelID
	Style   Style
	// Ping makes the member's span a mention that notifies them.
	Ping bool
}

// Style is how a span stands out.
type Style uint8

// The styles.
const (
	Plain Style = iota
	Strong
	Code   // something to type
	Struck // taken back
)

// Button is something a member can press.
type Button struct {
	Label string
	// Action names what the router should do, Value says with what (at most
	// 80 bytes, with an Action of at most 19).
	Action, Value string
	Look          Look
}

// Look is how strongly a button invites.
type Look string

// The looks.
const (
	Neutral Look = ""
	Primary Look = "primary" // the expected next step; at most one a message
	Danger  Look = "danger"  // loses something
)

// String returns the line as plain text.
func (l Line) String() string {
	if len(l) == 1 {
		return l[0].Text
	}
	var text strings.Builder
	for _, span := range l {
		text.WriteString(span.Text)
	}
	return text.String()
}

// Summary returns the reply in a line of plain text, for notifications and for
// those who do not see the rich form.
func (r Reply) Summary() string {
	for _, part := range r.Parts {
		switch part := part.(type) {
		case Heading:
			return part.Line.String()
		case Text:
			return part.Line.String()
		case Meter:
			return part.Label.String()
		case Chart:
			return part.Title
		}
	}
	return ""
}
