// Package document names the few operations on documents that every storage
// engine offers, and nothing more.
//
// The domain's persistence is written once, in package store, over these
// operations; an engine (store/sqlite, store/mongo) implements them and knows
// nothing of goals. Each operation touches one document atomically. There are
// no transactions, no joins, no expressions and no query without a declared
// index, which is also the promise that smallwins runs on MongoDB 5 or newer
// and on services that speak its protocol.
//
// A document is a pointer to a struct that embeds [Header] and tags its fields
// with `json`; both engines use those names. Field types are limited to what
// JSON and BSON keep alike: strings, booleans, integers, finite floats, [Time],
// and slices, maps and structs of these. Every field has a json name, no option
// but omitempty, and what an index is over is never left out; nothing but the
// Header is embedded. [Check] holds all writes to that.
package document

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Errors that engines return, wrapped with the operation's name.
var (
	// ErrNotFound means that no document has the id, or that none matched a
	// claim.
	ErrNotFound = errors.New("no such document")
	// ErrTaken means that an id to insert exists already; see [TakenError].
	ErrTaken = errors.New("id is taken")
	// ErrStale means that the document's revision has moved on since it was
	// read (or that the document is gone), so nothing was replaced.
	ErrStale = errors.New("document was changed by somebody else")
	// ErrInvalid means that a value cannot be stored or a query cannot be
	// asked: a NaN, an infinity, an undeclared index, a missing id.
	ErrInvalid = errors.New("not storable")
)

// TakenError is the [ErrTaken] of one insert: the ids that existed already.
// All other documents of that insert are stored.
type TakenError struct {
	IDs []string
}

// Error names the taken ids.
func (e *TakenError) Error() string {
	return fmt.Sprintf("%v: %s", ErrTaken, strings.Join(e.IDs, ", "))
}

// Is makes a TakenError match [ErrTaken].
func (e *TakenError) Is(target error) bool { return target == ErrTaken }

// Header is the part that every document begins with. The id is chosen by the
// caller and derived from what the document is about, so that repeating a
// write finds its own earlier half. The revision belongs to the engine: 1
// after an insert, one more after each replace or claim.
type Header struct {
	ID       string `json:"_id"`
	Revision int64  `json:"revision"`
}

// Head returns the header, for engines and for code that is generic over
// documents.
func (h *Header) Head() *Header { return h }

// Document is a pointer to a struct that embeds [Header].
type Document interface {
	Head() *Header
}

// Collection declares where documents of one shape live and every way in which
// they may be looked for besides by id.
type Collection struct {
	// Name is the table's or collection's name: lower-case letters and
	// underscores.
	Name    string
	Indexes []Index
}

// Index declares an ordered index over top-level fields. The id is always its
// last key, so the order is total.
type Index struct {
	Name string
	Keys []string
}

// ByID is the index that every collection has, over the id alone. It serves
// whoever walks all of a collection, or all ids that begin alike; what is asked
// for again and again has an index of its own.
const ByID = "_id"

// Index returns the declared index of that name.
func (c Collection) Index(name string) (Index, error) {
	if name == ByID {
		return Index{Name: ByID}, nil
	}
	for _, index := range c.Indexes {
		if index.Name == name {
			return index, nil
		}
	}
	return Index{}, fmt.Errorf("collection %s has no index %q: %w", c.Name, name, ErrInvalid)
}

// Query asks for documents along one declared index: equality on all of its
// keys, or on all but the last with an optional range on that last one.
// Results come in the order of the last key, then of the id.
type Query struct {
	Index string
	// Equal are the values of the leading keys: strings, int64s, bools or Times.
	Equal []any
	// From and Until bound the last key: from inclusive, until exclusive.
	// Nil leaves that side open.
	From, Until any
	// Descending turns the whole order round.
	Descending bool
	// After continues behind the last document of an earlier page.
	After *Cursor
	// Limit bounds the result; it must be positive.
	Limit int
}

// Cursor is a place in a query's order: the last key's value and the id of the
// document last seen. Key is nil where Equal covers every key.
type Cursor struct {
	Key any
	ID  string
}

// after returns the key of the cursor, nil without one.
func (q Query) after() any {
	if q.After == nil {
		return nil
	}
	return q.After.Key
}

// Plan is a query resolved against its index, for engines.
type Plan struct {
	Query
	// Equals are the names of the keys that Equal gives values for.
	Equals []string
	// Ordered is the name of the key that orders the result, empty where Equal
	// covers every key.
	Ordered string
}

// Resolve checks a query against the collection's declaration.
func (c Collection) Resolve(q Query) (Plan, error) {
	index, err := c.Index(q.Index)
	if err != nil {
		return Plan{}, err
	}
	plan := Plan{Query: q}
	switch open := len(index.Keys) - len(q.Equal); open {
	case 0:
		plan.Equals = index.Keys
		if q.From != nil || q.Until != nil {
			return Plan{}, fmt.Errorf("index %s.%s: a range needs an open last key: %w", c.Name, q.Index, ErrInvalid)
		}
	case 1:
		plan.Equals, plan.Ordered = index.Keys[:len(q.Equal)], index.Keys[len(q.Equal)]
	default:
		return Plan{}, fmt.Errorf("index %s.%s: %d values for %d keys: %w", c.Name, q.Index, len(q.Equal), len(index.Keys), ErrInvalid)
	}
	if q.Limit <= 0 {
		return Plan{}, fmt.Errorf("index %s.%s: limit %d: %w", c.Name, q.Index, q.Limit, ErrInvalid)
	}
	for _, value := range q.Equal {
		if err := checkKey(value); err != nil {
			return Plan{}, fmt.Errorf("index %s.%s: %w", c.Name, q.Index, err)
		}
	}
	for _, bound := range []any{q.From, q.Until, q.after()} {
		if bound == nil {
			continue
		}
		if err := checkKey(bound); err != nil {
			return Plan{}, fmt.Errorf("index %s.%s: %w", c.Name, q.Index, err)
		}
	}
	if q.After != nil && (q.After.Key == nil) != (plan.Ordered == "") {
		return Plan{}, fmt.Errorf("index %s.%s: cursor does not fit: %w", c.Name, q.Index, ErrInvalid)
	}
	return plan, nil
}

// Decode fills a document from the stored form. It is valid only during the
// call that it is handed to.
type Decode func(into Document) error

// Engine is a place to keep documents. All methods are safe for concurrent use,
// respect the context's deadline, and return only after the write is durable.
type Engine interface {
	// Ensure creates the collections and indexes that are missing.
	Ensure(ctx context.Context, collections ...Collection) error
	// Insert stores new documents and sets their revision to 1. Where ids exist
	// already the others are stored all the same and the error is a
	// [*TakenError].
	Insert(ctx context.Context, c Collection, docs ...Document) error
	// Get fills into with the document of that id, or returns [ErrNotFound].
	Get(ctx context.Context, c Collection, id string, into Document) error
	// Replace stores the document if its revision is still the stored one and
	// raises the revision, else returns [ErrStale].
	Replace(ctx context.Context, c Collection, doc Document) error
	// Delete removes a document; removing a missing one is no error.
	Delete(ctx context.Context, c Collection, id string) error
	// Find calls each for the documents of a query, in order. An error from
	// each ends the walk and is returned, except [Stop], which ends it without
	// an error.
	Find(ctx context.Context, c Collection, q Query, each func(Decode) error) error
	// Claim changes the first document of a query in one atomic step: sets the
	// given top-level fields, raises the revision, and fills into with the
	// result. It returns [ErrNotFound] where nothing matches.
	Claim(ctx context.Context, c Collection, q Query, set map[string]any, into Document) error
	// Alone reports whether no other process can change the documents while the
	// engine is open, so that what was read may be remembered.
	Alone() bool
	// Ping reports whether the database can be reached.
	Ping(ctx context.Context) error
	// Close finishes what was accepted and releases the database.
	Close(ctx context.Context) error
}

// Stop ends a [Engine.Find] early, without an error.
var Stop = errors.New("stop") //nolint:errname,staticcheck // A signal like io.EOF, not a failure.

// Pointer constrains P to be the pointer to T that is a document.
type Pointer[T any] interface {
	*T
	Document
}

// All returns the documents of a query, in order.
func All[T any, P Pointer[T]](ctx context.Context, e Engine, c Collection, q Query) ([]T, error) {
	var found []T
	err := e.Find(ctx, c, q, func(decode Decode) error {
		var doc T
		if err := decode(P(&doc)); err != nil {
			return err
		}
		found = append(found, doc)
		return nil
	})
	return found, err
}
