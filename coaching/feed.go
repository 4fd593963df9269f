package coaching

import (
	"slices"
	"time"
)

// FeedSource names events that tell of the same: "deal", "lead", "customer",
// "cost", and one for each activity and metric, "activity.call",
// "metric.churn".
type FeedSource string

// The sources that do not depend on a value.
const (
	FeedDeals     FeedSource = "deal"
	FeedLeads     FeedSource = "lead"
	FeedCustomers FeedSource = "customer"
	FeedCosts     FeedSource = "cost"
)

// FeedOf returns the source that an event belongs to.
func FeedOf(event Event) FeedSource {
	kind, _ := event.About()
	switch kind { //nolint:exhaustive // The others are sources as a whole.
	case SubjectMetric:
		return FeedOfMetric(Kind(event.Fields[FieldMetric]))
	case SubjectActivity:
		return FeedSource("activity." + event.Fields[FieldActivity])
	default:
		return FeedSource(kind)
	}
}

// FeedOfMetric returns the source of figures of a kind that are recorded
// directly.
func FeedOfMetric(kind Kind) FeedSource { return FeedSource("metric." + string(kind)) }

// feedDays is how many days on which something came are kept: about six weeks
// of work, enough to tell what is usual.
const feedDays = 30

// Feed is what is known of a source: since when it is fed, and how regularly.
type Feed struct {
	Source FeedSource
	// First is the earliest day that any of its events is for.
	First Date
	// Since and Last are when its first and its latest event were received.
	Since, Last time.Time
	// Days are the latest local days on which something was received, in order.
	Days []Date
}

// Received returns the feed after events were received that are for days from
// first on. Within a minute it does not change, so that a stream of events does
// not write it all the time.
func (f Feed) Received(first Date, now time.Time, loc *time.Location) Feed {
	if f.Since.IsZero() || now.Before(f.Since) {
		f.Since = now
	}
	if minute := now.Truncate(time.Minute); minute.After(f.Last) {
		f.Last = minute
	}
	if f.First.IsZero() || !first.IsZero() && first.Before(f.First) {
		f.First = first
	}
	today := DateOf(now.In(loc))
	if at, found := slices.BinarySearchFunc(f.Days, today, Date.Compare); !found {
		f.Days = slices.Insert(slices.Clone(f.Days), at, today)
		f.Days = f.Days[max(len(f.Days)-feedDays, 0):]
	}
	return f
}

// Equal reports whether two feeds say the same.
func (f Feed) Equal(other Feed) bool {
	return f.Source == other.Source && f.First == other.First && f.Since.Equal(other.Since) && f.Last.Equal(other.Last) &&
		slices.Equal(f.Days, other.Days)
}

const (
	// feedFewest is how many days with events say what is usual: fewer may be
	// one import.
	feedFewest = 5
	// feedPatience is how many times the longest usual wait a feed may be
	// silent before that is said.
	feedPatience = 2
)

// Silent returns for how many working days a feed has been silent as of a day,
// and whether that is longer than usual: more than twice the longest wait but
// one between two of its days. The longest may have been a failure itself. Of a
// feed with fewer than five days nothing is usual yet.
func (f Feed) Silent(today Date, calendar Calendar) (days int, unusual bool) {
	if len(f.Days) == 0 {
		return 0, false
	}
	days = max(calendar.Workdays(f.Days[len(f.Days)-1].AddDays(1), today.AddDays(-1)), 0)
	if len(f.Days) < feedFewest {
		return days, false
	}
	waits := make([]int, 0, len(f.Days)-1)
	for i := 1; i < len(f.Days); i++ {
		waits = append(waits, max(calendar.Workdays(f.Days[i-1].AddDays(1), f.Days[i].AddDays(-1)), 0))
	}
	slices.Sort(waits)
	usual := waits[len(waits)-2]
	return days, days > feedPatience*max(usual, 1)
}

// Feeds are the sources of a workspace.
type Feeds []Feed

// Of returns the feed of a source; ok is false for one that never came.
func (f Feeds) Of(source FeedSource) (feed Feed, ok bool) {
	i := slices.IndexFunc(f, func(feed Feed) bool { return feed.Source == source })
	if i < 0 {
		return Feed{}, false
	}
	return f[i], true
}
