package picture

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"

	"github.com/smallwins/smallwins/commands"
)

// The palette. The colours for figures are those of Okabe and Ito, "Color
// Universal Design" (2008).
var (
	cardColour   = color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}
	borderColour = color.RGBA{0xC9, 0xCE, 0xD6, 0xFF}
	inkColour    = color.RGBA{0x1B, 0x1F, 0x24, 0xFF}
	softColour   = color.RGBA{0x57, 0x60, 0x6A, 0xFF}
	gridColour   = color.RGBA{0xE3, 0xE6, 0xEA, 0xFF}

	blue       = color.RGBA{0x00, 0x72, 0xB2, 0xFF}
	green      = color.RGBA{0x00, 0x9E, 0x73, 0xFF}
	vermillion = color.RGBA{0xD5, 0x5E, 0x00, 0xFF}
	// veil lets what is under a label shine through a little.
	veil = color.RGBA{0xD0, 0xD0, 0xD0, 0xD0}
	// paleSky is sky blue, #56B4E9, mixed with the card.
	paleSky = color.RGBA{0xCB, 0xE6, 0xF7, 0xFF}
)

// border is how wide the card's edge is.
const border = 3

// canvas is what one picture is drawn on. It is not safe for concurrent use.
type canvas struct {
	image  *image.RGBA
	raster vector.Rasterizer
	path   path
	*letters
}

func newCanvas(fonts fonts) *canvas {
	return &canvas{image: image.NewRGBA(image.Rect(0, 0, Width, Height)), letters: newLetters(fonts)}
}

// draw draws a chart over whatever was there.
func (c *canvas) draw(chart commands.Chart) error {
	whole := c.image.Bounds()
	draw.Draw(c.image, whole, image.NewUniform(borderColour), image.Point{}, draw.Src)
	draw.Draw(c.image, whole.Inset(border), image.NewUniform(cardColour), image.Point{}, draw.Src)
	top := c.heading(chart)
	switch {
	case len(chart.Bars) > 0:
		c.bars(chart.Bars, top)
	case isPlane(chart):
		c.plane(chart, top)
	default:
		return ErrNothingToDraw
	}
	return nil
}

// spot is a place on the canvas, in pixels from its top left corner.
type spot struct{ x, y float32 }

// path collects outlines to fill. All that goes round the same way may overlap.
type path struct {
	steps []step
	// The extent of all steps.
	left, top, right, bottom float32
}

// step is a move, a line or a curve, by how many spots it has.
type step struct {
	kind  stepKind
	spots [3]spot
}

type stepKind uint8

const (
	move stepKind = iota
	line
	quad
	cube
)

// ends tells how many spots a kind of step has.
var ends = [...]int{move: 1, line: 1, quad: 2, cube: 3}

func (p *path) reset() {
	p.steps = p.steps[:0]
	p.left, p.top = math.MaxFloat32, math.MaxFloat32
	p.right, p.bottom = -math.MaxFloat32, -math.MaxFloat32
}

func (p *path) add(kind stepKind, spots ...spot) {
	s := step{kind: kind}
	copy(s.spots[:], spots)
	p.steps = append(p.steps, s)
	for _, at := range spots {
		p.left, p.right = min(p.left, at.x), max(p.right, at.x)
		p.top, p.bottom = min(p.top, at.y), max(p.bottom, at.y)
	}
}

// polygon adds a closed outline.
func (p *path) polygon(corners ...spot) {
	for i, corner := range corners {
		kind := line
		if i == 0 {
			kind = move
		}
		p.add(kind, corner)
	}
}

// disc adds a circle, as the octagon of curves that is one to the eye.
func (p *path) disc(at spot, radius float32) {
	const (
		corners = 8
		turn    = 2 * math.Pi / corners
	)
	on := func(angle, radius float64) spot {
		sin, cos := math.Sincos(angle)
		return spot{at.x + float32(radius*cos), at.y + float32(radius*sin)}
	}
	r := float64(radius)
	p.add(move, on(0, r))
	for i := range corners {
		angle := -float64(i) * turn
		p.add(quad, on(angle-turn/2, r/math.Cos(turn/2)), on(angle-turn, r))
	}
}

// stroke adds a line through spots, with round joins and ends.
func (p *path) stroke(spots []spot, width float32) {
	const inset = 0.3 // or the soft edges of joins would add up to dots along the line
	half := width / 2
	for i, at := range spots {
		p.disc(at, half-inset)
		if next := i + 1; next < len(spots) {
			p.bar(at, spots[next], half)
		}
	}
}

// bar adds a straight line of that half width.
func (p *path) bar(from, to spot, half float32) {
	dx, dy := to.x-from.x, to.y-from.y
	long := float32(math.Hypot(float64(dx), float64(dy)))
	if long == 0 {
		return
	}
	nx, ny := -dy/long*half, dx/long*half
	p.polygon(spot{from.x + nx, from.y + ny}, spot{to.x + nx, to.y + ny}, spot{to.x - nx, to.y - ny}, spot{from.x - nx, from.y - ny})
}

// dashed adds a line through spots that is drawn and left out by turns.
func (p *path) dashed(spots []spot, width, drawn, left float32) {
	var (
		dash   []spot
		on     = true
		remain = drawn
	)
	for i := 1; i < len(spots); i++ {
		from, to := spots[i-1], spots[i]
		if on && len(dash) == 0 {
			dash = append(dash, from)
		}
		for {
			dx, dy := to.x-from.x, to.y-from.y
			long := float32(math.Hypot(float64(dx), float64(dy)))
			if long < remain {
				remain -= long
				if on {
					dash = append(dash, to)
				}
				break
			}
			from = spot{from.x + dx*remain/long, from.y + dy*remain/long}
			if on {
				p.stroke(append(dash, from), width)
				dash, remain = dash[:0], left
			} else {
				dash, remain = append(dash[:0], from), drawn
			}
			on = !on
		}
	}
	if on {
		p.stroke(dash, width)
	}
}

// fill paints the inside of what build adds to an empty path.
func (c *canvas) fill(colour color.RGBA, build func(*path)) {
	c.path.reset()
	build(&c.path)
	if len(c.path.steps) == 0 {
		return
	}
	area := image.Rect(
		int(math.Floor(float64(c.path.left))), int(math.Floor(float64(c.path.top))),
		int(math.Ceil(float64(c.path.right)))+1, int(math.Ceil(float64(c.path.bottom)))+1,
	)
	shown := area.Intersect(c.image.Bounds())
	if shown.Empty() {
		return
	}
	c.raster.Reset(shown.Dx(), shown.Dy())
	dx, dy := float32(shown.Min.X), float32(shown.Min.Y)
	for _, s := range c.path.steps {
		for i := range ends[s.kind] {
			s.spots[i].x -= dx
			s.spots[i].y -= dy
		}
		a, b, e := s.spots[0], s.spots[1], s.spots[2]
		switch s.kind {
		case move:
			c.raster.ClosePath()
			c.raster.MoveTo(a.x, a.y)
		case line:
			c.raster.LineTo(a.x, a.y)
		case quad:
			c.raster.QuadTo(a.x, a.y, b.x, b.y)
		case cube:
			c.raster.CubeTo(a.x, a.y, b.x, b.y, e.x, e.y)
		}
	}
	c.raster.ClosePath()
	c.raster.Draw(c.image, shown, image.NewUniform(colour), image.Point{})
}

// rectangle paints a rectangle.
func (c *canvas) rectangle(colour color.RGBA, left, top, right, bottom float32) {
	c.fill(colour, func(p *path) {
		p.polygon(spot{left, top}, spot{right, top}, spot{right, bottom}, spot{left, bottom})
	})
}
