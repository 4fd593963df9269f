package sqlite

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// maxBatch bounds how many writes share one commit, and so how long the first
// of them waits.
const maxBatch = 256

// writer is the one goroutine that changes the file. Writes that arrive while
// a commit is on its way to the disk share the next one.
type writer struct {
	conn  *connection
	queue chan write
	// mu guards closing the queue against those who send to it.
	mu     sync.RWMutex
	closed bool
	done   chan struct{}
}

// write is a change that waits for its commit. An error of do is a failure of
// the database, not an outcome such as a conflict, and fails the whole batch.
type write struct {
	ctx context.Context //nolint:containedctx // The deadline of a request in a queue.
	do  func(*connection) error
	// committed, if there is one, runs when the change is durable and before
	// anybody is told.
	committed func()
	done      chan error
}

func openWriter(path string) (*writer, error) {
	conn, err := connect(path, writerPragmas)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn, queue: make(chan write, maxBatch), done: make(chan struct{})}
	go w.loop()
	return w, nil
}

// commit runs a change in a transaction and returns once it is durable. After
// the deadline it returns at once: a change that has not begun never will, one
// that has may still be committed.
func (w *writer) commit(ctx context.Context, do func(*connection) error) error {
	return w.commitThen(ctx, do, nil)
}

// commitThen is commit with something to do once the change is durable.
func (w *writer) commitThen(ctx context.Context, do func(*connection) error, committed func()) error {
	request := write{ctx: ctx, do: do, committed: committed, done: make(chan error, 1)}
	if err := w.enqueue(request); err != nil {
		return err
	}
	select {
	case err := <-request.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) enqueue(request write) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return ErrClosed
	}
	if err := request.ctx.Err(); err != nil {
		return err
	}
	select {
	case w.queue <- request:
		return nil
	case <-request.ctx.Done():
		return request.ctx.Err()
	}
}

func (w *writer) loop() {
	defer close(w.done)
	batch := make([]write, 0, maxBatch)
	for first := range w.queue {
		batch = w.gather(accept(batch[:0], first))
		err := w.transact(batch)
		for _, request := range batch {
			if err == nil && request.committed != nil {
				request.committed()
			}
			request.done <- err
		}
		clear(batch)
	}
}

// gather adds the writes that wait already.
func (w *writer) gather(batch []write) []write {
	for len(batch) < maxBatch {
		select {
		case next, ok := <-w.queue:
			if !ok {
				return batch
			}
			batch = accept(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// accept adds a write to the batch unless its deadline has passed.
func accept(batch []write, next write) []write {
	if err := next.ctx.Err(); err != nil {
		next.done <- err
		return batch
	}
	return append(batch, next)
}

// transact makes all changes of a batch durable, or none of them.
func (w *writer) transact(batch []write) error {
	if len(batch) == 0 {
		return nil
	}
	if _, err := w.conn.exec(shape{verb: begin}); err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	for _, request := range batch {
		if err := request.do(w.conn); err != nil {
			return w.undo(err)
		}
	}
	if _, err := w.conn.exec(shape{verb: commit}); err != nil {
		return w.undo(fmt.Errorf("commit: %w", err))
	}
	return nil
}

// undo rolls a failed batch back. A full disk and its like make SQLite do so
// by itself; then there is nothing to roll back, and that error says nothing.
func (w *writer) undo(cause error) error {
	_, _ = w.conn.exec(shape{verb: rollback})
	return cause
}

// drain refuses further writes and waits for the accepted ones.
func (w *writer) drain(ctx context.Context) error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// close folds the log into the file and closes the connection. The loop must
// have ended.
func (w *writer) close() error {
	return errors.Join(w.conn.run("PRAGMA wal_checkpoint(TRUNCATE)"), w.conn.close())
}
