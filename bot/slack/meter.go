package slack

import (
	"math"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/commands"
)

// meterCells is how many characters a meter's bar is long: it fits a phone.
const meterCells = 20

// bar draws a meter: what is reached, what is not, and a stroke where it would
// normally be by now.
func bar(meter commands.Meter) string {
	filled, mark := cells(meter.Share), -1
	if meter.Expected >= 0 && !math.IsNaN(meter.Expected) {
		mark = min(cells(meter.Expected), meterCells-1)
	}
	var text strings.Builder
	text.Grow(meterCells * len("▓"))
	for cell := range meterCells {
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
		return meterCells
	}
	return int(share*meterCells + rounding)
}

// rounding is what a computed share may lack of a whole step.
const rounding = 1e-9

// maxPercent is where a figure stops to tell anything.
const maxPercent = 9999

// percent writes a share. It rounds down: 100% is said when it is reached.
func percent(share float64) string {
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
