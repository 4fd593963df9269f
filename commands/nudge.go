package commands

import (
	"context"
	"slices"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// maxEntries is how many entries since the last working day a nudge looks
// through.
const maxEntries = 2000

// gatherNudge gathers the facts of a nudge.
func (r *Router) gatherNudge(ctx context.Context, o occasion) (gathered, error) {
	since, from := coaching.LookBack(o.date, o.terms.Calendar, o.cadence.Location(o.terms))
	entries, err := r.store.EntriesSince(ctx, o.workspace.ID, from, o.now, maxEntries)
	if err != nil {
		return gathered{}, err
	}
	goals, err := r.store.Goals(ctx, o.workspace.ID, coaching.Active)
	if err != nil {
		return gathered{}, err
	}
	fed, err := r.fedWins(ctx, o, coaching.NudgeGoals(o.cadence.Member, goals), since)
	if err != nil {
		return gathered{}, err
	}
	nudge := coaching.NewNudge(o.date, since, o.cadence.Member, entries, fed, goals)
	for i := range nudge.Goals {
		if nudge.Goals[i].Progress, err = r.store.Progress(ctx, nudge.Goals[i].Goal, o.now); err != nil {
			return gathered{}, err
		}
	}
	if nudge, err = r.withSmallWins(ctx, o, nudge, goals); err != nil {
		return gathered{}, err
	}
	given, err := r.store.KudosSince(ctx, o.workspace.ID, o.nudgedBefore(since), o.at)
	if err != nil {
		return gathered{}, err
	}
	nudge.Applause = coaching.CountKudos(given)
	if o.cadence.Member != "" {
		nudge.Applause = slices.DeleteFunc(nudge.Applause, func(a coaching.Applause) bool { return a.Member != o.cadence.Member })
	}
	return gathered{notice: nudge}, nil
}

// fedWins returns what events tell that members won since a day, with what they
// are called.
func (r *Router) fedWins(ctx context.Context, o occasion, goals []coaching.Goal, since coaching.Date) ([]coaching.Win, error) {
	id := o.workspace.ID
	feeds, err := r.store.Feeds(ctx, id)
	if err != nil || len(feeds) == 0 {
		return nil, err
	}
	owners, err := r.store.Owners(ctx, id)
	if err != nil {
		return nil, err
	}
	book, err := r.store.DayBook(ctx, id, since, o.date.AddDays(-1), o.now)
	if err != nil {
		return nil, err
	}
	wins := coaching.FedWins(goals, book, feeds, owners, since, o.date, o.workspace.Location())
	for i := range wins {
		member, err := r.store.Member(ctx, id, wins[i].Entry.Member)
		if err != nil {
			return nil, err
		}
		wins[i].Entry.Name = member.Name
	}
	return wins, nil
}

// nudgedBefore returns when the nudge before this one was due: on the day that
// was told last, or else on the day that this one looks back to.
func (o occasion) nudgedBefore(since coaching.Date) time.Time {
	if told := o.cadence.Told; !told.IsZero() && told.Before(o.date) {
		since = told
	}
	return o.cadence.At.On(since, o.cadence.Location(o.terms))
}

// withSmallWins returns the nudge with this week's small wins.
func (r *Router) withSmallWins(ctx context.Context, o occasion, nudge coaching.Nudge, active []coaching.Goal) (coaching.Nudge, error) {
	wins, err := r.store.WinsOfWeek(ctx, o.workspace.ID, o.workspace.Calendar().WeekStart(o.date))
	if err != nil {
		return coaching.Nudge{}, err
	}
	ticks, err := r.store.Ticks(ctx, wins)
	if err != nil {
		return coaching.Nudge{}, err
	}
	goals := make(map[int]coaching.Goal, len(active))
	for _, goal := range active {
		goals[goal.Number] = goal
	}
	return nudge.WithSmallWins(wins, ticks, goals), nil
}

// wordNudge words a nudge. Of people's own goals a channel hears only what goes
// well; their owner hears of all.
func (r *Router) wordNudge(ctx context.Context, ask *ask, nudge coaching.Nudge) ([]Part, error) {
	nudge, err := r.shareable(ctx, ask.Request.Workspace, nudge)
	if err != nil {
		return nil, err
	}
	var judgements []coaching.Judgement
	for _, standing := range nudge.Goals {
		if err := r.meet(ctx, ask, standing.Goal.Owner); err != nil {
			return nil, err
		}
		judgement, err := r.judged(ctx, ask, standing)
		if err != nil {
			return nil, err
		}
		if judgement.Goal.Team() || nudge.Member != "" || judgement.GoesWell() {
			judgements = append(judgements, judgement)
		}
	}
	return ask.nudge(nudge, judgements), nil
}

// shareable returns a nudge without the goals that have become private, or are
// gone, since it was decided.
func (r *Router) shareable(ctx context.Context, workspace coaching.WorkspaceID, nudge coaching.Nudge) (coaching.Nudge, error) {
	hidden := make(map[int]bool)
	look := func(number int) error {
		if _, known := hidden[number]; known {
			return nil
		}
		goal, err := r.store.Goal(ctx, workspace, number)
		if err != nil && coaching.CodeOf(err) != coaching.NotFound {
			return err
		}
		hidden[number] = err != nil || goal.Private && nudge.Member == "" || nudge.Member != "" && !goal.Team() && goal.Owner != nudge.Member
		return nil
	}
	var kept coaching.Nudge
	for _, win := range nudge.Wins {
		if err := look(win.Goal.Number); err != nil {
			return coaching.Nudge{}, err
		}
		if !hidden[win.Goal.Number] {
			kept.Wins = append(kept.Wins, win)
		}
	}
	for _, standing := range nudge.Goals {
		if err := look(standing.Goal.Number); err != nil {
			return coaching.Nudge{}, err
		}
		if !hidden[standing.Goal.Number] {
			kept.Goals = append(kept.Goals, standing)
		}
	}
	for _, small := range nudge.Small {
		if err := look(small.Goal.Number); err != nil {
			return coaching.Nudge{}, err
		}
		if !hidden[small.Goal.Number] {
			kept.Small = append(kept.Small, small)
		}
	}
	nudge.Wins, nudge.Goals, nudge.Small = kept.Wins, kept.Goals, kept.Small
	return nudge, nil
}

// nudge words a daily nudge: wins, where the focus goals stand, one next step.
func (a *ask) nudge(nudge coaching.Nudge, judgements []coaching.Judgement) []Part {
	parts := []Part{Heading{a.voice.Line("nudge_heading", Args{
		"weekday": a.voice.weekday(nudge.Date.Weekday()), "date": a.voice.date(nudge.Date, nudge.Date),
	})}}
	since := a.voice.Text("since_yesterday", nil)
	if nudge.Date.Sub(nudge.Since) > 1 {
		since = a.voice.Text("since_day", Args{"weekday": a.voice.weekday(nudge.Since.Weekday())})
	}
	if len(nudge.Wins) > 0 {
		list := List{}
		for _, win := range nudge.Wins {
			list.Items = append(list.Items, a.voice.Line("nudge_win", Args{
				"member": Span{Text: nameOr(win.Entry.Name, win.Entry.Member), Member: win.Entry.Member, Style: Strong},
				"amount": Span{Text: a.voice.change(win.Entry.Amount, measureOf(win.Goal)), Style: Strong},
				"goal":   win.Goal.Title,
			}))
		}
		if nudge.MoreWins > 0 {
			list.Items = append(list.Items, a.voice.Line("nudge_more_wins", Args{"count": nudge.MoreWins}))
		}
		parts = append(parts, Text{a.voice.Line("nudge_wins", Args{"since": since})}, list)
		if nudge.Member == "" {
			parts = append(parts, Row{a.kudosButtons(nudge.Wins)})
		}
	} else {
		parts = append(parts, Text{a.voice.Line("nudge_no_wins", Args{"since": since})})
	}
	if applause := a.applause(nudge.Applause); applause != nil {
		parts = append(parts, Text{applause})
	}
	if len(judgements) == 0 {
		parts = append(parts, a.smallWins(nudge)...)
		return append(parts, Note{a.voice.Line("nudge_no_goals", nil)})
	}
	parts = append(parts, Divider{})
	for _, j := range judgements {
		title := a.name(j.Goal)
		if !j.Goal.Team() {
			title = append(title, Span{Text: " · "}, a.member(j.Goal.Owner))
		}
		parts = append(parts, Text{title})
		if meter, shown := a.meter(&j); shown {
			parts = append(parts, meter)
		} else {
			parts = append(parts, Text{a.verdict(&j)})
		}
	}
	parts = append(parts, a.smallWins(nudge)...)
	if step := a.nextStep(judgements); step != nil {
		parts = append(parts, Text{step})
	}
	return append(parts, Note{a.voice.Line("nudge_log", nil)})
}

// smallWins shows this week's small wins: in a channel what is ticked, by name,
// and how many there are; to a member their own, each to be ticked.
func (a *ask) smallWins(nudge coaching.Nudge) []Part {
	if nudge.SmallAll == 0 {
		return nil
	}
	parts := []Part{Text{a.voice.Line("nudge_small", Args{"ticked": itoa(nudge.SmallTicked), "count": nudge.SmallAll})}}
	var (
		checks Checks
		ticks  []Button
	)
	for i, small := range nudge.Small {
		win, goal := small.Win, a.name(small.Goal)
		if nudge.Member == "" {
			checks.Items = append(checks.Items, Check{Done: true, Line: a.voice.Line("nudge_small_win", Args{
				"member": Span{Text: nameOr(small.Name, win.Member), Member: win.Member, Style: Strong}, "win": a.win(win, small.Goal), "goal": goal,
			})})
			continue
		}
		checks.Items = append(checks.Items, Check{Done: small.Done, Line: a.voice.Line("win_of_goal", Args{
			"number": i + 1, "win": a.win(win, small.Goal), "goal": goal,
		})})
		if !small.Done && len(win.ID) <= maxValue {
			ticks = append(ticks, Button{
				Label: a.voice.Text("button_win_done", Args{"number": i + 1}), Action: actionWinTick, Value: win.ID,
			})
		}
	}
	if len(checks.Items) > 0 {
		parts = append(parts, checks)
	}
	switch {
	case nudge.Member == "" && nudge.SmallTicked < nudge.SmallAll:
		parts = append(parts, Row{[]Button{{Label: a.voice.Text("button_week", nil), Action: actionWeek}}})
	case len(ticks) > 0:
		parts = append(parts, Row{ticks})
	}
	return parts
}

// nextStep chooses the one step that a nudge proposes: for the goal that needs
// most relative to its target.
func (a *ask) nextStep(judgements []coaching.Judgement) Line {
	var (
		chosen coaching.Judgement
		most   float64
	)
	for _, j := range judgements {
		if j.Pace == nil || j.Pace.Target <= 0 || j.Goal.Better == coaching.Lower || j.Met() || j.Pace.State == coaching.PaceOver {
			continue
		}
		if need := j.Pace.Needed / j.Pace.Target; need > most {
			chosen, most = j, need
		}
	}
	if most == 0 {
		return nil
	}
	return a.voice.Line("nudge_step", Args{
		"amount": Span{Text: a.voice.counted(up(chosen.Pace.Needed, chosen.Goal.Unit), measureOf(chosen.Goal)), Style: Strong},
		"goal":   a.name(chosen.Goal), "last": a.voice.date(chosen.Goal.Period.To, a.today),
	})
}
