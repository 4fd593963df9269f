package commands

import (
	"context"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// allEntries is a limit above the entries that any goal has.
const allEntries = 1_000_000

// review closes the books on a goal whose period is over: how it ended, who
// brought what, what was learned and what to go for next. A goal is reviewed
// once; asked again, the review that was kept is shown, with more lessons if
// there are any.
func (r *Router) review(ctx context.Context, ask *ask) (Reply, error) {
	if ask.rest == "" {
		return r.reviewDue(ctx, ask)
	}
	text, lessons := ask.rest, ""
	if number, after := cutWord(text); isGoalNumber(number) {
		text, lessons = number, strings.Join(strings.Fields(after), " ")
	}
	goals, err := r.findGoals(ctx, ask, text)
	if err != nil {
		return Reply{}, err
	}
	if len(goals) > 1 {
		return ask.chooseForReview(goals), nil
	}
	return r.reviewGoal(ctx, ask, goals[0], lessons)
}

// reviewChosen reviews the goal that a button names.
func (r *Router) reviewChosen(ctx context.Context, ask *ask) (Reply, error) {
	if !isGoalNumber(ask.rest) {
		return Reply{}, coaching.Refuse("button_unknown")
	}
	reply, err := r.review(ctx, ask)
	reply.Replace = true
	return reply, err
}

// reviewDue reviews what is over and not reviewed yet: the only one, or one to
// be chosen.
func (r *Router) reviewDue(ctx context.Context, ask *ask) (Reply, error) {
	var (
		due  []coaching.Goal
		next coaching.Date // the next day on which a period ends
	)
	for _, owner := range []coaching.MemberID{ask.Member, ""} {
		for _, state := range []coaching.State{coaching.Active, coaching.Parked} {
			goals, err := r.store.GoalsOf(ctx, ask.Request.Workspace, owner, state)
			if err != nil {
				return Reply{}, err
			}
			for _, goal := range goals {
				mine, err := r.canOn(ctx, ask, coaching.ActReview, goal)
				if err != nil {
					return Reply{}, err
				}
				switch last := goal.Period.To; {
				case !mine:
				case ask.today.After(last):
					due = append(due, goal)
				case next.IsZero() || last.Before(next):
					next = last
				}
			}
		}
	}
	switch {
	case len(due) == 1:
		return r.reviewGoal(ctx, ask, due[0], "")
	case len(due) > 1:
		return ask.chooseForReview(due), nil
	case next.IsZero():
		return ask.say(Text{ask.voice.Line("review_none", nil)}, ask.examples()), nil
	default:
		return ask.say(Text{ask.voice.Line("review_none_yet", Args{"last": ask.voice.date(next, ask.today)})}), nil
	}
}

// chooseForReview asks which goal is meant.
func (a *ask) chooseForReview(goals []coaching.Goal) Reply {
	reply := a.say(Text{a.voice.Line("review_which", nil)})
	for _, goal := range goals[:min(len(goals), maxChoices)] {
		reply.Buttons = append(reply.Buttons, Button{
			Label: "#" + itoa(goal.Number) + " " + goal.Title, Action: actionReview, Value: "#" + itoa(goal.Number),
		})
	}
	if len(goals) > maxChoices {
		reply.Parts = append(reply.Parts, Note{a.voice.Line("log_which_number", Args{"command": Span{
			Text: "/" + Name + " review #" + strconv.Itoa(goals[maxChoices].Number), Style: Code,
		}})})
	}
	return reply
}

// reviewGoal shows the review of a goal, which it makes where there is none.
func (r *Router) reviewGoal(ctx context.Context, ask *ask, goal coaching.Goal, lessons string) (Reply, error) {
	review, err := r.store.Review(ctx, goal.Workspace, goal.Number)
	if err != nil && coaching.CodeOf(err) != coaching.NotFound {
		return Reply{}, err
	}
	// The result of a team goal is everybody's to know.
	if !goal.Team() || err != nil || lessons != "" {
		if err := r.mayOn(ctx, ask, coaching.ActReview, goal); err != nil {
			return Reply{}, err
		}
	}
	switch {
	case err != nil:
		review, err = r.conclude(ctx, ask, goal, lessons)
	case lessons != "":
		if err := r.traceLessons(ctx, ask, goal, lessons); err != nil {
			return Reply{}, err
		}
		review, err = r.store.AddLessons(ctx, goal.Workspace, goal.Number, lessons, ask.Member)
	}
	if err != nil {
		return Reply{}, err
	}
	// A reviewed goal that was taken up again is closed again.
	mine, err := r.canOn(ctx, ask, coaching.ActReview, goal)
	if err != nil {
		return Reply{}, err
	}
	if mine {
		if _, err := r.closeReviewed(ctx, ask, goal, review); err != nil {
			return Reply{}, err
		}
	}
	if err := r.meet(ctx, ask, review.LessonsBy); err != nil {
		return Reply{}, err
	}
	moves, err := r.moves(ctx, ask, review.Goal)
	if err != nil {
		return Reply{}, err
	}
	reply := ask.say(ask.reviewed(review, moves)...)
	if mine {
		reply.Buttons = []Button{ask.beginButton("button_review", dialogReview, itoa(goal.Number))}
	}
	return reply, nil
}

// conclude makes a goal's review, closes the goal and leaves its figures to
// history. The review is stored last, so that one which is there means that all
// of it is done; what died half-way is done again.
func (r *Router) conclude(ctx context.Context, ask *ask, goal coaching.Goal, lessons string) (coaching.Review, error) {
	end, err := r.ending(ctx, ask, goal)
	if err != nil {
		return coaching.Review{}, err
	}
	if end.Lessons = lessons; lessons != "" {
		end.LessonsBy = ask.Member
	}
	var review coaching.Review
	for {
		if end.Entries, err = r.store.EntriesOf(ctx, goal, allEntries); err != nil {
			return coaching.Review{}, err
		}
		if review, err = coaching.NewReview(end); err != nil {
			return coaching.Review{}, err
		}
		if goal.State == coaching.Closed {
			break
		}
		// Once more on the closed goal, for entries that came in between.
		if goal, err = r.closeReviewed(ctx, ask, goal, review); err != nil {
			return coaching.Review{}, err
		}
		end.Goal = goal
	}
	if err := r.leave(ctx, ask, review, end.History); err != nil {
		return coaching.Review{}, err
	}
	shifts := []coaching.Shift{{Name: "result", After: string(review.Result)}}
	if review.HasFinal {
		shifts = append(shifts, coaching.Shift{Name: "final", After: review.Final.String()})
	}
	if lessons != "" {
		shifts = append(shifts, coaching.Shift{Name: "lessons", After: lessons})
	}
	if err := r.trace(ctx, ask, coaching.Trace{Goal: goal.Number, Kind: coaching.TraceReviewed, Shifts: shifts}); err != nil {
		return coaching.Review{}, err
	}
	review, _, err = r.store.SaveReview(ctx, review)
	return review, err
}

// traceLessons leaves a trace of lessons that are added to a review.
func (r *Router) traceLessons(ctx context.Context, ask *ask, goal coaching.Goal, lessons string) error {
	return r.trace(ctx, ask, coaching.Trace{
		Goal: goal.Number, Kind: coaching.TraceReviewed, Shifts: []coaching.Shift{{Name: "lessons", After: lessons}},
	})
}

// closeReviewed closes a goal with the result of its review as the reason.
func (r *Router) closeReviewed(ctx context.Context, ask *ask, goal coaching.Goal, review coaching.Review) (coaching.Goal, error) {
	if goal.State == coaching.Closed {
		return goal, nil
	}
	return r.setState(ctx, ask, goal, coaching.Closed, false, ask.voice.Text("review_closed_"+string(review.Result), nil))
}

// ending gathers what a review is made from, but for the entries.
func (r *Router) ending(ctx context.Context, ask *ask, goal coaching.Goal) (coaching.Ending, error) {
	end := coaching.Ending{
		Goal: goal, Milestones: goal.MilestonePlan(ask.workspace.Calendar(), ask.workspace.Location()), At: ask.Received, Location: ask.workspace.Location(),
	}
	expected, err := r.store.Expectation(ctx, goal.Workspace, goal.Number)
	if err != nil && coaching.CodeOf(err) != coaching.NotFound {
		return coaching.Ending{}, err
	}
	end.Expected, end.HasExpected = expected, err == nil
	if end.Roster, err = r.roster(ctx, ask); err != nil {
		return coaching.Ending{}, err
	}
	if !goal.Team() {
		end.Roster = end.Roster.Only(goal.Owner)
	}
	if err := r.endFed(ctx, ask, &end); err != nil {
		return coaching.Ending{}, err
	}
	switch {
	case !goal.Team():
		end.History, err = r.ownHistory(ctx, goal)
	case ask.ofTheKind(goal):
		end.History, err = r.observations(ctx, ask, goal.Kind)
	}
	return end, err
}

// ofTheKind reports whether a goal's figures are its kind's: recurring revenue
// is not revenue, and euros are not dollars.
func (a *ask) ofTheKind(goal coaching.Goal) bool {
	traits, known := coaching.TraitsOf(goal.Kind)
	return known && goal.Kind != coaching.Custom && goal.Nature == traits.Nature && goal.Unit == traits.Unit &&
		(goal.Unit != coaching.Money || goal.Currency == a.workspace.Currency)
}

// setOn is the day on which a goal was set.
func (a *ask) setOn(goal coaching.Goal) coaching.Date {
	return coaching.DateOf(goal.CreatedAt.In(a.workspace.Location()))
}

// ownHistory returns how the member's earlier goals of the sort ended.
func (r *Router) ownHistory(ctx context.Context, goal coaching.Goal) ([]coaching.Observation, error) {
	reviews, err := r.store.Reviews(ctx, goal.Workspace, goal.Kind, reviewReach)
	if err != nil {
		return nil, err
	}
	var known []coaching.Observation
	for _, review := range reviews {
		if past := review.Goal; past.Like(goal) && review.HasFinal && !review.Partial {
			known = append(known, coaching.Observation{Kind: past.Kind, Period: past.Period, Value: review.Final})
		}
	}
	return known, nil
}

// leave saves the figures that a team goal leaves to history. A figure that is
// there already, from the books perhaps, stays.
func (r *Router) leave(ctx context.Context, ask *ask, review coaching.Review, history []coaching.Observation) error {
	if !ask.ofTheKind(review.Goal) {
		return nil
	}
	known := make(map[coaching.Period]bool, len(history))
	for _, observation := range history {
		known[observation.Period] = true
	}
	for _, observation := range review.Observations {
		if known[observation.Period] {
			continue
		}
		if err := r.store.SaveObservation(ctx, review.Goal.Workspace, observation); err != nil {
			return err
		}
	}
	return nil
}
