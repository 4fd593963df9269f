package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// learnCalendar looks up on which days a member works, so that the pace of what
// is theirs pauses on their days off. The empty member is the team.
func (r *Router) learnCalendar(ctx context.Context, ask *ask, member coaching.MemberID) error {
	if ask.knownCalendar(member) != nil {
		return nil
	}
	calendar := ask.workspace.Calendar()
	if member != "" {
		rhythm, err := r.store.Rhythm(ctx, ask.Request.Workspace, member)
		if err != nil {
			return err
		}
		calendar = rhythm.Calendar(calendar)
	}
	switch {
	case member == ask.Member:
		ask.ownCalendar = &calendar
	case ask.calendars == nil:
		ask.calendars = map[coaching.MemberID]*coaching.Calendar{member: &calendar}
	default:
		ask.calendars[member] = &calendar
	}
	return nil
}

// knownCalendar returns the working days of a member, nil where they were not
// looked up.
func (a *ask) knownCalendar(member coaching.MemberID) *coaching.Calendar {
	if member == a.Member {
		return a.ownCalendar
	}
	return a.calendars[member]
}

// calendarOf returns the working days of a member, as far as they were looked up,
// or else the team's.
func (a *ask) calendarOf(member coaching.MemberID) coaching.Calendar {
	if known := a.knownCalendar(member); known != nil {
		return *known
	}
	return a.workspace.Calendar()
}
