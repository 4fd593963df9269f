package discord

import (
	"slices"
	"strings"

	dg "github.com/bwmarrin/discordgo"

	"github.com/smallwins/smallwins/bot/plain"
	"github.com/smallwins/smallwins/commands"
)

// Render appends the JSON that answers an interaction right away: a message for
// the member or for the channel, a change of the message whose button was
// pressed, a form to fill in, or suggestions. It appends nothing where there are
// pictures or files to send.
func (a *App) Render(to []byte, request commands.Request, reply commands.Reply) ([]byte, error) {
	answer, now := a.responseTo(request, reply)
	if !now {
		return to, nil
	}
	return append(to, encode(answer)...), nil
}

// responseTo returns what answers an interaction, unless it goes out by Finish.
func (a *App) responseTo(request commands.Request, reply commands.Reply) (answer response, now bool) {
	if request.Via == commands.ViaCompletion {
		return suggest(reply.Suggestions), true
	}
	from, _ := parseOrigin(request.ReplyTo)
	if reply.Prompt != nil && !pressable(reply.Prompt) && !from.place.isForm() {
		return response{Type: dg.InteractionResponseModal, Data: a.modalFor(request, reply, from)}, true
	}
	if a.draws(reply) || reply.Enclosure != nil {
		return response{}, false // Pictures and files go out by Finish.
	}
	message, says := a.answering(request, reply, from)
	switch {
	case !says && from.place.updates():
		return response{Type: dg.InteractionResponseDeferredMessageUpdate}, true
	case replaces(request, reply, from.place):
		return response{Type: dg.InteractionResponseUpdateMessage, Data: message}, true
	case !reply.Shared:
		message.Flags |= flagPrivate
	}
	return response{Type: dg.InteractionResponseChannelMessageWithSource, Data: message}, true
}

// replaces reports whether the reply takes the place of the message that it was
// asked from: where it says so, and from step to step of a dialog that only the
// member sees.
func replaces(request commands.Request, reply commands.Reply, from place) bool {
	if !from.updates() || reply.Shared {
		return false
	}
	return reply.Replace || from.private() && inDialog(request.Action)
}

// inDialog reports whether an action belongs to a dialog.
func inDialog(action string) bool {
	switch action {
	case commands.ActionAnswer, commands.ActionBack, commands.ActionDrop, commands.ActionOpen:
		return true
	}
	return false
}

// messageOf returns a reply as a message; says is false for one that says
// nothing, which Discord would refuse. The key, if it is not 0, marks it.
func messageOf(reply commands.Reply, key int32) (message body, says bool) {
	rows := slices.Concat(promptRows(reply.Prompt), buttonRows(reply.Buttons))
	rows = rows[:min(len(rows), maxButtonRows)]
	files := fileParts(reply.Enclosure)
	taken := 1 + len(files) // and the container
	for _, row := range rows {
		taken += 1 + len(row.Components)
	}
	parts := slices.Concat(reply.Parts, promptParts(reply.Prompt))
	said := say(parts, maxComponents-taken, maxText)
	says = len(said.components)+len(rows) > 0
	if len(said.components) == 0 {
		said.components = []component{textDisplay(plain.Ellipsis)}
	}
	inside := slices.Concat(said.components, files, rows)
	message = body{
		Flags:           flagComponents | flagNoCards,
		Components:      []component{{Type: dg.ContainerComponent, ID: key, Components: inside}},
		AllowedMentions: allow(said.pings),
	}
	for i, shown := range said.pictures {
		message.files = append(message.files, shown.file(i))
		message.Attachments = append(message.Attachments, shown.attachment(i))
	}
	message.enclose(reply.Enclosure)
	return message, says
}

// allow returns the mentions of those members, and of nobody else.
func allow(members []string) mentions {
	slices.Sort(members)
	return mentions{Parse: []string{}, Users: slices.Compact(members)}
}

// buttonRows returns the buttons in rows as long as Discord allows. Two buttons
// that do the same are one: Discord wants their ids to differ.
func buttonRows(buttons []commands.Button) []component {
	var (
		rows, current []component
		seen          = make(map[string]bool, len(buttons))
	)
	for _, pressed := range buttons {
		id := customID{action: pressed.Action, value: pressed.Value}.String()
		if seen[id] {
			continue
		}
		seen[id] = true
		if current = append(current, button(id, pressed.Label, pressed.Look)); len(current) == maxRowButtons {
			rows, current = append(rows, row(current)), nil
		}
	}
	if len(current) > 0 {
		rows = append(rows, row(current))
	}
	return rows[:min(len(rows), maxButtonRows)]
}

func button(id, label string, look commands.Look) component {
	style := buttonSecondary
	switch look {
	case commands.Primary:
		style = buttonPrimary
	case commands.Danger:
		style = buttonDanger
	}
	return component{Type: dg.ButtonComponent, CustomID: id, Label: labelText(label, maxLabel), Style: style}
}

// labelText returns clean text that is not empty, since Discord refuses that.
// Labels are shown as they are, so nothing in them is escaped.
func labelText(text string, limit int) string {
	if text = strings.TrimSpace(plain.Clean(text)); text == "" {
		return plain.Ellipsis
	}
	return plain.Truncate(text, limit)
}

// suggest returns the suggestions for an option that is being typed.
func suggest(choices []commands.Choice) response {
	data := suggestions{Choices: []suggestion{}}
	for _, choice := range choices[:min(len(choices), maxSuggestions)] {
		value := plain.FirstBytes(choice.Value, maxChoice)
		if value != "" {
			data.Choices = append(data.Choices, suggestion{Name: labelText(choice.Label, maxChoice), Value: value})
		}
	}
	return response{Type: dg.InteractionApplicationCommandAutocompleteResult, Data: data}
}
