package commands

import (
	"context"
	"strings"
)

// help lists the commands, or tells more of one.
func (r *Router) help(_ context.Context, ask *ask) (Reply, error) {
	for _, command := range r.table {
		if strings.EqualFold(command.Name, ask.rest) {
			return ask.say(
				Heading{Line{{Text: ask.typed(command)}}},
				Text{ask.voice.Line(command.Summary, nil)},
				List{Items: paragraphs(ask.voice.Line(command.Summary+"_more", nil))},
			), nil
		}
	}
	return ask.say(
		Heading{ask.voice.Line("help_heading", nil)},
		ask.commandList(r.table),
		ask.examples(),
		Note{ask.voice.Line("help_more", nil)},
	), nil
}

// unknown answers a command that there is none of with those there are.
func (r *Router) unknown(ask *ask, name string) Reply {
	return ask.say(
		Text{ask.voice.Line("unknown_command", Args{"name": Span{Text: name, Style: Code}})},
		ask.commandList(r.table),
	)
}

// Line is how the command is typed.
func (c Command) Line() string { return c.lineWith(c.usage()) }

func (c Command) lineWith(usage string) string {
	return strings.TrimSpace("/" + Name + " " + c.Name + " " + usage)
}

// typed is how the command is typed, with what follows its name told in the
// member's language where that has words for it: the message "usage_log".
func (a *ask) typed(command Command) string {
	if id := "usage_" + command.Name; a.voice.Has(id) {
		return command.lineWith(a.voice.Text(id, nil))
	}
	return command.Line()
}

func (a *ask) commandList(table []Command) List {
	list := List{Items: make([]Line, len(table))}
	for i, command := range table {
		summary := a.voice.Line(command.Summary, nil)
		line := append(make(Line, 0, 2+len(summary)), Span{Text: a.typed(command), Style: Code}, Span{Text: " — "})
		list.Items[i] = append(line, summary...)
	}
	return list
}

// examples are three things that a newcomer can type right away.
func (a *ask) examples() Part {
	return List{Items: []Line{
		a.voice.Line("example_count", nil),
		a.voice.Line("example_money", nil),
		a.voice.Line("example_team", nil),
	}}
}

// say is a private reply.
func (a *ask) say(parts ...Part) Reply { return Reply{Parts: parts} }

// paragraphs cuts a text at its line breaks.
func paragraphs(text Line) []Line {
	all := []Line{nil}
	for _, span := range text {
		for i, piece := range strings.Split(span.Text, "\n") {
			if i > 0 {
				all = append(all, nil)
			}
			if piece != "" {
				span.Text = piece
				all[len(all)-1] = append(all[len(all)-1], span)
			}
		}
	}
	return all
}
