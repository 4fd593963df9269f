package coaching

import (
	"strings"

	"github.com/shopspring/decimal"
)

// TranslateGoal says what a goal's gap takes before it: "2 deals behind; at
// your win rate that is about 8 qualified leads, 20 calls". The gap of a goal
// that adds up is what it lacks to its expected curve, that of a revenue level
// (recurring revenue) what it lacks to the target. known is false where there
// is no gap, where the goal is another level, a ratio or a limit, and where the
// funnel has no stage for what it counts or none before that.
func TranslateGoal(j Judgement, funnel Funnel, size DealSize) (plan GapPlan, known bool) {
	var gap float64
	switch {
	case !j.HasTarget || j.Goal.Better != Higher:
		return GapPlan{}, false
	case j.Pace != nil:
		gap = -j.Pace.Gap
	case j.Level != nil && j.Goal.Kind == Revenue:
		gap = j.Level.Gap
	}
	if gap <= 0 {
		return GapPlan{}, false
	}
	plan, err := funnel.translateAmount(j.Goal, gap, size)
	return plan, err == nil
}

// TranslateRest says what all that is left of a goal takes before it: 2 deals
// of the target not won yet are 8 qualified leads. known is false where nothing
// is left, and otherwise as for [TranslateGoal], whether or not the goal is
// behind.
func TranslateRest(j Judgement, funnel Funnel, size DealSize) (plan GapPlan, known bool) {
	if !j.HasTarget || j.Goal.Better != Higher || j.Pace == nil && (j.Level == nil || j.Goal.Kind != Revenue) {
		return GapPlan{}, false
	}
	rest := j.Target.Sub(j.Progress.Value).InexactFloat64()
	if rest <= 0 {
		return GapPlan{}, false
	}
	plan, err := funnel.translateAmount(j.Goal, rest, size)
	return plan, err == nil
}

// StageOf returns the stage that a goal's figure counts; found is false where
// the funnel has none for it, and for money, which is no stage.
func (f Funnel) StageOf(goal Goal) (stage string, found bool) {
	if goal.Unit != Count {
		return "", false
	}
	stage = f.stageOf(goal)
	_, found = f.index(stage)
	return stage, found
}

// translateAmount translates an amount in a goal's unit.
func (f Funnel) translateAmount(goal Goal, amount float64, size DealSize) (GapPlan, error) {
	switch {
	case !isFinite(amount):
		return GapPlan{}, Refuse("figure_too_large")
	case goal.Unit == Money:
		return f.TranslateMoney(decimal.NewFromFloat(amount), size)
	default:
		return f.Translate(f.stageOf(goal), amount)
	}
}

// stageOf returns what a goal's figure counts: the funnel's end for money, else
// the stage of that noun or activity, whether or not the funnel has it.
func (f Funnel) stageOf(goal Goal) string {
	if goal.Unit == Money {
		return f.end
	}
	noun := strings.Join(strings.Fields(strings.ToLower(goal.Noun)), "_")
	if _, found := f.index(noun); found {
		return noun
	}
	return string(goal.Kind)
}
