package store_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestAnswersGivenAtOnceAllStay(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		answers := []func(*coaching.Plan){
			func(p *coaching.Plan) { p.Succeeds = "referrals" },
			func(p *coaching.Plan) { p.Hiccups = "ราคา <!channel>" },
			func(p *coaching.Plan) { p.HasTools, p.Tools = coaching.ToolsMissing, "a dialer" },
			func(p *coaching.Plan) { p.LeakStage, p.LeakFix = "proposal", "same day" },
			func(p *coaching.Plan) { p.Audience = "the fair" },
			func(p *coaching.Plan) { p.Reach = "a talk there" },
		}
		var all sync.WaitGroup
		for _, answer := range answers {
			all.Go(func() {
				_, err := s.ChangePlan(t.Context(), team, 12, func(plan coaching.Plan) (coaching.Plan, error) {
					answer(&plan)
					plan.By, plan.At = "U1", start
					return plan, nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		got, err := s.Plan(t.Context(), team, 12)
		if err != nil {
			t.Fatal(err)
		}
		want := coaching.Plan{Workspace: team, Goal: 12, By: "U1", At: start}
		for _, answer := range answers {
			answer(&want)
		}
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
}

func TestRefusedAnswerChangesNothing(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		_, err := s.ChangePlan(t.Context(), team, 12, func(plan coaching.Plan) (coaching.Plan, error) {
			plan.Reach = "a talk"
			return plan, coaching.Refuse("plan_empty")
		})
		if coaching.CodeOf(err) != coaching.Invalid {
			t.Errorf("the refusal came back as %v", err)
		}
		got, err := s.Plan(t.Context(), team, 12)
		if want := (coaching.Plan{Workspace: team, Goal: 12}); err != nil || got != want {
			t.Errorf("plan = %+v, %v; want an empty one", got, err)
		}
	})
}
