// Package picture draws a [commands.Chart] as a PNG that can be read on a phone.
//
// Chat clients show pictures on light and on dark, so each stands on a card of
// its own. Colours are those of Okabe and Ito, which people with colour-blindness
// tell apart, and no colour alone says anything: lines differ in their dashes,
// marks in their shape.
//
// It is drawn by hand on golang.org/x/image/vector, with text shaped by
// go-text/typesetting. The chart libraries put one glyph after another: in Thai
// that sets tone marks beside or into the vowels below them. Their axes and
// legends are also made for a desktop's width, where ours is a third of it.
package picture

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"image/png"
	"sync"

	"github.com/smallwins/smallwins/commands"
)

// The size of a picture, in pixels. A phone shows it at about a third of that,
// so the smallest text has 30.
const (
	Width  = 1200
	Height = 675
)

// keptPictures bounds how many pictures a painter keeps, of about 30 KB each.
const keptPictures = 64

// ErrNothingToDraw is for a chart without bars and without a plane.
var ErrNothingToDraw = errors.New("picture: nothing to draw")

// Painter draws charts and keeps the latest, since people look at the same one
// again while nothing has changed. It is safe for concurrent use.
type Painter struct {
	desks sync.Pool // of *desk

	mu    sync.Mutex
	kept  map[[sha256.Size]byte]*list.Element
	order *list.List // of *keptPicture, the one last asked for first
}

type keptPicture struct {
	key [sha256.Size]byte
	png []byte
}

// desk is what it takes to draw one picture at a time.
type desk struct {
	canvas  *canvas
	encoder png.Encoder
	buffer  *png.EncoderBuffer
}

// Get hands the encoder the buffer that the desk keeps.
func (d *desk) Get() *png.EncoderBuffer { return d.buffer }

// Put takes it back.
func (d *desk) Put(buffer *png.EncoderBuffer) { d.buffer = buffer }

// NewPainter returns a painter. It reads the fonts that the program carries with
// the first picture, since many a process draws none.
func NewPainter() *Painter {
	return &Painter{kept: make(map[[sha256.Size]byte]*list.Element), order: list.New()}
}

// Draw returns the chart as a PNG, which the caller must not change. The same
// chart is the same bytes.
func (p *Painter) Draw(chart commands.Chart) ([]byte, error) {
	facts, err := json.Marshal(chart)
	if err != nil {
		return nil, fmt.Errorf("picture: read chart: %w", err) // a number that is none
	}
	key := sha256.Sum256(facts)
	if drawn, found := p.recall(key); found {
		return drawn, nil
	}
	d, err := p.desk()
	if err != nil {
		return nil, err
	}
	defer p.desks.Put(d)
	if err := d.canvas.draw(chart); err != nil {
		return nil, err
	}
	var encoded bytes.Buffer
	if err := d.encoder.Encode(&encoded, d.canvas.image); err != nil {
		return nil, fmt.Errorf("picture: encode: %w", err)
	}
	p.keep(&keptPicture{key, encoded.Bytes()})
	return encoded.Bytes(), nil
}

// desk returns one that is free, or another.
func (p *Painter) desk() (*desk, error) {
	if d, found := p.desks.Get().(*desk); found {
		return d, nil
	}
	fonts, err := loadFonts()
	if err != nil {
		return nil, err
	}
	d := &desk{canvas: newCanvas(fonts)}
	d.encoder = png.Encoder{CompressionLevel: png.DefaultCompression, BufferPool: d}
	return d, nil
}

func (p *Painter) recall(key [sha256.Size]byte) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	element, found := p.kept[key]
	if !found {
		return nil, false
	}
	p.order.MoveToFront(element)
	return element.Value.(*keptPicture).png, true
}

func (p *Painter) keep(picture *keptPicture) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, found := p.kept[picture.key]; found {
		return // Somebody drew it meanwhile.
	}
	p.kept[picture.key] = p.order.PushFront(picture)
	if p.order.Len() > keptPictures {
		oldest := p.order.Remove(p.order.Back()).(*keptPicture)
		delete(p.kept, oldest.key)
	}
}
