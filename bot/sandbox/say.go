package sandbox

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// place is who does something and where.
type place struct {
	Member  Member
	Channel Channel
}

// place reads who and where from a request; both are ids.
func (s *Sandbox) place(r *http.Request) (place, error) {
	team := s.api.Team()
	member, known := team.member(r.FormValue("as"))
	if !known {
		return place{}, fmt.Errorf("nobody here has the id %q", r.FormValue("as"))
	}
	channel, known := team.channel(r.FormValue("channel"))
	if !known || !channel.has(member.ID) {
		return place{}, fmt.Errorf("%s is in no channel with the id %q", member.Name, r.FormValue("channel"))
	}
	return place{member, channel}, nil
}

// say takes what somebody typed: a slash command or a message.
func (s *Sandbox) say(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	at, err := s.place(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	text := strings.TrimSpace(r.FormValue("text"))
	switch {
	case text == "":
	case text[0] == '/':
		s.command(r, at, text)
	case at.Channel.Archived:
		s.notice(at, "You cannot post in an archived channel.", "")
	default:
		s.timeline.post(Message{
			Channel: at.Channel.ID, Author: at.Member.ID, Text: s.encode(text), Via: ViaTyped,
		})
	}
	s.done(w, r, at)
}

// done answers a form: scripts need nothing, a browser without them goes back
// to the conversation.
func (s *Sandbox) done(w http.ResponseWriter, r *http.Request, at place) {
	if r.Header.Get("X-Requested-With") != "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	query := url.Values{"as": {at.Member.ID}, "channel": {at.Channel.ID}}
	http.Redirect(w, r, "/?"+query.Encode(), http.StatusSeeOther)
}

// command sends a slash command and shows its answer,
// https://docs.slack.dev/interactivity/implementing-slash-commands.
func (s *Sandbox) command(r *http.Request, at place, line string) {
	echo := s.timeline.post(Message{
		Channel: at.Channel.ID, Author: at.Member.ID, OnlyFor: at.Member.ID, Text: s.encode(line), Via: ViaCommand,
	})
	name, text, _ := strings.Cut(line, " ")
	if name != s.config.Command {
		s.notice(at, fmt.Sprintf("%s is not a valid command. Here, %s is one.", escape(name), s.config.Command), "")
		return
	}
	team := s.api.Team()
	result := s.send(r.Context(), "/slack/commands", url.Values{
		"token":                 {""},
		"team_id":               {team.ID},
		"team_domain":           {team.Domain},
		"channel_id":            {at.Channel.ID},
		"channel_name":          {at.Channel.Name},
		"user_id":               {at.Member.ID},
		"user_name":             {at.Member.handle()},
		"command":               {name},
		"text":                  {s.encode(strings.TrimSpace(text))},
		"api_app_id":            {appID},
		"is_enterprise_install": {"false"},
		"response_url":          {s.responseURL(r, at, "")},
		"trigger_id":            {s.trigger()},
	})
	if failure := result.failure(); failure != "" {
		s.notice(at, fmt.Sprintf("%s failed with the error “%s”.", name, failure), result.detail())
		return
	}
	if strings.TrimSpace(string(result.body)) == "" {
		return
	}
	args := arguments{values: map[string]string{"text": string(result.body)}}
	if kind, _, _ := mime.ParseMediaType(result.kind); kind == "application/json" {
		var err error
		if args, err = jsonArguments(result.body); err != nil {
			s.notice(at, name+" failed with the error “invalid_command_response”.", result.detail())
			return
		}
	}
	said, refused := readContent(args, false)
	if refused != nil {
		s.notice(at, fmt.Sprintf("%s failed with the error “%s”.", name, refused.code), strings.Join(refused.messages, "; "))
		return
	}
	answer := Message{
		Channel: at.Channel.ID, Author: BotUser, OnlyFor: at.Member.ID, Text: said.text, Blocks: said.blocks, Via: ViaAnswer,
	}
	if args.text("response_type") == "in_channel" {
		answer.OnlyFor = ""
		// What was typed is then shown to all, too.
		s.timeline.change(echo.Channel, echo.TS, func(m *Message) { m.OnlyFor = "" })
	}
	s.timeline.post(answer)
}

// notice is something that the platform itself tells one person.
func (s *Sandbox) notice(at place, text, detail string) {
	s.timeline.post(Message{
		Channel: at.Channel.ID, Author: slackbot, OnlyFor: at.Member.ID, Text: text, Detail: detail, Via: ViaNotice,
	})
}

// trigger makes the id of something that a person did. The page shows no modals
// yet, so the Web API grants it none: what the bot would ask in one comes as a
// message.
func (s *Sandbox) trigger() string {
	return fmt.Sprintf("%d.%s", s.config.Now().Unix(), s.config.NewID())
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
func (s *Sandbox) encode(text string) string {
	team := s.api.Team()
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
