package commands

import (
	"context"
	"slices"

	"github.com/smallwins/smallwins/coaching"
)

// What "visible" may hold.
const (
	visibleAll     = "all"
	visiblePrivate = "private" // to the owner and managers
)

// more are the steps that make a goal stronger and can be left out: why it
// matters and how it is reached, the four questions, the first small wins, who
// sees it. They are asked of those who want them.
func (g *newGoal) more(ctx context.Context) ([]step, error) {
	voice := g.ask.voice
	// Before the card is ready there is nothing to add to, and nobody is asked
	// twice.
	passed := func(fields ...string) bool {
		return !g.dialog.Answered("more") || !g.card.Ready ||
			!slices.ContainsFunc(fields, func(field string) bool { return !g.dialog.Answered(field) })
	}
	wins, err := g.winChoices(ctx)
	if err != nil {
		return nil, err
	}
	owner, err := g.owner(ctx)
	if err != nil {
		return nil, err
	}
	return []step{
		{name: "why", optional: true, settled: passed("why", "how"), prompt: g.askWhy},
		{name: "plan", optional: true, settled: passed(planFields...), prompt: g.askPlan},
		{
			name: "wins", optional: true, settled: len(wins) == 0 || passed("wins"),
			prompt: func(context.Context) (Reply, error) {
				return g.question(nil, Field{
					Name: "wins", Kind: PickMany, Label: voice.Text("new_wins", nil), Hint: voice.Text("new_wins_hint", nil),
					Choices: wins, Values: g.picked(wins), Optional: true,
				}), nil
			},
		},
		{
			name: "visible", optional: true, settled: owner == "" || passed("visible"),
			prompt: g.only(Field{
				Name: "visible", Kind: PickOne, Label: voice.Text("new_visible", nil), Value: g.dialog.Answer("visible"),
				Choices: []Choice{
					{Label: voice.Text("new_visible_all", nil), Value: visibleAll},
					{Label: voice.Text("new_visible_private", nil), Value: visiblePrivate},
				},
			}),
		},
	}, nil
}

func (g *newGoal) askWhy(context.Context) (Reply, error) {
	voice := g.ask.voice
	return g.question(nil,
		Field{
			Name: "why", Kind: AreaField, Label: voice.Text("new_why", nil), Placeholder: voice.Text("new_why_example", nil),
			Value: g.statement.Why, Limit: coaching.MaxNote, Optional: true,
		},
		Field{
			Name: "how", Kind: AreaField, Label: voice.Text("new_reach", nil), Placeholder: voice.Text("new_reach_example", nil),
			Value: g.statement.Strategy, Limit: coaching.MaxNote, Optional: true,
		},
	), nil
}

// planFields hold the answers to the four questions.
var planFields = []string{
	string(coaching.QuestionProcess), string(coaching.QuestionTools), string(coaching.QuestionLeak), string(coaching.QuestionAudience),
}

// askPlan asks the four questions in one form; each answer is a first one, and
// the goal's plan has room for more.
func (g *newGoal) askPlan(context.Context) (Reply, error) {
	var fields []Field
	for _, name := range planFields {
		fields = append(fields, Field{
			Name: name, Kind: AreaField, Label: g.ask.voice.Text("question_"+name, nil),
			Value: g.dialog.Answer(name), Limit: coaching.MaxNote, Optional: true,
		})
	}
	return g.question([]Part{Text{g.ask.voice.Line("new_plan", nil)}}, fields...), nil
}

// plan are the answers to the four questions, found is false where there are
// none.
func (g *newGoal) plan() (plan coaching.Plan, found bool) {
	plan.Hiccups = g.dialog.Answer(string(coaching.QuestionProcess))
	if text := g.dialog.Answer(string(coaching.QuestionTools)); text != "" {
		if put, err := parseTools(text); err == nil {
			put(&plan)
		} else {
			plan.HasTools, plan.Tools = coaching.ToolsUnsure, text
		}
	}
	plan.LeakStage, plan.LeakFix = cutStage(g.dialog.Answer(string(coaching.QuestionLeak)))
	plan.Reach = g.dialog.Answer(string(coaching.QuestionAudience))
	return plan, len(plan.Missing()) < len(coaching.Questions())
}

// winChoices are the small wins that this week has room for. They are the
// member's own; what somebody else does for their goal is theirs to pick.
func (g *newGoal) winChoices(ctx context.Context) ([]Choice, error) {
	if !g.dialog.Answered("more") || !g.card.Ready {
		return nil, nil
	}
	goal, err := g.goal(ctx)
	if err != nil || !goal.Team() && goal.Owner != g.ask.Member {
		return nil, err
	}
	plan, _ := g.plan()
	_, proposal, err := g.router.possibleWins(ctx, g.ask, goal, plan)
	if err != nil {
		return nil, err
	}
	var choices []Choice
	for _, win := range proposal.Wins {
		choices = append(choices, Choice{Label: g.ask.win(win, goal).String(), Value: win.Slot()})
	}
	return choices, nil
}

// picked are the wins that were picked, all of them before anybody was asked.
func (g *newGoal) picked(wins []Choice) []string {
	if g.dialog.Answered("wins") {
		return g.dialog.Answers["wins"]
	}
	all := make([]string, len(wins))
	for i, win := range wins {
		all[i] = win.Value
	}
	return all
}
