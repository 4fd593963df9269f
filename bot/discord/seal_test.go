package discord

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// alone is who is told in direct messages.
const alone = "1033044521375764530"

// idsIn returns what can be pressed in a message or sent in a form.
func idsIn(t *testing.T, text []byte) []string {
	t.Helper()
	var part component
	if err := json.Unmarshal(text, &part); err != nil {
		t.Fatal(err)
	}
	var ids []string
	var collect func(component)
	collect = func(c component) {
		if c.CustomID != "" {
			ids = append(ids, c.CustomID)
		}
		for _, inner := range c.Components {
			collect(inner)
		}
	}
	collect(part)
	return ids
}

// toldAlone posts buttons to mia and returns the post.
func (w *world) toldAlone(t *testing.T, buttons ...commands.Button) sandbox.DiscordPost {
	t.Helper()
	post := aPost
	post.Channel, post.Member = "", alone
	post.Reply = commands.Reply{Parts: []commands.Part{commands.Heading{Line: words("Win rate has fallen to 14%")}, commands.Row{Buttons: buttons}}}
	if outcome := w.Send(t.Context(), post); outcome.Result != coaching.Delivered {
		t.Fatalf("outcome %+v", outcome)
	}
	posted := w.discord.Posted()
	return posted[len(posted)-1]
}

// presses lets a member press a component of their direct messages.
func (w *world) presses(t *testing.T, member, message, id string) (request commands.Request, token string) {
	t.Helper()
	body, token, err := w.discord.Interact(sandbox.DiscordAsk{
		Kind: 3, Member: sandbox.Member{ID: member, Handle: "mia_k", Name: "Mia"}, Channel: sandbox.DiscordDirectChannel(member), Message: message,
		Data: map[string]any{"custom_id": id, "component_type": 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	if request, err = w.Decode(body, testNow); err != nil {
		t.Fatal(err)
	}
	return request, token
}

func TestPressInDirectMessagesIsForTheTeamThatWrote(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	post := w.toldAlone(t, commands.Button{Label: "Useful", Action: "warning", Value: "useful 0123456789abcdef-2026-02"})
	ids := idsIn(t, post.Body)
	if len(ids) != 1 {
		t.Fatalf("it can be pressed at %q", ids)
	}
	request, token := w.presses(t, alone, post.ID, ids[0])
	if request.Workspace != "discord:"+testServer || request.Member != alone || request.Action != "warning" || request.Value != "useful 0123456789abcdef-2026-02" {
		t.Errorf("the press is read as %+v", request)
	}
	// The answer is in the same place, and so are its buttons.
	answer, err := w.Render(nil, request, commands.Reply{Parts: []commands.Part{commands.Text{Line: words("Noted.")}}, Buttons: []commands.Button{{Label: "Board", Action: "team"}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.discord.Respond(token, 0, answer); err != nil {
		t.Fatal(err)
	}
	shown, _ := w.discord.Answer(token)
	next, _ := w.presses(t, alone, shown.ID, idsIn(t, shown.Body)[0])
	if next.Workspace != request.Workspace || next.Action != "team" {
		t.Errorf("what was answered is pressed as %+v", next)
	}
}

func TestFormInDirectMessagesComesBackForTheTeam(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	post := w.toldAlone(t, commands.Button{Label: "Log", Action: "log_open"})
	request, _ := w.presses(t, alone, post.ID, idsIn(t, post.Body)[0])
	answer, err := w.Render(nil, request, commands.Reply{Prompt: &commands.Prompt{
		Title: "Log", Token: "01J", Fields: []commands.Field{{Name: "amount", Kind: commands.LineField, Label: "How much"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	var opened struct{ Data form }
	if err := json.Unmarshal(answer, &opened); err != nil {
		t.Fatal(err)
	}
	body, _, err := w.discord.Interact(sandbox.DiscordAsk{
		Kind: 5, Member: sandbox.Member{ID: alone, Handle: "mia_k"}, Channel: sandbox.DiscordDirectChannel(alone), Message: post.ID,
		Data: map[string]any{"custom_id": opened.Data.CustomID, "components": []any{map[string]any{
			"type": 18, "component": map[string]any{"type": 4, "custom_id": "amount", "value": "+3"},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	sent, err := w.Decode(body, testNow)
	if err != nil || sent.Workspace != "discord:"+testServer || sent.Via != commands.ViaForm || sent.Value != "01J" || strings.Join(sent.Answers["amount"], "") != "+3" {
		t.Errorf("the form is read as %+v, %v", sent, err)
	}
}

func TestSealSpeaksOnlyForWhomItWasMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	s, ok := w.seal("discord:"+testServer, alone)
	if !ok {
		t.Fatal("there is no seal")
	}
	other := mustApp(t, Config{ApplicationID: testApplication, Token: "another token", Now: now})
	for name, tt := range map[string]struct {
		app    *App
		id     string
		member coaching.MemberID
		want   coaching.WorkspaceID
	}{
		"its own":               {w.App, string(s) + "team|", alone, "discord:" + testServer},
		"another member":        {w.App, string(s) + "team|", "5", ""},
		"another server":        {w.App, strings.Replace(string(s), "~b", "~c", 1) + "team|", alone, ""},
		"no tag":                {w.App, "~b2mtm4jq6n5z~team|", alone, ""},
		"an empty tag":          {w.App, "~b2mtm4jq6n5z.~team|", alone, ""},
		"no number":             {w.App, "~!.8RdhQdStPJo~team|", alone, ""},
		"another bot":           {other, string(s) + "team|", alone, ""},
		"a bot without a token": {mustApp(t, Config{ApplicationID: testApplication, Now: now}), string(s) + "team|", alone, ""},
		"none":                  {w.App, "team|", alone, ""},
	} {
		if id, got := tt.app.unseal(tt.id, tt.member); got != tt.want || id != "team|" {
			t.Errorf("%s: %q for %q, want %q", name, id, got, tt.want)
		}
	}
	if _, ok := w.seal("slack:T1", alone); ok {
		t.Error("a workspace that is no server has a seal")
	}
	// In a server it is no seal: there the server itself is known.
	got, err := w.Decode(asked(3, map[string]any{"custom_id": string(s) + "team|", "component_type": 2}, openly), testNow)
	if err == nil && got.Action == "team" {
		t.Errorf("in a server it is read as %+v", got)
	}
}

func TestButtonWithoutRoomForItsSealIsLeftOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	post := w.toldAlone(t, commands.Button{Label: "Long", Action: "log", Value: strings.Repeat("9", 80)})
	if body := string(post.Body); strings.Contains(body, "custom_id") || strings.Contains(body, `"type":1,`) {
		t.Errorf("posted %s", body)
	}
	if err := sandbox.CheckDiscord(sandbox.DiscordMessage, post.Body); err != nil {
		t.Error(err)
	}
}
