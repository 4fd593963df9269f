package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"

	"github.com/smallwins/smallwins/store/document"
)

// Settings of the connections (https://www.sqlite.org/pragma.html), in the
// order in which they take effect. Caches are small, counted in KiB where
// negative: they hold the inner pages of the trees, and the operating system's
// cache has the rest. Pages of 8 KiB make those trees flat enough that a read
// among a million documents misses the cache twice. The log is cut back to
// 8 MiB, which is also what is left at most to recover after a crash.
var (
	writerPragmas = []string{
		"busy_timeout(5000)", "page_size(8192)", "journal_mode(WAL)", "synchronous(FULL)",
		"cache_size(-2048)", "journal_size_limit(8388608)", "temp_store(MEMORY)",
	}
	readerPragmas = []string{"busy_timeout(5000)", "query_only(1)", "cache_size(-1024)", "temp_store(MEMORY)"}
)

// connection is one SQLite connection with the statements prepared on it. It
// serves one goroutine at a time.
type connection struct {
	conn     driver.Conn
	prepared map[shape]statement
	// args and row are reused from call to call.
	args []driver.NamedValue
	row  []driver.Value
}

// statement is what the driver prepares.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

func connect(path string, pragmas []string) (*connection, error) {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // A Windows drive: file:///C:/data.
	}
	// Double-quoted text that is no column is an error, not a string.
	name := url.URL{Scheme: "file", Path: slashed, RawQuery: "_dqs=0"}
	conn, err := new(sqlite.Driver).Open(name.String())
	if err != nil {
		return nil, err
	}
	c := &connection{conn: conn, prepared: make(map[shape]statement), row: make([]driver.Value, 3)}
	for _, pragma := range pragmas {
		if err := c.run("PRAGMA " + pragma); err != nil {
			return nil, errors.Join(fmt.Errorf("set %s: %w", pragma, err), c.close())
		}
	}
	return c, nil
}

// prepare returns the statement of a shape, prepared once per connection. The
// plan is the query's that the shape was taken from, if any.
func (c *connection) prepare(s shape, plan document.Plan) (statement, error) {
	if known, ok := c.prepared[s]; ok {
		return known, nil
	}
	made, err := c.conn.Prepare(s.text(plan))
	if err != nil {
		return nil, err
	}
	known, ok := made.(statement)
	if !ok {
		return nil, fmt.Errorf("driver prepares a %T", made)
	}
	c.prepared[s] = known
	return known, nil
}

// bind fills the reused arguments.
func (c *connection) bind(values []any) []driver.NamedValue {
	c.args = c.args[:0]
	for i, value := range values {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: value})
	}
	return c.args
}

// exec runs a statement that returns no rows and tells how many it changed.
//
// It is not tied to a context, and neither is query: the driver would start a
// goroutine for each call, and a statement over a declared index ends soon.
func (c *connection) exec(s shape, values ...any) (int64, error) {
	prepared, err := c.prepare(s, document.Plan{})
	if err != nil {
		return 0, err
	}
	result, err := prepared.ExecContext(context.Background(), c.bind(values))
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// query runs a statement and hands over each row, which is valid during that
// call only.
func (c *connection) query(s shape, plan document.Plan, each func(row []driver.Value), values ...any) (err error) {
	prepared, err := c.prepare(s, plan)
	if err != nil {
		return err
	}
	rows, err := prepared.QueryContext(context.Background(), c.bind(values))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := c.row[:s.columns()]
	for {
		switch err := rows.Next(row); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		each(row)
	}
}

// run executes SQL text that is not worth keeping prepared.
func (c *connection) run(text string) error {
	made, err := c.conn.Prepare(text)
	if err != nil {
		return err
	}
	_, err = made.(driver.StmtExecContext).ExecContext(context.Background(), nil) //nolint:forcetypeassert // See statement.
	return errors.Join(err, made.Close())
}

func (c *connection) close() error {
	var errs []error
	for _, s := range c.prepared {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, c.conn.Close())...)
}
