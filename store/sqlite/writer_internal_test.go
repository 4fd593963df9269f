package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"path/filepath"
	"testing"

	"github.com/smallwins/smallwins/store/document"
)

// startWriter returns a writer on a table with a column n.
func startWriter(t *testing.T) *writer {
	t.Helper()
	w, err := openWriter(filepath.Join(t.TempDir(), fileName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(w.drain(context.WithoutCancel(t.Context())), w.close()); err != nil {
			t.Error(err)
		}
	})
	if err := w.commit(t.Context(), func(c *connection) error { return c.run("CREATE TABLE t (n)") }); err != nil {
		t.Fatal(err)
	}
	return w
}

// hold keeps the writer busy until release is called.
func hold(t *testing.T, w *writer) (release func()) {
	t.Helper()
	held, released := make(chan struct{}), make(chan struct{})
	go func() {
		_ = w.commit(context.WithoutCancel(t.Context()), func(*connection) error {
			close(held)
			<-released
			return nil
		})
	}()
	<-held
	return func() { close(released) }
}

// submit queues a write and returns where its outcome will be.
func submit(t *testing.T, w *writer, ctx context.Context, do func(*connection) error) <-chan error {
	t.Helper()
	request := write{ctx: ctx, do: do, done: make(chan error, 1)}
	if err := w.enqueue(request); err != nil {
		t.Fatal(err)
	}
	return request.done
}

func addRow(c *connection) error { return c.run("INSERT INTO t VALUES (1)") }

func countRows(t *testing.T, w *writer) (n int64) {
	t.Helper()
	err := w.commit(t.Context(), func(c *connection) error {
		rows, err := c.conn.(driver.QueryerContext).QueryContext(t.Context(), "SELECT count(*) FROM t", nil)
		if err != nil {
			return err
		}
		row := make([]driver.Value, 1)
		err = rows.Next(row)
		n, _ = row[0].(int64)
		return errors.Join(err, rows.Close())
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWritesThatArriveTogetherShareACommit(t *testing.T) {
	t.Parallel()
	w := startWriter(t)
	release := hold(t, w)
	const many = 50
	var outcomes []<-chan error
	for i := range many {
		outcomes = append(outcomes, submit(t, w, t.Context(), func(c *connection) error {
			if i == many-1 { // The last can undo the first only in one transaction.
				return errors.Join(addRow(c), errors.New("disk full"))
			}
			return addRow(c)
		}))
	}
	release()
	for _, outcome := range outcomes {
		if err := <-outcome; err == nil || err.Error() != "disk full" {
			t.Errorf("got error %v, want the batch's", err)
		}
	}
	if n := countRows(t, w); n != 0 {
		t.Errorf("%d rows are left of a failed batch", n)
	}
	if err := w.commit(t.Context(), addRow); err != nil || countRows(t, w) != 1 {
		t.Errorf("the next write ends with error %v", err)
	}
}

func TestWritePastItsDeadlineNeverBegins(t *testing.T) {
	t.Parallel()
	w := startWriter(t)
	release := hold(t, w)
	ctx, cancel := context.WithCancel(t.Context())
	late, other := submit(t, w, ctx, addRow), submit(t, w, t.Context(), addRow)
	cancel()
	release()
	if err := <-late; !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v, want %v", err, context.Canceled)
	}
	if err := <-other; err != nil {
		t.Error(err)
	}
	if n := countRows(t, w); n != 1 {
		t.Errorf("got %d rows, want 1", n)
	}
}

func TestDrainFinishesAcceptedWrites(t *testing.T) {
	t.Parallel()
	w := startWriter(t)
	release := hold(t, w)
	accepted := submit(t, w, t.Context(), addRow)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.drain(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got error %v from an impatient drain", err)
	}
	if err := w.commit(t.Context(), addRow); !errors.Is(err, ErrClosed) {
		t.Errorf("got error %v, want %v", err, ErrClosed)
	}
	release()
	if err := errors.Join(<-accepted, w.drain(t.Context())); err != nil {
		t.Error(err)
	}
}

func TestStatementOfAClaimNamesItsFields(t *testing.T) {
	t.Parallel()
	c := document.Collection{Name: "jobs", Indexes: []document.Index{{Name: "due", Keys: []string{"state", "at"}}}}
	plan, err := c.Resolve(document.Query{Index: "due", Equal: []any{"open"}, Until: document.Time{}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	s := shapeOf(claim, c, plan)
	s.set = "lease,state"
	const want = `UPDATE "jobs" SET revision = revision + 1, body = json_set(body, '$.revision', revision + 1, ` +
		`'$.lease', json(?), '$.state', json(?)) WHERE id = (SELECT id FROM "jobs" INDEXED BY "jobs.due" ` +
		`WHERE json_extract(body, '$.state') = ? AND json_extract(body, '$.at') < ? ` +
		`ORDER BY json_extract(body, '$.at'), id LIMIT 1) RETURNING CAST(body AS BLOB)`
	if got := s.text(plan); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
