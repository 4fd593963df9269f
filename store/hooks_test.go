package store_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// encryptionKey is a valid ENCRYPTION_KEY made of one letter and others.
func encryptionKey(letter byte) string {
	raw := bytes.Repeat([]byte{letter}, 32)
	raw[0]++
	return base64.StdEncoding.EncodeToString(raw)
}

func refusedFor(err error) coaching.Reason {
	var coded *coaching.Error
	if errors.As(err, &coded) {
		return coded.Reason
	}
	return ""
}

func TestHookSecretsAreReplacedWithoutAGap(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir(), EncryptionKey: encryptionKey('a')})
	make1 := func(id string) ([]byte, error) {
		return s.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: id, By: "U1", MadeAt: start})
	}
	first, err := make1("one")
	if err != nil || len(first) != 32 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	if again, err := make1("one"); err != nil || !bytes.Equal(again, first) {
		t.Errorf("the same request makes another secret: %v", err)
	}
	second, err := make1("two")
	if err != nil || bytes.Equal(second, first) {
		t.Fatalf("the second is the first: %v", err)
	}
	if _, err := make1("three"); refusedFor(err) != "hook_secrets_full" {
		t.Errorf("a third: %v", err)
	}
	keys, err := s.HookKeys(t.Context(), team)
	if err != nil || len(keys) != 2 || !bytes.Equal(keys[0].Key, first) || !bytes.Equal(keys[1].Key, second) {
		t.Errorf("%d keys, %v", len(keys), err)
	}
	if keys, err := s.HookKeys(t.Context(), "slack:T0OTHER"); err != nil || len(keys) != 0 {
		t.Errorf("another workspace has %d keys, %v", len(keys), err)
	}
	used := start.Add(48 * time.Hour)
	for _, at := range []time.Time{used, used.Add(time.Minute)} {
		if err := s.UseHookSecret(t.Context(), team, "two", at); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.RevokeHookSecret(t.Context(), team, "one"); err != nil {
		t.Fatal(err)
	}
	if err := s.RevokeHookSecret(t.Context(), team, "one"); refusedFor(err) != "hook_secret_unknown" {
		t.Errorf("revoked twice: %v", err)
	}
	secrets, err := s.HookSecrets(t.Context(), team)
	if want := (coaching.HookSecret{ID: "two", By: "U1", MadeAt: start, UsedAt: used}); err != nil || len(secrets) != 1 || secrets[0] != want {
		t.Errorf("got %+v, %v, want %+v", secrets, err, want)
	}
}

func TestHookSecretsOnBothEngines(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		if _, err := s.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: "one"}); refusedFor(err) != "encryption_key_missing" {
			t.Errorf("without a key: %v", err)
		}
		if secrets, err := s.HookSecrets(t.Context(), team); err != nil || len(secrets) != 0 {
			t.Errorf("%+v, %v", secrets, err)
		}
		if err := s.UseHookSecret(t.Context(), team, "one", start); err != nil {
			t.Error(err)
		}
	})
}

func TestOfManyWhoMakeSecretsAtOnceTwoSucceed(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir(), EncryptionKey: encryptionKey('a')})
	var (
		running sync.WaitGroup
		mu      sync.Mutex
		made    int
	)
	for i := range 8 {
		running.Go(func() {
			_, err := s.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: fmt.Sprint(i)})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				made++
			case refusedFor(err) != "hook_secrets_full":
				t.Error(err)
			}
		})
	}
	running.Wait()
	if made != coaching.MaxHookSecrets {
		t.Errorf("%d secrets were made", made)
	}
}

func TestTheDatabaseAloneTellsNoHookSecret(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Options{Dir: dir, EncryptionKey: encryptionKey('a')})
	if err != nil {
		t.Fatal(err)
	}
	key, err := s.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: "one"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, key) || bytes.Contains(content, []byte(base64.StdEncoding.EncodeToString(key))) {
			t.Errorf("%s tells the secret", filepath.Base(file))
		}
	}
	for _, c := range []struct {
		keys  string
		opens bool
	}{
		{"", false}, {encryptionKey('b'), false}, {encryptionKey('b') + "," + encryptionKey('a'), true},
	} {
		s, err := store.Open(t.Context(), store.Options{Dir: dir, EncryptionKey: c.keys})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := s.HookKeys(t.Context(), team)
		if err != nil || len(keys) != 1 || bytes.Equal(keys[0].Key, key) != c.opens || (keys[0].Key != nil) != c.opens {
			t.Errorf("with %d characters of keys: %v, %v", len(c.keys), keys, err)
		}
		if err := s.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
