// Package seal encrypts the secrets that documents keep: what signs webhooks,
// what speaks for the bot on a platform. Whoever reads the database or a backup
// of it without ENCRYPTION_KEY learns none of them.
//
// The encryption is Tink's XAES-256-GCM (https://c2sp.org/XAES-256-GCM), which
// draws a key of its own for each message, so that no number of secrets wears
// the key out. Each sealed text is bound to what it is about: moved to another
// workspace's document, it does not open.
package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/xaesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/secretdata"
	"github.com/tink-crypto/tink-go/v2/tink"
)

const (
	keySize  = 32 // bytes, of XAES-256-GCM
	saltSize = 12 // bytes, as its specification has it
	maxKeys  = 8
)

// ErrSealed means that a text does not open: it was sealed with a key that is
// not among the keys, for something else, or was changed.
var ErrSealed = errors.New("sealed with another ENCRYPTION_KEY, or changed since")

// Sealer seals and opens secrets. It is safe for concurrent use.
type Sealer struct {
	aead tink.AEAD
	// first is what begins all that the first key seals.
	first []byte
}

// New returns a sealer of one or more keys, separated by commas or spaces: each
// is 32 random bytes in base64, as `openssl rand -base64 32` prints them. The
// first seals; all of them open, so that a new key is put before the old one and
// the old one taken away once nothing rests on it any more. The error never
// shows a key.
func New(keys string) (*Sealer, error) {
	words := strings.FieldsFunc(keys, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	if len(words) == 0 || len(words) > maxKeys {
		return nil, fmt.Errorf("%d keys: from 1 to %d are needed", len(words), maxKeys)
	}
	manager := keyset.NewManager()
	for i, word := range words {
		key, err := parseKey(word)
		if err != nil {
			return nil, fmt.Errorf("key %d of %d: %w", i+1, len(words), err)
		}
		id, err := manager.AddKey(key)
		if err == nil && i == 0 {
			err = manager.SetPrimary(id)
		}
		if err != nil {
			return nil, fmt.Errorf("key %d of %d: is there twice, or too like another: %w", i+1, len(words), err)
		}
	}
	handle, err := manager.Handle()
	if err != nil {
		return nil, fmt.Errorf("make keyset: %w", err)
	}
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	first, err := parseKey(words[0])
	if err != nil {
		return nil, err
	}
	return &Sealer{primitive, first.OutputPrefix()}, nil
}

// parseKey reads a key. Its id, by which a sealed text names the key that it
// needs, follows from the key, so that all replicas agree on it.
func parseKey(word string) (*xaesgcm.Key, error) {
	raw, err := base64.StdEncoding.DecodeString(word)
	if err != nil || len(raw) != keySize {
		return nil, errors.New("is not 32 bytes in base64; make one with: openssl rand -base64 32")
	}
	if bytes.Count(raw, raw[:1]) == keySize {
		return nil, errors.New("is one byte over and over; make one with: openssl rand -base64 32")
	}
	parameters, err := xaesgcm.NewParameters(xaesgcm.VariantTink, saltSize)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(append([]byte("smallwins key id\x00"), raw...))
	return xaesgcm.NewKey(secretdata.NewBytesFromData(raw, insecuresecretdataaccess.Token{}), binary.BigEndian.Uint32(digest[:]), parameters)
}

// Seal encrypts a secret about something, such as the id of the document that
// keeps it, and returns base64.
func (s *Sealer) Seal(secret []byte, about string) (string, error) {
	sealed, err := s.aead.Encrypt(secret, []byte(about))
	if err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// ByFirst reports whether a text was sealed with the first key, so that it does
// not rest on another one.
func (s *Sealer) ByFirst(sealed string) bool {
	text, err := base64.StdEncoding.DecodeString(sealed)
	return err == nil && bytes.HasPrefix(text, s.first)
}

// Open returns the secret that was sealed about the same thing, or [ErrSealed].
func (s *Sealer) Open(sealed, about string) ([]byte, error) {
	text, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, fmt.Errorf("open: %w", ErrSealed)
	}
	secret, err := s.aead.Decrypt(text, []byte(about))
	if err != nil {
		return nil, fmt.Errorf("open: %w", ErrSealed)
	}
	return secret, nil
}
