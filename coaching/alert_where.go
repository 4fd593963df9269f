package coaching

import (
	"cmp"
	"slices"
	"strings"
)

// SegmentCounts is the part of a stream that one segment makes up: a rep, a
// territory, a product, the stage at which deals are lost.
type SegmentCounts struct {
	Segment string
	Months  []MonthCount
}

// SegmentMove is what a segment has to do with a change of the whole.
type SegmentMove struct {
	Segment string
	// Before and Now are its counts up to the change and since.
	Before, Now Rate
	// Usual is how many hits its cases since would usually have brought.
	Usual float64
	// Share is its part of the difference of the whole, of what moves within
	// segments: 0.6 for six tenths of it. Below 0 it moved the other way.
	Share float64
	// Change compares its rate since with that before.
	Change RateChange
}

// Where tells which segments make up a change that the alert tells of, those
// with the largest part first. Mix is the part of the difference in hits that
// no segment's own rate explains: more cases fell to segments in which few are
// hits anyway. It is in hits, above 0 where it adds to the change for the
// worse. The segments have to make up the stream that was judged, up to the same
// month.
//
// What is usual for a segment is its own rate before the change, raised or
// lowered as the months since, with their quarter's ends, are for the whole. A
// segment without cases before has the rate of the whole.
func (a RateAlert) Where(segments []SegmentCounts, better Direction) (moves []SegmentMove, mix float64) {
	if a.Since.IsZero() || a.Before.Of == 0 || a.Now.Of == 0 {
		return nil, 0
	}
	sign := 1.0
	if better == Lower {
		sign = -1
	}
	whole := (float64(a.Before.Hits) + 0.5) / (float64(a.Before.Of) + 1)
	tide := logOdds(bounded(a.UsualPercent/100)) - logOdds(whole)
	since := monthIndex(a.Since)
	usual, lost := 0.0, 0.0
	for _, segment := range segments {
		move := SegmentMove{Segment: segment.Segment}
		for _, month := range segment.Months {
			if monthIndex(month.Month) < since {
				move.Before = PoolRates(move.Before, month.Rate)
			} else {
				move.Now = PoolRates(move.Now, month.Rate)
			}
		}
		// One case more at the rate of the whole: none of two is not never.
		rate := (float64(move.Before.Hits) + whole) / float64(move.Before.Of+1)
		move.Usual = float64(move.Now.Of) * rateAt(logOdds(bounded(rate))+tide)
		move.Change = CompareRates(move.Before, move.Now, better)
		usual += move.Usual
		lost += sign * (move.Usual - float64(move.Now.Hits))
		moves = append(moves, move)
	}
	for i := range moves {
		if lost > 0 {
			moves[i].Share = sign * (moves[i].Usual - float64(moves[i].Now.Hits)) / lost
		}
	}
	slices.SortFunc(moves, func(a, b SegmentMove) int {
		byLoss := cmp.Compare(sign*(b.Usual-float64(b.Now.Hits)), sign*(a.Usual-float64(a.Now.Hits)))
		return cmp.Or(byLoss, strings.Compare(a.Segment, b.Segment))
	})
	return moves, sign * (a.Usual - usual)
}

// bounded keeps a share off 0 and 1, which have no odds.
func bounded(share float64) float64 {
	const edge = 1e-6
	return min(max(share, edge), 1-edge)
}
