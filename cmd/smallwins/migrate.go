package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/store"
)

// migrateCommand carries the embedded database into MongoDB.
type migrateCommand struct {
	MongoDBURI      Secret `env:"MONGODB_URI" required:"" help:"MongoDB connection string to carry everything to."`
	MongoDBDatabase string `env:"MONGODB_DATABASE" default:"smallwins" help:"Name of the MongoDB database."`
	DataDir         string `env:"DATA_DIR" default:"./data" help:"Directory of the embedded database."`
}

// Run migrates, verifies, and says what to do next. Stop the server before.
func (c *migrateCommand) Run(ctx context.Context) (err error) {
	from, err := store.Open(ctx, store.Options{Dir: c.DataDir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close(context.WithoutCancel(ctx))) }()
	to, err := store.Open(ctx, store.Options{MongoURI: string(c.MongoDBURI), Database: c.MongoDBDatabase})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, to.Close(context.WithoutCancel(ctx))) }()
	total, err := from.Count(ctx)
	if err != nil {
		return err
	}
	bar := newProgressBar(int64(total))
	carried, err := store.Migrate(ctx, from, to, func(collection string, carried int) { bar.Show(int64(carried), collection) })
	bar.End()
	if err != nil {
		return fmt.Errorf("%w\n%d of %d documents were carried; run it again to go on", err, carried, total)
	}
	fmt.Printf("%d documents are in MongoDB, the same by count and checksum. Serve with MONGODB_URI set from now on; %s can be kept as a copy.\n", carried, c.DataDir)
	return nil
}
