package commands

import (
	"context"
	"fmt"

	"github.com/smallwins/smallwins/coaching"
)

// Word finds the words for a delivery's notices.
func (r *Router) Word(ctx context.Context, delivery coaching.Delivery) (Post, error) {
	workspace, err := r.store.Workspace(ctx, delivery.Workspace)
	if err != nil {
		return Post{}, err
	}
	ask := &ask{
		Request:   Request{Workspace: delivery.Workspace, Channel: delivery.Channel, Member: delivery.Member, Received: delivery.DueAt},
		workspace: workspace,
	}
	ask.voice = r.wording.In(workspace.Language)
	if delivery.Member != "" {
		member, err := r.self(ctx, ask)
		if err != nil {
			return Post{}, err
		}
		ask.MemberName = member.Name
		if err := r.listen(ctx, ask); err != nil {
			return Post{}, err
		}
	}
	var parts []Part
	for i, notice := range delivery.Notices {
		ask.today = notice.Day()
		if i > 0 {
			parts = append(parts, Divider{})
		}
		said, err := r.wordNotice(ctx, ask, notice)
		if err != nil {
			return Post{}, err
		}
		parts = append(parts, said...)
	}
	under, err := r.under(ctx, delivery)
	if err != nil {
		return Post{}, err
	}
	return Post{
		Key: delivery.ID, Under: under, Workspace: delivery.Workspace, Channel: delivery.Channel, Member: delivery.Member,
		Reply: Reply{Shared: delivery.Member == "", Parts: parts},
	}, nil
}

// under returns the receipt of the post that a delivery belongs below, empty where
// it stands for itself.
func (r *Router) under(ctx context.Context, delivery coaching.Delivery) (receipt string, err error) {
	for _, notice := range delivery.Notices {
		answered, ok := notice.(coaching.Answered)
		if !ok {
			continue
		}
		checkIn, err := r.store.Delivery(ctx, answered.Under)
		switch {
		case coaching.CodeOf(err) == coaching.NotFound: // nothing is left to stand below
			return "", nil
		case err != nil:
			return "", err
		case checkIn.State == coaching.Pending:
			// Somebody saw it, so it is posted: that is about to be recorded.
			return "", fmt.Errorf("word an answer: %w", coaching.Refuse("checkin_on_its_way"))
		}
		return checkIn.Receipt, nil
	}
	return "", nil
}

// wordNotice finds the words for one notice.
func (r *Router) wordNotice(ctx context.Context, ask *ask, notice coaching.Notice) ([]Part, error) {
	switch notice := notice.(type) {
	case coaching.Nudge:
		return r.wordNudge(ctx, ask, notice)
	case coaching.CheckIn:
		return r.wordCheckIn(ctx, ask, notice)
	case coaching.Answered:
		return r.wordAnswered(ctx, ask, notice)
	case coaching.Digest:
		return r.wordDigest(ctx, ask, notice)
	case coaching.Ended:
		return r.wordEnded(ctx, ask, notice)
	case coaching.Warning:
		return r.wordWarning(ctx, ask, notice)
	case coaching.Imported:
		return ask.wordImported(notice), nil
	case coaching.Thin:
		return r.wordThin(ctx, ask, notice)
	default:
		return nil, fmt.Errorf("word a notice: kind %s: %w", notice.Kind(), coaching.Refuse("notice_unknown"))
	}
}
