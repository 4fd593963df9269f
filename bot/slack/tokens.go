package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Installs keeps the app as workspaces installed it.
type Installs interface {
	// Installation returns the app as a workspace installed it, NotFound where
	// it did not, or took it out again.
	Installation(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Installation, error)
	// Install stores an installation in the place of what was there.
	Install(ctx context.Context, installation coaching.Installation) error
	// ReplaceInstallation stores a change, or returns Conflict where somebody
	// else changed the installation since it was read.
	ReplaceInstallation(ctx context.Context, installation coaching.Installation) (coaching.Installation, error)
	// SpendState reports whether the state of an installation comes back for the
	// first time.
	SpendState(ctx context.Context, state string, at time.Time) (first bool, err error)
}

// errTokenMissing means that there is no token, for any workspace.
var errTokenMissing = &coaching.Error{Code: coaching.NotFound, Reason: "token_missing"}

// speaks reports whether there may be a token to speak with. Which workspaces
// have one is known by looking only.
func (a *App) speaks() bool { return a.token != "" || a.installs != nil }

// in returns the Web API as it is to be used for a workspace: with the token
// that this workspace gave the app, and never with another's. The error is a
// [coaching.Error] with NotFound where the workspace gave none, and wraps
// [commands.ErrTryLater] where that may change by itself.
func (a *App) in(ctx context.Context, workspace coaching.WorkspaceID) (*slackapi.Client, error) {
	token, err := a.tokenOf(ctx, workspace)
	if err != nil {
		return nil, fmt.Errorf("token of %s: %w", workspace, err)
	}
	return a.client(token), nil
}

// client is the Web API with a token.
func (a *App) client(token coaching.Token) *slackapi.Client {
	return slackapi.New(string(token), slackapi.OptionAPIURL(a.apiURL.String()), slackapi.OptionHTTPClient(boundedClient{a.http}))
}

func (a *App) tokenOf(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Token, error) {
	switch {
	case !a.speaks():
		return "", errTokenMissing
	case a.installs == nil:
		return a.token, nil
	}
	installation, err := a.installs.Installation(ctx, workspace)
	switch code := coaching.CodeOf(err); {
	case code == coaching.NotFound && a.token != "":
		return a.ownToken(ctx, workspace, err)
	case code == coaching.NotFound, reasonOf(err) == reasonUnreadable:
		return "", err
	case err != nil:
		return "", fmt.Errorf("%w: %w", commands.ErrTryLater, err)
	}
	if installation.Due(a.now()) {
		if installation, err = a.renew(ctx, installation); err != nil {
			return "", err
		}
	}
	if installation.Expired(a.now()) {
		// Somebody else is renewing it just now.
		return "", fmt.Errorf("the token is being renewed: %w", commands.ErrTryLater)
	}
	return installation.Token, nil
}

// own is the workspace that the token of the settings belongs to, where
// workspaces install the app as well. It is asked for once.
type own struct {
	mu        sync.Mutex
	workspace coaching.WorkspaceID
}

// ownToken returns the token of the settings if it is the workspace's, and
// otherwise the error that says that the workspace has none.
func (a *App) ownToken(ctx context.Context, workspace coaching.WorkspaceID, none error) (coaching.Token, error) {
	a.own.mu.Lock()
	defer a.own.mu.Unlock()
	if a.own.workspace == "" {
		told, err := a.client(a.token).AuthTestContext(ctx)
		switch {
		case err != nil && judgeName(refusalOf(err)).Result == coaching.Hopeless:
			return "", none // It is nobody's any more.
		case err != nil:
			return "", fmt.Errorf("%w: %w", commands.ErrTryLater, callError("auth.test", err))
		case !isID(told.TeamID):
			return "", fmt.Errorf("auth.test: an answer about nobody: %w", commands.ErrTryLater)
		}
		a.own.workspace = workspaceID(told.TeamID)
	}
	if a.own.workspace != workspace {
		return "", none
	}
	return a.token, nil
}

// reasonUnreadable is the reason of an error about a token that is there but
// does not open.
const reasonUnreadable = coaching.Reason("token_unreadable")

// reasonOf returns the reason of an error, empty where it has none.
func reasonOf(err error) coaching.Reason {
	var coded *coaching.Error
	if errors.As(err, &coded) {
		return coded.Reason
	}
	return ""
}

// tokenless judges a post for which there was no token. Where the workspace has
// none, the post is dead: nobody there waits for it. A token that does not open
// waits for the operator as a revoked one does.
func tokenless(err error) coaching.Outcome {
	switch reason := reasonOf(err); {
	case errors.Is(err, commands.ErrTryLater) || reason == "":
		return coaching.Outcome{Result: coaching.Refused, Reason: "token_unknown"}
	case reason == errTokenMissing.Reason, reason == reasonUnreadable:
		return coaching.Outcome{Result: coaching.Hopeless, Reason: reason, Scope: coaching.OfWorkspace}
	default:
		return coaching.Outcome{Result: coaching.Hopeless, Reason: reason}
	}
}
