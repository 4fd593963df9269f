package coaching

import (
	"slices"
	"time"
)

// maxAway bounds the absences that are kept of a member.
const maxAway = 40

// Rhythm is what a member agreed on about their own time: when they work and
// when the bot may speak to them. A member who said nothing has the zero Rhythm,
// but for whose it is.
type Rhythm struct {
	Workspace WorkspaceID
	Member    MemberID
	// Zone is a name of the IANA time zone database that the member chose; empty
	// means the one that the platform tells.
	Zone string
	// Quiet are the member's own quiet hours; without any, the workspace's count.
	Quiet Quiet
	// Away are the member's days off, by their first day, none overlapping.
	Away []Absence
	// SnoozedUntil is the day on which the bot speaks to the member again by
	// itself; the zero Date means that it does.
	SnoozedUntil Date
	// Muted are the kinds that the member does not want to hear until a day.
	Muted map[CadenceKind]Date
	// Revision is the stored revision that this value was read at.
	Revision int64
}

// Absence is a stretch of days off, both ends included.
type Absence struct{ From, To Date }

// WithAway returns the rhythm with days off from first to last. They are taken
// together with those that touch them; what ended more than a year before today
// is forgotten. Refused are an end before its start ("away_backwards") and more
// than a year at once or too many absences ("away_too_long", "away_too_many").
func (r Rhythm) WithAway(first, last, today Date) (Rhythm, error) {
	switch {
	case last.Before(first):
		return r, Refuse("away_backwards")
	case last.Sub(first) > 366:
		return r, Refuse("away_too_long")
	}
	added := Absence{From: first, To: last}
	var away []Absence
	for _, absence := range r.Away {
		switch {
		case absence.To.Before(today.AddDays(-366)):
		case absence.To.AddDays(1).Before(added.From), added.To.AddDays(1).Before(absence.From):
			away = append(away, absence)
		default:
			added.From = earlier(added.From, absence.From)
			added.To = later(added.To, absence.To)
		}
	}
	away = append(away, added)
	if len(away) > maxAway {
		return r, Refuse("away_too_many")
	}
	slices.SortFunc(away, func(a, b Absence) int { return a.From.Compare(b.From) })
	r.Away = away
	return r, nil
}

// Back returns the rhythm of a member who works from today on: days off that
// were yet to come are taken back, and those under way end yesterday.
func (r Rhythm) Back(today Date) Rhythm {
	var away []Absence
	for _, absence := range r.Away {
		if absence.From.Before(today) {
			absence.To = earlier(absence.To, today.AddDays(-1))
			away = append(away, absence)
		}
	}
	r.Away = away
	return r
}

// AwayOn returns the absence that holds the day.
func (r Rhythm) AwayOn(day Date) (absence Absence, away bool) {
	for _, absence := range r.Away {
		if !day.Before(absence.From) && !day.After(absence.To) {
			return absence, true
		}
	}
	return Absence{}, false
}

// Ahead returns the absences that have not ended before the day.
func (r Rhythm) Ahead(day Date) []Absence {
	return slices.DeleteFunc(slices.Clone(r.Away), func(a Absence) bool { return a.To.Before(day) })
}

// Calendar returns the team's calendar without the member's days off.
func (r Rhythm) Calendar(team Calendar) Calendar {
	for _, absence := range r.Away {
		team = team.WithoutPeriod(absence.From, absence.To)
	}
	return team
}

// WithMuted returns the rhythm with a kind muted until a day, or heard again for
// the zero Date.
func (r Rhythm) WithMuted(kind CadenceKind, until Date) Rhythm {
	muted := make(map[CadenceKind]Date, len(r.Muted)+1)
	for other, day := range r.Muted {
		if other != kind {
			muted[other] = day
		}
	}
	if !until.IsZero() {
		muted[kind] = until
	}
	r.Muted = muted
	return r
}

// Location returns where the member lives: the zone that they chose, that which
// the platform tells, or else the workspace's.
func (r Rhythm) Location(member Member, workspace Workspace) *time.Location {
	for _, name := range []string{r.Zone, member.Zone} {
		if loc, err := Zone(name); err == nil {
			return loc
		}
	}
	return workspace.Location()
}

// Terms returns what bounds the member's own cadences.
func (r Rhythm) Terms(member Member, workspace Workspace) Terms {
	terms := Terms{
		Calendar: r.Calendar(workspace.Calendar()), Zone: r.Location(member, workspace), Quiet: r.Quiet,
		SnoozedUntil: r.SnoozedUntil, Muted: r.Muted,
	}
	if terms.Quiet.IsZero() {
		terms.Quiet = workspace.Quiet
	}
	return terms
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b Date) Date {
	if b.After(a) {
		return b
	}
	return a
}
