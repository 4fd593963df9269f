package picture

import (
	"bytes"
	_ "embed"
	"fmt"
	"image/color"
	"strings"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"github.com/smallwins/smallwins/bot/plain"
)

// Sarabun holds Latin and Thai in one design, with the loops that Thai is read
// by in small print. Copyright 2018 The Sarabun Project Authors, SIL Open Font
// License 1.1: font/OFL.txt.
var (
	//go:embed font/Sarabun-Regular.ttf
	regularFile []byte
	//go:embed font/Sarabun-SemiBold.ttf
	boldFile []byte
)

// weight chooses one of the fonts.
type weight int

const (
	regular weight = iota
	bold
)

// fonts are the fonts by their weight. They are safe for concurrent use.
type fonts [2]*font.Font

var loadFonts = sync.OnceValues(func() (loaded fonts, err error) {
	for i, file := range [...][]byte{regular: regularFile, bold: boldFile} {
		face, err := font.ParseTTF(bytes.NewReader(file))
		if err != nil {
			return fonts{}, fmt.Errorf("picture: font: %w", err)
		}
		loaded[i] = face.Font
	}
	return loaded, nil
})

// letters turns text into outlines.
type letters struct {
	faces  [2]*font.Face
	shaper shaping.HarfbuzzShaper
	cutter shaping.Segmenter
}

func newLetters(fonts fonts) *letters {
	l := new(letters)
	for i := range fonts {
		l.faces[i] = font.NewFace(fonts[i])
	}
	return l
}

// oneFace is the font map of a program with one font.
type oneFace struct{ *font.Face }

// ResolveFace returns the face whatever is asked for.
func (o oneFace) ResolveFace(rune) *font.Face { return o.Face }

// style is how text looks.
type style struct {
	weight weight
	size   float32
	colour color.RGBA
}

// shape returns the glyphs of a text and how wide it is. Characters that the
// font has no glyph for are left out: a row of boxes says nothing, and the
// picture's text alternative has them.
func (l *letters) shape(text string, s style) ([]shaping.Output, float32) {
	face := l.faces[s.weight]
	runes := []rune(strings.Map(func(r rune) rune {
		if _, found := face.NominalGlyph(r); !found && r != '\u200d' && r != '\u200c' {
			return -1
		}
		return r
	}, text))
	runs := l.cutter.Split(shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: di.DirectionLTR, Face: face,
		Size: fixed.Int26_6(s.size * 64), Language: language.NewLanguage("th"),
	}, oneFace{face})
	var (
		shaped = make([]shaping.Output, len(runs))
		width  float32
	)
	for i, run := range runs {
		shaped[i] = l.shaper.Shape(run)
		width += pixels(shaped[i].Advance)
	}
	return shaped, width
}

func pixels(length fixed.Int26_6) float32 { return float32(length) / 64 }

// width returns how wide a text is.
func (l *letters) width(text string, s style) float32 {
	_, width := l.shape(text, s)
	return width
}

// fit returns the text, shortened to a width where it is longer.
func (l *letters) fit(text string, s style, width float32) string {
	if l.width(text, s) <= width {
		return text
	}
	least, most := 0, len([]rune(text))
	for least < most {
		middle := (least + most + 1) / 2
		if l.width(plain.Truncate(text, middle), s) <= width {
			least = middle
		} else {
			most = middle - 1
		}
	}
	return plain.Truncate(text, least)
}

// lines breaks a text into at most two lines of a width, at a space. Thai has them
// between clauses.
func (l *letters) lines(text string, s style, width float32) []string {
	if text == "" {
		return nil
	}
	if l.width(text, s) <= width {
		return []string{text}
	}
	for i := len(text) - 1; i > 0; i-- {
		if text[i] == ' ' && l.width(text[:i], s) <= width {
			return []string{text[:i], l.fit(text[i+1:], s, width)}
		}
	}
	return []string{l.fit(text, s, width)}
}

// write draws text from a place on its base line. Share moves it to the left by
// that share of its width: 0.5 centres it, 1 ends it there.
func (c *canvas) write(text string, s style, at spot, share float32) {
	shaped, width := c.shape(text, s)
	at.x -= share * width
	face := c.faces[s.weight]
	scale := s.size / float32(face.Upem())
	c.fill(s.colour, func(p *path) {
		for _, run := range shaped {
			for _, glyph := range run.Glyphs {
				outline, drawn := face.GlyphData(glyph.GlyphID).(font.GlyphOutline)
				if drawn {
					p.glyph(outline, scale, spot{at.x + pixels(glyph.XOffset), at.y - pixels(glyph.YOffset)})
				}
				at.x += pixels(glyph.Advance)
			}
		}
	})
}

// glyph adds a glyph's outline.
func (p *path) glyph(outline font.GlyphOutline, scale float32, at spot) {
	kinds := [...]stepKind{
		opentype.SegmentOpMoveTo: move, opentype.SegmentOpLineTo: line,
		opentype.SegmentOpQuadTo: quad, opentype.SegmentOpCubeTo: cube,
	}
	for _, segment := range outline.Segments {
		var spots [3]spot
		for i, arg := range segment.ArgsSlice() {
			spots[i] = spot{at.x + arg.X*scale, at.y - arg.Y*scale}
		}
		kind := kinds[segment.Op]
		p.add(kind, spots[:ends[kind]]...)
	}
}
