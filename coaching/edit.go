package coaching

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// Baseline is the figure that a target is compared with, where it is known.
type Baseline struct {
	Figure decimal.Decimal
	Known  bool
}

// Edit is what somebody wants changed of a goal. What is nil stays as it is.
type Edit struct {
	Title, Strategy, Why *string

	Size       *Size
	Baseline   *Baseline
	To         *Date
	Owner      *MemberID // empty for the team
	Private    *bool
	Milestones []MilestoneMove // by their index in [Goal.MilestonePlan], once the rest is changed

	By     MemberID
	At     time.Time
	Reason string
}

// Edited returns the goal with a change made, still valid, and with every goal
// post that was moved remembered. What was logged stays, and so does what was
// expected of the goal when it was set: that is kept elsewhere and tells of the
// first target.
//
// Who goes by a goal must be able to see why it was moved, so the target, the
// baseline, the last day and the milestones want a reason, except on the day on
// which the goal was set. Once the period is over they stay.
//
// Refusals are Invalid: "edit_nothing" where nothing would be different,
// "edit_closed", "edit_over", "edit_reason_missing", "edit_end_past",
// "edit_too_long" (beyond ten years), "edit_too_often" (see [MaxMoves]),
// "target_wrong_way", and those of [NewGoal] and
// [MoveMilestones].
func (g Goal) Edited(edit Edit, calendar Calendar, loc *time.Location) (Goal, error) {
	if g.State == Closed {
		return Goal{}, Refuse("edit_closed")
	}
	edited, today := g, DateOf(edit.At.In(loc))
	edited.retell(edit)
	var moves []Move
	move := func(part MovedPart, was Moved) {
		moves = append(moves, Move{Part: part, At: edit.At, By: edit.By, Reason: strings.TrimSpace(edit.Reason), Was: was})
	}
	if edited.Owner != g.Owner {
		move(MovedOwner, Moved{Owner: g.Owner})
	}
	if size := edit.Size; size != nil && !size.Equal(g.Size) {
		edited.Size = *size
		move(MovedTarget, Moved{Size: g.Size})
	}
	if baseline := edit.Baseline; baseline != nil && (baseline.Known != g.HasBaseline || !baseline.Figure.Equal(g.Baseline)) {
		move(MovedBaseline, Moved{Baseline: Baseline{Figure: g.Baseline, Known: g.HasBaseline}})
		edited.Baseline, edited.HasBaseline = baseline.Figure, baseline.Known
	}
	if to := edit.To; to != nil && *to != g.Period.To {
		if to.Before(today) {
			return Goal{}, Refuse("edit_end_past")
		}
		edited.Period = PeriodBetween(g.Period.From, *to)
		move(MovedEnd, Moved{End: g.Period.To})
	}
	edited, err := NewGoal(edited)
	if err != nil {
		return Goal{}, err
	}
	if target, known := edited.Target(); known && (edited.Period != g.Period || !g.reaches(target)) {
		edited.Milestones = FitMilestones(g.Milestones, target.InexactFloat64(), edited.Period.To)
	}
	if len(edit.Milestones) > 0 {
		plan := edited.MilestonePlan(calendar, loc)
		if edited.Milestones, err = MoveMilestones(plan, edited.Period, edit.Milestones...); err != nil {
			return Goal{}, err
		}
		for i, was := range plan {
			if edited.Milestones[i] != was {
				move(MovedMilestone, Moved{Milestone: was, Place: i})
			}
		}
		if slices.Equal(plan, edited.Milestones) {
			edited.Milestones = g.Milestones
		}
	}
	edited.Moves = append(slices.Clip(g.Moves), moves...)
	return edited, edited.checkMoves(g, edit, len(moves), today, loc)
}

// reaches reports whether the target is that one.
func (g Goal) reaches(target decimal.Decimal) bool {
	before, known := g.Target()
	return known && before.Equal(target)
}

// Equal reports whether two sizes are the same.
func (s Size) Equal(other Size) bool { return s.Form == other.Form && s.Value.Equal(other.Value) }

// retell changes what is told of the goal rather than what is gone by.
func (g *Goal) retell(edit Edit) {
	for _, text := range []struct {
		to   *string
		into *string
	}{{edit.Title, &g.Title}, {edit.Strategy, &g.Strategy}, {edit.Why, &g.Why}} {
		if text.to != nil {
			*text.into = strings.TrimSpace(*text.to)
		}
	}
	if edit.Owner != nil && *edit.Owner != g.Owner {
		g.Owner = *edit.Owner
		// What was one member's alone is everybody's as the team's.
		g.Private = g.Private && !g.Team()
	}
	if edit.Private != nil {
		g.Private = *edit.Private
	}
}

// checkMoves refuses a change that must not be, or not without a reason.
func (g Goal) checkMoves(before Goal, edit Edit, moves int, today Date, loc *time.Location) error {
	const longest = 3660 // days
	set := DateOf(before.CreatedAt.In(loc))
	changed := g.Moves[len(g.Moves)-moves:]
	wantsReason := slices.ContainsFunc(changed, func(move Move) bool { return move.Part != MovedOwner })
	switch {
	case moves == 0 && g.Title == before.Title && g.Strategy == before.Strategy && g.Why == before.Why && g.Private == before.Private:
		return Refuse("edit_nothing")
	case moves > 0 && today.After(before.Period.To):
		return Refuse("edit_over")
	case wantsReason && set.Before(today) && strings.TrimSpace(edit.Reason) == "":
		return Refuse("edit_reason_missing")
	case utf8.RuneCountInString(edit.Reason) > MaxText:
		return Refuse("text_too_long")
	case g.Period.Days() > longest && g.Period.To != before.Period.To:
		return Refuse("edit_too_long")
	case len(g.Moves) > MaxMoves:
		return Refuse("edit_too_often")
	}
	if !g.Size.Equal(before.Size) {
		return g.checkWay()
	}
	return nil
}

// checkWay refuses a change that leads away from where the goal gets better.
func (g Goal) checkWay() error {
	if g.Size.Form == Absolute || (g.Size.Value.Sign() < 0) == (g.Better == Lower) {
		return nil
	}
	return Refuse("target_wrong_way")
}

// ReadSize understands a figure that is written as a goal's new target: the
// figure to reach or, with a sign or where the goal is after a change in percent
// already, a change from the baseline. The error is Invalid: besides those of
// [CheckFigure] "amount_is_percent", "amount_is_money",
// "amount_other_currency", and "target_points" where a change of a percentage
// could be meant in percent or in points.
func (g Goal) ReadSize(figure Figure) (Size, error) {
	if err := CheckFigure(figure.Value); err != nil {
		return Size{}, err
	}
	changes := figure.Sign == '+' || figure.Sign == '-'
	size := Size{Form: Absolute, Value: figure.Value}
	switch {
	case figure.Currency != "" && g.Unit != Money:
		return Size{}, Refuse("amount_is_money")
	case figure.Currency != "" && figure.Currency != g.Currency:
		return Size{}, Refuse("amount_other_currency")
	case g.Unit == Percent && changes && g.Size.Form == Absolute:
		return Size{}, Refuse("target_points")
	case g.Unit == Percent && changes:
		size.Form = g.Size.Form
	case changes && figure.Percent:
		size.Form = ChangePercent
	case changes:
		size.Form = ChangeBy
	case figure.Percent && g.Unit != Percent && g.Size.Form == ChangePercent:
		size.Form = ChangePercent
		if g.Better == Lower {
			size.Value = size.Value.Neg()
		}
	case figure.Percent && g.Unit != Percent:
		return Size{}, Refuse("amount_is_percent")
	}
	return size, nil
}
