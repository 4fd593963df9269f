package commands

// Chart is a picture of figures: what it says, not how it looks. Package
// bot/picture draws it; where nothing can be drawn or shown, Alt stands in its
// place.
//
// It is of one of two kinds: bars, one for each of a few things, or a plane on
// which series run from left to right. All numbers are finite.
type Chart struct {
	// Title names what is shown, Lead is the one sentence to take away.
	Title, Lead string
	// Alt says in words all that the picture shows, for those who do not see it.
	Alt string

	// Bars are one below the other; with them there is no plane.
	Bars []Bar

	// Across and Up are the plane's scales.
	Across, Up Scale
	Bands      []Band
	Series     []Series
	Marks      []Mark
}

func (Chart) part() {}

// Scale is one direction of a plane, with labels at some of its values.
type Scale struct {
	Low, High float64
	Ticks     []Tick
}

// Tick is a labelled value of a [Scale].
type Tick struct {
	At    float64
	Label string
}

// Band is what lies between two lines: a range that holds something with a
// stated probability. The legend calls it by its name.
type Band struct {
	Name   string
	Points []BandPoint
}

// BandPoint is a band's range at a place.
type BandPoint struct{ At, Low, High float64 }

// Series is a line through points. The legend calls it by its name.
type Series struct {
	Name   string
	Role   SeriesRole
	Points []Point
}

// Point is a value at a place.
type Point struct{ At, Value float64 }

// SeriesRole is what a series is of. The drawing tells roles apart by line and
// by colour.
type SeriesRole string

// The roles of series.
const (
	Actual   SeriesRole = "actual"   // what happened
	Expected SeriesRole = "expected" // what would be normal
	Target   SeriesRole = "target"   // what is to be reached
)

// Mark is something at one place of a plane.
type Mark struct {
	Role MarkRole
	// Value is how high up it is; a moment has none.
	At, Value float64
	// Name is what the legend calls marks like it, Label is written beside it.
	// Either may be empty.
	Name, Label string
}

// MarkRole is what a mark stands for. The drawing tells roles apart by shape and
// by colour.
type MarkRole string

// The roles of marks.
const (
	MarkKept   MarkRole = "kept"   // a milestone that was reached by its day
	MarkMissed MarkRole = "missed" // one that was not
	MarkAhead  MarkRole = "ahead"  // one whose day is to come
	MarkMoment MarkRole = "moment" // a moment: a line from the bottom to the top
	MarkNow    MarkRole = "now"    // the latest figure
)

// Bar is one of a chart's bars.
type Bar struct {
	Label string
	// Share is how long the bar is, from 0 to 1.
	Share float64
	// Value is written beside it.
	Value string
	// Weak makes it the one to look at.
	Weak bool
}

// Texts returns what is written in the picture apart from the labels of scales
// and the names in the legend: each of them is in Alt, too.
func (c Chart) Texts() []string {
	texts := []string{c.Title, c.Lead}
	for _, bar := range c.Bars {
		texts = append(texts, bar.Label, bar.Value)
	}
	for _, mark := range c.Marks {
		if mark.Label != "" {
			texts = append(texts, mark.Label)
		}
	}
	return texts
}
