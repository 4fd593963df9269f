package discord

import (
	"strconv"
	"strings"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// The marks of checks.
const (
	doneMark = "✅ "
	openMark = "⬜ "
)

// said is what a reply says, as components, with the members it notifies.
type said struct {
	components []component
	pings      []string
	pictures   []picture // in the order of their files
}

// say writes parts as text, with lines between them where there are dividers,
// in at most so many components and characters.
func say(parts []commands.Part, components, room int) said {
	var all said
	text := newMarkdown(&room, &all.pings)
	headed := false
	flush := func() {
		if content := text.String(); strings.TrimSpace(content) != "" {
			all.components = append(all.components, textDisplay(content))
		}
		full := text.full
		text = newMarkdown(&room, &all.pings)
		text.full = full
	}
	for i, part := range parts {
		if text.full {
			break
		}
		if row, isRow := part.(commands.Row); isRow {
			if rows := buttonRows(row.Buttons); len(rows) > 0 && len(all.components)+2+len(rows[0].Components) <= components {
				flush()
				all.components = append(all.components, rows[0])
				components -= len(rows[0].Components)
			}
			continue
		}
		if _, divides := part.(commands.Divider); divides {
			// The line and the text below it are two more.
			if len(all.components)+3 <= components && i > 0 && i < len(parts)-1 {
				if flush(); len(all.components) > 0 {
					all.components = append(all.components, component{Type: dg.SeparatorComponent})
				}
			}
			continue
		}
		if shown, isPicture := part.(picture); isPicture {
			// The text below it is one more.
			if len(all.components)+3 <= components {
				flush()
				all.components = append(all.components, shown.gallery(len(all.pictures)))
				all.pictures = append(all.pictures, shown)
			}
			continue
		}
		text.part(part, !headed)
		if _, heads := part.(commands.Heading); heads {
			headed = true
		}
	}
	flush()
	if last := len(all.components) - 1; last >= 0 && all.components[last].Type == dg.SeparatorComponent {
		all.components = all.components[:last]
	}
	return all
}

// textDisplay shows markdown.
func textDisplay(content string) component {
	return component{Type: dg.TextDisplayComponent, Content: content}
}

// part writes one part, which ends its line.
func (m *markdown) part(part commands.Part, first bool) {
	switch part := part.(type) {
	case commands.Heading:
		m.heading(part.Line, first)
	case commands.Text:
		m.line(part.Line, commands.Plain)
		m.raw("\n")
	case commands.List:
		m.list(part.Items)
	case commands.Checks:
		m.checks(part.Items)
	case commands.Facts:
		m.facts(part.Items)
	case commands.Meter:
		m.meter(part)
	case commands.Note:
		m.small(part.Line)
	case commands.Chart:
		m.heading(commands.Line{{Text: part.Title}}, first)
		m.line(commands.Line{{Text: part.Alt}}, commands.Plain)
		m.raw("\n")
	}
}

// heading is larger for the message's own heading. Those of its parts are bold
// text, because a message of many headings looks like a form.
func (m *markdown) heading(line commands.Line, first bool) {
	if !first {
		m.line(line, commands.Strong)
		m.raw("\n")
		return
	}
	if lineText(line) == "" {
		return
	}
	m.raw(headingMark)
	m.line(line, commands.Plain)
	m.raw("\n")
}

// small is small print.
func (m *markdown) small(line commands.Line) {
	if lineText(line) == "" {
		return
	}
	m.raw(smallMark)
	m.line(line, commands.Plain)
	m.raw("\n")
}

// more says how many items were left out, the same in every language.
func (m *markdown) more(count int) {
	m.raw(smallMark + plain.Ellipsis + " +" + strconv.Itoa(count) + "\n")
}

// moreSize is the room that the line of more takes at most.
const moreSize = 12

// items writes one item after the other and keeps room to say how many are left.
func (m *markdown) items(count int, write func(i int)) {
	for i := range count {
		last := i == count-1
		if i == maxItems || !last && *m.room < 3*moreSize {
			m.more(count - i)
			return
		}
		kept := 0
		if !last {
			kept = moreSize
		}
		*m.room -= kept
		write(i)
		*m.room += kept
		if m.full && !last {
			// What was cut had its room; the count has its own.
			m.full = false
			m.raw("\n")
			m.more(count - i - 1)
			m.full = true
			return
		}
	}
}

func (m *markdown) list(items []commands.Line) {
	m.items(len(items), func(i int) {
		m.raw(bullet)
		m.line(items[i], commands.Plain)
		m.raw("\n")
	})
}

func (m *markdown) checks(items []commands.Check) {
	m.items(len(items), func(i int) {
		item := items[i]
		mark := openMark
		if item.Done {
			mark = doneMark
		}
		m.raw(mark)
		m.line(item.Line, commands.Plain)
		m.raw("\n")
		m.small(item.Hint)
	})
}

func (m *markdown) facts(items []commands.Fact) {
	m.items(len(items), func(i int) {
		if label := plain.Clean(items[i].Label); label != "" {
			m.span(label+":", commands.Strong)
			m.raw(" ")
		}
		m.line(items[i].Value, commands.Plain)
		m.raw("\n")
	})
}

// meter is its label above a bar.
func (m *markdown) meter(part commands.Meter) {
	bar := plain.Bar(part.Share, part.Expected)
	if percent := plain.Percent(part.Share); percent != "" {
		bar += " **" + escape(percent, false) + "**"
	}
	// The bar must not fall victim to a long label.
	size := plain.Length(bar) + 2
	if *m.room < size {
		m.full = true
		return
	}
	*m.room -= size
	m.line(part.Label, commands.Plain)
	*m.room += size
	cut := m.full
	m.full = false
	if !m.lineStart {
		m.raw("\n")
	}
	m.raw(bar + "\n")
	m.full = m.full || cut
}

// lineText returns a line without any style.
func lineText(line commands.Line) string {
	var text string
	for _, span := range line {
		text += nameOf(span)
	}
	return text
}
