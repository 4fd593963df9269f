package slack

import (
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/commands"
)

// The payloads under testdata have the shape of ones that Slack sent, with
// names of our own.
func payload(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestFormDecodes(t *testing.T) {
	t.Parallel()
	got, err := Interactions{mustApp(t, Config{})}.Decode([]byte(pressBody(payload(t, "submission"))), received)
	if err != nil {
		t.Fatal(err)
	}
	equalRequests(t, got, commands.Request{
		ID: "10348409668983.10229338706656.91080fe083940dcea332270e757368a5", Workspace: "slack:T0ACME",
		Member: "U0MIA", MemberName: "mia", Received: received, Via: commands.ViaForm, Action: commands.ActionAnswer, Value: "d01HX:2",
		ReplyTo: "form:V0AB2P1M2HX:1769220167.xL0qFbBd",
	})
	want := map[string][]string{
		"target": {"+3%"}, "why": {}, "tier": {"440000"}, "goal": {}, "stages": {"c2", "c4"}, "who": {"U0BEN"}, "until": {"2026-06-30"},
	}
	if !maps.EqualFunc(got.Answers, want, slices.Equal) {
		t.Errorf("answers %v, want %v", got.Answers, want)
	}
}

func TestFormThatIsNotOfAPrompt(t *testing.T) {
	t.Parallel()
	app := Interactions{mustApp(t, Config{})}
	good := payload(t, "submission")
	for name, test := range map[string]struct {
		old, new string
		want     error
	}{
		"of another view": {`"callback_id": "prompt"`, `"callback_id": "poll"`, commands.ErrIgnored},
		"closed":          {`"view_submission"`, `"view_closed"`, commands.ErrIgnored},
		"without a token": {`"private_metadata": "d01HX:2"`, `"private_metadata": ""`, ErrMalformed},
		"of no view":      {`"view": {`, `"sight": {`, ErrMalformed},
		"of an odd view":  {`"id": "V0AB2P1M2HX"`, `"id": "V0:../x"`, ErrMalformed},
		"with odd values": {`{"values": {`, `{"values": [], "v": {`, ErrMalformed},
	} {
		if !strings.Contains(good, test.old) {
			t.Fatalf("%s: the payload has no %s", name, test.old)
		}
		_, err := app.Decode([]byte(pressBody(strings.Replace(good, test.old, test.new, 1))), received)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func TestPressesOnPromptsDecode(t *testing.T) {
	t.Parallel()
	app := Interactions{mustApp(t, Config{})}
	const action = `{"type": "button", "block_id": "P0z+f", "action_id": "log~0", "value": "12", "text": {"type": "plain_text", "text": "Log progress", "emoji": false}, "action_ts": "1767326130.289415"}`
	const state = `"state": {"values": {}}`
	filled := `"state": {"values": {"ask:target:d1:2": {"target": {"type": "plain_text_input", "value": "5"}}, "ask:target:d1:1": {"target": {"type": "plain_text_input", "value": "old"}}}}`
	view := `"state": {"values": {}}, "view": {"id": "V1", "hash": "1.ab", "type": "modal", "callback_id": "prompt", "private_metadata": "d1:2", "state": {"values": {}}}`
	home := `"view": {"id": "V2", "hash": "1.ab", "type": "home", "state": {"values": {}}}`
	const link = "https://hooks.slack.com/actions/T0ACME/10231680918177/hMWwGmzsWEYbB4BjtNump6kO"
	for name, test := range map[string]struct {
		action, state string
		want          commands.Request
		answers       map[string][]string
	}{
		"a choice pressed": {
			`{"type": "button", "block_id": "ask:tier:d1:2", "action_id": "dialog_answer~1", "value": "440000"}`, state,
			commands.Request{Via: commands.ViaButton, Action: "dialog_answer", Value: "d1:2", ReplyTo: link},
			map[string][]string{"tier": {"440000"}},
		},
		"a choice selected": {
			`{"type": "static_select", "block_id": "ask:goal:d1:2", "action_id": "dialog_answer", "selected_option": {"value": "c3"}}`, state,
			commands.Request{Via: commands.ViaButton, Action: "dialog_answer", Value: "d1:2", ReplyTo: link},
			map[string][]string{"goal": {"c3"}},
		},
		"a form in a message sent": {
			`{"type": "button", "block_id": "b3", "action_id": "dialog_answer~0", "value": "d1:2"}`, filled,
			commands.Request{Via: commands.ViaButton, Action: "dialog_answer", Value: "d1:2", ReplyTo: link},
			map[string][]string{"target": {"5"}},
		},
		"a choice pressed in direct messages": {
			`{"type": "button", "block_id": "talk:ask:tier:d1:2", "action_id": "dialog_answer~1", "value": "440000"}`, state,
			commands.Request{Via: commands.ViaButton, Action: "dialog_answer", Value: "d1:2", ReplyTo: "talk:" + link},
			map[string][]string{"tier": {"440000"}},
		},
		"any select": {
			`{"type": "static_select", "block_id": "b3", "action_id": "goal_log~0", "selected_option": {"value": "#12"}}`, state,
			commands.Request{Via: commands.ViaButton, Action: "goal_log", Value: "#12", ReplyTo: link},
			nil,
		},
		"back in a modal": {
			`{"type": "button", "block_id": "b3", "action_id": "dialog_back~0", "value": "d1:2"}`, view,
			commands.Request{Via: commands.ViaButton, Action: "dialog_back", Value: "d1:2", ReplyTo: "form:V1:1.ab"},
			nil,
		},
		"a press on the home page": {
			`{"type": "button", "block_id": "b3", "action_id": "win_done~0", "value": "w1"}`, home,
			commands.Request{Via: commands.ViaHome, Action: "win_done", Value: "w1", ReplyTo: "home:"},
			nil,
		},
	} {
		body := strings.Replace(strings.Replace(pressPayload, action, test.action, 1), state, test.state, 1)
		got, err := app.Decode([]byte(pressBody(body)), received)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		test.want.ID, test.want.Workspace, test.want.Channel = got.ID, "slack:T0ACME", "C0SALES"
		test.want.Member, test.want.MemberName, test.want.Received = "U0MIA", "mia", received
		equalRequests(t, got, test.want)
		if !maps.EqualFunc(got.Answers, test.answers, slices.Equal) {
			t.Errorf("%s: answers %v, want %v", name, got.Answers, test.answers)
		}
	}
}

func TestEventsDecode(t *testing.T) {
	t.Parallel()
	app := Events{mustApp(t, Config{})}
	got, err := app.Decode([]byte(payload(t, "direct")), received)
	if err != nil {
		t.Fatal(err)
	}
	equalRequests(t, got, commands.Request{
		ID: "Ev0AFKSS1NKD", Workspace: "slack:T0ACME", Channel: "D0MIA", Member: "U0MIA", Received: received,
		Via: commands.ViaDirect, Text: "we want to grow MRR with @U0BEN & co", ReplyTo: "direct:D0MIA", Mentions: got.Mentions,
	})
	if !got.Repeats || len(got.Mentions) != 1 || got.Mentions[0] != "U0BEN" {
		t.Errorf("repeats %t, mentions %v", got.Repeats, got.Mentions)
	}
	opened, err := app.Decode([]byte(payload(t, "home_opened")), received)
	if err != nil {
		t.Fatal(err)
	}
	equalRequests(t, opened, commands.Request{
		ID: "Ev0HOME", Workspace: "slack:T0ACME", Member: "U0MIA", Received: received, Via: commands.ViaHome, ReplyTo: "home:",
	})
}

func TestEventsThatAreNoConcernOfTheBotsAreIgnored(t *testing.T) {
	t.Parallel()
	app := Events{mustApp(t, Config{})}
	direct, opened := payload(t, "direct"), payload(t, "home_opened")
	for name, body := range map[string]string{
		"a type of next year":    strings.Replace(direct, `"type": "message"`, `"type": "of_next_year"`, 1),
		"an uninstalled app":     strings.Replace(direct, `"type": "message"`, `"type": "app_uninstalled"`, 1),
		"a revoked token":        `{"type":"event_callback","team_id":"T1","event_id":"E1","event":{"type":"tokens_revoked","tokens":{"bot":["U0BOT"]}}}`,
		"the bot's own":          strings.Replace(direct, `"user": "U0MIA"`, `"user": "U0BOT", "bot_id": "B0BOT"`, 1),
		"an edit":                strings.Replace(direct, `"type": "message"`, `"type": "message", "subtype": "message_changed"`, 1),
		"a join":                 strings.Replace(direct, `"type": "message"`, `"type": "message", "subtype": "channel_join"`, 1),
		"one in a channel":       strings.Replace(direct, `"channel_type": "im"`, `"channel_type": "channel"`, 1),
		"one in a group":         strings.Replace(direct, `"channel_type": "im"`, `"channel_type": "mpim"`, 1),
		"another workspace's":    strings.Replace(direct, `"team": "T0ACME"`, `"team": "T0OTHER"`, 1),
		"the messages tab":       strings.Replace(opened, `"tab": "home"`, `"tab": "messages"`, 1),
		"a limit that is passed": `{"type":"app_rate_limited","team_id":"T0ACME","minute_rate_limited":1}`,
	} {
		if _, err := app.Decode([]byte(body), received); !errors.Is(err, commands.ErrIgnored) {
			t.Errorf("%s: %v, want ErrIgnored", name, err)
		}
	}
	shared := strings.Replace(direct, `"type": "message"`, `"type": "message", "subtype": "file_share"`, 1)
	if request, err := app.Decode([]byte(shared), received); err != nil || request.Text == "" {
		t.Errorf("a message with a file: %v", err)
	}
}

func TestEventsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	app := Events{mustApp(t, Config{})}
	direct := payload(t, "direct")
	for name, body := range map[string]string{
		"empty": "", "a form": "payload=%7B%7D", "cut": direct[:len(direct)/2], "null": "null", "a list": "[]",
		"no event":           `{"type":"event_callback","team_id":"T1","event_id":"E1"}`,
		"no user":            strings.Replace(direct, `"user": "U0MIA"`, `"user": ""`, 1),
		"an odd user":        strings.Replace(direct, `"user": "U0MIA"`, `"user": "<!channel>"`, 1),
		"no event id":        strings.Replace(direct, `"event_id"`, `"event_no"`, 1),
		"no team":            strings.Replace(direct, `"team_id": "T0ACME"`, `"team_id": ""`, 1),
		"an odd channel":     strings.Replace(direct, `"D0MIA"`, `"D0/../C0"`, 1),
		"giant":              `{"type":"` + strings.Repeat("x", maxBody) + `"}`,
		"an event of a list": `{"type":"event_callback","team_id":"T1","event_id":"E1","event":[1]}`,
	} {
		if _, err := app.Decode([]byte(body), received); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v, want ErrMalformed", name, err)
		}
	}
}

func TestAddressIsVerified(t *testing.T) {
	t.Parallel()
	_, err := Events{mustApp(t, Config{})}.Decode([]byte(`{"type":"url_verification","token":"outdated","challenge":"3eZbrw1a\"<B>"}`), received)
	var handshake *commands.Handshake
	if !errors.As(err, &handshake) || string(handshake.Body) != `{"challenge":"3eZbrw1a\"\u003cB\u003e"}` {
		t.Errorf("Decode() = %v", err)
	}
}

func FuzzDecodeEvent(f *testing.F) {
	f.Add([]byte(payload(f, "direct")))
	f.Add([]byte(payload(f, "home_opened")))
	f.Add([]byte(`{"type":"url_verification","challenge":"c"}`))
	app := Events{mustApp(f, Config{})}
	f.Fuzz(func(t *testing.T, body []byte) {
		var handshake *commands.Handshake
		if _, err := app.Decode(body, received); errors.As(err, &handshake) {
			return
		}
		checkDecoded(t, app.Decode, body)
	})
}

func FuzzDecodeForm(f *testing.F) {
	f.Add(payload(f, "submission"))
	f.Add(pressPayload)
	app := Interactions{mustApp(f, Config{})}
	f.Fuzz(func(t *testing.T, payload string) {
		checkDecoded(t, app.Decode, []byte(pressBody(payload)))
	})
}

func TestModalKeepsSpeakingTheMembersLanguage(t *testing.T) {
	t.Parallel()
	app := mustApp(t, Config{Signs: func(locale string) commands.Signs {
		return commands.Signs{Working: "working in " + locale, Close: "close in " + locale}
	}})
	reply := goldenPrompts()["line"]
	for name, test := range map[string]struct{ told, known, want string }{
		"the member's own, which the request does not tell": {"", "th-TH", "th-TH"},
		"the member's own rather than the client's":         {"en-US", "th-TH", "th-TH"},
		"the client's where no other is known":              {"en-US", "", "en-US"},
	} {
		reply.Language = test.known
		view := app.modal(commands.Request{Locale: test.told}, reply)
		if got := view.Close.Text; got != "close in "+test.want {
			t.Errorf("%s: the form closes with %q", name, got)
		}
		body := strings.Replace(payload(t, "submission"), `"callback_id": "prompt"`, `"callback_id": "`+view.CallbackID+`"`, 1)
		request, err := Interactions{app}.Decode([]byte(pressBody(body)), received)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(Interactions{app}.Wait(request)); !strings.Contains(got, "working in "+test.want) || !strings.Contains(got, "close in "+test.want) {
			t.Errorf("%s: whoever waits reads %s", name, got)
		}
		if request.Locale != "" {
			t.Errorf("%s: the form's language became the member's: %q", name, request.Locale)
		}
	}
}
