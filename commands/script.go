package commands

import (
	"unicode"
	"unicode/utf8"
)

// standApart reports whether a space belongs between two texts that meet in
// another script. Thai sentences are written without spaces, and a Thai value
// stands in them without any, but a number or a Latin word stands apart.
func standApart(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return isThai(last) && isOther(first) || isOther(last) && isThai(first)
}

func isThai(r rune) bool { return unicode.Is(unicode.Thai, r) }

// isOther reports whether r belongs to a number or a word of another script.
func isOther(r rune) bool {
	return r == '%' || !isThai(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) || unicode.Is(unicode.Sm, r))
}
