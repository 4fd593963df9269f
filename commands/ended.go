package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// gatherEnded gathers what is told of goals whose period has just ended, a post
// for each: what was met is told in the channel, all else to those whose goal it
// is. Every day of the week after looks again; what was told once is not told
// anew.
func (r *Router) gatherEnded(ctx context.Context, o occasion) (gathered, error) {
	var all gathered
	for _, state := range []coaching.State{coaching.Active, coaching.Parked} {
		goals, err := r.store.Goals(ctx, o.workspace.ID, state)
		if err != nil {
			return gathered{}, err
		}
		for _, goal := range goals {
			if !coaching.JustEnded(goal, o.date) || o.cadence.Member != "" && goal.Owner != o.cadence.Member {
				continue
			}
			deliveries, err := r.ended(ctx, o, goal)
			if err != nil {
				return gathered{}, err
			}
			all.also = append(all.also, deliveries...)
		}
	}
	return all, nil
}

// ended returns the posts about a goal that has ended, none where it was told.
func (r *Router) ended(ctx context.Context, o occasion, goal coaching.Goal) ([]coaching.Delivery, error) {
	private := []coaching.MemberID{goal.Owner}
	if goal.Team() {
		var err error
		if private, err = r.leaders(ctx, o.workspace, o.date); err != nil {
			return nil, err
		}
	}
	told, err := r.toldEnded(ctx, o, goal, private)
	if err != nil || told {
		return nil, err
	}
	ended, known, err := r.endedFacts(ctx, o, goal)
	if err != nil || !known {
		return nil, err
	}
	post := coaching.Delivery{
		Workspace: goal.Workspace, State: coaching.Pending, DueAt: o.at, NextAt: o.at, ExpiresAt: coaching.EndedExpires(o.at),
	}
	if o.cadence.Channel != "" && coaching.ToldInPublic(ended.Review) {
		post.ID, post.Channel = coaching.EndedID(goal, string(o.cadence.Channel)), o.cadence.Channel
		post.Notices = []coaching.Notice{ended}
		return []coaching.Delivery{post}, nil
	}
	var posts []coaching.Delivery
	for _, member := range private {
		ended.Member = member
		post.ID, post.Member = coaching.EndedID(goal, string(member)), member
		post.Notices = []coaching.Notice{ended}
		posts = append(posts, post)
	}
	return posts, nil
}

// toldEnded reports whether somebody was told already how the goal ended.
func (r *Router) toldEnded(ctx context.Context, o occasion, goal coaching.Goal, private []coaching.MemberID) (bool, error) {
	to := []string{string(o.cadence.Channel)}
	for _, member := range private {
		to = append(to, string(member))
	}
	for _, each := range to {
		_, err := r.store.Delivery(ctx, coaching.EndedID(goal, each))
		if err == nil || coaching.CodeOf(err) != coaching.NotFound {
			return err == nil, err
		}
	}
	return false, nil
}

// endedFacts makes the review that would be kept now, and looks up what went well.
// known is false where the goal is reviewed already, or where it is still the
// period's last day in the workspace's zone.
func (r *Router) endedFacts(ctx context.Context, o occasion, goal coaching.Goal) (ended coaching.Ended, known bool, err error) {
	if _, err := r.store.Review(ctx, goal.Workspace, goal.Number); err == nil || coaching.CodeOf(err) != coaching.NotFound {
		return coaching.Ended{}, false, err
	}
	end, err := r.ending(ctx, o.asking(), goal)
	if err != nil {
		return coaching.Ended{}, false, err
	}
	if end.Entries, err = r.store.EntriesOf(ctx, goal, allEntries); err != nil {
		return coaching.Ended{}, false, err
	}
	review, err := coaching.NewReview(end)
	if coaching.CodeOf(err) == coaching.Invalid {
		return coaching.Ended{}, false, nil
	}
	if err != nil {
		return coaching.Ended{}, false, err
	}
	plan, err := r.store.Plan(ctx, goal.Workspace, goal.Number)
	if err != nil {
		return coaching.Ended{}, false, err
	}
	ended = coaching.Ended{Date: o.date, Review: review, Keep: plan.Succeeds}
	ended.Ticked, err = r.tickedOn(ctx, o.workspace, goal)
	return ended, true, err
}

// tickedOn counts the small wins that were ticked on the way to a goal.
func (r *Router) tickedOn(ctx context.Context, workspace coaching.Workspace, goal coaching.Goal) (int, error) {
	count := 0
	for week := workspace.Calendar().WeekStart(goal.Period.From); !week.After(goal.Period.To); week = week.AddDays(7) {
		wins, err := r.store.WinsOfWeek(ctx, workspace.ID, week)
		if err != nil {
			return 0, err
		}
		var own []coaching.SmallWin
		for _, win := range wins {
			if win.Goal == goal.Number {
				own = append(own, win)
			}
		}
		ticks, err := r.store.Ticks(ctx, own)
		if err != nil {
			return 0, err
		}
		count += len(ticks)
	}
	return count, nil
}

// wordEnded words how a goal ended: by how much it was met or missed, who brought
// what, what to keep, and what to go for next. What is private by now is not told
// in a channel any more.
func (r *Router) wordEnded(ctx context.Context, ask *ask, ended coaching.Ended) ([]Part, error) {
	review := ended.Review
	if ended.Member == "" {
		goal, err := r.store.Goal(ctx, ask.Request.Workspace, review.Goal.Number)
		switch {
		case coaching.CodeOf(err) == coaching.NotFound, err == nil && goal.Private:
			return nil, nil
		case err != nil:
			return nil, err
		}
	}
	if err := r.meet(ctx, ask, review.Goal.Owner); err != nil {
		return nil, err
	}
	parts := ask.outcome(review)
	if ended.Keep != "" {
		parts = append(parts, Text{ask.voice.Line("ended_keep", Args{"text": ended.Keep})})
	}
	if ended.Ticked > 0 {
		parts = append(parts, Text{ask.voice.Line("ended_ticked", Args{"count": ended.Ticked})})
	}
	parts = append(parts, ask.proposed(review)...)
	parts = append(parts, Row{[]Button{{
		Label: ask.voice.Text("button_review_next", nil), Action: actionReviewNext, Value: "#" + itoa(review.Goal.Number), Look: Primary,
	}}})
	if ended.Member != "" {
		return append(parts, Note{ask.voice.Line("ended_private", nil)}), nil
	}
	return parts, nil
}

// reviewNext keeps the review of the goal that a button names, and asks for what
// was learned and what to go for next.
func (r *Router) reviewNext(ctx context.Context, ask *ask) (Reply, error) {
	goal, err := r.goalFor(ctx, ask, coaching.ActReview, ask.rest)
	if err != nil {
		return Reply{}, err
	}
	if _, err := r.reviewGoal(ctx, ask, goal, ""); err != nil {
		return Reply{}, err
	}
	return r.begin(ctx, ask, dialogReview, itoa(goal.Number), nil)
}
