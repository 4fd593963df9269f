package hooks

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"

	"github.com/smallwins/smallwins/coaching"
)

// The headers of the convention.
const (
	IDHeader        = standardwebhooks.HeaderWebhookID
	TimestampHeader = standardwebhooks.HeaderWebhookTimestamp
	SignatureHeader = standardwebhooks.HeaderWebhookSignature
)

const (
	// tolerance is how far a request's time may be from now, as the convention
	// has it.
	tolerance = 5 * time.Minute
	// maxHeader bounds what is signed besides the body. Two secrets in use may
	// come with a signature each.
	maxHeader = 1024
)

// decoy takes the place of secrets that a workspace does not have, so that a
// request for one that nobody knows takes as long as any other.
var decoy = coaching.HookKey{Key: make([]byte, 32)}

// verify returns the key that signed the request. The answer for a workspace
// that does not exist, or has no secret, is that for a wrong signature.
func (h *Hook) verify(ctx context.Context, workspace coaching.WorkspaceID, header func(name string) string, body []byte, now time.Time) (coaching.HookKey, error) {
	id, timestamp, signature := header(IDHeader), header(TimestampHeader), header(SignatureHeader)
	if id == "" || timestamp == "" || signature == "" || len(id)+len(signature) > maxHeader {
		return coaching.HookKey{}, unsigned
	}
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return coaching.HookKey{}, unsigned
	}
	// Verified here, since the library looks at a clock of its own.
	if at := time.Unix(seconds, 0); at.Before(now.Add(-tolerance)) || at.After(now.Add(tolerance)) {
		return coaching.HookKey{}, stale
	}
	keys, err := h.store.HookKeys(ctx, workspace)
	if err != nil {
		return coaching.HookKey{}, err
	}
	signed := http.Header{}
	signed.Set(IDHeader, id)
	signed.Set(TimestampHeader, timestamp)
	signed.Set(SignatureHeader, signature)
	found, lost := decoy, 0
	for i := range max(len(keys), coaching.MaxHookSecrets) {
		key := decoy
		if i < len(keys) {
			if key = keys[i]; len(key.Key) == 0 {
				key = decoy
				lost++
			}
		}
		webhook, err := standardwebhooks.NewWebhookRaw(key.Key)
		if err != nil {
			return coaching.HookKey{}, fmt.Errorf("use hook secret %s: %w", key.ID, err)
		}
		if webhook.VerifyIgnoringTimestamp(body, signed) == nil && key.ID != decoy.ID {
			found = key
		}
	}
	if found.ID != decoy.ID {
		return found, nil
	}
	if lost > 0 {
		return coaching.HookKey{}, fmt.Errorf("%w; of the workspace's secrets, ENCRYPTION_KEY does not open %d", unverified, lost)
	}
	return coaching.HookKey{}, unverified
}
