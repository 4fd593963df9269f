package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"strconv"
	"sync"
	"time"
)

// The headers that carry a request's signature.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
const (
	SignatureHeader = "X-Slack-Signature"
	TimestampHeader = "X-Slack-Request-Timestamp"
)

// signatureWindow is how far a request's timestamp may be from now, either way.
const signatureWindow = 5 * time.Minute

const (
	signatureVersion = "v0="
	signatureLength  = len(signatureVersion) + 2*sha256.Size
)

// Why a request is not believed to be Slack's.
var (
	ErrSignatureMissing = errors.New("slack: request without a signature or timestamp")
	ErrSignatureStale   = errors.New("slack: request timestamp outside five minutes")
	ErrSignatureBad     = errors.New("slack: request signature does not match")
)

// Sign returns the value of the signature header for a body sent at a Unix
// time, as Slack computes it.
func Sign(secret []byte, timestamp int64, body []byte) string {
	signer := newSigner(secret)
	state := signer.take()
	defer signer.pool.Put(state)
	signature := state.sum(strconv.FormatInt(timestamp, 10), body)
	return string(signature[:])
}

// Verify reports whether the request was signed with the app's secret within
// five minutes of now. The error is one of [ErrSignatureMissing],
// [ErrSignatureStale] and [ErrSignatureBad]; none of them says what would have
// been right.
func (a *App) Verify(header func(name string) string, body []byte, now time.Time) error {
	return a.signer.verify(header(SignatureHeader), header(TimestampHeader), body, now)
}

// signer holds a secret as ready HMAC states, because preparing one costs as
// much as hashing a short body.
type signer struct{ pool sync.Pool }

// signerState is used by one request at a time.
type signerState struct {
	mac       hash.Hash
	prefix    []byte
	digest    [sha256.Size]byte
	signature [signatureLength]byte
}

func newSigner(secret []byte) *signer {
	return &signer{pool: sync.Pool{New: func() any {
		return &signerState{mac: hmac.New(sha256.New, secret), prefix: make([]byte, 0, 32)}
	}}}
}

func (s *signer) take() *signerState { return s.pool.Get().(*signerState) }

func (s *signer) verify(signature, timestamp string, body []byte, now time.Time) error {
	if signature == "" || timestamp == "" {
		return ErrSignatureMissing
	}
	sent, ok := parseTimestamp(timestamp)
	if !ok {
		return ErrSignatureBad
	}
	if now.Sub(time.Unix(sent, 0)).Abs() > signatureWindow {
		return ErrSignatureStale
	}
	if len(signature) != signatureLength {
		return ErrSignatureBad
	}
	state := s.take()
	defer s.pool.Put(state)
	want := state.sum(timestamp, body)
	// Hexadecimal is compared as text, so only the lower case that Slack sends
	// is right; the version is part of what is compared.
	var got [signatureLength]byte
	copy(got[:], signature)
	if !hmac.Equal(got[:], want[:]) {
		return ErrSignatureBad
	}
	return nil
}

// sum returns the signature, which is valid until the state is put back.
func (s *signerState) sum(timestamp string, body []byte) *[signatureLength]byte {
	s.prefix = append(append(append(s.prefix[:0], "v0:"...), timestamp...), ':')
	s.mac.Reset()
	s.mac.Write(s.prefix)
	s.mac.Write(body)
	copy(s.signature[:], signatureVersion)
	hex.Encode(s.signature[len(signatureVersion):], s.mac.Sum(s.digest[:0]))
	return &s.signature
}

// parseTimestamp reads a Unix time of digits only. Ten digits last until the
// year 2286; more would be a trick, not a time.
func parseTimestamp(text string) (int64, bool) {
	if len(text) > 10 {
		return 0, false
	}
	var seconds int64
	for i := range len(text) {
		digit := text[i] - '0'
		if digit > 9 {
			return 0, false
		}
		seconds = seconds*10 + int64(digit)
	}
	return seconds, true
}
