package discord

import (
	"encoding/json"
	"strconv"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/coaching"
)

// interaction is the part of an interaction that the bot needs.
// https://docs.discord.com/developers/interactions/receiving-and-responding
type interaction struct {
	Type          dg.InteractionType `json:"type"`
	ID            string             `json:"id"`
	ApplicationID string             `json:"application_id"`
	Token         string             `json:"token"`
	GuildID       string             `json:"guild_id"`
	ChannelID     string             `json:"channel_id"`
	Locale        string             `json:"locale"`
	// Member is who asked within a server, User outside one.
	Member  *member         `json:"member"`
	User    *user           `json:"user"`
	Data    interactionData `json:"data"`
	Message *struct {
		Flags dg.MessageFlags `json:"flags"`
	} `json:"message"`
}

// interactionData is what was asked: each kind of interaction fills its part.
type interactionData struct {
	// Of a command.
	Name    string                    `json:"name"`
	Type    dg.ApplicationCommandType `json:"type"`
	Options []commandOption           `json:"options"`
	// Resolved tells of what the options name.
	Resolved struct {
		Roles       map[string]role     `json:"roles"`
		Attachments map[string]sentFile `json:"attachments"`
	} `json:"resolved"`

	// Of a button, a select or a form.
	CustomID      string           `json:"custom_id"`
	ComponentType dg.ComponentType `json:"component_type"`
	Values        []string         `json:"values"`
	Components    []formComponent  `json:"components"`
}

type commandOption struct {
	Name    string                          `json:"name"`
	Type    dg.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                 `json:"value"`
	Options []commandOption                 `json:"options"`
	Focused bool                            `json:"focused"`
}

// formComponent is a part of a form that was sent: a field, or the label or row
// around one.
type formComponent struct {
	CustomID   string          `json:"custom_id"`
	Value      json.RawMessage `json:"value"`
	Values     []string        `json:"values"`
	Component  *formComponent  `json:"component"`
	Components []formComponent `json:"components"`
}

type role struct {
	Name string `json:"name"`
}

type member struct {
	User user   `json:"user"`
	Nick string `json:"nick"`
	// Permissions are those in the channel, as a decimal bit set.
	Permissions string   `json:"permissions"`
	Roles       []string `json:"roles"`
}

type user struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
}

// asker returns who asked; ok is false where nobody did.
func (i *interaction) asker() (who user, ok bool) {
	switch {
	case i.Member != nil:
		return i.Member.User, true
	case i.User != nil:
		return *i.User, true
	}
	return user{}, false
}

// profile returns what the interaction says of the member. Discord signed it,
// so nobody can claim it of themselves. Who may manage the server runs the
// workspace; Discord counts its owner's permissions as all.
func (i *interaction) profile() *coaching.Profile {
	if i.Member == nil {
		return nil
	}
	name := i.Member.Nick
	if name == "" {
		name = i.Member.User.name()
	}
	const runs = dg.PermissionAdministrator | dg.PermissionManageGuild
	permissions, err := strconv.ParseUint(i.Member.Permissions, 10, 64)
	return &coaching.Profile{
		Name: name, Locale: i.Locale,
		Admin: err == nil && permissions&runs != 0, Groups: i.Member.Roles,
	}
}

func (u user) name() string {
	if u.GlobalName != "" {
		return u.GlobalName
	}
	return u.Username
}

// plain returns an option's value as text, whatever its type.
func (o commandOption) plain() string { return plainJSON(o.Value) }

// plainJSON returns a JSON string's text, nothing for null, other JSON as it is.
func plainJSON(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	var text *string
	if err := json.Unmarshal(value, &text); err != nil {
		return string(value)
	}
	if text == nil {
		return ""
	}
	return *text
}
