package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func TestAGoalIsSetByConversation(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.says("U1", "new", "What do you want to move?")
	at = c.sends("U1", at, answers{"kind": "meetings"}, "Whose goal is it?")
	at = c.sends("U1", at, answers{"whose": "mine"}, "How much? (Meetings)")
	at = c.sends("U1", at, answers{"target": "20"}, "Until when?", "This month (until 31 Mar)")
	at = c.sends("U1", at, answers{"period": "month:2026-03-01:2026-03-31"},
		"Is this goal SMART?", "Target: 20 meetings", "Whose: you", "Milestones on the way:", "20 meetings by 31 Mar", "Add a plan and small wins")
	at = c.sends("U1", at, answers{"card": "more"}, "Why does it matter?", "Skip the rest, show me the card")
	at = c.sends("U1", at, answers{"why": "demos turn into deals", "how": "by asking every customer"}, "where does it hiccup?")
	at = c.sends("U1", at, answers{"process": "prices go out late", "leak": "proposal: send prices first", "tools": "no a dialer", "audience": "trade fairs"},
		"Which small wins do you take on this week?")
	wins := at.Prompt.Fields[0]
	if len(wins.Choices) < 2 || len(wins.Values) != len(wins.Choices) {
		t.Fatalf("wins to pick: %+v", wins)
	}
	at = c.sends("U1", at, answers{"wins": wins.Choices[0].Value}, "Who may see this goal?")
	at = c.sends("U1", at, answers{"visible": "private"},
		"Relevant: because demos turn into deals", "How: by asking every customer",
		"Hiccups: prices go out late", "Only its owner and managers see this goal.", "1 small win for this week.")
	c.sends("U1", at, answers{"card": "create"}, "#1 Meetings is set", wins.Choices[0].Label)
	goal := c.goals()[0]
	if !goal.Private || goal.Owner != "U1" || goal.Why != "demos turn into deals" || !goal.Size.Value.Equal(decimal.NewFromInt(20)) || goal.Period.To.String() != "2026-03-31" {
		t.Errorf("created %+v", goal)
	}
	plan, err := c.store.Plan(t.Context(), goal.Workspace, goal.Number)
	if err != nil || plan.Hiccups != "prices go out late" || plan.LeakStage != "proposal" || plan.HasTools != coaching.ToolsMissing || plan.Reach != "trade fairs" {
		t.Errorf("plan %+v, %v", plan, err)
	}
	done := c.says("U1", "done", wins.Choices[0].Label)
	if words := wordsOf(done); strings.Contains(words, wins.Choices[1].Label) {
		t.Errorf("a win that was not picked is there:\n%s", words)
	}
}

func TestOnlyTheRestOfAStatementIsAsked(t *testing.T) {
	t.Parallel()
	for statement, first := range map[string]string{
		"let's make more revenue":              "By how much?",
		"we want to grow MRR":                  "By how much?",
		"20 demos":                             "Until when?",
		"we will grow revenue 10% this year":   "Where does it stand today?",
		"happiness":                            "What do you want to move?",
		"demos this month":                     "How much? (Demos)",
		"50 calls a week this quarter":         "How much? (Calls)",
		"we will reduce revenue 5% this month": "By how much?",
		"revenue of ten thousand this month":   "How much? (Revenue)",
		"20 demos by last March 2020":          "Until when?",
		"churn below 2% by 3/4/2026":           "Until when?",
	} {
		t.Run(statement, func(t *testing.T) {
			t.Parallel()
			c := newTalk(t)
			reply := c.says("U1", "new "+statement, "Is this goal SMART?", statement, first)
			if len(reply.Prompt.Fields) != 1 || reply.Prompt.Fields[0].Label[:5] != first[:5] {
				t.Errorf("asks %+v", reply.Prompt.Fields)
			}
		})
	}
}

func TestAWholeStatementGoesStraightToTheCard(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	card := c.says("U1", "new 20 demos this month", "Is this goal SMART?", "<Create goal>", "<Add or change something>")
	if card.Prompt != nil {
		t.Error("something is asked")
	}
	refined := c.presses("U1", card.Buttons[1], "Is this your goal?", "Target: 20 demos")
	refined = c.sends("U1", refined, answers{"card": "change"})
	refined = c.sends("U1", refined, answers{"change": "target"}, "How much? (Demos)")
	refined = c.sends("U1", refined, answers{"target": "25"}, "Target: 25 demos")
	c.sends("U1", refined, answers{"card": "create"}, "#1 Demos is set")
	// The card's own button makes no second goal of the same draft.
	c.presses("U1", card.Buttons[0], "#1 Demos is set already", "Target: 25 demos")
	if got := len(c.goals()); got != 1 {
		t.Errorf("%d goals", got)
	}
}

func TestSomebodyElsesDraftIsNotThere(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	card := c.says("U1", "new 20 demos this month", "<Create goal>")
	c.presses("U2", card.Buttons[1], "That draft is not yours")
	c.presses("U2", commands.Button{Action: "dialog_begin", Value: "new " + card.Buttons[1].Value}, "That draft is not yours")
}

func TestFreeWordsAreAnsweredOneQuestionAtATime(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.tells("U1", "we want to grow MRR", "By how much?")
	c.tells("U1", "a lot", "By how much?", "! I find no number there.")
	c.tells("U1", "by 3%", "Until when?")
	c.tells("U1", "whenever", "! I can't read that. Say it like this month")
	c.tells("U1", "end of Q2", "Where does it stand today?", "Type skip to leave this out.")
	c.tells("U1", "back", "Until when? [quarter:2026-04-01:2026-06-30]")
	c.tells("U1", "this quarter", "Where does it stand today?")
	card := c.tells("U1", "$400k", "Target: $412,000 (+3% from $400,000)", "Whose: the team", "Is this your goal?")
	if len(card.Prompt.Fields) != 1 {
		t.Errorf("asks %+v", card.Prompt.Fields)
	}
	c.tells("U1", "add a plan and small wins", "Why does it matter?", "skip all to see the card")
	c.tells("U1", "renewals pay the rent", "How will you reach it?")
	c.tells("U1", "back", "Why does it matter? [renewals pay the rent]")
	c.tells("U1", "renewals pay the new hires", "How will you reach it?")
	c.tells("U1", "skip", "where does it hiccup?")
	c.tells("U1", "prices go out late", "Do we have the tools")
	c.tells("U1", "skip all", "Relevant: because renewals pay the new hires", "Is this your goal?")
	c.tells("U1", "create goal", "#1 MRR is set")
	c.tells("U1", "list team", "#1 MRR")
	if got := c.goals(); len(got) != 1 || got[0].Why != "renewals pay the new hires" {
		t.Errorf("goals %+v", got)
	}
}

func TestFreeWordsAreACommandOrAGoal(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.tells("U1", "", "Set your first goal")
	c.tells("U1", "help", "What you can type")
	c.tells("U1", "/goal help log", "/goal log")
	c.tells("U1", "new 20 demos this month", "<Create goal>")
	c.tells("U1", "20 demos", "Until when?")
	// A question with choices lets a command pass; one for words does not.
	c.tells("U1", "help log", "/goal log")
	c.tells("U1", "/goal list", "No active goals here.")
	c.tells("U1", "this month", "Is this your goal?")
	c.tells("U1", "cancel", "Discarded. Nothing was changed.")
	c.tells("U1", "30 calls", "Until when?")
}

func TestWordsInAnotherPlaceDoNotAnswerAForm(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	form := c.says("U1", "new 20 demos", "Until when?")
	request := commands.Request{Member: "U1", Text: "30 calls", Via: commands.ViaDirect}
	reply, err := c.router.Handle(t.Context(), commands.Request{
		ID: "direct", Workspace: "slack:T1", Channel: "D1", Member: request.Member, Text: request.Text, Via: request.Via, Received: c.now.Add(time.Second),
	})
	c.heard(request.Text, reply, err, []string{"Until when?"})
	c.sends("U1", form, answers{"period": "this month"}, "Target: 20 demos")
}

func TestARepeatedMessageAnswersOnce(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.tells("U1", "we want to grow MRR", "By how much?")
	for range 2 {
		reply, err := c.asks(commands.Request{ID: "m1", Member: "U1", Text: "5%", Via: commands.ViaDirect})
		c.heard("5%", reply, err, []string{"Until when?"})
	}
	if got := c.dialog("U1"); got.Turn != 1 || got.Problems["period"] != "" {
		t.Errorf("moved twice: %+v", got)
	}
	c.tells("U1", "this month", "Where does it stand")
	c.tells("U1", "skip", "Is this your goal?")
	for range 2 {
		reply, err := c.asks(commands.Request{ID: "m2", Member: "U1", Text: "create goal", Via: commands.ViaDirect})
		c.heard("create goal", reply, err, []string{"#1 MRR is set"})
	}
	if got := len(c.goals()); got != 1 {
		t.Errorf("%d goals", got)
	}
}

// knows keeps two years of monthly revenue that grows gently from 100,000.
func (c *talk) knows(kind coaching.Kind) {
	c.Helper()
	for i := range 24 {
		month := coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2024, Month: time.March, Day: 1}.AddMonths(i))
		value := decimal.NewFromInt(int64(100_000 + 700*i + (i*7919)%5000))
		if err := c.store.SaveObservation(c.Context(), "slack:T1", coaching.Observation{Kind: kind, Period: month, Value: value}); err != nil {
			c.Fatal(err)
		}
	}
}

func TestHistoryOffersThreeTargetsWithTheirChance(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.knows(coaching.Revenue)
	at := c.sends("U1", c.says("U1", "new"), answers{"kind": "revenue"})
	at = c.sends("U1", at, answers{"whose": "team"}, "Until when?")
	at = c.sends("U1", at, answers{"period": "next month"}, "It stands at", "is comfortable", "is realistic", "is a challenge", "Another figure", "months")
	field := at.Prompt.Fields[0]
	if field.Kind != commands.PickOne || len(field.Choices) != 4 {
		t.Fatalf("offers %+v", field)
	}
	card := c.sends("U1", at, answers{"target": field.Choices[1].Value}, "Achievable: realistic", "Is this your goal?")
	// Another figure, far out of reach, wants a reason.
	at = c.sends("U1", card, answers{"card": "change"})
	at = c.sends("U1", at, answers{"change": "target"})
	at = c.sends("U1", at, answers{"target": "other"}, "How much? (Revenue)")
	at = c.sends("U1", at, answers{"target": "$900k"}, "$900,000 is under 1% likely by your history", "Take one of these instead?", "what makes it possible this time?")
	c.sends("U1", at, answers{"reason": ""}, "! This is needed.")
	at = c.sends("U1", at, answers{"reason": "we bought a competitor"}, "Is this your goal?", "out of reach by your history")
	c.sends("U1", at, answers{"card": "create"}, "#1 Revenue is set")
	if got := c.goals()[0]; got.Reason != "we bought a competitor" || !got.Team() {
		t.Errorf("created %+v", got)
	}
}

func TestAnUnrealisticStatementIsAskedForItsReason(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.knows(coaching.Revenue)
	c.says("U1", "new we will reach revenue of $900k next month by calling lapsed customers", "what makes it possible this time?")
	at := c.says("U2", "new we will reach revenue of $900k next month by calling lapsed customers")
	c.sends("U2", at, answers{"instead": at.Prompt.Fields[0].Choices[1].Value}, "Achievable: realistic", "Is this your goal?")
}

func TestOwnWordsNameWhatIsCounted(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.sends("U1", c.says("U1", "new"), answers{"kind": "other"}, "What do you want to reach?")
	c.sends("U1", at, answers{"words": "be the best company on the whole of the planet"}, "! What should be counted?")
	at = c.sends("U1", at, answers{"words": "Workshops"}, "Whose goal is it?")
	at = c.sends("U1", at, answers{"whose": "mine"}, "How much? (Workshops)")
	at = c.sends("U1", at, answers{"target": "8 workshops"}, "Until when?")
	c.sends("U1", at, answers{"period": "this month"}, "Target: 8 workshops")
	// A sentence there fills in what it can.
	at = c.sends("U2", c.says("U2", "new"), answers{"kind": "other"})
	c.sends("U2", at, answers{"words": "I will hold 20 demos this month because they turn into deals"}, "Is this your goal?", "Target: 20 demos", "because they turn into deals")
}

func TestALongStatementIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.says("U1", "new 20 demos "+strings.Repeat("because <!channel> @everyone ` * ", 500), "Until when?")
	if got := len([]rune(c.dialog("U1").Answer("statement"))); got > coaching.MaxText {
		t.Errorf("%d characters are kept", got)
	}
	c.tells("U2", "new")
	c.tells("U2", "I will hold 20 demos this month because "+strings.Repeat("they turn into deals and ", 12), "Is this your goal?", "Target: 20 demos")
	c.tells("U3", "new")
	c.tells("U3", strings.Repeat("x", 3000), "! That is too long.")
}

func TestABaselineIsReadWithItsUnit(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.says("U1", "new we will grow revenue 10% this year", "Where does it stand today?")
	c.sends("U1", at, answers{"baseline": ""}, "! This is needed.")
	c.sends("U1", at, answers{"baseline": "10%"}, "! That goal is not a percentage.")
	c.sends("U1", at, answers{"baseline": "much"}, "! I find no number there.")
	c.sends("U1", at, answers{"baseline": "$1.2M"}, "Target: $1,320,000 (+10% from $1,200,000)")
	at = c.says("U2", "new win rate 25% this year", "Is this goal SMART?")
	if at.Prompt != nil {
		t.Errorf("a level is a goal without its baseline: %+v", at.Prompt)
	}
}

func TestCreatePressedAtOnceFromEverywhereMakesOneGoal(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.says("U1", "new 20 demos", "Until when?")
	at = c.sends("U1", at, answers{"period": "this month"}, "Is this your goal?")
	const presses = 8
	said := make(chan string, presses)
	for i := range presses {
		go func() {
			reply, err := c.router.Handle(t.Context(), commands.Request{
				ID: fmt.Sprint("press-", i), Workspace: "slack:T1", Channel: "C1", Member: "U1", Received: c.now,
				Via: commands.ViaButton, Action: commands.ActionAnswer, Value: at.Prompt.Token, Answers: map[string][]string{"card": {"create"}},
			})
			if err != nil {
				said <- err.Error()
				return
			}
			said <- wordsOf(reply)
		}()
	}
	for range presses {
		if words := <-said; !strings.Contains(words, "#1 Demos is set") {
			t.Error(words)
		}
	}
	if got := len(c.goals()); got != 1 {
		t.Errorf("%d goals", got)
	}
}
