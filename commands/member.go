package commands

import (
	"cmp"
	"context"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// meet looks up what members are called, so that the reply can name them.
func (r *Router) meet(ctx context.Context, ask *ask, members ...coaching.MemberID) error {
	for _, id := range members {
		if _, known := ask.names[id]; known || id == "" || id == ask.Member {
			continue
		}
		member, err := r.store.Member(ctx, ask.Request.Workspace, id)
		if err != nil {
			return err
		}
		if ask.names == nil {
			ask.names = make(map[coaching.MemberID]string)
		}
		ask.names[id] = member.Name
	}
	return nil
}

// member names a member without notifying them.
func (a *ask) member(id coaching.MemberID) Span {
	name := a.names[id]
	if id == a.Member {
		name = a.MemberName
	}
	return Span{Text: nameOr(name, id), Member: id}
}

// self returns what is known of the member who asks, read once for a request.
func (r *Router) self(ctx context.Context, ask *ask) (coaching.Member, error) {
	if ask.known != nil {
		return *ask.known, nil
	}
	member, err := r.store.Member(ctx, ask.Request.Workspace, ask.Member)
	if err != nil {
		return coaching.Member{}, err
	}
	ask.known = &member
	return member, nil
}

// keepSelf stores what is known of the member who asks, and calls them so from
// here on.
func (r *Router) keepSelf(ctx context.Context, ask *ask, member coaching.Member) error {
	ask.known, ask.MemberName = &member, cmp.Or(member.Name, ask.MemberName)
	return r.store.SaveMember(ctx, member)
}

// remember returns the member's name, keeping what the platform calls them where
// no better one is known, for texts that speak of them when they are not there,
// and the language that they use now.
func (r *Router) remember(ctx context.Context, ask *ask) (name string, err error) {
	member, err := r.self(ctx, ask)
	if err != nil {
		return "", err
	}
	before := member
	member = met(member, coaching.Profile{Locale: ask.Locale})
	if member.Name == "" {
		member.Name = ask.MemberName
	}
	if ask.Profile != nil {
		member = met(member, *ask.Profile)
	}
	if member.Name == before.Name && member.Locale == before.Locale && member.Zone == before.Zone && member.Email == before.Email {
		return member.Name, nil
	}
	return member.Name, r.keepSelf(ctx, ask, member)
}

// met returns the member with what a profile says of who they are.
func met(member coaching.Member, profile coaching.Profile) coaching.Member {
	for _, news := range []struct {
		from string
		into *string
	}{{profile.Name, &member.Name}, {profile.Locale, &member.Locale}, {profile.Zone, &member.Zone}, {profile.Email, &member.Email}} {
		if news.from != "" {
			*news.into = news.from
		}
	}
	return member
}

// profileFresh is how long what the platform said of a member's zone and language
// is relied on when something is told to them.
const profileFresh = 24 * time.Hour

// refreshed returns the member with what the platform says of them now, where it
// did not say so lately. Where it does not answer, or was asked enough in this
// tick, what is known serves.
func (r *Router) refreshed(ctx context.Context, tick *tick, member coaching.Member) (coaching.Member, error) {
	if r.directory == nil || tick.now.Sub(member.ProfileAt) < profileFresh {
		return member, nil
	}
	select {
	case tick.profiles <- struct{}{}:
	default:
		return member, nil
	}
	asking, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	profile, err := r.directory.Profile(asking, member.Workspace, member.ID)
	if err != nil {
		return member, nil //nolint:nilerr // The nudge does not wait for the platform.
	}
	member = met(member, profile)
	member.ProfileAt = tick.now
	return member, r.store.SaveMember(ctx, member)
}
