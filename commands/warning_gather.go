package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// reckonTries is how often figures that are a little old are read anew before a
// look takes them as they are.
const reckonTries = 5

// gatherWarnings looks at the workspace's figures and gathers what is new, a post
// for each warning: to the cadence's channel, or where it concerns one person, to
// managers alone. What the next look has to know is kept after the posts are in
// the outbox; a look that broke off in between finds the same again, under the
// same ids.
func (r *Router) gatherWarnings(ctx context.Context, o occasion) (gathered, error) {
	if o.cadence.Member != "" {
		return gathered{}, nil // warnings are the team's
	}
	known, err := r.store.Episodes(ctx, o.workspace.ID)
	if err != nil {
		return gathered{}, err
	}
	lookout, err := r.lookout(ctx, o, known)
	if err != nil {
		return gathered{}, err
	}
	sightings, err := coaching.Look(lookout)
	if err != nil {
		return gathered{}, err
	}
	leaders, err := r.leaders(ctx, o.workspace, o.date)
	if err != nil {
		return gathered{}, err
	}
	owners, err := r.store.Owners(ctx, o.workspace.ID)
	if err != nil {
		return gathered{}, err
	}
	round := coaching.NewRound(o.workspace.ID, o.date, o.at, known)
	for _, sighting := range sightings {
		if sighting.Stream.Family == coaching.FamilyWinRep {
			member := owners.MemberOf(sighting.Stream.Part)
			sighting.Fact.Owner, sighting.Thin.Owner = member, member
		}
		round.See(sighting)
	}
	return gathered{also: round.Posts(o.cadence.Channel, leaders), episodes: round.Episodes(), warned: round.Warned()}, nil
}

// lookout gathers what a look is made from.
func (r *Router) lookout(ctx context.Context, o occasion, known []coaching.Watched) (coaching.Lookout, error) {
	l := coaching.Lookout{
		Today: o.date, Calendar: o.terms.Calendar, Settings: o.workspace.Warnings,
		Values: make(map[coaching.Kind][]coaching.Observation), Before: make(map[coaching.Stream]coaching.Episode, len(known)),
	}
	for _, watched := range known {
		l.Before[watched.Stream] = watched.Episode
	}
	var err error
	if l.Feeds, err = r.store.Feeds(ctx, o.workspace.ID); err != nil {
		return coaching.Lookout{}, err
	}
	for range reckonTries {
		if l.Book, err = r.store.DayBook(ctx, o.workspace.ID, coaching.Epoch(), o.date.AddDays(-1), o.now); err != nil {
			return coaching.Lookout{}, err
		}
		if l.Book.Pending == 0 {
			break
		}
	}
	for _, kind := range []coaching.Kind{coaching.Margin, coaching.CAC, coaching.CLV} {
		if l.Values[kind], err = r.store.FedObservations(ctx, o.workspace.ID, kind, o.now); err != nil {
			return coaching.Lookout{}, err
		}
	}
	l.Goals, err = r.store.Goals(ctx, o.workspace.ID, coaching.Active)
	return l, err
}

// remembers keeps what a look leaves for the next. Where somebody else looked
// meanwhile, theirs stays.
func (r *Router) remembers(ctx context.Context, decision decision) error {
	for _, warned := range decision.warned {
		if err := r.store.SaveWarned(ctx, warned); err != nil {
			return err
		}
	}
	for _, watched := range decision.episodes {
		if err := r.store.SaveEpisode(ctx, watched); err != nil && coaching.CodeOf(err) != coaching.Conflict {
			return err
		}
	}
	return nil
}
