package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// direct takes a file that was sent to the bot alone, or free words: the answer to what
// it asked last, else a command without its slash, else a goal to talk about.
func (r *Router) direct(ctx context.Context, ask *ask) (Reply, error) {
	if len(ask.Files) > 0 {
		return r.importFile(ctx, ask)
	}
	text := strings.TrimSpace(ask.Text)
	name, rest := cutWord(text)
	if slashed, found := strings.CutPrefix(name, "/"); found && strings.EqualFold(slashed, Name) {
		name, rest = cutWord(rest)
		text = ""
	}
	command, isCommand := r.command(name)
	if text != "" {
		reply, answered, err := r.answerDirectly(ctx, ask, text, isCommand)
		if err != nil || answered {
			return reply, err
		}
	}
	switch {
	case isCommand:
		ask.rest = strings.TrimSpace(rest)
		return command.run(r, ctx, ask)
	case text == "" && name == "":
		return r.overview(ctx, ask)
	case text == "":
		return r.unknown(ask, name), nil
	}
	ask.rest = text
	return r.propose(ctx, ask)
}

// answerDirectly takes words for the answer to the question that waits for one,
// if there is one. A question that offers choices lets a command pass.
func (r *Router) answerDirectly(ctx context.Context, ask *ask, text string, isCommand bool) (reply Reply, answered bool, err error) {
	reply, err = r.retried(func() (Reply, error) {
		dialogs, err := r.store.DialogsOf(ctx, ask.Request.Workspace, ask.Member)
		if err != nil {
			return Reply{}, err
		}
		answered = false
		dialog, found := ask.talk(dialogs)
		if !found {
			return Reply{}, nil
		}
		script, err := r.scriptOf(ctx, ask, dialog)
		if err != nil {
			return Reply{}, err
		}
		if dialog.Repeats(ask.ID) {
			answered = true
			return r.showStep(ctx, ask, script, dialog)
		}
		dialog.OneByOne = true
		reply, taken, err := r.takeWords(ctx, ask, script, dialog, text, isCommand)
		answered = taken
		return reply, err
	})
	return reply, answered, err
}

// talk returns the dialog that words said just now belong to: the latest that
// is led in words or in the same place. One that these very words ended counts,
// so that a repeat shows its end again.
func (a *ask) talk(dialogs []coaching.Dialog) (talk coaching.Dialog, found bool) {
	for _, dialog := range dialogs {
		switch {
		case !dialog.OneByOne && dialog.Channel != a.Channel:
		case dialog.Repeats(a.ID):
			return dialog, true
		// Of those that were moved in the same instant, one that waits.
		case !found && talk.Changed.IsZero(), !found && dialog.Changed.Equal(talk.Changed):
			talk, found = dialog, dialog.Waits(a.Received)
		}
	}
	return talk, found
}

// takeWords moves a dialog by words: one of the ways out, or the answer to the
// field that is asked.
func (r *Router) takeWords(ctx context.Context, ask *ask, script script, dialog coaching.Dialog, text string, isCommand bool) (reply Reply, taken bool, err error) {
	step, found := script.step(dialog.Step)
	if !found {
		return Reply{}, false, nil
	}
	asked, err := step.prompt(ctx)
	if err != nil {
		return Reply{}, false, err
	}
	fields := asked.Prompt.Fields
	field := fields[min(dialog.Field, len(fields)-1)].kept(dialog)
	words := []string{text}
	touched := dialog.Touched(ask.ID, ask.Received)
	switch {
	case ask.says("dialog_words_back", text):
		reply, err = r.moved(ctx, ask, stepBack(script, touched))
		return reply, true, err
	case ask.says("dialog_words_drop", text):
		touched.State = coaching.DialogDropped
		reply, err = r.moved(ctx, ask, touched)
		return reply, true, err
	case ask.says("dialog_words_rest", text) && step.optional:
		reply, err = r.skipRest(ctx, ask, script, touched)
		return reply, true, err
	case ask.says("dialog_words_skip", text) && (field.Optional || field.begun()):
		words = field.beginning()
	case len(field.Choices) > 0:
		value, offered := field.meant(text, step.freely)
		if !offered && isCommand {
			return Reply{}, false, nil
		}
		words = value
	case field.Kind == PickMember && len(ask.Mentions) > 0:
		words = []string{string(ask.Mentions[0])}
	}
	reply, err = r.answerStep(ctx, ask, script, touched, map[string][]string{field.Name: words})
	return reply, true, err
}

// says reports whether a text is one of the words that a message lists.
func (a *ask) says(id, text string) bool {
	for word := range strings.SplitSeq(a.voice.Text(id, nil), ",") {
		if strings.EqualFold(strings.TrimSpace(word), strings.TrimSpace(text)) {
			return true
		}
	}
	return false
}

// meant returns the choices that a text means: by their label, their value or,
// where other words will not do, their place in the list. Of several the text
// is cut at commas. What means none is returned as it is.
func (f Field) meant(text string, freely bool) (values []string, offered bool) {
	parts := []string{text}
	if f.Kind == PickMany {
		parts = strings.Split(text, ",")
	}
	for _, part := range parts {
		part = strings.TrimSpace(part)
		i := slices.IndexFunc(f.Choices, func(choice Choice) bool {
			return strings.EqualFold(choice.Label, part) || strings.EqualFold(choice.Value, part)
		})
		if place, err := strconv.Atoi(part); i < 0 && err == nil && !freely && place >= 1 && place <= len(f.Choices) {
			i = place - 1
		}
		if i < 0 {
			return []string{text}, false
		}
		values = append(values, f.Choices[i].Value)
	}
	return values, true
}
