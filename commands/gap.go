package commands

import (
	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// funnelFor returns the funnel, with the deal size where that tells of the
// goal's figure: of money sold, in the same currency.
func (a *ask) funnelFor(goal coaching.Goal) (coaching.Funnel, coaching.DealSize) {
	var size coaching.DealSize
	if goal.Nature == coaching.Sum && goal.Currency == a.workspace.Currency {
		size = a.workspace.Deal
	}
	return a.workspace.Funnel, size
}

// missing says what it takes for a goal that is behind to be on pace again, in
// the pieces of the funnel's stages before it; nil where that cannot be told.
func (a *ask) missing(j *coaching.Judgement) Line {
	if j.Pace == nil || j.Pace.State != coaching.PaceBehind {
		return nil
	}
	funnel, size := a.funnelFor(j.Goal)
	plan, known := coaching.TranslateGoal(*j, funnel, size)
	if !known {
		return nil
	}
	args := Args{"gap": a.voice.counted(whole(j.Pace.Gap, j.Goal.Unit).Abs(), measureOf(j.Goal))}
	var needs Line
	for _, need := range plan.Needs {
		if need.Pieces == 0 {
			continue // Nothing is known of it; the caution says so.
		}
		if len(needs) > 0 {
			needs = append(needs, Span{Text: a.voice.Text("list_join", nil)})
		}
		needs = append(needs, a.voice.Line("gap_need", Args{
			"pieces": a.pieces(need.Pieces, need.Stage), "hits": need.Rate.Hits, "of": need.Rate.Of,
		})...)
	}
	var line Line
	if j.Goal.Unit == coaching.Money {
		deals := trimmed(decimal.NewFromFloat(plan.Gap).Round(1))
		args["deals"] = a.voice.counted(deals, stageMeasure(plan.Stage))
		args["size"] = a.inMoney(plan.Size.Mean)
		line = a.voice.Line("gap_money", args)
	} else {
		line = a.voice.Line("gap_counted", args)
	}
	if len(needs) > 0 {
		line = append(line, a.voice.Line("gap_needs", Args{"needs": needs})...)
	}
	return append(line, a.caution(plan)...)
}

// caution says which figure of a plan rests on too little, nil where none does.
func (a *ask) caution(plan coaching.GapPlan) Line {
	for _, need := range plan.Needs {
		if need.Reason != coaching.ReasonNeedSound {
			return a.voice.Line("check_"+string(need.Reason), Args{
				"stage": a.stage(need.Stage), "of": need.Rate.Of, "cases": need.Cases,
			})
		}
	}
	if plan.Reason == coaching.ReasonDealSizeFew {
		return a.voice.Line("check_"+string(plan.Reason), Args{"count": plan.Size.Deals, "cases": plan.Size.DealsToPlan()})
	}
	return nil
}
