// Package plain is what the adapters of all chat platforms do with plain text:
// clean it, count it as JavaScript does, cut it where people see no character
// torn, and draw a meter with it. It knows no platform's markup and no limits.
package plain

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Ellipsis marks that something goes on.
const Ellipsis = "…"

// Truncate shortens text to at most limit characters as [Length] counts them,
// on a boundary between what people see as characters, and marks that by an
// ellipsis.
func Truncate(text string, limit int) string {
	if len(text) <= limit || Length(text) <= limit {
		return text
	}
	end, room := 0, limit-Length(Ellipsis)
	for rest, state := text, -1; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if room -= Length(cluster); room < 0 {
			break
		}
		end += len(cluster)
	}
	return strings.TrimRight(text[:end], " ") + Ellipsis
}

// Length counts UTF-16 code units, so that an emoji is two: the platforms do
// not say how they count, and this is the most it could be.
func Length(text string) int {
	count := 0
	for _, r := range text {
		count++
		if r > 0xFFFF {
			count++
		}
	}
	return count
}

// FirstBytes bounds what machines read, where an ellipsis would only mislead.
// It cuts between characters.
func FirstBytes(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && text[limit]&0xC0 == 0x80 {
		limit--
	}
	return text[:limit]
}

// Clean makes text one line that keeps to itself: line breaks become spaces,
// other control characters vanish, and so do the characters that turn the
// direction of whatever text comes after.
func Clean(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' {
			return strings.Map(cleanRune, text)
		}
	}
	return text
}

func cleanRune(r rune) rune {
	switch {
	case r == '\t', r == '\n', r == '\v', r == '\f', r == '\r', r == 0x85, r == 0x2028, r == 0x2029:
		return ' '
	case r < ' ', r >= 0x7F && r < 0xA0: // control characters
		return -1
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // embeddings, overrides and isolates
		return -1
	case r == utf8.RuneError:
		return utf8.RuneError
	}
	return r
}
