package picture

import (
	"image/color"
	"slices"

	"github.com/smallwins/smallwins/commands"
)

// margin is what stays free on all sides.
const margin = 44

// How text looks by what it is.
var (
	titleStyle  = style{bold, 48, inkColour}
	leadStyle   = style{regular, 36, softColour}
	legendStyle = style{regular, 32, inkColour}
	scaleStyle  = style{regular, 32, softColour}
	markStyle   = style{bold, 36, inkColour}
)

// heading writes title, lead and legend and returns where they end.
func (c *canvas) heading(chart commands.Chart) (bottom float32) {
	const room = Width - 2*margin
	y := float32(88)
	c.write(c.fit(chart.Title, titleStyle, room), titleStyle, spot{margin, y}, 0)
	for i, line := range c.lines(chart.Lead, leadStyle, room) {
		y += 54
		if i > 0 {
			y -= 8
		}
		c.write(line, leadStyle, spot{margin, y}, 0)
	}
	if entries := legend(chart); len(entries) > 0 {
		y = c.legend(entries, y+54)
	}
	return y + 24
}

// entry is one line of the legend.
type entry struct {
	name   string
	sample func(c *canvas, left, middle float32)
}

// sampleWidth is how wide a sample in the legend is.
const sampleWidth = 56

// legend lists what has a name, in the order in which it is drawn on top.
func legend(chart commands.Chart) []entry {
	var entries []entry
	for _, series := range chart.Series {
		if series.Name == "" {
			continue
		}
		entries = append(entries, entry{series.Name, func(c *canvas, left, middle float32) {
			c.series(series.Role, []spot{{left, middle}, {left + sampleWidth, middle}})
		}})
	}
	for _, band := range chart.Bands {
		if band.Name == "" {
			continue
		}
		entries = append(entries, entry{band.Name, func(c *canvas, left, middle float32) {
			c.rectangle(paleSky, left, middle-14, left+sampleWidth, middle+14)
		}})
	}
	for i, mark := range chart.Marks {
		if mark.Name == "" || slices.ContainsFunc(chart.Marks[:i], func(m commands.Mark) bool { return m.Name == mark.Name }) {
			continue
		}
		role := typical(chart.Marks, mark)
		entries = append(entries, entry{mark.Name, func(c *canvas, left, middle float32) {
			c.mark(role, spot{left + sampleWidth/2, middle})
		}})
	}
	return entries
}

// typical returns how marks of a name look in the legend: not like one that was
// missed, where there is another.
func typical(marks []commands.Mark, named commands.Mark) commands.MarkRole {
	for _, mark := range marks {
		if mark.Name == named.Name && mark.Role != commands.MarkMissed {
			return mark.Role
		}
	}
	return named.Role
}

// legend writes entries in as many rows as they take and returns where they end.
func (c *canvas) legend(entries []entry, y float32) (bottom float32) {
	const gap, rowHeight, aboveBase = 12, 46, 11
	x := float32(margin)
	for _, entry := range entries {
		name := c.fit(entry.name, legendStyle, Width-2*margin-sampleWidth-gap)
		width := sampleWidth + gap + c.width(name, legendStyle)
		if x > margin && x+width > Width-margin {
			x, y = margin, y+rowHeight
		}
		entry.sample(c, x, y-aboveBase)
		c.write(name, legendStyle, spot{x + sampleWidth + gap, y}, 0)
		x += width + 3*gap
	}
	return y
}

// series draws a line by what it is of.
func (c *canvas) series(role commands.SeriesRole, spots []spot) {
	switch role {
	case commands.Actual:
		c.fill(blue, func(p *path) { p.stroke(spots, 8) })
	case commands.Target:
		c.fill(green, func(p *path) { p.dashed(spots, 5, 26, 12) })
	default:
		c.fill(softColour, func(p *path) { p.dashed(spots, 5, 1, 13) })
	}
}

// mark draws a mark by what it stands for.
func (c *canvas) mark(role commands.MarkRole, at spot) {
	switch role {
	case commands.MarkKept:
		c.diamond(green, at, 15)
	case commands.MarkMissed:
		const arm = 11
		c.fill(vermillion, func(p *path) {
			p.stroke([]spot{{at.x - arm, at.y - arm}, {at.x + arm, at.y + arm}}, 7)
			p.stroke([]spot{{at.x - arm, at.y + arm}, {at.x + arm, at.y - arm}}, 7)
		})
	case commands.MarkAhead:
		c.diamond(softColour, at, 15)
		c.diamond(cardColour, at, 9)
	case commands.MarkMoment:
		c.fill(vermillion, func(p *path) { p.stroke([]spot{{at.x, at.y - 16}, {at.x, at.y + 16}}, 6) })
	default:
		c.fill(cardColour, func(p *path) { p.disc(at, 17) })
		c.fill(blue, func(p *path) { p.disc(at, 12) })
	}
}

func (c *canvas) diamond(colour color.RGBA, at spot, arm float32) {
	c.fill(colour, func(p *path) {
		p.polygon(spot{at.x, at.y - arm}, spot{at.x + arm, at.y}, spot{at.x, at.y + arm}, spot{at.x - arm, at.y})
	})
}
