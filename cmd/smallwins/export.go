package main

import (
	"context"
	"errors"
	"io"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func restore(context.Context, *store.Store, coaching.WorkspaceID, string, io.Writer) error {
	return errors.New("not yet")
}
