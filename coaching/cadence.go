package coaching

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// CadenceKind is what a cadence brings about when it comes due.
type CadenceKind string

// The kinds.
const (
	NudgeDaily    CadenceKind = "nudge"    // the daily small-win nudge
	CheckInWeekly CadenceKind = "checkin"  // the weekly milestone check-in
	ReviewEnd     CadenceKind = "review"   // the review of goals whose period has ended
	WarningCheck  CadenceKind = "warnings" // the evaluation of early warnings
)

// CadenceKinds are all kinds, in the order in which a post that bundles several
// tells them.
var CadenceKinds = []CadenceKind{NudgeDaily, CheckInWeekly, ReviewEnd, WarningCheck}

// Known reports whether the kind is one of [CadenceKinds].
func (k CadenceKind) Known() bool { return slices.Contains(CadenceKinds, k) }

// Compare orders kinds as [CadenceKinds] does.
func (k CadenceKind) Compare(other CadenceKind) int {
	return cmp.Compare(slices.Index(CadenceKinds, k), slices.Index(CadenceKinds, other))
}

// Cadence is something that the bot does by itself at a local time on some days
// of the week: in a channel, or for one member in a direct message.
type Cadence struct {
	Workspace WorkspaceID
	Kind      CadenceKind
	// Channel is where it is done. It is empty where Member says whose own
	// cadence it is.
	Channel ChannelID
	Member  MemberID
	At      ClockTime
	Days    Weekdays
	// Zone is a name of the IANA time zone database. Empty means that of whom it
	// is for, whatever that is by then: the member's own, or the workspace's.
	Zone string
	// SnoozedUntil is the day on which it is done again after a break; the zero
	// Date means that there is none.
	SnoozedUntil Date

	// NextAt is when it comes due next; the zero time means never.
	NextAt time.Time
	// Told is the last local day that it was decided for. A day is decided once,
	// however the time or the zone is changed on it.
	Told Date
	// Revision is the stored revision that this value was read at; the store
	// compares it before it overwrites.
	Revision int64
}

// Key identifies the cadence: a channel, or a member, has at most one of each
// kind.
func (c Cadence) Key() string {
	return fmt.Sprintf("%s/%s/%s", c.Workspace, c.Kind, c.subject())
}

// DeliveryID identifies the post that the cadence brings about on a local day. All
// cadences of one member share it, so that a person hears from the bot once a
// day at most, whatever came due.
func (c Cadence) DeliveryID(day Date) string {
	if c.Member != "" {
		return fmt.Sprintf("%s/%s/%s", c.Workspace, c.subject(), day)
	}
	return c.Key() + "/" + day.String()
}

// subject names whom the cadence is for. No platform's channel ids hold an @.
func (c Cadence) subject() string {
	if c.Member != "" {
		return "@" + string(c.Member)
	}
	return string(c.Channel)
}

// usefulFor is how long after its time a post of each kind is still worth
// sending. At nine a nudge speaks of the day ahead, at the end of the day of
// nothing; a period that ended is worth a review for some days.
var usefulFor = map[CadenceKind]time.Duration{
	NudgeDaily:    6 * time.Hour,
	CheckInWeekly: 24 * time.Hour,
	ReviewEnd:     72 * time.Hour,
	WarningCheck:  7 * 24 * time.Hour, // until the next look
}

// ofTheDay are the kinds that speak of their own local day: on the next day and
// in the quiet hours before it they are of no use.
var ofTheDay = []CadenceKind{NudgeDaily, CheckInWeekly}

// Expires returns when the post of the occurrence at an instant becomes useless.
func (c Cadence) Expires(at time.Time, terms Terms) time.Time {
	expires := at.Add(usefulFor[c.Kind])
	if !slices.Contains(ofTheDay, c.Kind) {
		return expires
	}
	loc := c.Location(terms)
	end := DateOf(at.In(loc)).AddDays(1).In(loc)
	if quiet, ok := terms.Quiet.Begins(at, loc); ok && quiet.Before(end) {
		end = quiet
	}
	if end.Before(expires) {
		return end.UTC()
	}
	return expires
}

// Location returns where the cadence's time is told.
func (c Cadence) Location(terms Terms) *time.Location { return zoneOr(c.Zone, terms.Zone) }

// NewCadence returns a cadence of a kind as it is where nobody says otherwise, in
// a team with that work week: warnings at its beginning, check-ins at its end, the
// others on each working day. Whose it is the caller fills in.
func NewCadence(kind CadenceKind, week Weekdays) Cadence {
	cadence := Cadence{Kind: kind, At: usualTime[kind], Days: week}
	switch kind { //nolint:exhaustive // The others are daily.
	case CheckInWeekly:
		cadence.Days = WeekdaysOf(week.Last())
	case WarningCheck:
		cadence.Days = WeekdaysOf(week.First())
	}
	return cadence
}

// usualTime is when each kind comes: nudges for the day ahead, what looks back
// later.
var usualTime = map[CadenceKind]ClockTime{
	NudgeDaily:    9 * 60,
	CheckInWeekly: 15 * 60,
	ReviewEnd:     10 * 60,
	WarningCheck:  9*60 + 30,
}
