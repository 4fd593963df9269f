package discord

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// Running text is written in Discord's markdown, which has an escape for each of
// its marks: a backslash. Everything that means something is escaped, so people's
// own text is shown as it was written.
// https://docs.discord.com/developers/reference#message-formatting

// inline are the characters that mean something wherever they stand: emphasis,
// code, spoilers, links, and what is written between angle brackets.
const inline = "\\`*_~|<[]"

// leading are those that mean something where a line begins: headings, quotes,
// lists, small print.
const leading = "#>-+"

// escape returns clean text in which nothing acts. The colon of an address is
// escaped so that it makes no link, and a zero-width space keeps "@everyone"
// from being one even where a client or a bridge ignores what is allowed.
func escape(text string, lineStart bool) string {
	var out strings.Builder
	out.Grow(len(text) + 8)
	digits := lineStart
	for i := range len(text) {
		c := text[i]
		switch {
		case strings.IndexByte(inline, c) >= 0,
			lineStart && strings.IndexByte(leading, c) >= 0,
			digits && i > 0 && c == '.',
			c == ':' && strings.HasPrefix(text[i+1:], "//"):
			out.WriteByte('\\')
		}
		out.WriteByte(c)
		if c == '@' {
			out.WriteString("\u200b")
		}
		lineStart = lineStart && c == ' '
		digits = digits && (c == ' ' || c >= '0' && c <= '9')
	}
	return out.String()
}

// markdown collects text until the room for it is used up. A line goes in whole
// or is cut on a boundary between what people see as characters.
type markdown struct {
	text strings.Builder
	// room is how many characters may follow, full that something was cut.
	room *int
	full bool
	// lineStart tells that nothing stands in the line yet, marked that what
	// stands last is a mark.
	lineStart, marked bool
	// pings are the members that were mentioned.
	pings *[]string
}

func newMarkdown(room *int, pings *[]string) *markdown {
	return &markdown{room: room, pings: pings, lineStart: true}
}

// String returns what was collected, nothing for mere line breaks.
func (m *markdown) String() string { return strings.Trim(m.text.String(), "\n") }

// raw writes markdown of our own, whole or not at all.
func (m *markdown) raw(text string) {
	size := plain.Length(text)
	if m.full || size > *m.room {
		m.full = true
		return
	}
	*m.room -= size
	m.text.WriteString(text)
	m.lineStart, m.marked = strings.HasSuffix(text, "\n") || text == bullet || text == smallMark || text == headingMark, false
}

// The marks that begin a line of their kind.
const (
	bullet      = "- "
	smallMark   = "-# "
	headingMark = "## "
)

// line writes a line's spans; style stands in where a span has none of its own.
func (m *markdown) line(line commands.Line, style commands.Style) {
	for _, span := range line {
		switch {
		case span.Ping && isSnowflake(string(span.Member)):
			m.raw("<@" + string(span.Member) + ">")
			*m.pings = append(*m.pings, string(span.Member))
		case isSnowflake(string(span.Channel)):
			m.raw("<#" + string(span.Channel) + ">")
		default:
			own := span.Style
			if own == commands.Plain {
				own = style
			}
			m.span(nameOf(span), own)
		}
	}
}

// span writes clean text in a style. Marks must touch the text and must not
// touch one another, so spaces stay outside and a zero-width space goes between.
func (m *markdown) span(text string, style commands.Style) {
	mark := markOf(style)
	inner := strings.TrimSpace(text)
	if mark == "" || inner == "" {
		m.literal(text, func(text string) string { return escape(text, m.lineStart) })
		return
	}
	write := func(text string) string { return mark + escape(text, false) + mark }
	if style == commands.Code {
		// Within code nothing is escaped and nothing acts, but for its own mark;
		// what looks like a call to all gets its zero-width space all the same.
		if strings.Contains(inner, "`") || strings.Contains(inner, "@everyone") || strings.Contains(inner, "@here") {
			m.literal(text, func(text string) string { return escape(text, m.lineStart) })
			return
		}
		write = func(text string) string { return mark + text + mark }
	}
	before := text[:strings.Index(text, inner)]
	if m.marked && before == "" {
		before = "\u200b"
	}
	m.raw(before)
	m.literal(inner, write)
	m.marked = !m.full
	if after := text[strings.LastIndex(text, inner)+len(inner):]; after != "" {
		m.raw(after)
	}
}

// literal writes text the way that write does, as much of it as there is room.
func (m *markdown) literal(text string, write func(string) string) {
	if text == "" || m.full {
		return
	}
	written := write(text)
	if size := plain.Length(written); size <= *m.room {
		m.put(written, size)
		return
	}
	m.full = true
	// As much as fits is found by halving, since escapes make it unequal.
	ends := clusterEnds(text)
	low, high := 0, len(ends)
	for low < high {
		middle := (low + high + 1) / 2
		if plain.Length(write(text[:ends[middle-1]]+plain.Ellipsis)) <= *m.room {
			low = middle
		} else {
			high = middle - 1
		}
	}
	if low > 0 {
		written = write(strings.TrimRight(text[:ends[low-1]], " ") + plain.Ellipsis)
		m.put(written, plain.Length(written))
	}
}

func (m *markdown) put(written string, size int) {
	*m.room -= size
	m.text.WriteString(written)
	m.lineStart, m.marked = false, false
}

// clusterEnds returns where what people see as characters end.
func clusterEnds(text string) []int {
	ends := make([]int, 0, len(text))
	for end, rest, state := 0, text, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		end += len(cluster)
		ends = append(ends, end)
	}
	return ends
}

func markOf(style commands.Style) string {
	switch style {
	case commands.Strong:
		return "**"
	case commands.Code:
		return "`"
	case commands.Struck:
		return "~~"
	}
	return ""
}

// nameOf returns the clean text of a span, or the id of what it stands for if
// nobody gave it a name.
func nameOf(span commands.Span) string {
	text := plain.Clean(span.Text)
	switch {
	case text != "":
	case span.Member != "":
		return plain.Clean("@" + string(span.Member))
	case span.Channel != "":
		return plain.Clean("#" + string(span.Channel))
	}
	return text
}
