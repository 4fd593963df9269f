package coaching_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

func TestMondayLooksBackToFriday(t *testing.T) {
	t.Parallel()
	bangkok := mustZone(t, "Asia/Bangkok")
	monday := coaching.Date{Year: 2026, Month: time.June, Day: 15}
	since, from := coaching.LookBack(monday, coaching.Calendar{}, bangkok)
	if since.String() != "2026-06-12" || from.UTC().Format(time.RFC3339) != "2026-06-11T17:00:00Z" {
		t.Errorf("Monday looks back to %s, from %s", since, from.UTC())
	}
	since, _ = coaching.LookBack(monday, coaching.Calendar{}.Without(since), bangkok)
	if since.String() != "2026-06-11" {
		t.Errorf("after a free Friday Monday looks back to %s", since)
	}
}

func TestNudgeTellsWinsAddedUpAndNothingPrivate(t *testing.T) {
	t.Parallel()
	goal := func(number int, change func(*coaching.Goal)) coaching.Goal {
		g := mustGoal(t, coaching.Goal{Kind: coaching.Meetings, Period: june, Size: exactly("20"), Focus: true})
		g.Number = number
		if change != nil {
			change(&g)
		}
		return g
	}
	goals := []coaching.Goal{
		goal(1, func(g *coaching.Goal) { g.Owner = "U1" }),
		goal(2, nil),
		goal(3, func(g *coaching.Goal) { g.Owner, g.Private = "U2", true }),
		goal(4, func(g *coaching.Goal) { g.Focus = false }),
		goal(5, func(g *coaching.Goal) { g.Better = coaching.Lower }),
		goal(6, func(g *coaching.Goal) { g.Period = june.Shift(-1) }),
	}
	entry := func(id, member string, goal int, op coaching.Op, amount string) coaching.Entry {
		return coaching.Entry{ID: id, Member: coaching.MemberID(member), Goal: goal, Op: op, Amount: number(amount), At: inJune}
	}
	undo := entry("e2~undo", "U1", 1, coaching.Undo, "9")
	undo.Reverts = "e2"
	entries := []coaching.Entry{
		entry("e1", "U1", 1, coaching.Add, "2"), entry("e2", "U1", 1, coaching.Add, "9"), undo,
		entry("e3", "U1", 1, coaching.Add, "1"), entry("e4", "U2", 2, coaching.Add, "4"),
		entry("e5", "U2", 3, coaching.Add, "8"), entry("e6", "U2", 2, coaching.Add, "-1"),
		entry("e7", "U2", 5, coaching.Add, "3"), entry("e8", "U2", 2, coaching.Set, "7"),
	}
	nudge := coaching.NewNudge(june16, june16.AddDays(-1), "", entries, nil, goals)
	var wins, told []string
	for _, win := range nudge.Wins {
		wins = append(wins, fmt.Sprintf("%s %s on #%d", win.Entry.Member, win.Entry.Amount, win.Goal.Number))
	}
	for _, standing := range nudge.Goals {
		told = append(told, fmt.Sprint("#", standing.Goal.Number))
	}
	if got, want := fmt.Sprint(wins), "[U2 4 on #2 U1 3 on #1]"; got != want {
		t.Errorf("wins %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(told), "[#2 #5 #1]"; got != want {
		t.Errorf("goals %s, want %s: the team's first", got, want)
	}
}

func TestNudgeKeepsToWhatIsReadInSeconds(t *testing.T) {
	t.Parallel()
	var goals []coaching.Goal
	var entries []coaching.Entry
	for i := range 20 {
		g := mustGoal(t, coaching.Goal{Kind: coaching.Calls, Period: june, Size: exactly("50"), Focus: true})
		g.Number = i + 1
		goals = append(goals, g)
		entries = append(entries, coaching.Entry{ID: fmt.Sprint(i), Member: "U1", Goal: i + 1, Op: coaching.Add, Amount: number("1")})
	}
	nudge := coaching.NewNudge(june16, june16, "", entries, nil, goals)
	if len(nudge.Wins) != 5 || nudge.MoreWins != 15 || len(nudge.Goals) != 5 {
		t.Errorf("%d wins and %d more, %d goals; want 5 and 15 more, 5", len(nudge.Wins), nudge.MoreWins, len(nudge.Goals))
	}
}

func TestOwnNudgeSpeaksOfOwnGoalsAndTheTeams(t *testing.T) {
	t.Parallel()
	june16 := coaching.Date{Year: 2026, Month: 6, Day: 16}
	june := coaching.PeriodOf(coaching.Month, june16)
	var goals []coaching.Goal
	for i, goal := range []coaching.Goal{
		{Owner: "U1", Private: true}, {}, {Owner: "U2"}, {Owner: "U1"},
	} {
		goal.Kind, goal.Period, goal.Size, goal.Focus = coaching.Calls, june, exactly("50"), true
		goal = mustGoal(t, goal)
		goal.Number = i + 1
		goals = append(goals, goal)
	}
	entries := []coaching.Entry{
		{ID: "e1", Member: "U1", Goal: 1, Op: coaching.Add, Amount: number("1")},
		{ID: "e2", Member: "U2", Goal: 2, Op: coaching.Add, Amount: number("2")},
		{ID: "e3", Member: "U1", Goal: 2, Op: coaching.Add, Amount: number("3")},
		{ID: "e4", Member: "U2", Goal: 3, Op: coaching.Add, Amount: number("4")},
	}
	nudge := coaching.NewNudge(june16, june16, "U1", entries, nil, goals)
	var told []int
	for _, standing := range nudge.Goals {
		told = append(told, standing.Goal.Number)
	}
	var wins []string
	for _, win := range nudge.Wins {
		wins = append(wins, win.Entry.ID)
	}
	if !slices.Equal(told, []int{1, 4, 2}) || !slices.Equal(wins, []string{"e3", "e1"}) || nudge.Member != "U1" {
		t.Errorf("goals %v and wins %v, want 1, 4, 2 and e3, e1", told, wins)
	}
}
