package sandbox_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/smallwins/smallwins/bot/sandbox"
)

const formView = `{"type":"modal","callback_id":"prompt","private_metadata":"d1","title":{"type":"plain_text","text":"New goal"},
	"submit":{"type":"plain_text","text":"Next"},"blocks":[
	{"type":"input","block_id":"how","label":{"type":"plain_text","text":"By how much?"},"element":{"type":"plain_text_input","action_id":"target","max_length":5}},
	{"type":"input","block_id":"which","optional":true,"label":{"type":"plain_text","text":"Which?"},"element":{"type":"static_select","action_id":"tier",
	"options":[{"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}],
	"initial_option":{"text":{"type":"plain_text","text":"Two"},"value":"2"}}},
	{"type":"actions","block_id":"ways","elements":[{"type":"button","action_id":"back","value":"d1","text":{"type":"plain_text","text":"Back"}}]}]}`

func request(t *testing.T, text string) slack.ModalViewRequest {
	t.Helper()
	var view slack.ModalViewRequest
	if err := json.Unmarshal([]byte(text), &view); err != nil {
		t.Fatal(err)
	}
	return view
}

func refused(t *testing.T, err error, want string) {
	t.Helper()
	if got := messages(err); !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTriggerOpensOneModalWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	form := request(t, formView)
	open := func(trigger string) error {
		_, err := p.client.OpenViewContext(t.Context(), trigger, form)
		return err
	}
	refused(t, open("1.2.made-up"), "invalid_trigger_id")
	trigger := p.Trigger("U0001")
	late := p.Trigger("U0001")
	if err := open(trigger); err != nil {
		t.Fatal(err)
	}
	refused(t, open(trigger), "exchanged_trigger_id")
	p.clock.Add(3*time.Second + time.Millisecond)
	refused(t, open(late), "expired_trigger_id")
	if view, found := p.OpenView("U0001"); !found || view.Title != "New goal" || view.PrivateMetadata != "d1" {
		t.Errorf("the member sees %+v", view)
	}
	if _, found := p.OpenView("U0002"); found {
		t.Error("somebody else sees a modal")
	}
}

func TestViewsAreHeldToTheDocumentedLimits(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	for name, test := range map[string]struct{ old, replacement, want string }{
		"a long title":      {"New goal", strings.Repeat("x", 25), "less than 25 characters [json-pointer:/view/title/text]"},
		"a long submit":     {"Next", strings.Repeat("x", 25), "/view/submit/text]"},
		"no title":          {`"title":`, `"heading":`, "missing required field: title"},
		"no submit":         {`"submit":{"type":"plain_text","text":"Next"},`, "", "missing required field: submit"},
		"long metadata":     {`"d1","title"`, `"` + strings.Repeat("x", 3001) + `","title"`, "/view/private_metadata]"},
		"blocks of one id":  {`"block_id":"which"`, `"block_id":"how"`, "already exists"},
		"an unknown block":  {`"type":"actions"`, `"type":"confetti"`, "unsupported type"},
		"a home in a modal": {`"type":"modal"`, `"type":"home"`, "must be modal"},
	} {
		body := `{"trigger_id":"` + p.Trigger("U0001") + `","view":` + strings.Replace(formView, test.old, test.replacement, 1) + `}`
		if got := p.call(t, "views.open", "application/json", body); !strings.Contains(got, "invalid_arguments") || !strings.Contains(got, test.want) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	if got := p.call(t, "views.open", "application/json", `{"trigger_id":"`+p.Trigger("U0001")+`","view":{"type":"modal","private_metadata":"`+strings.Repeat("x", 250_000)+`"}}`); !strings.Contains(got, "view_too_large") {
		t.Errorf("a giant view: %s", got)
	}
	var blocks []string
	for range 101 {
		blocks = append(blocks, `{"type":"divider"}`)
	}
	crowded := `{"user_id":"U0001","view":{"type":"home","blocks":[` + strings.Join(blocks, ",") + `]}}`
	if got := p.call(t, "views.publish", "application/json", crowded); !strings.Contains(got, "no more than 100 items") {
		t.Errorf("101 blocks: %s", got)
	}
}

func TestViewIsChangedByWhoeverKnowsItsState(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	form := request(t, formView)
	opened, err := p.client.OpenViewContext(t.Context(), p.Trigger("U0001"), form)
	if err != nil {
		t.Fatal(err)
	}
	form.Title.Text, form.ExternalID = "Second step", "mine"
	changed, err := p.client.UpdateViewContext(t.Context(), form, "", opened.Hash, opened.ID)
	if err != nil || changed.Hash == opened.Hash {
		t.Fatalf("%v, hash %s", err, changed.Hash)
	}
	_, err = p.client.UpdateViewContext(t.Context(), form, "", opened.Hash, opened.ID)
	refused(t, err, "hash_conflict")
	if _, err = p.client.UpdateViewContext(t.Context(), form, "mine", "", ""); err != nil {
		t.Errorf("by its external id: %v", err)
	}
	_, err = p.client.UpdateViewContext(t.Context(), form, "", "", "V404")
	refused(t, err, "not_found")
	_, err = p.client.OpenViewContext(t.Context(), p.Trigger("U0002"), form)
	refused(t, err, "duplicate_external_id")

	form.ExternalID = ""
	for range 2 {
		if _, err := p.client.PushViewContext(t.Context(), p.Trigger("U0001"), form); err != nil {
			t.Fatal(err)
		}
	}
	_, err = p.client.PushViewContext(t.Context(), p.Trigger("U0001"), form)
	refused(t, err, "push_limit_reached")
	for range 3 {
		p.CloseView("U0001")
	}
	_, err = p.client.PushViewContext(t.Context(), p.Trigger("U0001"), form)
	refused(t, err, "not_found")
}

func TestFormIsSentAsItIsFilledIn(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	if _, err := p.client.OpenViewContext(t.Context(), p.Trigger("U0001"), request(t, formView)); err != nil {
		t.Fatal(err)
	}
	for name, fill := range map[string]sandbox.Fill{
		"what must be filled in is not": {},
		"a text is too long":            {"target": {"123456"}},
		"a choice is none":              {"target": {"5"}, "tier": {"3"}},
		"a field is none":               {"target": {"5"}, "colour": {"red"}},
	} {
		if _, err := p.Submission("U0001", fill); err == nil {
			t.Errorf("sent although %s", name)
		}
	}
	payload, err := p.Submission("U0001", sandbox.Fill{"target": {"+3%"}})
	if err != nil {
		t.Fatal(err)
	}
	var sent slack.InteractionCallback
	if err := json.Unmarshal(payload, &sent); err != nil {
		t.Fatal(err)
	}
	values := sent.View.State.Values
	if sent.Type != slack.InteractionTypeViewSubmission || values["how"]["target"].Value != "+3%" || values["which"]["tier"].SelectedOption.Value != "2" || sent.View.PrivateMetadata != "d1" {
		t.Errorf("sent %s", payload)
	}
	view, _ := p.OpenView("U0001")
	for _, test := range []struct {
		body, want string
	}{
		{`{"response_action":"errors","errors":{"how":"Write the number in digits."}}`, ""},
		{`{"response_action":"errors","errors":{"gone":"?"}}`, "no input"},
		{`{"response_action":"errors","errors":{"ways":"?"}}`, "no input"},
		{`{"response_action":"dance","view":` + formView + `}`, "unknown response_action"},
		{`{"response_action":"update","view":{"type":"modal"}}`, "missing required field"},
		{`OK`, "read response"},
		{`{"response_action":"push","view":` + formView + `}`, ""},
		{`{"response_action":"update","view":` + strings.Replace(formView, "New goal", "Changed", 1) + `}`, ""},
	} {
		if err := p.Respond(view.ID, []byte(test.body)); (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.body, err, test.want)
		}
	}
	p.CloseView("U0001") // the one that was pushed
	if below, found := p.OpenView("U0001"); !found || below.Title != "Changed" || below.ID != view.ID {
		t.Errorf("below is %+v", below)
	}
	if err := p.Respond(view.ID, nil); err != nil {
		t.Error(err)
	}
	if _, found := p.OpenView("U0001"); found {
		t.Error("an empty response does not close the modal")
	}
}

func TestPressInAView(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	if _, err := p.client.OpenViewContext(t.Context(), p.Trigger("U0001"), request(t, formView)); err != nil {
		t.Fatal(err)
	}
	view, _ := p.OpenView("U0001")
	payload, err := p.PressView(view, "ways", "back")
	if err != nil {
		t.Fatal(err)
	}
	var pressed slack.InteractionCallback
	if err := json.Unmarshal(payload, &pressed); err != nil {
		t.Fatal(err)
	}
	if pressed.View.ID != view.ID || pressed.ActionCallback.BlockActions[0].Value != "d1" || pressed.ResponseURL != "" {
		t.Errorf("pressed %s", payload)
	}
	if _, err := p.PressView(view, "ways", "forth"); err == nil {
		t.Error("a button that is not there was pressed")
	}
}

func TestDirectMessagesAreOpened(t *testing.T) {
	t.Parallel()
	p := newPlatform(t)
	channel, _, _, err := p.client.OpenConversationContext(t.Context(), &slack.OpenConversationParameters{Users: []string{"U0001"}})
	if err != nil || channel.ID != sandbox.Direct("U0001") {
		t.Errorf("open conversation: %v, %v", channel, err)
	}
	_, _, _, err = p.client.OpenConversationContext(t.Context(), &slack.OpenConversationParameters{Users: []string{"U0404"}})
	refused(t, err, "user_not_found")
}
