package sandbox_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestSlackClientReadsWhoItIs(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	who, err := p.client.AuthTest()
	if err != nil {
		t.Fatal(err)
	}
	if who.TeamID != "T0001" || who.UserID != sandbox.BotUser || who.BotID == "" || who.Team != "Acme Sales" {
		t.Errorf("auth.test: got %+v", who)
	}
	user, err := p.client.GetUserInfo("U0002")
	if err != nil {
		t.Fatal(err)
	}
	if user.TZ != "Europe/London" || user.TZOffset != 0 || user.RealName != "Ben Carter" || user.IsBot {
		t.Errorf("users.info: got %+v", user)
	}
	channel, err := p.client.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "C0003"})
	if err != nil {
		t.Fatal(err)
	}
	if channel.Name != "random" || channel.IsMember || channel.IsArchived {
		t.Errorf("conversations.info: got %+v", channel)
	}
	if _, err := p.client.GetUserInfo("U9999"); code(err) != "user_not_found" {
		t.Errorf("unknown user: got %v", err)
	}
}

func TestTokenIsJudged(t *testing.T) {
	t.Parallel()
	p := newPlatform(t, func(c *sandbox.APIConfig) { c.Scopes = []string{"chat:write"} })
	if _, err := p.dial("").AuthTest(); code(err) != "not_authed" {
		t.Errorf("without token: got %v", err)
	}
	if _, err := p.dial("xoxb-other").AuthTest(); code(err) != "invalid_auth" {
		t.Errorf("another token: got %v", err)
	}
	_, err := p.client.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0001"})
	var answer slack.SlackErrorResponse
	if !errors.As(err, &answer) || answer.Err != "missing_scope" || !strings.Contains(answer.Needed, "channels:history") {
		t.Errorf("history without its scope: got %v", err)
	}
	p.Revoke()
	if _, err := p.post("C0001", text("hi")); code(err) != "token_revoked" {
		t.Errorf("revoked: got %v", err)
	}
	p.Heal()
	if _, err := p.post("C0001", text("hi")); err != nil {
		t.Errorf("healed: got %v", err)
	}
}

func TestEncodingOfACallIsJudged(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	tests := map[string]struct{ method, kind, body, want string }{
		"JSON":                 {"chat.postMessage", "application/json; charset=utf-8", `{"channel":"C0001","text":"hi","blocks":[{"type":"divider"}]}`, `"ok":true`},
		"form":                 {"chat.postMessage", "application/x-www-form-urlencoded", `channel=C0001&text=hi`, `"ok":true`},
		"broken JSON":          {"chat.postMessage", "application/json", `{"channel"`, "invalid_json"},
		"JSON of another kind": {"chat.postMessage", "application/json", `["C0001"]`, "json_not_object"},
		"no type":              {"chat.postMessage", "", `channel=C0001&text=hi`, "missing_post_type"},
		"another type":         {"chat.postMessage", "text/plain", `channel=C0001&text=hi`, "invalid_post_type"},
		"JSON to a reader":     {"users.info", "application/json", `{"user":"U0001"}`, "invalid_arguments"},
		"no such method":       {"chat.shout", "application/json", `{}`, "unknown_method"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := p.call(t, test.method, test.kind, test.body); !strings.Contains(got, test.want) {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
