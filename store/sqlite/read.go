package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/go-json-experiment/json"

	"github.com/smallwins/smallwins/store/document"
)

// A walk reads documents in pages: a few at first, since many walks end early,
// then more and more. Between pages no reader is held, so that a slow or nested
// walk neither starves others nor keeps the log from being folded into the file.
const (
	firstPage  = 4
	pageGrowth = 4
	lastPage   = 256
)

// Get fills into with the document of that id, or returns
// [document.ErrNotFound].
func (e *Engine) Get(ctx context.Context, c document.Collection, id string, into document.Document) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("get %s %s: %w", c.Name, id, err)
	}
	body, known, mark := e.recent.get(c.Name, id)
	if !known {
		err := e.read(ctx, func(r *connection) error {
			return r.query(shape{verb: get, collection: c.Name}, document.Plan{},
				func(row []driver.Value) { body, _ = row[0].([]byte) }, id)
		})
		if err != nil {
			return fmt.Errorf("get %s %s: %w", c.Name, id, err)
		}
		e.recent.keep(c.Name, id, body, mark)
	}
	if body == nil {
		return fmt.Errorf("get %s %s: %w", c.Name, id, document.ErrNotFound)
	}
	if err := decode(body, into); err != nil {
		return fmt.Errorf("get %s %s: %w", c.Name, id, err)
	}
	return nil
}

// Find calls each for the documents of a query, in order. A query for many
// documents is read in pages: what is written during the walk may or may not
// be seen.
func (e *Engine) Find(ctx context.Context, c document.Collection, q document.Query, each func(document.Decode) error) error {
	plan, err := c.Resolve(q)
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	for size := firstPage; ; size = min(size*pageGrowth, lastPage) {
		page, err := e.page(ctx, c, plan, size)
		if err != nil {
			return fmt.Errorf("find %s.%s: %w", c.Name, q.Index, err)
		}
		for _, body := range page.bodies {
			err := each(func(into document.Document) error { return decode(body, into) })
			if errors.Is(err, document.Stop) {
				return nil
			}
			if err != nil {
				return err
			}
		}
		if plan.Limit -= len(page.bodies); plan.Limit <= 0 || len(page.bodies) < size {
			return nil
		}
		if page.end.Key == nil && plan.Ordered != "" {
			return fmt.Errorf("find %s.%s: %s has no %s: %w", c.Name, q.Index, page.end.ID, plan.Ordered, document.ErrInvalid)
		}
		plan.After = &page.end
	}
}

// page is a part of a query's result. Its end is known only where more may
// follow.
type page struct {
	bodies [][]byte
	end    document.Cursor
}

func (e *Engine) page(ctx context.Context, c document.Collection, plan document.Plan, size int) (page, error) {
	s := shapeOf(find, c, plan)
	s.keyed = plan.Limit > size
	var found page
	err := e.read(ctx, func(r *connection) error {
		return r.query(s, plan, func(row []driver.Value) {
			body, _ := row[0].([]byte)
			found.bodies = append(found.bodies, body)
			if s.keyed {
				found.end.ID, _ = row[1].(string)
				found.end.Key = row[2]
			}
		}, append(values(plan), int64(min(plan.Limit, size)))...)
	})
	return found, err
}

// read runs a short read on a connection of its own.
func (e *Engine) read(ctx context.Context, do func(*connection) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r, err := e.readers.take(ctx)
	if err != nil {
		return err
	}
	defer e.readers.put(r)
	return do(r)
}

func decode(body []byte, into document.Document) error {
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("document is no %T: %w", into, err)
	}
	return nil
}
