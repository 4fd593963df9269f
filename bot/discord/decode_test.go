package discord

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// common is what every fixture says of who asked.
func common() commands.Request {
	return commands.Request{
		ID: "1457536583141163186", Workspace: "discord:1457468924290662599", Channel: "1457510428359004343",
		Member: "1033044521375764530", MemberName: "Mia", Locale: "th", Received: testNow,
		Profile: &coaching.Profile{Name: "Mia", Locale: "th", Groups: []string{"1457473602180878604"}},
	}
}

const testOrigin = "1457469483726668048/aW50ZXJhY3Rpb24_6MTQ1NzU-NjU4/"

func TestInteractionsAreRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		body []byte
		want func(*commands.Request)
	}{
		{"a command without options", asked(2, typed("undo"), nil), func(r *commands.Request) {
			r.Text, r.ReplyTo = "undo", testOrigin+"command"
		}},
		{"options in the order of the grammar", asked(2, typed("log", given("note", 3, "renewal  Acme"), given("amount", 3, "+3"), given("goal", 3, "#12")), nil), func(r *commands.Request) {
			r.Text, r.ReplyTo = "log #12 +3 renewal  Acme", testOrigin+"command"
		}},
		{"a member", asked(2, typed("list", given("member", 6, "809850198683418695")), nil), func(r *commands.Request) {
			r.Text, r.ReplyTo = "list @809850198683418695", testOrigin+"command"
			r.Mentions = []coaching.MemberID{"809850198683418695"}
		}},
		{"mentions within text", asked(2, typed("settings", given("setting", 3, "nudge"), given("value", 3, "09:00 Mon-Fri <#42> <@!7> <@8> <@&9> <x> a<b <t:1>")), nil), func(r *commands.Request) {
			r.Text, r.ReplyTo = "settings nudge 09:00 Mon-Fri #42 @7 @8 @&9 <x> a<b <t:1>", testOrigin+"command"
			r.Mentions, r.Channels = []coaching.MemberID{"7", "8"}, []coaching.ChannelID{"42"}
			r.Groups = []commands.Group{{ID: "9", Text: "@&9"}}
		}},
		{"a role and a channel", asked(2, func() map[string]any {
			data := typed("settings", given("channel", 7, "42"), given("role", 8, "9"), given("setting", 3, "managers"))
			data["resolved"] = map[string]any{"roles": map[string]any{"9": map[string]any{"id": "9", "name": "Sales leads"}}}
			return data
		}(), nil), func(r *commands.Request) {
			r.Text, r.ReplyTo = "settings managers @Sales leads #42", testOrigin+"command"
			r.Channels, r.Groups = []coaching.ChannelID{"42"}, []commands.Group{{ID: "9", Text: "@Sales leads"}}
		}},
		{"an option that is being typed", asked(4, map[string]any{"name": "goal", "type": 1, "options": []any{map[string]any{
			"name": "log", "type": 1, "options": []any{given("amount", 3, "+3"), map[string]any{"name": "goal", "type": 3, "value": "de", "focused": true}},
		}}}, nil), func(r *commands.Request) {
			r.Via, r.Text, r.Completing, r.Answers = commands.ViaCompletion, "log +3", "goal", map[string][]string{"goal": {"de"}}
		}},
		{"a button in a message for all", asked(3, map[string]any{"component_type": 2, "custom_id": "goal_create|d1|x", "id": 2}, openly), func(r *commands.Request) {
			r.Via, r.Action, r.Value, r.ReplyTo = commands.ViaButton, "goal_create", "d1|x", testOrigin+"message"
		}},
		{"a choice that was pressed", asked(3, map[string]any{"component_type": 2, "custom_id": "dialog_answer/kind|d1.2|revenue"}, privately), func(r *commands.Request) {
			r.Via, r.Action, r.Value, r.ReplyTo = commands.ViaButton, commands.ActionAnswer, "d1.2", testOrigin+"private"
			r.Answers = map[string][]string{"kind": {"revenue"}}
		}},
		{"a choice of a select", asked(3, map[string]any{"component_type": 3, "custom_id": "dialog_answer/kind|d1.2", "values": []string{"churn"}}, privately), func(r *commands.Request) {
			r.Via, r.Action, r.Value, r.ReplyTo = commands.ViaButton, commands.ActionAnswer, "d1.2", testOrigin+"private"
			r.Answers = map[string][]string{"kind": {"churn"}}
		}},
		{"a form with labels", asked(5, map[string]any{"custom_id": "dialog_answer|d1.3", "components": []any{
			map[string]any{"type": 10, "id": 1},
			map[string]any{"type": 18, "id": 2, "component": map[string]any{"type": 4, "id": 3, "custom_id": "target", "value": "20"}},
			map[string]any{"type": 18, "id": 4, "component": map[string]any{"type": 3, "id": 5, "custom_id": "wins", "values": []string{"a", "b"}}},
			map[string]any{"type": 18, "id": 6, "component": map[string]any{"type": 4, "id": 7, "custom_id": "why", "value": ""}},
			map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": "old", "value": "form"}}},
		}}, privately), func(r *commands.Request) {
			r.Via, r.Action, r.Value, r.ReplyTo = commands.ViaForm, commands.ActionAnswer, "d1.3", testOrigin+"private_form"
			r.Answers = map[string][]string{"target": {"20"}, "wins": {"a", "b"}, "why": nil, "old": {"form"}}
		}},
		{"a form that a command opened", asked(5, map[string]any{"custom_id": "dialog_answer|d1.3", "components": []any{}}, nil), func(r *commands.Request) {
			r.Via, r.Action, r.Value, r.ReplyTo = commands.ViaForm, commands.ActionAnswer, "d1.3", testOrigin+"form"
			r.Answers = map[string][]string{}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, err := mustApp(t, Config{ApplicationID: "1457469483726668048"}).Decode(test.body, testNow)
			if err != nil {
				t.Fatal(err)
			}
			want := common()
			test.want(&want)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestWhoRunsTheServerIsAdmin(t *testing.T) {
	t.Parallel()
	for permissions, want := range map[string]bool{"32": true, "8": true, "2147483648": false, "9007199254740991": true, "": false, "all": false, "-8": false} {
		member := map[string]any{"nick": "Boss", "permissions": permissions, "roles": []string{}, "user": map[string]any{"id": "5", "username": "b"}}
		got, err := mustApp(t, Config{}).Decode(asked(2, typed("undo"), map[string]any{"member": member}), testNow)
		if err != nil || got.Profile.Admin != want || got.MemberName != "Boss" {
			t.Errorf("permissions %q: %+v %v, want admin %v", permissions, got.Profile, err, want)
		}
	}
}

func TestMessageToTheBotAloneHasNoWorkspace(t *testing.T) {
	t.Parallel()
	body := asked(2, typed("undo"), map[string]any{
		"guild_id": "", "member": nil, "user": map[string]any{"id": "5", "username": "mia_k"},
	})
	got, err := mustApp(t, Config{}).Decode(body, testNow)
	if err != nil || got.Workspace != "" || got.Member != "5" || got.Profile != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPingIsAnsweredByPong(t *testing.T) {
	t.Parallel()
	_, err := mustApp(t, Config{}).Decode([]byte(`{"application_id":"1","id":"2","token":"t","type":1,"version":1}`), testNow)
	var handshake *commands.Handshake
	if !errors.As(err, &handshake) || string(handshake.Body) != `{"type":1}` {
		t.Errorf("a ping gives %v", err)
	}
}

func TestWhatCannotBeReadIsSaidWithoutQuotingIt(t *testing.T) {
	t.Parallel()
	command := typed("log", given("note", 3, "SECRET"))
	for name, body := range map[string][]byte{
		"no JSON":                    []byte("SECRET"),
		"not UTF-8":                  []byte("{\"type\":2,\"id\":\"\xff\"}"),
		"a type that is text":        asked(2, command, map[string]any{"type": "SECRET"}),
		"an id that is none":         asked(2, command, map[string]any{"id": "SECRET"}),
		"nobody":                     asked(2, command, map[string]any{"member": nil}),
		"a member without an id":     asked(2, command, map[string]any{"member": map[string]any{"user": map[string]any{}}}),
		"a server that is none":      asked(2, command, map[string]any{"guild_id": "a:b"}),
		"a channel that is none":     asked(2, command, map[string]any{"channel_id": "../x"}),
		"a token that is an address": asked(2, command, map[string]any{"token": "a/../../b"}),
		"another application":        asked(2, command, map[string]any{"application_id": "9"}),
		"a subcommand of spaces":     asked(2, typed("log SECRET"), nil),
		"a button without a value":   asked(3, map[string]any{"component_type": 2, "custom_id": "hello"}, openly),
		"a form without an id":       asked(5, map[string]any{"components": []any{}}, nil),
	} {
		_, err := mustApp(t, Config{ApplicationID: "1457469483726668048"}).Decode(body, testNow)
		if !errors.Is(err, ErrMalformed) || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsNotOursIsIgnored(t *testing.T) {
	t.Parallel()
	other := typed("log")
	other["name"] = "poll"
	userCommand := typed("log")
	userCommand["type"] = 2
	for name, body := range map[string][]byte{
		"another command":    asked(2, other, nil),
		"a command of users": asked(2, userCommand, nil),
		"no subcommand":      asked(2, map[string]any{"name": "goal", "type": 1}, nil),
		"a new kind":         asked(99, nil, nil),
		"nothing typed":      asked(4, typed("log"), nil),
	} {
		if _, err := mustApp(t, Config{}).Decode(body, testNow); !errors.Is(err, commands.ErrIgnored) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCustomIDsComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	for _, id := range []customID{
		{action: "goal_create", value: "d1"},
		{action: "goal_log", value: "#1 12|3/4"},
		{action: "dialog_answer", value: "d1.2", field: "kind"},
		{action: "dialog_answer", value: "d1.2", field: "kind", choice: "a|b/c"},
		{action: "dialog_drop", value: ""},
	} {
		if got, ok := parseCustomID(id.String()); !ok || got != id {
			t.Errorf("%q is read as %+v, %v", id.String(), got, ok)
		}
	}
}

// FuzzDecode wants that whatever Discord could have signed is read, refused or
// ignored, that ids stay what goes into keys, and that no error quotes it.
func FuzzDecode(f *testing.F) {
	f.Add(asked(2, typed("log", given("goal", 3, "#12"), given("amount", 3, "+3")), nil))
	f.Add(asked(4, typed("log", map[string]any{"name": "goal", "type": 3, "value": "de", "focused": true}), nil))
	f.Add(asked(3, map[string]any{"component_type": 3, "custom_id": "dialog_answer/kind|d1.2", "values": []string{"churn"}}, privately))
	f.Add(asked(5, map[string]any{"custom_id": "dialog_answer|d1.3", "components": []any{
		map[string]any{"type": 18, "component": map[string]any{"type": 4, "custom_id": "target", "value": "20"}},
	}}, openly))
	f.Add([]byte(`{"type":1}`))
	app := mustApp(f, Config{})
	f.Fuzz(func(t *testing.T, body []byte) {
		request, err := app.Decode(body, testNow)
		var handshake *commands.Handshake
		switch {
		case err == nil:
		case errors.Is(err, ErrMalformed), errors.Is(err, commands.ErrIgnored), errors.As(err, &handshake):
			return
		default:
			t.Fatalf("an error of no kind: %v", err)
		}
		if !isSnowflake(request.ID) || !isSnowflake(string(request.Member)) || strings.Count(string(request.Workspace), ":") > 1 {
			t.Errorf("ids that mean something in a key: %+v", request)
		}
		if _, ok := parseOrigin(request.ReplyTo); !ok && request.Via != commands.ViaCompletion {
			t.Errorf("an answer has no place to go: %q", request.ReplyTo)
		}
		if request.Action == "" && request.Text == "" {
			t.Error("nothing was asked")
		}
	})
}

// Recorded payloads of real servers. Their buttons are another bot's, so they
// get one of ours.
func TestRecordedPressesAreRead(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("testdata", "recorded.json"))
	if err != nil {
		t.Fatal(err)
	}
	var recorded map[string]json.RawMessage
	if err := json.Unmarshal(text, &recorded); err != nil {
		t.Fatal(err)
	}
	app := mustApp(t, Config{})
	for name, workspace := range map[string]coaching.WorkspaceID{"press": "discord:1457468924290662599"} {
		if _, err := app.Decode(recorded[name], testNow); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: another bot's button gives %v", name, err)
		}
		var body map[string]any
		if err := json.Unmarshal(recorded[name], &body); err != nil {
			t.Fatal(err)
		}
		body["data"].(map[string]any)["custom_id"] = "goal_create|d1"
		ours, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := app.Decode(ours, testNow)
		if err != nil || got.Action != "goal_create" || got.Value != "d1" || got.Workspace != workspace || got.MemberName == "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
