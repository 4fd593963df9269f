package sandbox

import (
	"strings"
	"time"
)

// slackToken is one that a workspace gave the app.
type slackToken struct {
	ends    time.Time // zero: never
	revoked bool
}

// Give makes a token good in this workspace until a time, for ever by the zero
// time.
func (a *SlackAPI) Give(token string, ends time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.tokens[token] = slackToken{ends: ends}
}

// Uninstall takes back all tokens of this workspace, as when the app is removed
// from it.
func (a *SlackAPI) Uninstall() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for token, known := range a.tokens {
		known.revoked = true
		a.tokens[token] = known
	}
}

// Good returns the tokens that are good now.
func (a *SlackAPI) Good() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var good []string
	for token := range a.tokens {
		if a.judgeToken(token) == nil {
			good = append(good, token)
		}
	}
	return good
}

// knows reports whether a token is this workspace's, good or not.
func (a *SlackAPI) knows(token string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, known := a.tokens[token]
	return known
}

// judgeToken says why a token is no good. The caller holds the lock.
func (a *SlackAPI) judgeToken(token string) *refusal {
	known, found := a.tokens[token]
	switch {
	case token == "":
		return refuse("not_authed")
	case !found:
		return refuse("invalid_auth")
	case known.revoked, a.isRevoked():
		return refuse("token_revoked")
	case !known.ends.IsZero() && !a.now().Before(known.ends):
		return refuse("token_expired")
	}
	return nil
}

// revokeToken takes back the token that it is called with.
func (a *SlackAPI) revokeToken(args arguments) (answer, *refusal) {
	if !strings.HasPrefix(args.token, "xox") {
		return nil, refuse("not_bearer_token")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.tokens[args.token]
	known.revoked = true
	a.tokens[args.token] = known
	return answer{"revoked": true}, nil
}
