package coaching

import (
	"slices"
	"strings"
)

// Decided is one case that has ended in a segment: a rep, territory, product
// or stage. A deal still open is no case yet.
type Decided struct {
	Segment string
	Hit     bool
}

// SegmentRate is the rate of one segment beside that of all others.
type SegmentRate struct {
	Segment string
	Rate    Rate
	// AgainstRest compares it with the other segments together.
	AgainstRest RateChange
}

// RatesBy returns the rate of each segment in the order of their names. A
// segment is compared with the rest and not with the whole, of which it is
// part itself. With k segments one in twenty of the comparisons may still be
// chance, so a list of twenty is likely to hold one.
func RatesBy(cases []Decided, better Direction) []SegmentRate {
	bySegment := make(map[string]Rate)
	var all Rate
	for _, c := range cases {
		rate := bySegment[c.Segment]
		rate.Of++
		all.Of++
		if c.Hit {
			rate.Hits++
			all.Hits++
		}
		bySegment[c.Segment] = rate
	}
	rates := make([]SegmentRate, 0, len(bySegment))
	for segment, rate := range bySegment {
		rest := Rate{Hits: all.Hits - rate.Hits, Of: all.Of - rate.Of}
		rates = append(rates, SegmentRate{Segment: segment, Rate: rate, AgainstRest: CompareRates(rest, rate, better)})
	}
	slices.SortFunc(rates, func(a, b SegmentRate) int { return strings.Compare(a.Segment, b.Segment) })
	return rates
}
