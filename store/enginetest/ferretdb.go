package enginetest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// socketLimit is how long the path of a Unix socket may be, the closing zero
// byte included (104 on macOS, 108 on Linux, see unix(7)).
const socketLimit = 104

// MongoURI returns the connection string of a FerretDB that lives inside the
// test process and answers one command at a time, as [turnstile] explains. All
// tests share it while any runs: use a database of its own for each. It ends
// with the last of them.
func MongoURI(t testing.TB) string {
	t.Helper()
	uri, err := shared.acquire()
	if err != nil {
		t.Fatalf("start FerretDB: %v", err)
	}
	t.Cleanup(func() {
		if err := shared.release(); err != nil {
			t.Errorf("stop FerretDB: %v", err)
		}
	})
	return uri
}

// shared is the server of this process.
var shared sharedServer

// sharedServer counts the tests that use the server.
type sharedServer struct {
	mu    sync.Mutex
	users int
	*server
}

// server is a running FerretDB with the turnstile before it.
type server struct {
	dir    string
	stop   context.CancelFunc
	done   chan error
	before *turnstile
}

func (s *sharedServer) acquire() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		started, err := startServer()
		if err != nil {
			return "", err
		}
		s.server = started
	}
	s.users++
	return s.uri(), nil
}

func (s *sharedServer) release() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users > 0 {
		return nil
	}
	ended := s.server
	s.server = nil
	return ended.close()
}

func startServer() (_ *server, err error) {
	dir, err := socketDir()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	behind := filepath.Join(dir, "ferretdb")
	ferret, err := ferretdb.New(&ferretdb.Config{
		Listener: ferretdb.ListenerConfig{Unix: behind},
		Logger:   slog.New(slog.DiscardHandler),
		Handler:  "sqlite",
		// Nothing here outlives the process, so nothing waits for the disk.
		SQLiteURL: "file:" + dir + "/?_pragma=synchronous(off)",
	})
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &server{dir: dir, stop: stop, done: make(chan error, 1)}
	go func() { s.done <- ferret.Run(ctx) }()
	if s.before, err = listen(filepath.Join(dir, "mongodb.sock"), behind); err != nil {
		stop()
		return nil, errors.Join(err, <-s.done)
	}
	return s, nil
}

// socketDir makes a directory with a path short enough for sockets in it.
func socketDir() (string, error) {
	dir, err := os.MkdirTemp("", "ferretdb")
	if err != nil || len(dir)+len("/mongodb.sock") < socketLimit {
		return dir, err
	}
	if err := os.Remove(dir); err != nil {
		return "", err
	}
	return os.MkdirTemp("/tmp", "ferretdb")
}

// uri is the connection string. Drivers watch a server by polling it, not by
// an answer that never ends, which would hold the turnstile. They wait longer than
// for a server in earnest: before this one everybody queues, on a busy machine for
// a while.
func (s *server) uri() string {
	return fmt.Sprintf("mongodb://%s/?serverMonitoringMode=poll&connectTimeoutMS=60000&serverSelectionTimeoutMS=60000&timeoutMS=90000",
		url.PathEscape(s.before.address()))
}

// close ends the connections first: FerretDB waits for them.
func (s *server) close() error {
	err := s.before.close()
	s.stop()
	return errors.Join(err, <-s.done, os.RemoveAll(s.dir))
}
