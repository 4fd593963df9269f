package commands

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// warnings says of a new goal what the check that belongs to its kind finds:
// whether revenue covers the costs, whether a customer brings more than winning
// one takes, whether an activity is large enough for the goal that it feeds.
// They are said and stand in nobody's way; without the figures that a check
// needs there are none.
func (r *Router) warnings(ctx context.Context, ask *ask, goal coaching.Goal) ([]Part, error) {
	target, known := goal.Target()
	if !known {
		return nil, nil
	}
	var (
		line Line
		err  error
	)
	switch {
	case goal.Kind == coaching.Revenue:
		line = ask.checkCosts(goal, target)
	case goal.Kind == coaching.CLV || goal.Kind == coaching.CAC:
		line, err = r.checkValue(ctx, ask, goal, target)
	case goal.Unit == coaching.Count && goal.Better == coaching.Higher:
		line, err = r.checkActivity(ctx, ask, goal, target)
	}
	if err != nil || line == nil {
		return nil, err
	}
	return []Part{Text{line}}, nil
}

// checkCosts says whether the team's revenue covers the costs of the goal's
// period, as many months of them as it has.
func (a *ask) checkCosts(goal coaching.Goal, target decimal.Decimal) Line {
	workspace, months := a.workspace, goal.Period.Months()
	costed := !workspace.Costs.Total().IsZero()
	if !goal.Team() || !a.ofTheKind(goal) || months == 0 || !costed && !workspace.HasMargin {
		return nil
	}
	costs := workspace.Costs.Times(months)
	period := a.voice.period(goal.Period, a.today)
	if !workspace.HasMargin {
		return a.voice.Line("check_margin_missing", Args{"period": period, "costs": a.inMoney(costs.Total())})
	}
	check := coaching.CheckCosts(target, workspace.Margin, costs)
	return a.voice.Line("check_"+string(check.Reason), Args{
		"period": period, "margin": a.voice.figure(check.Margin, measure{unit: coaching.Percent}),
		"target": a.inMoney(target), "costs": a.inMoney(check.Costs),
		"contribution": a.inMoney(check.Contribution.Round(0)), "left": a.inMoney(check.Left.Round(0)),
		"breakeven": a.inMoney(check.BreakEven.Ceil()), "short": a.inMoney(check.Short.Ceil()),
	})
}

// checkValue compares what a customer brings with what winning one takes: one
// of them is the goal's target, the other as last known.
func (r *Router) checkValue(ctx context.Context, ask *ask, goal coaching.Goal, target decimal.Decimal) (Line, error) {
	if !ask.ofTheKind(goal) {
		return nil, nil
	}
	clv, cac := target, target
	var err error
	if goal.Kind == coaching.CLV {
		cac, err = r.latest(ctx, ask, coaching.CAC)
	} else {
		clv, err = r.latest(ctx, ask, coaching.CLV)
	}
	if err != nil {
		return nil, err
	}
	check := coaching.CheckValue(clv, cac)
	return ask.voice.Line("check_"+string(check.Reason), Args{
		"clv": ask.inMoney(clv), "cac": ask.inMoney(cac), "ratio": check.Ratio.String(),
	}), nil
}

// latest returns what is known last of a kind's figure for the team: what was
// logged on a goal that runs, else the final figure of a past period, else
// zero.
func (r *Router) latest(ctx context.Context, ask *ask, kind coaching.Kind) (decimal.Decimal, error) {
	goals, err := r.store.GoalsOf(ctx, ask.Request.Workspace, "", coaching.Active)
	if err != nil {
		return decimal.Zero, err
	}
	var last coaching.Progress
	for _, goal := range goals {
		if goal.Kind != kind || !ask.ofTheKind(goal) {
			continue
		}
		progress, err := r.store.Progress(ctx, goal, ask.Received)
		if err != nil {
			return decimal.Zero, err
		}
		if progress.Entries > 0 && !progress.LastAt.Before(last.LastAt) {
			last = progress
		}
	}
	if last.Entries > 0 {
		return last.Value, nil
	}
	observations, err := r.observations(ctx, ask, kind)
	if err != nil {
		return decimal.Zero, err
	}
	var known coaching.Observation
	for _, observation := range observations {
		if !observation.Period.To.Before(known.Period.To) {
			known = observation
		}
	}
	return known.Value, nil
}

// checkActivity compares an activity with what is left of the goal that it
// feeds: one of the same owner and period that counts what comes later in the
// funnel.
func (r *Router) checkActivity(ctx context.Context, ask *ask, goal coaching.Goal, target decimal.Decimal) (Line, error) {
	stage, found := ask.workspace.Funnel.StageOf(goal)
	if !found {
		return nil, nil
	}
	siblings, err := r.store.GoalsOf(ctx, goal.Workspace, goal.Owner, coaching.Active)
	if err != nil {
		return nil, err
	}
	for _, fed := range siblings {
		if fed.Period.From != goal.Period.From || fed.Period.To != goal.Period.To {
			continue
		}
		judgement, err := r.judge(ctx, ask, fed)
		if err != nil {
			return nil, err
		}
		funnel, size := ask.funnelFor(fed)
		plan, known := coaching.TranslateRest(judgement, funnel, size)
		if !known {
			continue
		}
		if plan, known = upTo(plan, stage); known {
			return ask.sized(goal, fed, coaching.CheckActivity(stage, int(target.Ceil().IntPart()), plan), plan), nil
		}
	}
	return nil, nil
}

// upTo returns the plan without the stages before that one; found is false
// where the plan does not come to it.
func upTo(plan coaching.GapPlan, stage string) (part coaching.GapPlan, found bool) {
	for i, need := range plan.Needs {
		if need.Stage == stage {
			plan.Needs = plan.Needs[:i+1]
			return plan, true
		}
	}
	return plan, false
}

// sized words whether an activity carries the goal that it feeds.
func (a *ask) sized(goal, fed coaching.Goal, check coaching.ActivityCheck, plan coaching.GapPlan) Line {
	m := measureOf(goal)
	carries := trimmed(decimal.NewFromFloat(check.Carries).Round(1))
	line := a.voice.Line("check_"+string(check.Reason), Args{
		"goal": a.name(fed), "needed": a.voice.counted(decimal.NewFromInt(int64(check.Needed)), m),
		"planned": a.voice.counted(decimal.NewFromInt(int64(check.Planned)), m),
		"carries": a.voice.counted(carries, stageMeasure(plan.Stage)), "stage": a.stage(check.Stage),
	})
	if check.Reason == coaching.ReasonActivityNoRate {
		return line
	}
	return append(line, a.caution(plan)...)
}
