package sandbox

import (
	"context"
	"encoding/json"
	"sort"
	"strings"
	"sync"
)

// Step is one of the things that a newcomer tries.
type Step struct {
	Title, Detail string
	// Button says what its button does: put a command or plain words into the
	// message box, or move the clock. Empty means that there is none.
	Button string
	// Say is what goes into the message box: a command's first words, or words.
	Say string
	// Options are what follows a command, in order.
	Options []StepOption
	// Jump names a jump of the clock: "morning", "monday", …
	Jump string
	// Done reports whether it has been done in a workspace.
	Done func(ctx context.Context, scene Scene) bool
}

// StepOption is an option of a command, by its name.
type StepOption struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Scene is what happened in a workspace so far.
type Scene struct {
	// Platform is "slack" or "discord", Workspace the team's or server's id.
	Platform, Workspace string
	// Typed is what members typed, whole lines.
	Typed []string
	// Posts is what the bot said in channels by itself.
	Posts []string
}

// guide knows how far newcomers have come on each platform.
type guide struct {
	steps []Step
	after Step

	*guideState
}

type guideState struct {
	mu    sync.Mutex
	typed map[string][]string // by platform
	done  map[string][]bool
}

func newGuide(config Config) guide {
	return guide{steps: config.Steps, after: config.After, guideState: &guideState{
		typed: make(map[string][]string), done: make(map[string][]bool),
	}}
}

// hear notes what a member typed.
func (g guide) hear(at place, said typed) {
	line := said.text
	names := make([]string, 0, len(said.options))
	for name := range said.options {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		line += " " + said.options[name]
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.typed[at.On()] = append(g.typed[at.On()], line)
}

// stepView is a step as the page shows it.
type stepView struct {
	Step
	Number        int
	Done, Current bool
}

// Class is the step's in the style sheet.
func (v stepView) Class() string {
	switch {
	case v.Done:
		return "done"
	case v.Current:
		return "current"
	}
	return ""
}

// guideView is how far a newcomer has come.
type guideView struct {
	Steps  []stepView
	Now    *Step
	Number int
	Count  int
	Text   string
	// Options are those of the present step, where the platform has fields.
	Options []StepOption
	After   Step
}

// view looks which steps are done. A step that was done once stays so.
func (g guide) view(ctx context.Context, on platform) guideView {
	scene := Scene{Platform: on.name(), Workspace: on.team().ID}
	for _, channel := range on.team().Channels {
		for _, message := range on.in(channel.ID) {
			if message.Via == "chat.postMessage" || message.Via == "messages.create" {
				scene.Posts = append(scene.Posts, plainText(on.look(message)))
			}
		}
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	scene.Typed = g.typed[scene.Platform]
	if g.done[scene.Platform] == nil {
		g.done[scene.Platform] = make([]bool, len(g.steps))
	}
	done := g.done[scene.Platform]
	view := guideView{Count: len(g.steps), After: g.after}
	for i, step := range g.steps {
		done[i] = done[i] || step.Done(ctx, scene)
		shown := stepView{Step: step, Number: i + 1, Done: done[i]}
		if !done[i] && view.Now == nil {
			shown.Current, view.Now, view.Number = true, &g.steps[i], i+1
			view.Text = step.Say
			if _, fields := on.(completing); fields {
				view.Options = step.Options
			} else {
				view.Text = step.line()
			}
		}
		view.Steps = append(view.Steps, shown)
	}
	return view
}

// line is what a step says as one line.
func (s Step) line() string {
	line := s.Say
	for _, option := range s.Options {
		line += " " + option.Value
	}
	return line
}

// plainText is what stands in blocks, as text.
func plainText(blocks []block) string {
	var out strings.Builder
	var walk func(blocks []block)
	walk = func(blocks []block) {
		for _, b := range blocks {
			for _, text := range append([]prose{b.Text}, b.Fields...) {
				text.plain(&out)
			}
			for _, e := range b.Elements {
				if e.Kind == "text" {
					e.Text.plain(&out)
				}
			}
			walk(b.Inside)
		}
	}
	walk(blocks)
	return out.String()
}

// plain writes prose without its styles, a paragraph a line.
func (p prose) plain(out *strings.Builder) {
	for _, part := range p {
		for _, spans := range append([][]span{part.Spans}, part.Items...) {
			for _, span := range spans {
				out.WriteString(span.Text)
			}
			out.WriteByte('\n')
		}
	}
}

// jsonText writes a value for a data attribute.
func jsonText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return "null"
	}
	return string(text)
}
