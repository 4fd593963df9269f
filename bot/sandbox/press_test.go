package sandbox_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/sandbox"
)

const withButton = `{"text":"f","blocks":[{"type":"actions","block_id":"go","elements":[
	{"type":"button","action_id":"create","value":"12","style":"primary","text":{"type":"plain_text","text":"Create"}}]}]}`

// pressed presses the button of the newest message and returns its interaction.
func (p *page) pressed(member string) slack.InteractionCallback {
	p.t.Helper()
	p.webhook.respond(nil)
	message := p.lastMessage()
	status, body := p.post("/press", url.Values{
		"as": {member}, "channel": {"C0001"}, "message": {message.TS}, "press": {"block_id=go&action_id=create"},
	})
	if status != http.StatusNoContent {
		p.t.Fatalf("press: %d %s", status, body)
	}
	got := p.webhook.last()
	var callback slack.InteractionCallback
	if err := json.Unmarshal([]byte(got.form.Get("payload")), &callback); err != nil || got.path != "/slack/interactions" {
		p.t.Fatalf("payload at %s: %v", got.path, err)
	}
	return callback
}

// answer posts to a response address and returns its status and body.
func (p *page) answer(address, body string) (int, string) {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	return p.do(request)
}

func TestPressedButtonSendsItsInteraction(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.webhook.reply(withButton)
	p.say("U0002", "/goal new 20 demos")
	if seen := p.seen("U0002"); !strings.Contains(seen, `value="action_id=create&amp;block_id=go"`) {
		t.Errorf("the button: %s", seen)
	}
	got := p.pressed("U0002")
	action := got.ActionCallback.BlockActions[0]
	if got.Type != slack.InteractionTypeBlockActions || got.User.ID != "U0002" || got.Team.ID != "T0001" ||
		got.Channel.ID != "C0001" || got.Container.MessageTs != p.lastMessage().TS || !got.Container.IsEphemeral ||
		got.TriggerID == "" || action.ActionID != "create" || action.BlockID != "go" || action.Value != "12" ||
		action.Text.Text != "Create" || action.ActionTs == "" {
		t.Errorf("got %+v, action %+v", got, action)
	}
	if second := p.pressed("U0002"); second.TriggerID == got.TriggerID {
		t.Errorf("two presses share the id %s", got.TriggerID)
	}
}

func TestOnlyWhatStandsInTheMessageCanBePressed(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.webhook.reply(withButton)
	p.say("U0002", "/goal new 20 demos")
	ts := p.lastMessage().TS
	before := p.webhook.last()
	for _, form := range []url.Values{
		{"as": {"U0001"}, "message": {ts}, "press": {"block_id=go&action_id=create"}}, // another member's private message
		{"as": {"U0002"}, "message": {"1.000001"}, "press": {"block_id=go&action_id=create"}},
		{"as": {"U0002"}, "message": {ts}, "press": {"block_id=go&action_id=drop"}},
		{"as": {"U9999"}, "message": {ts}, "press": {"block_id=go&action_id=create"}},
	} {
		form.Set("channel", "C0001")
		if status, _ := p.post("/press", form); status < 400 {
			t.Errorf("%v: got %d", form, status)
		}
	}
	if after := p.webhook.last(); after.form.Get("payload") != before.form.Get("payload") {
		t.Error("the webhook server heard of it")
	}
}

func TestLateAnswerReplacesAndDeletesTheOriginal(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.webhook.reply(withButton)
	p.say("U0002", "/goal new 20 demos")
	ts := p.lastMessage().TS
	first := p.pressed("U0002")
	if status, body := p.answer(first.ResponseURL, `{"replace_original":true,"text":"Goal #12 is set"}`); status != http.StatusOK || body != "ok" {
		t.Fatalf("replace: %d %s", status, body)
	}
	if got := p.lastMessage(); got.TS != ts || got.Text != "Goal #12 is set" || got.OnlyFor != "U0002" || got.Blocks != nil {
		t.Errorf("replaced: %+v", got)
	}
	if status, body := p.answer(first.ResponseURL, `{"delete_original":true}`); status != http.StatusOK {
		t.Fatalf("delete: %d %s", status, body)
	}
	if got := p.lastMessage(); got.TS == ts {
		t.Errorf("not deleted: %+v", got)
	}
	if status, body := p.answer(first.ResponseURL, `{"delete_original":true}`); status != http.StatusBadRequest {
		t.Errorf("delete again: %d %s", status, body)
	}
}

func TestResponseAddressWorksFiveTimesInHalfAnHour(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.say("U0001", "/goal progress")
	address := p.webhook.last().form.Get("response_url")
	p.clock.Add(29 * time.Minute)
	for range 4 {
		if status, body := p.answer(address, `{"text":"later"}`); status != http.StatusOK {
			t.Fatalf("got %d %s", status, body)
		}
	}
	if got := p.lastMessage(); got.OnlyFor != "U0001" || got.Via != sandbox.ViaResponse {
		t.Errorf("private unless it says otherwise: %+v", got)
	}
	client := slack.New(token, slack.OptionAPIURL(p.server.URL+"/api/"), slack.OptionHTTPClient(p.server.Client()))
	_, _, err := client.PostMessage("C0001", slack.MsgOptionResponseURL(address, slack.ResponseTypeInChannel), text("for all"))
	if err != nil || p.lastMessage().OnlyFor != "" {
		t.Errorf("the client's own way: %v, %+v", err, p.lastMessage())
	}
	if status, body := p.answer(address, `{"text":"once more"}`); status != http.StatusNotFound || !strings.Contains(body, "used_url") {
		t.Errorf("the sixth time: %d %s", status, body)
	}
	p.say("U0001", "/goal progress")
	address = p.webhook.last().form.Get("response_url")
	if status, body := p.answer(address, `{"blocks":[{"type":"header"}]}`); status != http.StatusBadRequest || !strings.Contains(body, "invalid_blocks") {
		t.Errorf("bad blocks: %d %s", status, body)
	}
	p.clock.Add(31 * time.Minute)
	if status, body := p.answer(address, `{"text":"too late"}`); status != http.StatusNotFound || !strings.Contains(body, "expired_url") {
		t.Errorf("after half an hour: %d %s", status, body)
	}
	if status, _ := p.answer(p.server.URL+"/response/guess", `{"text":"hi"}`); status != http.StatusNotFound {
		t.Errorf("a guess: %d", status)
	}
}

func TestBodyThatAnswersAPressIsIgnoredAndTold(t *testing.T) {
	t.Parallel()
	p := newPage(t)
	p.webhook.reply(withButton)
	p.say("U0002", "/goal new 20 demos")
	p.webhook.respond(func(w http.ResponseWriter, _ received) { _, _ = io.WriteString(w, `{"text":"done"}`) })
	ts := p.lastMessage().TS
	p.post("/press", url.Values{
		"as": {"U0002"}, "channel": {"C0001"}, "message": {ts}, "press": {"block_id=go&action_id=create"},
	})
	if got := p.lastMessage(); got.Via != sandbox.ViaNotice || !strings.Contains(got.Detail, "response_url") {
		t.Errorf("got %+v", got)
	}
}
