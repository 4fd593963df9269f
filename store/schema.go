package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/store/document"
)

// schemaVersion is the shape of the documents that this program writes. A
// change of shape raises it and comes with a numbered, repeatable upgrade step.
const schemaVersion = 1

type schemaDoc struct {
	document.Header
	Version int64 `json:"version"`
}

// checkSchema marks a new database with its version and refuses one that a
// newer program wrote, which this one might damage.
func (s *Store) checkSchema(ctx context.Context) error {
	doc := schemaDoc{Header: document.Header{ID: "schema"}, Version: schemaVersion}
	err := s.engine.Insert(ctx, schemas, &doc)
	if err == nil || !errors.Is(err, document.ErrTaken) {
		return coded("mark schema", err)
	}
	if err := s.engine.Get(ctx, schemas, doc.ID, &doc); err != nil {
		return coded("read schema", err)
	}
	if doc.Version > schemaVersion {
		return fmt.Errorf("the database has schema version %d and this program knows up to %d: run a newer smallwins", doc.Version, schemaVersion)
	}
	return nil
}
