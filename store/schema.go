package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/store/document"
)

// schemaVersion is the shape of the documents that this program writes. A
// change of shape raises it and comes with a step in upgrades.
const schemaVersion = 2

// upgrades are the steps to each version from the one before it, the first to
// version 2. A step may be repeated, and by several processes at once.
var upgrades = []func(context.Context, document.Engine) error{
	rewriteCadences,
}

type schemaDoc struct {
	document.Header
	Version int64 `json:"version"`
}

// checkSchema marks a new database with its version, brings an older one up to
// date and refuses one that a newer program wrote, which this one might damage.
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
	for doc.Version < schemaVersion {
		if err := upgrades[doc.Version-1](ctx, s.engine); err != nil {
			return coded(fmt.Sprintf("upgrade to schema version %d", doc.Version+1), err)
		}
		doc.Version++
		if err := s.engine.Replace(ctx, schemas, &doc); err != nil && !errors.Is(err, document.ErrStale) {
			return coded("mark schema", err)
		}
	}
	return nil
}

// rewriteCadences gives cadences from before they could be a member's own the
// field that tells so: an index asks for it, and finds none without.
func rewriteCadences(ctx context.Context, engine document.Engine) error {
	var found []document.Document
	err := walkFrom(ctx, engine, shelfOf[cadenceDoc](cadences, true), "", func(doc document.Document) error {
		found = append(found, doc)
		return nil
	})
	if err != nil {
		return err
	}
	for _, doc := range found {
		// A stale one was written by a newer program meanwhile.
		if err := engine.Replace(ctx, cadences, doc); err != nil && !errors.Is(err, document.ErrStale) {
			return err
		}
	}
	return nil
}
