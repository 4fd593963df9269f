package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// endFed fills in the final figure of a goal that follows events and, of one
// that adds up, who brought it and with which products.
func (r *Router) endFed(ctx context.Context, ask *ask, end *coaching.Ending) error {
	goal := end.Goal
	progress, err := r.store.Progress(ctx, goal, ask.Received)
	if err != nil || progress.Followed == nil {
		return err
	}
	end.Final, end.HasFinal = progress.Value, progress.Followed.KPI.Known
	if goal.Nature != coaching.Sum {
		return nil
	}
	feeds, err := r.store.Feeds(ctx, goal.Workspace)
	if err != nil {
		return err
	}
	owners, err := r.store.Owners(ctx, goal.Workspace)
	if err != nil {
		return err
	}
	q, _, _ := coaching.Follow(goal, feeds)
	q.Today, q.Keep = ask.today, owners.Keep(goal.Owner)
	book, err := r.store.DayBook(ctx, goal.Workspace, goal.Period.From, goal.Period.To, ask.Received)
	if err != nil {
		return err
	}
	end.Credits = coaching.Credit(book.Parts(q, func(cut coaching.Cut) string { return cut.Owner }), owners)
	for i, credit := range end.Credits {
		if credit.Member == "" {
			continue
		}
		member, err := r.store.Member(ctx, goal.Workspace, credit.Member)
		if err != nil {
			return err
		}
		if member.Name != "" {
			end.Credits[i].Name = member.Name
		}
	}
	for _, part := range book.Parts(q, func(cut coaching.Cut) string { return cut.Product }) {
		if part.Name != "" {
			end.Segments = append(end.Segments, coaching.Segment{Name: part.Name, Value: part.KPI.Value})
		}
	}
	return nil
}
