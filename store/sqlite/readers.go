package sqlite

import (
	"context"
	"errors"
	"runtime"
	"sync"
)

// Bounds of how many reads run at once. A read is computation, seldom waiting,
// so that more than there are processors would gain little, and each may fill a
// cache.
const (
	minReaders = 2
	maxReaders = 4
)

// readers are the connections that read. The one last used is taken first: its
// cache is warm, and without much to do the others never fill theirs.
type readers struct {
	// free has a token for each connection in the stack.
	free  chan struct{}
	ended chan struct{}
	mu    sync.Mutex
	stack []*connection
	count int
}

func openReaders(path string) (*readers, error) {
	count := min(max(runtime.GOMAXPROCS(0), minReaders), maxReaders)
	r := &readers{free: make(chan struct{}, count), ended: make(chan struct{}), count: count}
	for range count {
		conn, err := connect(path, readerPragmas)
		if err != nil {
			return nil, errors.Join(err, r.close())
		}
		r.put(conn)
	}
	return r, nil
}

// take waits for a free connection.
func (r *readers) take(ctx context.Context) (*connection, error) {
	select {
	case <-r.ended:
		return nil, ErrClosed
	default:
	}
	select {
	case <-r.free:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.ended:
		return nil, ErrClosed
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	last := len(r.stack) - 1
	conn := r.stack[last]
	r.stack = r.stack[:last]
	return conn, nil
}

func (r *readers) put(conn *connection) {
	r.mu.Lock()
	r.stack = append(r.stack, conn)
	r.mu.Unlock()
	r.free <- struct{}{}
}

// drain refuses further reads and waits for those that run.
func (r *readers) drain(ctx context.Context) error {
	close(r.ended)
	for range r.count {
		select {
		case <-r.free:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// close closes the connections. None may be taken.
func (r *readers) close() error {
	var errs []error
	for _, conn := range r.stack {
		errs = append(errs, conn.close())
	}
	return errors.Join(errs...)
}
