package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"regexp"
	"strings"
)

// say takes what somebody typed: a slash command or a message.
func (d *slackDesk) say(ctx context.Context, at place, typed typed) {
	switch text := typed.text; {
	case len(typed.files) > 0:
		d.share(ctx, at, typed)
	case text[0] == '/':
		d.sendCommand(ctx, at, text)
	case at.Channel.Archived:
		d.notice(at, "You cannot post in an archived channel.", "")
	default:
		message := d.timeline.post(Message{
			Channel: at.Channel.ID, Author: at.Member.ID, Text: d.encode(text), Thread: typed.thread, Via: ViaTyped,
		})
		if at.Channel.direct() {
			d.direct(ctx, at, message)
		}
	}
}

// direct tells the bot that a member wrote to it alone,
// https://docs.slack.dev/reference/events/message.im.
func (d *slackDesk) direct(ctx context.Context, at place, message Message) {
	event := answer{
		"type": "message", "channel_type": "im", "user": at.Member.ID, "channel": message.Channel, "text": message.Text,
		"ts": message.TS, "event_ts": message.TS, "team": d.api.Team().ID,
	}
	if message.Thread != "" {
		event["thread_ts"] = message.Thread
	}
	d.tellOf(ctx, at, event)
}

// tellOf sends an event and says where that goes wrong.
func (d *slackDesk) tellOf(ctx context.Context, at place, event answer) {
	result := d.sendEvent(ctx, event)
	d.note(result)
	if result.failure() != "" {
		d.notice(at, escape(d.words.text("direct_failed", nil)), result.detail())
	}
}

// sendCommand sends a slash command and shows its answer,
// https://docs.slack.dev/interactivity/implementing-slash-commands.
func (d *slackDesk) sendCommand(ctx context.Context, at place, line string) {
	echo := d.timeline.post(Message{
		Channel: at.Channel.ID, Author: at.Member.ID, OnlyFor: at.Member.ID, Text: d.encode(line), Via: ViaCommand,
	})
	name, text, _ := strings.Cut(line, " ")
	if name != d.slash {
		d.notice(at, fmt.Sprintf("%s is not a valid command. Here, %s is one.", escape(name), d.slash), "")
		return
	}
	team := d.api.Team()
	result := d.sendForm(ctx, "/slack/commands", url.Values{
		"token":                 {""},
		"team_id":               {team.ID},
		"team_domain":           {team.Domain},
		"channel_id":            {at.Channel.ID},
		"channel_name":          {at.Channel.Name},
		"user_id":               {at.Member.ID},
		"user_name":             {at.Member.handle()},
		"command":               {name},
		"text":                  {d.encode(strings.TrimSpace(text))},
		"api_app_id":            {appID},
		"is_enterprise_install": {"false"},
		"response_url":          {d.responseURL(at, "")},
		"trigger_id":            {d.trigger(at.Member.ID)},
	})
	if failure := result.failure(); failure != "" {
		d.note(result)
		d.notice(at, fmt.Sprintf("%s failed with the error “%s”.", name, failure), result.detail())
		return
	}
	if strings.TrimSpace(string(result.body)) == "" {
		d.note(result)
		return
	}
	args := arguments{values: map[string]string{"text": string(result.body)}}
	if kind, _, _ := mime.ParseMediaType(result.kind); kind == "application/json" {
		var err error
		if args, err = jsonArguments(result.body); err != nil {
			d.note(result, "invalid_command_response")
			d.notice(at, name+" failed with the error “invalid_command_response”.", result.detail())
			return
		}
	}
	said, refused := readContent(args, false)
	if refused != nil {
		d.note(result, append([]string{refused.code}, refused.messages...)...)
		d.notice(at, fmt.Sprintf("%s failed with the error “%s”.", name, refused.code), strings.Join(refused.messages, "; "))
		return
	}
	d.note(result)
	answer := Message{
		Channel: at.Channel.ID, Author: BotUser, OnlyFor: at.Member.ID, Text: said.text, Blocks: said.blocks, Via: ViaAnswer,
	}
	if args.text("response_type") == "in_channel" {
		answer.OnlyFor = ""
		// What was typed is then shown to all, too.
		d.timeline.change(echo.Channel, echo.TS, func(m *Message) { m.OnlyFor = "" })
	}
	d.timeline.post(answer)
}

// jsonArguments reads a JSON object as arguments of a call.
func jsonArguments(body []byte) (arguments, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(body, &object); err != nil {
		return arguments{}, fmt.Errorf("read JSON object: %w", err)
	}
	args := arguments{values: make(map[string]string, len(object))}
	for name, value := range object {
		args.values[name] = plain(value)
	}
	return args, nil
}

// mention is a name that somebody typed behind @ or #.
var mention = regexp.MustCompile(`(^|[\s(])([@#])([\p{L}\p{N}._-]+)`)

// encode writes what somebody typed as Slack sends it: its three characters
// escaped, members and channels by their ids.
func (d *slackDesk) encode(text string) string {
	team := d.api.Team()
	return mention.ReplaceAllStringFunc(escape(text), func(found string) string {
		parts := mention.FindStringSubmatch(found)
		name := strings.TrimRight(parts[3], ".")
		rest := parts[3][len(name):]
		if parts[2] == "@" {
			for _, member := range team.Members {
				if member.handle() == name {
					return parts[1] + "<@" + member.ID + "|" + name + ">" + rest
				}
			}
			return found
		}
		for _, channel := range team.Channels {
			if channel.Name == name {
				return parts[1] + "<#" + channel.ID + "|" + name + ">" + rest
			}
		}
		return found
	})
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape writes plain text as mrkdwn's three escapes.
func escape(text string) string { return escaper.Replace(text) }
