package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
)

// onSlack makes the week's team talk in Slack.
func (w *week) onSlack(t *testing.T) Config {
	t.Helper()
	team := sandbox.Team{
		ID: "T1", Name: "Week", Domain: "week", Zone: "Asia/Bangkok", Channels: []sandbox.Channel{{ID: "C1", Name: "sales"}},
	}
	for i, name := range weekPeople {
		id := fmt.Sprint("U", i+1)
		team.Members = append(team.Members, sandbox.Member{ID: id, Name: name, Handle: name})
		w.members[name] = coaching.MemberID(id)
	}
	api, err := sandbox.NewSlackAPI(sandbox.APIConfig{Team: team, BotToken: testToken, Now: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w.workspace, w.channel = "slack:T1", "C1"
	w.posts = func() []seenPost {
		var seen []seenPost
		for _, message := range api.Posted() {
			post := seenPost{where: w.place(message.Channel, sandbox.Direct), below: message.Thread != ""}
			post.text, post.buttons = slackRead(t, message.Blocks)
			seen = append(seen, post)
		}
		return seen
	}
	return Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: t.TempDir(), MongoDBDatabase: "smallwins", LogFormat: "text",
		SlackSigningSecret: testSecret, SlackBotToken: testToken, SlackAPIURL: server.URL + "/api/",
	}
}

// onDiscord makes the week's team talk in Discord.
func (w *week) onDiscord(t *testing.T) Config {
	t.Helper()
	const sales = "1457510428359004343"
	for i, name := range weekPeople {
		w.members[name] = coaching.MemberID(fmt.Sprint("103304452137576453", i))
	}
	api := sandbox.NewDiscordAPI(sandbox.DiscordConfig{
		Application: "1457469483726668048", Bot: "1457469483726668048", Server: "1457468924290662599", Token: "bot-token",
		Channels: []sandbox.Channel{{ID: sales, Name: "sales"}}, Now: w.clock.Now,
	})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w.workspace, w.channel = "discord:1457468924290662599", sales
	w.posts = func() []seenPost {
		var seen []seenPost
		for _, message := range api.Posted() {
			post := seenPost{where: w.place(message.Channel, sandbox.DiscordDirectChannel), below: message.Reply != ""}
			post.text, post.buttons = discordRead(t, message.Body)
			seen = append(seen, post)
		}
		return seen
	}
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	return Config{
		ListenAddr: "127.0.0.1:0", MetricsAddr: "off", DataDir: t.TempDir(), MongoDBDatabase: "smallwins", LogFormat: "text",
		DiscordPublicKey: hex.EncodeToString(key.Public().(ed25519.PublicKey)), DiscordApplicationID: "1457469483726668048",
		DiscordBotToken: "bot-token", DiscordAPIURL: server.URL + "/api/v10", SlackAPIURL: "https://slack.com/api/",
	}
}

// place names a channel, or whose direct messages it is.
func (w *week) place(channel string, direct func(member string) string) string {
	for name, id := range w.members {
		if channel == direct(string(id)) {
			return "to " + name + " alone"
		}
	}
	if channel == string(w.channel) {
		return "#sales"
	}
	return channel
}

// slackRead is what a reader sees of blocks, and can press.
func slackRead(t testing.TB, blocks json.RawMessage) (string, []seenButton) {
	t.Helper()
	var all []map[string]any
	if err := json.Unmarshal(blocks, &all); err != nil {
		t.Fatal(err)
	}
	var (
		text    strings.Builder
		buttons []seenButton
	)
	for _, block := range all {
		switch block["type"] {
		case "header":
			text.WriteString("# " + slackText(block["text"]) + "\n")
		case "image":
			text.WriteString("[picture] " + block["alt_text"].(string) + "\n")
		case "divider":
			text.WriteString("———\n")
		case "context":
			text.WriteString("(" + slackText(block["elements"]) + ")\n")
		case "section":
			if own := slackText(block["text"]); own != "" {
				text.WriteString(own + "\n")
			}
			fields, _ := block["fields"].([]any)
			for _, field := range fields {
				text.WriteString(strings.Replace(slackText(field), "*\n", "* ", 1) + "\n")
			}
		case "rich_text":
			for _, element := range block["elements"].([]any) {
				element := element.(map[string]any)
				if element["type"] == "rich_text_list" {
					for _, item := range element["elements"].([]any) {
						text.WriteString("• " + slackText(item) + "\n")
					}
					continue
				}
				text.WriteString(slackText(element) + "\n")
			}
		case "actions":
			for _, element := range block["elements"].([]any) {
				element := element.(map[string]any)
				label := slackText(element["text"])
				action, _, _ := strings.Cut(element["action_id"].(string), "~")
				value, _ := element["value"].(string)
				buttons = append(buttons, seenButton{label, action, value})
				text.WriteString("[" + label + "] ")
			}
			text.WriteString("\n")
		default:
			t.Errorf("a block %v", block["type"])
		}
	}
	return text.String(), buttons
}

// slackText is the text of an element and of those within it.
func slackText(value any) string {
	switch value := value.(type) {
	case []any:
		var text strings.Builder
		for _, each := range value {
			text.WriteString(slackText(each))
		}
		return text.String()
	case map[string]any:
		if own, isText := value["text"].(string); isText {
			return own
		}
		return slackText(value["text"]) + slackText(value["elements"])
	default:
		return ""
	}
}

// discordRead is what a reader sees of a message's components, and can press.
func discordRead(t testing.TB, body json.RawMessage) (string, []seenButton) {
	t.Helper()
	type component struct {
		Type       int         `json:"type"`
		Content    string      `json:"content"`
		CustomID   string      `json:"custom_id"`
		Label      string      `json:"label"`
		Components []component `json:"components"`
		Items      []struct {
			Description string `json:"description"`
		} `json:"items"`
	}
	var message struct {
		Components []component `json:"components"`
	}
	if err := json.Unmarshal(body, &message); err != nil {
		t.Fatal(err)
	}
	var (
		text    strings.Builder
		buttons []seenButton
		walk    func([]component)
	)
	walk = func(components []component) {
		for _, each := range components {
			switch each.Type {
			case 10:
				text.WriteString(strings.TrimRight(each.Content, "\n") + "\n")
			case 12:
				text.WriteString("[picture] " + each.Items[0].Description + "\n")
			case 14:
				text.WriteString("———\n")
			case 2:
				action, value, _ := strings.Cut(each.CustomID, "|")
				buttons = append(buttons, seenButton{each.Label, action, value})
				text.WriteString("[" + each.Label + "] ")
			}
			walk(each.Components)
			if each.Type == 1 {
				text.WriteString("\n")
			}
		}
	}
	walk(message.Components)
	return strings.ReplaceAll(text.String(), "\\", ""), slices.Clip(buttons)
}
