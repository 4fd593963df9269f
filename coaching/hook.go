package coaching

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// MaxHookSecrets is how many secrets of one workspace are valid at a time: the
// one in use, and the one that takes its place.
const MaxHookSecrets = 2

// HookSecret tells of a secret that events are signed with, not the secret
// itself.
type HookSecret struct {
	// ID names the secret among the workspace's; [HookSecretID] makes one.
	ID string
	// By is who made it, empty where that was the command line.
	By     MemberID
	MadeAt time.Time
	// UsedAt is when it last signed events, give or take an hour; zero means
	// never.
	UsedAt time.Time
}

// HookKey is a secret as it is needed to verify a signature.
type HookKey struct {
	HookSecret
	// Key are the bytes that sign, nil where they cannot be read any more
	// because the encryption key that protected them is gone.
	Key []byte
}

// HookSecretID returns the name of a secret that a request makes: the same for
// the same request, so that a repeated one makes no second secret.
func HookSecretID(request string) string {
	const size = 4 // bytes: told apart among two, and typed easily
	digest := sha256.Sum256([]byte("hook secret " + request))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(digest[:size]))
}

// News reports whether a secret's use at a time is worth noting.
func (s HookSecret) News(at time.Time) bool {
	const often = time.Hour
	return at.Sub(s.UsedAt) >= often
}
