package commands_test

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func TestAnswersAreKeptByQuestion(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	goal := c.goal("U1", coaching.Meetings, "Demos", 20)
	for _, text := range []string{
		"plan #1 Leak: Proposal: prices go out: before the demo", "plan #1 succeeds referrals", "plan demos hiccups no-shows",
		"plan tools no a dialer", "plan #1 audience the fair", "plan #1 reach <!channel> *now*",
	} {
		c.says("U1", text, "Your answer is kept.")
	}
	got, err := c.store.Plan(t.Context(), goal.Workspace, goal.Number)
	if err != nil {
		t.Fatal(err)
	}
	want := coaching.Plan{
		Workspace: "slack:T1", Goal: 1, Succeeds: "referrals", Hiccups: "no-shows", HasTools: coaching.ToolsMissing, Tools: "a dialer",
		LeakStage: "proposal", LeakFix: "prices go out: before the demo", Audience: "the fair", Reach: "<!channel> *now*",
		By: "U1", At: c.now,
	}
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	reply := c.says("U2", "plan #1",
		"Succeeds: referrals · Hiccups: no-shows", "Tools are missing · a dialer",
		"Stage: proposal · prices go out: before the demo", "Where: the fair · How: <!channel> *now*")
	if strings.Contains(wordsOf(reply), "[ ] Where") {
		t.Errorf("an answered question looks open:\n%s", wordsOf(reply))
	}
	c.says("U1", "plan #1 tools unsure", "Not sure about the tools")
}

func TestAnswersBecomeSmallWins(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	c.says("U1", "plan #1 leak send the offer on the same day", "Try at the stage that loses most: send the offer on the same day")
	reply := wordsOf(c.says("U1", "plan #1 reach a talk at the fair", "This week's small wins stay as they are"))
	if strings.Contains(reply, "Try once this week") {
		t.Errorf("a full week took another win:\n%s", reply)
	}
	c.now = c.now.AddDate(0, 0, 7)
	c.says("U1", "plan #1", "Try ")
}

func TestAnswerIsForTheGoalsOwner(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	c.goal("", coaching.Leads, "Leads", 100)
	c.says("U2", "plan #1 leak proposals", "That goal's plan is for its owner to answer.")
	c.says("U2", "plan #2 leak proposals", "Your answer is kept.")
	c.says("U1", "plan #2 audience the fair", "proposals", "Where: the fair")
}

func TestUnreadableAnswersGetAReason(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.says("U1", "plan", "Say which goal the plan is for")
	c.goal("U1", coaching.Meetings, "Demos", 20)
	c.goal("U1", coaching.Meetings, "Second demos", 20)
	for _, test := range []struct{ text, want string }{
		{"plan", "Several goals fit"},
		{"plan demos", "Several goals fit"},
		{"plan demos leak x", "Several goals fit"},
		{"plan #9", "no such goal"},
		{"plan nothing like it", "no such goal"},
		{"plan #1 prices are late", "Begin with what you answer"},
		{"plan #1 leak", "Begin with what you answer"},
		{"plan #1 leak  ", "Begin with what you answer"},
		{"plan #1 tools perhaps", "Say whether the tools are there"},
		{"plan #1 leak " + strings.Repeat("x", 2001), "too long"},
	} {
		c.says("U1", test.text, test.want)
	}
	plan, err := c.store.Plan(t.Context(), "slack:T1", 1)
	if want := (coaching.Plan{Workspace: "slack:T1", Goal: 1}); err != nil || plan != want {
		t.Errorf("something was kept: %+v, %v", plan, err)
	}
}

func TestTitleWinsOverAnAnswersFirstWord(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.goal("U1", coaching.Meetings, "Reach out to schools", 20)
	c.goal("U1", coaching.Meetings, "Demos", 20)
	reply := c.says("U1", "plan reach out", "The plan for #1 Reach out to schools")
	if strings.Contains(wordsOf(reply), "Your answer is kept") {
		t.Errorf("a title was taken for an answer:\n%s", wordsOf(reply))
	}
}

func TestEveryPlayWinAndQuestionIsWorded(t *testing.T) {
	t.Parallel()
	voice := loadVoice(t, "en")
	for _, play := range coaching.Plays() {
		args := commands.Args{}
		if play.Pieces > 0 {
			args["count"] = 2
		}
		if text := voice.Text("play_"+string(play.ID), args); strings.HasPrefix(text, "play_") || strings.Contains(text, "{{") {
			t.Errorf("%s is worded %q", play.ID, text)
		}
	}
	for _, question := range coaching.Questions() {
		for _, id := range []string{"question_" + string(question), "question_" + string(question) + "_how"} {
			if !voice.Has(id) {
				t.Errorf("%s has no words", id)
			}
		}
	}
	for _, tools := range []coaching.ToolsAnswer{coaching.ToolsThere, coaching.ToolsMissing, coaching.ToolsUnsure} {
		if id := "answer_tools_" + string(tools); !voice.Has(id) {
			t.Errorf("%s has no words", id)
		}
	}
	for text := range literals(t, "../coaching/smallwin_propose.go", "../coaching/smallwin_source.go") {
		if reasonForm.MatchString(text) && !voice.Has(text) {
			t.Errorf("%q has no words", text)
		}
	}
}
