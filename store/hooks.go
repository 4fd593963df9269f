package store

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// hookKeySize is how many random bytes sign events: Standard Webhooks asks for
// 24 to 64.
const hookKeySize = 32

// hooksDoc holds the secrets of a workspace's webhook, sealed.
type hooksDoc struct {
	document.Header
	Secrets []hookSecretDoc `json:"secrets"` // oldest first
}

type hookSecretDoc struct {
	ID     string        `json:"id"`
	Sealed string        `json:"sealed"`
	By     string        `json:"by"`
	Made   document.Time `json:"made"`
	Used   document.Time `json:"used"`
}

// aboutHook is what a secret is sealed for: moved to another workspace, it does
// not open.
func aboutHook(workspace coaching.WorkspaceID, id string) string {
	return "hooks/" + string(workspace) + "/" + id
}

func (d hookSecretDoc) secret() coaching.HookSecret {
	return coaching.HookSecret{ID: d.ID, By: coaching.MemberID(d.By), MadeAt: d.Made.Time, UsedAt: d.Used.Time}
}

func (s *Store) readHooks(ctx context.Context, workspace coaching.WorkspaceID) (doc hooksDoc, found bool, err error) {
	doc = hooksDoc{Header: document.Header{ID: string(workspace)}}
	err = s.engine.Get(ctx, hooks, doc.ID, &doc)
	if errors.Is(err, document.ErrNotFound) {
		return doc, false, nil
	}
	return doc, err == nil, coded("read hook secrets", err)
}

// changeHooks changes a workspace's secrets, again where somebody else was
// quicker. A change that reports false is not written.
func (s *Store) changeHooks(ctx context.Context, workspace coaching.WorkspaceID, change func(*hooksDoc) (bool, error)) error {
	for {
		doc, found, err := s.readHooks(ctx, workspace)
		if err != nil {
			return err
		}
		if changed, err := change(&doc); err != nil || !changed {
			return err
		}
		if found {
			err = s.engine.Replace(ctx, hooks, &doc)
		} else {
			err = s.engine.Insert(ctx, hooks, &doc)
		}
		if !errors.Is(err, document.ErrStale) && !errors.Is(err, document.ErrTaken) {
			return coded("change hook secrets", err)
		}
	}
}

// HookSecrets returns what is known of the secrets that sign a workspace's
// events, oldest first.
func (s *Store) HookSecrets(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.HookSecret, error) {
	doc, _, err := s.readHooks(ctx, workspace)
	found := make([]coaching.HookSecret, len(doc.Secrets))
	for i, secret := range doc.Secrets {
		found[i] = secret.secret()
	}
	return found, err
}

// MakeHookSecret makes a secret under the id that it is given, stores it sealed
// and returns the bytes that sign. Asked again for an id that is there, it
// returns the same. It refuses a third secret with "hook_secrets_full", and any
// where no encryption key is set with "encryption_key_missing".
func (s *Store) MakeHookSecret(ctx context.Context, workspace coaching.WorkspaceID, secret coaching.HookSecret) (key []byte, err error) {
	if s.sealer == nil {
		return nil, coaching.Refuse("encryption_key_missing")
	}
	about := aboutHook(workspace, secret.ID)
	err = s.changeHooks(ctx, workspace, func(doc *hooksDoc) (bool, error) {
		for _, known := range doc.Secrets {
			if known.ID == secret.ID {
				key, err = s.sealer.Open(known.Sealed, about)
				return false, err
			}
		}
		if len(doc.Secrets) >= coaching.MaxHookSecrets {
			return false, coaching.Refuse("hook_secrets_full")
		}
		key = make([]byte, hookKeySize)
		if _, err := rand.Read(key); err != nil {
			return false, err
		}
		sealed, err := s.sealer.Seal(key, about)
		if err != nil {
			return false, err
		}
		doc.Secrets = append(doc.Secrets, hookSecretDoc{
			ID: secret.ID, Sealed: sealed, By: string(secret.By), Made: document.At(secret.MadeAt), Used: document.At(secret.UsedAt),
		})
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return key, nil
}

// RevokeHookSecret deletes a secret: what it signs is refused from now on. It
// refuses an id that is not there with "hook_secret_unknown".
func (s *Store) RevokeHookSecret(ctx context.Context, workspace coaching.WorkspaceID, id string) error {
	return s.changeHooks(ctx, workspace, func(doc *hooksDoc) (bool, error) {
		at := slices.IndexFunc(doc.Secrets, func(secret hookSecretDoc) bool { return secret.ID == id })
		if at < 0 {
			return false, &coaching.Error{Code: coaching.NotFound, Reason: "hook_secret_unknown"}
		}
		doc.Secrets = slices.Delete(doc.Secrets, at, at+1)
		return true, nil
	})
}

// HookKeys returns the secrets that sign a workspace's events, none where it has
// none. One that does not open any more comes without its bytes.
func (s *Store) HookKeys(ctx context.Context, workspace coaching.WorkspaceID) ([]coaching.HookKey, error) {
	doc, _, err := s.readHooks(ctx, workspace)
	if err != nil {
		return nil, err
	}
	keys := make([]coaching.HookKey, len(doc.Secrets))
	for i, secret := range doc.Secrets {
		keys[i].HookSecret = secret.secret()
		if s.sealer == nil {
			continue
		}
		if key, err := s.sealer.Open(secret.Sealed, aboutHook(workspace, secret.ID)); err == nil {
			keys[i].Key = key
		}
	}
	return keys, nil
}

// UseHookSecret notes that a secret signed events at a time, unless that was
// noted not long before.
func (s *Store) UseHookSecret(ctx context.Context, workspace coaching.WorkspaceID, id string, at time.Time) error {
	return s.changeHooks(ctx, workspace, func(doc *hooksDoc) (bool, error) {
		for i, secret := range doc.Secrets {
			if secret.ID == id && secret.secret().News(at) {
				doc.Secrets[i].Used = document.At(at)
				return true, nil
			}
		}
		return false, nil
	})
}
