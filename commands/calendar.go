package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// learnCalendar looks up on which days a member works, so that the pace of what
// is theirs pauses on their days off. The empty member is the team.
func (r *Router) learnCalendar(ctx context.Context, ask *ask, member coaching.MemberID) error {
	if _, known := ask.calendars[member]; known {
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
	if ask.calendars == nil {
		ask.calendars = make(map[coaching.MemberID]coaching.Calendar)
	}
	ask.calendars[member] = calendar
	return nil
}

// calendarOf returns the working days of a member, as far as they were looked up,
// or else the team's.
func (a *ask) calendarOf(member coaching.MemberID) coaching.Calendar {
	if calendar, known := a.calendars[member]; known {
		return calendar
	}
	return a.workspace.Calendar()
}
