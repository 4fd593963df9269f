package coaching

import "github.com/shopspring/decimal"

// grid divides time into periods of one span that follow one another, so that
// the figures of a history can be numbered. The offset lets years begin in
// April and weeks on Sunday.
type grid struct {
	span   Span // Week, Month, Quarter or Year
	offset int  // months, or days for weeks, from the calendar's own division
}

// perYear is how many periods of the grid make a season.
func (g grid) perYear() int {
	switch g.span {
	case Week:
		return 52
	case Month:
		return 12
	case Quarter:
		return 4
	default:
		return 1
	}
}

// months is the length of a period of the grid, 0 for weeks.
func (g grid) months() int {
	switch g.span {
	case Month:
		return 1
	case Quarter:
		return 3
	case Year:
		return 12
	default:
		return 0
	}
}

// ordinal numbers the period that the date falls into.
func (g grid) ordinal(date Date) int {
	if g.span == Week {
		return floorDiv(date.serial()-g.offset, 7)
	}
	return floorDiv(monthIndex(date)-g.offset, g.months())
}

// period returns the period with that number. One that is not the calendar's
// own is a [Range], so that it is not shifted onto the calendar.
func (g grid) period(ordinal int) Period {
	p := Period{Span: g.span}
	if g.span == Week {
		p.From = dateOfSerial(7*ordinal + g.offset)
		p.To = p.From.AddDays(6)
	} else {
		p.From = dateOfMonth(ordinal*g.months() + g.offset)
		p.To = dateOfMonth((ordinal+1)*g.months() + g.offset).AddDays(-1)
	}
	if p != PeriodOf(g.span, p.From) {
		p.Span = Range
	}
	return p
}

// gridsOf returns the grids whose periods a period consists of, finest first,
// none where it is neither whole months nor whole weeks.
func gridsOf(period Period) []grid {
	first, months := wholeMonths(period)
	switch {
	case months > 0:
		grids := []grid{{span: Month}}
		if months%3 == 0 {
			grids = append(grids, grid{span: Quarter, offset: first % 3})
		}
		if months%12 == 0 {
			grids = append(grids, grid{span: Year, offset: first % 12})
		}
		return grids
	case period.Days() > 0 && period.Days()%7 == 0:
		return []grid{{span: Week, offset: weekOffset(period.From.serial())}}
	default:
		return nil
	}
}

// gridOf returns the grid that has the period as one of its own; ok is false
// for a period of another length.
func gridOf(period Period) (own grid, ok bool) {
	for _, g := range gridsOf(period) {
		if g.ordinal(period.From) == g.ordinal(period.To) {
			return g, true
		}
	}
	return grid{}, false
}

// following returns the period of the same length right after one: the second
// half year after the first, which [Period.Shift] would end on another day.
func following(period Period) Period {
	first, months := wholeMonths(period)
	if months == 0 {
		return period.Shift(1)
	}
	next := Period{From: dateOfMonth(first + months), To: dateOfMonth(first + 2*months).AddDays(-1)}
	next.Span = period.Span
	return next
}

// sighting is an observation made ready for numbering.
type sighting struct {
	from, months int // first month and how many, 0 months for a week
	week         int // serial number of its first day, for a week
	value        decimal.Decimal
}

// sightingsOf returns the observations of a kind that cover whole months or a
// week; nothing can be numbered by any other.
func sightingsOf(kind Kind, observations []Observation) []sighting {
	found := make([]sighting, 0, len(observations))
	for _, o := range observations {
		if o.Kind != kind {
			continue
		}
		s := sighting{value: o.Value}
		if s.from, s.months = wholeMonths(o.Period); s.months == 0 {
			if o.Period.Days() != 7 {
				continue
			}
			s.week = o.Period.From.serial()
		}
		found = append(found, s)
	}
	return found
}

// on returns the number of the grid's period that was sighted; ok is false
// where it is not one of the grid's.
func (s sighting) on(g grid) (ordinal int, ok bool) {
	at, width := s.from-g.offset, g.months()
	if g.span == Week {
		at, width = s.week-g.offset, 7
	}
	if s.months != g.months() || floorDiv(at, width)*width != at {
		return 0, false
	}
	return floorDiv(at, width), true
}

// wholeMonths returns the index of the first month of a period and how many
// months it consists of, 0 where it does not begin and end with a month.
func wholeMonths(period Period) (first, months int) {
	after := period.To.AddDays(1)
	if period.From.Day != 1 || after.Day != 1 {
		return 0, 0
	}
	first = monthIndex(period.From)
	return first, max(monthIndex(after)-first, 0)
}

func monthIndex(date Date) int { return date.Year*12 + int(date.Month) - 1 }

func dateOfMonth(index int) Date {
	return Date{Year: 0, Month: 1, Day: 1}.AddMonths(index)
}

// weekOffset is how many days weeks that begin on that day are off those that
// begin with the first of the serial numbers.
func weekOffset(serial int) int { return serial - 7*floorDiv(serial, 7) }

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
