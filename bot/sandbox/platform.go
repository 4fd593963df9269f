package sandbox

import (
	"context"
	"time"
)

// platform is a chat platform as the page plays it: what stands there, and what
// a member can do. It is all that differs between the looks.
type platform interface {
	// name is "slack" or "discord", as the page's address has it.
	name() string
	team() Team
	// directory tells the names of people, channels and the bot.
	directory() directory
	// command is the slash command with what can follow it, in the member's
	// language.
	command(member Member) command

	// since returns what changed after a revision, oldest change first; the
	// newest revision; and a channel that is closed at the next change.
	since(revision int64) ([]Message, int64, <-chan struct{})
	// in returns what stands in a channel, oldest first.
	in(channel string) []Message
	// look turns a message into what the page shows.
	look(message Message) []block
	// sent is when a message came.
	sent(message Message) time.Time

	// say does what a member typed: a command, or plain words.
	say(ctx context.Context, at place, typed typed)
	// press does what a member pressed or chose.
	press(ctx context.Context, at place, pressed pressed) error
	// window is the form that a member has in front.
	window(member string) (window, bool)
	// submit sends the form in front.
	submit(ctx context.Context, at place, id string, fill Fill) error
	// dismiss closes the form in front.
	dismiss(at place, id string)
}

// homely platforms have a page of the bot's own for each member.
type homely interface {
	// visit tells the bot that a member opened the page.
	visit(ctx context.Context, at place)
	// home is what the page shows now.
	home(member string) (window, bool)
}

// completing platforms ask the bot how an option that is being typed could go on.
type completing interface {
	complete(ctx context.Context, at place, typed typed, option string) []suggestion
}

// place is who does something and where.
type place struct {
	platform platform
	Member   Member
	Channel  Channel
	// Home is set on the bot's own page.
	Home bool
	// base is the address under which the bot reaches the sandbox.
	base string
}

// typed is what somebody typed.
type typed struct {
	text string
	// options are a command's, by their name, where the platform has fields for
	// them.
	options map[string]string
	// thread is the id of the message that it replies to; empty where to none.
	thread string
	// files are sent along: with a message under no name, with a command under
	// that of its option.
	files map[string]typedFile
}

// typedFile is a file that somebody chose.
type typedFile struct {
	name, kind string
	data       []byte
}

// pressed is what somebody pressed or chose.
type pressed struct {
	// message or view is what it is in.
	message, view string
	// block and id name the element, values are what was chosen.
	block, id string
	values    []string
	// fill holds the fields that stand beside it.
	fill Fill
}

// command is what the message box completes.
type command struct {
	Name  string
	Parts []commandPart
}

// commandPart is one of the things that can follow the command.
type commandPart struct {
	Name, Usage, Description string
	// Fields are its options, where the platform asks for each by itself.
	Fields []commandField
}

// commandField is an option of a command.
type commandField struct {
	Name, Description string
	Required          bool
	// Completes is set where the bot is asked how it could go on.
	Completes bool
	// File is set where a file is chosen.
	File    bool
	Choices []suggestion
}

// suggestion is a value with the words for it.
type suggestion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// window is a form, or the bot's own page, as the page shows it.
type window struct {
	ID, Version, Title string
	Submit, Close      string
	Blocks             []block
}
