package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// home is the bot's own page: the member's goals and where they stand, this
// week's small wins, and what is done most. A press there carries out what the
// button says, and the page then begins with what came of it.
func (r *Router) home(ctx context.Context, ask *ask) (Reply, error) {
	var news []Part
	if ask.Action != "" {
		reply, err := r.act(ctx, ask)
		switch {
		case err != nil && coaching.CodeOf(err) == coaching.Internal:
			return Reply{}, err
		case err != nil:
			reply = explained(ask.voice, err, "")
		case reply.Prompt != nil:
			return reply, nil
		}
		news = append(reply.Parts, Divider{})
	}
	page, err := r.homePage(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	page.Parts = append(news, page.Parts...)
	return page, nil
}

// homePage words the page itself.
func (r *Router) homePage(ctx context.Context, ask *ask) (Reply, error) {
	goals, err := r.store.GoalsOf(ctx, ask.Request.Workspace, ask.Member, coaching.Active)
	if err != nil {
		return Reply{}, err
	}
	ask.rest = ""
	page, err := r.overview(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	week, err := r.readWeek(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	if len(week.wins) > 0 {
		page.Parts = append(page.Parts, Divider{}, Heading{ask.voice.Line("done_heading", nil)}, ask.winChecks(week, "win_of_goal"))
	}
	page.Buttons = append(ask.winButtons(week), ask.homeButtons(goals)...)
	return page, nil
}

// homeButtons are for what a member does most with their goals.
func (a *ask) homeButtons(goals []coaching.Goal) []Button {
	buttons := []Button{a.runs("home_new", "new", Neutral, nil)}
	if len(goals) == 0 {
		buttons[0].Look = Primary
		return append(buttons, a.runs("home_help", "help", Neutral, nil))
	}
	log := a.beginButton("home_log", dialogLog, "")
	log.Look = Primary
	buttons = append(buttons, log)
	if goal, clear := chosen(goals); clear {
		buttons = append(buttons, a.runs("home_plan", "plan #"+itoa(goal.Number), Neutral, Args{"goal": a.name(goal)}))
	}
	return append(buttons, a.runs("home_progress", "progress", Neutral, nil), a.runs("home_help", "help", Neutral, nil))
}

// runs is a button that does what a command would.
func (a *ask) runs(label, command string, look Look, args Args) Button {
	return Button{Label: a.voice.Text(label, args), Action: actionRun, Value: command, Look: look}
}

// runCommand carries out the command that a button stands for. It may do what
// whoever pressed it could type.
func (r *Router) runCommand(ctx context.Context, ask *ask) (Reply, error) {
	name, rest := cutWord(ask.rest)
	command, found := r.command(name)
	if !found {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	ask.rest = rest
	return command.run(r, ctx, ask)
}
