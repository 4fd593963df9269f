package commands

import (
	"context"

	"github.com/smallwins/smallwins/coaching"
)

// trace adds to the audit trail what the member is about to change: what it is
// about and its kind, its shifts and the reason are the caller's to give. It is
// called before the change is made. Without shifts nothing changes; what was
// refused or taken away has none.
func (r *Router) trace(ctx context.Context, ask *ask, left coaching.Trace) error {
	if len(left.Shifts) == 0 && left.Kind != coaching.TraceRefused && left.Kind != coaching.TraceExported {
		return nil
	}
	if left.ID == "" {
		left.ID = ask.ID + "/" + string(left.Kind) + "/" + itoa(left.Goal)
	}
	left.Workspace, left.Member, left.Name, left.At = ask.Request.Workspace, ask.Member, ask.MemberName, ask.Received
	if left.Kind != coaching.TraceRefused {
		r.outlooks.forget(left.Workspace)
	}
	return r.store.AddTrace(ctx, left)
}

// traceGoal adds what differs between a goal as it is and as it will be.
func (r *Router) traceGoal(ctx context.Context, ask *ask, kind coaching.TraceKind, before, after coaching.Goal, why string) error {
	return r.trace(ctx, ask, coaching.Trace{
		Goal: after.Number, Kind: kind, Shifts: coaching.GoalShifts(before, after), Why: why,
	})
}

// traceCreation leaves a trace of a goal that was made of a draft. It comes after
// the goal, which has no number before; making it again leaves it again.
func (r *Router) traceCreation(ctx context.Context, ask *ask, goal coaching.Goal, draft string) error {
	return r.trace(ctx, ask, coaching.Trace{
		ID: draft + "/created", Goal: goal.Number, Kind: coaching.TraceCreated, Shifts: coaching.GoalShifts(coaching.Goal{}, goal),
	})
}

// refused adds an attempt beyond the member's role to the trail and returns the
// error that they are told. An attempt that was refused only because the
// platform did not answer is nobody's fault.
func (r *Router) refused(ctx context.Context, ask *ask, act coaching.Act, goal int, reason coaching.Reason) error {
	code := coaching.Forbidden
	if reason == "goal_unknown" {
		code = coaching.NotFound
	}
	if ask.unsure {
		if code == coaching.Forbidden {
			reason = "role_unsure"
		}
		return &coaching.Error{Code: code, Reason: reason}
	}
	err := r.trace(ctx, ask, coaching.Trace{
		ID:   ask.ID + "/refused/" + string(act) + "/" + itoa(goal),
		Goal: goal, Kind: coaching.TraceRefused, Act: act, Refusal: reason,
	})
	if err != nil {
		return err
	}
	return &coaching.Error{Code: code, Reason: reason}
}
