package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// What a registered command takes.
// https://docs.discord.com/developers/interactions/application-commands
const (
	maxDescription = 100
	maxChoiceName  = 100
	maxTextOption  = 2000 // ours, of 6,000: longer than any text that is kept
)

// registered is a command as Discord keeps it, or an option of one.
type registered struct {
	Type                     int               `json:"type,omitempty"`
	Name                     string            `json:"name"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
	MaxLength                int               `json:"max_length,omitempty"`
	ChannelTypes             []int             `json:"channel_types,omitempty"`
	Choices                  []registeredWord  `json:"choices,omitempty"`
	Options                  []registered      `json:"options,omitempty"`
	// Contexts and IntegrationTypes say that the command is for servers and is
	// installed to them. A single server's commands have neither.
	Contexts         []int `json:"contexts,omitempty"`
	IntegrationTypes []int `json:"integration_types,omitempty"`
}

type registeredWord struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             string            `json:"value"`
}

// Registration is what Discord is told of the command table.
type Registration struct{ commands []registered }

// NewRegistration writes the command table in the words of every language that
// Discord knows too.
func NewRegistration(table []commands.Command, wording *commands.Wording) Registration {
	words := newPhrases(wording)
	root := registered{
		Type: int(dg.ChatApplicationCommand), Name: commands.Name,
		Contexts: []int{int(dg.InteractionContextGuild)}, IntegrationTypes: []int{int(dg.ApplicationIntegrationGuildInstall)},
	}
	root.Description, root.DescriptionLocalizations = words.of(commands.Summary, maxDescription)
	for _, command := range table {
		sub := registered{Type: int(dg.ApplicationCommandOptionSubCommand), Name: command.Name}
		sub.Description, sub.DescriptionLocalizations = words.of(command.Summary, maxDescription)
		for _, option := range command.Options {
			sub.Options = append(sub.Options, words.option(option))
		}
		// Discord wants what is required first; how the line is read does not
		// depend on the order here.
		slices.SortStableFunc(sub.Options, func(a, b registered) int {
			switch {
			case a.Required == b.Required:
				return 0
			case a.Required:
				return -1
			}
			return 1
		})
		root.Options = append(root.Options, sub)
	}
	return Registration{commands: []registered{root}}
}

// forServer returns the registration without what is for all servers at once.
func (r Registration) forServer() Registration {
	own := slices.Clone(r.commands)
	for i := range own {
		own[i].Contexts, own[i].IntegrationTypes = nil, nil
	}
	return Registration{commands: own}
}

// MarshalJSON writes what is sent to Discord.
func (r Registration) MarshalJSON() ([]byte, error) { return json.Marshal(r.commands) }

// ErrNotRegistered is wrapped by the errors of [App.Register].
var ErrNotRegistered = errors.New("discord: commands not registered")

// Register makes Discord's commands those of the registration, in one server or,
// with no server, in all of them. What is the same already is not written again;
// changed tells whether anything differed. With check, nothing is written. All
// other commands of the application go.
func (a *App) Register(ctx context.Context, registration Registration, server string, check bool) (changed bool, err error) {
	path := "/applications/" + a.applicationID + "/commands"
	switch {
	case a.token == "" || a.applicationID == "":
		return false, fmt.Errorf("%w: the application id or the bot token is missing", ErrNotRegistered)
	case server != "" && !isSnowflake(server):
		return false, fmt.Errorf("%w: the server's id is not a number", ErrNotRegistered)
	case server != "":
		path = "/applications/" + a.applicationID + "/guilds/" + server + "/commands"
		registration = registration.forServer()
	}
	result, err := a.registry(ctx, call{method: http.MethodGet, path: path + "?with_localizations=true", route: path})
	if err != nil {
		return false, err
	}
	var there []registered
	if err := json.Unmarshal(result.body, &there); err != nil {
		return false, fmt.Errorf("%w: unreadable answer", ErrNotRegistered)
	}
	if same(there, registration.commands) || check {
		return !same(there, registration.commands), nil
	}
	_, err = a.registry(ctx, call{method: http.MethodPut, path: path, route: path, body: registration})
	return err == nil, err
}

// registry makes a call and names what went wrong.
func (a *App) registry(ctx context.Context, c call) (answer, error) {
	c.bot = true
	result, err := a.do(ctx, c)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", ErrNotRegistered, err)
	}
	if !result.ok() {
		return answer{}, fmt.Errorf("%w: status %d: %s", ErrNotRegistered, result.status, plain.Truncate(plain.Clean(result.problem.Message), maxDescription))
	}
	return result, nil
}

// same compares commands in the form that both sides have.
func same(there, wanted []registered) bool {
	if len(there) != len(wanted) {
		return false
	}
	var left, right any
	return json.Unmarshal(encode(there), &left) == nil && json.Unmarshal(encode(wanted), &right) == nil && reflect.DeepEqual(left, right)
}

// phrases finds the words for the registration: those that everybody falls back
// to, and those of each language by Discord's name for it.
type phrases struct {
	fallback *commands.Voice
	voices   map[string]*commands.Voice
}

func newPhrases(wording *commands.Wording) phrases {
	languages := wording.Languages()
	words := phrases{fallback: wording.In(languages[0]), voices: make(map[string]*commands.Voice)}
	for _, language := range languages[1:] {
		for locale := range dg.Locales {
			if base, _, _ := strings.Cut(string(locale), "-"); base == language {
				words.voices[string(locale)] = wording.In(language)
			}
		}
	}
	return words
}

// of words a message within a limit, in all languages that have it.
func (p phrases) of(id string, limit int) (text string, localized map[string]string) {
	for locale, voice := range p.voices {
		if own := plain.Truncate(voice.Text(id, nil), limit); own != "" && own != p.fallback.Text(id, nil) {
			if localized == nil {
				localized = make(map[string]string)
			}
			localized[locale] = own
		}
	}
	return plain.Truncate(p.fallback.Text(id, nil), limit), localized
}

func (p phrases) option(option commands.Option) registered {
	field := registered{
		Type: int(dg.ApplicationCommandOptionString), Name: option.Name, Required: option.Required,
		Autocomplete: option.Kind.Completed(),
	}
	field.Description, field.DescriptionLocalizations = p.of(option.Summary, maxDescription)
	switch option.Kind {
	case commands.MemberOption:
		field.Type = int(dg.ApplicationCommandOptionUser)
	case commands.GroupOption:
		field.Type = int(dg.ApplicationCommandOptionRole)
	case commands.ChannelOption:
		field.Type = int(dg.ApplicationCommandOptionChannel)
		field.ChannelTypes = []int{int(dg.ChannelTypeGuildText), int(dg.ChannelTypeGuildNews)}
	case commands.FileOption:
		field.Type = int(dg.ApplicationCommandOptionAttachment)
	case commands.ChoiceOption:
		for _, choice := range option.Choices {
			name, localized := p.of("choice_"+choice, maxChoiceName)
			field.Choices = append(field.Choices, registeredWord{Name: name, NameLocalizations: localized, Value: choice})
		}
	default:
		field.MaxLength = maxTextOption
	}
	return field
}
