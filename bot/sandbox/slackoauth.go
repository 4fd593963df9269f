package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// SlackOAuth is a stand-in for Slack as an app that many workspaces install
// meets it: it plays the page on which somebody allows the app in, answers
// oauth.v2.access, and hands every other call of the Web API to the workspace
// whose token it comes with. Like [SlackAPI] it is strict.
type SlackOAuth struct {
	outages
	callLog
	config SlackOAuthConfig

	mu        sync.Mutex
	made      int
	teams     map[string]*SlackAPI
	codes     map[string]*slackCode
	refreshes map[string]*slackRefresh
	lasting   map[string]string // by team: the token that does not expire
}

// SlackOAuthConfig says how the app is set up at Slack.
type SlackOAuthConfig struct {
	ClientID, ClientSecret string
	// Redirect is the address that browsers may be sent back to.
	Redirect string
	// Scopes are those that the app may ask for.
	Scopes []string
	// Rotates makes tokens expire after twelve hours.
	Rotates bool
	Now     func() time.Time
}

// What lives how long at Slack.
const (
	slackCodeLife  = 10 * time.Minute
	slackTokenLife = 12 * time.Hour
)

// slackCode is what a browser brings back.
type slackCode struct {
	team, member, scope string
	// redirect is what was asked for, empty where nothing was.
	redirect     string
	organization bool
	made         time.Time
	used         bool
}

// slackRefresh is a token that fetches another, once.
type slackRefresh struct {
	team, scope string
	used        bool
}

// NewSlackOAuth returns a Slack in which no workspace has the app.
func NewSlackOAuth(config SlackOAuthConfig, teams ...*SlackAPI) *SlackOAuth {
	o := &SlackOAuth{
		config: config, teams: make(map[string]*SlackAPI), codes: make(map[string]*slackCode),
		refreshes: make(map[string]*slackRefresh), lasting: make(map[string]string),
	}
	for _, team := range teams {
		o.teams[team.Team().ID] = team
	}
	return o
}

// Allow plays a member who opens the address that the app sent their browser to
// and allows it into their workspace. It returns where the browser goes next.
func (o *SlackOAuth) Allow(authorize, team, member string) (string, error) {
	api, found := o.teams[team]
	if !found {
		return "", fmt.Errorf("no workspace %s", team)
	}
	if !slices.ContainsFunc(api.Team().Members, func(m Member) bool { return m.ID == member }) {
		return "", fmt.Errorf("%s is not in %s", member, team)
	}
	return o.back(authorize, slackCode{team: team, member: member})
}

// AllowForOrganization plays an admin who allows the app into a whole
// organization.
func (o *SlackOAuth) AllowForOrganization(authorize, team string) (string, error) {
	return o.back(authorize, slackCode{team: team, organization: true})
}

// Deny plays a member who does not allow it.
func (o *SlackOAuth) Deny(authorize string) (string, error) {
	asked, err := o.judge(authorize)
	if err != nil {
		return "", err
	}
	return asked.to(url.Values{"error": {"access_denied"}, "state": {asked.state}}), nil
}

// asking is what an address asks of a member.
type asking struct{ scope, state, redirect, back string }

func (a asking) to(query url.Values) string { return a.back + "?" + query.Encode() }

// judge reads the address that a browser was sent to, and refuses what Slack's
// page would, and a state that is missing.
func (o *SlackOAuth) judge(authorize string) (asking, error) {
	address, err := url.Parse(authorize)
	if err != nil {
		return asking{}, err
	}
	query := address.Query()
	asked := asking{scope: query.Get("scope"), state: query.Get("state"), redirect: query.Get("redirect_uri"), back: o.config.Redirect}
	if address.Scheme+"://"+address.Host+address.Path != "https://slack.com/oauth/v2/authorize" {
		return asking{}, fmt.Errorf("%s is not Slack's page", address.Host+address.Path)
	}
	if id := query.Get("client_id"); id != o.config.ClientID {
		return asking{}, fmt.Errorf("invalid client_id %q", id)
	}
	if asked.redirect != "" && asked.redirect != o.config.Redirect {
		return asking{}, fmt.Errorf("redirect_uri %q did not match any configured URIs", asked.redirect)
	}
	if asked.state == "" {
		return asking{}, fmt.Errorf("no state: anybody could end the installation")
	}
	for _, scope := range strings.Split(asked.scope, ",") {
		if !slices.Contains(o.config.Scopes, scope) {
			return asking{}, fmt.Errorf("invalid_scope %q", scope)
		}
	}
	return asked, nil
}

// back makes a code and returns the address with it.
func (o *SlackOAuth) back(authorize string, code slackCode) (string, error) {
	asked, err := o.judge(authorize)
	if err != nil {
		return "", err
	}
	code.scope, code.redirect, code.made = asked.scope, asked.redirect, o.config.Now()
	o.mu.Lock()
	defer o.mu.Unlock()
	name := o.name("code")
	o.codes[name] = &code
	return asked.to(url.Values{"code": {name}, "state": {asked.state}}), nil
}

// name makes a text that was not there before. The caller holds the lock.
func (o *SlackOAuth) name(kind string) string {
	o.made++
	return fmt.Sprintf("%s-%d", kind, o.made)
}

// access answers oauth.v2.access.
// https://docs.slack.dev/reference/methods/oauth.v2.access
func (o *SlackOAuth) access(method, contentType string, form url.Values) (answer, *refusal) {
	if method != http.MethodPost || !strings.HasPrefix(contentType, "application/x-www-form-urlencoded") {
		return nil, refuse("invalid_post_type")
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case form.Get("client_id") != o.config.ClientID:
		return nil, refuse("invalid_client_id")
	case form.Get("client_secret") != o.config.ClientSecret:
		return nil, refuse("bad_client_secret")
	}
	switch grant := form.Get("grant_type"); grant {
	case "", "authorization_code":
		return o.redeem(form)
	case "refresh_token":
		return o.refresh(form.Get("refresh_token"))
	default:
		return nil, refuse("invalid_grant_type")
	}
}

// redeem gives a token for a code.
func (o *SlackOAuth) redeem(form url.Values) (answer, *refusal) {
	code, found := o.codes[form.Get("code")]
	switch {
	case !found, o.config.Now().Sub(code.made) > slackCodeLife:
		return nil, refuse("invalid_code")
	case code.used:
		return nil, refuse("code_already_used")
	case form.Get("redirect_uri") != code.redirect:
		return nil, refuse("bad_redirect_uri")
	}
	code.used = true
	result := o.grant(code.team, code.scope)
	result["authed_user"] = answer{"id": code.member}
	if code.organization {
		result["is_enterprise_install"], result["team"] = true, nil
		result["enterprise"] = answer{"id": "E1", "name": "Everybody"}
	}
	return result, nil
}

// refresh gives the next token.
func (o *SlackOAuth) refresh(token string) (answer, *refusal) {
	known, found := o.refreshes[token]
	if !found || known.used {
		return nil, refuse("invalid_refresh_token")
	}
	known.used = true
	return o.grant(known.team, known.scope), nil
}

// grant makes tokens of a workspace.
func (o *SlackOAuth) grant(team, scope string) answer {
	api := o.teams[team]
	result := answer{
		"app_id": appID, "token_type": "bot", "scope": scope, "bot_user_id": BotUser,
		"team": answer{"id": team, "name": api.Team().Name}, "enterprise": nil, "is_enterprise_install": false,
	}
	if !o.config.Rotates {
		// A workspace that installs again is given what it has.
		if o.lasting[team] == "" || !slices.Contains(api.Good(), o.lasting[team]) {
			o.lasting[team] = o.name("xoxb-" + team)
			api.Give(o.lasting[team], time.Time{})
		}
		result["access_token"] = o.lasting[team]
		return result
	}
	token, refresh := o.name("xoxe.xoxb-1-"+team), o.name("xoxe-1-"+team)
	api.Give(token, o.config.Now().Add(slackTokenLife))
	o.refreshes[refresh] = &slackRefresh{team: team, scope: scope}
	result["access_token"], result["refresh_token"], result["expires_in"] = token, refresh, int(slackTokenLife.Seconds())
	return result
}

// Uninstall plays a workspace that takes the app out.
func (o *SlackOAuth) Uninstall(team string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.teams[team].Uninstall()
	for _, refresh := range o.refreshes {
		if refresh.team == team {
			refresh.used = true
		}
	}
}
