package slack

import (
	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

const meterCells = plain.Cells

func bar(meter commands.Meter) string { return plain.Bar(meter.Share, meter.Expected) }

func percent(share float64) string { return plain.Percent(share) }
