package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/discord"
	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

// The ids of the Discord server that tests talk in.
const (
	discordApplication = "1457469483726668048"
	discordServer      = "1457468924290662599"
	discordSales       = "1457510428359004343"
	discordToken       = "bot-token"
)

var (
	discordKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	nokThere   = sandbox.Member{ID: "1033044521375764530", Name: "Nok", Handle: "nok"}
	bossThere  = sandbox.Member{ID: "1033044521375764531", Name: "Boss", Handle: "boss", Admin: true}
)

// discordChat is a member in front of Discord, whose interactions reach a server
// under test signed, and are answered to as Discord's are.
type discordChat struct {
	testing.TB
	base    string
	member  sandbox.Member
	discord *sandbox.DiscordAPI
	url     string
	now     func() time.Time
	client  *http.Client
	// twice does everything two times, as an impatient member does.
	twice bool
	// at is the interaction whose answer is in front of the member.
	at string
}

func newDiscord(t *testing.T, now func() time.Time) *discordChat {
	t.Helper()
	api := sandbox.NewDiscordAPI(sandbox.DiscordConfig{
		Application: discordApplication, Bot: discordApplication, Server: discordServer, Token: discordToken,
		Channels: []sandbox.Channel{{ID: discordSales, Name: "sales"}}, Now: now,
	})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &discordChat{
		TB: t, member: nokThere, discord: api, url: server.URL + "/api/v10", now: now,
		client: &http.Client{Transport: transport, Timeout: 10 * time.Second},
	}
}

func (d *discordChat) config(dir string) Config {
	return Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: dir, MongoDBDatabase: "smallwins", LogFormat: "text",
		DiscordPublicKey: hex.EncodeToString(discordKey.Public().(ed25519.PublicKey)), DiscordApplicationID: discordApplication,
		DiscordBotToken: discordToken, DiscordAPIURL: d.url, SlackAPIURL: "https://slack.com/api/",
	}
}

// newDiscordChat starts a server that talks to Discord alone.
func newDiscordChat(t *testing.T) (*discordChat, func()) {
	t.Helper()
	clock := &testClock{now: aTuesday}
	chat := newDiscord(t, clock.Now)
	dir := t.TempDir()
	var stop func()
	chat.base, stop = startApp(t, chat.config(dir), clock.Now)
	return chat, func() {
		stop()
		chat.base, stop = startApp(t, chat.config(dir), clock.Now)
	}
}

// as is the same place seen by another member.
func (d *discordChat) as(member sandbox.Member) *discordChat {
	other := *d
	other.member, other.at = member, ""
	return &other
}

// sendsSigned posts a body as Discord does.
func (d *discordChat) sendsSigned(body []byte, key ed25519.PrivateKey, at time.Time) (int, []byte) {
	d.Helper()
	request, err := http.NewRequest(http.MethodPost, d.base+"/discord/interactions", bytes.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(discord.TimestampHeader, strconv.FormatInt(at.Unix(), 10))
	request.Header.Set(discord.SignatureHeader, discord.Sign(key, at.Unix(), body))
	response, err := d.client.Do(request)
	if err != nil {
		d.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		d.Fatal(err)
	}
	return response.StatusCode, answer
}

// does begins an interaction, waits until it is answered for good, and returns
// its token.
func (d *discordChat) does(ask sandbox.DiscordAsk) string {
	d.Helper()
	ask.Member, ask.Channel = d.member, discordSales
	times := 1
	if d.twice {
		times = 2
	}
	for range times {
		body, token, err := d.discord.Interact(ask)
		if err != nil {
			d.Fatal(err)
		}
		began := time.Now()
		status, answer := d.sendsSigned(body, discordKey, d.now())
		if status != http.StatusOK {
			d.Fatalf("status %d: %s", status, answer)
		}
		if err := d.discord.Respond(token, time.Since(began), answer); err != nil {
			d.Fatalf("%v: %s", err, answer)
		}
		d.at = token
		var sent struct {
			Type int `json:"type"`
		}
		_ = json.Unmarshal(answer, &sent)
		if sent.Type == 5 || sent.Type == 6 {
			d.awaitsLate(token)
		}
	}
	return d.at
}

// awaitsLate waits for the answer to an interaction that was acknowledged.
func (d *discordChat) awaitsLate(token string) {
	d.Helper()
	ctx, cancel := context.WithTimeout(d.Context(), latest)
	defer cancel()
	if err := d.discord.Await(ctx, func() bool { return d.discord.AnsweredLate(token) }); err != nil {
		d.Fatal(err)
	}
}

// types sends a subcommand with its options and returns what is said.
func (d *discordChat) types(name string, options ...string) string {
	d.Helper()
	var given []map[string]any
	for i := 0; i < len(options); i += 2 {
		kind := 3
		if options[i] == "channel" {
			kind = 7
		}
		given = append(given, map[string]any{"name": options[i], "type": kind, "value": options[i+1]})
	}
	d.does(askOf(d.member, name, given...))
	return d.heard()
}

// heard is the text in front of the member.
func (d *discordChat) heard() string {
	d.Helper()
	if form, opened := d.discord.Form(d.at); opened {
		return discordText(form)
	}
	message, found := d.discord.Answer(d.at)
	if !found {
		d.Fatalf("nothing answers %s", d.at)
	}
	return discordText(message.Body)
}

// discordText is what a person reads in a message or a form.
func discordText(body []byte) string {
	var text strings.Builder
	eachComponent(body, func(component map[string]any) {
		for _, key := range []string{"content", "label", "description"} {
			if own, found := component[key].(string); found {
				text.WriteString(own + "\n")
			}
		}
	})
	return strings.NewReplacer("\\", "", "**", "").Replace(text.String())
}

// eachComponent visits the components of a body, and the choices of selects.
func eachComponent(body []byte, visit func(component map[string]any)) {
	var value any
	if json.Unmarshal(body, &value) != nil {
		return
	}
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, each := range value {
				walk(each)
			}
		case map[string]any:
			visit(value)
			for _, key := range []string{"components", "component", "options"} {
				walk(value[key])
			}
		}
	}
	walk(value)
}

// presses presses what begins with the id in the message in front.
func (d *discordChat) presses(id string) string {
	d.Helper()
	message, found := d.discord.Answer(d.at)
	if !found {
		d.Fatalf("no message to press %s in", id)
	}
	var data map[string]any
	eachComponent(message.Body, func(component map[string]any) {
		if own, _ := component["custom_id"].(string); data == nil && strings.HasPrefix(own, id) {
			data = map[string]any{"component_type": component["type"], "custom_id": own}
		}
	})
	if data == nil {
		d.Fatalf("no button %s in:\n%s", id, message.Body)
	}
	d.does(sandbox.DiscordAsk{Kind: 3, Message: message.ID, Data: data})
	return d.heard()
}

// picks answers a question in the message in front: by its button, or its
// select.
func (d *discordChat) picks(field, choice string) string {
	d.Helper()
	message, _ := d.discord.Answer(d.at)
	var data map[string]any
	eachComponent(message.Body, func(component map[string]any) {
		id, _ := component["custom_id"].(string)
		if !strings.HasPrefix(id, commands.ActionAnswer+"/"+field+"|") || data != nil {
			return
		}
		switch {
		case component["type"] == float64(3):
			data = map[string]any{"component_type": 3, "custom_id": id, "values": []string{valueOf(component, choice)}}
		case strings.HasSuffix(id, "|"+choice):
			data = map[string]any{"component_type": 2, "custom_id": id}
		}
	})
	if data == nil {
		d.Fatalf("%s cannot be answered with %s in:\n%s", field, choice, message.Body)
	}
	d.does(sandbox.DiscordAsk{Kind: 3, Message: message.ID, Data: data})
	return d.heard()
}

// valueOf returns the value of a select's choice, by that or by how its label
// begins.
func valueOf(menu map[string]any, choice string) string {
	options, _ := menu["options"].([]any)
	for _, each := range options {
		option, _ := each.(map[string]any)
		label, _ := option["label"].(string)
		if value, _ := option["value"].(string); value == choice || strings.HasPrefix(label, choice) {
			return value
		}
	}
	return choice
}

// fills answers the form in front, opening it first where a button does, and
// sends it.
func (d *discordChat) fills(answers ...string) string {
	d.Helper()
	form, opened := d.discord.Form(d.at)
	if !opened {
		d.presses(commands.ActionOpen + "|")
		if form, opened = d.discord.Form(d.at); !opened {
			d.Fatalf("no form is opened, but:\n%s", d.heard())
		}
	}
	given := make(map[string]string)
	for i := 0; i < len(answers); i += 2 {
		given[answers[i]] = answers[i+1]
	}
	var parts []any
	eachComponent(form, func(component map[string]any) {
		field, _ := component["custom_id"].(string)
		value, isGiven := given[field]
		if !isGiven || component["type"] == nil {
			return
		}
		delete(given, field)
		answer := map[string]any{"type": component["type"], "custom_id": field, "value": value}
		if component["type"] != float64(4) {
			answer["values"] = strings.Fields(value)
			delete(answer, "value")
		}
		parts = append(parts, map[string]any{"type": 18, "component": answer})
	})
	if len(given) > 0 {
		d.Fatalf("the form does not ask for %v:\n%s", given, form)
	}
	var window struct {
		CustomID string `json:"custom_id"`
	}
	if err := json.Unmarshal(form, &window); err != nil {
		d.Fatal(err)
	}
	message, _ := d.discord.Answer(d.at)
	d.does(sandbox.DiscordAsk{Kind: 5, Message: message.ID, Data: map[string]any{"custom_id": window.CustomID, "components": parts}})
	return d.heard()
}

// wants checks that the text in front holds each of the texts.
func (d *discordChat) wants(texts ...string) {
	d.Helper()
	heard := d.heard()
	for _, text := range texts {
		if !strings.Contains(heard, text) {
			d.Errorf("%q is not in:\n%s", text, heard)
		}
	}
}

// completes types a part of an option and returns what is suggested.
func (d *discordChat) completes(command, option, typed string) string {
	d.Helper()
	token := d.does(sandbox.DiscordAsk{Kind: 4, Data: map[string]any{
		"id": "1", "name": commands.Name, "type": 1, "options": []any{map[string]any{"name": command, "type": 1, "options": []any{
			map[string]any{"name": option, "type": 3, "value": typed, "focused": true},
		}}},
	}})
	return string(d.discord.Suggestions(token))
}

func pressOf(message string, data map[string]any) sandbox.DiscordAsk {
	return sandbox.DiscordAsk{Kind: 3, Message: message, Data: data}
}

// askOf is a subcommand that a member sends, with its options.
func askOf(member sandbox.Member, name string, options ...map[string]any) sandbox.DiscordAsk {
	return sandbox.DiscordAsk{Kind: 2, Member: member, Channel: discordSales, Data: map[string]any{
		"id": "1", "name": commands.Name, "type": 1, "options": []any{map[string]any{"name": name, "type": 1, "options": options}},
	}}
}
