package commands

import (
	"context"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// dialogReview is the dialog that asks what was learned from a goal and what to
// go for next; its subject is the goal's number.
const dialogReview = "review"

// ownTarget is chosen where none of the proposed targets is wanted, noTarget
// where there is to be none now.
const (
	ownTarget = "own"
	noTarget  = "none"
)

// reviewScript asks for lessons and, where a target can be proposed, for the
// next one; the answer leads to the new goal's card.
func (r *Router) reviewScript(ctx context.Context, ask *ask, dialog coaching.Dialog) (script, error) {
	goal, err := r.goalFor(ctx, ask, coaching.ActReview, "#"+dialog.Subject)
	if err != nil {
		return script{}, err
	}
	review, err := r.store.Review(ctx, goal.Workspace, goal.Number)
	if coaching.CodeOf(err) == coaching.NotFound {
		err = &coaching.Error{Code: coaching.NotFound, Reason: "review_missing", Err: err}
	}
	if err != nil {
		return script{}, err
	}
	steps := []step{{name: "lessons", settled: dialog.Answered("lessons"), prompt: func(context.Context) (Reply, error) {
		return ask.asks("review_title", ask.name(goal), Field{
			Name: "lessons", Kind: AreaField, Label: ask.voice.Text("review_ask_lessons", nil), Limit: coaching.MaxText, Optional: true,
			Hint: ask.voice.Text("review_lessons_hint", nil),
		}), nil
	}}}
	if _, ok := ask.statement(review, one); ok && len(review.Next.Tiers) > 0 {
		steps = append(steps, step{name: "next", settled: dialog.Answered("next"), prompt: func(context.Context) (Reply, error) {
			return ask.askNext(review), nil
		}})
	}
	target, wanted := decimal.Zero, true
	switch chosen := dialog.Answer("next"); chosen {
	case "", noTarget:
		wanted = false
	case ownTarget:
		steps = append(steps, step{
			name: "target", settled: dialog.Answered("target"), prompt: func(context.Context) (Reply, error) {
				return ask.asks("review_title", ask.name(goal), Field{Name: "target", Kind: LineField, Label: ask.voice.Text("review_own_target", nil)}), nil
			},
			accept: func(_ context.Context, dialog coaching.Dialog) (coaching.Dialog, problems, error) {
				_, err := baselineFigure(reopened(goal), dialog.Answer("target"))
				wrong, err := wrongAt(err, map[coaching.Reason]string{"": "target"})
				return dialog, wrong, err
			},
		})
		own, _ := baselineFigure(reopened(goal), dialog.Answer("target"))
		target = own.Figure
	default:
		if target, err = decimal.NewFromString(chosen); err != nil {
			return script{}, coaching.Refuse("button_unknown")
		}
	}
	return script{steps: steps, finish: func(ctx context.Context) (Reply, string, error) {
		reply, err := r.reviewGoal(ctx, ask, goal, dialog.Answer("lessons"))
		statement, ok := ask.statement(review, target)
		if err != nil || !wanted || !ok {
			return reply, dialog.Subject, err
		}
		ask.rest = statement
		reply, err = r.propose(ctx, ask)
		return reply, dialog.Subject, err
	}}, nil
}

// reopened is the goal as one that can be logged on, so that its figures are
// read by the same rules.
func reopened(goal coaching.Goal) coaching.Goal {
	goal.State = coaching.Active
	return goal
}

// askNext offers the proposed targets with their chance.
func (a *ask) askNext(review coaching.Review) Reply {
	field := Field{Name: "next", Kind: PickOne, Label: a.voice.Text("review_ask_next", Args{"period": a.voice.period(review.Next.Period, a.today)})}
	m := measureOf(review.Goal)
	for i, tier := range review.Next.Tiers {
		if i > 0 && tier.Value.Equal(review.Next.Tiers[i-1].Value) {
			continue
		}
		field.Choices = append(field.Choices, Choice{
			Label: a.voice.Text("tier_"+string(tier.Realism), Args{"value": a.voice.counted(tier.Value, m), "chance": a.voice.likely(tier.Chance)}),
			Value: tier.Value.String(),
		})
	}
	field.Choices = append(field.Choices, a.choice(ownTarget, "review_own"), a.choice(noTarget, "review_no_target_now"))
	return a.asks("review_title", a.name(review.Goal), field)
}
