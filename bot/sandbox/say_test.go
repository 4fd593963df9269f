package sandbox_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
)

func TestSlashCommandIsSentAsSlackSendsIt(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.say("U0002", "/goal log +3 for <b> & @mali in #sales, not @nobody or a@mali")
	got := p.webhook.last()
	want := map[string]string{
		"command": "/goal", "team_id": "T0001", "team_domain": "acme-sales", "channel_id": "C0001", "channel_name": "sales",
		"user_id": "U0002", "user_name": "ben", "trigger_id": "1772416800.id-1", "is_enterprise_install": "false",
		"text": "log +3 for &lt;b&gt; &amp; <@U0001|mali> in <#C0001|sales>, not @nobody or a@mali",
	}
	if got.path != "/slack/commands" {
		t.Errorf("path: got %q", got.path)
	}
	for name, value := range want {
		if got.form.Get(name) != value {
			t.Errorf("%s: got %q, want %q", name, got.form.Get(name), value)
		}
	}
	if address := got.form.Get("response_url"); !strings.HasPrefix(address, p.server.URL+"/response/") {
		t.Errorf("response_url: got %q", address)
	}
}

func TestPrivateAnswerIsSeenByOneAndSharedAnswerByAll(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.webhook.reply(`{"text":"just you"}`)
	p.say("U0001", "/goal progress")
	if mine := p.seen("U0001"); !strings.Contains(mine, "just you") || !strings.Contains(mine, "Only visible to you") || !strings.Contains(mine, "/goal progress") {
		t.Errorf("the one who asked sees %s", mine)
	}
	if theirs := p.seen("U0002"); strings.Contains(theirs, "just you") || strings.Contains(theirs, "/goal") {
		t.Errorf("another sees %s", theirs)
	}
	p.webhook.reply(`{"response_type":"in_channel","text":"all of you"}`)
	p.say("U0001", "/goal progress")
	if theirs := p.seen("U0002"); !strings.Contains(theirs, "all of you") || !strings.Contains(theirs, "/goal progress") {
		t.Errorf("another sees %s", theirs)
	}
}

func TestFailuresAreShownAsSlackShowsThem(t *testing.T) {
	t.Parallel()
	status := func(code int, body string) func(http.ResponseWriter, received) {
		return func(w http.ResponseWriter, _ received) { http.Error(w, body, code) }
	}
	json := func(body string) func(http.ResponseWriter, received) {
		return func(w http.ResponseWriter, _ received) {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_, _ = io.WriteString(w, body)
		}
	}
	tests := map[string]struct {
		answer func(http.ResponseWriter, received)
		shown  string
		detail string
	}{
		"error":        {status(500, "the database is gone"), "dispatch_failed", "500 Internal Server Error: the database is gone"},
		"unauthorized": {status(401, ""), "dispatch_failed", "401 Unauthorized"},
		"created":      {status(201, ""), "dispatch_failed", "201 Created"},
		"broken JSON":  {json(`{"text"`), "invalid_command_response", "200 OK"},
		"bad blocks":   {json(`{"blocks":[{"type":"header"}]}`), "invalid_blocks", "/blocks/0"},
		"no text":      {json(`{"response_type":"in_channel"}`), "no_text", ""},
		"plain text":   {func(w http.ResponseWriter, _ received) { _, _ = io.WriteString(w, "hello") }, "hello", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPage(t)
			p.webhook.respond(test.answer)
			p.say("U0001", "/goal")
			got := p.lastMessage()
			if !strings.Contains(got.Text, test.shown) || !strings.Contains(got.Detail, test.detail) || got.OnlyFor != "U0001" {
				t.Errorf("got %q, detail %q", got.Text, got.Detail)
			}
		})
	}
}

func TestSlackWaitsThreeSecondsAndNoLonger(t *testing.T) {
	t.Parallel()
	p := newPage(t, func(c *sandbox.Config) { c.Timeout = 20 * time.Millisecond })
	release := make(chan struct{})
	p.webhook.respond(func(http.ResponseWriter, received) { <-release })
	p.say("U0001", "/goal progress")
	close(release)
	if got := p.lastMessage(); got.Text != "/goal failed with the error “operation_timeout”." || got.Via != sandbox.ViaNotice {
		t.Errorf("got %+v", got)
	}
}

func TestEmptyAnswerAcknowledgesAndOtherCommandsAreUnknown(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.say("U0001", "/goal progress")
	if got := p.lastMessage(); got.Via != sandbox.ViaCommand {
		t.Errorf("an empty answer says something: %+v", got)
	}
	p.say("U0001", "/<script> me")
	if got := p.lastMessage(); !strings.Contains(got.Text, "/&lt;script&gt; is not a valid command") {
		t.Errorf("got %q", got.Text)
	}
	p.say("U0001", "   ")
	if got := len(p.API().Messages("C0001")); got != 3 {
		t.Errorf("got %d messages, want 3", got)
	}
}

func TestHostileTextIsShownAndDoesNothing(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	hostile := `<script>alert(1)</script><img src=x onerror=alert(1)> <!channel> "><svg onload=1> javascript:alert(1)`
	p.say("U0002", hostile)
	p.webhook.reply(`{"text":"f","blocks":[
		{"type":"section","text":{"type":"mrkdwn","text":"<script>alert(2)</script> <javascript:alert(3)|here> <https://example.com/\"onclick=\"x|there>"}},
		{"type":"section","text":{"type":"plain_text","text":"<!channel> *not bold*"}},
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
			{"type":"text","text":"<b>bold?</b> <!here> <@U0001>"},
			{"type":"link","url":"javascript:alert(4)","text":"click"}]}]},
		{"type":"actions","elements":[{"type":"button","action_id":"a\"><script>","text":{"type":"plain_text","text":"<i>Go</i>"},"url":"javascript:alert(5)"}]}]}`)
	p.say("U0001", "/goal")
	seen := p.seen("U0001")
	for _, mark := range []string{"<script", "<img", "<b>bold", "<i>", `href="javascript`, "onclick=\"x", `class="broadcast"`, "<em>not"} {
		if strings.Contains(seen, mark) {
			t.Errorf("%q acts in %s", mark, seen)
		}
	}
	for _, text := range []string{"&lt;script&gt;alert(1)", "&lt;!channel&gt; *not bold*", "&lt;!here&gt; &lt;@U0001&gt;", "&lt;i&gt;Go&lt;/i&gt;"} {
		if !strings.Contains(seen, text) {
			t.Errorf("%q is not shown in %s", text, seen)
		}
	}
}
