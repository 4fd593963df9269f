package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// discordNonceLife is how long Discord takes a post with the same nonce for the same:
// "a few minutes".
const discordNonceLife = 3 * time.Minute

// discordDirect begins the ids of direct messages; the member's own id follows
// without its first digit, so that it keeps its length.
const discordDirect = "9"

// DiscordDirectChannel returns the id of the direct messages between a member and
// the bot.
func DiscordDirectChannel(member string) string {
	if member == "" {
		return ""
	}
	return discordDirect + member[1:]
}

// openDirect opens the direct messages with a member.
func (a *DiscordAPI) openDirect(_ *http.Request, body []byte) (any, *discordRefusal) {
	var asked struct {
		Recipient string `json:"recipient_id"`
	}
	if err := json.Unmarshal(body, &asked); err != nil {
		return nil, discordRefuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	return map[string]any{"id": DiscordDirectChannel(asked.Recipient), "type": 1}, nil
}

// channel finds a channel that the bot may see. The lock is held.
func (a *DiscordAPI) channel(id string) (Channel, *discordRefusal) {
	if strings.HasPrefix(id, discordDirect) {
		return Channel{ID: id}, nil
	}
	i := slices.IndexFunc(a.channels, func(c Channel) bool { return c.ID == id })
	switch {
	case i < 0:
		return Channel{}, discordRefuse(http.StatusNotFound, 10003, "Unknown Channel")
	case a.channels[i].WithoutBot:
		return Channel{}, discordRefuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return a.channels[i], nil
}

func (a *DiscordAPI) createMessage(r *http.Request, body []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	channel, refused := a.channel(r.PathValue("channel"))
	switch {
	case refused != nil:
		return nil, refused
	case channel.Archived:
		return nil, discordRefuse(http.StatusBadRequest, 50083, "Thread is archived")
	}
	var sent struct {
		Nonce     string `json:"nonce"`
		Enforce   bool   `json:"enforce_nonce"`
		Reference struct {
			Message string `json:"message_id"`
			Must    *bool  `json:"fail_if_not_exists"`
		} `json:"message_reference"`
	}
	if err := json.Unmarshal(body, &sent); err != nil {
		return nil, discordRefuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	answers := sent.Reference.Message
	if answers != "" && (a.find(answers) < 0 || a.messages[a.find(answers)].Channel != channel.ID) {
		if answers = ""; sent.Reference.Must == nil || *sent.Reference.Must {
			return nil, discordRefuse(http.StatusBadRequest, 50035, "Invalid Form Body: unknown message")
		}
	}
	for _, earlier := range a.messages {
		if sent.Enforce && earlier.Nonce == sent.Nonce && earlier.Channel == channel.ID && a.config.Now().Sub(earlier.At) < discordNonceLife {
			return a.shown(earlier), nil
		}
	}
	return a.shown(a.post(DiscordPost{Channel: channel.ID, Body: body, Nonce: sent.Nonce, Reply: answers, Via: "messages.create"})), nil
}

// listMessages returns a page, newest first. Without the permission to read
// earlier messages it is empty.
func (a *DiscordAPI) listMessages(r *http.Request, _ []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	channel, refused := a.channel(r.PathValue("channel"))
	if refused != nil {
		return nil, refused
	}
	limit, ok := queryNumber(r, "limit", 50)
	before, known := queryNumber(r, "before", 1<<62)
	if !ok || !known || limit < 1 || limit > 100 {
		return nil, discordRefuse(http.StatusBadRequest, 50035, "Invalid Form Body")
	}
	page := []map[string]any{}
	for _, message := range slices.Backward(a.messages) {
		id, _ := strconv.ParseInt(message.ID, 10, 64)
		if !a.config.WithoutHistory && message.Channel == channel.ID && message.OnlyFor == "" && !message.Removed && id < before && len(page) < int(limit) {
			page = append(page, a.shown(message))
		}
	}
	return page, nil
}

// getChannel returns what the bot uses of a channel.
func (a *DiscordAPI) getChannel(r *http.Request, _ []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	channel, refused := a.channel(r.PathValue("channel"))
	if refused != nil {
		return nil, refused
	}
	var last any
	for _, message := range a.messages {
		if message.Channel == channel.ID && message.OnlyFor == "" {
			last = message.ID
		}
	}
	return map[string]any{
		"id": channel.ID, "type": 0, "guild_id": a.config.Server, "name": channel.Name, "last_message_id": last,
	}, nil
}

// queryNumber reads a number of the query, with a value for when it is missing.
func queryNumber(r *http.Request, name string, missing int64) (int64, bool) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return missing, true
	}
	value, err := strconv.ParseInt(text, 10, 64)
	return value, err == nil
}

// shown is a message as Discord returns it, as far as the bot's own go. It has
// no nonce: Discord tells that to whoever posts alone.
func (a *DiscordAPI) shown(message DiscordPost) map[string]any {
	var sent struct {
		Components []any `json:"components"`
		Flags      int   `json:"flags"`
	}
	_ = json.Unmarshal(message.Body, &sent)
	if message.OnlyFor != "" {
		sent.Flags |= discordPrivate
	}
	return map[string]any{
		"id": message.ID, "channel_id": message.Channel, "type": 0, "content": "", "timestamp": message.At.UTC().Format(time.RFC3339Nano),
		"author":         a.author(message),
		"application_id": a.config.Application, "flags": sent.Flags, "components": sent.Components,
	}
}

func (a *DiscordAPI) author(message DiscordPost) map[string]any {
	if message.Author != "" {
		return map[string]any{"id": message.Author, "bot": false}
	}
	return map[string]any{"id": a.config.Bot, "bot": true, "username": "smallwins"}
}

func (a *DiscordAPI) listCommands(r *http.Request, _ []byte) (any, *discordRefusal) {
	a.mu.Lock()
	defer a.mu.Unlock()
	commands, found := a.registered[r.PathValue("server")]
	if !found {
		return []any{}, nil
	}
	var kept []map[string]any
	if err := json.Unmarshal(commands, &kept); err != nil {
		return nil, discordRefuse(http.StatusInternalServerError, 0, "unreadable")
	}
	for _, command := range kept {
		// What Discord adds of its own.
		command["id"], command["application_id"], command["version"] = "1", a.config.Application, "2"
		command["nsfw"], command["default_member_permissions"], command["name_localizations"] = false, nil, nil
	}
	return kept, nil
}

func (a *DiscordAPI) putCommands(r *http.Request, body []byte) (any, *discordRefusal) {
	a.mu.Lock()
	a.registered[r.PathValue("server")] = body
	a.mu.Unlock()
	return a.listCommands(r, nil)
}
