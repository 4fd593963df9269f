// Package sqlite is the storage engine that needs nothing installed: one
// SQLite file in the data directory, inside the process, without cgo.
//
// Every collection is a table of id, revision and the document as JSON text,
// so that the sqlite3 program can look into it; the declared indexes are
// indexes on expressions over that text. Writes go through one goroutine that
// commits those that arrived together in one transaction, and are acknowledged
// only after its commit reached the disk. Reads run beside it on connections
// of their own, always on what is committed.
//
// The driver is used through the interfaces of database/sql/driver. Going
// through database/sql costs about a third more time and twice the allocations
// for a read of one document, and its pool has nothing to do here.
//
// The package refuses to share: a second process on the same directory gets
// [ErrInUse].
package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"

	"github.com/smallwins/smallwins/store/document"
)

// Names of the files in the data directory.
const (
	fileName = "smallwins.db"
	lockName = "smallwins.lock"
)

// Errors of this engine.
var (
	// ErrInUse means that another process has the data directory open.
	ErrInUse = errors.New("data directory is in use")
	// ErrClosed means that the engine was closed before the operation began.
	ErrClosed = errors.New("database is closed")
)

// Engine keeps documents in one SQLite file. It implements [document.Engine].
type Engine struct {
	lock    *flock.Flock
	writer  *writer
	readers *readers
	recent  recent
	once    sync.Once
	err     error
}

var _ document.Engine = (*Engine)(nil)

// Open opens the database in a directory and makes both if they are missing,
// readable by the owner only. It returns [ErrInUse] if another process has it
// open. The operating system drops that claim when the process ends, however
// it ends.
func Open(ctx context.Context, dir string) (*Engine, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open database in %s: %w", dir, err)
	}
	engine, err := open(dir)
	if err != nil {
		return nil, fmt.Errorf("open database in %s: %w", dir, err)
	}
	return engine, nil
}

func open(dir string) (_ *Engine, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(filepath.Join(dir, fileName))
	if err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock: %w", err)
	case !held:
		return nil, fmt.Errorf("%w by another smallwins: stop that one first, or start this one with another DATA_DIR", ErrInUse)
	}
	e := &Engine{lock: lock}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.release())
		}
	}()
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	// A commit is as durable with fdatasync, which leaves out the file's
	// timestamps; where the system has none, SQLite goes on with fsync.
	if _, err := sqlite.Fdatasync(true); err != nil && !errors.Is(err, sqlite.ErrFdatasyncUnavailable) {
		return nil, err
	}
	// The writer comes first: it turns the file to write-ahead logging and
	// recovers what a killed process left.
	if e.writer, err = openWriter(path); err != nil {
		return nil, err
	}
	if e.readers, err = openReaders(path); err != nil {
		return nil, err
	}
	return e, nil
}

// createPrivate makes the file so that only the owner may read it; SQLite
// gives the log files beside it the same mode.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // The operator chose the directory.
	if err != nil {
		return err
	}
	return file.Close()
}

// Ensure creates the tables and indexes that are missing, and builds an index
// anew whose declaration changed.
func (e *Engine) Ensure(ctx context.Context, collections ...document.Collection) error {
	for _, c := range collections {
		if err := c.Check(); err != nil {
			return fmt.Errorf("ensure %s: %w", c.Name, err)
		}
		if err := e.writer.commit(ctx, func(w *connection) error { return ensure(w, c) }); err != nil {
			return fmt.Errorf("ensure %s: %w", c.Name, err)
		}
	}
	return nil
}

func ensure(w *connection, c document.Collection) error {
	if err := w.run(createTable(c)); err != nil {
		return err
	}
	for _, index := range c.Indexes {
		want := createIndex(c, index)
		var have string
		err := w.query(shape{verb: indexText}, document.Plan{},
			func(row []driver.Value) { have, _ = row[0].(string) }, indexName(c.Name, index.Name))
		switch {
		case err != nil:
			return err
		case have == want:
			continue
		case have != "":
			if err := w.run("DROP INDEX " + quote(indexName(c.Name, index.Name))); err != nil {
				return err
			}
		}
		if err := w.run(want); err != nil {
			return err
		}
	}
	return nil
}

// Alone returns true: the directory is this process's.
func (e *Engine) Alone() bool { return true }

// Ping reads from the file.
func (e *Engine) Ping(ctx context.Context) error {
	err := e.read(ctx, func(r *connection) error {
		return r.query(shape{verb: ping}, document.Plan{}, func([]driver.Value) {})
	})
	if err != nil {
		return fmt.Errorf("ping database: %w", err)
	}
	return nil
}

// Close waits for the accepted writes and the running reads, folds the log
// into the file, and lets another process have the directory.
func (e *Engine) Close(ctx context.Context) error {
	e.once.Do(func() { e.err = e.close(ctx) })
	return e.err
}

func (e *Engine) close(ctx context.Context) error {
	if err := e.writer.drain(ctx); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	if err := e.readers.drain(ctx); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return e.release()
}

// release gives back whatever was opened so far.
func (e *Engine) release() error {
	var errs []error
	if e.readers != nil {
		errs = append(errs, e.readers.close())
	}
	if e.writer != nil {
		errs = append(errs, e.writer.drain(context.Background()), e.writer.close())
	}
	return errors.Join(append(errs, e.lock.Unlock())...)
}
