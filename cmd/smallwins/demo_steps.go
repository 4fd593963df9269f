package main

import (
	"context"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// steps lead a newcomer once round: a goal in words, coached to SMART, progress,
// the next morning, a warning. Whether each is done is read from what really happened, so
// it does not matter how somebody gets there.
func (w *demoWorld) steps() []sandbox.Step {
	voice := w.wording.In(w.language)
	text := func(id string) string { return voice.Text(id, nil) }
	const figure = "…" // whatever it is
	warning, _, _ := strings.Cut(voice.Text("warning_began_"+string(coaching.FamilyChurn), commands.Args{
		"stream": text("stream_" + string(coaching.FamilyChurn)), "is": figure,
	}), figure)
	return []sandbox.Step{
		{
			Title: text("tour_say"), Detail: text("tour_say_how"), Button: text("tour_say_try"), Say: "/goal new",
			Options: []sandbox.StepOption{{Name: "statement", Value: text("tour_say_words")}},
			Done: func(ctx context.Context, scene sandbox.Scene) bool {
				for _, line := range scene.Typed {
					if rest, begun := strings.CutPrefix(line, "/goal new "); begun && strings.TrimSpace(rest) != "" {
						return true
					}
				}
				goal, _ := w.newSince(ctx, scene)
				return goal
			},
		},
		{
			Title: text("tour_smart"), Detail: text("tour_smart_how"),
			Done: func(ctx context.Context, scene sandbox.Scene) bool { goal, _ := w.newSince(ctx, scene); return goal },
		},
		{
			Title: text("tour_log"), Detail: text("tour_log_how"), Button: text("tour_log_try"), Say: "/goal log",
			Options: []sandbox.StepOption{{Name: "amount", Value: "+3"}},
			Done: func(ctx context.Context, scene sandbox.Scene) bool {
				_, logged := w.newSince(ctx, scene)
				return logged
			},
		},
		{
			Title: text("tour_nudge"), Detail: text("tour_nudge_how"), Button: text("tour_nudge_try"), Jump: "morning",
			Done: func(_ context.Context, scene sandbox.Scene) bool { return len(scene.Posts) > 0 },
		},
		{
			Title: text("tour_warning"), Detail: text("tour_warning_how"), Button: text("tour_warning_try"), Jump: "monday",
			Done: func(ctx context.Context, scene sandbox.Scene) bool {
				told := func(post string) bool { return strings.Contains(post, warning) }
				return slices.ContainsFunc(scene.Posts, told) || w.clock.resumed && w.warned(ctx, scene)
			},
		},
	}
}

// after is said when all steps are done.
func (w *demoWorld) after() sandbox.Step {
	voice := w.wording.In(w.language)
	return sandbox.Step{Title: voice.Text("tour_done", nil), Detail: voice.Text("tour_done_how", nil)}
}

// warned reports whether there was a warning in a workspace. One that an earlier
// demo told is not told again, and no page shows it any more.
func (w *demoWorld) warned(ctx context.Context, scene sandbox.Scene) bool {
	warned, err := w.app.store.WarnedSince(ctx, coaching.WorkspaceID(scene.Platform+":"+scene.Workspace), w.clock.Told())
	return err == nil && len(warned) > 0
}

// newSince reports what members did in a workspace since the story was told.
func (w *demoWorld) newSince(ctx context.Context, scene sandbox.Scene) (goal, progress bool) {
	for _, story := range w.stories {
		if string(story.workspace) == scene.Platform+":"+scene.Workspace {
			return story.newSince(ctx, w.app.store)
		}
	}
	return false, false
}
