package commands_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// walk is a member who presses whatever is on the screen, or was.
type walk struct {
	*talk
	t      *rapid.T
	member coaching.MemberID
	// prompts are all that were ever shown, the latest last.
	prompts []*commands.Prompt
	last    commands.Request
}

// guesses are what people write into fields, right and wrong.
var guesses = []string{
	"", "20", "$50k", "5%", "-3%", "this month", "by friday", "2026-04-01", "2026-03-01", "25%", "banana", "workshops",
	"because it pays", "proposal: send prices", "U2", "skip", "20 demos this month", "from 4% to 3%", "99999999999999999",
}

func (w *walk) hears(request commands.Request) {
	before := w.at()
	reply, err := w.asks(request)
	if err != nil {
		w.t.Fatalf("%+v: %v", request, err)
	}
	w.last = request
	if reply.Prompt != nil {
		w.prompts = append(w.prompts, reply.Prompt)
	}
	w.compare(request, before, w.at())
}

func (w *walk) at() coaching.Dialog {
	id, _, _ := coaching.ParseDialogToken(w.prompts[0].Token)
	dialog, err := w.store.Dialog(w.Context(), "slack:T1", id)
	if err != nil {
		w.t.Fatal(err)
	}
	return dialog
}

// compare checks what one request did to the dialog.
func (w *walk) compare(request commands.Request, before, after coaching.Dialog) {
	if after.ID != before.ID || after.Turn < before.Turn {
		w.t.Fatalf("%+v: from %+v to %+v", request, before, after)
	}
	current := request.Via == commands.ViaDirect || request.Value == before.Token() || request.Action == commands.ActionOpen
	if !current && (after.Turn != before.Turn || after.Step != before.Step || after.State != before.State) {
		w.t.Fatalf("the token %q moved the dialog from %+v to %+v", request.Value, before, after)
	}
	if after.Turn > before.Turn+1 {
		w.t.Fatalf("%+v moved more than one step, from %+v to %+v", request, before, after)
	}
	accepted := after.Turn > before.Turn && (request.Action == commands.ActionAnswer || request.Via == commands.ViaDirect)
	if accepted || request.Action == "dialog_rest" {
		return
	}
	if !maps.EqualFunc(before.Answers, after.Answers, slices.Equal) {
		w.t.Fatalf("%+v changed answers from %v to %v", request, before.Answers, after.Answers)
	}
}

func (w *walk) value(field commands.Field) []string {
	if len(field.Choices) > 0 && rapid.IntRange(0, 9).Draw(w.t, "offered") > 0 {
		return []string{rapid.SampledFrom(field.Choices).Draw(w.t, "choice").Value}
	}
	return []string{rapid.SampledFrom(guesses).Draw(w.t, "guess")}
}

func (w *walk) answer(prompt *commands.Prompt) {
	given := make(map[string][]string)
	for _, field := range prompt.Fields {
		given[field.Name] = w.value(field)
	}
	via := rapid.SampledFrom([]commands.Via{commands.ViaForm, commands.ViaButton}).Draw(w.t, "via")
	w.hears(commands.Request{Member: w.member, Via: via, Action: commands.ActionAnswer, Value: prompt.Token, Answers: given})
}

func (w *walk) press(action string, prompt *commands.Prompt) {
	w.hears(commands.Request{Member: w.member, Via: commands.ViaButton, Action: action, Value: prompt.Token})
}

func (w *walk) latest() *commands.Prompt { return w.prompts[len(w.prompts)-1] }

func (w *walk) any() *commands.Prompt { return rapid.SampledFrom(w.prompts).Draw(w.t, "prompt") }

// Whatever is pressed in whatever order, twice, out of date, after a restart:
// a dialog becomes one goal at most, only the answer to the question that is
// asked moves it, by one step, and no accepted answer is lost otherwise.
func TestDialogsSurviveAnyWalk(t *testing.T) {
	t.Parallel()
	c := newTalk(t)
	c.knows(coaching.Churn)
	walks, created := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		walks++
		w := &walk{talk: c, t: rt, member: coaching.MemberID(fmt.Sprint("U", walks))}
		reply, err := c.asks(commands.Request{Member: w.member, Text: "new"})
		if err != nil {
			rt.Fatal(err)
		}
		w.prompts = append(w.prompts, reply.Prompt)
		answer := func(*rapid.T) { w.answer(w.latest()) }
		rt.Repeat(map[string]func(*rapid.T){
			"answer": answer, "answer on": answer, "answer again": answer, "answer more": answer,
			"answer an old one": func(*rapid.T) { w.answer(w.any()) },
			"say": func(rt *rapid.T) {
				if w.at().State != coaching.DialogOpen {
					rt.Skip("words would begin another goal")
				}
				w.hears(commands.Request{Member: w.member, Via: commands.ViaDirect, Text: rapid.SampledFrom(guesses[1:]).Draw(rt, "words")})
			},
			"back":     func(*rapid.T) { w.press(commands.ActionBack, w.any()) },
			"open":     func(*rapid.T) { w.press(commands.ActionOpen, w.any()) },
			"rest":     func(*rapid.T) { w.press("dialog_rest", w.any()) },
			"repeat":   func(*rapid.T) { w.hears(w.last) },
			"somebody": func(*rapid.T) { w.intrude() },
			"": func(rt *rapid.T) {
				if goals := w.own(); len(goals) > 1 {
					rt.Fatalf("created %d goals", len(goals))
				}
			},
		})
		if w.at().State == coaching.DialogDone && len(w.own()) == 1 {
			created++
		}
		if walks%20 == 0 {
			c.restarts()
		}
	})
	if created == 0 {
		t.Error("no walk ended in a goal, so nothing was tested")
	}
}

// intrude presses the dialog's buttons as somebody else.
func (w *walk) intrude() {
	before := w.at()
	_, err := w.asks(commands.Request{Member: "U0", Via: commands.ViaButton, Action: commands.ActionDrop, Value: w.latest().Token})
	if coaching.CodeOf(err) != coaching.NotFound {
		w.t.Fatal(err)
	}
	w.compare(commands.Request{}, before, w.at())
}

// own are the goals that the member created.
func (w *walk) own() []coaching.Goal {
	goals, err := w.store.Goals(w.Context(), "slack:T1", coaching.Active)
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.DeleteFunc(goals, func(goal coaching.Goal) bool { return goal.CreatedBy != w.member })
}
