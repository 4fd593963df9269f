package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/sqlite"
)

// childDir names the variable that turns the test binary into a program that
// writes to the database in that directory until it is killed.
const childDir = "SMALLWINS_TEST_CHILD_DIR"

const childWriters = 16

// runChild is that program. It prints a line for each write once it is
// acknowledged: the id of an insert, or the count of a counter.
func runChild() bool {
	dir := os.Getenv(childDir)
	if dir == "" {
		return false
	}
	ctx := context.Background()
	e, err := sqlite.Open(ctx, dir)
	if err != nil {
		fmt.Println("error", err)
		return true
	}
	fmt.Println("open")
	if err := e.Ensure(ctx, entries); err != nil {
		fmt.Println("error", err)
	}
	var mu sync.Mutex // One line at a time.
	say := func(words ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Println(words...)
	}
	var writers sync.WaitGroup
	for w := range childWriters {
		writers.Go(func() { childWrite(ctx, e, w, say) })
	}
	writers.Wait()
	return true
}

func childWrite(ctx context.Context, e *sqlite.Engine, w int, say func(...any)) {
	counter := &entry{Header: document.Header{ID: fmt.Sprint("counter", w)}, Workspace: "counters"}
	if err := e.Insert(ctx, entries, counter); err != nil {
		say("error", err)
		return
	}
	for i := 1; ; i++ {
		if err := e.Insert(ctx, entries, newEntry(w*1_000_000+i)); err != nil {
			say("error", err)
			return
		}
		say("inserted", entryID(w*1_000_000+i))
		counter.Amount = fmt.Sprintf("%09d", i)
		if err := e.Replace(ctx, entries, counter); err != nil {
			say("error", err)
			return
		}
		say(counter.ID, counter.Amount)
	}
}

// startChild returns the child and its lines. It is killed when the test ends.
func startChild(t *testing.T, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return child, bufio.NewScanner(out)
}

func TestSecondProcessIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustOpen(t, dir)
	child, lines := startChild(t, dir)
	lines.Scan()
	if got := lines.Text(); !strings.Contains(got, sqlite.ErrInUse.Error()) || !strings.Contains(got, "stop that one first") || !strings.Contains(got, dir) {
		t.Errorf("the second process says %q", got)
	}
	if err := child.Wait(); err != nil {
		t.Error(err)
	}
	if _, err := sqlite.Open(t.Context(), dir); !errors.Is(err, sqlite.ErrInUse) {
		t.Errorf("got error %v in the same process, want %v", err, sqlite.ErrInUse)
	}
}

// TestAcknowledgedWritesSurviveAKill kills a process in the middle of many
// writers, and looks for each write that it acknowledged.
func TestAcknowledgedWritesSurviveAKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	child, lines := startChild(t, dir)
	inserted, counted, acknowledged := map[string]bool{}, map[string]string{}, 0
	for lines.Scan() { // Until the pipe of the dead process is empty.
		word, rest, _ := strings.Cut(lines.Text(), " ")
		switch {
		case word == "error":
			t.Fatal(rest)
		case word == "inserted":
			inserted[rest] = true
		case word != "open":
			counted[word] = rest
		}
		if acknowledged++; acknowledged == 400 {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil || len(inserted) < 100 {
		t.Fatalf("killed after %d inserts, error %v", len(inserted), err)
	}
	began := time.Now()
	e := mustOpen(t, dir)
	t.Logf("%d inserts acknowledged, open again after %v", len(inserted), time.Since(began))
	wantSurvivors(t, e, inserted, counted)
	wantSound(t, filepath.Join(dir, "smallwins.db"))
}

func wantSurvivors(t *testing.T, e *sqlite.Engine, inserted map[string]bool, counted map[string]string) {
	t.Helper()
	for id := range inserted {
		if err := e.Get(t.Context(), entries, id, new(entry)); err != nil {
			t.Errorf("acknowledged, but: %v", err)
		}
	}
	for id, want := range counted {
		var got entry
		if err := e.Get(t.Context(), entries, id, &got); err != nil || got.Amount < want {
			t.Errorf("%s stands at %s, acknowledged %s, error %v", id, got.Amount, want, err)
		}
	}
}

// wantSound checks the file as SQLite does: pages, order, and that each index
// has an entry for each document and no other.
func wantSound(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var verdict string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity check: %s, error %v", verdict, err)
	}
}
