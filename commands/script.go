package commands

import "unicode"

// standApart reports whether a space belongs between a text that ends in the one
// letter and a text that begins with the other. Thai sentences are written
// without spaces, and a Thai value stands in them without any, but a number or a
// Latin word stands apart.
func standApart(last, first rune) bool {
	if isThai(last) {
		return isOther(first)
	}
	return isThai(first) && isOther(last)
}

func isThai(r rune) bool { return unicode.Is(unicode.Thai, r) }

// isOther reports whether r belongs to a number or a word of another script.
func isOther(r rune) bool {
	return r == '%' || !isThai(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Sc, r) || unicode.Is(unicode.Sm, r))
}
