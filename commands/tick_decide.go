package commands

import (
	"context"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// occasion is a cadence on a day that it is decided for, with what its notice is
// gathered from.
type occasion struct {
	cadence   coaching.Cadence
	workspace coaching.Workspace
	terms     coaching.Terms
	// date is the local day.
	date coaching.Date
	// at is when it is due on that day.
	at, now time.Time
}

// gathered is what a cadence has to tell.
type gathered struct {
	// notice is what is told where, or to whom, the cadence speaks; nil for
	// nothing.
	notice coaching.Notice
	// also are posts of their own that come of it.
	also []coaching.Delivery
	// episodes and warned are what a look at the figures leaves for the next.
	episodes []coaching.Watched
	warned   []coaching.Warned
}

// gatherers gather what each kind of cadence that there is tells.
var gatherers = map[coaching.CadenceKind]func(*Router, context.Context, occasion) (gathered, error){
	coaching.NudgeDaily:    (*Router).gatherNudge,
	coaching.CheckInWeekly: (*Router).gatherCheckIn,
	coaching.ReviewEnd:     (*Router).gatherEnded,
	coaching.WarningCheck:  (*Router).gatherWarnings,
}

// decision is what came of a due cadence.
type decision struct {
	// delivery is what to post, nil for nothing.
	delivery *coaching.Delivery
	// also are posts besides.
	also []coaching.Delivery
	// episodes and warned are kept once the posts are in the outbox.
	episodes []coaching.Watched
	warned   []coaching.Warned
	// cadences are those that it settles, as they go on.
	cadences []coaching.Cadence
}

// decide looks at a cadence that has come due. Of several occurrences that
// nobody was there to decide only the latest counts; it is posted if it still
// makes sense, else it is on record as expired.
func (r *Router) decide(ctx context.Context, tick *tick, cadence coaching.Cadence) (decision, error) {
	workspace, err := r.store.Workspace(ctx, cadence.Workspace)
	if err != nil {
		return decision{}, err
	}
	bounds, err := r.bounds(ctx, tick, workspace, cadence.Member)
	if err != nil {
		return decision{}, err
	}
	at, missed, found := cadence.CatchUp(tick.now, bounds.terms)
	if !found {
		return decision{cadences: []coaching.Cadence{bounds.moved(cadence, tick.now)}}, nil
	}
	local := tick.now.In(cadence.Location(bounds.terms))
	date := coaching.DateOf(at.In(local.Location()))
	made, err := r.bundle(ctx, tick, bounds, cadence, date)
	if err != nil {
		return decision{}, err
	}
	for i := range made.cadences {
		made.cadences[i].Told = date
		made.cadences[i] = bounds.moved(made.cadences[i], tick.now)
	}
	if delivery := made.delivery; delivery != nil {
		delivery.ID, delivery.Missed = cadence.DeliveryID(date), missed
		delivery.DueAt, delivery.NextAt = at, at
		if quiet := bounds.terms.Quiet; quiet.Holds(local) {
			delivery.NextAt = quiet.Ends(tick.now, local.Location()).UTC()
		}
	}
	for i := range made.also {
		if next, quiet := &made.also[i].NextAt, bounds.terms.Quiet; quiet.Holds(next.In(local.Location())) {
			*next = quiet.Ends(*next, local.Location()).UTC()
		}
	}
	return made, nil
}

// bundle gathers what is to be told on a day: by the cadence alone in a channel,
// by all that a member has on that day in one post.
func (r *Router) bundle(ctx context.Context, tick *tick, bounds bounds, cadence coaching.Cadence, date coaching.Date) (decision, error) {
	made := decision{cadences: []coaching.Cadence{cadence}}
	if cadence.Member != "" {
		others, err := r.store.CadencesOf(ctx, cadence.Workspace, cadence.Member)
		if err != nil {
			return decision{}, err
		}
		for _, other := range others {
			_, due := other.DueOn(date, bounds.terms)
			if due && other.Key() != cadence.Key() && other.Told.Before(date) {
				made.cadences = append(made.cadences, other)
			}
		}
		slices.SortStableFunc(made.cadences, func(a, b coaching.Cadence) int { return a.Kind.Compare(b.Kind) })
	}
	delivery := coaching.Delivery{
		Workspace: cadence.Workspace, Channel: cadence.Channel, Member: cadence.Member, State: coaching.Pending,
	}
	late := false
	for _, part := range made.cadences {
		at, due := part.DueOn(date, bounds.terms)
		gather, known := gatherers[part.Kind]
		if !due || !known {
			continue
		}
		expires := part.Expires(at, bounds.terms)
		if delivery.ExpiresAt.Before(expires) {
			delivery.ExpiresAt = expires
		}
		if !tick.now.Before(expires) {
			late = true
			continue
		}
		found, err := gather(r, ctx, occasion{
			cadence: part, workspace: bounds.workspace, terms: bounds.terms, date: date, at: at, now: tick.now,
		})
		if err != nil {
			return decision{}, err
		}
		if found.notice != nil {
			delivery.Notices = append(delivery.Notices, found.notice)
		}
		made.also = append(made.also, found.also...)
		made.episodes, made.warned = append(made.episodes, found.episodes...), append(made.warned, found.warned...)
	}
	if late || len(delivery.Notices) > 0 {
		made.delivery = &delivery
	}
	return made, nil
}

// bounds are the terms of one workspace's channels, or of one member.
type bounds struct {
	workspace coaching.Workspace
	terms     coaching.Terms
}

// moved returns the cadence as it goes on after now. One that is never due is
// kept, until the settings are changed so that it is.
func (b bounds) moved(cadence coaching.Cadence, now time.Time) coaching.Cadence {
	cadence.NextAt, _ = cadence.Next(now, b.terms)
	return cadence
}

// bounds looks up what bounds the channels' cadences, or for an id a member's
// own. Outside of a tick nothing is refreshed.
func (r *Router) bounds(ctx context.Context, tick *tick, workspace coaching.Workspace, id coaching.MemberID) (bounds, error) {
	var err error
	if tick != nil {
		if workspace, err = r.withPublicHolidays(ctx, workspace, tick.now); err != nil {
			return bounds{}, err
		}
	}
	if id == "" {
		return bounds{workspace: workspace, terms: workspace.Terms()}, nil
	}
	rhythm, err := r.store.Rhythm(ctx, workspace.ID, id)
	if err != nil {
		return bounds{}, err
	}
	member, err := r.store.Member(ctx, workspace.ID, id)
	if err != nil {
		return bounds{}, err
	}
	if tick != nil && rhythm.Zone == "" {
		if member, err = r.refreshed(ctx, tick, member); err != nil {
			return bounds{}, err
		}
	}
	return bounds{workspace: workspace, terms: rhythm.Terms(member, workspace)}, nil
}
