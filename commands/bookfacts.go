package commands

import (
	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// books shows what targets are checked with.
func (a *ask) books() []Fact {
	voice := a.voice
	return []Fact{
		{Label: voice.Text("setting_costs", nil), Value: a.costs()},
		{Label: voice.Text("setting_margin", nil), Value: a.margin()},
		{Label: voice.Text("setting_funnel", nil), Value: a.funnel()},
		{Label: voice.Text("setting_deal", nil), Value: a.deal()},
	}
}

func (a *ask) unset() Line { return a.voice.Line("setting_unset", nil) }

// inMoney words an amount in the workspace's currency.
func (a *ask) inMoney(amount decimal.Decimal) string {
	return a.voice.money(amount, a.workspace.Currency)
}

func (a *ask) costs() Line {
	costs := a.workspace.Costs
	if costs.Total().IsZero() {
		return a.unset()
	}
	return a.voice.Line("setting_costs_value", Args{
		"total": a.inMoney(costs.Total()), "salaries": a.inMoney(costs.Salaries), "production": a.inMoney(costs.Production),
		"marketing": a.inMoney(costs.Marketing), "overhead": a.inMoney(costs.Overhead),
	})
}

func (a *ask) margin() Line {
	if !a.workspace.HasMargin {
		return a.unset()
	}
	return Line{{Text: a.voice.figure(a.workspace.Margin, measure{unit: coaching.Percent})}}
}

// funnel words the stages, each with how many got there and which share of the
// one before that is.
func (a *ask) funnel() Line {
	if a.workspace.Funnel.IsZero() {
		return a.unset()
	}
	var line Line
	stages := a.workspace.Funnel.Stages()
	for i, stage := range stages {
		next := a.workspace.Funnel.End()
		if i+1 < len(stages) {
			next = stages[i+1].ID
		}
		if i == 0 {
			line = append(line, Span{Text: a.pieces(stage.Onward.Of, stage.ID)})
		}
		id, args := "funnel_step", Args{"pieces": a.pieces(stage.Onward.Hits, next)}
		if share, known := stage.Onward.Percent(); known {
			id, args["share"] = "funnel_step_share", a.voice.percent(share/100)
		}
		line = append(line, a.voice.Line(id, args)...)
	}
	return line
}

// pieces words so many of a funnel's stage: "8 leads".
func (a *ask) pieces(count int, stage string) string {
	return a.voice.counted(decimal.NewFromInt(int64(count)), stageMeasure(stage))
}

func stageMeasure(stage string) measure {
	return measure{unit: coaching.Count, noun: stageNoun(stage)}
}

func (a *ask) deal() Line {
	deal := a.workspace.Deal
	if deal.Deals == 0 {
		return a.unset()
	}
	return a.voice.Line("setting_deal_value", Args{"mean": a.inMoney(deal.Mean), "count": deal.Deals})
}
