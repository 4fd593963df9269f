package slack

import (
	"strings"
	"unicode/utf8"
)

// appendQuoted appends text as a JSON string, the same that encoding/json makes
// of it: the three characters that markup is made of are escaped, and so are the
// two line ends that JavaScript knows and JSON does not; what is not UTF-8
// becomes U+FFFD.
func appendQuoted(to []byte, text string) []byte {
	to = append(to, '"')
	done := 0 // up to where text is written
	for i := 0; i < len(text); {
		size := 1
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			var r rune
			r, size = utf8.DecodeRuneInString(text[i:])
			if r == '\u2028' || r == '\u2029' || r == utf8.RuneError && size == 1 {
				to = appendEscape(append(to, text[done:i]...), r)
				done = i + size
			}
		case c < ' ', c == '"', c == '\\', c == '<', c == '>', c == '&':
			to = appendEscape(append(to, text[done:i]...), rune(c))
			done = i + 1
		}
		i += size
	}
	return append(append(to, text[done:]...), '"')
}

// appendEscape appends a character of one UTF-16 unit behind a backslash.
func appendEscape(to []byte, r rune) []byte {
	const (
		hex   = "0123456789abcdef"
		named = "\"\\\b\f\n\r\t"
		names = "\"\\bfnrt"
	)
	if i := strings.IndexRune(named, r); i >= 0 {
		return append(to, '\\', names[i])
	}
	return append(to, '\\', 'u', hex[r>>12&0xf], hex[r>>8&0xf], hex[r>>4&0xf], hex[r&0xf])
}
