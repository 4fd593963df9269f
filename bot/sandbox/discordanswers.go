package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// The windows in which an interaction is answered.
const (
	discordAnswerWithin = 3 * time.Second
	discordTokenLife    = 15 * time.Minute
)

// discordPrivate is the flag of messages that one member alone sees.
const discordPrivate = 1 << 6

// DiscordAsk is what a member does: a command, a press, a form.
type DiscordAsk struct {
	// Kind is the interaction's: 2 a command, 3 a component, 4 an option that
	// is being typed, 5 a form.
	Kind    int
	Member  Member
	Channel string
	// Data is what was asked, as Discord has it.
	Data any
	// Message is the id of the message that the component is in, or that the
	// form was opened from; empty where a command was.
	Message string
	// Line is the command as it was typed, which Discord shows above the answer;
	// empty where none was.
	Line string
}

// discordInteraction is where an interaction is in its life.
type discordInteraction struct {
	ask DiscordAsk
	at  time.Time
	// original is the message that answers it, or that its component is in.
	original string
	answered bool
	late     bool // a late answer has come
	form     json.RawMessage
	choices  json.RawMessage
}

// Interact begins an interaction and returns the body that Discord would send,
// unsigned, and the token by which it is answered.
func (a *DiscordAPI) Interact(ask DiscordAsk) (body []byte, token string, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id := a.newID()
	token = "token-" + id
	permissions := "2147483648"
	if ask.Member.Admin {
		permissions = "2147483656"
	}
	interaction := map[string]any{
		"id": id, "application_id": a.config.Application, "type": ask.Kind, "token": token, "version": 1,
		"guild_id": a.config.Server, "channel_id": ask.Channel, "locale": discordLocale(ask.Member.locale()), "guild_locale": "en-US", "context": 0,
		"channel": map[string]any{"id": ask.Channel, "type": 0}, "app_permissions": "2248473465835073", "entitlements": []any{},
		"member": map[string]any{
			"nick": nil, "permissions": permissions, "roles": []string{},
			"user": map[string]any{"id": ask.Member.ID, "username": ask.Member.Handle, "global_name": ask.Member.Name, "discriminator": "0"},
		},
		"data": ask.Data,
	}
	if direct := DiscordDirectChannel(ask.Member.ID); ask.Channel == direct {
		// Direct messages belong to no server: who asks is a user there.
		for _, of := range []string{"guild_id", "guild_locale", "member", "app_permissions"} {
			delete(interaction, of)
		}
		interaction["context"], interaction["channel"] = 1, map[string]any{"id": direct, "type": 1}
		interaction["user"] = map[string]any{"id": ask.Member.ID, "username": ask.Member.Handle, "global_name": ask.Member.Name, "discriminator": "0"}
	}
	if ask.Message != "" {
		i := a.find(ask.Message)
		if i < 0 {
			return nil, "", fmt.Errorf("interact: there is no message %s", ask.Message)
		}
		interaction["message"] = a.shown(a.messages[i])
	}
	body, err = json.Marshal(interaction)
	a.interactions[token] = &discordInteraction{ask: ask, at: a.config.Now(), original: ask.Message}
	return body, token, err
}

// Respond takes what the server answered right away and does what Discord would:
// shows a message, changes one, opens a form. What Discord would show the member
// as a failure is an error.
func (a *DiscordAPI) Respond(token string, took time.Duration, body []byte) error {
	if took > discordAnswerWithin {
		return fmt.Errorf("the first answer took %s", took)
	}
	if err := CheckDiscord(DiscordResponse, body); err != nil {
		return err
	}
	var response struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &response); err != nil {
		return err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	asked, found := a.interactions[token]
	switch {
	case !found || asked.answered:
		return fmt.Errorf("an interaction is answered once")
	case slices.Contains([]int{6, 7}, response.Type) && asked.ask.Message == "":
		return fmt.Errorf("there is no message to change")
	case response.Type == 9 && asked.ask.Kind == 5:
		return fmt.Errorf("a form opens no form")
	case (response.Type == 8) != (asked.ask.Kind == 4):
		return fmt.Errorf("suggestions are for what is being typed, and nothing else is")
	}
	asked.answered = true
	switch response.Type {
	case 4, 5:
		asked.original = a.answerTo(asked, response.Data, nil, "response").ID
	case 7:
		a.change(asked.original, response.Data, nil)
	case 8:
		asked.choices = response.Data
	case 9:
		asked.form = response.Data
	}
	a.announce()
	return nil
}

// answerTo posts an answer where the member asked. The lock is held.
func (a *DiscordAPI) answerTo(asked *discordInteraction, body json.RawMessage, files []DiscordFile, via string) DiscordPost {
	var sent struct {
		Flags int `json:"flags"`
	}
	_ = json.Unmarshal(body, &sent)
	message := DiscordPost{Channel: asked.ask.Channel, Body: body, Files: files, Via: via, Line: asked.ask.Line}
	if asked.ask.Line != "" {
		message.Asker = asked.ask.Member.ID
	}
	if sent.Flags&discordPrivate != 0 {
		message.OnlyFor = asked.ask.Member.ID
	}
	return a.post(message)
}

// change puts a body in the place of a message's. The lock is held.
func (a *DiscordAPI) change(id string, body json.RawMessage, files []DiscordFile) {
	if i := a.find(id); i >= 0 {
		a.messages[i].Body, a.messages[i].Files, a.messages[i].Edited = body, files, true
		a.touch(i)
	}
}

// late finds an interaction that takes a late answer: it was acknowledged, and
// its token lives. The lock is held.
func (a *DiscordAPI) late(r *http.Request) (*discordInteraction, *discordRefusal) {
	asked, found := a.interactions[r.PathValue("token")]
	switch {
	case !found || !asked.answered:
		return nil, discordRefuse(http.StatusNotFound, 10015, "Unknown Webhook")
	case a.config.Now().Sub(asked.at) >= discordTokenLife:
		return nil, discordRefuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	}
	return asked, nil
}

func (a *DiscordAPI) createAnswer(r *http.Request, body []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked, refused := a.late(r)
	if refused != nil {
		return nil, refused
	}
	asked.late = true
	return a.shown(a.answerTo(asked, body, judgedFiles(r, body), "answers.create")), nil
}

func (a *DiscordAPI) editAnswer(r *http.Request, body []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked, refused := a.late(r)
	if refused != nil {
		return nil, refused
	}
	i := a.find(asked.original)
	if i < 0 {
		return nil, discordRefuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	asked.late = true
	a.change(asked.original, body, judgedFiles(r, body))
	return a.shown(a.messages[i]), nil
}

func (a *DiscordAPI) deleteAnswer(r *http.Request, _ []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked, refused := a.late(r)
	if refused != nil {
		return nil, refused
	}
	i := a.find(asked.original)
	if i < 0 {
		return nil, discordRefuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	a.messages[i].Removed = true
	a.touch(i)
	return nil, nil
}
