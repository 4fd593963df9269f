package coaching

import "time"

// recordedFrom returns the first month for which a workspace's events tell how
// much was lost: the zero date where they do for all that they tell of.
//
// What is received as it happens tells of every loss. What was brought in about
// earlier months may not: a list of who is a customer today says when each of them
// came and nothing of those who left before, a list of won deals nothing of the
// lost ones. Months of which that is all that is known would look as if nobody had
// ever left, and the first real month like a disaster. So months before the first
// event was received count only from the first in which something was lost.
func (b DayBook) recordedFrom(kind Kind, feeds Feeds) Date {
	source, lost, ok := lossesOf(kind)
	feed, fed := feeds.Of(source)
	if !ok || !fed || feed.Since.IsZero() {
		return Date{}
	}
	received := firstOfMonth(DateOf(feed.Since.In(time.UTC)))
	first := received
	b.each(b.From, b.To, keepAll, func(day Date, _ Cut, t *DayTally) {
		if day.Before(first) && lost(t) {
			first = day
		}
	})
	return firstOfMonth(first)
}

// lossesOf returns which events tell of a rate and what of a day's figures is a
// loss; ok is false for kinds that do not tell of losses.
func lossesOf(kind Kind) (source FeedSource, lost func(*DayTally) bool, ok bool) {
	switch kind { //nolint:exhaustive // Other kinds are not of losses.
	case Churn:
		return FeedCustomers, func(t *DayTally) bool { return len(t.Left) > 0 }, true
	case WinRate:
		return FeedDeals, func(t *DayTally) bool { return t.Lost > 0 }, true
	default:
		return "", nil, false
	}
}

func firstOfMonth(day Date) Date { return PeriodOf(Month, day).From }
