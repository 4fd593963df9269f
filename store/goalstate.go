package store

import (
	"context"
	"errors"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

// SetGoalState moves a goal to a state, in or out of focus, and keeps the
// reason and the time with it. It returns the goal as stored, or NotFound. What
// others change of the goal meanwhile is kept; of two that change its state the
// later wins. A change that is there already is not made again.
func (s *Store) SetGoalState(ctx context.Context, workspace coaching.WorkspaceID, number int, state coaching.State, focus bool, reason string, at time.Time) (coaching.Goal, error) {
	for {
		var doc goalDoc
		if err := s.engine.Get(ctx, goals, goalKey(workspace, number), &doc); err != nil {
			return coaching.Goal{}, coded("set goal state", err)
		}
		if doc.State == string(state) && doc.Focus == focus && doc.Reason == reason {
			return doc.goal()
		}
		doc.State, doc.Focus, doc.Reason, doc.ChangedAt = string(state), focus, reason, document.At(at)
		switch err := s.replaceGoal(ctx, &doc); {
		case err == nil:
			return doc.goal()
		case !errors.Is(err, document.ErrStale):
			return coaching.Goal{}, coded("set goal state", err)
		}
	}
}
