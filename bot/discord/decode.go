package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// maxBody bounds an interaction that is read; a press carries the whole message
// that the button was in.
const maxBody = 1 << 20

// ErrMalformed is wrapped by every error about a request that was signed but
// cannot be read.
var ErrMalformed = errors.New("discord: request cannot be read")

// malformed says what was wrong in words of our own: what people typed has no
// place in logs.
func malformed(what string) error { return fmt.Errorf("%w: %s", ErrMalformed, what) }

// UnsupportedError is what decoding returns for interactions that the bot does
// not offer: another application's command, a new kind.
type UnsupportedError struct {
	// Kind is what it was.
	Kind string
}

// Error names the kind.
func (e *UnsupportedError) Error() string { return "discord: unsupported " + e.Kind }

// Unwrap makes it [commands.ErrIgnored].
func (e *UnsupportedError) Unwrap() error { return commands.ErrIgnored }

// Decode reads an interaction. The request's id is the interaction's, another
// one for every command and every press: two presses of one button are two
// requests, and what they were meant for must make them one. Outside a server
// the workspace is empty. The error wraps [ErrMalformed], is an
// [*UnsupportedError], or for Discord's ping a [*commands.Handshake].
func (a *App) Decode(body []byte, received time.Time) (commands.Request, error) {
	if len(body) > maxBody || !utf8.Valid(body) {
		return commands.Request{}, malformed("too large or not UTF-8")
	}
	var asked interaction
	if err := json.Unmarshal(body, &asked); err != nil {
		return commands.Request{}, malformed("not the JSON of an interaction")
	}
	if asked.Type == dg.InteractionPing {
		return commands.Request{}, &commands.Handshake{Body: []byte(`{"type":1}`)}
	}
	request, err := a.request(&asked, received)
	if err != nil {
		return commands.Request{}, err
	}
	switch asked.Type {
	case dg.InteractionApplicationCommand:
		err = a.readCommand(&request, &asked, "")
		request.ReplyTo = origin{asked.ApplicationID, asked.Token, fromCommand}.String()
	case dg.InteractionApplicationCommandAutocomplete:
		err = a.readCompletion(&request, &asked)
	case dg.InteractionMessageComponent:
		err = readPress(&request, &asked)
		request.ReplyTo = origin{asked.ApplicationID, asked.Token, asked.place()}.String()
	case dg.InteractionModalSubmit:
		err = readForm(&request, &asked)
		request.ReplyTo = origin{asked.ApplicationID, asked.Token, asked.place().form()}.String()
	default:
		err = &UnsupportedError{Kind: fmt.Sprintf("interaction type %d", asked.Type)}
	}
	if err != nil {
		return commands.Request{}, err
	}
	return request, nil
}

// request reads what all interactions have.
func (a *App) request(asked *interaction, received time.Time) (commands.Request, error) {
	who, known := asked.asker()
	switch {
	case !isSnowflake(asked.ID):
		return commands.Request{}, malformed("id")
	case !known || !isSnowflake(who.ID):
		return commands.Request{}, malformed("member")
	case asked.GuildID != "" && (!isSnowflake(asked.GuildID) || asked.Member == nil):
		return commands.Request{}, malformed("guild_id")
	case asked.ChannelID != "" && !isSnowflake(asked.ChannelID):
		return commands.Request{}, malformed("channel_id")
	case !isSnowflake(asked.ApplicationID), a.applicationID != "" && asked.ApplicationID != a.applicationID:
		return commands.Request{}, malformed("application_id")
	case !isToken(asked.Token):
		return commands.Request{}, malformed("token")
	}
	request := commands.Request{
		ID: asked.ID, Workspace: coaching.WorkspaceID(workspaceID(asked.GuildID)), Channel: coaching.ChannelID(asked.ChannelID),
		Member: coaching.MemberID(who.ID), MemberName: who.name(), Locale: asked.Locale, Received: received,
	}
	if asked.GuildID != "" {
		request.Profile = asked.profile()
		request.MemberName = request.Profile.Name
	}
	return request, nil
}

// isToken reports whether a token may stand in an address as it is.
func isToken(text string) bool {
	if text == "" || len(text) > 512 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '-', c == '.':
		default:
			return false
		}
	}
	return true
}

// readCommand writes a command with its options as the line that somebody would
// type, in the order of the table. The option of the name that is left out stays
// out of it.
func (a *App) readCommand(request *commands.Request, asked *interaction, without string) error {
	if asked.Data.Name != commands.Name || asked.Data.Type > dg.ChatApplicationCommand || len(asked.Data.Options) != 1 ||
		asked.Data.Options[0].Type != dg.ApplicationCommandOptionSubCommand {
		return &UnsupportedError{Kind: "command"}
	}
	given := asked.Data.Options[0]
	if !isName(given.Name) {
		return malformed("subcommand")
	}
	words := []string{given.Name}
	for _, command := range a.table {
		if command.Name != given.Name {
			continue
		}
		for _, option := range command.Options {
			for _, value := range given.Options {
				if value.Name != option.Name || value.Name == without {
					continue
				}
				if value.Type == dg.ApplicationCommandOptionAttachment {
					if sent, found := asked.Data.Resolved.Attachments[value.plain()]; found {
						request.Files = append(request.Files, a.fileOf(sent))
					}
					continue
				}
				if text := strings.TrimSpace(readValue(request, value, asked.Data.Resolved.Roles)); text != "" {
					words = append(words, text)
				}
			}
		}
	}
	request.Text = strings.Join(words, " ")
	return nil
}

// readCompletion reads which option is being typed, and how far.
func (a *App) readCompletion(request *commands.Request, asked *interaction) error {
	request.Via = commands.ViaCompletion
	for _, given := range asked.Data.Options {
		for _, option := range given.Options {
			if option.Focused && isName(option.Name) {
				request.Completing = option.Name
				request.Answers = map[string][]string{option.Name: {option.plain()}}
			}
		}
	}
	if request.Completing == "" {
		return &UnsupportedError{Kind: "completion"}
	}
	return a.readCommand(request, asked, request.Completing)
}

// readValue returns an option's value as the grammar reads it, and notes whom
// it mentions.
func readValue(request *commands.Request, option commandOption, roles map[string]role) string {
	value := option.plain()
	switch option.Type {
	case dg.ApplicationCommandOptionUser:
		if isSnowflake(value) {
			request.Mentions = append(request.Mentions, coaching.MemberID(value))
			return "@" + value
		}
		return ""
	case dg.ApplicationCommandOptionChannel:
		if isSnowflake(value) {
			request.Channels = append(request.Channels, coaching.ChannelID(value))
			return "#" + value
		}
		return ""
	case dg.ApplicationCommandOptionRole:
		if !isSnowflake(value) {
			return ""
		}
		group := commands.Group{ID: value, Text: "@&" + value}
		if role := roles[value]; role.Name != "" {
			group.Text = "@" + role.Name
		}
		request.Groups = append(request.Groups, group)
		return group.Text
	}
	text := readText(value)
	request.Groups = append(request.Groups, text.groups...)
	request.Mentions = append(request.Mentions, text.members...)
	request.Channels = append(request.Channels, text.channels...)
	return text.plain
}

// isName reports whether a name may be one of a command or an option.
func isName(text string) bool {
	if text == "" || len(text) > 32 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_', c == '-':
		default:
			return false
		}
	}
	return true
}

// readPress reads a button or a select.
func readPress(request *commands.Request, asked *interaction) error {
	id, ok := parseCustomID(asked.Data.CustomID)
	if !ok {
		return malformed("custom_id")
	}
	request.Via, request.Action, request.Value = commands.ViaButton, id.action, id.value
	if id.field == "" {
		return nil
	}
	answers := asked.Data.Values
	if asked.Data.ComponentType == dg.ButtonComponent {
		answers = []string{id.choice}
	}
	request.Answers = map[string][]string{id.field: answers}
	return nil
}

// readForm reads the fields of a form, in whatever they are wrapped.
func readForm(request *commands.Request, asked *interaction) error {
	id, ok := parseCustomID(asked.Data.CustomID)
	if !ok {
		return malformed("custom_id")
	}
	request.Via, request.Action, request.Value = commands.ViaForm, id.action, id.value
	request.Answers = make(map[string][]string)
	for _, component := range asked.Data.Components {
		component.collect(request.Answers, formDepth)
	}
	return nil
}

// formDepth bounds how deep the fields of a form may be wrapped: a label or a
// row around each is what Discord has.
const formDepth = 4

func (c *formComponent) collect(answers map[string][]string, depth int) {
	if depth == 0 {
		return
	}
	if c.CustomID != "" && len(answers) < maxFormFields {
		switch value := plainJSON(c.Value); {
		case c.Values != nil:
			answers[c.CustomID] = c.Values
		case value != "":
			answers[c.CustomID] = []string{value}
		default:
			answers[c.CustomID] = nil
		}
	}
	if c.Component != nil {
		c.Component.collect(answers, depth-1)
	}
	for _, inner := range c.Components {
		inner.collect(answers, depth-1)
	}
}
