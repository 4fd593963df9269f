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
// the stage of that activity or noun, whether or not the funnel has it.
func (f Funnel) stageOf(goal Goal) string {
	switch {
	case goal.Unit == Money:
		return f.end
	case goal.Kind != Custom:
		return string(goal.Kind)
	}
	noun := strings.ToLower(strings.TrimSpace(goal.Noun))
	if _, found := f.index(noun); found {
		return noun
	}
	return string(Custom)
}
