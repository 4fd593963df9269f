package slack

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// The published example of the v0 scheme.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
const (
	exampleSecret    = "8f742231b10e8888abcd99yyyzzz85a5"
	exampleTimestamp = "1531420618"
	exampleBody      = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	exampleSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
)

func exampleTime() time.Time { return time.Unix(1531420618, 0) }

func headers(signature, timestamp string) func(string) string {
	return func(name string) string {
		switch name {
		case SignatureHeader:
			return signature
		case TimestampHeader:
			return timestamp
		}
		return ""
	}
}

func TestSignMatchesThePublishedExample(t *testing.T) {
	t.Parallel()
	if got := Sign([]byte(exampleSecret), 1531420618, []byte(exampleBody)); got != exampleSignature {
		t.Errorf("Sign() = %s, want %s", got, exampleSignature)
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	app := mustApp(t, Config{SigningSecret: exampleSecret})
	ancient := Sign([]byte(exampleSecret), 0, []byte(exampleBody))
	tests := []struct {
		name                 string
		signature, timestamp string
		body                 string
		now                  time.Time
		want                 error
	}{
		{"a good signature", exampleSignature, exampleTimestamp, exampleBody, exampleTime(), nil},
		{"five minutes late is still fresh", exampleSignature, exampleTimestamp, exampleBody, exampleTime().Add(5 * time.Minute), nil},
		{"five minutes early is still fresh", exampleSignature, exampleTimestamp, exampleBody, exampleTime().Add(-5 * time.Minute), nil},
		{"later than five minutes", exampleSignature, exampleTimestamp, exampleBody, exampleTime().Add(5*time.Minute + time.Millisecond), ErrSignatureStale},
		{"from the future", exampleSignature, exampleTimestamp, exampleBody, exampleTime().Add(-5*time.Minute - time.Millisecond), ErrSignatureStale},
		{"from the epoch", ancient, "0", exampleBody, exampleTime(), ErrSignatureStale},
		{"a changed body", exampleSignature, exampleTimestamp, exampleBody + "x", exampleTime(), ErrSignatureBad},
		{"a cut body", exampleSignature, exampleTimestamp, exampleBody[:len(exampleBody)-1], exampleTime(), ErrSignatureBad},
		{"an empty body", exampleSignature, exampleTimestamp, "", exampleTime(), ErrSignatureBad},
		{"another fresh timestamp", exampleSignature, "1531420619", exampleBody, exampleTime(), ErrSignatureBad},
		{"a changed digit", strings.Replace(exampleSignature, "a2", "a3", 1), exampleTimestamp, exampleBody, exampleTime(), ErrSignatureBad},
		{"a short signature", exampleSignature[:len(exampleSignature)-1], exampleTimestamp, exampleBody, exampleTime(), ErrSignatureBad},
		{"a long signature", exampleSignature + "0", exampleTimestamp, exampleBody, exampleTime(), ErrSignatureBad},
		{"another version", "v1" + exampleSignature[2:], exampleTimestamp, exampleBody, exampleTime(), ErrSignatureBad},
		{"upper case, which Slack does not send", "v0=" + strings.ToUpper(exampleSignature[3:]), exampleTimestamp, exampleBody, exampleTime(), ErrSignatureBad},
		{"no signature", "", exampleTimestamp, exampleBody, exampleTime(), ErrSignatureMissing},
		{"no timestamp", exampleSignature, "", exampleBody, exampleTime(), ErrSignatureMissing},
		{"a timestamp with a sign", exampleSignature, "+1531420618", exampleBody, exampleTime(), ErrSignatureBad},
		{"a timestamp with a space", exampleSignature, " 531420618", exampleBody, exampleTime(), ErrSignatureBad},
		{"a timestamp that overflows", exampleSignature, "99999999999999999999", exampleBody, exampleTime(), ErrSignatureBad},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := app.Verify(headers(test.signature, test.timestamp), []byte(test.body), test.now)
			if !errors.Is(got, test.want) {
				t.Errorf("Verify() = %v, want %v", got, test.want)
			}
			if got != nil && strings.Contains(got.Error(), exampleSignature[3:11]) {
				t.Errorf("the error %q tells the right signature", got)
			}
		})
	}
}

func FuzzVerifyBelievesOnlyTheRightSignature(f *testing.F) {
	f.Add(exampleSignature, exampleTimestamp, []byte(exampleBody))
	f.Add("v0=", "1531420618", []byte(nil))
	f.Add(strings.Repeat("0", signatureLength), "0000000000", []byte("a=b"))
	signer := newSigner([]byte(exampleSecret))
	f.Fuzz(func(t *testing.T, signature, timestamp string, body []byte) {
		err := signer.verify(signature, timestamp, body, exampleTime())
		sent, ok := parseTimestamp(timestamp)
		right := ok && timestamp != "" && exampleTime().Sub(time.Unix(sent, 0)).Abs() <= signatureWindow &&
			signature == string(signer.take().sum(timestamp, body)[:])
		if right != (err == nil) {
			t.Errorf("verify(%q, %q, %q) = %v, right signature: %t", signature, timestamp, body, err, right)
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	app, err := New(Config{SigningSecret: exampleSecret})
	if err != nil {
		b.Fatal(err)
	}
	body := []byte(strings.Repeat("x", 500))
	header := headers(Sign([]byte(exampleSecret), 1531420618, body), exampleTimestamp)
	now := exampleTime()
	b.ReportAllocs()
	for b.Loop() {
		if err := app.Verify(header, body, now); err != nil {
			b.Fatal(err)
		}
	}
}

func mustApp(t testing.TB, config Config) *App {
	t.Helper()
	if config.SigningSecret == "" {
		config.SigningSecret = exampleSecret
	}
	app, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return app
}
