package slack

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// The paths of the installation, below the address that people reach.
const (
	InstallPath  = "/slack/install"
	CallbackPath = "/slack/oauth/callback"
)

// askedFor are the scopes that a workspace is asked to allow. deploy/slack/manifest.yaml says
// of each what it is for.
var askedFor = [...]string{
	"commands", "chat:write", "im:history", "im:write", "users:read", "files:write",
	"files:read", "users:read.email", "usergroups:read", "channels:history", "groups:history",
}

// The addresses at which Slack asks people; the Web API of each stands on the
// same host.
const (
	authorizePath = "/oauth/v2/authorize"
	slackHost     = "slack.com"
	slackGovHost  = "slack-gov.com"
)

// How often the pages of the installation may be opened, by all people together:
// each can cost Slack a call and the database a write.
const (
	visitsPerSecond = 2
	visitsAtOnce    = 60
)

// stateCookie is where the browser keeps the state that it went to Slack with.
const stateCookie = "smallwins_install"

// Install is the page that sends a browser to Slack, where somebody allows the
// app in. https://docs.slack.dev/authentication/installing-with-oauth
type Install struct{ *App }

// Open sends the browser on, with a state that it keeps as well.
func (i Install) Open(_ context.Context, visit commands.Visit) (commands.Answer, error) {
	if !i.visits.AllowN(visit.Now, 1) {
		return i.show(visit, tooMany), nil
	}
	state := newState(i.clientSecret, visit.Now)
	query := url.Values{"client_id": {i.clientID}, "scope": {strings.Join(askedFor[:], ",")}, "state": {state}}
	if back := i.callback(); back != "" {
		query.Set("redirect_uri", back)
	}
	host := slackHost
	if i.apiURL.Host == slackGovHost {
		host = slackGovHost
	}
	to := url.URL{Scheme: "https", Host: host, Path: authorizePath, RawQuery: query.Encode()}
	return commands.Answer{Status: http.StatusFound, Header: map[string]string{
		"Location": to.String(), "Set-Cookie": i.cookie(state, stateLife),
	}}, nil
}

// callback is where Slack sends the browser back to, empty where the app's
// settings alone know.
func (a *App) callback() string {
	if a.publicURL == "" {
		return ""
	}
	return a.publicURL + CallbackPath
}

// cookie writes the cookie of the state. It comes along when Slack sends the
// browser back, which another site does, so it cannot be stricter than Lax.
func (a *App) cookie(state string, life time.Duration) string {
	cookie := http.Cookie{ //nolint:gosec // It is Secure wherever people reach the server by https.
		Name: stateCookie, Value: state, Path: CallbackPath, MaxAge: int(life.Seconds()), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(a.publicURL, "https:"),
	}
	if life <= 0 {
		cookie.MaxAge = -1 // It is deleted.
	}
	return cookie.String()
}

// Callback is the page that Slack sends the browser back to.
type Callback struct{ *App }

// Open ends an installation that the same browser began: it fetches the token for
// the code that Slack sent along and stores it. Whatever goes wrong, a page says
// what to do and nothing is stored.
func (c Callback) Open(ctx context.Context, visit commands.Visit) (commands.Answer, error) {
	if !c.visits.AllowN(visit.Now, 1) {
		return c.show(visit, tooMany), nil
	}
	page, err := c.end(ctx, visit)
	answer := c.show(visit, page)
	if page.spent {
		answer.Header["Set-Cookie"] = c.cookie("", 0)
	}
	return answer, err
}

// end returns the page that tells how the installation ended. The error is for
// the log.
func (c Callback) end(ctx context.Context, visit commands.Visit) (page, error) {
	state := visit.Query.Get("state")
	kept := visit.Cookie(stateCookie)
	switch {
	case !isState(c.clientSecret, state, visit.Now):
		return stateUnknown, errors.New("installation: the state is none of ours, or too old")
	case subtle.ConstantTimeCompare([]byte(kept), []byte(state)) != 1:
		return stateUnknown, errors.New("installation: another browser began it")
	}
	switch first, err := c.installs.SpendState(ctx, state, visit.Now); {
	case err != nil:
		return notStored, fmt.Errorf("installation: %w", err)
	case !first:
		return stateUnknown, errors.New("installation: the state was used before")
	}
	switch refusal := visit.Query.Get("error"); {
	case refusal == "access_denied":
		return denied, nil
	case refusal != "":
		return refused, fmt.Errorf("installation: Slack says %s", errorName(refusal))
	case visit.Query.Get("code") == "":
		return refused, errors.New("installation: no code came along")
	}
	return c.exchange(ctx, visit)
}

// exchange fetches the token for the code and stores it.
func (c Callback) exchange(ctx context.Context, visit commands.Visit) (page, error) {
	granted, err := slackapi.GetOAuthV2ResponseContext(ctx, boundedClient{c.http}, c.clientID, string(c.clientSecret),
		visit.Query.Get("code"), c.callback(), slackapi.OAuthOptionAPIURL(c.apiURL.String()))
	if err != nil {
		return pageOf(err), fmt.Errorf("installation: %w", callError("oauth.v2.access", err))
	}
	token := coaching.Token(granted.AccessToken)
	if granted.IsEnterpriseInstall {
		return wholeOrganization, c.giveBack(ctx, token, errors.New("installation: for a whole organization"))
	}
	if token == "" || granted.TokenType != "bot" || !isID(granted.Team.ID) {
		return unanswering, errors.New("installation: oauth.v2.access: an answer without a bot's token")
	}
	installation := coaching.Installation{
		Workspace: workspaceID(granted.Team.ID), Name: granted.Team.Name, Scopes: strings.Split(granted.Scope, ","),
		Bot: coaching.MemberID(granted.BotUserID), By: coaching.MemberID(granted.AuthedUser.ID), At: visit.Now,
	}.Granted(token, coaching.Token(granted.RefreshToken), time.Duration(granted.ExpiresIn)*time.Second, visit.Now)
	if err := c.installs.Install(ctx, installation); err != nil {
		return notStored, c.giveBack(ctx, token, fmt.Errorf("installation: %w", err))
	}
	c.log.InfoContext(ctx, "workspace installed the app", "workspace", string(installation.Workspace), "by", string(installation.By))
	return done(granted.Team.ID, granted.Team.Name, granted.AppID), nil
}

// giveBack revokes a token that is not kept, and returns why it is not.
func (c Callback) giveBack(ctx context.Context, token coaching.Token, why error) error {
	_, err := c.client(token).SendAuthRevokeContext(ctx, "")
	return errors.Join(why, callError("auth.revoke", err))
}

// pageOf is the page for an error of oauth.v2.access.
// https://docs.slack.dev/reference/methods/oauth.v2.access#errors
func pageOf(err error) page {
	switch refusalOf(err) {
	case "invalid_code", "code_already_used", "code_expired":
		return codeSpent
	case "invalid_client_id", "bad_client_secret", "bad_redirect_uri", "no_scopes", "oauth_authorization_url_mismatch", "invalid_grant_type":
		return settingsWrong
	case "cannot_install_an_org_installed_app":
		return wholeOrganization
	}
	return unanswering
}
