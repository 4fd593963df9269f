package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"github.com/smallwins/smallwins/store/document"
)

// batchSize is how many documents a walk fetches at once.
const batchSize = 256

// Get fills into with the document of that id, or returns
// [document.ErrNotFound].
func (e *Engine) Get(ctx context.Context, c document.Collection, id string, into document.Document) error {
	raw, err := e.database.Collection(c.Name).FindOne(ctx, byID(id)).Raw()
	if err == nil {
		err = decode(raw, into)
	}
	if err != nil {
		return fmt.Errorf("get %s %s: %w", c.Name, id, translate(err))
	}
	return nil
}

// Find calls each for the documents of a query, in order.
func (e *Engine) Find(ctx context.Context, c document.Collection, q document.Query, each func(document.Decode) error) (err error) {
	plan, err := c.Resolve(q)
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	found, err := e.database.Collection(c.Name).Find(ctx, filter(plan), options.Find().
		SetSort(order(plan)).SetLimit(int64(plan.Limit)).SetBatchSize(int32(min(plan.Limit, batchSize)))) //nolint:gosec // At most batchSize.
	if err != nil {
		return fmt.Errorf("find %s.%s: %w", c.Name, q.Index, translate(err))
	}
	defer func() {
		if closing := found.Close(context.WithoutCancel(ctx)); err == nil && closing != nil {
			err = fmt.Errorf("find %s.%s: %w", c.Name, q.Index, translate(closing))
		}
	}()
	err = walk(ctx, found, each)
	if errors.Is(err, document.Stop) {
		return nil
	}
	if err == nil && found.Err() != nil {
		return fmt.Errorf("find %s.%s: %w", c.Name, q.Index, translate(found.Err()))
	}
	return err
}

// walk hands over the documents of a cursor until it ends or each does.
func walk(ctx context.Context, found *mongo.Cursor, each func(document.Decode) error) error {
	for found.Next(ctx) {
		err := each(func(into document.Document) error { return decode(found.Current, into) })
		if err != nil {
			return err
		}
	}
	return nil
}

func byID(id string) bson.D { return bson.D{{Key: "_id", Value: id}} }
