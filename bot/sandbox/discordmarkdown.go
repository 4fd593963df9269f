package sandbox

import (
	"strings"
	"unicode/utf8"
)

// markdown reads Discord's markup,
// https://docs.discord.com/developers/reference#message-formatting.
func markdown(text string, names directory) prose {
	var all prose
	var lines []string
	flush := func() {
		if joined := strings.Trim(strings.Join(lines, "\n"), "\n"); joined != "" {
			all = append(all, paragraph{Kind: "p", Spans: marked(joined, style{}, names)})
		}
		lines = nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		kind, rest := lineKind(line)
		if kind == "" {
			lines = append(lines, line)
			continue
		}
		flush()
		spans := marked(rest, style{}, names)
		if last := len(all) - 1; kind == "ul" && last >= 0 && all[last].Kind == "ul" {
			all[last].Items = append(all[last].Items, spans)
			continue
		}
		part := paragraph{Kind: kind, Spans: spans}
		if kind == "ul" {
			part.Items, part.Spans = [][]span{spans}, nil
		}
		all = append(all, part)
	}
	flush()
	return all
}

// lineKind tells what the marks at a line's beginning make of it.
func lineKind(line string) (kind, rest string) {
	for _, known := range [...]struct{ mark, kind string }{
		{"### ", "h"}, {"## ", "h"}, {"# ", "h"}, {"-# ", "small"}, {"> ", "quote"}, {"- ", "ul"}, {"* ", "ul"},
	} {
		if rest, found := strings.CutPrefix(line, known.mark); found {
			return known.kind, rest
		}
	}
	return "", line
}

// emphasis are the marks that stand on both sides of a text, longest first.
var emphasis = [...]struct {
	mark string
	on   func(*style) *bool
}{
	{"**", func(s *style) *bool { return &s.Bold }},
	{"__", func(s *style) *bool { return &s.Underline }},
	{"~~", func(s *style) *bool { return &s.Strike }},
	{"*", func(s *style) *bool { return &s.Italic }},
	{"_", func(s *style) *bool { return &s.Italic }},
}

// marked reads the markup within lines. A style that is on already is not opened
// again, which bounds the recursion.
func marked(text string, now style, names directory) []span {
	var spans []span
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			spans = append(spans, span{Text: plain.String(), style: now})
			plain.Reset()
		}
	}
	for i := 0; i < len(text); {
		if text[i] == '\\' && i+1 < len(text) && text[i+1] < utf8.RuneSelf {
			plain.WriteByte(text[i+1])
			i += 2
			continue
		}
		found, length := markedToken(text[i:], now, names)
		if length == 0 {
			plain.WriteByte(text[i])
			i++
			continue
		}
		flush()
		spans = append(spans, found...)
		i += length
	}
	flush()
	return spans
}

// markedToken reads one piece of markup at the beginning of text and returns how
// many bytes it takes; 0 if there is none.
func markedToken(text string, now style, names directory) ([]span, int) {
	if text[0] == '<' {
		end := strings.IndexByte(text, '>')
		if end < 0 {
			return nil, 0
		}
		if found, ok := discordMention(text[1:end], names); ok {
			found.style = now
			return []span{found}, end + 1
		}
		return nil, 0
	}
	if text[0] == '`' {
		code, _, closed := strings.Cut(text[1:], "`")
		if !closed || code == "" {
			return nil, 0
		}
		inner := now
		inner.Code = true
		return []span{{Text: code, style: inner}}, len(code) + 2
	}
	for _, known := range emphasis {
		rest, opens := strings.CutPrefix(text, known.mark)
		if !opens {
			continue
		}
		inner := now
		on := known.on(&inner)
		end := closingMark(rest, known.mark)
		if *on || end <= 0 {
			continue
		}
		*on = true
		return marked(rest[:end], inner, names), end + 2*len(known.mark)
	}
	return nil, 0
}

// closingMark finds a mark that no backslash takes the meaning of.
func closingMark(text, mark string) int {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(text[i:], mark) {
			return i
		}
	}
	return -1
}

// discordMention reads what stands between < and >.
func discordMention(inner string, names directory) (span, bool) {
	switch {
	case strings.HasPrefix(inner, "@&"):
		return span{Text: names.role(inner[2:]), Class: "broadcast"}, true
	case strings.HasPrefix(inner, "@"):
		return span{Text: names.member(strings.TrimPrefix(inner[1:], "!"), ""), Class: "mention"}, true
	case strings.HasPrefix(inner, "#"):
		return span{Text: names.channel(inner[1:], ""), Class: "mention"}, true
	}
	return span{}, false
}

// role returns a group's name behind an @.
func (d directory) role(id string) string {
	if group, known := d.team.group(id); known {
		return "@" + group.Name
	}
	return "@" + id
}
