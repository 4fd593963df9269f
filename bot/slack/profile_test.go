package slack_test

import (
	"errors"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

const (
	acme       = coaching.WorkspaceID("slack:T0ACME")
	aBotToken  = "xoxb-not-a-real-token"
	aSigningID = "not-a-real-signing-secret"
)

// acmeSlack is a Slack with a few people in it, and the app as it asks there.
func acmeSlack(t *testing.T, scopes []string) (*sandbox.SlackAPI, *slack.App) {
	t.Helper()
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{
		Team: sandbox.Team{
			ID: "T0ACME", Name: "Acme", Domain: "acme", Zone: "Europe/Berlin",
			Members: []sandbox.Member{
				{ID: "U0ANN", Name: "Ann Boss", Handle: "ann", Admin: true, Zone: "Asia/Bangkok", Locale: "th-TH"},
				{ID: "U0BEN", Name: "Ben Rep", Handle: "ben"},
				{ID: "U0OLD", Name: "Gone Boss", Handle: "gone", Admin: true, Deleted: true},
			},
			Groups: []sandbox.Group{{ID: "S0LEADS", Name: "leads", Members: []string{"U0BEN"}}, {ID: "S0EMPTY", Name: "empty"}},
		},
		BotToken: aBotToken, Now: time.Now, Scopes: scopes,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	app, err := slack.New(slack.Config{SigningSecret: aSigningID, Token: aBotToken, APIURL: server.URL + "/api/", HTTPClient: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	return api, app
}

func TestProfileIsWhatSlackSays(t *testing.T) {
	t.Parallel()
	_, app := acmeSlack(t, []string{"users:read"})
	for member, want := range map[coaching.MemberID]coaching.Profile{
		"U0ANN": {Name: "Ann Boss", Locale: "th-TH", Zone: "Asia/Bangkok", Admin: true},
		"U0BEN": {Name: "Ben Rep", Locale: "en-US", Zone: "Europe/Berlin"},
		"U0OLD": {Name: "Gone Boss", Locale: "en-US", Zone: "Europe/Berlin"}, // whoever left runs nothing
	} {
		if got, err := app.Profile(t.Context(), acme, member); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v\nwant %+v", member, got, err, want)
		}
	}
}

func TestGroupsAreThoseThatTheMemberIsIn(t *testing.T) {
	t.Parallel()
	_, app := acmeSlack(t, []string{"usergroups:read"})
	got, err := app.Groups(t.Context(), acme, "U0BEN", []string{"S0EMPTY", "S0LEADS"})
	if err != nil || !reflect.DeepEqual(got, []string{"S0LEADS"}) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = app.Groups(t.Context(), acme, "U0ANN", []string{"S0LEADS"}); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestWhatSlackDoesNotTellIsToldApart(t *testing.T) {
	t.Parallel()
	api, app := acmeSlack(t, nil)
	_, without := acmeSlack(t, []string{"chat:write"})
	tokenless, err := slack.New(slack.Config{SigningSecret: aSigningID})
	if err != nil {
		t.Fatal(err)
	}
	profile := func(app *slack.App, workspace coaching.WorkspaceID, member coaching.MemberID) error {
		_, err := app.Profile(t.Context(), workspace, member)
		return err
	}
	groups := func(app *slack.App, group string) error {
		_, err := app.Groups(t.Context(), acme, "U0BEN", []string{group})
		return err
	}
	for name, test := range map[string]struct {
		err  error
		code coaching.Code
	}{
		"an unknown member":        {profile(app, acme, "U0NOBODY"), coaching.NotFound},
		"an unknown group":         {groups(app, "S0NONE"), coaching.NotFound},
		"no scope for members":     {profile(without, acme, "U0BEN"), coaching.Forbidden},
		"no scope for groups":      {groups(without, "S0LEADS"), coaching.Forbidden},
		"no token":                 {profile(tokenless, acme, "U0BEN"), coaching.Forbidden},
		"no token, groups":         {groups(tokenless, "S0LEADS"), coaching.Forbidden},
		"another platform's place": {profile(app, "discord:1", "U0BEN"), coaching.Forbidden},
	} {
		if coaching.CodeOf(test.err) != test.code || errors.Is(test.err, commands.ErrTryLater) {
			t.Errorf("%s: %v, want %s", name, test.err, test.code)
		}
	}
	for _, fault := range []sandbox.Fault{
		{Kind: sandbox.FaultTooMany},
		{Kind: sandbox.FaultStatus, Status: 503},
		{Kind: sandbox.FaultLost},
		{Kind: sandbox.FaultRefuse, Error: "internal_error"},
		{Kind: sandbox.FaultRefuse, Error: "an_error_of_next_year"},
	} {
		api.Inject(fault)
		if err := profile(app, acme, "U0BEN"); !errors.Is(err, commands.ErrTryLater) {
			t.Errorf("%s %s: %v, want to ask again", fault.Kind, fault.Error, err)
		}
	}
	api.Revoke()
	if err := profile(app, acme, "U0BEN"); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("a token that was taken back: %v", err)
	}
}
