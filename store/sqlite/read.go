package sqlite

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"

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

// page reads what comes next. SQLite looks up no pair of values such as (key,
// id): behind a cursor come the documents of its key, by their ids, and then those
// of the keys beyond. In one query the former would be read from their first,
// again for every page.
func (e *Engine) page(ctx context.Context, c document.Collection, plan document.Plan, size int) (page, error) {
	if plan.After == nil || plan.Ordered == "" {
		return e.stretch(ctx, c, plan, size, false)
	}
	same, beyond, past := behind(plan)
	var found page
	if same != nil {
		var err error
		found, err = e.stretch(ctx, c, *same, size, false)
		found.end.Key = plan.After.Key
		if err != nil || len(found.bodies) == min(size, plan.Limit) {
			return found, err
		}
	}
	beyond.Limit -= len(found.bodies)
	more, err := e.stretch(ctx, c, beyond, size-len(found.bodies), past)
	more.bodies = append(found.bodies, more.bodies...)
	return more, err
}

// behind cuts what follows a cursor into the documents of its key, nil where that
// is out of the range, and those of the keys beyond. Past is set where the range
// of these begins with the cursor's key and leaves it out.
func behind(plan document.Plan) (same *document.Plan, beyond document.Plan, past bool) {
	key := column(plan.After.Key)
	begun := plan.From == nil || order(column(plan.From), key) <= 0
	ended := plan.Until != nil && order(column(plan.Until), key) <= 0
	if begun && !ended {
		run := plan
		run.Equals = append(slices.Clip(plan.Equals), plan.Ordered)
		run.Equal = append(slices.Clip(plan.Equal), plan.After.Key)
		run.Ordered, run.From, run.Until, run.After = "", nil, nil, &document.Cursor{ID: plan.After.ID}
		same = &run
	}
	beyond = plan
	beyond.After = nil
	switch {
	case plan.Descending && !ended:
		beyond.Until = plan.After.Key
	case !plan.Descending && begun:
		beyond.From, past = plan.After.Key, true
	}
	return same, beyond, past
}

// order compares two columns as SQLite does: numbers come before texts.
func order(a, b any) int {
	left, number := a.(int64)
	right, also := b.(int64)
	switch {
	case number && also:
		return cmp.Compare(left, right)
	case number:
		return -1
	case also:
		return 1
	}
	before, _ := a.(string)
	after, _ := b.(string)
	return strings.Compare(before, after)
}

// stretch reads documents by one query; past leaves out those of the key that the
// range begins with.
func (e *Engine) stretch(ctx context.Context, c document.Collection, plan document.Plan, size int, past bool) (page, error) {
	s := shapeOf(find, c, plan)
	s.keyed, s.past = plan.Limit > size, past
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
