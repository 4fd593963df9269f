package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Interactions is how the app reads and answers presses of its buttons, choices
// from its selects, and forms that were sent.
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
	View    *viewState `json:"view"`
	State   formState  `json:"state"`
	Actions []acted    `json:"actions"`
}

// viewState is the modal or page that an interaction took place in.
type viewState struct {
	ID              string            `json:"id"`
	Hash            string            `json:"hash"`
	Type            slackapi.ViewType `json:"type"`
	CallbackID      string            `json:"callback_id"`
	PrivateMetadata string            `json:"private_metadata"`
	State           formState         `json:"state"`
}

// asks reports whether the modal asked something of ours.
func (v *viewState) asks() bool {
	return v.CallbackID == promptView || strings.HasPrefix(v.CallbackID, promptView+languageSeparator)
}

// language is the one that the modal spoke, empty where it does not say.
func (v *viewState) language() string {
	_, language, _ := strings.Cut(v.CallbackID, languageSeparator)
	return language
}

// Decode reads an interaction. The request's id is Slack's trigger id, which
// differs for every press: two presses of one button are two requests, and what
// they were meant for must make them one. The channel is empty where the
// interaction was not in a message. The error wraps [ErrMalformed], or is an
// [*UnsupportedError] for every other kind of interaction, a closed modal among
// them: what was begun there can be gone on with.
func (i Interactions) Decode(body []byte, received time.Time) (commands.Request, error) {
	payload, err := payloadOf(body)
	if err != nil {
		return commands.Request{}, err
	}
	var did interaction
	if err := json.Unmarshal([]byte(payload), &did); err != nil {
		return commands.Request{}, malformed("payload is not JSON of an interaction")
	}
	request := commands.Request{Received: received}
	switch did.Type {
	case "":
		return request, malformed("type")
	case slackapi.InteractionTypeBlockActions:
		err = did.press(&request)
	case slackapi.InteractionTypeViewSubmission:
		err = did.submit(&request)
	default:
		err = &UnsupportedError{Type: string(did.Type)}
	}
	if err != nil {
		return commands.Request{}, err
	}
	if err := i.identify(did, &request); err != nil {
		return commands.Request{}, err
	}
	return request, nil
}

// press reads what was pressed or chosen.
func (d *interaction) press(request *commands.Request) error {
	if len(d.Actions) == 0 {
		return malformed("actions")
	}
	did := d.Actions[0]
	value, readable := did.chosen()
	if !readable {
		return &UnsupportedError{Type: string(d.Type) + " of " + did.Type}
	}
	request.Via, request.Value = commands.ViaButton, value
	if request.Action = actionOf(did.ActionID); request.Action == "" {
		return malformed("action_id")
	}
	state := d.State
	if d.View != nil {
		state = d.View.State
		if d.View.Type == slackapi.VTHomeTab {
			request.Via = commands.ViaHome
		}
	}
	if request.Action != commands.ActionAnswer {
		return nil
	}
	// What is chosen by pressing says the field and the prompt by its block.
	token, field, chosen := askedBy(strings.TrimPrefix(did.BlockID, talkPrefix))
	if !chosen {
		request.Answers = state.answers(request.Value)
		return nil
	}
	request.Value = token
	if request.Answers = state.answers(token); request.Answers == nil {
		request.Answers = make(map[string][]string, 1)
	}
	request.Answers[field] = []string{value}
	return nil
}

// inTalk reports whether it was pressed in the member's direct messages with the
// bot.
func (d *interaction) inTalk() bool {
	return len(d.Actions) > 0 && strings.HasPrefix(d.Actions[0].BlockID, talkPrefix) && d.ResponseURL != ""
}

// submit reads a form that was sent.
func (d *interaction) submit(request *commands.Request) error {
	switch {
	case d.View == nil:
		return malformed("view")
	case !d.View.asks():
		return &UnsupportedError{Type: string(d.Type) + " of another view"}
	case d.View.PrivateMetadata == "":
		return malformed("private_metadata")
	}
	request.Via, request.Action, request.Value = commands.ViaForm, commands.ActionAnswer, d.View.PrivateMetadata
	request.Answers = d.View.State.answers(request.Value)
	return nil
}

// identify reads who did it, and where the answer goes.
func (i Interactions) identify(did interaction, request *commands.Request) error {
	// An app installed for a whole organisation gets no team, only the user's.
	team := did.User.TeamID
	if did.Team != nil {
		team = did.Team.ID
	}
	channel := did.Channel.ID
	if channel == "" {
		channel = did.Container.ChannelID
	}
	name := did.User.Name
	if name == "" {
		name = did.User.Username
	}
	to := address{response: did.ResponseURL, talk: did.inTalk()}
	switch {
	case !isID(team):
		return malformed("team")
	case !isID(did.User.ID):
		return malformed("user")
	case !isID(did.TriggerID):
		return malformed("trigger_id")
	case channel != "" && !isID(channel):
		return malformed("channel")
	case did.View != nil && !isID(did.View.ID):
		return malformed("view")
	case request.Via == commands.ViaHome:
		to = address{home: true}
	case did.View != nil:
		to = address{view: did.View.ID, hash: did.View.Hash, form: did.View.asks(), language: did.View.language()}
	case did.ResponseURL != "":
		if err := i.checkReplyTo(did.ResponseURL); err != nil {
			return err
		}
	}
	request.ID, request.Workspace = did.TriggerID, workspaceID(team)
	request.Channel, request.ReplyTo = coaching.ChannelID(channel), to.String()
	request.Member, request.MemberName, request.Locale = coaching.MemberID(did.User.ID), name, did.User.Locale
	return nil
}

// Render appends the JSON that answers a form: what is wrong at its fields, or
// the modal that takes its place. It appends nothing for a press: Slack
// acknowledges that by an empty 200 and ignores what else the answer holds; the
// reply goes out by Finish.
func (i Interactions) Render(to []byte, request commands.Request, reply commands.Reply) ([]byte, error) {
	if request.Via != commands.ViaForm {
		return to, nil
	}
	var response *slackapi.ViewSubmissionResponse
	if wrong := fieldErrors(request, reply); wrong != nil {
		response = slackapi.NewErrorsViewSubmissionResponse(wrong)
	} else {
		view := i.modal(request, reply)
		response = slackapi.NewUpdateViewSubmissionResponse(&view)
	}
	body, err := json.Marshal(response)
	if err != nil {
		return nil, fmt.Errorf("slack: render view: %w", err)
	}
	return append(to, body...), nil
}

// fieldErrors returns what is wrong by the blocks of the form that was sent,
// nil where nothing is or where the reply asks something else.
func fieldErrors(request commands.Request, reply commands.Reply) map[string]string {
	if reply.Prompt == nil || reply.Prompt.Token != request.Value {
		return nil
	}
	var wrong map[string]string
	for _, field := range reply.Prompt.Fields {
		if field.Error == "" {
			continue
		}
		if _, sent := request.Answers[field.Name]; !sent {
			return nil
		}
		if wrong == nil {
			wrong = make(map[string]string)
		}
		wrong[askID(reply.Prompt.Token, field.Name)] = truncate(orEllipsis(clean(field.Error)), maxInputLabel)
	}
	return wrong
}

// Wait acknowledges a press by an empty answer. A form would be closed by one;
// the modal says instead that the answer takes longer.
func (i Interactions) Wait(request commands.Request) []byte {
	if request.Via != commands.ViaForm {
		return nil
	}
	body, err := json.Marshal(slackapi.NewUpdateViewSubmissionResponse(i.working(request)))
	if err != nil {
		return nil // it closes the modal; the answer then comes as a message
	}
	return body
}

// Finish answers a press, or a form whose answer took longer: in the message,
// modal or page where it was.
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
