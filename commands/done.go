package commands

import (
	"context"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// done ticks one of the member's small wins of this week, by its number or by
// words of it. Without either it lists them.
func (r *Router) done(ctx context.Context, ask *ask) (Reply, error) {
	week, err := r.readWeek(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	switch found := ask.winsNamed(week, ask.rest); {
	case len(week.wins) == 0:
		return ask.say(Text{ask.voice.Line("done_none", nil)}), nil
	case ask.rest == "":
		return ask.listWins(week, ask.voice.Line("done_heading", nil)), nil
	case len(found.wins) == 0:
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "win_unknown"}
	case len(found.wins) > 1:
		return ask.listWins(found, ask.voice.Line("done_which", nil)), nil
	default:
		return r.tickWin(ctx, ask, found.wins[0])
	}
}

// doneChosen ticks the small win that a button of a list names, and puts the list
// anew.
func (r *Router) doneChosen(ctx context.Context, ask *ask) (Reply, error) {
	reply, err := r.tickChosen(ctx, ask)
	reply.Replace = true
	return reply, err
}

// tickChosen ticks the small win that a button names.
func (r *Router) tickChosen(ctx context.Context, ask *ask) (Reply, error) {
	win, err := r.store.Win(ctx, ask.Request.Workspace, ask.rest)
	if coaching.CodeOf(err) == coaching.NotFound {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "win_unknown", Err: err}
	}
	if err != nil {
		return Reply{}, err
	}
	return r.tickWin(ctx, ask, win)
}

// weekChosen shows the member's small wins of this week, to be ticked.
func (r *Router) weekChosen(ctx context.Context, ask *ask) (Reply, error) {
	ask.rest = ""
	return r.done(ctx, ask)
}

// tickWin records that a win is done and says so, with the rest of the week.
func (r *Router) tickWin(ctx context.Context, ask *ask, win coaching.SmallWin) (Reply, error) {
	goal, err := r.store.Goal(ctx, win.Workspace, win.Goal)
	if err != nil {
		return Reply{}, err
	}
	repeated, err := r.recordWin(ctx, ask, win)
	if err != nil {
		return Reply{}, err
	}
	week, err := r.readWeek(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	reply := ask.say(Text{ask.celebrate(week, win, goal, repeated)})
	if len(week.wins) > 0 {
		reply.Parts = append(reply.Parts, ask.winChecks(week, "win_of_goal"))
	}
	hint, err := r.logHint(ctx, ask, win, goal)
	if err != nil {
		return Reply{}, err
	}
	if hint != nil {
		reply.Parts = append(reply.Parts, Note{hint})
	}
	reply.Buttons = ask.winButtons(week)
	return reply, nil
}

// recordWin records that a win is done; repeated tells that it was already.
func (r *Router) recordWin(ctx context.Context, ask *ask, win coaching.SmallWin) (repeated bool, err error) {
	// The wording knows people by what the platform calls them just now.
	by := coaching.Member{Workspace: ask.Request.Workspace, ID: ask.Member, Name: ask.MemberName}
	done, err := win.Done(by, ask.Received, "", ask.ID)
	if err != nil {
		return false, err
	}
	_, repeated, err = r.store.RecordWin(ctx, done)
	return repeated, err
}

// celebrate says in a sentence what ticking a win came to.
func (a *ask) celebrate(week week, win coaching.SmallWin, goal coaching.Goal, repeated bool) Line {
	ticked, all := coaching.TickedOf(week.wins, week.ticks)
	args := Args{"goal": a.name(goal), "ticked": ticked, "wins": len(week.wins), "date": a.voice.date(win.Week, a.today)}
	switch {
	case repeated:
		return a.voice.Line("done_before", args)
	case win.Week != week.first:
		return a.voice.Line("done_late", args)
	case all:
		return a.voice.Line("done_all", args)
	default:
		return a.voice.Line("done_one", args)
	}
}

// logHint says how to log the pieces that a win counted, where a goal counts
// them: the win's own goal, or another of the member's or the team's. Nothing is
// logged by itself, as the pieces may have been logged one by one.
func (r *Router) logHint(ctx context.Context, ask *ask, win coaching.SmallWin, goal coaching.Goal) (Line, error) {
	if win.Count == 0 || win.Kind == coaching.WinAnswer {
		return nil, nil
	}
	goals := []coaching.Goal{goal}
	for _, owner := range []coaching.MemberID{ask.Member, ""} {
		more, err := r.store.GoalsOf(ctx, win.Workspace, owner, coaching.Active)
		if err != nil {
			return nil, err
		}
		goals = append(goals, more...)
	}
	for _, counting := range goals {
		if counting.State == coaching.Active && string(counting.Kind) == win.Stage && counting.Period.Contains(ask.today) {
			command := "/" + Name + " log #" + itoa(counting.Number) + " +" + itoa(win.Count)
			return ask.voice.Line("done_log", Args{"command": Span{Text: command, Style: Code}}), nil
		}
	}
	return nil, nil
}

// winsNamed returns the part of the week that a text means: a win by its number
// in the list, a goal's wins by the goal's number, or those in whose words or
// goal's title the text is.
func (a *ask) winsNamed(week week, text string) week {
	named := week
	named.wins, named.numbers = nil, nil
	number, notNumber := strconv.Atoi(text)
	for i, win := range week.wins {
		var means bool
		switch goal := week.goals[win.Goal]; {
		case notNumber == nil:
			means = number == week.numbers[i]
		case isGoalNumber(text):
			means = text == "#"+itoa(win.Goal)
		default:
			words := goal.Title + "\n" + a.win(win, goal).String()
			means = strings.Contains(strings.ToLower(words), strings.ToLower(text))
		}
		if means {
			named.wins, named.numbers = append(named.wins, win), append(named.numbers, week.numbers[i])
		}
	}
	return named
}

// listWins lists small wins, with buttons for ticking them.
func (a *ask) listWins(week week, heading Line) Reply {
	reply := a.say(Heading{heading}, a.winChecks(week, "win_of_goal"), Note{a.voice.Line("done_how", nil)})
	reply.Buttons = a.winButtons(week)
	if len(reply.Buttons) > 1 {
		reply.Buttons = append(reply.Buttons, a.beginButton("button_wins", dialogWins, week.first.String()))
	}
	return reply
}
