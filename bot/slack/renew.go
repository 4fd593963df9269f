package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Tokens of apps with token rotation live for twelve hours. The token that
// fetches the next one is good for a single use, so that whoever fetches must be
// alone with it: in the process by a flight that all who need the token join,
// among replicas by a claim in the database.
// https://docs.slack.dev/authentication/using-token-rotation

const (
	// renewWithin bounds a renewal, which outlives the request that began it.
	renewWithin = 20 * time.Second
	// saveTries are how often a fetched token is stored: without it the
	// workspace would have to install the app anew.
	saveTries = 5
)

// renew returns the installation with a token that holds. One that still does
// is returned where another could not be fetched.
func (a *App) renew(ctx context.Context, installation coaching.Installation) (coaching.Installation, error) {
	flight := a.renewals.DoChan(string(installation.Workspace), func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renewWithin)
		defer cancel()
		return a.renewAlone(ctx, installation.Workspace)
	})
	select {
	case landed := <-flight:
		renewed, _ := landed.Val.(coaching.Installation)
		return renewed, landed.Err
	case <-ctx.Done():
		return coaching.Installation{}, fmt.Errorf("wait for a token: %w: %w", commands.ErrTryLater, ctx.Err())
	}
}

func (a *App) renewAlone(ctx context.Context, workspace coaching.WorkspaceID) (coaching.Installation, error) {
	// What the caller read may be from before another flight landed.
	installation, err := a.installs.Installation(ctx, workspace)
	if err != nil || !installation.Due(a.now()) {
		return installation, err
	}
	claimed, err := a.installs.ReplaceInstallation(ctx, installation.Claimed(a.now()))
	if coaching.CodeOf(err) == coaching.Conflict {
		return a.installs.Installation(ctx, workspace) // Another replica has it.
	}
	if err != nil {
		return coaching.Installation{}, fmt.Errorf("%w: %w", commands.ErrTryLater, err)
	}
	granted, err := a.fetchNext(ctx, claimed)
	if err != nil {
		a.log.ErrorContext(ctx, "token not renewed", "workspace", string(workspace), "expires", claimed.ExpiresAt, "error", err)
		if !claimed.Expired(a.now()) {
			return claimed, nil
		}
		return coaching.Installation{}, err
	}
	return a.saveNext(ctx, granted)
}

// fetchNext fetches the next token. The error is NotFound where there will be
// none any more, and wraps [commands.ErrTryLater] otherwise.
func (a *App) fetchNext(ctx context.Context, installation coaching.Installation) (coaching.Installation, error) {
	next, err := slackapi.RefreshOAuthV2TokenContext(ctx, boundedClient{a.http}, a.clientID, string(a.clientSecret),
		string(installation.Refresh), slackapi.OAuthOptionAPIURL(a.apiURL.String()))
	switch name := refusalOf(err); {
	case name == "invalid_refresh_token" || name == "token_revoked" || name == "account_inactive":
		return installation, &coaching.Error{Code: coaching.NotFound, Reason: "token_revoked", Err: callError("refresh token", err)}
	case err != nil:
		return installation, fmt.Errorf("%w: %w", commands.ErrTryLater, callError("refresh token", err))
	case next.AccessToken == "" || next.RefreshToken == "" || next.ExpiresIn <= 0 || workspaceID(next.Team.ID) != installation.Workspace:
		return installation, fmt.Errorf("refresh token: an answer without the token: %w", commands.ErrTryLater)
	}
	return installation.Granted(coaching.Token(next.AccessToken), coaching.Token(next.RefreshToken),
		time.Duration(next.ExpiresIn)*time.Second, a.now()), nil
}

// saveNext stores a token that was fetched, unless the workspace installed the
// app anew or took it out meanwhile.
func (a *App) saveNext(ctx context.Context, granted coaching.Installation) (coaching.Installation, error) {
	wait := a.patience
	for try := 1; ; try++ {
		saved, err := a.installs.ReplaceInstallation(ctx, granted)
		switch {
		case err == nil:
			return saved, nil
		case coaching.CodeOf(err) == coaching.Conflict:
			// It may have been this very write, whose answer was lost.
			return a.installs.Installation(ctx, granted.Workspace)
		case try == saveTries:
			a.log.ErrorContext(ctx, "token fetched but not stored: the workspace may have to install the app anew", "workspace", string(granted.Workspace), "error", err)
			return granted, nil
		}
		if err := errors.Join(err, pause(ctx, wait)); ctx.Err() != nil {
			return coaching.Installation{}, fmt.Errorf("store token: %w: %w", commands.ErrTryLater, err)
		}
		wait *= 2
	}
}
