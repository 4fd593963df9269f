package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// Limits of a tick.
const (
	tickBatch  = 200
	maxEntries = 2000 // entries since the last working day that a nudge looks through
)

// Tick decides what has come due by now and puts it into the outbox. It may run
// on any number of replicas, late, or twice: a decision has a derived id, so it
// is taken once. An error with one cadence does not keep the others waiting.
func (r *Router) Tick(ctx context.Context, now time.Time) error {
	var errs []error
	for {
		due, err := r.store.DueCadences(ctx, now, tickBatch)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		failed := 0
		for _, cadence := range due {
			if err := r.fire(ctx, cadence, now); err != nil {
				errs = append(errs, fmt.Errorf("cadence %s: %w", cadence.Key(), err))
				failed++
			}
		}
		// A cadence that missed several days is due again at once.
		if failed == len(due) || ctx.Err() != nil {
			return errors.Join(errs...)
		}
	}
}

// fire puts what a due cadence brings about into the outbox and moves the
// cadence on. Both can be repeated: a process that dies between them leaves the
// cadence due, and the delivery is found in the outbox the next time.
func (r *Router) fire(ctx context.Context, cadence coaching.Cadence, now time.Time) error {
	workspace, err := r.store.Workspace(ctx, cadence.Workspace)
	if err != nil {
		return err
	}
	loc, err := coaching.Zone(cadence.Zone)
	if err != nil {
		return err
	}
	date := coaching.DateOf(cadence.NextAt.In(loc))
	expires := coaching.NudgeExpires(cadence.NextAt, loc)
	// A holiday may have been entered after the time was computed.
	if workspace.Calendar().Works(date) {
		delivery := coaching.Delivery{
			ID: cadence.Key() + "/" + date.String(), Workspace: cadence.Workspace, Channel: cadence.Channel,
			State: coaching.Pending, DueAt: cadence.NextAt, NextAt: cadence.NextAt, ExpiresAt: expires,
			Nudge: coaching.Nudge{Date: date, Since: date},
		}
		if now.Before(expires) {
			if delivery.Nudge, err = r.nudge(ctx, workspace, date, now, loc); err != nil {
				return err
			}
		}
		if err := r.store.Enqueue(ctx, delivery); err != nil {
			return err
		}
	}
	next, _, err := cadence.Next(cadence.NextAt, workspace.Calendar())
	if err != nil {
		return err
	}
	cadence.NextAt = next
	if err := r.store.AdvanceCadence(ctx, cadence); err != nil && coaching.CodeOf(err) != coaching.Conflict {
		return err
	}
	return nil
}

// nudge gathers the facts of a nudge for a local day.
func (r *Router) nudge(ctx context.Context, workspace coaching.Workspace, date coaching.Date, now time.Time, loc *time.Location) (coaching.Nudge, error) {
	since, from := coaching.LookBack(date, workspace.Calendar(), loc)
	entries, err := r.store.EntriesSince(ctx, workspace.ID, from, now, maxEntries)
	if err != nil {
		return coaching.Nudge{}, err
	}
	goals, err := r.store.Goals(ctx, workspace.ID, coaching.Active)
	if err != nil {
		return coaching.Nudge{}, err
	}
	nudge := coaching.NewNudge(date, since, entries, goals)
	for i := range nudge.Goals {
		if nudge.Goals[i].Progress, err = r.store.Progress(ctx, nudge.Goals[i].Goal, now); err != nil {
			return coaching.Nudge{}, err
		}
	}
	return nudge, nil
}

// Word finds the words for a delivery's facts.
func (r *Router) Word(ctx context.Context, delivery coaching.Delivery) (Post, error) {
	workspace, err := r.store.Workspace(ctx, delivery.Workspace)
	if err != nil {
		return Post{}, err
	}
	ask := &ask{
		Request:   Request{Workspace: delivery.Workspace, Channel: delivery.Channel},
		voice:     r.wording.In(workspace.Language),
		workspace: workspace, today: delivery.Nudge.Date,
	}
	if delivery.Nudge, err = r.shareable(ctx, delivery.Workspace, delivery.Nudge); err != nil {
		return Post{}, err
	}
	for _, standing := range delivery.Nudge.Goals {
		if err := r.meet(ctx, ask, standing.Goal.Owner); err != nil {
			return Post{}, err
		}
	}
	return Post{
		Key: delivery.ID, Workspace: delivery.Workspace, Channel: delivery.Channel,
		Reply: Reply{Shared: true, Parts: ask.nudge(delivery.Nudge)},
	}, nil
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
		hidden[number] = err != nil || goal.Private
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
// Of people's own goals a channel hears only what goes well.
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
		j := coaching.Judge(standing, a.workspace.Calendar(), nudge.Date, a.workspace.Location())
		if j.Goal.Team() || j.GoesWell() {
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
