package commands

import (
	"context"
	"slices"
	"strconv"

	"github.com/smallwins/smallwins/coaching"
)

// What can be pressed on the card.
const (
	cardCreate = "create"
	cardMore   = "more"
	cardChange = "change"
)

// cardStep shows the SMART card, from which the goal is created, made stronger
// or changed.
func (g *newGoal) cardStep() step {
	return step{
		name: "card", settled: g.dialog.Answer("card") == cardCreate,
		prompt: func(ctx context.Context) (Reply, error) {
			goal, err := g.goal(ctx)
			if err != nil {
				return Reply{}, err
			}
			warnings, err := g.router.warnings(ctx, g.ask, goal)
			if err != nil {
				return Reply{}, err
			}
			voice := g.ask.voice
			reply := g.ask.card(g.proposal, goal, append(warnings, g.added(goal)...))
			choices := []Choice{{Label: voice.Text("button_create", nil), Value: cardCreate}}
			if !g.dialog.Answered("more") {
				choices = append(choices, Choice{Label: voice.Text("new_card_more", nil), Value: cardMore})
			}
			choices = append(choices, Choice{Label: voice.Text("new_card_change", nil), Value: cardChange})
			reply.Prompt = &Prompt{
				Title:  voice.Text("new_title", nil),
				Submit: voice.Text("new_confirm", nil),
				Fields: []Field{{Name: "card", Kind: PickOne, Label: voice.Text("new_card", nil), Choices: choices}},
			}
			if !g.dialog.OneByOne { // in a talk, to skip the question creates nothing
				reply.Prompt.Fields[0].Value = cardCreate
			}
			return reply, nil
		},
		accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
			switch dialog.Answer("card") {
			case cardMore:
				return dialog.With(map[string][]string{"more": {}}).Without("card", restField), nil, nil
			case cardChange:
				dialog = dialog.Without("card")
				dialog.Step = "change"
			}
			return dialog, nil, nil
		},
	}
}

// added shows what goes along with the goal: milestones, the plan, small wins.
func (g *newGoal) added(goal coaching.Goal) []Part {
	voice := g.ask.voice
	var parts []Part
	if milestones := goal.MilestonePlan(g.ask.workspace.Calendar(), g.ask.workspace.Location()); len(milestones) > 1 {
		var list List
		for _, milestone := range milestones {
			list.Items = append(list.Items, voice.Line("milestone_by", Args{
				"figure": voice.counted(whole(milestone.Value, goal.Unit), measureOf(goal)), "date": voice.date(milestone.Day, g.ask.today),
			}))
		}
		parts = append(parts, Text{voice.Line("new_milestones", nil)}, list)
	}
	if plan, found := g.plan(); found {
		var list List
		for _, question := range coaching.Questions() {
			if answer := g.ask.answered(plan, question); answer != nil {
				list.Items = append(list.Items, answer)
			}
		}
		parts = append(parts, Text{voice.Line("new_planned", nil)}, list)
	}
	if wins := len(g.dialog.Answers["wins"]); wins > 0 {
		parts = append(parts, Text{voice.Line("new_wins_picked", Args{"count": wins})})
	}
	if goal.Private {
		parts = append(parts, Note{voice.Line("new_private", nil)})
	}
	if g.statement.Who.Whose != coaching.Ours && coaching.ParseStatement(g.statement.Text, g.ask.today).Who.Whose == coaching.Ours {
		parts = append(parts, Note{voice.Line("new_own_part", nil)})
	}
	return parts
}

// changeStep asks which part of the goal is to be another.
func (g *newGoal) changeStep() step {
	voice := g.ask.voice
	parts := []string{"what", "target", "period", "baseline", "why", "plan"}
	if g.ask.maySetFor("") {
		parts = append(parts, "whose")
	}
	if g.dialog.Answered("visible") {
		parts = append(parts, "visible")
	}
	var choices []Choice
	for _, part := range parts {
		choices = append(choices, Choice{Label: voice.Text("new_change_"+part, nil), Value: part})
	}
	return step{
		name: "change", settled: true,
		prompt: g.only(Field{Name: "change", Kind: PickOne, Label: voice.Text("new_change", nil), Choices: choices}),
		accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
			dialog.Step = dialog.Answer("change")
			return dialog.Without("change"), nil, nil
		},
	}
}

// finish creates the goal with its plan and its first small wins. All of it is
// found again, not made again, when it is repeated.
func (g *newGoal) finish(ctx context.Context) (Reply, string, error) {
	// A role may have changed since the question was answered.
	if err := g.router.mayOn(ctx, g.ask, coaching.ActSet, coaching.Goal{Owner: g.meant()}); err != nil {
		return Reply{}, "", err
	}
	goal, err := g.goal(ctx)
	if err != nil {
		return Reply{}, "", err
	}
	draft := g.dialog.ID
	if g.dialog.Subject != "" {
		draft = g.dialog.Subject
	}
	goal, repeated, err := g.router.set(ctx, g.ask, goal, draft, g.appraisal)
	if err != nil {
		return Reply{}, "", err
	}
	plan, planned := g.plan()
	if planned {
		err := g.router.trace(ctx, g.ask, coaching.Trace{
			ID: draft + "/planned", Goal: goal.Number, Kind: coaching.TracePlanned, Shifts: coaching.PlanShifts(coaching.Plan{}, plan),
		})
		if err != nil {
			return Reply{}, "", err
		}
		plan, err = g.router.store.ChangePlan(ctx, goal.Workspace, goal.Number, func(stored coaching.Plan) (coaching.Plan, error) {
			plan.Workspace, plan.Goal = stored.Workspace, stored.Goal
			plan.By, plan.At = g.ask.Member, g.ask.Received
			return coaching.NewPlan(plan)
		})
		if err != nil {
			return Reply{}, "", err
		}
	}
	reply := g.ask.created(goal, repeated)
	wins, err := g.setWins(ctx, goal, plan)
	if err != nil {
		return Reply{}, "", err
	}
	reply.Parts = append(reply.Parts, wins...)
	return reply, strconv.Itoa(goal.Number), nil
}

// setWins keeps the small wins that were picked and lists them.
func (g *newGoal) setWins(ctx context.Context, goal coaching.Goal, plan coaching.Plan) ([]Part, error) {
	slots := g.dialog.Answers["wins"]
	if len(slots) == 0 {
		return nil, nil
	}
	_, proposal, err := g.router.possibleWins(ctx, g.ask, goal, plan)
	if err != nil {
		return nil, err
	}
	picked := slices.DeleteFunc(proposal.Wins, func(win coaching.SmallWin) bool { return !slices.Contains(slots, win.Slot()) })
	if len(picked) == 0 {
		return nil, nil
	}
	week, err := g.router.keepWins(ctx, g.ask, picked)
	if err != nil {
		return nil, err
	}
	return g.ask.winsOf(week.of(goal), proposal.Reason), nil
}

// over shows the goal that was created, when the button is pressed once more.
func (g *newGoal) over(ctx context.Context) (Reply, error) {
	number, err := strconv.Atoi(g.dialog.Result)
	if err != nil {
		return g.ask.say(Text{g.ask.voice.Line("dialog_done", nil)}), nil
	}
	goal, err := g.router.store.Goal(ctx, g.dialog.Workspace, number)
	if err != nil {
		return Reply{}, err
	}
	if err := g.router.mayOn(ctx, g.ask, coaching.ActSee, goal); err != nil {
		return Reply{}, err
	}
	return g.ask.created(goal, true), nil
}
