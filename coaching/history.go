package coaching

import "github.com/shopspring/decimal"

// History is the past of a kind, like for like, and what it lets expect of the
// next period: what /goal history shows. It is made by [ReadHistory].
type History struct {
	Traits Traits
	// Span is the length of every line's period.
	Span Span
	// Lines are the periods with a figure, oldest first. A period without one
	// has no line.
	Lines []HistoryLine
	// Best and Worst are indices of lines, by the kind's better direction; the
	// latest of equals. Both are -1 without lines.
	Best, Worst int
	// Next is what to expect of the period after the last line: the realistic
	// band, its tiers, growth and season, or the reason why nothing can be
	// told.
	Next Appraisal
}

// HistoryLine is one period's final figure and what it is against others.
type HistoryLine struct {
	Period Period
	Value  decimal.Decimal
	// Before is the change from the period just before, Year that from the
	// same period a year before, like for like. Years have no Before of their
	// own: it is the same as Year.
	Before, Year Change
}

// Change is how far a figure is from an earlier one.
type Change struct {
	// Known is false where the earlier figure is not.
	Known bool
	// By is the difference in the figure's unit, in points for percentages.
	By decimal.Decimal
	// Share is the difference as a share of the earlier figure, 0.1 for 10%
	// more; HasShare is false where that was not positive.
	Share    float64
	HasShare bool
	// Better is set for a change in the kind's better direction, neither for
	// one to the worse nor for none.
	Better bool
}

// ReadHistory reads the observations of a kind as figures of one span: Month,
// Quarter, Year or Week. Figures of shorter spans are added up, or taken as
// [Fold] says, where no figure was recorded for the period itself. The next
// period is the one after the last line. The roster is as for [Appraise].
func ReadHistory(traits Traits, span Span, observations []Observation, roster Roster) History {
	h := History{Traits: traits, Span: span, Best: -1, Worst: -1}
	seen := sightingsOf(traits.Kind, observations)
	g, ok := historyGrid(span, seen)
	if !ok {
		h.Next = Appraisal{Traits: traits, Reason: HistoryOfOtherPeriods}
		return h
	}
	known := figuresOn(g, foldOf(traits.Nature), seen)
	if len(known) == 0 {
		h.Next = Appraisal{Traits: traits, Reason: TooLittleHistory, Basis: Basis{Fold: foldOf(traits.Nature)}}
		if len(seen) > 0 {
			h.Next.Reason = HistoryOfOtherPeriods
		}
		return h
	}
	first, last := known.span()
	for ordinal := first; ordinal <= last; ordinal++ {
		value, ok := known[ordinal]
		if !ok {
			continue
		}
		line := HistoryLine{Period: g.period(ordinal), Value: value}
		if before, ok := known[ordinal-1]; ok {
			line.Before = changeFrom(before, value, traits.Better)
		}
		if before, ok := known[ordinal-g.perYear()]; ok {
			line.Year = changeFrom(before, value, traits.Better)
		}
		h.Lines = append(h.Lines, line)
		h.mark(len(h.Lines) - 1)
	}
	h.Next = Foresee(traits, g.period(last+1), observations, roster)
	return h
}

// mark makes the line the best or the worst if it is.
func (h *History) mark(index int) {
	value := h.Lines[index].Value
	beats := func(other int) bool {
		return other < 0 || !atLeastAsGood(h.Lines[other].Value, value, h.Traits.Better) || h.Lines[other].Value.Equal(value)
	}
	if beats(h.Best) {
		h.Best = index
	}
	if h.Worst < 0 || atLeastAsGood(h.Lines[h.Worst].Value, value, h.Traits.Better) {
		h.Worst = index
	}
}

// historyGrid returns the grid of a span on which the figures lie. Years and
// quarters that were recorded decide where theirs begin; figures of months
// alone are read by the calendar.
func historyGrid(span Span, seen []sighting) (g grid, ok bool) {
	g = grid{span: span}
	if span == Week {
		for _, s := range seen {
			if s.months == 0 {
				g.offset = weekOffset(s.week)
				return g, true
			}
		}
		g.offset = weekOffset(PeriodOf(Week, Date{Year: 1970, Month: 1, Day: 1}).From.serial())
		return g, true
	}
	width := g.months()
	if span != Month && span != Quarter && span != Year {
		return g, false
	}
	for _, s := range seen {
		if s.months == width {
			g.offset = s.from - width*floorDiv(s.from, width)
		}
	}
	return g, true
}

// changeFrom returns the change from an earlier figure.
func changeFrom(before, value decimal.Decimal, better Direction) Change {
	c := Change{Known: true, By: value.Sub(before)}
	c.Better = !c.By.IsZero() && (c.By.Sign() < 0) == (better == Lower)
	if before.Sign() > 0 {
		c.Share, c.HasShare = c.By.InexactFloat64()/before.InexactFloat64(), true
	}
	return c
}

// atLeastAsGood reports whether a figure reaches another in the better
// direction.
func atLeastAsGood(figure, other decimal.Decimal, better Direction) bool {
	if better == Lower {
		return figure.LessThanOrEqual(other)
	}
	return figure.GreaterThanOrEqual(other)
}
