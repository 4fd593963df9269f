package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// answers are what is put into a form: of a field's several answers each has a
// bar before it but the first.
type answers map[string]string

// sends sends a prompt's form.
func (c *talk) sends(member coaching.MemberID, to commands.Reply, given answers, wants ...string) commands.Reply {
	c.Helper()
	if to.Prompt == nil {
		c.Fatalf("nothing is asked:\n%s", wordsOf(to))
	}
	request := commands.Request{
		Member: member, Via: commands.ViaForm, Action: commands.ActionAnswer, Value: to.Prompt.Token,
		Answers: make(map[string][]string),
	}
	for name, answer := range given {
		request.Answers[name] = strings.Split(answer, "|")
	}
	reply, err := c.asks(request)
	return c.heard(fmt.Sprint(given), reply, err, wants)
}

// does presses one of a prompt's ways on or out.
func (c *talk) does(member coaching.MemberID, action string, to commands.Reply, wants ...string) commands.Reply {
	c.Helper()
	reply, err := c.asks(commands.Request{Member: member, Via: commands.ViaButton, Action: action, Value: to.Prompt.Token})
	return c.heard(action, reply, err, wants)
}

// tells says something to the bot alone, in free words.
func (c *talk) tells(member coaching.MemberID, text string, wants ...string) commands.Reply {
	c.Helper()
	reply, err := c.asks(commands.Request{Member: member, Text: text, Via: commands.ViaDirect})
	return c.heard(text, reply, err, wants)
}

// goals returns the goals there are.
func (c *talk) goals() []coaching.Goal {
	c.Helper()
	goals, err := c.store.Goals(c.Context(), "slack:T1", coaching.Active)
	if err != nil {
		c.Fatal(err)
	}
	return goals
}

// dialog returns the member's latest dialog.
func (c *talk) dialog(member coaching.MemberID) coaching.Dialog {
	c.Helper()
	dialogs, err := c.store.DialogsOf(c.Context(), "slack:T1", member)
	if err != nil || len(dialogs) == 0 {
		c.Fatal("no dialog", err)
	}
	return dialogs[0]
}

func TestAnAnswerSentTwiceCountsOnceAndSkipsNothing(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	what := c.says("U1", "new", "What do you want to move?")
	c.sends("U1", what, answers{"kind": "calls"}, "Whose goal is it?")
	again := c.sends("U1", what, answers{"kind": "churn"}, "That step is answered already", "Whose goal is it?")
	if got := c.dialog("U1").Answer("kind"); got != "calls" {
		t.Errorf("the second answer to the same question made it %q", got)
	}
	// The platform's own repeat of a request is no news.
	request := commands.Request{
		ID: "once", Member: "U1", Via: commands.ViaForm, Action: commands.ActionAnswer, Value: again.Prompt.Token,
		Answers: map[string][]string{"whose": {"mine"}},
	}
	for range 2 {
		reply, err := c.asks(request)
		if words := wordsOf(c.heard("repeat", reply, err, []string{"How much?"})); strings.Contains(words, "already") {
			t.Errorf("a repeated request is told:\n%s", words)
		}
	}
}

func TestBeginningTwiceUnderOneRequestBeginsOnce(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	var tokens []string
	for range 2 {
		reply, err := c.asks(commands.Request{ID: "once", Member: "U1", Text: "new"})
		c.heard("new", reply, err, []string{"What do you want to move?"})
		tokens = append(tokens, reply.Prompt.Token)
	}
	if tokens[0] != tokens[1] || len(tokens[0]) > 60 {
		t.Errorf("tokens %q", tokens)
	}
}

func TestSomebodyElsesDialogIsNotThere(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	what := c.says("U1", "new")
	for _, action := range []string{commands.ActionAnswer, commands.ActionBack, commands.ActionDrop, commands.ActionOpen, "dialog_rest"} {
		c.does("U2", action, what, "That form is not yours, or it is gone.")
		for _, token := range []string{"", ".", "x", "x.1", what.Prompt.Token + "1.1", "../.1", strings.Repeat("9", 300) + "." + strings.Repeat("9", 300)} {
			c.does("U1", action, commands.Reply{Prompt: &commands.Prompt{Token: token}}, "That form is not yours, or it is gone.")
		}
	}
	if got := c.dialog("U1"); got.Turn != 0 || got.State != coaching.DialogOpen {
		t.Errorf("it was moved: %+v", got)
	}
}

func TestBackGoesBackOneStepAndKeepsTheAnswers(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	first := c.says("U1", "new")
	if first.Prompt.Back != "" {
		t.Error("there is nothing before the first question")
	}
	whose := c.sends("U1", first, answers{"kind": "leads"})
	target := c.sends("U1", whose, answers{"whose": "mine"}, "How much?")
	period := c.sends("U1", target, answers{"target": "40"}, "Until when?")
	back := c.does("U1", commands.ActionBack, period, "How much? (Qualified leads) [40]")
	c.does("U1", commands.ActionBack, period, "That step is answered already", "How much? (Qualified leads) [40]") // Pressed twice.
	back = c.does("U1", commands.ActionBack, back, "Whose goal is it? [mine]")
	back = c.does("U1", commands.ActionBack, back, "What do you want to move? [leads]")
	// What is answered already is not asked again.
	c.sends("U1", back, answers{"kind": "leads"}, "Until when?")
}

func TestAnotherKindAsksForItsFiguresAgain(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.sends("U1", c.says("U1", "new"), answers{"kind": "leads"})
	at = c.sends("U1", at, answers{"whose": "mine"})
	at = c.sends("U1", at, answers{"target": "40"})
	at = c.sends("U1", at, answers{"period": "this quarter"}, "Is this your goal?", "Target: 40 qualified leads")
	at = c.sends("U1", at, answers{"card": "change"}, "What should change?")
	at = c.sends("U1", at, answers{"change": "what"}, "What do you want to move? [leads]")
	at = c.sends("U1", at, answers{"kind": "winrate"}, "How much? (Win rate) []")
	at = c.sends("U1", at, answers{"target": "25%"}, "Where does it stand today? (Win rate)")
	c.sends("U1", at, answers{"baseline": "23%"}, "Target: 25%", "When: Q1 2026")
}

func TestBadAnswersKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.says("U1", "new 20 demos", "Until when?")
	at = c.sends("U1", at, answers{"period": "dates"}, "First day [2026-03-17]")
	wrong := c.sends("U1", at, answers{"from": "2026-04-10", "to": "2026-04-01"}, "First day [2026-04-10]", "Last day [2026-04-01]", "! The last day is before the first.")
	if !wrong.Prompt.HasErrors() || wrong.Prompt.Token != at.Prompt.Token {
		t.Errorf("the form that is on the screen must stay valid: %+v", wrong.Prompt)
	}
	// A form that opens later, as where a platform has to be asked to, shows
	// the same.
	c.does("U1", commands.ActionOpen, at, "First day [2026-04-10]", "! The last day is before the first.")
	c.sends("U1", at, answers{"from": "soon", "to": "2026-04-30"}, "! Write the day as 2026-12-31.")
	c.sends("U1", at, answers{"to": "2026-04-30"}, "! This is needed.")
	c.sends("U1", at, answers{"from": "2026-04-01|2026-04-02", "to": "2026-04-30"}, "! Pick one of the answers shown.")
	c.sends("U1", at, answers{"from": "2020-04-01", "to": "2020-04-30"}, "! That is over already.")
	c.sends("U1", at, answers{"from": "2026-04-01", "to": "2036-04-30"}, "! That is more than three years.")
	c.sends("U1", at, answers{"from": "2026-04-01", "to": "2026-04-30"}, "Is this your goal?", "When: 1 Apr to 30 Apr")
}

func TestDroppedAndExpiredDialogsSaySo(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	what := c.says("U1", "new")
	c.does("U1", commands.ActionDrop, what, "Discarded. Nothing was changed.")
	c.sends("U1", what, answers{"kind": "calls"}, "Discarded. Nothing was changed.")
	what = c.says("U1", "new")
	c.now = c.now.Add(coaching.DialogLife)
	whose := c.sends("U1", what, answers{"kind": "calls"}, "Whose goal is it?")
	c.now = c.now.Add(coaching.DialogLife + time.Second)
	c.sends("U1", whose, answers{"whose": "mine"}, "That form waited for more than a week")
}

func TestAnUnfinishedDialogIsOfferedAndGoesOn(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.says("U1", "new")
	whose := c.sends("U1", c.says("U1", "new"), answers{"kind": "calls"}, "Whose goal is it?")
	c.now = c.now.Add(time.Hour)
	fresh := c.says("U1", "new", "A goal you began to set is not finished yet.", "<Go on with it>", "What do you want to move?")
	resume := fresh.Buttons[len(fresh.Buttons)-1]
	c.presses("U1", resume, "Whose goal is it?")
	c.sends("U1", whose, answers{"whose": "mine"}, "How much? (Calls)")
}

func TestOnlyAFewDialogsAreKept(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	for range 30 {
		c.now = c.now.Add(time.Minute)
		c.says("U1", "new")
	}
	dialogs, err := c.store.DialogsOf(t.Context(), "slack:T1", "U1")
	if err != nil || len(dialogs) > 10 {
		t.Errorf("%d are kept, %v", len(dialogs), err)
	}
}

func TestADialogSurvivesARestart(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	at := c.sends("U1", c.says("U1", "new"), answers{"kind": "emails"})
	at = c.sends("U1", at, answers{"whose": "team"}, "How much?")
	c.sends("U1", at, answers{"target": "plenty"}, "[plenty]", "! I find no number there.")
	c.restarts()
	at = c.does("U1", commands.ActionOpen, at, "How much? (E-mails) [plenty]", "! I find no number there.")
	at = c.sends("U1", at, answers{"target": "100"}, "Until when?")
	c.restarts()
	at = c.sends("U1", at, answers{"period": "month:2026-03-01:2026-03-31"}, "Is this your goal?", "Whose: the team")
	c.sends("U1", at, answers{"card": "create"}, "#1 E-mails is set")
	c.restarts()
	c.sends("U1", at, answers{"card": "create"}, "#1 E-mails is set already")
	if goals := c.goals(); len(goals) != 1 || !goals[0].Team() {
		t.Errorf("goals %+v", goals)
	}
}

func TestAnswersThatWereNotAskedForAreLeftOut(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	what := c.says("U1", "new")
	c.sends("U1", what, answers{"kind": "calls", "whose": "member", "member": "U9", "target": "50", "card": "create", "rest": ""}, "Whose goal is it?")
	if dialog := c.dialog("U1"); dialog.Answered("whose") || dialog.Answered("target") || dialog.Answered("card") || dialog.Answered("rest") {
		t.Errorf("answers %v", dialog.Answers)
	}
	if slices.ContainsFunc(c.goals(), func(coaching.Goal) bool { return true }) {
		t.Error("a goal was created")
	}
}

func TestSkippingTheCardInATalkCreatesNothing(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.tells("U1", "new")
	c.tells("U1", "I will hold 20 demos this month because they turn into deals", "Is this your goal?")
	c.tells("U1", "skip", "Is this your goal?")
	if got := len(c.goals()); got != 0 {
		t.Errorf("%d goals", got)
	}
	c.tells("U1", "create goal", "#1 Demos is set")
}
