package coaching

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// Fold says how the figures of short periods become that of a longer one.
type Fold string

// The folds, one for each nature.
const (
	FoldSum  Fold = "sum"  // revenue: a quarter is its months together
	FoldLast Fold = "last" // recurring revenue: a quarter is its last month's reading
	// FoldMean takes the plain mean of the months' rates, for history knows
	// their figures but not what they are shares of. A rate that was recorded
	// for the longer period itself is pooled, and goes before.
	FoldMean Fold = "mean"
)

func foldOf(nature Nature) Fold {
	switch nature {
	case Sum:
		return FoldSum
	case Level:
		return FoldLast
	default:
		return FoldMean
	}
}

// figures are what is known on a grid, by the number of the period.
type figures map[int]decimal.Decimal

// figuresOn returns the figures of a grid: those recorded for its very periods
// and, where there are none, what shorter ones come to. Rates of different
// periods are never mixed, for a quarter loses about three times as many
// customers as a month: they come from the first source with enough of them.
func figuresOn(g grid, fold Fold, seen []sighting) figures {
	sources := []figures{recorded(g, seen)}
	if g.months() > 1 {
		months := grid{span: Month}
		sources = append(sources, recorded(months, seen).folded(months, g, fold))
	}
	if g.months() > 3 {
		quarters := grid{span: Quarter, offset: g.offset % 3}
		sources = append(sources, recorded(quarters, seen).folded(quarters, g, fold))
	}
	if fold != FoldMean {
		all := sources[0]
		for _, source := range sources[1:] {
			for ordinal, value := range source {
				if _, known := all[ordinal]; !known {
					all[ordinal] = value
				}
			}
		}
		return all
	}
	best := sources[0]
	for _, source := range sources {
		if len(source) >= MinHistory {
			return source
		}
		if len(source) > len(best) {
			best = source
		}
	}
	return best
}

func recorded(g grid, seen []sighting) figures {
	found := make(figures, len(seen))
	for _, s := range seen {
		if ordinal, ok := s.on(g); ok {
			found[ordinal] = s.value
		}
	}
	return found
}

// folded returns what figures of one grid come to on a coarser one, where they
// cover its periods.
func (f figures) folded(from, to grid, fold Fold) figures {
	parts := to.months() / from.months()
	found := make(figures, len(f)/parts+1)
	for ordinal, value := range f {
		// The figure that ends a period of the coarser grid speaks for it.
		end := (ordinal+1)*from.months() + from.offset - to.offset
		coarse := floorDiv(end, to.months()) - 1
		if (coarse+1)*to.months() != end {
			continue
		}
		complete := true
		for i := 1; i < parts && complete && fold != FoldLast; i++ {
			var part decimal.Decimal
			if part, complete = f[ordinal-i]; complete {
				value = value.Add(part)
			}
		}
		if !complete {
			continue
		}
		if fold == FoldMean {
			value = value.DivRound(decimal.NewFromInt(int64(parts)), maxPlaces)
		}
		found[coarse] = value
	}
	return found
}

// span returns the first and the last number, for figures that are not empty.
func (f figures) span() (first, last int) {
	started := false
	for ordinal := range f {
		if !started || ordinal < first {
			first = ordinal
		}
		if !started || ordinal > last {
			last = ordinal
		}
		started = true
	}
	return first, last
}

// trail is a history that can be forecast: one value for each period up to
// the last known, none missing.
type trail struct {
	grid    grid
	last    int // number of the last period
	values  []float64
	bridged int // how many of the values stand in for a missing one
	dropped int // figures before a gap, which are not used
}

// bridgeShare is how many figures there must be for each that is bridged.
const bridgeShare = 6

// trailOf returns the latest figures without a gap. A single missing figure
// does not throw away the years before it: it is bridged, but at most one in
// six is. Longer gaps end the trail.
func trailOf(g grid, f figures) trail {
	if len(f) == 0 {
		return trail{grid: g}
	}
	first, last := f.span()
	start, gaps := last, []int(nil)
	for start > first {
		if _, known := f[start-1]; known {
			start--
			continue
		}
		if _, known := f[start-2]; !known {
			break
		}
		gaps = append(gaps, start-1)
		start -= 2
	}
	for len(gaps) > 0 && bridgeShare*len(gaps) > last-start+1 {
		start = gaps[len(gaps)-1] + 1
		gaps = gaps[:len(gaps)-1]
	}
	s := trail{grid: g, last: last, bridged: len(gaps), values: make([]float64, last-start+1)}
	for i := range s.values {
		s.values[i] = floatOf(f[start+i])
	}
	s.dropped = len(f) - len(s.values) + s.bridged
	for _, gap := range slices.Backward(gaps) {
		s.values[gap-start] = s.bridge(gap - start)
	}
	return s
}

// bridge returns what stands in for a missing figure: its neighbours' mean,
// times what the same period of the year before, or else after, was to its own
// neighbours, so that a missing December is a December.
func (s trail) bridge(at int) float64 {
	around := func(i int) float64 { return (s.values[i-1] + s.values[i+1]) / 2 }
	year := s.grid.perYear()
	for _, other := range []int{at - year, at + year} {
		if year > 1 && other >= 1 && other+1 < len(s.values) && around(other) > 0 && s.values[other] > 0 {
			return around(at) * s.values[other] / around(other)
		}
	}
	return around(at)
}

// period returns the days that the trail covers.
func (s trail) period() Period {
	from := s.grid.period(s.last - len(s.values) + 1).From
	to := s.grid.period(s.last).To
	return Period{Span: Range, From: from, To: to}
}

// fullHistory is how many years of figures make a shorter span the better
// basis, whatever longer ones go back to: from then on seasons are seen.
const fullHistory = 2

// chooseTrail returns the figures that a period is forecast from. It is the
// shortest span of which two years are known, for the most figures see the
// most; failing that the span that reaches back furthest. A shorter span that
// ends a period or more before a longer one is out of date and left aside.
// Rates recorded for periods of the very length go first: those are pooled.
func chooseTrail(period Period, fold Fold, seen []sighting) (best trail, reason Reason) {
	grids := gridsOf(period)
	if len(grids) == 0 {
		return trail{}, PeriodNotWhole
	}
	var found []trail // finest first
	for _, g := range grids {
		known := figuresOn(g, fold, seen)
		if fold == FoldMean {
			known = recorded(g, seen)
		}
		s := trailOf(g, known)
		if len(s.values) >= MinHistory {
			found = slices.DeleteFunc(found, s.after)
		}
		if len(s.values) > 0 {
			found = append(found, s)
		}
	}
	if own, ok := gridOf(period); ok && fold == FoldMean && len(found) > 0 {
		if s := found[len(found)-1]; s.grid == own && len(s.values) >= MinHistory && !found[0].endsPast(s) {
			return s, ""
		}
	}
	for _, s := range found {
		if len(s.values) >= max(MinHistory, fullHistory*s.grid.perYear()) {
			return s, ""
		}
		if s.better(best) {
			best = s
		}
	}
	switch {
	case len(best.values) >= MinHistory:
		return best, ""
	case len(best.values) == 0 && len(seen) > 0:
		return best, HistoryOfOtherPeriods
	default:
		return best, TooLittleHistory
	}
}

// after reports whether the trail begins its last period after another one
// ends: it knows a whole period that the other does not.
func (s trail) after(other trail) bool {
	return other.period().To.Before(s.grid.period(s.last).From)
}

// endsPast reports whether the trail goes on for a period or more of the
// coarser one after that ends.
func (s trail) endsPast(coarser trail) bool {
	return !s.period().To.Before(coarser.grid.period(coarser.last + 1).To)
}

// better reports whether the trail makes a better basis than one of a
// shorter span: enough figures against too few, or more time looked back on.
func (s trail) better(finer trail) bool {
	if len(s.values) < MinHistory || len(finer.values) < MinHistory {
		return len(s.values) > len(finer.values)
	}
	return s.period().Days() > finer.period().Days()+s.grid.period(s.last).Days()
}

// floatOf is [decimal.Decimal.InexactFloat64] without the detour over big
// fractions that it takes: a whole number and a power of ten that floats hold
// exactly divide to the nearest float.
func floatOf(d decimal.Decimal) float64 {
	const exact = 1 << 53
	if places := -d.Exponent(); places >= 0 && places <= maxExponent && d.NumDigits() <= maxExponent {
		if coefficient := d.CoefficientInt64(); coefficient < exact && coefficient > -exact {
			return float64(coefficient) / math.Pow10(int(places))
		}
	}
	return d.InexactFloat64()
}
