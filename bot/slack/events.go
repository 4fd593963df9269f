package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Events is how the app reads what Slack tells it by itself: that somebody
// wrote to the bot alone, or opened its page.
// https://docs.slack.dev/apis/events-api
type Events struct{ *App }

// eventCall is the part of an event's envelope that the bot needs. The library's
// own parser fails on types of events that it does not know, and what fails is
// sent again.
type eventCall struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	TeamID    string          `json:"team_id"`
	EventID   string          `json:"event_id"`
	Event     json.RawMessage `json:"event"`
}

// event is the part of an event that the bot needs.
type event struct {
	Type        string `json:"type"`
	Subtype     string `json:"subtype"`
	User        string `json:"user"`
	BotID       string `json:"bot_id"`
	Team        string `json:"team"`
	UserTeam    string `json:"user_team"`
	Text        string `json:"text"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	Tab         string `json:"tab"`
	Hidden      bool   `json:"hidden"`
	// Files are those that were sent along with a message.
	Files []sentFile `json:"files"`
	// Tokens are those that were taken back, by the accounts that they spoke for.
	Tokens struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// The types that are read.
const (
	callVerification = "url_verification"
	callEvent        = "event_callback"
	eventMessage     = "message"
	eventHomeOpened  = "app_home_opened"
	subtypeFile      = "file_share"
	directChannel    = "im"
	homeTab          = "home"
)

// Decode reads an event. The request's id is the event's, which stays the same
// when Slack sends it again; what somebody wrote is marked to be carried out
// once. The error is a [*commands.Handshake] for Slack's check of the address and
// for the news that a workspace took the app out; it wraps [ErrMalformed], or is an [*UnsupportedError] for all that the bot does
// not act on: other types, its own messages and those of other bots, edits, and
// what people of other workspaces write.
func (e Events) Decode(body []byte, received time.Time) (commands.Request, error) {
	if len(body) > maxBody {
		return commands.Request{}, malformed("body too large")
	}
	var call eventCall
	if err := json.Unmarshal(body, &call); err != nil {
		return commands.Request{}, malformed("not JSON of an event")
	}
	switch call.Type {
	case "":
		return commands.Request{}, malformed("type")
	case callVerification:
		return commands.Request{}, challenged(call.Challenge)
	case callEvent:
	default:
		return commands.Request{}, &UnsupportedError{Type: call.Type}
	}
	var told event
	switch err := json.Unmarshal(call.Event, &told); {
	case err != nil:
		return commands.Request{}, malformed("event")
	case !isID(call.TeamID):
		return commands.Request{}, malformed("team_id")
	case !isID(call.EventID):
		return commands.Request{}, malformed("event_id")
	}
	request := commands.Request{
		ID: call.EventID, Workspace: workspaceID(call.TeamID), Member: coaching.MemberID(told.User), Received: received,
	}
	switch {
	case told.Type == eventMessage && told.meant(call.TeamID):
		read := readText(told.Text)
		request.Via, request.Repeats, request.ReplyTo = commands.ViaDirect, true, address{direct: told.Channel}.String()
		request.Channel, request.Text = coaching.ChannelID(told.Channel), read.plain
		request.Mentions, request.Channels, request.Groups = read.members, read.channels, read.groups
		request.Files = e.filesOf(told.Files, call.TeamID)
		if !isID(told.Channel) {
			return commands.Request{}, malformed("channel")
		}
	case told.Type == eventHomeOpened && told.Tab == homeTab:
		request.Via, request.ReplyTo = commands.ViaHome, address{home: true}.String()
	case told.uninstalls() && e.installs != nil:
		return commands.Request{}, e.parted(request.Workspace)
	default:
		return commands.Request{}, &UnsupportedError{Type: call.Type + " of " + told.Type}
	}
	if !isID(told.User) {
		return commands.Request{}, malformed("user")
	}
	return request, nil
}

// meant reports whether a person of the workspace wrote it to the bot alone.
func (e event) meant(team string) bool {
	switch {
	case e.ChannelType != directChannel, e.BotID != "", e.Hidden:
		return false
	case e.Subtype != "" && e.Subtype != subtypeFile:
		return false
	case e.UserTeam != "" && e.UserTeam != team, e.UserTeam == "" && e.Team != "" && e.Team != team:
		return false
	}
	return true
}

// challenged answers Slack's check that the address is the app's.
func challenged(challenge string) error {
	body, err := json.Marshal(map[string]string{"challenge": challenge})
	if err != nil {
		return fmt.Errorf("slack: answer challenge: %w", err)
	}
	return &commands.Handshake{Body: body}
}

// Render appends nothing: Slack ignores what answers an event. The reply goes
// out by Finish.
func (e Events) Render(to []byte, _ commands.Request, _ commands.Reply) ([]byte, error) {
	return to, nil
}

// Wait acknowledges by an empty answer.
func (Events) Wait(commands.Request) []byte { return nil }

// Finish answers an event: in the direct messages, or on the app's own page.
func (e Events) Finish(ctx context.Context, request commands.Request, reply commands.Reply) error {
	return e.finish(ctx, request, reply)
}
