// Package store keeps the domain's documents: workspaces, members, goals,
// entries, drafts, dialogs, plans, small wins, figures, reviews, cadences, the
// outbox, the audit trail, the secrets of webhooks, and what events tell of
// deals, leads, customers, costs and activities.
//
// It is written once, over the operations of package document, and runs on
// either engine: MongoDB, which a team runs on, or SQLite in the process, which
// needs nothing installed. Every write is of one document and repeatable: ids
// derive from what a document is about, so a command that is repeated, or that
// died half-way, finds its own work and goes on.
//
// Everything is keyed by workspace first; no query crosses workspaces, except
// the two that ask what is due.
package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/mongo"
	"github.com/smallwins/smallwins/store/seal"
	"github.com/smallwins/smallwins/store/sqlite"
)

// ErrInUse means that another process has the embedded database.
var ErrInUse = sqlite.ErrInUse

// Options say where the documents are.
type Options struct {
	// MongoURI is the connection string of a MongoDB deployment. Empty means
	// SQLite under Dir.
	MongoURI, Database string
	Dir                string
	// EncryptionKey are the keys that secrets are sealed with, in the form of
	// [seal.New]. Without one no secret can be kept.
	EncryptionKey string
}

// Store keeps the domain's documents. It is safe for concurrent use.
//
// Its methods return [coaching.Error]s with codes NotFound and Conflict where
// those apply; any other error is the database's.
type Store struct {
	engine document.Engine
	sealer *seal.Sealer // nil without an encryption key
	// What is remembered; nil where other processes may write too.
	memo     *memo
	lists    *seldom[listRef, []coaching.Goal]
	settings *seldom[coaching.WorkspaceID, coaching.Workspace]
	rhythms  *seldom[memberRef, coaching.Rhythm]
	people   *seldom[memberRef, coaching.Member]
	fed      *seldom[coaching.WorkspaceID, coaching.Feeds]
	// Remembered beside other processes too, for it names what it rests on.
	months    *monthsMemo
	fedMonths fedMemo
}

// Open opens the database that the options name and brings its collections up
// to date.
func Open(ctx context.Context, options Options) (*Store, error) {
	var (
		engine document.Engine
		sealer *seal.Sealer
		err    error
	)
	if options.EncryptionKey != "" {
		if sealer, err = seal.New(options.EncryptionKey); err != nil {
			return nil, fmt.Errorf("encryption key: %w", err)
		}
	}
	if options.MongoURI != "" {
		engine, err = mongo.Open(ctx, options.MongoURI, options.Database)
	} else {
		engine, err = sqlite.Open(ctx, options.Dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	store, err := New(ctx, engine)
	if err != nil {
		return nil, errors.Join(err, engine.Close(context.WithoutCancel(ctx)))
	}
	store.sealer = sealer
	return store, nil
}

// New makes a store on an engine and brings its collections up to date.
func New(ctx context.Context, engine document.Engine) (*Store, error) {
	if err := engine.Ensure(ctx, collections...); err != nil {
		return nil, fmt.Errorf("ensure collections: %w", err)
	}
	store := &Store{engine: engine, months: newMonthsMemo()}
	if engine.Alone() {
		store.memo, store.lists, store.settings, store.people = new(memo), rememberLists(), rememberWorkspaces(), rememberMembers()
		store.rhythms, store.fed = rememberRhythms(), rememberFeeds()
	}
	if err := store.checkSchema(ctx); err != nil {
		return nil, err
	}
	return store, nil
}

// Ping reports whether the database can be reached.
func (s *Store) Ping(ctx context.Context) error { return s.engine.Ping(ctx) }

// Close finishes what was accepted and releases the database.
func (s *Store) Close(ctx context.Context) error { return s.engine.Close(ctx) }

// coded translates an engine's error into the domain's, naming the operation.
func coded(operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, document.ErrNotFound):
		return &coaching.Error{Code: coaching.NotFound, Reason: "not_found", Err: fmt.Errorf("%s: %w", operation, err)}
	case errors.Is(err, document.ErrStale), errors.Is(err, document.ErrTaken):
		return &coaching.Error{Code: coaching.Conflict, Reason: "changed_meanwhile", Err: fmt.Errorf("%s: %w", operation, err)}
	default:
		return fmt.Errorf("%s: %w", operation, err)
	}
}
