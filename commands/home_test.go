package commands_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// visits opens the bot's own page, or presses there.
func (o *office) visits(who coaching.MemberID, action, value string) commands.Reply {
	o.Helper()
	reply, err := o.ask(commands.Request{Member: who, Via: commands.ViaHome, Action: action, Value: value})
	if err != nil {
		o.Fatal(err)
	}
	return reply
}

// button returns the value of the button of an action, with the label given if
// it is not empty.
func button(reply commands.Reply, action, label string) (value string, found bool) {
	i := slices.IndexFunc(reply.Buttons, func(b commands.Button) bool {
		return b.Action == action && (label == "" || strings.Contains(b.Label, label))
	})
	if i < 0 {
		return "", false
	}
	return reply.Buttons[i].Value, true
}

func TestHomeOfANewcomerSaysHowToBegin(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	page := o.visits(nok, "", "")
	if value, found := button(page, "command_run", "New goal"); !found || value != "new" {
		t.Errorf("buttons %+v", page.Buttons)
	}
	if _, found := button(page, "dialog_begin", "Log"); found {
		t.Error("a newcomer is asked to log, with nothing to log on")
	}
	if text := wordsOf(page); !strings.Contains(text, "/goal new") {
		t.Errorf("the page says:\n%s", text)
	}
}

func TestHomeShowsOwnGoalsAndTheWeeksWins(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-10", "20")
	o.sets(coaching.Calls, ploy, "Calls of another", coaching.Month, "2026-03-10", "90")
	o.reads(nok, "log #1 +3")
	o.reads(nok, "plan #1")
	page := o.visits(nok, "", "")
	text := wordsOf(page)
	for _, want := range []string{"#1 Demos", "3 of 20 meetings", "small wins"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Calls of another") {
		t.Errorf("the page shows somebody else's goal:\n%s", text)
	}
	win, found := button(page, "win_done", "")
	if !found {
		t.Fatalf("no small win can be ticked: %+v", page.Buttons)
	}
	ticked := wordsOf(o.visits(nok, "win_done", win))
	if !strings.Contains(ticked, "1 of") || !strings.Contains(ticked, "3 of 20 meetings") {
		t.Errorf("after the tick the page says:\n%s", ticked)
	}
	if again := o.visits(nok, "win_done", win); !strings.Contains(wordsOf(again), "3 of 20 meetings") {
		t.Errorf("after a second tick the page says:\n%s", wordsOf(again))
	}
}

func TestPressOnHomeThatIsRefusedSaysWhyAndKeepsThePage(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-10", "20")
	for _, forged := range []struct{ action, value, want string }{
		{"command_run", "frobnicate", "older version"},
		{"of_next_year", "", "older version"},
		{"win_done", "no-such-win", "small win"},
	} {
		text := wordsOf(o.visits(nok, forged.action, forged.value))
		if !strings.Contains(text, forged.want) || !strings.Contains(text, "#1 Demos") {
			t.Errorf("%s %q says:\n%s", forged.action, forged.value, text)
		}
	}
}

func TestButtonsOfHomeRunCommands(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-10", "20")
	page := o.visits(nok, "", "")
	for _, pressed := range page.Buttons {
		reply, err := o.ask(commands.Request{Member: nok, Via: commands.ViaHome, Action: pressed.Action, Value: pressed.Value})
		if err != nil || len(reply.Parts) == 0 && reply.Prompt == nil {
			t.Errorf("%s: %v", pressed.Label, err)
		}
		if text := wordsOf(reply); strings.Contains(text, "older version") || strings.Contains(text, "no command") {
			t.Errorf("%s says:\n%s", pressed.Label, text)
		}
	}
}

func TestLogFormLogsOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-10 09:00")
	if text := wordsOf(o.visits(nok, "dialog_begin", "log")); !strings.Contains(text, "no goal to log on yet") {
		t.Errorf("without a goal it says:\n%s", text)
	}
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-10", "20")
	o.sets(coaching.Calls, ploy, "Calls of another", coaching.Month, "2026-03-10", "90")
	form := o.visits(nok, "dialog_begin", "log")
	if form.Prompt == nil || len(form.Prompt.Fields) != 3 || len(form.Prompt.Fields[0].Choices) != 1 {
		t.Fatalf("the form is %+v", form.Prompt)
	}
	sends := func(goal, amount string) commands.Reply {
		t.Helper()
		reply, err := o.ask(commands.Request{
			Member: nok, Via: commands.ViaForm, Action: commands.ActionAnswer, Value: form.Prompt.Token,
			Answers: map[string][]string{"goal": {goal}, "amount": {amount}, "note": {"Acme"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if reply.Prompt != nil {
			form = reply
		}
		return reply
	}
	for _, wrong := range []struct{ goal, amount, field string }{
		{"#1", "five", "amount"}, {"#1", "3 or 4", "amount"}, {"#1", "", "amount"}, {"#1", "+5%", "amount"}, {"#2", "+3", "goal"},
	} {
		reply := sends(wrong.goal, wrong.amount)
		if reply.Prompt == nil || !slices.ContainsFunc(reply.Prompt.Fields, func(f commands.Field) bool { return f.Name == wrong.field && f.Error != "" }) {
			t.Errorf("%s on %s is answered with:\n%s", wrong.amount, wrong.goal, wordsOf(reply))
		}
	}
	if text := wordsOf(sends("#1", "+3")); !strings.Contains(text, "Logged +3 meetings") || !strings.Contains(text, "Acme") {
		t.Errorf("it says:\n%s", text)
	}
	sends("#1", "+3")
	if text := o.reads(nok, "progress"); !strings.Contains(text, "3 of 20 meetings") {
		t.Errorf("sent twice, it was logged as:\n%s", text)
	}
}
