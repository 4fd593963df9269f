package coaching

import (
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Following says where the figure of a goal comes from that nobody types.
type Following struct {
	// Last is when its source was last fed, Silent for how many working days
	// it has not been, and Unusual that this is longer than usual.
	Last    time.Time
	Silent  int
	Unusual bool
	// KPI is the figure with what it rests on, without corrections.
	KPI KPI
	// Corrected is what people added to the figure by hand.
	Corrected decimal.Decimal
}

// Follow says how the figure of a goal comes from what is fed: by which query,
// and from which of the sources. ok is false for a goal that people log: of a
// kind that no source feeds, or with a measure of its own. Demos are meetings,
// yet not every meeting is a demo.
func Follow(goal Goal, feeds Feeds) (q KPIQuery, sources Feeds, ok bool) {
	traits, known := TraitsOf(goal.Kind)
	q = KPIQuery{Kind: goal.Kind, Period: goal.Period, Currency: goal.Currency}
	if goal.Nature != traits.Nature {
		q.Recurring = goal.Kind == Revenue && goal.Nature == Level
		known = known && q.Recurring
	}
	if !known || goal.Unit != traits.Unit || goal.Better != traits.Better || !plainNoun(goal) {
		return KPIQuery{}, nil, false
	}
	for _, needs := range q.sources() {
		var found Feeds
		for _, source := range needs {
			if feed, fed := feeds.Of(source); fed {
				found = append(found, feed)
			}
		}
		if len(found) == len(needs) {
			_, customers := feeds.Of(FeedCustomers)
			q.WonAreNew = !customers
			return q, found, true
		}
	}
	return KPIQuery{}, nil, false
}

// FollowKind is [Follow] for the team's figure of a kind, as goals of it have it.
func FollowKind(kind Kind, workspace Workspace, feeds Feeds) (q KPIQuery, sources Feeds, ok bool) {
	traits, known := TraitsOf(kind)
	if !known {
		return KPIQuery{}, nil, false
	}
	goal := Goal{Kind: kind, Unit: traits.Unit, Nature: traits.Nature, Better: traits.Better}
	if traits.Unit == Money || kind == Margin {
		goal.Currency = workspace.Currency
	}
	q, sources, ok = Follow(goal, feeds)
	q.Margin, q.HasMargin = workspace.Margin, workspace.HasMargin
	return q, sources, ok
}

// sources returns the sets of sources any of which feeds a figure, the first
// that is there going before.
func (q KPIQuery) sources() [][]FeedSource {
	direct := []FeedSource{FeedOfMetric(q.Kind)}
	switch q.Kind { //nolint:exhaustive // Custom figures have no source.
	case Revenue:
		if q.Recurring {
			return [][]FeedSource{{FeedCustomers}, direct}
		}
		return [][]FeedSource{{FeedDeals}, direct}
	case WinRate, Cycle:
		return [][]FeedSource{{FeedDeals}, direct}
	case Churn, CLV:
		return [][]FeedSource{{FeedCustomers}, direct}
	case Margin:
		return [][]FeedSource{{FeedCosts, FeedDeals}, direct}
	case CAC:
		return [][]FeedSource{{FeedCosts, FeedCustomers}, {FeedCosts, FeedDeals}, direct}
	case Leads:
		return [][]FeedSource{{FeedLeads}, direct}
	case Calls:
		return [][]FeedSource{{"activity.call"}}
	case Emails:
		return [][]FeedSource{{"activity.email"}}
	case Meetings:
		return [][]FeedSource{{"activity.meeting"}}
	default:
		return nil
	}
}

// plainNouns are the words for what a kind counts that mean all of it.
var plainNouns = map[Kind][]string{
	Leads:    {"leads", "lead", "qualified leads", "new leads", "new qualified leads", "ลีด", "ลูกค้าเป้าหมาย"},
	Calls:    {"calls", "call", "sales calls", "phone calls", "โทร", "การโทร", "โทรศัพท์"},
	Emails:   {"emails", "email", "e-mails", "e-mail", "e mails", "sales emails", "อีเมล", "อีเมล์"},
	Meetings: {"meetings", "meeting", "sales meetings", "ประชุม", "การประชุม", "นัดหมาย"},
}

// plainNoun reports whether a goal counts all that its kind does.
func plainNoun(goal Goal) bool {
	return goal.Noun == "" || slices.Contains(plainNouns[goal.Kind], strings.ToLower(goal.Noun))
}

// Corrections returns what people logged on a goal that counts beside what is
// fed: what they added since the source is fed, to set right what it says, and
// what they logged for days before the first that the source tells of. What lies
// between is told by both, and counts once. The entries are newest first.
//
// A goal that follows takes no entries that set a figure, for the next event
// would undo them; those made before it followed say nothing any more.
func Corrections(entries []Entry, sources Feeds, loc *time.Location) decimal.Decimal {
	total := decimal.Zero
	var since time.Time
	var first Date
	for _, feed := range sources {
		if since.Before(feed.Since) {
			since = feed.Since
		}
		if first.IsZero() || feed.First.Before(first) {
			first = feed.First
		}
	}
	for _, entry := range standing(entries) {
		if entry.Op != Add {
			continue
		}
		if !entry.At.Before(since) || DateOf(entry.At.In(loc)).Before(first) {
			total = total.Add(entry.Amount)
		}
	}
	return total
}

// Followed returns the progress of a goal that follows its sources.
func Followed(goal Goal, k KPI, sources Feeds, entries []Entry, calendar Calendar, today Date, loc *time.Location) Progress {
	f := &Following{KPI: k}
	for _, feed := range sources {
		if feed.Last.After(f.Last) {
			f.Last = feed.Last
		}
		if silent, unusual := feed.Silent(today, calendar); silent >= f.Silent {
			f.Silent, f.Unusual = silent, unusual || f.Unusual
		}
	}
	progress := Progress{Value: k.Value, LastAt: f.Last, Cases: k.Rate.Of, Followed: f}
	if goal.Nature == Sum {
		f.Corrected = Corrections(entries, sources, loc)
		progress.Value = progress.Value.Add(f.Corrected)
	}
	if k.Known {
		progress.Entries = max(k.Rate.Hits, 1)
	}
	return progress
}
