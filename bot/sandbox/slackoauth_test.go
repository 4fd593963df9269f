package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
)

const oauthRedirect = "https://wins.example.com/slack/oauth/callback"

// installable is a Slack of one workspace, T1, whose clock stands at what now
// points to.
func installable(t *testing.T, now *time.Time, rotates bool) *sandbox.SlackOAuth {
	t.Helper()
	clock := func() time.Time { return *now }
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{
		Team: sandbox.Team{ID: "T1", Name: "Acme", Zone: "UTC", Members: []sandbox.Member{{ID: "U1", Name: "Nok", Handle: "nok"}}}, Now: clock,
	})
	if err != nil {
		t.Fatal(err)
	}
	return sandbox.NewSlackOAuth(sandbox.SlackOAuthConfig{
		ClientID: "1.2", ClientSecret: "s3cret", Redirect: oauthRedirect, Scopes: []string{"commands", "chat:write"}, Rotates: rotates, Now: clock,
	}, api)
}

// asksSlack calls a method with a form and returns the answer.
func asksSlack(t *testing.T, slack http.Handler, method string, form url.Values) (answer struct {
	OK           bool
	Error        string
	AccessToken  string `json:"access_token"`
	RefreshToken string `json:"refresh_token"`
	ExpiresIn    int    `json:"expires_in"`
	TeamID       string `json:"team_id"`
},
) {
	t.Helper()
	request := httptest.NewRequest(http.MethodPost, "/api/"+method, strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	recorder := httptest.NewRecorder()
	slack.ServeHTTP(recorder, request)
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func authorizeAddress(change func(url.Values)) string {
	query := url.Values{"client_id": {"1.2"}, "scope": {"commands,chat:write"}, "state": {"s"}, "redirect_uri": {oauthRedirect}}
	if change != nil {
		change(query)
	}
	return "https://slack.com/oauth/v2/authorize?" + query.Encode()
}

func codeIn(t *testing.T, back string, err error) string {
	t.Helper()
	address, wrong := url.Parse(back)
	if err != nil || wrong != nil || address.Query().Get("state") != "s" {
		t.Fatal(back, err, wrong)
	}
	return address.Query().Get("code")
}

func TestSlacksPageRefusesWhatIsNotTheApps(t *testing.T) {
	t.Parallel()
	now := time.Unix(1700000000, 0)
	slack := installable(t, &now, false)
	for name, address := range map[string]string{
		"another app":      authorizeAddress(func(q url.Values) { q.Set("client_id", "3.4") }),
		"another address":  authorizeAddress(func(q url.Values) { q.Set("redirect_uri", "https://evil.example.com/") }),
		"too much":         authorizeAddress(func(q url.Values) { q.Set("scope", "commands,admin") }),
		"nothing":          authorizeAddress(func(q url.Values) { q.Set("scope", "") }),
		"no state":         authorizeAddress(func(q url.Values) { q.Del("state") }),
		"another host":     strings.Replace(authorizeAddress(nil), "slack.com", "slack.example.com", 1),
		"the older page":   strings.Replace(authorizeAddress(nil), "/v2", "", 1),
		"an unsafe scheme": strings.Replace(authorizeAddress(nil), "https:", "http:", 1),
	} {
		if back, err := slack.Allow(address, "T1", "U1"); err == nil {
			t.Errorf("%s is sent back to %s", name, back)
		}
	}
	if _, err := slack.Allow(authorizeAddress(nil), "T1", "U9"); err == nil {
		t.Error("somebody from outside allows it")
	}
}

func TestCodeIsGoodForOneTokenAndAWhile(t *testing.T) {
	t.Parallel()
	now := time.Unix(1700000000, 0)
	slack := installable(t, &now, false)
	form := func(code string) url.Values {
		return url.Values{"client_id": {"1.2"}, "client_secret": {"s3cret"}, "code": {code}, "redirect_uri": {oauthRedirect}}
	}
	back, err := slack.Allow(authorizeAddress(nil), "T1", "U1")
	code := codeIn(t, back, err)
	for want, change := range map[string]func(url.Values){
		"invalid_client_id":  func(f url.Values) { f.Set("client_id", "3.4") },
		"bad_client_secret":  func(f url.Values) { f.Set("client_secret", "x") },
		"bad_redirect_uri":   func(f url.Values) { f.Del("redirect_uri") },
		"invalid_code":       func(f url.Values) { f.Set("code", "x") },
		"invalid_grant_type": func(f url.Values) { f.Set("grant_type", "password") },
	} {
		wrong := form(code)
		change(wrong)
		if answer := asksSlack(t, slack, "oauth.v2.access", wrong); answer.OK || answer.Error != want || answer.AccessToken != "" {
			t.Errorf("%+v, want %s", answer, want)
		}
	}
	got := asksSlack(t, slack, "oauth.v2.access", form(code))
	if !got.OK || !strings.HasPrefix(got.AccessToken, "xoxb-") || got.ExpiresIn != 0 || got.RefreshToken != "" {
		t.Errorf("got %+v", got)
	}
	if again := asksSlack(t, slack, "oauth.v2.access", form(code)); again.Error != "code_already_used" {
		t.Errorf("a second time: %+v", again)
	}
	if who := asksSlack(t, slack, "auth.test", url.Values{"token": {got.AccessToken}}); !who.OK || who.TeamID != "T1" {
		t.Errorf("the token is %+v's", who)
	}
	back, err = slack.Allow(authorizeAddress(nil), "T1", "U1")
	late := codeIn(t, back, err)
	now = now.Add(11 * time.Minute)
	if answer := asksSlack(t, slack, "oauth.v2.access", form(late)); answer.Error != "invalid_code" {
		t.Errorf("after eleven minutes: %+v", answer)
	}
	if answer := asksSlack(t, slack, "auth.revoke", url.Values{"token": {got.AccessToken}}); !answer.OK {
		t.Errorf("revoked: %+v", answer)
	}
	for token, want := range map[string]string{got.AccessToken: "token_revoked", "xoxb-T9-1": "invalid_auth", "": "not_authed"} {
		if answer := asksSlack(t, slack, "auth.test", url.Values{"token": {token}}); answer.Error != want {
			t.Errorf("%q: %+v, want %s", token, answer, want)
		}
	}
}

func TestTokenThatRotatesEndsAndIsFollowedOnce(t *testing.T) {
	t.Parallel()
	now := time.Unix(1700000000, 0)
	slack := installable(t, &now, true)
	back, err := slack.Allow(authorizeAddress(nil), "T1", "U1")
	first := asksSlack(t, slack, "oauth.v2.access", url.Values{
		"client_id": {"1.2"}, "client_secret": {"s3cret"}, "code": {codeIn(t, back, err)}, "redirect_uri": {oauthRedirect},
	})
	if first.ExpiresIn != 43200 || first.RefreshToken == "" {
		t.Fatalf("got %+v", first)
	}
	next := url.Values{"client_id": {"1.2"}, "client_secret": {"s3cret"}, "grant_type": {"refresh_token"}, "refresh_token": {first.RefreshToken}}
	second := asksSlack(t, slack, "oauth.v2.access", next)
	if !second.OK || second.AccessToken == first.AccessToken || second.RefreshToken == first.RefreshToken {
		t.Errorf("followed by %+v", second)
	}
	if again := asksSlack(t, slack, "oauth.v2.access", next); again.Error != "invalid_refresh_token" {
		t.Errorf("followed twice: %+v", again)
	}
	now = now.Add(12 * time.Hour)
	if answer := asksSlack(t, slack, "auth.test", url.Values{"token": {first.AccessToken}}); answer.Error != "token_expired" {
		t.Errorf("after twelve hours: %+v", answer)
	}
	slack.Uninstall("T1")
	next.Set("refresh_token", second.RefreshToken)
	if answer := asksSlack(t, slack, "oauth.v2.access", next); answer.Error != "invalid_refresh_token" {
		t.Errorf("after the app was taken out: %+v", answer)
	}
}
