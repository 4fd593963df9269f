package coaching_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// demosInJune is a goal of 20 demos, set the day before its month began.
func demosInJune(t testing.TB) coaching.Goal {
	t.Helper()
	goal, err := coaching.NewGoal(coaching.Goal{
		Workspace: "slack:T1", Number: 12, Title: "Demos", Kind: coaching.Meetings, Owner: "U1", Period: june, Size: exactly("20"),
		CreatedBy: "U1", CreatedAt: time.Date(2026, time.May, 31, 9, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return goal
}

// midJune is a Monday with half of June to come.
var midJune = time.Date(2026, time.June, 15, 9, 0, 0, 0, time.UTC)

func ptr[T any](value T) *T { return &value }

func TestMovedGoalPostsAreRemembered(t *testing.T) {
	t.Parallel()
	goal := demosInJune(t)
	size, end := exactly("30"), june.To.AddDays(-2)
	edited, err := goal.Edited(coaching.Edit{
		Title: ptr(" Demos held "), Size: &size, To: &end, Owner: ptr(coaching.MemberID("")),
		By: "U9", At: midJune, Reason: " two reps joined ",
	}, coaching.Calendar{}, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if edited.Title != "Demos held" || edited.Size.Value.String() != "30" || edited.Period.To != end || edited.Period.Span != coaching.Range || edited.Owner != "" {
		t.Errorf("edited is %+v", edited)
	}
	want := []coaching.Move{
		{Part: coaching.MovedOwner, Was: coaching.Moved{Owner: "U1"}},
		{Part: coaching.MovedTarget, Was: coaching.Moved{Size: exactly("20")}},
		{Part: coaching.MovedEnd, Was: coaching.Moved{End: june.To}},
	}
	for i := range want {
		want[i].At, want[i].By, want[i].Reason = midJune, "U9", "two reps joined"
	}
	if fmt.Sprint(edited.Moves) != fmt.Sprint(want) {
		t.Errorf("moves are\n%+v, want\n%+v", edited.Moves, want)
	}
	if len(goal.Moves) != 0 || goal.Title != "Demos" {
		t.Error("editing changed the goal it was given")
	}
	// Back on the month's last day it is the month's goal again.
	back, err := edited.Edited(coaching.Edit{To: &june.To, By: "U9", At: midJune, Reason: "as it was"}, coaching.Calendar{}, time.UTC)
	if err != nil || back.Period != june || len(back.Moves) != 4 || len(edited.Moves) != 3 {
		t.Errorf("moved back: %v with %d moves, %v", back.Period, len(back.Moves), err)
	}
}

func TestGoalIsEditedByRules(t *testing.T) {
	t.Parallel()
	size := func(form coaching.SizeForm, value string) *coaching.Size {
		return &coaching.Size{Form: form, Value: number(value)}
	}
	over, firstDay := june.To.AddDays(1).In(time.UTC), time.Date(2026, time.May, 31, 18, 0, 0, 0, time.UTC)
	known := &coaching.Baseline{Figure: number("10"), Known: true}
	for _, test := range []struct {
		name   string
		goal   func(*coaching.Goal)
		edit   coaching.Edit
		at     time.Time
		reason coaching.Reason
	}{
		{name: "a title needs no reason", edit: coaching.Edit{Title: ptr("Product demos")}},
		{name: "a title after the end", edit: coaching.Edit{Title: ptr("Product demos")}, at: over},
		{name: "a private goal", edit: coaching.Edit{Private: ptr(true)}},
		{name: "another owner", edit: coaching.Edit{Owner: ptr(coaching.MemberID("U2"))}},
		{name: "a target with a reason", edit: coaching.Edit{Size: size(coaching.Absolute, "30"), Reason: "r"}},
		{name: "a target on the day it was set", edit: coaching.Edit{Size: size(coaching.Absolute, "30")}, at: firstDay},
		{name: "a change from a new baseline", edit: coaching.Edit{Size: size(coaching.ChangePercent, "50"), Baseline: known, Reason: "r"}},
		{name: "nothing", edit: coaching.Edit{Reason: "r"}, reason: "edit_nothing"},
		{name: "the same again", edit: coaching.Edit{Title: ptr("Demos"), Size: size(coaching.Absolute, "20.0"), Reason: "r"}, reason: "edit_nothing"},
		{name: "a target without a reason", edit: coaching.Edit{Size: size(coaching.Absolute, "30"), Reason: " "}, reason: "edit_reason_missing"},
		{name: "a target after the end", edit: coaching.Edit{Size: size(coaching.Absolute, "10"), Reason: "r"}, at: over, reason: "edit_over"},
		{name: "an owner after the end", edit: coaching.Edit{Owner: ptr(coaching.MemberID(""))}, at: over, reason: "edit_over"},
		{name: "a closed goal", goal: func(g *coaching.Goal) { g.State = coaching.Closed }, edit: coaching.Edit{Title: ptr("x")}, reason: "edit_closed"},
		{name: "an end that has been", edit: coaching.Edit{To: ptr(june.From), Reason: "r"}, reason: "edit_end_past"},
		{name: "an end far away", edit: coaching.Edit{To: ptr(coaching.Date{Year: 2040, Month: 1, Day: 1}), Reason: "r"}, reason: "edit_too_long"},
		{name: "a private team goal", edit: coaching.Edit{Owner: ptr(coaching.MemberID("")), Private: ptr(true)}, reason: "private_team"},
		{name: "no title", edit: coaching.Edit{Title: ptr(" ")}, reason: "title_missing"},
		{name: "a change from nothing", edit: coaching.Edit{Size: size(coaching.ChangeBy, "5"), Reason: "r"}, reason: "baseline_missing"},
		{name: "a change for the worse", edit: coaching.Edit{Size: size(coaching.ChangeBy, "-5"), Baseline: known, Reason: "r"}, reason: "target_wrong_way"},
		{name: "too many moves", goal: func(g *coaching.Goal) { g.Moves = make([]coaching.Move, coaching.MaxMoves) }, edit: coaching.Edit{Size: size(coaching.Absolute, "30"), Reason: "r"}, reason: "edit_too_often"},
	} {
		goal := demosInJune(t)
		if test.goal != nil {
			test.goal(&goal)
		}
		if test.edit.At = midJune; !test.at.IsZero() {
			test.edit.At = test.at
		}
		if _, err := goal.Edited(test.edit, coaching.Calendar{}, time.UTC); reason(err) != test.reason {
			t.Errorf("%s: %v, want %q", test.name, err, test.reason)
		}
	}
}

func TestPrivateGoalGivenToTheTeamIsPrivateNoMore(t *testing.T) {
	t.Parallel()
	goal := demosInJune(t)
	goal.Private = true
	edited, err := goal.Edited(coaching.Edit{Owner: ptr(coaching.MemberID("")), At: midJune}, coaching.Calendar{}, time.UTC)
	if err != nil || edited.Private {
		t.Errorf("private is %v, %v", edited.Private, err)
	}
}

func TestMilestonesMovedByHandFollowTheGoal(t *testing.T) {
	t.Parallel()
	goal := demosInJune(t)
	plan := goal.MilestonePlan(coaching.Calendar{}, time.UTC)
	to := coaching.Milestone{Day: plan[1].Day.AddDays(1), Value: plan[1].Value + 2}
	moved, err := goal.Edited(coaching.Edit{
		Milestones: []coaching.MilestoneMove{{Index: 1, To: to}}, At: midJune, By: "U1", Reason: "the fair is later",
	}, coaching.Calendar{}, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	if len(moved.Moves) != 1 || moved.Moves[0].Was.Milestone != plan[1] {
		t.Errorf("moves are %+v, want that of %v", moved.Moves, plan[1])
	}
	if got := moved.MilestonePlan(coaching.Calendar{}, time.UTC); got[1] != to || got[0] != plan[0] {
		t.Errorf("the plan is %v", got)
	}
	standing := coaching.Standing{Goal: moved, Progress: coaching.Progress{Value: number("7"), Entries: 1, LastAt: midJune}}
	day := coaching.DateOf(midJune).AddDays(-4)
	judgement := coaching.Judge(standing, coaching.Calendar{}, day, time.UTC)
	next, found := judgement.NextMilestone()
	if !found || next.Milestone != to {
		t.Errorf("the next milestone is %v, want %v", next.Milestone, to)
	}
	size := exactly("40")
	doubled, err := moved.Edited(coaching.Edit{Size: &size, At: midJune, Reason: "twice the team"}, coaching.Calendar{}, time.UTC)
	if err != nil || doubled.Milestones[1] != (coaching.Milestone{Day: to.Day, Value: 2 * to.Value}) || doubled.Milestones[len(plan)-1].Value != 40 {
		t.Errorf("with twice the target they are %v, %v", doubled.Milestones, err)
	}
	_, err = goal.Edited(coaching.Edit{Milestones: []coaching.MilestoneMove{{Index: 1, To: plan[1]}}, At: midJune, Reason: "r"}, coaching.Calendar{}, time.UTC)
	if reason(err) != "edit_nothing" {
		t.Errorf("moving a milestone to where it is: %v", err)
	}
	level := goal
	level.Nature = coaching.Level
	if plan := level.MilestonePlan(coaching.Calendar{}, time.UTC); plan != nil {
		t.Errorf("a level has milestones %v", plan)
	}
}

func TestNewTargetIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	money := coaching.Goal{Unit: coaching.Money, Currency: "USD", Better: coaching.Higher, Size: exactly("100")}
	growth, costs := money, money
	growth.Size.Form, costs.Size.Form, costs.Better = coaching.ChangePercent, coaching.ChangePercent, coaching.Lower
	rate := coaching.Goal{Unit: coaching.Percent, Better: coaching.Higher, Size: exactly("25")}
	points := rate
	points.Size.Form = coaching.ChangeBy
	for _, test := range []struct {
		goal   coaching.Goal
		text   string
		form   coaching.SizeForm
		value  string
		reason coaching.Reason
	}{
		{goal: money, text: "120k", form: coaching.Absolute, value: "120000"},
		{goal: money, text: "=120k", form: coaching.Absolute, value: "120000"},
		{goal: money, text: "+5%", form: coaching.ChangePercent, value: "5"},
		{goal: money, text: "+5k", form: coaching.ChangeBy, value: "5000"},
		{goal: growth, text: "6%", form: coaching.ChangePercent, value: "6"},
		{goal: costs, text: "6%", form: coaching.ChangePercent, value: "-6"},
		{goal: growth, text: "$120k", form: coaching.Absolute, value: "120000"},
		{goal: rate, text: "30%", form: coaching.Absolute, value: "30"},
		{goal: points, text: "+3%", form: coaching.ChangeBy, value: "3"},
		{goal: rate, text: "+3%", reason: "target_points"},
		{goal: money, text: "5%", reason: "amount_is_percent"},
		{goal: money, text: "€5k", reason: "amount_other_currency"},
		{goal: rate, text: "$5", reason: "amount_is_money"},
	} {
		figure, _, err := coaching.ScanFigure(test.text)
		if err != nil {
			t.Fatal(err)
		}
		size, err := test.goal.ReadSize(figure)
		switch {
		case reason(err) != test.reason:
			t.Errorf("%s for %s: %v, want %q", test.text, test.goal.Size.Form, err, test.reason)
		case err == nil && !size.Equal(coaching.Size{Form: test.form, Value: number(test.value)}):
			t.Errorf("%s for %s reads as %v", test.text, test.goal.Size.Form, size)
		}
	}
}

// An edited goal is one that could have been set so, tells of every change of
// its target and end, and keeps its milestones in order up to the target.
func TestEditedGoalStaysValid(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		goal, err := coaching.NewGoal(coaching.Goal{
			Workspace: "slack:T1", Title: "Demos", Kind: coaching.Meetings, Period: june, Size: exactly("20"),
			CreatedAt: june.From.In(time.UTC),
		})
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 8).Draw(t, "edits") {
			edit := coaching.Edit{At: midJune, Reason: "r"}
			if rapid.Bool().Draw(t, "size") {
				size := exactly(fmt.Sprint(rapid.IntRange(-2, 60).Draw(t, "target")))
				edit.Size = &size
			}
			if rapid.Bool().Draw(t, "end") {
				edit.To = ptr(june.From.AddDays(rapid.IntRange(0, 90).Draw(t, "to")))
			}
			if rapid.Bool().Draw(t, "milestone") {
				day, value := rapid.IntRange(0, 40).Draw(t, "day"), rapid.Float64Range(-5, 60).Draw(t, "value")
				edit.Milestones = []coaching.MilestoneMove{{
					Index: rapid.IntRange(0, 6).Draw(t, "index"), To: coaching.Milestone{Day: june.From.AddDays(day), Value: value},
				}}
			}
			edited, err := goal.Edited(edit, coaching.Calendar{}, time.UTC)
			if err != nil {
				if coaching.CodeOf(err) != coaching.Invalid {
					t.Fatal(err)
				}
				continue
			}
			if again, err := coaching.NewGoal(edited); err != nil || fmt.Sprint(again) != fmt.Sprint(edited) {
				t.Fatalf("could not be set so: %v", err)
			}
			told := func(part coaching.MovedPart) bool {
				return slices.ContainsFunc(edited.Moves[len(goal.Moves):], func(m coaching.Move) bool { return m.Part == part })
			}
			if told(coaching.MovedTarget) == edited.Size.Equal(goal.Size) || told(coaching.MovedEnd) == (edited.Period == goal.Period) {
				t.Fatalf("from %v to %v the moves are %v", goal, edited, edited.Moves)
			}
			plan := edited.MilestonePlan(coaching.Calendar{}, time.UTC)
			target, _ := edited.Target()
			if last := plan[len(plan)-1]; last.Value != target.InexactFloat64() || last.Day != edited.Period.To && len(edit.Milestones) == 0 && len(goal.Milestones) == 0 {
				t.Fatalf("the plan %v does not end with %s on %s", plan, target, edited.Period.To)
			}
			for i := 1; i < len(plan); i++ {
				if plan[i].Value < plan[i-1].Value || !plan[i-1].Day.Before(plan[i].Day) {
					t.Fatalf("milestone %v comes before %v", plan[i-1], plan[i])
				}
			}
			goal = edited
		}
	})
}
