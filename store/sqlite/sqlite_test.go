package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/enginetest"
	"github.com/smallwins/smallwins/store/sqlite"
)

func TestMain(m *testing.M) {
	if runChild() {
		return
	}
	goleak.VerifyTestMain(m)
}

// mustOpen opens an engine and closes it when the test ends.
func mustOpen(t testing.TB, dir string) *sqlite.Engine {
	t.Helper()
	e, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return e
}

func TestEngineKeepsTheContract(t *testing.T) {
	t.Parallel()
	enginetest.Run(t, func(t *testing.T) document.Engine { return mustOpen(t, t.TempDir()) })
}

func TestFilesAreForTheOwnerOnly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("no file modes")
	}
	dir := filepath.Join(t.TempDir(), "new", "data")
	e := mustOpen(t, dir)
	if err := e.Ensure(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 3 {
		t.Fatalf("got %d files with error %v", len(files), err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, error %v", file.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("directory has mode %v, error %v", info.Mode(), err)
	}
}

func TestDirectoryNameMayHoldWhatAnAddressMayNot(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "ยอด 50% #1?x=y&z;")
	e := mustOpen(t, dir)
	if err := e.Ensure(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "smallwins.db")); err != nil {
		t.Error(err)
	}
}

// TestAnySQLiteProgramCanLookInside reads with database/sql what sqlite3 shows.
func TestAnySQLiteProgramCanLookInside(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := mustOpen(t, dir)
	if err := e.Ensure(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	doc := newEntry(7)
	doc.Note = "ยอด <50> & more"
	if err := e.Insert(t.Context(), entries, doc); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "smallwins.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var kind, note, at, body string
	var revision int
	row := db.QueryRowContext(t.Context(), `SELECT revision, typeof(body), body ->> 'note', body ->> 'at', body FROM entries WHERE id = ?`, doc.ID)
	if err := row.Scan(&revision, &kind, &note, &at, &body); err != nil {
		t.Fatal(err)
	}
	if revision != 1 || kind != "text" || note != doc.Note || at != doc.At.Text() {
		t.Errorf("got %d %s %q %s", revision, kind, note, at)
	}
	if !strings.Contains(body, doc.Note) {
		t.Errorf("body is not readable as it is: %s", body)
	}
}

func TestWhatWasWrittenIsThereAfterReopening(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := mustOpen(t, dir)
	if err := errors.Join(e.Ensure(t.Context(), entries), e.Insert(t.Context(), entries, newEntry(1)), e.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, dir)
	if err := again.Get(t.Context(), entries, entryID(1), new(entry)); err != nil {
		t.Error(err)
	}
}
