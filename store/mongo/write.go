package mongo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"github.com/smallwins/smallwins/store/document"
)

// Insert stores new documents and sets their revision to 1. Where ids exist
// already the others are stored all the same and the error is a
// [*document.TakenError].
func (e *Engine) Insert(ctx context.Context, c document.Collection, docs ...document.Document) error {
	if len(docs) == 0 {
		return nil
	}
	raws := make([]bson.Raw, len(docs))
	for i, doc := range docs {
		raw, err := encode(doc, 1)
		if err != nil {
			return fmt.Errorf("insert into %s: %w", c.Name, err)
		}
		raws[i] = raw
	}
	_, err := e.database.Collection(c.Name).InsertMany(ctx, raws, options.InsertMany().SetOrdered(false))
	taken, err := conflicts(err)
	if err != nil {
		return fmt.Errorf("insert into %s: %w", c.Name, translate(err))
	}
	conflict := new(document.TakenError)
	for i, doc := range docs {
		if taken[i] {
			conflict.IDs = append(conflict.IDs, doc.Head().ID)
		} else {
			doc.Head().Revision = 1
		}
	}
	if len(conflict.IDs) > 0 {
		return fmt.Errorf("insert into %s: %w", c.Name, conflict)
	}
	return nil
}

// duplicateKey is the code of an id that exists.
const duplicateKey = 11000

// conflicts takes the duplicate keys out of an insert's error: the places of
// the documents concerned, and what remains of the error.
func conflicts(err error) (map[int]bool, error) {
	var failed mongo.BulkWriteException
	if !errors.As(err, &failed) {
		return nil, err
	}
	taken := make(map[int]bool, len(failed.WriteErrors))
	for _, refused := range failed.WriteErrors {
		if refused.Code != duplicateKey {
			return nil, err
		}
		taken[refused.Index] = true
	}
	if failed.WriteConcernError != nil {
		return nil, err
	}
	return taken, nil
}

// Replace stores the document if its revision is still the stored one and
// raises the revision, else returns [document.ErrStale].
func (e *Engine) Replace(ctx context.Context, c document.Collection, doc document.Document) error {
	head := doc.Head()
	raw, err := encode(doc, head.Revision+1)
	if err != nil {
		return fmt.Errorf("replace %s %s: %w", c.Name, head.ID, err)
	}
	unchanged := append(byID(head.ID), bson.E{Key: "revision", Value: head.Revision})
	result, err := e.database.Collection(c.Name).ReplaceOne(ctx, unchanged, raw)
	switch {
	case err != nil:
		return fmt.Errorf("replace %s %s: %w", c.Name, head.ID, translate(err))
	case result.MatchedCount == 0:
		return fmt.Errorf("replace %s %s: %w", c.Name, head.ID, document.ErrStale)
	}
	head.Revision++
	return nil
}

// Delete removes a document; removing a missing one is no error.
func (e *Engine) Delete(ctx context.Context, c document.Collection, id string) error {
	if _, err := e.database.Collection(c.Name).DeleteOne(ctx, byID(id)); err != nil {
		return fmt.Errorf("delete %s %s: %w", c.Name, id, translate(err))
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
	if err := document.CheckSet(set); err != nil {
		return fmt.Errorf("claim %s.%s: %w", c.Name, q.Index, err)
	}
	raw, err := e.database.Collection(c.Name).FindOneAndUpdate(ctx, filter(plan), change(set),
		options.FindOneAndUpdate().SetSort(order(plan)).SetReturnDocument(options.After)).Raw()
	if err == nil {
		err = decode(raw, into)
	}
	if err != nil {
		return fmt.Errorf("claim %s.%s: %w", c.Name, q.Index, translate(err))
	}
	return nil
}

// change is the update that a claim makes.
func change(set map[string]any) bson.D {
	update := bson.D{{Key: "$inc", Value: bson.D{{Key: "revision", Value: int64(1)}}}}
	if len(set) == 0 {
		return update
	}
	fields := make(bson.D, 0, len(set))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		fields = append(fields, bson.E{Key: name, Value: set[name]})
	}
	return append(update, bson.E{Key: "$set", Value: fields})
}
