package commands

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// week is a member's small wins of the working week.
type week struct {
	first coaching.Date
	// wins are at most [coaching.MostWins]; numbers are what they are called in
	// the list of the week, from 1.
	wins    []coaching.SmallWin
	numbers []int
	goals   map[int]coaching.Goal // by number
	ticks   []coaching.WinDone
	done    map[string]bool // by the win's id
	// tried are the plays of the weeks before.
	tried []coaching.PlayID
	// grown is set where the request brought new wins.
	grown bool
}

// of returns the part of the week that is about a goal.
func (w week) of(goal coaching.Goal) week {
	part := w
	part.wins, part.numbers = nil, nil
	for i, win := range w.wins {
		if win.Goal == goal.Number {
			part.wins, part.numbers = append(part.wins, win), append(part.numbers, w.numbers[i])
		}
	}
	return part
}

// memory is for how many weeks a play that was tried gives way to others.
const memory = 8

// readWeek reads the member's wins of this week, with what was ticked.
func (r *Router) readWeek(ctx context.Context, ask *ask) (week, error) {
	read := week{
		first: ask.workspace.Calendar().WeekStart(ask.today),
		goals: make(map[int]coaching.Goal), done: make(map[string]bool),
	}
	wins, err := r.store.WinsSince(ctx, ask.Request.Workspace, ask.Member, read.first.AddDays(-7*memory))
	if err != nil {
		return week{}, err
	}
	for _, win := range wins {
		switch {
		case win.Week != read.first && win.Play != "":
			read.tried = append(read.tried, win.Play)
		// Two proposals at the same moment may have brought more than a week
		// has room for; those that came first are the week's.
		case win.Week == read.first && len(read.wins) < coaching.MostWins:
			read.wins = append(read.wins, win)
			read.numbers = append(read.numbers, len(read.wins))
		}
	}
	for _, win := range read.wins {
		if _, known := read.goals[win.Goal]; known {
			continue
		}
		if read.goals[win.Goal], err = r.store.Goal(ctx, win.Workspace, win.Goal); err != nil {
			return week{}, err
		}
	}
	if read.ticks, err = r.store.Ticks(ctx, read.wins); err != nil {
		return week{}, err
	}
	for _, tick := range read.ticks {
		read.done[tick.Win] = true
	}
	return read, nil
}

// proposeWins proposes the member's small wins of this week for a goal, keeps
// them and returns the whole week. Asking again proposes the same.
func (r *Router) proposeWins(ctx context.Context, ask *ask, goal coaching.Goal, plan coaching.Plan) (week, coaching.Reason, error) {
	before, proposal, err := r.possibleWins(ctx, ask, goal, plan)
	if err != nil || len(proposal.Wins) <= len(before.of(goal).wins) {
		return before, proposal.Reason, err
	}
	after, err := r.keepWins(ctx, ask, proposal.Wins)
	return after, proposal.Reason, err
}

// possibleWins returns the week as it is, and what may be proposed for a goal.
func (r *Router) possibleWins(ctx context.Context, ask *ask, goal coaching.Goal, plan coaching.Plan) (week, coaching.WinProposal, error) {
	before, err := r.readWeek(ctx, ask)
	if err != nil {
		return week{}, coaching.WinProposal{}, err
	}
	judgement, err := r.judge(ctx, ask, goal)
	if err != nil {
		return week{}, coaching.WinProposal{}, err
	}
	if err := r.learnCalendar(ctx, ask, ask.Member); err != nil {
		return week{}, coaching.WinProposal{}, err
	}
	share, err := r.share(ctx, ask, goal)
	if err != nil {
		return week{}, coaching.WinProposal{}, err
	}
	funnel, size := ask.funnelFor(goal)
	return before, coaching.ProposeWins(coaching.WinAsk{
		Judgement: judgement, Today: ask.today, Member: ask.Member, Calendar: ask.calendarOf(ask.Member),
		Share: share, Plan: plan, Funnel: funnel, Size: size, Kept: before.wins, Tried: before.tried,
	}), nil
}

// keepWins stores wins and returns the week with them. What is stored counts:
// somebody may have been quicker.
func (r *Router) keepWins(ctx context.Context, ask *ask, wins []coaching.SmallWin) (week, error) {
	if err := r.store.SaveWins(ctx, wins, ask.Received); err != nil {
		return week{}, err
	}
	after, err := r.readWeek(ctx, ask)
	after.grown = true
	return after, err
}

// shareReach is how many of a team goal's latest entries are looked through for
// who works on it.
const shareReach = 200

// share is the member's part of what is left to do: all of an own goal, of a
// team goal as much as anybody else who logs on it.
func (r *Router) share(ctx context.Context, ask *ask, goal coaching.Goal) (float64, error) {
	if !goal.Team() {
		return 1, nil
	}
	entries, err := r.store.EntriesOf(ctx, goal, shareReach)
	if err != nil {
		return 0, err
	}
	members := map[coaching.MemberID]bool{ask.Member: true}
	for _, entry := range entries {
		members[entry.Member] = true
	}
	return 1 / float64(len(members)), nil
}

// winsOf words a goal's small wins, or why there are none.
func (a *ask) winsOf(week week, reason coaching.Reason) []Part {
	if len(week.wins) == 0 {
		return []Part{Text{a.voice.Line(string(reason), Args{"day": a.day(a.today)})}}
	}
	return []Part{
		Text{a.voice.Line(string(reason), Args{"day": a.day(week.wins[0].Due)})},
		a.winChecks(week, "win_numbered"),
	}
}

// winChecks lists small wins with their numbers, in the wording of that id.
func (a *ask) winChecks(week week, id string) Checks {
	var checks Checks
	for i, win := range week.wins {
		goal := week.goals[win.Goal]
		check := Check{Done: week.done[win.ID], Line: a.voice.Line(id, Args{
			"number": week.numbers[i], "goal": a.name(goal), "win": a.win(win, goal),
		})}
		if win.Capped && !check.Done {
			check.Hint = a.voice.Line("win_capped", nil)
		}
		checks.Items = append(checks.Items, check)
	}
	return checks
}

// winButtons are for ticking what is not ticked yet.
func (a *ask) winButtons(week week) []Button {
	var buttons []Button
	for i, win := range week.wins {
		if week.done[win.ID] || len(win.ID) > maxValue {
			continue
		}
		buttons = append(buttons, Button{
			Label: a.voice.Text("button_win_done", Args{"number": week.numbers[i]}), Action: actionWinDone, Value: win.ID,
		})
	}
	return buttons
}

// win words what a small win asks for.
func (a *ask) win(win coaching.SmallWin, goal coaching.Goal) Line {
	args := Args{"stage": a.stage(win.Stage), "text": win.Text}
	switch {
	case win.Kind == coaching.WinPieces:
		m := stageMeasure(win.Stage)
		if string(goal.Kind) == win.Stage && goal.Noun != "" {
			m.noun = goal.Noun
		}
		args["pieces"] = a.voice.counted(decimal.NewFromInt(int64(win.Count)), m)
	case win.Count > 0:
		args["count"] = win.Count
	}
	return a.voice.Line(win.Title, args)
}
