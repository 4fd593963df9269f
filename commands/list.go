package commands

import (
	"context"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// overview answers a bare /goal: the member's goals at a glance, or for a
// newcomer how to begin.
func (r *Router) overview(ctx context.Context, ask *ask) (Reply, error) {
	goals, err := r.findGoals(ctx, ask, "")
	if err != nil {
		return Reply{}, err
	}
	if len(goals) == 0 {
		return ask.say(
			Heading{ask.voice.Line("welcome_heading", nil)},
			Text{ask.voice.Line("welcome", nil)},
			ask.examples(),
			Note{ask.voice.Line("help_more", nil)},
		), nil
	}
	reply, err := r.standings(ctx, ask, ask.voice.Line("overview_heading", nil), goals)
	if err != nil {
		return Reply{}, err
	}
	reply.Parts = append(reply.Parts, Note{ask.voice.Line("help_more", nil)})
	return reply, nil
}

// list shows the active goals of the member, the team, another member or all.
func (r *Router) list(ctx context.Context, ask *ask) (Reply, error) {
	var (
		goals   []coaching.Goal
		heading Line
		err     error
	)
	workspace := ask.Request.Workspace
	switch who := strings.ToLower(ask.rest); {
	case who == "" || who == "me":
		heading = ask.voice.Line("list_me", nil)
		goals, err = r.store.GoalsOf(ctx, workspace, ask.Member, coaching.Active)
	case who == "team":
		heading = ask.voice.Line("list_team", nil)
		goals, err = r.store.GoalsOf(ctx, workspace, "", coaching.Active)
	case who == "all":
		heading = ask.voice.Line("list_all", nil)
		goals, err = r.store.Goals(ctx, workspace, coaching.Active)
	case len(ask.Mentions) == 1:
		member := ask.Mentions[0]
		if err := r.meet(ctx, ask, member); err != nil {
			return Reply{}, err
		}
		heading = ask.voice.Line("list_member", Args{"member": ask.member(member)})
		goals, err = r.store.GoalsOf(ctx, workspace, member, coaching.Active)
	default:
		return Reply{}, coaching.Refuse("list_whose")
	}
	if err != nil {
		return Reply{}, err
	}
	readable, err := r.visible(ctx, ask, goals)
	if err != nil {
		return Reply{}, err
	}
	if len(readable) == 0 {
		return ask.say(Text{ask.voice.Line("list_none", nil)}, ask.examples()), nil
	}
	return r.standings(ctx, ask, heading, readable)
}

// showEntries is how many of the latest entries show lists.
const showEntries = 10

// show tells all about one goal, with its latest entries.
func (r *Router) show(ctx context.Context, ask *ask) (Reply, error) {
	if ask.rest == "" {
		return Reply{}, coaching.Refuse("show_which")
	}
	if number, rest := cutWord(ask.rest); isGoalNumber(number) && strings.EqualFold(rest, trailWord) {
		return r.goalTrail(ctx, ask, number)
	}
	goals, err := r.findGoals(ctx, ask, ask.rest)
	if err != nil {
		return Reply{}, err
	}
	goal, clear := chosen(goals)
	if !clear {
		return r.standings(ctx, ask, ask.voice.Line("show_several", nil), goals)
	}
	judgement, err := r.judge(ctx, ask, goal)
	if err != nil {
		return Reply{}, err
	}
	latest, err := r.store.EntriesOf(ctx, goal, showEntries+1)
	if err != nil {
		return Reply{}, err
	}
	if err := r.meet(ctx, ask, goal.Owner, goal.CreatedBy); err != nil {
		return Reply{}, err
	}
	parts := ask.detail([]Part{Heading{ask.name(goal)}}, &judgement)
	if goal.Statement != "" && goal.Statement != goal.Title {
		parts = append(parts, Text{ask.voice.Line("show_statement", Args{"statement": goal.Statement})})
	}
	parts = append(parts, Divider{}, ask.entries(goal, latest))
	moves, err := r.moves(ctx, ask, goal)
	if err != nil {
		return Reply{}, err
	}
	parts = append(parts, moves...)
	created := ask.voice.Line("show_created", Args{
		"member": ask.member(goal.CreatedBy),
		"date":   ask.voice.date(coaching.DateOf(goal.CreatedAt.In(ask.workspace.Location())), ask.today),
		"state":  ask.voice.Text("state_"+string(goal.State), nil),
	})
	reply := ask.say(append(parts, Note{created})...)
	if drawable(&judgement) {
		reply.Buttons = append(reply.Buttons, ask.pictureButton(pictureGoal, "#"+itoa(goal.Number)))
	}
	return reply, r.addTrail(ctx, ask, goal, &reply)
}

// entries lists what was recorded, newest first; what was taken back is struck.
func (a *ask) entries(goal coaching.Goal, latest []coaching.Entry) Part {
	undone := make(map[string]bool)
	for _, entry := range latest {
		if entry.Op == coaching.Undo {
			undone[entry.Reverts] = true
		}
	}
	var list List
	for _, entry := range latest {
		if entry.Op == coaching.Undo {
			continue
		}
		if len(list.Items) == showEntries {
			break
		}
		amount := Span{Text: a.voice.change(entry.Amount, measureOf(goal)), Style: Strong}
		if entry.Op == coaching.Set {
			amount.Text = a.voice.setTo(entry.Amount, measureOf(goal))
		}
		if undone[entry.ID] {
			amount.Style = Struck
		}
		line := a.voice.Line("entry", Args{
			"amount": amount, "date": a.voice.date(coaching.DateOf(entry.At.In(a.workspace.Location())), a.today),
			"member": Span{Text: nameOr(entry.Name, entry.Member), Member: entry.Member},
		})
		if entry.Note != "" {
			line = append(line, a.voice.Line("logged_note", Args{"note": entry.Note})...)
		}
		list.Items = append(list.Items, line)
	}
	if len(list.Items) == 0 {
		return Text{a.voice.Line("show_no_entries", Args{"command": a.logExample(goal)})}
	}
	return list
}

func nameOr(name string, member coaching.MemberID) string {
	if name != "" {
		return name
	}
	return "@" + string(member)
}
