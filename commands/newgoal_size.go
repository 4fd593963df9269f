package commands

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// size are the steps that say how much.
func (g *newGoal) size() []step {
	sized := g.statement.Metric.Kind != "" && g.missing() == ""
	other := g.dialog.Answer("target") == otherAnswer
	return []step{
		{name: "target", settled: sized || other, freely: true, prompt: g.askTarget, accept: g.takeTarget},
		{name: "figure", settled: sized || !other, prompt: g.askFigure, accept: g.takeTarget},
	}
}

// askTarget offers what history says can be reached, with its chance, or asks
// for a figure.
func (g *newGoal) askTarget(ctx context.Context) (Reply, error) {
	choices := g.tierChoices()
	if len(choices) == 0 {
		return g.askFigure(ctx)
	}
	voice := g.ask.voice
	choices = append(choices, Choice{Label: voice.Text("new_figure_other", nil), Value: otherAnswer})
	return g.question(g.starting([]Part{Note{g.ask.basis(g.appraisal)}}), Field{
		Name: "target", Kind: PickOne, Label: g.howMuch(), Hint: voice.Text("new_target_hint", nil),
		Choices: choices, Value: g.dialog.Answer("target"),
	}), nil
}

// howMuch is the question for the target, in the words of what was said so far.
func (g *newGoal) howMuch() string {
	if g.statement.Direction != "" && g.statement.Metric.Unit != coaching.Percent {
		return g.ask.voice.Text("new_by_how_much", nil)
	}
	return g.ask.voice.Text("new_how_much", Args{"metric": goalOn(g.card).Title})
}

// starting adds where the figure stands, if that is known.
func (g *newGoal) starting(parts []Part) []Part {
	statement := g.card.Statement
	if !statement.Baseline.Known {
		return parts
	}
	return append(parts, Text{g.ask.voice.Line("new_stands", Args{"baseline": g.ask.voice.counted(statement.Baseline.Value, g.measured())})})
}

func (g *newGoal) askFigure(context.Context) (Reply, error) {
	voice := g.ask.voice
	value := g.dialog.Answer("target")
	if value == otherAnswer || value == "" {
		value = ""
		if g.missing() == "size_is_rate" {
			value = written(g.card.Suggestion.Statement.Size.Value, g.statement.Metric.Unit)
		}
	}
	field := Field{
		Name: "target", Kind: LineField, Label: g.howMuch(), Value: value,
		Hint:        voice.Text("new_figure_hint_"+string(g.statement.Metric.Unit), nil),
		Placeholder: voice.Text("new_figure_example_"+string(g.statement.Metric.Unit), nil),
	}
	return g.question(g.starting(nil), field), nil
}

// takeTarget takes a figure, a change, or the wish to say one.
func (g *newGoal) takeTarget(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	if dialog.Answer("target") == otherAnswer {
		dialog.Step = "figure"
		return dialog, nil, nil
	}
	read, err := g.router.readNew(ctx, g.ask, dialog)
	if err != nil {
		return dialog, nil, err
	}
	if reason := read.missing(); reason != "" {
		return dialog, problems{"target": reason}, nil
	}
	goal := goalOn(read.card)
	if target, known := goal.Target(); known && goal.HasBaseline && goal.Nature != coaching.Sum && goal.Size.Form == coaching.Absolute {
		if goal.Better == coaching.Higher && !target.GreaterThan(goal.Baseline) || goal.Better == coaching.Lower && !target.LessThan(goal.Baseline) {
			return dialog, problems{"target": "target_not_better"}, nil
		}
	}
	// "By 3% until the end of Q2" says when, too.
	if said := coaching.ParseStatement(dialog.Answer("target"), g.ask.today).Period; said.Found() && !said.Implied && !read.card.Lines[4].OK {
		dialog = dialog.With(map[string][]string{"period": {periodAnswer(said.Period)}})
	}
	return dialog, nil, nil
}

// baselineStep asks where the figure stands: it must be known for a change of
// what adds up, and helps to judge what has a level.
func (g *newGoal) baselineStep() step {
	needed := slices.Contains(g.card.Missing, baselineMissing)
	helps := g.statement.Metric.Nature == coaching.Level || g.statement.Metric.Nature == coaching.Ratio
	known := g.card.Statement.Baseline.Known
	return step{
		name: "baseline", settled: !needed && (known || !helps || g.dialog.Answered("baseline")),
		prompt: func(context.Context) (Reply, error) {
			voice := g.ask.voice
			var value string
			if known {
				value = written(g.card.Statement.Baseline.Value, g.statement.Metric.Unit)
			}
			field := Field{
				Name: "baseline", Kind: LineField, Label: voice.Text("new_baseline", Args{"metric": goalOn(g.card).Title}),
				Placeholder: voice.Text("new_baseline_example_"+string(g.statement.Metric.Unit), nil), Value: value, Optional: !needed,
			}
			if !needed {
				field.Hint = voice.Text("new_baseline_hint", nil)
			}
			return g.question(nil, field), nil
		},
		accept: g.takeBaseline,
	}
}

func (g *newGoal) takeBaseline(ctx context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
	text := dialog.Answer("baseline")
	if text == "" {
		return dialog, nil, nil
	}
	figure, rest, err := coaching.ScanFigure(text)
	unit := g.statement.Metric.Unit
	switch {
	case err != nil:
		return dialog, problems{"baseline": reasonOf(err)}, nil
	case rest != "" && figure.Currency == "" && unit == coaching.Money:
		return dialog, problems{"baseline": "figure_unit"}, nil
	case figure.Percent && unit != coaching.Percent:
		return dialog, problems{"baseline": "amount_is_percent"}, nil
	case figure.Value.Sign() < 0 && unit != coaching.Percent:
		return dialog, problems{"baseline": "level_negative"}, nil
	case figure.Value.GreaterThan(decimal.NewFromInt(100)) && unit == coaching.Percent:
		return dialog, problems{"baseline": "percent_above_hundred"}, nil
	}
	dialog = dialog.With(map[string][]string{"baseline": {figure.Value.String()}})
	read, err := g.router.readNew(ctx, g.ask, dialog)
	if err != nil {
		return dialog, nil, err
	}
	if reason := read.missing(); reason != "" && g.missing() == "" {
		return dialog, problems{"baseline": reason}, nil
	}
	return dialog, nil, nil
}

// reasonStep offers targets within reach in the place of one that history
// speaks against, or asks a manager why it is set all the same.
func (g *newGoal) reasonStep() step {
	return step{
		name: "reason", settled: !g.appraisal.NeedsReason() || g.dialog.Answer("reason") != "",
		prompt: func(context.Context) (Reply, error) {
			voice := g.ask.voice
			parts := []Part{
				Text{voice.Line("new_unrealistic", Args{
					"target": voice.counted(g.appraisal.Target, g.measured()), "chance": voice.likely(g.appraisal.Chance),
				})},
				Note{g.ask.basis(g.appraisal)},
			}
			reason := Field{
				Name: "reason", Kind: AreaField, Label: voice.Text("new_reason", nil), Placeholder: voice.Text("new_reason_example", nil),
				Limit: coaching.MaxNote, Value: g.dialog.Answer("reason"), Optional: true,
			}
			if tiers := g.tierChoices(); len(tiers) > 0 {
				return g.question(parts, Field{
					Name: "instead", Kind: PickOne, Label: voice.Text("new_instead", nil), Choices: tiers, Optional: true,
				}, reason), nil
			}
			return g.question(parts, reason), nil
		},
		accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
			if instead := dialog.Answer("instead"); instead != "" {
				return dialog.With(map[string][]string{"target": {instead}}).Without("instead", "reason"), nil, nil
			}
			if dialog.Answer("reason") == "" {
				return dialog, problems{"reason": "answer_missing"}, nil
			}
			return dialog.Without("instead"), nil, nil
		},
	}
}

// tierChoices are the targets that history offers, the easiest first.
func (g *newGoal) tierChoices() []Choice {
	voice, m := g.ask.voice, g.measured()
	var choices []Choice
	for _, tier := range g.appraisal.Tiers {
		choices = append(choices, Choice{
			Label: voice.Text("tier_"+string(tier.Realism), Args{"value": voice.counted(tier.Value, m), "chance": voice.likely(tier.Chance)}),
			Value: written(tier.Value, m.unit),
		})
	}
	return choices
}
