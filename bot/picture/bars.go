package picture

import "github.com/smallwins/smallwins/commands"

// maxBars is how many bars are told apart on a phone.
const maxBars = 8

// bars draws bars one below the other, as high as there is room for.
func (c *canvas) bars(bars []commands.Bar, top float32) {
	bars = bars[:min(len(bars), maxBars)]
	const (
		gap     = 20
		bottom  = Height - margin
		most    = 104 // a bar's height with its gap
		longest = 360 // a label
		least   = 8   // of a bar, so that it is seen
		above   = 12  // of the base line, half of what a letter is high
	)
	row := min((bottom-top)/float32(len(bars)), most)
	var labels, values float32
	for _, bar := range bars {
		labels = max(labels, min(c.width(bar.Label, legendStyle), longest))
		values = max(values, c.width(bar.Value, markStyle))
	}
	left := margin + labels + gap
	room := Width - margin - values - gap - left
	for i, bar := range bars {
		middle := top + row*(float32(i)+0.5)
		end := left + max(room*float32(min(max(bar.Share, 0), 1)), least)
		c.write(c.fit(bar.Label, legendStyle, longest), legendStyle, spot{left - gap, middle + above}, 1)
		colour := blue
		if bar.Weak {
			colour = vermillion
		}
		c.rectangle(colour, left, middle-row*0.35, end, middle+row*0.35)
		c.write(bar.Value, markStyle, spot{end + gap, middle + above}, 0)
		if bar.Weak {
			// Not by its colour alone.
			c.write("◀", style{bold, 28, vermillion}, spot{end + gap + c.width(bar.Value, markStyle) + gap/2, middle + above}, 0)
		}
	}
}
