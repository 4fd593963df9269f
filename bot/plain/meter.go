package plain

import (
	"math"
	"strconv"
	"strings"
)

// Cells is how many characters a meter's bar is long: it fits a phone.
const Cells = 20

// Bar draws a meter: the share that is reached, what is not, and a stroke where
// it would normally be by now; a negative expectation, or none that is a
// number, has no stroke.
func Bar(share, expected float64) string {
	filled, mark := cells(share), -1
	if expected >= 0 && !math.IsNaN(expected) {
		mark = min(cells(expected), Cells-1)
	}
	var text strings.Builder
	text.Grow(Cells * len("▓"))
	for cell := range Cells {
		switch {
		case cell == mark:
			text.WriteString("┃")
		case cell < filled:
			text.WriteString("▓")
		default:
			text.WriteString("░")
		}
	}
	return text.String()
}

// cells rounds down, so that only what is reached looks full.
func cells(share float64) int {
	switch {
	case !(share > 0): // NaN as well
		return 0
	case share >= 1:
		return Cells
	}
	return int(share*Cells + rounding)
}

// rounding is what a computed share may lack of a whole step.
const rounding = 1e-9

// maxPercent is where a figure stops to tell anything.
const maxPercent = 9999

// Percent writes a share, empty where it is no number. It rounds down: 100% is
// said when it is reached.
func Percent(share float64) string {
	switch percents := math.Floor(share*100 + rounding); {
	case math.IsNaN(share):
		return ""
	case percents > maxPercent:
		return ">" + strconv.Itoa(maxPercent) + "%"
	case percents < -maxPercent:
		return "<-" + strconv.Itoa(maxPercent) + "%"
	default:
		return strconv.Itoa(int(percents)) + "%"
	}
}
