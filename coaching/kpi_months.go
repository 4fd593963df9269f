package coaching

// firstWeek is by which day of a month a feed must begin for the month to count
// as whole.
const firstWeek = 7

// ClosedMonths returns the figures of the months that are over, oldest first:
// from the first in which something happened that the figure is of. The month in
// which the source begins counts only if it does so in its first week.
func (b DayBook) ClosedMonths(q KPIQuery, sources Feeds) []Observation {
	var begin Date
	for _, feed := range sources {
		if feed.First.After(begin) {
			begin = feed.First
		}
	}
	if len(b.Days) == 0 || begin.IsZero() {
		return nil
	}
	month := PeriodOf(Month, begin)
	if begin.Day > firstWeek {
		month = month.Shift(1)
	}
	var found []Observation
	for ; month.To.Before(q.Today); month = month.Shift(1) {
		q.Period = month
		k := b.KPI(q)
		if !k.Known || len(found) == 0 && k.empty() {
			continue
		}
		found = append(found, Observation{Kind: q.Kind, Period: month, Value: k.Value.Round(figurePlaces), Fed: true, Rate: k.Rate})
	}
	return found
}

// empty reports whether nothing happened that the figure is of.
func (k KPI) empty() bool {
	switch {
	case k.Direct:
		return false
	case k.Kind == Margin:
		return k.Revenue.IsZero()
	default:
		return k.Rate.Of == 0
	}
}

// figurePlaces is to how many decimal places figures of past months are kept.
const figurePlaces = 2
