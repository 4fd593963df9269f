package slack

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Interactions is how the app reads and answers presses of its buttons.
type Interactions struct{ *App }

// interaction is the part of an interaction that the bot needs. Decoding into
// [slackapi.InteractionCallback] would also read the whole message that the
// button was in, and fail where that holds what the library does not know.
type interaction struct {
	Type        slackapi.InteractionType `json:"type"`
	TriggerID   string                   `json:"trigger_id"`
	ResponseURL string                   `json:"response_url"`
	Team        *struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Username string `json:"username"`
		TeamID   string `json:"team_id"`
		Locale   string `json:"locale"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		ChannelID string `json:"channel_id"`
	} `json:"container"`
	Actions []struct {
		Type     slackapi.ActionType `json:"type"`
		ActionID string              `json:"action_id"`
		Value    string              `json:"value"`
	} `json:"actions"`
}

// actionButton is the type of a button's action.
const actionButton = slackapi.ActionType("button")

// Decode reads a press. The request's id is Slack's trigger id, which differs
// for every press: two presses of one button are two requests, and what they
// were meant for must make them one. The channel is empty where the button was
// not in a message. The error wraps [ErrMalformed], or is an
// [*UnsupportedError] for every other kind of interaction.
func (i Interactions) Decode(body []byte, received time.Time) (commands.Request, error) {
	payload, err := payloadOf(body)
	if err != nil {
		return commands.Request{}, err
	}
	var press interaction
	if err := json.Unmarshal([]byte(payload), &press); err != nil {
		return commands.Request{}, malformed("payload is not JSON of an interaction")
	}
	switch {
	case press.Type == "":
		return commands.Request{}, malformed("type")
	case press.Type != slackapi.InteractionTypeBlockActions:
		return commands.Request{}, &UnsupportedError{Type: string(press.Type)}
	case len(press.Actions) == 0:
		return commands.Request{}, malformed("actions")
	}
	action := press.Actions[0]
	if action.Type != actionButton {
		return commands.Request{}, &UnsupportedError{Type: string(press.Type) + " of " + string(action.Type)}
	}
	return i.request(press, action.ActionID, action.Value, received)
}

func (i Interactions) request(press interaction, action, value string, received time.Time) (commands.Request, error) {
	// An app installed for a whole organisation gets no team, only the user's.
	team := press.User.TeamID
	if press.Team != nil {
		team = press.Team.ID
	}
	channel := press.Channel.ID
	if channel == "" {
		channel = press.Container.ChannelID
	}
	name := press.User.Name
	if name == "" {
		name = press.User.Username
	}
	action = actionOf(action)
	switch {
	case !isID(team):
		return commands.Request{}, malformed("team")
	case !isID(press.User.ID):
		return commands.Request{}, malformed("user")
	case !isID(press.TriggerID):
		return commands.Request{}, malformed("trigger_id")
	case channel != "" && !isID(channel):
		return commands.Request{}, malformed("channel")
	case action == "":
		return commands.Request{}, malformed("action_id")
	}
	if press.ResponseURL != "" {
		if err := i.checkReplyTo(press.ResponseURL); err != nil {
			return commands.Request{}, err
		}
	}
	return commands.Request{
		ID:         press.TriggerID,
		Workspace:  workspaceID(team),
		Channel:    coaching.ChannelID(channel),
		Member:     coaching.MemberID(press.User.ID),
		MemberName: name,
		Locale:     press.User.Locale,
		Received:   received,
		Action:     action,
		Value:      value,
		ReplyTo:    press.ResponseURL,
	}, nil
}

// Render returns nothing: Slack acknowledges a press by an empty 200 and
// ignores what else the answer holds. The reply goes out by Finish.
func (i Interactions) Render(commands.Request, commands.Reply) ([]byte, error) { return nil, nil }

// Wait acknowledges by an empty answer.
func (Interactions) Wait(commands.Request) []byte { return nil }

// Finish answers a press, by its response address. It makes one attempt of the
// five that Slack allows within half an hour.
func (i Interactions) Finish(ctx context.Context, request commands.Request, reply commands.Reply) error {
	return i.finish(ctx, request, reply)
}

// payloadOf returns the one field that an interaction's form has.
func payloadOf(body []byte) (payload string, err error) {
	var check bool
	err = eachField(body, func(name, value string) error {
		switch name {
		case "payload":
			if payload != "" {
				return malformed("field twice")
			}
			payload = value
		case "ssl_check":
			check = check || value == "1"
		}
		return nil
	})
	switch {
	case err != nil:
		return "", err
	case check && payload == "":
		return "", &UnsupportedError{Type: "ssl_check"}
	case payload == "":
		return "", malformed("payload")
	}
	return payload, nil
}

// actionSeparator stands between a button's action and what makes its id unique
// within the message.
const actionSeparator = "~"

// actionOf returns the action that a button was given, from its action id.
func actionOf(actionID string) string {
	if i := strings.LastIndex(actionID, actionSeparator); i >= 0 {
		return actionID[:i]
	}
	return actionID
}
