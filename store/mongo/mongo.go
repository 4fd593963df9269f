// Package mongo is the storage engine that a team runs on: MongoDB 5 or newer,
// or a service that speaks its protocol.
//
// Documents are real BSON with readable fields, named by their json tags. Only
// single-document commands with plain operators are sent (insert, update,
// delete, find, findAndModify, createIndexes), because the services that
// imitate MongoDB differ in all the rest. Writes are acknowledged by a majority
// and retried by the driver; reads go to the primary, so that what was
// acknowledged is seen. No driver error type leaves the package.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"github.com/smallwins/smallwins/store/document"
)

// Bounds on waiting. A context with an earlier deadline wins, and so does the
// connection string, but for the bound on a command without any deadline.
const (
	connectTimeout   = 5 * time.Second
	selectionTimeout = 5 * time.Second
	commandTimeout   = 10 * time.Second
	idleTimeout      = 5 * time.Minute
)

// Engine keeps documents in one MongoDB database. It implements
// [document.Engine].
type Engine struct {
	client   *mongo.Client
	database *mongo.Database
}

var _ document.Engine = (*Engine)(nil)

// Open connects to the server that the connection string names, and reports
// whether it answers. Errors do not repeat the credentials.
func Open(ctx context.Context, uri, database string) (*Engine, error) {
	e, err := connect(clientOptions(uri), database)
	if err != nil {
		return nil, fmt.Errorf("connect to MongoDB: %s", redact(err.Error(), uri))
	}
	if err := e.Ping(ctx); err != nil {
		return nil, errors.Join(err, e.Close(context.WithoutCancel(ctx)))
	}
	return e, nil
}

func connect(with *options.ClientOptions, database string) (*Engine, error) {
	client, err := mongo.Connect(with)
	if err != nil {
		return nil, err
	}
	return &Engine{client: client, database: client.Database(database)}, nil
}

func clientOptions(uri string) *options.ClientOptions {
	return options.Client().
		SetAppName("smallwins").
		SetConnectTimeout(connectTimeout).
		SetServerSelectionTimeout(selectionTimeout).
		SetTimeout(commandTimeout).
		SetMaxConnIdleTime(idleTimeout).
		ApplyURI(uri).
		// What correctness rests on is not for the connection string to change.
		SetBSONOptions(&options.BSONOptions{UseJSONStructTags: true}).
		SetWriteConcern(writeconcern.Majority()).
		SetReadPreference(readpref.Primary()).
		SetRetryWrites(true).
		SetRetryReads(true)
}

// redact takes the user name and password of a connection string out of a text.
func redact(text, uri string) string {
	_, rest, _ := strings.Cut(uri, "://")
	at := strings.LastIndex(rest, "@")
	if at <= 0 {
		return text
	}
	return strings.ReplaceAll(text, rest[:at], "***")
}

// Ensure creates the indexes that are missing, and builds an index anew whose
// declaration changed. Collections come into being with their first document.
func (e *Engine) Ensure(ctx context.Context, collections ...document.Collection) error {
	for _, c := range collections {
		if err := c.Check(); err != nil {
			return fmt.Errorf("ensure %s: %w", c.Name, err)
		}
		for _, index := range c.Indexes {
			if err := e.ensureIndex(ctx, c, index); err != nil {
				return fmt.Errorf("ensure %s.%s: %w", c.Name, index.Name, translate(err))
			}
		}
	}
	return nil
}

// Codes of the errors that an index of that name, or over those keys, exists
// with another declaration
// (https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml).
const (
	indexOptionsConflict  = 85
	indexKeySpecsConflict = 86
)

func (e *Engine) ensureIndex(ctx context.Context, c document.Collection, index document.Index) error {
	indexes := e.database.Collection(c.Name).Indexes()
	model := mongo.IndexModel{Keys: indexKeys(index), Options: options.Index().SetName(index.Name)}
	_, err := indexes.CreateOne(ctx, model)
	var refused mongo.ServerError
	if errors.As(err, &refused) && (refused.HasErrorCode(indexOptionsConflict) || refused.HasErrorCode(indexKeySpecsConflict)) {
		if err := indexes.DropOne(ctx, index.Name); err != nil {
			return err
		}
		_, err = indexes.CreateOne(ctx, model)
	}
	return err
}

// indexKeys ends every index with the id: the order of a query is total, and
// read off the index.
func indexKeys(index document.Index) bson.D {
	var keys bson.D
	for _, key := range index.Keys {
		keys = append(keys, bson.E{Key: key, Value: 1})
	}
	return append(keys, bson.E{Key: "_id", Value: 1})
}

// Alone returns false: replicas share a database.
func (e *Engine) Alone() bool { return false }

// Ping asks the primary for an answer.
func (e *Engine) Ping(ctx context.Context) error {
	if err := e.client.Ping(ctx, nil); err != nil {
		return fmt.Errorf("ping MongoDB: %w", translate(err))
	}
	return nil
}

// Close waits for running commands and closes the connections.
func (e *Engine) Close(ctx context.Context) error {
	if err := e.client.Disconnect(ctx); err != nil && !errors.Is(err, mongo.ErrClientDisconnected) {
		return fmt.Errorf("close MongoDB: %w", translate(err))
	}
	return nil
}

// translate turns the driver's errors into those of package document and of
// the standard library.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, mongo.ErrNoDocuments):
		return document.ErrNotFound
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case mongo.IsTimeout(err):
		return fmt.Errorf("%w: %w", context.DeadlineExceeded, err)
	default:
		return err
	}
}
