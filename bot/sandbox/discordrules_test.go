package sandbox_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
)

// message is a body that Discord takes, with one component inside its container.
func discordMessage(components ...string) string {
	return `{"flags":32768,"allowed_mentions":{"parse":[]},"components":[{"type":17,"components":[` + strings.Join(components, ",") + `]}]}`
}

func row(components ...string) string {
	return `{"type":1,"components":[` + strings.Join(components, ",") + `]}`
}

func pressable(id string) string {
	return `{"type":2,"style":1,"label":"Press","custom_id":"` + id + `"}`
}

func TestDiscordsContractTellsGoodBodiesFromBad(t *testing.T) {
	t.Parallel()
	said := func(text string) string { return `{"type":10,"content":"` + text + `"}` }
	many := make([]string, 40)
	for i := range many {
		many[i] = said("x")
	}
	menu := `{"type":3,"custom_id":"m","options":[{"label":"A","value":"a"},{"label":"B","value":"b"}]}`
	form := func(components ...string) string {
		return `{"type":9,"data":{"custom_id":"f","title":"T","components":[` + strings.Join(components, ",") + `]}}`
	}
	label := func(id string) string {
		return `{"type":18,"label":"L","component":{"type":4,"custom_id":"` + id + `","style":1,"max_length":5}}`
	}
	for _, test := range []struct {
		name string
		kind sandbox.DiscordBody
		body string
		bad  string // a part of the complaint, empty for a good body
	}{
		{"a message", sandbox.DiscordEdit, discordMessage(said("hello"), row(pressable("a"), pressable("b")), row(menu)), ""},
		{"no JSON", sandbox.DiscordEdit, `{`, "not JSON"},
		{"an unknown property", sandbox.DiscordEdit, strings.Replace(discordMessage(said("x")), `"type":17`, `"type":17,"colour":1`, 1), "colour"},
		{"an unknown type", sandbox.DiscordEdit, discordMessage(`{"type":99}`), "oneOf"},
		{"text beside components", sandbox.DiscordEdit, `{"flags":32768,"content":"x","allowed_mentions":{"parse":[]},"components":[]}`, "components alone"},
		{"mentions that may act", sandbox.DiscordEdit, strings.Replace(discordMessage(said("x")), `{"parse":[]}`, `{"parse":["everyone"]}`, 1), "mentions"},
		{"mentions that nobody limited", sandbox.DiscordEdit, strings.Replace(discordMessage(said("x")), `"allowed_mentions":{"parse":[]},`, ``, 1), "mentions"},
		{"an id twice", sandbox.DiscordEdit, discordMessage(row(pressable("a"), pressable("a"))), "twice"},
		{"an id that is too long", sandbox.DiscordEdit, discordMessage(row(pressable(strings.Repeat("a", 101)))), "custom_id"},
		{"six buttons in a row", sandbox.DiscordEdit, discordMessage(row(pressable("1"), pressable("2"), pressable("3"), pressable("4"), pressable("5"), pressable("6"))), "row"},
		{"a select beside a button", sandbox.DiscordEdit, discordMessage(row(menu, pressable("a"))), "row"},
		{"41 components", sandbox.DiscordEdit, discordMessage(many...), "components in all"},
		{"4,001 characters", sandbox.DiscordEdit, discordMessage(said(strings.Repeat("x", 2000)), said(strings.Repeat("x", 2001))), "characters of text"},
		{"an empty text", sandbox.DiscordEdit, discordMessage(said(" ")), "spaces"},
		{"a post that may be doubled", sandbox.DiscordMessage, discordMessage(said("x")), "doubled"},
		{"a form", sandbox.DiscordResponse, form(label("a"), label("b")), ""},
		{"a form of six", sandbox.DiscordResponse, form(label("a"), label("b"), label("c"), label("d"), label("e"), label("f")), "in a form"},
		{"a field twice", sandbox.DiscordResponse, form(label("a"), label("a")), "twice"},
		{"a private answer", sandbox.DiscordResponse, `{"type":4,"data":` + discordMessage(said("x")) + `}`, ""},
		{"what is required behind what is not", sandbox.DiscordCommands, `[{"name":"goal","description":"d","options":[{"type":1,"name":"log","description":"d","options":[
			{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]}]}]`, "required behind"},
		{"an option twice", sandbox.DiscordCommands, `[{"name":"goal","description":"d","options":[{"type":1,"name":"log","description":"d"},{"type":1,"name":"log","description":"d"}]}]`, "twice"},
	} {
		if !json.Valid([]byte(test.body)) && test.name != "no JSON" {
			t.Fatalf("%s: the case is no JSON: %s", test.name, test.body)
		}
		err := sandbox.CheckDiscord(test.kind, []byte(test.body))
		if (err == nil) != (test.bad == "") || err != nil && !strings.Contains(fmt.Sprint(err), test.bad) {
			t.Errorf("%s: %v, want %q", test.name, err, test.bad)
		}
	}
}
