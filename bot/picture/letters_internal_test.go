package picture

import (
	"strings"
	"testing"
)

// raised returns how wide a text is and how high each of its glyphs reaches.
func raised(t *testing.T, text string) (width float32, offsets []float32) {
	t.Helper()
	fonts, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	l := newLetters(fonts)
	runs, width := l.shape(text, style{regular, 100, inkColour})
	for _, run := range runs {
		for _, glyph := range run.Glyphs {
			offsets = append(offsets, pixels(glyph.YOffset)+pixels(glyph.YBearing))
		}
	}
	return width, offsets
}

func TestThaiMarksStandAboveAndBelowTheirConsonants(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ marked, bare string }{
		{"ที่", "ท"},        // a vowel above and a tone mark above it
		{"กู้", "ก"},        // a vowel below and a tone mark above
		{"น้ำ", "นำ"},       // a tone mark between a consonant and sara am
		{"ปี่", "ป"},        // beside an ascender
		{"ซื้อ", "ซอ"},      // before another consonant
		{"ขั้นต่ำ", "ขนตำ"}, // several
	} {
		marked, _ := raised(t, test.marked)
		bare, _ := raised(t, test.bare)
		if marked != bare {
			t.Errorf("%s takes %v pixels, %s without its marks %v: a mark stands beside its consonant", test.marked, marked, test.bare, bare)
		}
	}
	// In ท่ the mark is the second glyph, in ที่ it stands above the vowel.
	_, alone := raised(t, "ท่")
	_, above := raised(t, "ที่")
	if top, vowel := above[len(above)-1], above[1]; top <= alone[1] || top <= vowel {
		t.Errorf("the tone mark of ที่ is at %v, the vowel's top at %v, and ท่ has it at %v", top, vowel, alone[1])
	}
}

func TestLongSentencesTakeTwoLines(t *testing.T) {
	t.Parallel()
	fonts, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	l := newLetters(fonts)
	const text = "12 so far, at most 20 allowed. Early days: too little of the time has passed to tell."
	lines := l.lines(text, leadStyle, Width-2*margin)
	if len(lines) != 2 || strings.Join(lines, " ") != text {
		t.Errorf("broken into %q", lines)
	}
	for _, line := range l.lines(strings.Repeat("word ", 100), leadStyle, 500) {
		if l.width(line, leadStyle) > 500 {
			t.Errorf("%q is too long", line)
		}
	}
}

func TestTextIsShortenedToItsRoom(t *testing.T) {
	t.Parallel()
	fonts, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	l := newLetters(fonts)
	const text = "อัตราการปิดการขายรายเดือน by rep and territory"
	for _, room := range []float32{2000, 400, 100, 20, 0} {
		if got := l.fit(text, titleStyle, room); l.width(got, titleStyle) > room && got != "…" {
			t.Errorf("%q is wider than %v", got, room)
		}
	}
	if got := l.fit(text, titleStyle, 2000); got != text {
		t.Errorf("shortened without need to %q", got)
	}
}
