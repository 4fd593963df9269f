package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"

	"github.com/smallwins/smallwins/store/document"
)

// migrateSize is how many documents are carried at once.
const migrateSize = 500

// Count returns how many documents there are, for a progress bar.
func (s *Store) Count(ctx context.Context) (n int, err error) {
	for _, shelf := range shelves() {
		err := walkFrom(ctx, s.engine, shelf, "", func(document.Document) error {
			n++
			return nil
		})
		if err != nil {
			return 0, coded("count "+shelf.collection.Name, err)
		}
	}
	return n, nil
}

// Migrate carries every document into another store and then compares both, by
// count and checksum of each collection. It may be repeated where it broke off:
// what was carried stays. Something else under the same id is [ErrNotEmpty], so
// that two databases are never mixed. Nobody may use either meanwhile.
func Migrate(ctx context.Context, from, to *Store, each func(collection string, carried int)) (carried int, err error) {
	for _, shelf := range shelves() {
		var batch []document.Document
		flush := func() error {
			err := to.carry(ctx, shelf, batch)
			carried += len(batch)
			batch = nil
			each(shelf.collection.Name, carried)
			return err
		}
		err := walkFrom(ctx, from.engine, shelf, "", func(doc document.Document) error {
			if batch = append(batch, doc); len(batch) < migrateSize {
				return nil
			}
			return flush()
		})
		if err == nil && len(batch) > 0 {
			err = flush()
		}
		if err != nil {
			return carried, coded("migrate "+shelf.collection.Name, err)
		}
	}
	for _, shelf := range shelves() {
		if err := compareShelf(ctx, from, to, shelf); err != nil {
			return carried, err
		}
	}
	return carried, nil
}

// carry stores documents that are not there yet.
func (s *Store) carry(ctx context.Context, shelf shelf, docs []document.Document) error {
	err := s.engine.Insert(ctx, shelf.collection, docs...)
	var taken *document.TakenError
	if !errors.As(err, &taken) {
		return err
	}
	wanted := make(map[string]document.Document, len(docs))
	for _, doc := range docs {
		wanted[doc.Head().ID] = doc
	}
	for _, id := range taken.IDs {
		there := shelf.blank()
		if err := s.engine.Get(ctx, shelf.collection, id, there); err != nil {
			return err
		}
		have, err := exportLine(there)
		if err != nil {
			return err
		}
		want, err := exportLine(wanted[id])
		if err != nil {
			return err
		}
		if !bytes.Equal(have, want) {
			return fmt.Errorf("%s: %w", id, ErrNotEmpty)
		}
	}
	return nil
}

func compareShelf(ctx context.Context, from, to *Store, shelf shelf) error {
	n, sum, err := checksum(ctx, from, shelf)
	if err != nil {
		return coded("verify "+shelf.collection.Name, err)
	}
	m, other, err := checksum(ctx, to, shelf)
	if err != nil {
		return coded("verify "+shelf.collection.Name, err)
	}
	if n != m || !bytes.Equal(sum.Sum(nil), other.Sum(nil)) {
		return fmt.Errorf("verify %s: %d documents were carried and %d are there, or they differ: %w", shelf.collection.Name, n, m, ErrNotEmpty)
	}
	return nil
}

func checksum(ctx context.Context, s *Store, shelf shelf) (n int, sum hash.Hash, err error) {
	sum = sha256.New()
	err = walkFrom(ctx, s.engine, shelf, "", func(doc document.Document) error {
		line, err := exportLine(doc)
		n++
		sum.Write(append(line, '\n'))
		return err
	})
	return n, sum, err
}
