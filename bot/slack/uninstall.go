package slack

import (
	"context"
	"errors"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// The events by which Slack tells that a workspace took the app out, or its
// tokens back.
// https://docs.slack.dev/reference/events/app_uninstalled
const (
	eventUninstalled = "app_uninstalled"
	eventRevoked     = "tokens_revoked"
)

// uninstalls reports whether an event says that the app's own token is gone.
// Tokens of members are none that the app has.
func (e event) uninstalls() bool {
	return e.Type == eventUninstalled || e.Type == eventRevoked && len(e.Tokens.Bot) > 0
}

// parted is what is to be done of such an event: nothing is answered.
func (a *App) parted(workspace coaching.WorkspaceID) error {
	return &commands.Handshake{Do: func(ctx context.Context) error { return a.forget(ctx, workspace) }}
}

// forget deletes a workspace's token if Slack does not take it any more. An event
// may come late and twice, after the workspace installed the app again; only
// Slack knows whether the token that is there now was meant. Everything else of
// the workspace stays until somebody asks for its deletion.
func (a *App) forget(ctx context.Context, workspace coaching.WorkspaceID) error {
	for {
		installation, err := a.installs.Installation(ctx, workspace)
		if coaching.CodeOf(err) == coaching.NotFound {
			return nil
		}
		if err != nil {
			return fmt.Errorf("forget installation: %w", err)
		}
		if alive, err := a.alive(ctx, installation); err != nil || alive {
			return err
		}
		_, err = a.installs.ReplaceInstallation(ctx, installation.Removed(a.now()))
		switch {
		case err == nil:
			a.log.InfoContext(ctx, "workspace took the app out: its token is deleted, its data is kept", "workspace", string(workspace))
			return nil
		case coaching.CodeOf(err) != coaching.Conflict:
			return fmt.Errorf("forget installation: %w", err)
		}
	}
}

// alive asks Slack whether it takes an installation's token, and of one that has
// just run out, whether there is another.
func (a *App) alive(ctx context.Context, installation coaching.Installation) (bool, error) {
	_, err := a.client(installation.Token).AuthTestContext(ctx)
	name := refusalOf(err)
	switch {
	case err == nil:
		return true, nil
	case name == "token_expired" && installation.Refresh != "":
		if installation.Due(a.now()) {
			_, err = a.renew(ctx, installation)
		}
		if coaching.CodeOf(err) == coaching.NotFound {
			return false, nil
		}
		return true, tolerated(err)
	case name != "" && judgeName(name).Result == coaching.Hopeless:
		return false, nil
	}
	return false, callError("auth.test", err)
}

// tolerated lets an error pass that says nothing of the token.
func tolerated(err error) error {
	if errors.Is(err, commands.ErrTryLater) {
		return nil
	}
	return err
}
