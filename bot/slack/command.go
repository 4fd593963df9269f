package slack

import (
	"context"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Commands is how the app reads and answers slash commands.
type Commands struct{ *App }

// Decode reads a slash command. The request's id is Slack's trigger id, which
// is another one for every invocation. The error wraps [ErrMalformed], or is an
// [*UnsupportedError] for Slack's check of the certificate.
func (c Commands) Decode(body []byte, received time.Time) (commands.Request, error) {
	command, err := parseCommand(body)
	if err != nil {
		return commands.Request{}, err
	}
	if err := c.checkReplyTo(command.ResponseURL); err != nil {
		return commands.Request{}, err
	}
	text := readText(command.Text)
	return commands.Request{
		ID:        command.TriggerID,
		Workspace: workspaceID(command.TeamID),
		Channel:   coaching.ChannelID(command.ChannelID),
		// It is remembered for longer than the form that it is a part of.
		Member:     coaching.MemberID(strings.Clone(command.UserID)),
		MemberName: command.UserName,
		Received:   received,
		Text:       text.plain,
		Mentions:   text.members,
		Channels:   text.channels,
		Groups:     text.groups,
		ReplyTo:    command.ResponseURL,
	}, nil
}

// Render appends the JSON that answers a slash command right away, or nothing
// for an empty reply, which Slack takes for an acknowledgement. It appends
// nothing either for a prompt, which Finish opens as a modal, and for pictures and
// files, which it uploads.
func (c Commands) Render(to []byte, request commands.Request, reply commands.Reply) ([]byte, error) {
	if c.speaks() && (reply.Prompt != nil || reply.Enclosure != nil || c.pictures.draws(reply)) {
		return to, nil
	}
	return renderAnswer(to, request, reply)
}

// Wait acknowledges by an empty answer.
func (Commands) Wait(commands.Request) []byte { return nil }

// Finish answers a command late: it opens a prompt as a modal while the
// command's trigger lives, and posts anything else to the response address,
// with one attempt of the five that Slack allows within half an hour.
func (c Commands) Finish(ctx context.Context, request commands.Request, reply commands.Reply) error {
	return c.finish(ctx, request, reply)
}

// parseCommand reads the form. [slackapi.SlashCommandParse] wants a whole
// *http.Request and takes the first of two fields of one name; a signed body
// never has two, so here that is an error.
func parseCommand(body []byte) (slackapi.SlashCommand, error) {
	var command slackapi.SlashCommand
	var check string
	fields := [...]struct {
		name string
		into *string
	}{
		{"team_id", &command.TeamID},
		{"channel_id", &command.ChannelID},
		{"channel_name", &command.ChannelName},
		{"user_id", &command.UserID},
		{"user_name", &command.UserName},
		{"command", &command.Command},
		{"text", &command.Text},
		{"response_url", &command.ResponseURL},
		{"trigger_id", &command.TriggerID},
		{"ssl_check", &check},
	}
	var seen [len(fields)]bool
	err := eachField(body, func(name, value string) error {
		for i, field := range fields {
			if field.name != name {
				continue
			}
			if seen[i] {
				return malformed("field twice")
			}
			seen[i] = true
			*field.into = value
		}
		return nil
	})
	if err != nil {
		return command, err
	}
	switch {
	case check == "1":
		return command, &UnsupportedError{Type: "ssl_check"}
	case !isID(command.TeamID):
		return command, malformed("team_id")
	case !isID(command.ChannelID):
		return command, malformed("channel_id")
	case !isID(command.UserID):
		return command, malformed("user_id")
	case !isID(command.TriggerID):
		return command, malformed("trigger_id")
	case command.Command == "":
		return command, malformed("command")
	}
	return command, nil
}

// workspacePrefix begins the ids of Slack's workspaces.
const workspacePrefix = "slack:"

// workspaceID names a Slack workspace among those of all platforms.
func workspaceID(team string) coaching.WorkspaceID {
	return coaching.WorkspaceID(workspacePrefix + team)
}
