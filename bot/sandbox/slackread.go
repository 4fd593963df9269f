package sandbox

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The bounds of conversations.history,
// https://docs.slack.dev/reference/methods/conversations.history.
const (
	historyPage    = 100
	historyPageMax = 999
)

var timestamp = regexp.MustCompile(`^\d{1,12}(\.\d{1,6})?$`)

func (a *SlackAPI) authTest(arguments) (answer, *refusal) {
	team := a.Team()
	return answer{
		"url":     "https://" + team.Domain + ".slack.com/",
		"team":    team.Name,
		"team_id": team.ID,
		"user":    team.botName(),
		"user_id": BotUser,
		"bot_id":  botID,
	}, nil
}

func (a *SlackAPI) conversation(args arguments) (answer, *refusal) {
	if refused := args.require("channel"); refused != nil {
		return nil, refused
	}
	channel, refused := a.lookup(args.text("channel"), false)
	if refused != nil {
		return nil, refused
	}
	if channel.direct() {
		return answer{"channel": answer{
			"id": channel.ID, "is_im": true, "is_channel": false, "user": channel.Members[0],
		}}, nil
	}
	return answer{"channel": answer{
		"id": channel.ID, "name": channel.Name, "name_normalized": channel.Name,
		"is_channel": !channel.Private, "is_group": channel.Private, "is_im": false, "is_mpim": false,
		"is_private": channel.Private, "is_archived": channel.Archived, "is_member": !channel.WithoutBot,
		"context_team_id": a.Team().ID,
		"topic":           answer{"value": channel.Topic, "creator": "", "last_set": 0},
		"purpose":         answer{"value": "", "creator": "", "last_set": 0},
	}}, nil
}

func (a *SlackAPI) user(args arguments) (answer, *refusal) {
	if refused := args.require("user"); refused != nil {
		return nil, refused
	}
	team := a.Team()
	id := args.text("user")
	member, found := team.member(id)
	switch {
	case id == BotUser:
		member = Member{ID: id, Name: team.botName(), Handle: team.botName()}
	case !found:
		return nil, refuse("user_not_found")
	}
	if member.Zone == "" {
		member.Zone = team.Zone
	}
	zone, err := time.LoadLocation(member.Zone)
	if err != nil {
		zone = time.UTC
	}
	label, offset := a.now().In(zone).Zone()
	user := answer{
		"id": member.ID, "team_id": team.ID, "name": member.handle(), "real_name": member.Name,
		"deleted": member.Deleted, "is_bot": id == BotUser, "is_app_user": false, "is_admin": member.Admin,
		"tz": member.Zone, "tz_label": label, "tz_offset": offset,
		"profile": answer{
			"real_name": member.Name, "display_name": member.Name, "title": member.Title, "team": team.ID,
		},
	}
	if args.flag("include_locale") {
		user["locale"] = member.locale()
	}
	return answer{"user": user}, nil
}

// openConversation opens the direct messages between a member and the bot.
func (a *SlackAPI) openConversation(args arguments) (answer, *refusal) {
	users := args.text("users")
	member, found := a.Team().member(users)
	switch {
	case users == "":
		return nil, refuse("users_list_not_supplied")
	case !found:
		return nil, refuse("user_not_found")
	case member.Deleted:
		return nil, refuse("user_disabled")
	}
	return answer{"channel": answer{"id": Direct(member.ID)}}, nil
}

func (a *SlackAPI) groupMembers(args arguments) (answer, *refusal) {
	if refused := args.require("usergroup"); refused != nil {
		return nil, refused
	}
	group, found := a.Team().group(args.text("usergroup"))
	if !found {
		return nil, refuse("no_such_subteam")
	}
	return answer{"users": append([]string{}, group.Members...)}, nil
}

func (m Member) locale() string {
	if m.Locale == "" {
		return "en-US"
	}
	return m.Locale
}

// history answers newest first. Replies in threads and ephemeral messages are
// not part of it; metadata is, when asked for.
func (a *SlackAPI) history(args arguments) (answer, *refusal) {
	if refused := args.require("channel"); refused != nil {
		return nil, refused
	}
	channel, refused := a.lookup(args.text("channel"), true)
	if refused != nil {
		return nil, refused
	}
	limit, refused := args.number("limit", historyPage, historyPageMax)
	if refused != nil {
		return nil, refused
	}
	oldest, latest := args.text("oldest"), args.text("latest")
	switch {
	case oldest != "" && !timestamp.MatchString(oldest):
		return nil, refuse("invalid_ts_oldest")
	case latest != "" && !timestamp.MatchString(latest):
		return nil, refuse("invalid_ts_latest")
	}
	inclusive := args.flag("inclusive")
	if cursor := args.text("cursor"); cursor != "" {
		text, err := base64.StdEncoding.DecodeString(cursor)
		next, found := strings.CutPrefix(string(text), "next_ts:")
		if err != nil || !found || !timestamp.MatchString(next) {
			return nil, refuse("invalid_cursor")
		}
		latest = next
	}
	messages := slices.DeleteFunc(a.timeline.in(channel.ID), func(m Message) bool {
		return m.OnlyFor != "" || m.Thread != "" && m.Thread != m.TS || !within(m.TS, oldest, latest, inclusive)
	})
	slices.Reverse(messages)
	result := answer{"has_more": len(messages) > limit, "pin_count": 0}
	if len(messages) > limit {
		// The cursor names the last message given, which the next page leaves out.
		next := "next_ts:" + messages[limit-1].TS
		result["response_metadata"] = answer{"next_cursor": base64.StdEncoding.EncodeToString([]byte(next))}
		messages = messages[:limit]
	}
	bodies := make([]answer, len(messages))
	for i, message := range messages {
		bodies[i] = a.body(message, args.flag("include_all_metadata"))
	}
	result["messages"] = bodies
	return result, nil
}

// replies answers a thread oldest first, what it is about included, in one page.
func (a *SlackAPI) replies(args arguments) (answer, *refusal) {
	if refused := args.require("channel", "ts"); refused != nil {
		return nil, refused
	}
	channel, refused := a.lookup(args.text("channel"), true)
	if refused != nil {
		return nil, refused
	}
	ts := args.text("ts")
	if _, found := a.timeline.message(channel.ID, ts); !found {
		return nil, refuse("thread_not_found")
	}
	bodies := []answer{}
	for _, message := range a.timeline.in(channel.ID) {
		if message.OnlyFor == "" && (message.TS == ts || message.Thread == ts) {
			bodies = append(bodies, a.body(message, args.flag("include_all_metadata")))
		}
	}
	return answer{"messages": bodies, "has_more": false}, nil
}

// within reports whether a TS is between the bounds; an empty bound is none.
func within(ts, oldest, latest string, inclusive bool) bool {
	at := micros(ts)
	if oldest != "" && (at < micros(oldest) || at == micros(oldest) && !inclusive) {
		return false
	}
	return latest == "" || at < micros(latest) || at == micros(latest) && inclusive
}

// micros reads a TS, or a bound with fewer digits, as microseconds.
func micros(ts string) int64 {
	whole, fraction, _ := strings.Cut(ts, ".")
	var sum int64
	for _, digit := range whole + (fraction + "000000")[:6] {
		sum = sum*10 + int64(digit-'0')
	}
	return sum
}

// body is a message as the Web API and interactions show it.
func (a *SlackAPI) body(message Message, metadata bool) answer {
	body := answer{
		"type": "message", "user": message.Author, "text": message.Text, "ts": message.TS, "team": a.Team().ID,
	}
	if message.Author == BotUser {
		body["bot_id"], body["app_id"] = botID, appID
	}
	if message.Thread != "" {
		body["thread_ts"] = message.Thread
	}
	if message.Blocks != nil {
		body["blocks"] = message.Blocks
	}
	if message.Edited {
		body["edited"] = answer{"user": message.Author, "ts": message.TS}
	}
	if metadata && message.Metadata != nil {
		body["metadata"] = message.Metadata
	}
	return body
}
