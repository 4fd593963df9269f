package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// database are the settings that commands beside serve need: where documents
// are. The variables are those of [Config].
type database struct {
	MongoDBURI      Secret `env:"MONGODB_URI" help:"MongoDB connection string; without one, an embedded database is used."`
	MongoDBDatabase string `env:"MONGODB_DATABASE" default:"smallwins" help:"Name of the MongoDB database."`
	DataDir         string `env:"DATA_DIR" default:"./data" help:"Directory of the embedded database."`
	EncryptionKey   Secret `env:"ENCRYPTION_KEY" help:"Keys that protect stored secrets: 32 bytes in base64, the newest first."`
}

// open opens the database, which a running server may have to itself.
func (d database) open(ctx context.Context) (*store.Store, error) {
	documents, err := store.Open(ctx, store.Options{
		MongoURI: string(d.MongoDBURI), Database: d.MongoDBDatabase, Dir: d.DataDir, EncryptionKey: string(d.EncryptionKey),
	})
	if errors.Is(err, store.ErrInUse) {
		return nil, fmt.Errorf("%w: stop the server that runs on it, or do the same from chat with /%s settings", err, commands.Name)
	}
	return documents, err
}

// with opens the database for as long as a function takes.
func (d database) with(ctx context.Context, do func(*store.Store) error) (err error) {
	documents, err := d.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, documents.Close(context.WithoutCancel(ctx))) }()
	return do(documents)
}

var workspaceForm = regexp.MustCompile(`^(slack:[A-Z0-9]{2,20}|discord:[0-9]{2,20})$`)

// workspaceNamed reads a workspace's id, so that a slip makes no workspace of
// its own.
func workspaceNamed(text string) (coaching.WorkspaceID, error) {
	if !workspaceForm.MatchString(text) {
		return "", fmt.Errorf("%q is no workspace: write slack: and the team's id, such as slack:T0123, or discord: and the server's, such as discord:81384788765712384", text)
	}
	return coaching.WorkspaceID(text), nil
}

// ofWorkspace is what commands take that work on one workspace.
type ofWorkspace struct {
	database
	Workspace coaching.WorkspaceID `required:"" help:"The workspace, such as slack:T0123 or discord:1234."`
}

// Validate refuses what is no workspace's id.
func (o ofWorkspace) Validate() error {
	_, err := workspaceNamed(string(o.Workspace))
	return err
}
