package sheet

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encoding names how a table's text is written as bytes.
type Encoding string

// The encodings. Excel saves UTF-16 and the two Windows code pages, 1252 in the
// west of Europe and the Americas and 874 in Thailand.
const (
	UTF8        Encoding = "utf-8"
	UTF16LE     Encoding = "utf-16le"
	UTF16BE     Encoding = "utf-16be"
	Windows1252 Encoding = "windows-1252"
	Windows874  Encoding = "windows-874"
)

// ParseEncoding reads the name of an encoding as somebody types it; the empty
// name stands for whatever the bytes look like.
func ParseEncoding(name string) (Encoding, error) {
	switch wanted := strings.ReplaceAll(strings.ToLower(name), "_", "-"); wanted {
	case "", string(UTF8), string(UTF16LE), string(UTF16BE), string(Windows1252), string(Windows874):
		return Encoding(wanted), nil
	case "utf8":
		return UTF8, nil
	case "utf-16", "utf16":
		return UTF16LE, nil
	case "cp1252", "1252", "latin1", "iso-8859-1":
		return Windows1252, nil
	case "cp874", "874", "tis-620", "tis620":
		return Windows874, nil
	default:
		return "", fmt.Errorf("%q is no encoding that is read; write utf-8, utf-16le, utf-16be, windows-1252 or windows-874", name)
	}
}

var encodings = map[Encoding]encoding.Encoding{
	UTF16LE: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), UTF16BE: unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	Windows1252: charmap.Windows1252, Windows874: charmap.Windows874,
}

// decoded returns the bytes as UTF-8 without a mark at the start.
func decoded(r io.Reader, from Encoding) io.Reader {
	if known, found := encodings[from]; found {
		return known.NewDecoder().Reader(r)
	}
	return unicode.UTF8BOM.NewDecoder().Reader(r)
}

// sniffEncoding tells how bytes at the start of a table are written. Bytes that
// are no UTF-8 are of a code page: Thai words are runs of high bytes, where in
// western ones a high byte stands alone among letters.
func sniffEncoding(start []byte) Encoding {
	switch {
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}):
		return UTF16LE
	case bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return UTF16BE
	}
	if wide := sniffUTF16(start); wide != "" || validUTF8(start) {
		return cmp.Or(wide, UTF8)
	}
	high, runs, run := 0, 0, 0
	for _, c := range start {
		if c < utf8.RuneSelf {
			run = 0
			continue
		}
		high++
		if run++; run == 3 {
			runs += 3
		} else if run > 3 {
			runs++
		}
	}
	if 2*runs > high {
		return Windows874
	}
	return Windows1252
}

// validUTF8 passes over a last character that the sample cut.
func validUTF8(start []byte) bool {
	for cut := range utf8.UTFMax {
		if len(start) >= cut && utf8.Valid(start[:len(start)-cut]) {
			return true
		}
	}
	return false
}

// sniffUTF16 tells UTF-16 without a mark by the zeros beside ASCII characters,
// which other encodings hardly have; empty means that it is none.
func sniffUTF16(start []byte) Encoding {
	var zeros [2]int
	for i, c := range start {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch quarter := len(start) / 8; { // a quarter of the characters
	case zeros[1] > quarter:
		return UTF16LE
	case zeros[0] > quarter:
		return UTF16BE
	default:
		return ""
	}
}
