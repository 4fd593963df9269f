package coaching_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestAPlanKeepsTheAnswersAndKnowsTheOpenQuestions(t *testing.T) {
	t.Parallel()
	plan, err := coaching.NewPlan(coaching.Plan{
		Workspace: "slack:T1", Goal: 12, Hiccups: "  demos slip to next month \n",
		LeakStage: "proposals", HasTools: coaching.ToolsUnsure,
	})
	if err != nil {
		t.Fatal(err)
	}
	if plan.Hiccups != "demos slip to next month" {
		t.Errorf("the answer is %q", plan.Hiccups)
	}
	if missing := plan.Missing(); !slices.Equal(missing, []coaching.Question{coaching.QuestionAudience}) {
		t.Errorf("open questions: %v", missing)
	}
}

func TestPlansRefuseWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	for reason, plan := range map[coaching.Reason]coaching.Plan{
		"workspace_missing": {Goal: 1, Hiccups: "x"},
		"goal_missing":      {Workspace: "slack:T1", Hiccups: "x"},
		"plan_empty":        {Workspace: "slack:T1", Goal: 1, Hiccups: "   "},
		"text_too_long":     {Workspace: "slack:T1", Goal: 1, Reach: strings.Repeat("ก", coaching.MaxText+1)},
		"stage_name":        {Workspace: "slack:T1", Goal: 1, LeakStage: "Cold calls"},
		"tools_answer":      {Workspace: "slack:T1", Goal: 1, HasTools: "maybe"},
	} {
		if _, err := coaching.NewPlan(plan); reasonOf(err) != reason {
			t.Errorf("%v, want %s", err, reason)
		}
	}
}
