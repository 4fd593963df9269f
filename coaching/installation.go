package coaching

import "time"

// Token is what speaks for the bot on a platform. It is never printed.
type Token string

// String hides the token.
func (t Token) String() string {
	if t == "" {
		return ""
	}
	return "[redacted]"
}

// GoString hides the token from %#v.
func (t Token) GoString() string { return t.String() }

// MarshalText hides the token from every encoder, the log's among them.
func (t Token) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// Installation is the bot as one workspace installed it, with the token that
// speaks for it there and nowhere else.
type Installation struct {
	Workspace WorkspaceID
	// Name is what the workspace is called on its platform.
	Name string
	// Token is empty where the workspace took the bot out again.
	Token Token
	// Refresh gets the next token, once; empty where the token does not expire.
	Refresh Token
	// ExpiresAt is when the token ends, RenewAt when the next one is to be
	// fetched; zero where it does not expire.
	ExpiresAt, RenewAt time.Time
	// Scopes are what the workspace allowed.
	Scopes []string
	// Bot is the bot's own account there, By who installed it.
	Bot, By MemberID
	// At is when it was installed, or taken out.
	At time.Time
	// Revision is the stored revision that this value was read at; the store
	// compares it before it overwrites.
	Revision int64
}

const (
	// renewAhead is how long before its end a token is renewed, so that an hour
	// in which the platform does not answer costs nothing. A token that lives
	// shorter is renewed half-way.
	renewAhead = 2 * time.Hour
	// renewLease is for how long nobody else renews a token that somebody has
	// begun to renew: longer than that can take.
	renewLease = time.Minute
)

// Granted returns the installation with the tokens that the platform gave at a
// time, for as long as they live; 0 is for ever.
func (i Installation) Granted(token, refresh Token, lives time.Duration, now time.Time) Installation {
	i.Token, i.Refresh, i.ExpiresAt, i.RenewAt = token, refresh, time.Time{}, time.Time{}
	if lives > 0 {
		i.ExpiresAt = now.Add(lives)
		i.RenewAt = i.ExpiresAt.Add(-min(renewAhead, lives/2))
	}
	return i
}

// Due reports whether it is time to renew the token, and nobody does already.
func (i Installation) Due(now time.Time) bool { return i.Refresh != "" && !now.Before(i.RenewAt) }

// Claimed returns the installation as it is while its token is being renewed.
// Whoever stores it at the revision that it was read at has the renewal alone.
// Where the renewal fails, it is due again when the claim ends.
func (i Installation) Claimed(now time.Time) Installation {
	i.RenewAt = now.Add(renewLease)
	return i
}

// Expired reports whether the token is of no use any more.
func (i Installation) Expired(now time.Time) bool {
	return !i.ExpiresAt.IsZero() && !now.Before(i.ExpiresAt)
}

// Removed returns the installation after the workspace took the bot out: without
// its tokens. That it was there is kept, so that the reason can be told.
func (i Installation) Removed(now time.Time) Installation {
	return Installation{Workspace: i.Workspace, Name: i.Name, At: now, Revision: i.Revision}
}
