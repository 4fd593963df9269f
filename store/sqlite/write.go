package sqlite

import (
	"context"
	"database/sql/driver"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/smallwins/smallwins/store/document"
)

// Insert stores new documents and sets their revision to 1. Where ids exist
// already the others are stored all the same and the error is a
// [*document.TakenError].
func (e *Engine) Insert(ctx context.Context, c document.Collection, docs ...document.Document) error {
	if len(docs) == 0 {
		return nil
	}
	// What the writer sees is copied: it may still run when the caller, past
	// its deadline, goes on with its documents.
	ids, bodies, taken := make([]string, len(docs)), make([]string, len(docs)), make([]bool, len(docs))
	for i, doc := range docs {
		body, err := encode(doc, 1)
		if err != nil {
			return fmt.Errorf("insert into %s: %w", c.Name, err)
		}
		ids[i], bodies[i] = doc.Head().ID, body
	}
	err := e.writer.commitThen(ctx, func(w *connection) error {
		for i, id := range ids {
			changed, err := w.exec(shape{verb: insert, collection: c.Name}, id, bodies[i])
			if err != nil {
				return err
			}
			taken[i] = changed == 0
		}
		return nil
	}, func() { e.recent.forget(c.Name) })
	if err != nil {
		return fmt.Errorf("insert into %s: %w", c.Name, err)
	}
	conflict := new(document.TakenError)
	for i, doc := range docs {
		if taken[i] {
			conflict.IDs = append(conflict.IDs, ids[i])
		} else {
			doc.Head().Revision = 1
		}
	}
	if len(conflict.IDs) > 0 {
		return fmt.Errorf("insert into %s: %w", c.Name, conflict)
	}
	return nil
}

// Replace stores the document if its revision is still the stored one and
// raises the revision, else returns [document.ErrStale].
func (e *Engine) Replace(ctx context.Context, c document.Collection, doc document.Document) error {
	id, revision := doc.Head().ID, doc.Head().Revision
	body, err := encode(doc, revision+1)
	if err != nil {
		return fmt.Errorf("replace %s %s: %w", c.Name, id, err)
	}
	var changed int64
	err = e.writer.commitThen(ctx, func(w *connection) (err error) {
		changed, err = w.exec(shape{verb: replace, collection: c.Name}, body, id, revision)
		return err
	}, func() { e.recent.forget(c.Name) })
	switch {
	case err != nil:
		return fmt.Errorf("replace %s %s: %w", c.Name, id, err)
	case changed == 0:
		return fmt.Errorf("replace %s %s: %w", c.Name, id, document.ErrStale)
	}
	doc.Head().Revision = revision + 1
	return nil
}

// Delete removes a document; removing a missing one is no error.
func (e *Engine) Delete(ctx context.Context, c document.Collection, id string) error {
	err := e.writer.commitThen(ctx, func(w *connection) error {
		_, err := w.exec(shape{verb: remove, collection: c.Name}, id)
		return err
	}, func() { e.recent.forget(c.Name) })
	if err != nil {
		return fmt.Errorf("delete %s %s: %w", c.Name, id, err)
	}
	return nil
}

// Claim changes the first document of a query in one step and fills into with
// the result, or returns [document.ErrNotFound].
func (e *Engine) Claim(ctx context.Context, c document.Collection, q document.Query, set map[string]any, into document.Document) error {
	plan, err := c.Resolve(q)
	if err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	s := shapeOf(claim, c, plan)
	var bound []any
	if s.set, bound, err = settings(set); err != nil {
		return fmt.Errorf("claim %s.%s: %w", c.Name, q.Index, err)
	}
	bound = append(bound, values(plan)...)
	var body []byte
	err = e.writer.commitThen(ctx, func(w *connection) error {
		return w.query(s, plan, func(row []driver.Value) { body, _ = row[0].([]byte) }, bound...)
	}, func() { e.recent.forget(c.Name) })
	switch {
	case err != nil:
		return fmt.Errorf("claim %s.%s: %w", c.Name, q.Index, err)
	case body == nil:
		return fmt.Errorf("claim %s.%s: %w", c.Name, q.Index, document.ErrNotFound)
	}
	if err := decode(body, into); err != nil {
		return fmt.Errorf("claim %s.%s: %w", c.Name, q.Index, err)
	}
	return nil
}

// settings returns the names of a claim's fields, sorted and joined, and their
// values as JSON text in that order.
func settings(set map[string]any) (names string, values []any, err error) {
	if err := document.CheckSet(set); err != nil {
		return "", nil, err
	}
	sorted := slices.Sorted(maps.Keys(set))
	for _, name := range sorted {
		text, err := marshal(set[name])
		if err != nil {
			return "", nil, fmt.Errorf("%s: %w", name, err)
		}
		values = append(values, text)
	}
	return strings.Join(sorted, ","), values, nil
}

// encode returns the JSON text of a document as it will be at that revision.
func encode(doc document.Document, revision int64) (string, error) {
	if err := document.Check(doc); err != nil {
		return "", err
	}
	head := doc.Head()
	before := head.Revision
	head.Revision = revision
	defer func() { head.Revision = before }()
	body, err := marshal(doc)
	if err == nil && len(body) > document.MaxSize {
		return "", fmt.Errorf("document of %d bytes: %w", len(body), document.ErrInvalid)
	}
	return body, err
}

// asBSON are the choices in which JSON and BSON would differ otherwise.
var asBSON = json.JoinOptions(json.FormatNilSliceAsNull(true), json.FormatNilMapAsNull(true), json.Deterministic(true))

// marshal writes JSON as the next encoding/json does, which reads it again in
// a third of the time.
func marshal(value any) (string, error) {
	text, err := json.Marshal(value, asBSON)
	return string(text), err
}
