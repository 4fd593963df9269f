package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"strconv"
	"time"
)

// The headers that carry a request's signature.
// https://docs.discord.com/developers/interactions/overview#validating-security-request-headers
const (
	SignatureHeader = "X-Signature-Ed25519"
	TimestampHeader = "X-Signature-Timestamp"
)

// signatureWindow is how far a request's timestamp may be from now, either way.
// Discord names no such bound; its requests are answered within 3 seconds, so
// what is older was recorded and sent again by somebody else.
const signatureWindow = 5 * time.Minute

// Why a request is not believed to be Discord's.
var (
	ErrSignatureMissing = errors.New("discord: request without a signature or timestamp")
	ErrSignatureStale   = errors.New("discord: request timestamp outside five minutes")
	ErrSignatureBad     = errors.New("discord: request signature does not match")
)

// Sign returns the value of the signature header for a body sent at a Unix
// time, as Discord computes it.
func Sign(key ed25519.PrivateKey, timestamp int64, body []byte) string {
	return hex.EncodeToString(ed25519.Sign(key, append(strconv.AppendInt(nil, timestamp, 10), body...)))
}

// Verify reports whether the request was signed with the application's key
// within five minutes of now. The error is one of [ErrSignatureMissing],
// [ErrSignatureStale] and [ErrSignatureBad]. Discord sends requests with bad
// signatures on purpose and removes endpoints that accept them.
func (a *App) Verify(header func(name string) string, body []byte, now time.Time) error {
	signature, timestamp := header(SignatureHeader), header(TimestampHeader)
	if signature == "" || timestamp == "" {
		return ErrSignatureMissing
	}
	sent, ok := parseTimestamp(timestamp)
	if !ok || len(a.key) != ed25519.PublicKeySize {
		return ErrSignatureBad
	}
	if now.Sub(time.Unix(sent, 0)).Abs() > signatureWindow {
		return ErrSignatureStale
	}
	var raw [ed25519.SignatureSize]byte
	if len(signature) != hex.EncodedLen(len(raw)) {
		return ErrSignatureBad
	}
	if _, err := hex.Decode(raw[:], []byte(signature)); err != nil {
		return ErrSignatureBad
	}
	message := make([]byte, 0, len(timestamp)+len(body))
	message = append(append(message, timestamp...), body...)
	if !ed25519.Verify(a.key, message, raw[:]) {
		return ErrSignatureBad
	}
	return nil
}

// parseTimestamp reads a Unix time of digits only. Ten digits last until the
// year 2286; more would be a trick, not a time.
func parseTimestamp(text string) (int64, bool) {
	if !isSnowflake(text) || len(text) > 10 {
		return 0, false
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	return seconds, err == nil
}
