package commands_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// numbered matches the lines of small wins in a plan.
var numbered = regexp.MustCompile(`(?m)^\[.\] \d+\. .*$`)

func winLines(reply commands.Reply) []string { return numbered.FindAllString(wordsOf(reply), -1) }

func TestProposingTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	first := c.says("U1", "plan #1", "sized for the days left (by Friday)", "[ ] 1. Hold 8 demos")
	c.now = c.now.Add(24 * time.Hour)
	c.says("U1", "log #1 +2")
	second := c.says("U1", "plan #1")
	if got, want := winLines(second), winLines(first); len(want) != coaching.MostWins || !slices.Equal(got, want) {
		t.Errorf("a day later:\n%s\nfirst:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Equal(first.Buttons, second.Buttons) {
		t.Errorf("buttons %v, first %v", second.Buttons, first.Buttons)
	}
	c.now = c.now.AddDate(0, 0, 6)
	if next := winLines(c.says("U1", "plan #1")); slices.Equal(next, winLines(first)) {
		t.Errorf("next week's wins are this week's:\n%s", strings.Join(next, "\n"))
	}
}

func TestProposalsAtTheSameMomentAreThreeWinsAtMost(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	for _, title := range []string{"Demos", "Calls", "Leads"} {
		c.goal("U1", map[string]coaching.Kind{"Demos": coaching.Meetings, "Calls": coaching.Calls, "Leads": coaching.Leads}[title], title, 20)
	}
	var all sync.WaitGroup
	for i := range 9 {
		all.Go(func() {
			_, err := c.router.Handle(t.Context(), commands.Request{
				ID: fmt.Sprint("r", i), Workspace: "slack:T1", Member: "U1", Received: c.now, Text: fmt.Sprint("plan #", i%3+1),
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if lines := winLines(c.says("U1", "done")); len(lines) != coaching.MostWins {
		t.Errorf("the week has %d wins, want %d:\n%s", len(lines), coaching.MostWins, strings.Join(lines, "\n"))
	}
}

func TestThreeWinsAWeekOverAllGoals(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	c.goal("U1", coaching.Calls, "Calls", 200)
	c.says("U1", "log #1 =12")
	c.says("U1", "plan #1", "Ahead, so one small win is enough", "[ ] 1. ")
	if lines := winLines(c.says("U1", "plan #2", "[ ] 2. Make ", "[ ] 3. ")); len(lines) != 2 {
		t.Errorf("the second goal has %d wins, want the 2 that are left:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	c.goal("U1", coaching.Emails, "E-mails", 200)
	third := c.says("U1", "plan #3", "Three small wins are set for this week already")
	if len(winLines(third)) != 0 || winButtons(third) != 0 {
		t.Errorf("the third goal has wins too:\n%s", wordsOf(third))
	}
	if lines := winLines(c.says("U1", "done", "#1 Demos", "#2 Calls")); len(lines) != coaching.MostWins {
		t.Errorf("the week has %d wins, want %d", len(lines), coaching.MostWins)
	}
	c.says("U2", "done", "No small wins are set for this week yet")
}

func TestNoWinsWhereNoneAreAskedFor(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	c.says("U1", "log #1 =20")
	saturday := c.now.AddDate(0, 0, 4)
	for _, test := range []struct {
		now  time.Time
		text string
		want string
	}{
		{c.now, "plan #1", "Target reached"},
		{saturday, "plan #2", "A day off"},
		{c.now.AddDate(0, 1, 0), "plan #2", "period is not running"},
	} {
		if test.text == "plan #2" {
			c.goal("U1", coaching.Calls, "Calls", 200)
		}
		c.now = test.now
		if reply := c.says("U1", test.text, test.want); len(winLines(reply)) != 0 || winButtons(reply) != 0 {
			t.Errorf("%s has wins:\n%s", test.text, wordsOf(reply))
		}
	}
}

func TestTeamGoalIsSharedByThoseWhoLogOnIt(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("", coaching.Leads, "Leads", 44)
	for _, member := range []coaching.MemberID{"U2", "U3", "U4"} {
		c.says(member, "log #1 +1")
	}
	// 41 left in 11 working days are 14.9 in the week's four, a quarter of
	// that 3.7.
	c.says("U1", "plan #1", "1. Qualify 4 leads")
}

func TestWinIsTickedOnce(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	plan := c.says("U1", "plan #1", "<1 is done>", "<2 is done>", "<3 is done>")
	ticked := c.says("U1", "done 1", "A small win for #1 Demos: 1 of 3 done this week.", "[x] 1. #1 Demos: Hold 8 demos", "Not logged yet? /goal log #1 +8")
	if len(ticked.Buttons) != 2 || ticked.Replace {
		t.Errorf("buttons after one tick: %v, replace %v", ticked.Buttons, ticked.Replace)
	}
	c.says("U1", "done 1", "is ticked already; it counts once")
	pressed := c.presses("U1", plan.Buttons[0], "is ticked already; it counts once")
	if !pressed.Replace {
		t.Error("a press does not replace its message")
	}
	again := c.presses("U1", plan.Buttons[1], "2 of 3 done this week.")
	if strings.Contains(wordsOf(again), "Not logged yet") {
		t.Errorf("a win that counts nothing asks for a log:\n%s", wordsOf(again))
	}
	c.presses("U1", plan.Buttons[2], "with it all of this week's are done")
	c.says("U1", "plan #1", "[x] 1. ", "[x] 2. ", "[x] 3. ")
	// Ticking logs nothing by itself.
	c.says("U1", "progress #1", "0 of 20 demos")
}

func TestWinOfAnotherIsRefused(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	plan := c.says("U1", "plan #1")
	c.presses("U2", plan.Buttons[0], "That small win is somebody else's to tick.")
	forged := plan.Buttons[0]
	forged.Value = strings.TrimSuffix(forged.Value, "U1") + "U2"
	c.presses("U2", forged, "There is no such small win")
	c.says("U2", "done 1", "No small wins are set")
	c.says("U1", "done", "[ ] 1. ")
	seen := c.says("U2", "plan #1", "The plan for #1 Demos")
	if len(seen.Buttons) != 0 || strings.Contains(wordsOf(seen), "small win") {
		t.Errorf("an onlooker gets wins of somebody else's goal:\n%s", wordsOf(seen))
	}
}

func TestWinIsNamedByItsWords(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	c.says("U1", "plan #1")
	c.says("U1", "done #1", "Several small wins fit. Which one?", "<1 is done>", "<3 is done>")
	c.says("U1", "done hold 8", "1 of 3 done this week.", "[x] 1. ")
	for _, text := range []string{"done 0", "done 4", "done -1", "done #2", "done juggle", "done " + strings.Repeat("9", 5000)} {
		c.says("U1", text, "There is no such small win this week")
	}
}

func TestWinOfLastWeekIsTickedLate(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	plan := c.says("U1", "plan #1")
	c.now = c.now.AddDate(0, 0, 7)
	c.presses("U1", plan.Buttons[1], "A small win for #1 Demos, from the week of 16 Mar.")
}

func TestPiecesAreLoggedOnTheGoalThatCountsThem(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Revenue, "Renewals", 90_000)
	c.goal("U1", coaching.Calls, "Calls", 200)
	wins := winLines(c.says("U1", "plan #1", "Put", "Call"))
	for i, line := range wins {
		reply := wordsOf(c.says("U1", fmt.Sprint("done ", i+1)))
		if hinted, counted := strings.Contains(reply, "Not logged yet? /goal log #2 +"), strings.Contains(line, ". Call "); hinted != counted {
			t.Errorf("%s\nis answered with:\n%s", line, reply)
		}
	}
}

// winButtons counts the buttons that tick a small win.
func winButtons(reply commands.Reply) int {
	count := 0
	for _, button := range reply.Buttons {
		if button.Action == "win_done" {
			count++
		}
	}
	return count
}
