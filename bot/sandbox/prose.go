package sandbox

// prose is running text as the page shows it, whichever markup it came from.
// It holds text and never HTML: the templates escape what is in it.
type prose []paragraph

// paragraph is a stretch of lines of one kind.
type paragraph struct {
	// Kind is "p", "quote", "pre", "ul", "ol", "h" or "small".
	Kind string
	// Spans is the text; a list has Items instead.
	Spans []span
	Items [][]span
	// Indent is how deep a list stands, from 0.
	Indent int
}

// span is text in one style.
type span struct {
	Text string
	style
	// Href makes it a link; only http, https and mailto get here.
	Href string
	// Class is "", "mention" or "broadcast".
	Class string
}

// style is how a span stands out.
type style struct{ Bold, Italic, Strike, Underline, Code bool }

// directory tells the names of people and channels.
type directory struct {
	team Team
	// bot is the bot's own account, system that under which the platform itself
	// speaks, with its name.
	bot, system, systemName string
}

// member returns a person's name behind an @, or the given name or id.
func (d directory) member(id, label string) string {
	if id == d.bot {
		return "@" + d.team.botName()
	}
	if member, known := d.team.member(id); known {
		return "@" + member.Name
	}
	if label != "" {
		return "@" + label
	}
	return "@" + id
}

// channel returns a channel's name behind a #.
func (d directory) channel(id, label string) string {
	if channel, known := d.team.channel(id); known {
		return "#" + channel.Name
	}
	if label != "" {
		return "#" + label
	}
	return "#" + id
}

// literal is prose of plain text.
func literal(text string) prose {
	return prose{{Kind: "p", Spans: []span{{Text: emoji(text)}}}}
}
