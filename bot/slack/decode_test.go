package slack

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// commandFields are a slash command's, in the shape that Slack sends.
func commandFields() url.Values {
	return url.Values{
		"token":                 {"outdated"},
		"team_id":               {"T0ACME"},
		"team_domain":           {"acme"},
		"channel_id":            {"C0SALES"},
		"channel_name":          {"sales"},
		"user_id":               {"U0MIA"},
		"user_name":             {"mia"},
		"command":               {"/goal"},
		"text":                  {"progress +3"},
		"api_app_id":            {"A0WINS"},
		"is_enterprise_install": {"false"},
		"response_url":          {"https://hooks.slack.com/commands/T0ACME/10521386623270/6U66ryd5RNMenHgPzeTf3u7K"},
		"trigger_id":            {"10520020890661.10229338706656.2e2188a074adf3bf9f8456b30180f405"},
	}
}

var received = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

func TestCommandDecodes(t *testing.T) {
	t.Parallel()
	got, err := Commands{mustApp(t, Config{})}.Decode([]byte(commandFields().Encode()), received)
	if err != nil {
		t.Fatal(err)
	}
	want := commands.Request{
		ID: "10520020890661.10229338706656.2e2188a074adf3bf9f8456b30180f405", Workspace: "slack:T0ACME",
		Channel: "C0SALES", Member: "U0MIA", MemberName: "mia", Received: received, Text: "progress +3",
		ReplyTo: "https://hooks.slack.com/commands/T0ACME/10521386623270/6U66ryd5RNMenHgPzeTf3u7K",
	}
	equalRequests(t, got, want)
}

func TestCommandTextIsWhatTheMemberSaw(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text, want string
		members          []coaching.MemberID
		channels         []coaching.ChannelID
	}{
		{name: "nothing", text: "", want: ""},
		{name: "plain", text: "log +3 renewal Acme", want: "log +3 renewal Acme"},
		{name: "the three entities, once", text: "R&amp;D &lt;b&gt; &amp;lt; &quot; & &amp", want: "R&D <b> &lt; &quot; & &amp"},
		{name: "a mention", text: "list <@U0BEN|ben>", want: "list @U0BEN", members: []coaching.MemberID{"U0BEN"}},
		{name: "a mention without a name", text: "<@W0BEN> and <@U0MIA|mia>", want: "@W0BEN and @U0MIA", members: []coaching.MemberID{"W0BEN", "U0MIA"}},
		{name: "a mention typed by hand", text: "list &lt;@U0BEN&gt; @U0BEN", want: "list <@U0BEN> @U0BEN"},
		{name: "a channel", text: "settings nudge 09:00 <#C0SALES|sales>", want: "settings nudge 09:00 #C0SALES", channels: []coaching.ChannelID{"C0SALES"}},
		{name: "a private channel", text: "<#G0DEALS|>", want: "#G0DEALS", channels: []coaching.ChannelID{"G0DEALS"}},
		{name: "a goal's number", text: "show #12", want: "show #12"},
		{name: "a link", text: "see <https://acme.test/?a=1&amp;b=2|acme.test>", want: "see https://acme.test/?a=1&b=2"},
		{name: "a bare link", text: "<https://acme.test>", want: "https://acme.test"},
		{name: "an address that Slack made a link", text: "<mailto:mia@acme.test|mia@acme.test>", want: "mia@acme.test"},
		{name: "a figure that Slack took for a telephone number", text: "log <tel:+4500000|+4500000>", want: "log +4500000"},
		{name: "a broadcast", text: "<!channel> <!here|here>", want: "@channel here"},
		{name: "a group", text: "<!subteam^S0REPS|@reps>", want: "@reps"},
		{name: "an open bracket", text: "a < b <@U0", want: "a < b <@U0"},
		{name: "an empty reference", text: "<> <|x> <@> <@U0|", want: "<> <|x> @ <@U0|"},
		{name: "an id that is none", text: "<@U0 BEN|x>", want: "@U0 BEN"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := readText(test.text)
			if got.plain != test.want || !slices.Equal(got.members, test.members) || !slices.Equal(got.channels, test.channels) {
				t.Errorf("readText(%q) = %+v, want %q with %v and %v", test.text, got, test.want, test.members, test.channels)
			}
		})
	}
}

func TestCommandThatCannotBeRead(t *testing.T) {
	t.Parallel()
	app := Commands{mustApp(t, Config{})}
	with := func(name, value string) string {
		fields := commandFields()
		fields.Set(name, value)
		return fields.Encode()
	}
	without := func(name string) string {
		fields := commandFields()
		fields.Del(name)
		return fields.Encode()
	}
	whole := commandFields().Encode()
	tests := []struct{ name, body string }{
		{"empty", ""},
		{"JSON", `{"team_id":"T0ACME"}`},
		{"cut", whole[:len(whole)/2]},
		{"cut within an escape", whole + "%4"},
		{"bad percent encoding", whole + "&x=%zz"},
		{"not UTF-8", with("text", "\xff\xfe")},
		{"a field twice", whole + "&user_id=U0EVE"},
		{"a field twice, first empty", "user_id=&" + whole},
		{"giant", with("text", strings.Repeat("x", maxBody))},
		{"no team", without("team_id")},
		{"no user", without("user_id")},
		{"no channel", without("channel_id")},
		{"no trigger", without("trigger_id")},
		{"no command", without("command")},
		{"no response address", without("response_url")},
		{"a team that is no id", with("team_id", "T0/../T1")},
		{"a user that is no id", with("user_id", "<!channel>")},
		{"an answer over http", with("response_url", "http://hooks.slack.com/commands/T/1/x")},
		{"an answer to another host", with("response_url", "https://hooks.slack.com.evil.test/commands")},
		{"an answer to another port", with("response_url", "https://hooks.slack.com:8443/commands")},
		{"an answer with a user", with("response_url", "https://hooks.slack.com@evil.test/commands")},
		{"an answer into the network", with("response_url", "http://169.254.169.254/latest/meta-data")},
		{"an answer to a file", with("response_url", "file:///etc/passwd")},
		{"an answer without a host", with("response_url", "https:hooks.slack.com/commands")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := app.Decode([]byte(test.body), received)
			if !errors.Is(err, ErrMalformed) {
				t.Fatalf("Decode() error = %v, want one that wraps ErrMalformed", err)
			}
			if strings.Contains(err.Error(), "6U66ryd5RNMenHgPzeTf3u7K") || strings.Contains(err.Error(), "evil") {
				t.Errorf("the error %q quotes the request", err)
			}
		})
	}
}

func TestCertificateCheckIsIgnored(t *testing.T) {
	t.Parallel()
	app := mustApp(t, Config{})
	for name, decode := range map[string]func([]byte, time.Time) (commands.Request, error){
		"commands": Commands{app}.Decode, "interactions": Interactions{app}.Decode,
	} {
		if _, err := decode([]byte("ssl_check=1&token=outdated"), received); !errors.Is(err, commands.ErrIgnored) {
			t.Errorf("%s: Decode() error = %v, want ErrIgnored", name, err)
		}
	}
}

func TestAnswersMayGoToTheHostOfTheAPI(t *testing.T) {
	t.Parallel()
	tests := []struct {
		api, address string
		want         bool
	}{
		{"", "https://hooks.slack.com/commands/1", true},
		{"", "https://slack.com/commands/1", true},
		{"", "http://slack.com/commands/1", false},
		{"http://127.0.0.1:4000/api/", "http://127.0.0.1:4000/respond/1", true},
		{"http://127.0.0.1:4000/api/", "http://127.0.0.1:4001/respond/1", false},
		{"http://127.0.0.1:4000/api/", "http://hooks.slack.com/commands/1", false},
		{"https://chat.acme.test/api", "http://chat.acme.test/respond/1", false},
	}
	for _, test := range tests {
		if err := mustApp(t, Config{APIURL: test.api}).checkReplyTo(test.address); (err == nil) != test.want {
			t.Errorf("API at %q, answer to %q: %v, want allowed: %t", test.api, test.address, err, test.want)
		}
	}
}

func TestPressDecodes(t *testing.T) {
	t.Parallel()
	got, err := Interactions{mustApp(t, Config{})}.Decode([]byte(pressBody(pressPayload)), received)
	if err != nil {
		t.Fatal(err)
	}
	equalRequests(t, got, commands.Request{
		ID: "10215325802133.3901254001572.2e2548aa918b35fd85829545c2d4ae2b", Workspace: "slack:T0ACME",
		Channel: "C0SALES", Member: "U0MIA", MemberName: "mia", Received: received, Via: commands.ViaButton, Action: "log", Value: "12",
		ReplyTo: "https://hooks.slack.com/actions/T0ACME/10231680918177/hMWwGmzsWEYbB4BjtNump6kO",
	})
}

func TestOtherInteractionsAreIgnored(t *testing.T) {
	t.Parallel()
	app := Interactions{mustApp(t, Config{})}
	for _, payload := range []string{
		`{"type":"view_submission","view":{"id":"V0"}}`, `{"type":"block_actions","actions":[{"type":"radio_buttons","action_id":"x"}]}`, `{"type":"view_closed"}`, `{"type":"shortcut"}`,
		`{"type":"message_action"}`, `{"type":"block_suggestion"}`, `{"type":"of_next_year"}`,
		`{"type":"block_actions","actions":[{"type":"static_select","action_id":"x"}]}`,
	} {
		_, err := app.Decode([]byte(pressBody(payload)), received)
		var unsupported *UnsupportedError
		if !errors.As(err, &unsupported) || !errors.Is(err, commands.ErrIgnored) {
			t.Errorf("Decode(%s) error = %v, want an UnsupportedError that is ErrIgnored", payload, err)
		}
	}
}

func TestPressThatCannotBeRead(t *testing.T) {
	t.Parallel()
	app := Interactions{mustApp(t, Config{})}
	change := func(old, replacement string) string {
		if !strings.Contains(pressPayload, old) {
			t.Fatalf("the payload has no %s", old)
		}
		return pressBody(strings.ReplaceAll(pressPayload, old, replacement))
	}
	tests := []struct{ name, body string }{
		{"empty", ""},
		{"no payload", "token=x"},
		{"an empty payload", "payload="},
		{"two payloads", pressBody(pressPayload) + "&payload=%7B%7D"},
		{"bare JSON", pressPayload},
		{"not JSON", pressBody("payload")},
		{"cut JSON", pressBody(pressPayload[:len(pressPayload)/2])},
		{"two documents", pressBody(pressPayload + pressPayload)},
		{"no type", pressBody("{}")},
		{"null", pressBody("null")},
		{"no actions", pressBody(`{"type":"block_actions","actions":[]}`)},
		{"actions of another shape", pressBody(`{"type":"block_actions","actions":{"a":1}}`)},
		{"no team", change(`"T0ACME"`, `""`)},
		{"no user", change(`"id": "U0MIA"`, `"id": ""`)},
		{"no trigger", change(`"trigger_id"`, `"trigger"`)},
		{"an action of nothing but its number", change(`"log~0"`, `"~0"`)},
		{"an answer elsewhere", change("hooks.slack.com", "hooks.evil.test")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if _, err := app.Decode([]byte(test.body), received); !errors.Is(err, ErrMalformed) {
				t.Errorf("Decode() error = %v, want one that wraps ErrMalformed", err)
			}
		})
	}
}

func TestDecodeKeepsNoReferenceToTheBody(t *testing.T) {
	t.Parallel()
	body := []byte(commandFields().Encode())
	got, err := Commands{mustApp(t, Config{})}.Decode(body, received)
	if err != nil {
		t.Fatal(err)
	}
	for i := range body {
		body[i] = '!'
	}
	if got.Text != "progress +3" || got.Member != "U0MIA" {
		t.Errorf("the request changed with the body: %+v", got)
	}
}

func FuzzDecodeCommand(f *testing.F) {
	for _, text := range []string{"progress +3", "list <@U0BEN|ben>", "R&amp;D <https://a.test|a>", "<#C0|", "ยอดขาย ๑๒"} {
		fields := commandFields()
		fields.Set("text", text)
		f.Add([]byte(fields.Encode()))
	}
	f.Add([]byte("ssl_check=1&token=x"))
	f.Add([]byte("a=%zz&&=;"))
	f.Fuzz(func(t *testing.T, body []byte) {
		checkDecoded(t, Commands{mustApp(t, Config{})}.Decode, body)
	})
}

func FuzzDecodePress(f *testing.F) {
	f.Add([]byte(pressBody(pressPayload)))
	f.Add([]byte(pressBody(`{"type":"view_submission"}`)))
	f.Add([]byte("payload=%7B%22type%22%3A1%7D"))
	f.Fuzz(func(t *testing.T, body []byte) {
		checkDecoded(t, Interactions{mustApp(t, Config{})}.Decode, body)
	})
}

func FuzzReadText(f *testing.F) {
	for _, text := range []string{"", "<@U0|x>", "&amp;lt;", "<<@U0>>", "<!date^1^{date}|x>", "&<&>"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := readText(text)
		for _, member := range got.members {
			if !isID(string(member)) || !strings.Contains(got.plain, "@"+string(member)) {
				t.Errorf("readText(%q) mentions %q, text %q", text, member, got.plain)
			}
		}
		if utf8.ValidString(text) && !utf8.ValidString(got.plain) {
			t.Errorf("readText(%q) = %q, which is not UTF-8", text, got.plain)
		}
	})
}

// checkDecoded checks that a request is either refused by a known error or
// complete.
func checkDecoded(t *testing.T, decode func([]byte, time.Time) (commands.Request, error), body []byte) {
	t.Helper()
	request, err := decode(body, received)
	switch {
	case errors.Is(err, ErrMalformed), errors.Is(err, commands.ErrIgnored):
	case err != nil:
		t.Errorf("Decode(%q) error = %v, of no known kind", body, err)
	case !isID(request.ID), !isID(string(request.Member)), !strings.HasPrefix(string(request.Workspace), "slack:"), !utf8.ValidString(request.Text):
		t.Errorf("Decode(%q) = %+v, incomplete", body, request)
	}
}

func equalRequests(t *testing.T, got, want commands.Request) {
	t.Helper()
	if !slices.Equal(got.Mentions, want.Mentions) {
		t.Errorf("mentions = %v, want %v", got.Mentions, want.Mentions)
	}
	got.Mentions, want.Mentions = nil, nil
	if g, w := plainRequest(got), plainRequest(want); g != w {
		t.Errorf("Decode() =\n%+v, want\n%+v", g, w)
	}
}

// plainRequest is a request without what cannot be compared by ==.
func plainRequest(r commands.Request) [11]string {
	return [11]string{
		r.ID, string(r.Workspace), string(r.Channel), string(r.Member), r.MemberName, r.Locale,
		r.Received.String(), r.Text, r.Action + " " + r.Value, r.ReplyTo, string(r.Via),
	}
}
