package commands

import (
	"context"
	"slices"

	"github.com/smallwins/smallwins/coaching"
)

// dialogPlan is the dialog that asks the four questions of a goal's plan; its
// subject is the goal's number.
const dialogPlan = "plan"

// planForm asks the questions, beginning with the answers so far.
type planForm struct {
	ask  *ask
	goal coaching.Goal
	plan coaching.Plan
}

// planScript asks the four questions in two forms.
func (r *Router) planScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	goal, err := r.goalFor(ctx, ask, coaching.ActPlan, "#"+dialog.Subject)
	if err != nil {
		return script{}, err
	}
	plan, err := r.store.Plan(ctx, goal.Workspace, goal.Number)
	if err != nil {
		return script{}, err
	}
	form := planForm{ask: ask, goal: goal, plan: plan}
	return script{
		steps: []step{
			{name: "process", settled: dialog.Answered("succeeds"), prompt: form.askProcess},
			{name: "market", settled: dialog.Answered("audience"), prompt: form.askMarket, accept: form.accept},
		},
		finish: func(ctx context.Context) (Reply, string, error) {
			plan, err := r.changePlan(ctx, ask, goal, func(plan *coaching.Plan) { form.put(dialog, plan) })
			if err != nil {
				return Reply{}, "", err
			}
			reply, err := r.showPlan(ctx, ask, goal, plan, ask.voice.Line("plan_saved", nil))
			return reply, dialog.Subject, err
		},
	}, nil
}

func (f planForm) field(name, label, value string) Field {
	return Field{Name: name, Kind: AreaField, Label: f.ask.voice.Text(label, nil), Value: value, Optional: true, Limit: coaching.MaxText}
}

func (f planForm) askProcess(context.Context) (Reply, error) {
	tools := Field{
		Name: "has_tools", Kind: PickOne, Label: f.ask.voice.Text("plan_has_tools", nil), Value: string(f.plan.HasTools), Optional: true,
	}
	for _, answer := range []coaching.ToolsAnswer{coaching.ToolsThere, coaching.ToolsMissing, coaching.ToolsUnsure} {
		tools.Choices = append(tools.Choices, f.ask.choice(string(answer), "answer_tools_"+string(answer)))
	}
	return f.ask.asks("plan_title", f.ask.name(f.goal),
		f.field("succeeds", "plan_succeeds", f.plan.Succeeds), f.field("hiccups", "plan_hiccups", f.plan.Hiccups),
		tools, f.field("tools", "plan_tools", f.plan.Tools),
	), nil
}

func (f planForm) askMarket(context.Context) (Reply, error) {
	fields := []Field{
		f.field("leak_fix", "plan_leak_fix", f.plan.LeakFix),
		f.field("audience", "plan_audience", f.plan.Audience), f.field("reach", "plan_reach", f.plan.Reach),
	}
	if stages := f.stages(); len(stages) > 0 {
		fields = append([]Field{{
			Name: "leak_stage", Kind: PickOne, Label: f.ask.voice.Text("plan_leak_stage", nil), Choices: stages, Value: f.plan.LeakStage, Optional: true,
		}}, fields...)
	}
	return f.ask.asks("plan_title", f.ask.name(f.goal), fields...), nil
}

// stages are those of the team's funnel that leads can be lost at, and the one
// that was named before.
func (f planForm) stages() []Choice {
	const most = 24
	var choices []Choice
	if funnel := f.ask.workspace.Funnel; !funnel.IsZero() {
		stages := funnel.Stages()
		for _, stage := range stages[:min(len(stages), most)] {
			choices = append(choices, Choice{Label: f.ask.stage(stage.ID), Value: stage.ID})
		}
	}
	named := func(choice Choice) bool { return choice.Value == f.plan.LeakStage }
	if stage := f.plan.LeakStage; stage != "" && !slices.ContainsFunc(choices, named) {
		choices = append(choices, Choice{Label: f.ask.stage(stage), Value: stage})
	}
	return choices
}

// put writes the answers into a plan.
func (f planForm) put(dialog coaching.Dialog, plan *coaching.Plan) {
	plan.Succeeds, plan.Hiccups = dialog.Answer("succeeds"), dialog.Answer("hiccups")
	plan.HasTools, plan.Tools = coaching.ToolsAnswer(dialog.Answer("has_tools")), dialog.Answer("tools")
	plan.LeakFix, plan.Audience, plan.Reach = dialog.Answer("leak_fix"), dialog.Answer("audience"), dialog.Answer("reach")
	if dialog.Answered("leak_stage") {
		plan.LeakStage = dialog.Answer("leak_stage")
	}
}

func (f planForm) accept(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	plan := f.plan
	f.put(dialog, &plan)
	_, err := coaching.NewPlan(plan)
	wrong, err := wrongAt(err, map[coaching.Reason]string{"": "leak_fix"})
	return dialog, wrong, err
}
