package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// log records an amount on a goal: "+3" adds to it, "=120" sets it.
func (r *Router) log(ctx context.Context, ask *ask) (Reply, error) {
	args, err := parseAmountArgs(ask.rest)
	if err != nil {
		return Reply{}, err
	}
	if !args.found {
		return Reply{}, coaching.Refuse("amount_missing")
	}
	return r.logOn(ctx, ask, args, ask.ID)
}

// logChosen records the amount of an earlier request on the goal that a button
// names. The entry's id is that of the first request with the member's, so
// pressing twice, or pressing two of the buttons, records it once, and nobody
// gets at another's entry.
func (r *Router) logChosen(ctx context.Context, ask *ask) (Reply, error) {
	number, request := cutWord(ask.rest)
	if request == "" || !isGoalNumber(number) {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	draft, err := r.store.Draft(ctx, ask.Request.Workspace, amountDraft+request)
	if coaching.CodeOf(err) == coaching.NotFound || err == nil && draft.Member != ask.Member {
		return Reply{}, &coaching.Error{Code: coaching.NotFound, Reason: "amount_gone", Err: err}
	}
	if err != nil {
		return Reply{}, err
	}
	args, err := parseAmountArgs(number + " " + draft.Statement)
	if err != nil {
		return Reply{}, err
	}
	reply, err := r.logOn(ctx, ask, args, request+"/"+string(ask.Member))
	reply.Replace = true
	return reply, err
}

func (r *Router) logOn(ctx context.Context, ask *ask, args amountArgs, id string) (Reply, error) {
	goals, err := r.findGoals(ctx, ask, args.goal)
	if err != nil {
		return Reply{}, err
	}
	switch goal, clear := chosen(goals); {
	case len(goals) == 0:
		return Reply{}, coaching.Refuse("no_goal_yet")
	case !clear:
		return r.chooseForLog(ctx, ask, goals, args)
	default:
		if err := r.mayOn(ctx, ask, coaching.ActLog, goal); err != nil {
			return Reply{}, err
		}
		return r.record(ctx, ask, goal, args, id)
	}
}

// chosen returns the goal that is meant where several could be: the only one,
// or the only focus goal.
func chosen(goals []coaching.Goal) (goal coaching.Goal, clear bool) {
	if len(goals) == 1 {
		return goals[0], true
	}
	for _, candidate := range goals {
		if candidate.Focus {
			if clear {
				return coaching.Goal{}, false
			}
			goal, clear = candidate, true
		}
	}
	return goal, clear
}

func (r *Router) record(ctx context.Context, ask *ask, goal coaching.Goal, args amountArgs, id string) (Reply, error) {
	entry, err := r.newEntry(ctx, ask, goal, args.figure, args.note, id)
	if err != nil {
		return Reply{}, err
	}
	name, err := r.remember(ctx, ask)
	if err != nil {
		return Reply{}, err
	}
	entry.ID, entry.Request = id, ask.ID
	entry.Member, entry.Name, entry.At = ask.Member, name, ask.Received
	entry, repeated, err := r.store.Record(ctx, entry)
	if err != nil {
		return Reply{}, err
	}
	if entry.Member != ask.Member {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	if repeated && entry.Goal != goal.Number {
		if goal, err = r.store.Goal(ctx, goal.Workspace, entry.Goal); err != nil {
			return Reply{}, err
		}
	}
	judgement, err := r.judge(ctx, ask, goal)
	if err != nil {
		return Reply{}, err
	}
	parts := ask.brief([]Part{Text{ask.recorded(judgement.Goal, entry, repeated)}}, &judgement)
	return ask.say(append(parts, Note{ask.voice.Line("logged_undo", nil)})...), nil
}

// recorded words what an entry did.
func (a *ask) recorded(goal coaching.Goal, entry coaching.Entry, repeated bool) Line {
	m := measureOf(goal)
	id, amount := "logged_add", a.voice.change(entry.Amount, m)
	if entry.Op == coaching.Set {
		id, amount = "logged_set", a.voice.counted(entry.Amount, m)
	}
	if repeated {
		id = "logged_before"
	}
	args := Args{"amount": Span{Text: amount, Style: Strong}, "goal": a.name(goal)}
	if entry.Note != "" {
		args["note"] = entry.Note
		return append(a.voice.Line(id, args), a.voice.Line("logged_note", args)...)
	}
	return a.voice.Line(id, args)
}

// maxChoices bounds the buttons of a choice, so that it can be taken in.
const maxChoices = 10

// amountDraft begins the ids of drafts that hold an amount and its note.
const amountDraft = "log~"

// chooseForLog asks which goal an amount is meant for. The amount and its note
// wait as a draft, since a note is longer than a button can carry.
func (r *Router) chooseForLog(ctx context.Context, ask *ask, goals []coaching.Goal, args amountArgs) (Reply, error) {
	amount := ask.rest
	if fragment := strings.TrimSpace(args.goal); fragment != "" {
		amount = strings.TrimSpace(strings.TrimPrefix(amount, fragment))
	}
	err := r.store.SaveDraft(ctx, coaching.Draft{
		ID: amountDraft + ask.ID, Workspace: ask.Request.Workspace, Member: ask.Member, Statement: amount, At: ask.Received,
	})
	if err != nil {
		return Reply{}, err
	}
	reply := ask.say(Text{ask.voice.Line("log_which", Args{"amount": Span{Text: amount, Style: Strong}})})
	for i, goal := range goals {
		value := "#" + itoa(goal.Number) + " " + ask.ID
		if i == maxChoices || len(value) > maxValue {
			reply.Parts = append(reply.Parts, Note{ask.voice.Line("log_which_number", Args{"command": Span{
				Text: "/" + Name + " log #" + itoa(goal.Number) + " …", Style: Code,
			}})})
			break
		}
		reply.Buttons = append(reply.Buttons, Button{
			Label: "#" + itoa(goal.Number) + " " + goal.Title, Action: actionLog, Value: value,
		})
	}
	return reply, nil
}

// undoReach is how many of a member's latest entries undo looks through.
const undoReach = 50

// undo takes back the member's latest entry that stands.
func (r *Router) undo(ctx context.Context, ask *ask) (Reply, error) {
	for {
		// One reading both finds what this request did already and chooses
		// what to take back, so a repeated request takes nothing more back: if
		// its twin was quicker, the choice is taken and the next reading sees it.
		latest, err := r.store.Latest(ctx, ask.Request.Workspace, ask.Member, undoReach)
		if err != nil {
			return Reply{}, err
		}
		undo, done, found := coaching.ChooseUndo(latest, ask.ID)
		if !found {
			return Reply{}, coaching.Refuse("nothing_to_undo")
		}
		if !done {
			undo.Name, undo.At = ask.MemberName, ask.Received
			stored, repeated, err := r.store.Record(ctx, undo)
			if err != nil {
				return Reply{}, err
			}
			if repeated && stored.Request != ask.ID {
				continue
			}
		}
		goal, err := r.store.Goal(ctx, ask.Request.Workspace, undo.Goal)
		if err != nil {
			return Reply{}, err
		}
		if err := r.mayOn(ctx, ask, coaching.ActSee, goal); err != nil {
			return Reply{}, err
		}
		err = r.trace(ctx, ask, coaching.Trace{
			Goal: goal.Number, Kind: coaching.TraceUndone, Shifts: []coaching.Shift{{Name: "entry", Before: undo.Amount.String()}},
		})
		if err != nil {
			return Reply{}, err
		}
		judgement, err := r.judge(ctx, ask, goal)
		if err != nil {
			return Reply{}, err
		}
		line := ask.voice.Line("undone", Args{
			"amount": Span{Text: ask.voice.counted(undo.Amount, measureOf(goal)), Style: Struck}, "goal": ask.name(goal),
		})
		return ask.say(ask.brief([]Part{Text{line}}, &judgement)...), nil
	}
}
