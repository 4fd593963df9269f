package sandbox

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mrkdwn reads Slack's markup, https://docs.slack.dev/messaging/formatting-message-text.
// What is not markup is text as it stands.
func mrkdwn(text string, names directory) prose {
	var all prose
	for text != "" {
		before, rest, fenced := strings.Cut(text, "```")
		code, after, closed := strings.Cut(rest, "```")
		if !fenced || !closed {
			before, code, after = text, "", ""
		}
		all = append(all, quotes(before, names)...)
		if code = strings.Trim(code, "\n"); code != "" {
			all = append(all, paragraph{Kind: "pre", Spans: []span{{Text: unescape(code)}}})
		}
		text = after
	}
	return all
}

// quotes splits text into quoted and other lines.
func quotes(text string, names directory) prose {
	var all prose
	var lines []string
	quoted := false
	flush := func() {
		if joined := strings.Trim(strings.Join(lines, "\n"), "\n"); joined != "" {
			kind := "p"
			if quoted {
				kind = "quote"
			}
			all = append(all, paragraph{Kind: kind, Spans: inline(joined, style{}, names)})
		}
		lines = lines[:0]
	}
	for line := range strings.SplitSeq(text, "\n") {
		rest, isQuote := strings.CutPrefix(line, "&gt;")
		if !isQuote {
			rest, isQuote = strings.CutPrefix(line, ">")
		}
		if isQuote != quoted {
			flush()
			quoted = isQuote
		}
		if isQuote {
			line = strings.TrimPrefix(rest, " ")
		}
		lines = append(lines, line)
	}
	flush()
	return all
}

// inline reads the markup within lines. A style that is on already is not
// opened again, which bounds the recursion.
func inline(text string, now style, names directory) []span {
	var spans []span
	plain := func(part string) {
		if part != "" {
			spans = append(spans, span{Text: emoji(unescape(part)), style: now})
		}
	}
	start := 0
	for i := 0; i < len(text); {
		found, length := token(text[:i], text[i:], now, names)
		if length == 0 {
			i++
			continue
		}
		plain(text[start:i])
		spans = append(spans, found...)
		i += length
		start = i
	}
	plain(text[start:])
	return spans
}

// token reads one piece of markup at the beginning of text and returns how many
// bytes it takes; 0 if there is none.
func token(before, text string, now style, names directory) ([]span, int) {
	switch text[0] {
	case '<':
		end := strings.IndexAny(text[1:], "<>\n") + 1
		if end == 0 || text[end] != '>' {
			return nil, 0
		}
		found, ok := angle(text[1:end], names)
		if !ok {
			return nil, 0
		}
		found.style = now
		return []span{found}, end + 1
	case '`':
		code, _, closed := strings.Cut(text[1:], "`")
		if !closed || code == "" || strings.Contains(code, "\n") {
			return nil, 0
		}
		inner := now
		inner.Code = true
		return []span{{Text: unescape(code), style: inner}}, len(code) + 2
	case '*', '_', '~':
		inner := now
		on := map[byte]*bool{'*': &inner.Bold, '_': &inner.Italic, '~': &inner.Strike}[text[0]]
		end := closing(before, text)
		if *on || end == 0 {
			return nil, 0
		}
		*on = true
		return inline(text[1:end], inner, names), end + 1
	}
	return nil, 0
}

// closing finds the mark that closes the one at the beginning of text. An
// opening mark follows no letter and precedes no space; a closing one the other
// way round, on the same line.
func closing(before, text string) int {
	mark := text[0]
	if last, _ := utf8.DecodeLastRuneInString(before); before != "" && wordy(last) {
		return 0
	}
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		if text[i] != mark {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(text[:i])
		next, _ := utf8.DecodeRuneInString(text[i+1:])
		if i > 1 && !unicode.IsSpace(last) && (i+1 == len(text) || !wordy(next)) {
			first, _ := utf8.DecodeRuneInString(text[1:])
			if unicode.IsSpace(first) {
				return 0
			}
			return i
		}
	}
	return 0
}

func wordy(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// angle reads what stands between < and >: a mention, a channel, a broadcast, a
// date or a link.
func angle(inner string, names directory) (span, bool) {
	target, label, _ := strings.Cut(inner, "|")
	label = unescape(label)
	if len(target) < 2 {
		return span{}, false
	}
	switch target[0] {
	case '@':
		return span{Text: names.member(target[1:], label), Class: "mention"}, true
	case '#':
		return span{Text: names.channel(target[1:], label), Class: "mention"}, true
	case '!':
		return special(target[1:], label)
	}
	target = unescape(target)
	if !linkable(target) {
		return span{}, false
	}
	if label == "" {
		label = target
	}
	return span{Text: label, Href: target}, true
}

// special reads what begins with an exclamation mark.
func special(target, label string) (span, bool) {
	name, _, _ := strings.Cut(target, "^")
	switch name {
	case "here", "channel", "everyone":
		return span{Text: "@" + name, Class: "broadcast"}, true
	case "subteam":
		return span{Text: label, Class: "broadcast"}, label != ""
	case "date":
		return span{Text: label}, label != ""
	}
	return span{}, false
}

func linkable(target string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(target, scheme) {
			return true
		}
	}
	return false
}

// unescaper goes once over the text: what it wrote it does not read again.
var unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

func unescape(text string) string { return unescaper.Replace(text) }
