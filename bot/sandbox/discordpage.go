package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"
)

// discordSystem is the author of what Discord itself tells one member.
const discordSystem = "0"

// tell adds what a member wrote, or what Discord itself says.
func (a *DiscordAPI) tell(message DiscordPost) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.post(message)
}

// since returns what changed after a revision in the order of the changes,
// removed messages included; the newest revision; and a channel that is closed
// at the next change.
func (a *DiscordAPI) since(revision int64) ([]DiscordPost, int64, <-chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var messages []DiscordPost
	for _, message := range a.messages {
		if message.revision > revision {
			messages = append(messages, message)
		}
	}
	slices.SortFunc(messages, func(a, b DiscordPost) int { return int(a.revision - b.revision) })
	return messages, a.revision, a.changed
}

// message finds what stands in a channel under an id.
func (a *DiscordAPI) message(channel, id string) (DiscordPost, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := a.find(id)
	if i < 0 || a.messages[i].Channel != channel {
		return DiscordPost{}, false
	}
	return a.messages[i], true
}

// snowflakeTime is the time that an id tells.
func snowflakeTime(id string) time.Time {
	number, _ := strconv.ParseInt(id, 10, 64)
	return time.UnixMilli(number>>22 + discordEpoch)
}

// discordOption is a command as it was registered, or an option of one.
type discordOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Required                 bool              `json:"required"`
	Autocomplete             bool              `json:"autocomplete"`
	MaxLength                int               `json:"max_length"`
	Choices                  []discordChoice   `json:"choices"`
	Options                  []discordOption   `json:"options"`
}

// discordChoice is one of the values that an option can have.
type discordChoice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations"`
	Value             string            `json:"value"`
}

// The types of options.
// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type
const (
	subcommandOption = 1
	memberOption     = 6
	fileOption       = 11
	channelOption    = 7
	roleOption       = 8
)

// commands returns what is registered for the server, or else for all.
func (a *DiscordAPI) commands() []discordOption {
	a.mu.Lock()
	defer a.mu.Unlock()
	text := a.registered[a.config.Server]
	if text == nil {
		text = a.registered[""]
	}
	var commands []discordOption
	_ = json.Unmarshal(text, &commands) // judged when it came in
	return commands
}

// told returns the option's description in a language.
func (o discordOption) told(locale string) string {
	if own := o.DescriptionLocalizations[discordLocale(locale)]; own != "" {
		return own
	}
	return o.Description
}

// discordLocale is Discord's name for a language: most have no region.
// https://docs.discord.com/developers/reference#locales
func discordLocale(locale string) string {
	if len(locale) > 2 && locale[:2] != "en" && locale[:2] != "zh" && locale[:2] != "es" && locale[:2] != "pt" {
		return locale[:2]
	}
	return locale
}
