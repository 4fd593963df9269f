package store_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
	"github.com/smallwins/smallwins/store/enginetest"
)

func installed(workspace coaching.WorkspaceID, token coaching.Token) coaching.Installation {
	return coaching.Installation{
		Workspace: workspace, Name: "Acme", Bot: "U0BOT", By: "U1", At: start, Scopes: []string{"commands", "chat:write"},
	}.Granted(token, "xoxe-"+token, 12*time.Hour, start)
}

func TestInstallationsOnBothEngines(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]store.Options{
		"sqlite":  {Dir: t.TempDir()},
		"mongodb": {MongoURI: enginetest.MongoURI(t), Database: fmt.Sprint("store", databases.Add(1))},
	} {
		options.EncryptionKey = encryptionKey('a')
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			installsOn(t, open(t, options))
		})
	}
}

func installsOn(t *testing.T, s *store.Store) {
	if _, err := s.Installation(t.Context(), team); coaching.CodeOf(err) != coaching.NotFound || refusedFor(err) != "app_not_installed" {
		t.Errorf("before anybody installs it: %v", err)
	}
	for _, i := range []coaching.Installation{installed(team, "xoxb-old"), installed(team, "xoxb-ours"), installed("slack:T0OTHER", "xoxb-theirs")} {
		if err := s.Install(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	read, err := s.Installation(t.Context(), team)
	want := installed(team, "xoxb-ours")
	want.Revision = read.Revision
	if err != nil || !reflect.DeepEqual(read, want) {
		t.Fatalf("got %#v, %v, want %#v", read, err, want)
	}
	claimed, err := s.ReplaceInstallation(t.Context(), read.Claimed(start))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReplaceInstallation(t.Context(), read.Claimed(start)); coaching.CodeOf(err) != coaching.Conflict {
		t.Errorf("a second claim at one revision: %v", err)
	}
	if _, err := s.ReplaceInstallation(t.Context(), claimed.Removed(start)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReplaceInstallation(t.Context(), claimed.Granted("xoxb-late", "", 0, start)); coaching.CodeOf(err) != coaching.Conflict {
		t.Errorf("a token that comes after the bot was taken out: %v", err)
	}
	if _, err := s.Installation(t.Context(), team); coaching.CodeOf(err) != coaching.NotFound || refusedFor(err) != "app_uninstalled" {
		t.Errorf("taken out: %v", err)
	}
	if err := s.Install(t.Context(), installed(team, "xoxb-again")); err != nil {
		t.Fatal(err)
	}
	if again, err := s.Installation(t.Context(), team); err != nil || again.Token != "xoxb-again" {
		t.Errorf("installed again: %#v, %v", again, err)
	}
	if theirs, err := s.Installation(t.Context(), "slack:T0OTHER"); err != nil || theirs.Token != "xoxb-theirs" {
		t.Errorf("the other workspace has %#v, %v", theirs, err)
	}
}

func TestStateOfAnInstallationIsSpentOnce(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		for i, want := range []bool{true, false, false} {
			if first, err := s.SpendState(t.Context(), "s1", start.Add(time.Duration(i)*time.Hour)); err != nil || first != want {
				t.Errorf("use %d is the first: %v, %v", i+1, first, err)
			}
		}
		if first, err := s.SpendState(t.Context(), "s2", start); err != nil || !first {
			t.Errorf("another one: %v, %v", first, err)
		}
	})
}

func TestTokensAreKeptUnderAKeyOnly(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	if err := s.Install(t.Context(), installed(team, "xoxb-ours")); refusedFor(err) != "encryption_key_missing" {
		t.Errorf("without a key: %v", err)
	}
	if _, err := s.Installation(t.Context(), team); coaching.CodeOf(err) != coaching.NotFound {
		t.Errorf("something was stored: %v", err)
	}
}

// reopened opens a directory's database with other keys, for one use.
func reopened(t *testing.T, dir, keys string, use func(s *store.Store)) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Dir: dir, EncryptionKey: keys})
	if err != nil {
		t.Fatal(err)
	}
	use(s)
	if err := s.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestTheDatabaseAloneTellsNoToken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	reopened(t, dir, encryptionKey('a'), func(s *store.Store) {
		if err := s.Install(t.Context(), installed(team, "xoxb-hunter2")); err != nil {
			t.Fatal(err)
		}
	})
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte("hunter2")) {
			t.Errorf("%s holds the token", entry.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	reopened(t, dir, encryptionKey('b'), func(s *store.Store) {
		_, err := s.Installation(t.Context(), team)
		if refusedFor(err) != "token_unreadable" || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("with another key: %v", err)
		}
	})
}

func TestAnotherKeyTakesOverFromTheOld(t *testing.T) {
	t.Parallel()
	dir, other := t.TempDir(), coaching.WorkspaceID("slack:T0OTHER")
	var hook []byte
	reopened(t, dir, encryptionKey('a'), func(s *store.Store) {
		var err error
		if hook, err = s.MakeHookSecret(t.Context(), team, coaching.HookSecret{ID: "one", MadeAt: start}); err != nil {
			t.Fatal(err)
		}
		if err := s.Install(t.Context(), installed(team, "xoxb-ours")); err != nil {
			t.Fatal(err)
		}
	})
	stands := func(keys string, want store.Secrets) {
		t.Helper()
		reopened(t, dir, keys, func(s *store.Store) {
			if got, err := s.Secrets(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("secrets stand as %+v, %v, want %+v", got, err, want)
			}
		})
	}
	both := encryptionKey('b') + "," + encryptionKey('a')
	stands(encryptionKey('a'), store.Secrets{Open: 2})
	stands(both, store.Secrets{Open: 2, Older: 2})
	stands(encryptionKey('b'), store.Secrets{Shut: []string{string(team), string(team)}})
	stands("", store.Secrets{Shut: []string{string(team), string(team)}})
	reopened(t, dir, both, func(s *store.Store) {
		if err := s.Install(t.Context(), installed(other, "xoxb-theirs")); err != nil {
			t.Fatal(err)
		}
		for _, want := range []int{2, 0} {
			if resealed, err := s.Reseal(t.Context()); err != nil || resealed != want {
				t.Errorf("%d sealed anew, %v, want %d", resealed, err, want)
			}
		}
	})
	stands(encryptionKey('b'), store.Secrets{Open: 3})
	reopened(t, dir, encryptionKey('b'), func(s *store.Store) {
		if i, err := s.Installation(t.Context(), team); err != nil || i.Token != "xoxb-ours" {
			t.Errorf("the token became %#v, %v", i.Token, err)
		}
		if keys, err := s.HookKeys(t.Context(), team); err != nil || len(keys) != 1 || !bytes.Equal(keys[0].Key, hook) {
			t.Errorf("the hook's secret became another: %v", err)
		}
	})
}

func TestForgottenWorkspaceKeepsNoToken(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir(), EncryptionKey: encryptionKey('a')})
	if err := s.Install(t.Context(), installed(team, "xoxb-ours")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ForgetMember(t.Context(), team, "U1"); err != nil {
		t.Fatal(err)
	}
	if i, err := s.Installation(t.Context(), team); err != nil || i.By != store.Former || i.Token != "xoxb-ours" {
		t.Errorf("after who installed it was forgotten: %+v, %v", i, err)
	}
	if _, err := s.ForgetWorkspace(t.Context(), team, func(int) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Installation(t.Context(), team); refusedFor(err) != "app_not_installed" {
		t.Errorf("after all was forgotten: %v", err)
	}
}
