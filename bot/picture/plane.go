package picture

import (
	"image"

	"github.com/smallwins/smallwins/commands"
)

// isPlane reports whether a chart has a plane to draw on.
func isPlane(chart commands.Chart) bool {
	return chart.Across.High > chart.Across.Low && chart.Up.High > chart.Up.Low
}

// plane is where values stand on the canvas.
type plane struct {
	across, up               scale
	left, top, right, bottom float32
}

func (p plane) x(at float64) float32 { return p.left + p.across.share(at)*(p.right-p.left) }

func (p plane) y(value float64) float32 { return p.bottom - p.up.share(value)*(p.bottom-p.top) }

// scale is a direction of a plane.
type scale commands.Scale

// share is how far along the scale a value is. What lies far beyond its ends is
// held near them: it is off the card either way.
func (s scale) share(value float64) float32 {
	const beyond = 2
	return float32(min(max((value-s.Low)/(s.High-s.Low), -beyond), beyond))
}

// plane draws series, bands and marks below a height.
func (c *canvas) plane(chart commands.Chart, top float32) {
	p := plane{across: scale(chart.Across), up: scale(chart.Up), left: margin, top: top + 22, right: Width - margin - 16, bottom: Height - 84}
	for _, tick := range p.up.Ticks {
		p.left = max(p.left, margin+c.width(tick.Label, scaleStyle)+16)
	}
	for _, tick := range p.up.Ticks {
		y := p.y(tick.At)
		c.rectangle(gridColour, p.left, y-1, p.right, y+1)
		c.write(tick.Label, scaleStyle, spot{p.left - 16, y + 11}, 1)
	}
	for _, band := range chart.Bands {
		c.band(p, band)
	}
	c.axis(p)
	for _, mark := range chart.Marks {
		if mark.Role == commands.MarkMoment {
			x := p.x(mark.At)
			c.fill(vermillion, func(path *path) { path.stroke([]spot{{x, p.top}, {x, p.bottom}}, 6) })
		}
	}
	for _, role := range [...]commands.SeriesRole{commands.Target, commands.Expected, commands.Actual} {
		for _, series := range chart.Series {
			if series.Role != role {
				continue
			}
			spots := make([]spot, len(series.Points))
			for i, point := range series.Points {
				spots[i] = spot{p.x(point.At), p.y(point.Value)}
			}
			c.series(role, spots)
		}
	}
	for _, mark := range chart.Marks {
		if mark.Role != commands.MarkMoment {
			c.mark(mark.Role, spot{p.x(mark.At), p.y(mark.Value)})
		}
	}
	c.labels(p, chart.Marks)
}

func (c *canvas) band(p plane, band commands.Band) {
	c.fill(paleSky, func(path *path) {
		outline := make([]spot, 0, 2*len(band.Points))
		for _, point := range band.Points {
			outline = append(outline, spot{p.x(point.At), p.y(point.High)})
		}
		for i := len(band.Points) - 1; i >= 0; i-- {
			point := band.Points[i]
			outline = append(outline, spot{p.x(point.At), p.y(point.Low)})
		}
		path.polygon(outline...)
	})
}

// axis draws the line at the bottom with its labels, those at the ends moved in
// so far that they stay on the card, and without any that would run into the one
// before.
func (c *canvas) axis(p plane) {
	c.rectangle(softColour, p.left, p.bottom-1, p.right, p.bottom+2)
	const gap = 20
	taken := float32(0)
	for _, tick := range p.across.Ticks {
		x, half := p.x(tick.At), c.width(tick.Label, scaleStyle)/2
		c.rectangle(softColour, x-1, p.bottom, x+2, p.bottom+10)
		at := min(max(x, margin+half), Width-margin-half)
		if at-half < taken+gap {
			continue
		}
		c.write(tick.Label, scaleStyle, spot{at, p.bottom + 48}, 0.5)
		taken = at + half
	}
}

// labels writes the labels of marks where there is room: above the mark, else
// below, to the left or to the right of it. A label that would cover another one
// is left out.
func (c *canvas) labels(p plane, marks []commands.Mark) {
	const (
		away   = 24 // from the mark's middle
		height = 30
	)
	var taken []image.Rectangle
	for _, mark := range marks {
		if mark.Role != commands.MarkMoment {
			at := image.Pt(int(p.x(mark.At)), int(p.y(mark.Value)))
			taken = append(taken, image.Rectangle{at, at}.Inset(-14))
		}
	}
	room := image.Rect(int(p.left), int(p.top)-20, Width-margin/2, int(p.bottom)-6)
	for _, mark := range marks {
		if mark.Label == "" {
			continue
		}
		width := c.width(mark.Label, markStyle)
		x := p.x(mark.At)
		y := p.top + height
		if mark.Role != commands.MarkMoment {
			y = p.y(mark.Value)
		}
		for _, base := range [...]spot{
			{x - width/2, y - away},
			{x - width - away, y - away/2},
			{x - width - away, y + height/2},
			{x + away, y + height/2},
			{x - width/2, y + away + height},
			{x + away, y + away + height},
			{x - width - away, y + away + height},
		} {
			if mark.Role == commands.MarkMoment && base.y != y+height/2 {
				continue // beside its line
			}
			box := image.Rect(int(base.x)-6, int(base.y)-height-2, int(base.x+width)+6, int(base.y)+8)
			if !box.In(room) || overlaps(box, taken) {
				continue
			}
			c.rectangle(veil, float32(box.Min.X), float32(box.Min.Y), float32(box.Max.X), float32(box.Max.Y))
			c.write(mark.Label, markStyle, base, 0)
			taken = append(taken, box)
			break
		}
	}
}

func overlaps(box image.Rectangle, others []image.Rectangle) bool {
	for _, other := range others {
		if box.Overlaps(other) {
			return true
		}
	}
	return false
}
