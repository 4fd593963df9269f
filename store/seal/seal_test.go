package seal_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/store/seal"
)

func key(first byte) string {
	raw := make([]byte, 32)
	for i := range raw {
		raw[i] = first + byte(i)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

func mustNew(t testing.TB, keys string) *seal.Sealer {
	t.Helper()
	sealer, err := seal.New(keys)
	if err != nil {
		t.Fatal(err)
	}
	return sealer
}

func TestWhatIsSealedOpensForTheSameThingOnly(t *testing.T) {
	t.Parallel()
	sealer := mustNew(t, key(1))
	rapid.Check(t, func(rt *rapid.T) {
		secret, about := rapid.SliceOf(rapid.Byte()).Draw(rt, "secret"), rapid.String().Draw(rt, "about")
		sealed, err := sealer.Seal(secret, about)
		if err != nil {
			rt.Fatal(err)
		}
		opened, err := sealer.Open(sealed, about)
		if err != nil || string(opened) != string(secret) {
			rt.Fatalf("opened %q, %v", opened, err)
		}
		if _, err := sealer.Open(sealed, about+"!"); !errors.Is(err, seal.ErrSealed) {
			rt.Fatalf("it opens for something else: %v", err)
		}
		raw, err := base64.StdEncoding.DecodeString(sealed)
		if err != nil {
			rt.Fatal(err)
		}
		raw[rapid.IntRange(0, len(raw)-1).Draw(rt, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
		if _, err := sealer.Open(base64.StdEncoding.EncodeToString(raw), about); !errors.Is(err, seal.ErrSealed) {
			rt.Fatalf("it opens after a change: %v", err)
		}
	})
}

func TestKeysAreReplacedOneByOne(t *testing.T) {
	t.Parallel()
	before, during, after := mustNew(t, key(1)), mustNew(t, key(2)+", "+key(1)), mustNew(t, key(2))
	old, err := before.Seal([]byte("s3cret"), "a")
	if err != nil {
		t.Fatal(err)
	}
	if secret, err := during.Open(old, "a"); err != nil || string(secret) != "s3cret" {
		t.Errorf("with both keys: %q, %v", secret, err)
	}
	if _, err := after.Open(old, "a"); !errors.Is(err, seal.ErrSealed) {
		t.Errorf("without the old key: %v", err)
	}
	renewed, err := during.Seal([]byte("s3cret"), "a")
	if err != nil {
		t.Fatal(err)
	}
	if !during.ByFirst(renewed) || during.ByFirst(old) || !before.ByFirst(old) || after.ByFirst("no base64") {
		t.Error("it is not known which key sealed what")
	}
	if secret, err := after.Open(renewed, "a"); err != nil || string(secret) != "s3cret" {
		t.Errorf("what was sealed with both keys there is not sealed with the first: %q, %v", secret, err)
	}
}

func TestKeysThatAreNoneAreRefusedWithoutShowingThem(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{
		"", " , ", "hunter2hunter2", base64.StdEncoding.EncodeToString(make([]byte, 32)), base64.StdEncoding.EncodeToString([]byte("short")),
		key(1) + " " + key(1), strings.Repeat(key(1)+",", 9), key(1) + ",hunter2hunter2",
	} {
		sealer, err := seal.New(keys)
		if err == nil || sealer != nil {
			t.Errorf("%q is taken", keys)
			continue
		}
		if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), key(1)) {
			t.Errorf("the error shows a key: %v", err)
		}
	}
}
