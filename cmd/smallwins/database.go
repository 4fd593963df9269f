package main

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// database are the settings that commands need which work on the data alone.
type database struct {
	MongoDBURI      Secret `env:"MONGODB_URI" help:"MongoDB connection string; without one, an embedded database is used."`
	MongoDBDatabase string `env:"MONGODB_DATABASE" default:"smallwins" help:"Name of the MongoDB database."`
	DataDir         string `env:"DATA_DIR" default:"./data" help:"Directory of the embedded database."`
}

func (d database) open(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, store.Options{MongoURI: string(d.MongoDBURI), Database: d.MongoDBDatabase, Dir: d.DataDir})
}

// ofWorkspace is what commands take that work on one workspace.
type ofWorkspace struct {
	database
	Workspace coaching.WorkspaceID `required:"" help:"The workspace, such as slack:T0123 or discord:1234."`
}
