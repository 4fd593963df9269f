package store

import (
	"context"
	"errors"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store/document"
)

type planDoc struct {
	document.Header
	Workspace string        `json:"workspace"`
	Goal      int64         `json:"goal"`
	Succeeds  string        `json:"succeeds"`
	Hiccups   string        `json:"hiccups"`
	HasTools  string        `json:"has_tools"`
	Tools     string        `json:"tools"`
	LeakStage string        `json:"leak_stage"`
	LeakFix   string        `json:"leak_fix"`
	Audience  string        `json:"audience"`
	Reach     string        `json:"reach"`
	By        string        `json:"by"`
	At        document.Time `json:"at"`
}

func planToDoc(plan coaching.Plan, revision int64) planDoc {
	return planDoc{
		Header:    document.Header{ID: goalKey(plan.Workspace, plan.Goal), Revision: revision},
		Workspace: string(plan.Workspace), Goal: int64(plan.Goal),
		Succeeds: plan.Succeeds, Hiccups: plan.Hiccups,
		HasTools: string(plan.HasTools), Tools: plan.Tools,
		LeakStage: plan.LeakStage, LeakFix: plan.LeakFix,
		Audience: plan.Audience, Reach: plan.Reach,
		By: string(plan.By), At: document.At(plan.At),
	}
}

func (d planDoc) plan() coaching.Plan {
	return coaching.Plan{
		Workspace: coaching.WorkspaceID(d.Workspace), Goal: int(d.Goal),
		Succeeds: d.Succeeds, Hiccups: d.Hiccups,
		HasTools: coaching.ToolsAnswer(d.HasTools), Tools: d.Tools,
		LeakStage: d.LeakStage, LeakFix: d.LeakFix,
		Audience: d.Audience, Reach: d.Reach,
		By: coaching.MemberID(d.By), At: d.At.Time,
	}
}

// Plan returns a goal's plan; one that nobody has answered anything of is
// empty but for its workspace and goal.
func (s *Store) Plan(ctx context.Context, workspace coaching.WorkspaceID, goal int) (coaching.Plan, error) {
	plan, _, err := s.plan(ctx, workspace, goal)
	return plan, err
}

// plan returns a goal's plan with its revision, 0 for one that is not stored.
func (s *Store) plan(ctx context.Context, workspace coaching.WorkspaceID, goal int) (coaching.Plan, int64, error) {
	var doc planDoc
	switch err := s.engine.Get(ctx, plans, goalKey(workspace, goal), &doc); {
	case errors.Is(err, document.ErrNotFound):
		return coaching.Plan{Workspace: workspace, Goal: goal}, 0, nil
	case err != nil:
		return coaching.Plan{}, 0, coded("read plan", err)
	}
	return doc.plan(), doc.Revision, nil
}

// ChangePlan puts a changed plan in the place of a goal's plan and returns it.
// Where somebody else changes the plan at the same moment, change is asked
// again with what they left, so that of two people who answer two questions
// neither takes the other's answer away. An error of change is returned as it
// is, and then nothing is stored.
func (s *Store) ChangePlan(
	ctx context.Context, workspace coaching.WorkspaceID, goal int, change func(coaching.Plan) (coaching.Plan, error),
) (coaching.Plan, error) {
	for {
		plan, revision, err := s.plan(ctx, workspace, goal)
		if err != nil {
			return coaching.Plan{}, err
		}
		if plan, err = change(plan); err != nil {
			return coaching.Plan{}, err
		}
		// The key is what was asked for, whatever change made of it.
		plan.Workspace, plan.Goal = workspace, goal
		doc := planToDoc(plan, revision)
		if revision == 0 {
			err = s.engine.Insert(ctx, plans, &doc)
		} else {
			err = s.engine.Replace(ctx, plans, &doc)
		}
		switch {
		case err == nil:
			return doc.plan(), nil
		case !errors.Is(err, document.ErrTaken) && !errors.Is(err, document.ErrStale):
			return coaching.Plan{}, coded("change plan", err)
		}
	}
}
