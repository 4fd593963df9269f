package commands_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// sends answers a prompt, as a form that was sent or a choice that was pressed.
func (c *talk) sends(member coaching.MemberID, to commands.Reply, answers map[string]string, wants ...string) commands.Reply {
	c.Helper()
	if to.Prompt == nil {
		c.Fatalf("nothing is asked:\n%s", wordsOf(to))
	}
	request := commands.Request{
		Member: member, Via: commands.ViaForm, Action: commands.ActionAnswer, Value: to.Prompt.Token,
		Answers: make(map[string][]string),
	}
	for name, answer := range answers {
		request.Answers[name] = strings.Split(answer, "|")
	}
	reply, err := c.asks(request)
	return c.heard(strings.Join(sortedValues(answers), " "), reply, err, wants)
}

func sortedValues(answers map[string]string) []string {
	var values []string
	for value := range maps.Values(answers) {
		values = append(values, value)
	}
	return values
}

// tells says something to the bot alone, in free words.
func (c *talk) tells(member coaching.MemberID, text string, wants ...string) commands.Reply {
	c.Helper()
	reply, err := c.asks(commands.Request{Member: member, Text: text, Via: commands.ViaDirect})
	return c.heard(text, reply, err, wants)
}

// does presses one of a prompt's ways out.
func (c *talk) does(member coaching.MemberID, action string, to commands.Reply, wants ...string) commands.Reply {
	c.Helper()
	reply, err := c.asks(commands.Request{Member: member, Via: commands.ViaButton, Action: action, Value: to.Prompt.Token})
	return c.heard(action, reply, err, wants)
}

func TestWalk(t *testing.T) {
	c := newTalk(t)
	show := func(r commands.Reply) { t.Log("\n" + wordsOf(r)) }
	a := c.says("U1", "new")
	show(a)
	a = c.sends("U1", a, map[string]string{"kind": "meetings"})
	show(a)
	a = c.sends("U1", a, map[string]string{"whose": "mine"})
	show(a)
	a = c.sends("U1", a, map[string]string{"target": "lots"})
	show(a)
	a = c.sends("U1", a, map[string]string{"target": "20 demos"})
	show(a)
	a = c.sends("U1", a, map[string]string{"period": "by friday"})
	show(a)
	a = c.sends("U1", a, map[string]string{"card": "more"})
	show(a)
	a = c.sends("U1", a, map[string]string{"why": "pays rent"})
	show(a)
	a = c.sends("U1", a, map[string]string{"process": "prices late", "leak": "proposal: send prices"})
	show(a)
	a = c.sends("U1", a, map[string]string{"wins": ""})
	show(a)
	a = c.sends("U1", a, map[string]string{"visible": "private"})
	show(a)
	b := c.sends("U1", a, map[string]string{"card": "create"})
	show(b)
	b = c.sends("U1", a, map[string]string{"card": "create"})
	show(b)
	for _, x := range []string{"we want to grow MRR", "by 3%", "this quarter", "$400k", "create goal", "help", "let's make more revenue", "+10%", "next quarter", "400k", "back", "cancel"} {
		t.Log(">>> ", x)
		show(c.tells("U2", x))
	}
	show(c.says("U3", "new let's make more revenue"))
	show(c.says("U3", "new"))
}
