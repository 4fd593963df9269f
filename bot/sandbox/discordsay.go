package sandbox

import (
	"context"
	"encoding/json"
	"strings"
)

// command is what is registered, with the fields that Discord shows for the
// options.
func (d *discordDesk) command(member Member) command {
	registered := d.api.commands()
	if len(registered) == 0 {
		return command{Name: defaultCommand}
	}
	root := registered[0]
	offered := command{Name: "/" + root.Name}
	for _, sub := range root.Options {
		part := commandPart{Name: sub.Name, Usage: offered.Name + " " + sub.Name, Description: sub.told(member.locale())}
		for _, option := range sub.Options {
			part.Fields = append(part.Fields, d.field(option, member))
		}
		offered.Parts = append(offered.Parts, part)
	}
	return offered
}

// field is an option as the page asks for it.
func (d *discordDesk) field(option discordOption, member Member) commandField {
	field := commandField{
		Name: option.Name, Description: option.told(member.locale()), Required: option.Required, Completes: option.Autocomplete,
	}
	switch option.Type {
	case fileOption:
		field.File = true
	case memberOption:
		for _, member := range d.crew.Members {
			field.Choices = append(field.Choices, suggestion{Name: member.Name, Value: member.ID})
		}
	case channelOption:
		for _, channel := range d.crew.Channels {
			field.Choices = append(field.Choices, suggestion{Name: "#" + channel.Name, Value: channel.ID})
		}
	case roleOption:
		for _, group := range d.crew.Groups {
			field.Choices = append(field.Choices, suggestion{Name: "@" + group.Name, Value: group.ID})
		}
	default:
		for _, choice := range option.Choices {
			name := choice.NameLocalizations[discordLocale(member.locale())]
			if name == "" {
				name = choice.Name
			}
			field.Choices = append(field.Choices, suggestion{Name: name, Value: choice.Value})
		}
	}
	return field
}

// say takes a command with its options, or a message, which Discord does not
// tell the bot.
func (d *discordDesk) say(ctx context.Context, at place, typed typed) {
	if !strings.HasPrefix(typed.text, "/") {
		d.api.tell(DiscordPost{Channel: at.Channel.ID, Author: at.Member.ID, Body: plainContent(typed.text), Via: ViaTyped})
		return
	}
	attached := d.attach(at, &typed)
	data, line, problem := d.read(typed, "")
	if problem != "" {
		d.notice(at.Member.ID, at.Channel.ID, problem, "")
		return
	}
	if len(attached) > 0 {
		data["resolved"] = answer{"attachments": attached}
	}
	d.interact(ctx, DiscordAsk{Kind: interactCommand, Member: at.Member, Channel: at.Channel.ID, Data: data, Line: line})
}

// complete asks the bot how an option could go on.
func (d *discordDesk) complete(ctx context.Context, at place, typed typed, option string) []suggestion {
	data, _, problem := d.read(typed, option)
	if problem != "" {
		return nil
	}
	token, ok := d.interact(ctx, DiscordAsk{Kind: interactCompletion, Member: at.Member, Channel: at.Channel.ID, Data: data})
	if !ok {
		return nil
	}
	var answered struct {
		Choices []suggestion `json:"choices"`
	}
	_ = json.Unmarshal(d.api.Suggestions(token), &answered) // judged when it came in
	return answered.Choices
}

// read turns what was typed into the data of an interaction. Words behind the
// subcommand go to its first required option that has none, or else to its first
// free text, so that a whole line can be pasted.
func (d *discordDesk) read(typed typed, focused string) (data answer, line, problem string) {
	words := strings.Fields(typed.text)
	registered := d.api.commands()
	if len(registered) == 0 || words[0] != "/"+registered[0].Name {
		return nil, "", d.words.text("discord_unknown", map[string]string{"command": words[0]})
	}
	if len(words) < 2 {
		return nil, "", d.words.text("discord_incomplete", map[string]string{"command": words[0]})
	}
	for _, sub := range registered[0].Options {
		if sub.Name != words[1] {
			continue
		}
		_, rest, _ := strings.Cut(typed.text, words[1])
		options := sub.fill(typed.options, strings.TrimSpace(rest))
		given := []answer{}
		line = words[0] + " " + sub.Name
		for _, option := range sub.Options {
			value := strings.TrimSpace(options[option.Name])
			if value == "" && option.Name != focused {
				if option.Required && focused == "" {
					return nil, "", d.words.text("discord_required", map[string]string{"option": option.Name})
				}
				continue
			}
			said := answer{"name": option.Name, "type": option.Type, "value": value}
			if option.Name == focused {
				said["focused"] = true
			}
			given = append(given, said)
			line += " " + option.Name + ":" + d.shownValue(option, value)
		}
		return answer{
			"id": "1", "name": registered[0].Name, "type": 1,
			"options": []answer{{"name": sub.Name, "type": subcommandOption, "options": given}},
		}, line, ""
	}
	return nil, "", d.words.text("discord_unknown", map[string]string{"command": words[0] + " " + words[1]})
}

// fill gives words without an option's name to an option.
func (o discordOption) fill(options map[string]string, rest string) map[string]string {
	filled := make(map[string]string, len(options)+1)
	for name, value := range options {
		filled[name] = value
	}
	if rest == "" {
		return filled
	}
	for _, required := range []bool{true, false} {
		for _, option := range o.Options {
			free := option.Required || len(option.Choices) == 0 && option.Type > 2 && option.Type < memberOption
			if option.Required == required && free && filled[option.Name] == "" {
				filled[option.Name] = rest
				return filled
			}
		}
	}
	return filled
}

// shownValue is an option's value as Discord shows it.
func (d *discordDesk) shownValue(option discordOption, value string) string {
	switch option.Type {
	case fileOption:
		return d.api.sentName(value)
	case memberOption:
		return d.directory().member(value, "")
	case channelOption:
		return d.directory().channel(value, "")
	}
	return value
}
