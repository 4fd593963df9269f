package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
	"github.com/smallwins/smallwins/store"
)

// hookCommand holds what is done with the webhook besides serving it. With the
// embedded database the server must not run meanwhile; /goal settings hook does
// the same in chat.
type hookCommand struct {
	New    hookNewCommand    `cmd:"" help:"Make a secret that signs events; two are valid at a time."`
	List   hookListCommand   `cmd:"" help:"List the secrets of a workspace, and when they were last used."`
	Revoke hookRevokeCommand `cmd:"" help:"Take a secret away: what it signs is refused."`
}

type hookNewCommand struct {
	database
	PublicURL string `env:"PUBLIC_URL" help:"The https address that the server is reached at."`
	Workspace string `arg:"" help:"Whose events: slack:T0123 or discord:81384788765712384."`
}

// Run makes a secret and prints it, this once.
func (c *hookNewCommand) Run(ctx context.Context) error {
	return c.database.with(ctx, func(documents *store.Store) error {
		return newHookSecret(ctx, documents, c.Workspace, c.PublicURL, os.Stdout)
	})
}

func newHookSecret(ctx context.Context, documents *store.Store, name, publicURL string, out io.Writer) error {
	workspace, err := workspaceNamed(name)
	if err != nil {
		return err
	}
	made := coaching.HookSecret{ID: coaching.HookSecretID(ulid.Make().String()), MadeAt: systemTime()}
	key, err := documents.MakeHookSecret(ctx, workspace, made)
	if err != nil {
		return hookError(err)
	}
	address := commands.HookAddress(publicURL, workspace)
	if publicURL == "" {
		address += " (below the address of the server)"
	}
	_, err = fmt.Fprintf(out, "Secret %s: %s\nAddress: %s\nThe secret is shown this once. Put it where the events are sent from.\n",
		made.ID, commands.HookSecretText(key), address)
	return err
}

type hookListCommand struct {
	database
	Workspace string `arg:"" help:"Whose secrets: slack:T0123 or discord:81384788765712384."`
}

// Run lists the secrets, without what they are.
func (c *hookListCommand) Run(ctx context.Context) error {
	return c.database.with(ctx, func(documents *store.Store) error {
		return listHookSecrets(ctx, documents, c.Workspace, os.Stdout)
	})
}

func listHookSecrets(ctx context.Context, documents *store.Store, name string, out io.Writer) error {
	workspace, err := workspaceNamed(name)
	if err != nil {
		return err
	}
	keys, err := documents.HookKeys(ctx, workspace)
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		_, err := fmt.Fprintf(out, "%s has no secret yet, so no events are taken. Make one with: smallwins hook new %s\n", workspace, workspace)
		return err
	}
	for _, key := range keys {
		used, note := "never used", ""
		if !key.UsedAt.IsZero() {
			used = "last used " + key.UsedAt.Format(time.RFC3339)
		}
		if key.Key == nil {
			note = "; ENCRYPTION_KEY does not open it, so nothing it signs is taken"
		}
		if _, err := fmt.Fprintf(out, "%s  made %s, %s%s\n", key.ID, key.MadeAt.Format(time.RFC3339), used, note); err != nil {
			return err
		}
	}
	return nil
}

type hookRevokeCommand struct {
	database
	Workspace string `arg:"" help:"Whose secret: slack:T0123 or discord:81384788765712384."`
	Secret    string `arg:"" help:"The secret's name, as hook list shows it."`
}

// Run takes a secret away.
func (c *hookRevokeCommand) Run(ctx context.Context) error {
	return c.database.with(ctx, func(documents *store.Store) error {
		workspace, err := workspaceNamed(c.Workspace)
		if err != nil {
			return err
		}
		if err := documents.RevokeHookSecret(ctx, workspace, c.Secret); err != nil {
			return hookError(err)
		}
		_, err = fmt.Printf("Secret %s of %s no longer counts.\n", c.Secret, workspace)
		return err
	})
}

// hookError words a refusal of the store for a terminal.
func hookError(err error) error {
	var refused *coaching.Error
	if !errors.As(err, &refused) {
		return err
	}
	wording, loadErr := commands.LoadWording()
	if loadErr != nil {
		return errors.Join(err, loadErr)
	}
	return errors.New(wording.In("en").Text("reason_"+string(refused.Reason), nil))
}
