package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"
)

// testKey signs as Discord does in tests. Its seed is as good as any.
var testKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))

var testNow = time.Date(2026, time.March, 10, 9, 30, 0, 0, time.UTC)

func mustApp(t testing.TB, config Config) *App {
	t.Helper()
	if config.PublicKey == "" {
		config.PublicKey = hex.EncodeToString(testKey.Public().(ed25519.PublicKey))
	}
	if config.Now == nil {
		config.Now = func() time.Time { return testNow }
	}
	app, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func TestSignaturesAreJudged(t *testing.T) {
	t.Parallel()
	app := mustApp(t, Config{})
	body := []byte(`{"type":1}`)
	stamp := strconv.FormatInt(testNow.Unix(), 10)
	good := Sign(testKey, testNow.Unix(), body)
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize))
	at := func(age time.Duration) int64 { return testNow.Add(-age).Unix() }
	for _, test := range []struct {
		name, signature, timestamp string
		body                       []byte
		want                       error
	}{
		{"a good one", good, stamp, body, nil},
		{"in capitals", strings.ToUpper(good), stamp, body, nil},
		{"a tampered body", good, stamp, []byte(`{"type":2}`), ErrSignatureBad},
		{"another timestamp", good, strconv.FormatInt(testNow.Unix()+1, 10), body, ErrSignatureBad},
		{"a tampered signature", "0" + good[1:], stamp, body, ErrSignatureBad},
		{"another key's", Sign(other, testNow.Unix(), body), stamp, body, ErrSignatureBad},
		{"too short", good[:126], stamp, body, ErrSignatureBad},
		{"too long", good + "00", stamp, body, ErrSignatureBad},
		{"not hexadecimal", "zz" + good[2:], stamp, body, ErrSignatureBad},
		{"no signature", "", stamp, body, ErrSignatureMissing},
		{"no timestamp", good, "", body, ErrSignatureMissing},
		{"a timestamp that is none", good, "soon", body, ErrSignatureBad},
		{"a signed timestamp", good, "+" + stamp, body, ErrSignatureBad},
		{"five minutes old", Sign(testKey, at(5*time.Minute), body), strconv.FormatInt(at(5*time.Minute), 10), body, nil},
		{"older", Sign(testKey, at(5*time.Minute+time.Second), body), strconv.FormatInt(at(5*time.Minute+time.Second), 10), body, ErrSignatureStale},
		{"from the future", Sign(testKey, at(-5*time.Minute-time.Second), body), strconv.FormatInt(at(-5*time.Minute-time.Second), 10), body, ErrSignatureStale},
	} {
		headers := map[string]string{SignatureHeader: test.signature, TimestampHeader: test.timestamp}
		err := app.Verify(func(name string) string { return headers[name] }, test.body, testNow)
		if !errors.Is(err, test.want) || (test.want == nil) != (err == nil) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), good[:16]) {
			t.Errorf("%s: the error tells what would have been right", test.name)
		}
	}
}

func TestAppWithoutAKeyBelievesNobody(t *testing.T) {
	t.Parallel()
	app, err := New(Config{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(`{}`)
	headers := map[string]string{SignatureHeader: Sign(testKey, testNow.Unix(), body), TimestampHeader: strconv.FormatInt(testNow.Unix(), 10)}
	if err := app.Verify(func(name string) string { return headers[name] }, body, testNow); !errors.Is(err, ErrSignatureBad) {
		t.Errorf("verified: %v", err)
	}
}

func TestBadConfigurationIsRefusedWithoutTheSecrets(t *testing.T) {
	t.Parallel()
	now := time.Now
	for name, config := range map[string]Config{
		"a short key":        {PublicKey: "abcd", Now: now},
		"a key that is none": {PublicKey: strings.Repeat("z", 64), Now: now},
		"an application":     {ApplicationID: "me", Now: now},
		"an address":         {APIURL: "discord.com", Now: now},
		"a password":         {APIURL: "https://me:s3cret@discord.com", Now: now},
		"no clock":           {},
	} {
		if _, err := New(config); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: %v", name, err)
		}
	}
	app := mustApp(t, Config{Token: "s3cret", ApplicationID: "1"})
	if text := app.String() + app.GoString(); strings.Contains(text, "s3cret") {
		t.Errorf("an app prints as %q", text)
	}
}
