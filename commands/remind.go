package commands

import (
	"context"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
)

// maxEntries is how many entries since the last working day a nudge looks
// through.
const maxEntries = 2000

// gatherNudge gathers the facts of a nudge.
func (r *Router) gatherNudge(ctx context.Context, o occasion) (coaching.Notice, error) {
	since, from := coaching.LookBack(o.date, o.terms.Calendar, o.cadence.Location(o.terms))
	entries, err := r.store.EntriesSince(ctx, o.workspace.ID, from, o.now, maxEntries)
	if err != nil {
		return nil, err
	}
	goals, err := r.store.Goals(ctx, o.workspace.ID, coaching.Active)
	if err != nil {
		return nil, err
	}
	nudge := coaching.NewNudge(o.date, since, o.cadence.Member, entries, goals)
	for i := range nudge.Goals {
		if nudge.Goals[i].Progress, err = r.store.Progress(ctx, nudge.Goals[i].Goal, o.now); err != nil {
			return nil, err
		}
	}
	return nudge, nil
}

// Word finds the words for a delivery's notices.
func (r *Router) Word(ctx context.Context, delivery coaching.Delivery) (Post, error) {
	workspace, err := r.store.Workspace(ctx, delivery.Workspace)
	if err != nil {
		return Post{}, err
	}
	ask := &ask{
		Request:   Request{Workspace: delivery.Workspace, Channel: delivery.Channel, Member: delivery.Member},
		workspace: workspace,
	}
	ask.voice = r.wording.In(workspace.Language)
	if delivery.Member != "" {
		member, err := r.self(ctx, ask)
		if err != nil {
			return Post{}, err
		}
		ask.MemberName = member.Name
		if err := r.listen(ctx, ask); err != nil {
			return Post{}, err
		}
	}
	var parts []Part
	for i, notice := range delivery.Notices {
		ask.today = notice.Day()
		if i > 0 {
			parts = append(parts, Divider{})
		}
		said, err := r.wordNotice(ctx, ask, notice)
		if err != nil {
			return Post{}, err
		}
		parts = append(parts, said...)
	}
	return Post{
		Key: delivery.ID, Workspace: delivery.Workspace, Channel: delivery.Channel, Member: delivery.Member,
		Reply: Reply{Shared: delivery.Member == "", Parts: parts},
	}, nil
}

// wordNotice finds the words for one notice.
func (r *Router) wordNotice(ctx context.Context, ask *ask, notice coaching.Notice) ([]Part, error) {
	switch notice := notice.(type) {
	case coaching.Nudge:
		return r.wordNudge(ctx, ask, notice)
	default:
		return nil, fmt.Errorf("word a notice: kind %s: %w", notice.Kind(), coaching.Refuse("notice_unknown"))
	}
}

func (r *Router) wordNudge(ctx context.Context, ask *ask, nudge coaching.Nudge) ([]Part, error) {
	nudge, err := r.shareable(ctx, ask.Request.Workspace, nudge)
	if err != nil {
		return nil, err
	}
	for _, standing := range nudge.Goals {
		if err := r.meet(ctx, ask, standing.Goal.Owner); err != nil {
			return nil, err
		}
		if err := r.learnCalendar(ctx, ask, standing.Goal.Owner); err != nil {
			return nil, err
		}
	}
	return ask.nudge(nudge), nil
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
	nudge.Wins, nudge.Goals = kept.Wins, kept.Goals
	return nudge, nil
}

// nudge words a daily nudge: wins, where the focus goals stand, one next step.
// Of people's own goals a channel hears only what goes well; their owner hears of
// all.
func (a *ask) nudge(nudge coaching.Nudge) []Part {
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
	} else {
		parts = append(parts, Text{a.voice.Line("nudge_no_wins", Args{"since": since})})
	}
	var judgements []coaching.Judgement
	for _, standing := range nudge.Goals {
		j := coaching.Judge(standing, a.calendarOf(standing.Goal.Owner), nudge.Date, a.workspace.Location())
		if j.Goal.Team() || nudge.Member != "" || j.GoesWell() {
			judgements = append(judgements, j)
		}
	}
	if len(judgements) == 0 {
		return append(parts, Note{a.voice.Line("nudge_no_goals", nil)})
	}
	parts = append(parts, Divider{})
	for _, j := range judgements {
		title := a.name(j.Goal)
		if !j.Goal.Team() {
			title = append(title, Span{Text: " · "}, a.member(j.Goal.Owner))
		}
		parts = append(parts, Text{title})
		if meter, shown := a.meter(j); shown {
			parts = append(parts, meter)
		} else {
			parts = append(parts, Text{a.verdict(j)})
		}
	}
	if step := a.nextStep(judgements); step != nil {
		parts = append(parts, Text{step})
	}
	return append(parts, Note{a.voice.Line("nudge_log", nil)})
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
		"amount": Span{Text: a.voice.counted(a.up(chosen.Pace.Needed, chosen.Goal), measureOf(chosen.Goal)), Style: Strong},
		"goal":   a.name(chosen.Goal), "last": a.voice.date(chosen.Goal.Period.To, a.today),
	})
}
