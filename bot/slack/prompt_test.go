package slack

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/smallwins/smallwins/commands"
)

const hostile = "<!channel> *b* `c` :smile: &amp; @everyone <@U0EVE> <https://evil.test|here> \"quoted 'nested'\"\n> second\u2028\u202Ethird"

var signs = commands.Signs{Working: "Working on it.", Close: "Close"}

func promptApp(t testing.TB) *App {
	t.Helper()
	app, err := New(Config{SigningSecret: exampleSecret, Signs: func(string) commands.Signs { return signs }})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func choices(count int) []commands.Choice {
	list := make([]commands.Choice, count)
	for i := range list {
		list[i] = commands.Choice{Label: "Choice " + strconv.Itoa(i+1), Value: "c" + strconv.Itoa(i+1)}
	}
	return list
}

// goldenPrompts are the kinds of prompts, each as what a handler replies.
func goldenPrompts() map[string]commands.Reply {
	asks := func(title string, fields ...commands.Field) commands.Reply {
		return commands.Reply{
			Parts: []commands.Part{
				commands.Heading{Line: words("Step 2 of 6")},
				commands.Text{Line: commands.Line{{Text: "Last quarter it was "}, {Text: "$400k", Style: commands.Strong}, {Text: "."}}},
			},
			Prompt: &commands.Prompt{
				Token: "d01HX:2", Title: title, Fields: fields, Submit: "Next", Back: "Back", Drop: "Drop it",
			},
		}
	}
	tiers := []commands.Choice{
		{Label: "$420k", Value: "420000", Hint: "comfortable, 8 in 10 periods"},
		{Label: "$440k", Value: "440000", Hint: "realistic, 5 in 10 periods"},
		{Label: "$480k", Value: "480000", Hint: "challenging, 2 in 10 periods"},
	}
	return map[string]commands.Reply{
		"line":    asks("New goal", commands.Field{Name: "target", Kind: commands.LineField, Label: "By how much?", Hint: "A share or an amount.", Placeholder: "+3%"}),
		"area":    asks("New goal", commands.Field{Name: "why", Kind: commands.AreaField, Label: "Why does it matter?", Value: "Renewals\npay the rent.", Limit: 300, Optional: true}),
		"one":     asks("Which target?", commands.Field{Name: "tier", Kind: commands.PickOne, Label: "Which target?", Choices: tiers, Value: "440000"}),
		"of_many": asks("Which goal?", commands.Field{Name: "goal", Kind: commands.PickOne, Label: "Which goal?", Placeholder: "Pick a goal", Choices: choices(25), Value: "c3"}),
		"form": asks("For whom and until when, in a long title",
			commands.Field{Name: "who", Kind: commands.PickMember, Label: "For whom?", Value: "U0MIA"},
			commands.Field{Name: "until", Kind: commands.PickDay, Label: "Until when?", Value: "2026-06-30"},
			commands.Field{Name: "stages", Kind: commands.PickMany, Label: "Which stages?", Choices: choices(4), Values: []string{"c2", "c4", "gone"}},
			commands.Field{Name: "tools", Kind: commands.PickMany, Label: "Which tools?", Choices: choices(12), Values: []string{"c11"}, Optional: true},
			commands.Field{Name: "tier", Kind: commands.PickOne, Label: "Which target?", Choices: tiers, Value: "none"},
		),
		"wrong": asks("New goal",
			commands.Field{Name: "target", Kind: commands.LineField, Label: "By how much?", Value: "five", Error: "Write the number in digits: 5 rather than five."},
			commands.Field{Name: "until", Kind: commands.PickDay, Label: "Until when?", Value: "someday"},
		),
		"hostile": {
			Parts: []commands.Part{commands.Text{Line: words(hostile)}},
			Prompt: &commands.Prompt{Token: "t", Title: hostile, Submit: hostile, Back: hostile, Drop: hostile, Fields: []commands.Field{
				{Name: "a", Kind: commands.LineField, Label: hostile, Hint: hostile, Placeholder: hostile, Value: hostile, Error: hostile},
				{Name: "b", Kind: commands.PickOne, Label: hostile, Choices: []commands.Choice{{Label: hostile, Value: "x", Hint: hostile}}},
			}},
		},
	}
}

func TestPromptsInEveryForm(t *testing.T) {
	t.Parallel()
	app := promptApp(t)
	sent := commands.Request{ID: "1.2", Via: commands.ViaForm, Action: commands.ActionAnswer, Value: "d01HX:1", Channel: "C0SALES"}
	for name, reply := range goldenPrompts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			modal, err := json.Marshal(app.modal(sent, reply))
			if err != nil {
				t.Fatal(err)
			}
			_, problems := checkView(modal)
			matchesGolden(t, "modal_"+name, modal, problems)
			typed := commands.Request{Channel: "C0SALES"}
			message := mustRenderFor(t, app, typed, reply)
			_, problems = decodeAnswer(message)
			matchesGolden(t, "message_"+name, message, problems)
			typed.ReplyTo = "talk:https://hooks.slack.com/actions/1"
			direct := mustRenderFor(t, app, typed, reply)
			if _, problems = decodeAnswer(direct); problems != nil || name == "line" || name == "one" {
				matchesGolden(t, "direct_"+name, direct, problems)
			}
		})
	}
}

func TestViewsThatAskNothing(t *testing.T) {
	t.Parallel()
	app := promptApp(t)
	request := commands.Request{ID: "10.2.ab", Via: commands.ViaForm, Value: "d01HX:6"}
	done := commands.Reply{
		Parts:   []commands.Part{commands.Text{Line: words("#13 Demos is set.")}},
		Buttons: []commands.Button{{Label: "Plan it", Action: "goal_plan", Value: "13", Look: commands.Primary}},
	}
	closing, err := Interactions{app}.Render(nil, request, done)
	if err != nil {
		t.Fatal(err)
	}
	_, problems := checkResponse(closing)
	matchesGolden(t, "form_done", closing, problems)
	working := Interactions{app}.Wait(request)
	_, problems = checkResponse(working)
	matchesGolden(t, "form_working", working, problems)
	home, err := json.Marshal(homeView(typicalReply()))
	if err != nil {
		t.Fatal(err)
	}
	_, problems = checkView(home)
	matchesGolden(t, "home", home, problems)
}

func TestErrorsAreShownAtTheFieldsOfTheFormThatWasSent(t *testing.T) {
	t.Parallel()
	app := promptApp(t)
	wrong := goldenPrompts()["wrong"]
	sent := commands.Request{ID: "1.2", Via: commands.ViaForm, Value: wrong.Prompt.Token, Answers: map[string][]string{"target": {"five"}, "until": {}}}
	body, err := Interactions{app}.Render(nil, sent, wrong)
	if err != nil {
		t.Fatal(err)
	}
	response, problems := checkResponse(body)
	matchesGolden(t, "form_errors", body, problems)
	if got := object(response["errors"])["ask:target:d01HX:2"]; got != "Write the number in digits: 5 rather than five." {
		t.Errorf("errors %v", response["errors"])
	}
	for name, change := range map[string]func(*commands.Request){
		"another step":    func(r *commands.Request) { r.Value = "d01HX:1" },
		"a field not had": func(r *commands.Request) { r.Answers = map[string][]string{"until": {}} },
	} {
		other := sent
		change(&other)
		body, err := Interactions{app}.Render(nil, other, wrong)
		if err != nil {
			t.Fatal(err)
		}
		// Slack shows errors at blocks that the modal has; it must have them first.
		if response, problems := checkResponse(body); problems != nil || response["response_action"] != "update" {
			t.Errorf("%s: %s %v", name, body, problems)
		}
	}
}

func TestAnswersComeBackByTheirFields(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"d1", "d01HX:2", strings.Repeat("t", 60)} {
		for _, field := range []string{"target", "why_it_matters"} {
			gotToken, gotField, found := askedBy(askID(token, field))
			if !found || gotToken != token || gotField != field {
				t.Errorf("the block of %s in %s came back as %s in %s", field, token, gotField, gotToken)
			}
		}
	}
	for _, id := range []string{"", "b0", "ask:", "ask:a", "ask:a:", "ask::t"} {
		if _, _, found := askedBy(id); found {
			t.Errorf("%q is taken for the block of a field", id)
		}
	}
}

func TestPromptsKeepToLimits(t *testing.T) {
	t.Parallel()
	app := promptApp(t)
	for name, text := range map[string]string{
		"empty": "", "ten thousand characters": strings.Repeat("x", 10_000), "families": strings.Repeat("👩‍👩‍👧‍👦", 2_000),
		"right to left": strings.Repeat("שלום ", 3_000), "marks": "e" + strings.Repeat("\u0301", 10_000), "not UTF-8": "a\xff\xfeb",
		"hostile": hostile,
	} {
		for _, kind := range []commands.FieldKind{commands.LineField, commands.AreaField, commands.PickOne, commands.PickMany, commands.PickMember, commands.PickDay, "of_next_year"} {
			for _, count := range []int{0, 1, 11, 300} {
				field := commands.Field{Name: "f", Kind: kind, Label: text, Hint: text, Placeholder: text, Value: text, Values: []string{text}, Error: text, Choices: choices(count), Limit: 1 << 20}
				if count == 1 {
					field.Choices = []commands.Choice{{Label: text, Value: text, Hint: text}}
				}
				reply := commands.Reply{Prompt: &commands.Prompt{Token: "t", Title: text, Submit: text, Back: text, Drop: text, Fields: []commands.Field{field}}}
				checkPrompt(t, app, reply, name+", "+string(kind))
			}
		}
	}
	long := goldenPrompts()["form"]
	for range 120 {
		long.Parts = append(long.Parts, commands.Text{Line: words("a part")})
		long.Buttons = append(long.Buttons, commands.Button{Label: "Log", Action: "log"})
	}
	checkPrompt(t, app, long, "120 parts and buttons")
}

// checkPrompt checks a reply in the forms that a prompt can have.
func checkPrompt(t *testing.T, app *App, reply commands.Reply, what string) {
	t.Helper()
	modal, err := json.Marshal(app.modal(commands.Request{}, reply))
	if err != nil {
		t.Fatal(err)
	}
	if _, problems := checkView(modal); problems != nil {
		t.Errorf("%s: Slack would refuse the modal: %s", what, strings.Join(problems, "; "))
	}
	home, err := json.Marshal(homeView(reply))
	if err != nil {
		t.Fatal(err)
	}
	if _, problems := checkView(home); problems != nil {
		t.Errorf("%s: Slack would refuse the page: %s", what, strings.Join(problems, "; "))
	}
	for _, address := range []string{"", "talk:"} {
		body, err := renderAnswer(nil, commands.Request{ReplyTo: address}, reply)
		if err != nil {
			t.Fatal(err)
		}
		if _, problems := decodeAnswer(body); problems != nil {
			t.Errorf("%s at %q: Slack would refuse the message: %s", what, address, strings.Join(problems, "; "))
		}
		for _, live := range []string{`"mrkdwn"`, `"type":"user"`, `"broadcast"`, `"link"`} {
			if bytes.Contains(body, []byte(live)) || bytes.Contains(modal, []byte(live)) {
				t.Errorf("%s: what people wrote came as %s", what, live)
			}
		}
		if !utf8.Valid(body) || !utf8.Valid(modal) {
			t.Errorf("%s: not UTF-8", what)
		}
	}
}

func FuzzPrompt(f *testing.F) {
	f.Add("By how much?", "pick_one", "t", 3)
	f.Add(hostile, "area", "d:1", 0)
	f.Add("e\u0301\u202E", "pick_many", "x", 40)
	app := promptApp(f)
	f.Fuzz(func(t *testing.T, text, kind, token string, count int) {
		field := commands.Field{Name: "f", Kind: commands.FieldKind(kind), Label: text, Hint: text, Placeholder: text, Value: text, Error: text, Choices: choices(min(max(count, 0), 200))}
		checkPrompt(t, app, commands.Reply{
			Parts:  []commands.Part{commands.Text{Line: words("asked")}},
			Prompt: &commands.Prompt{Token: token, Title: text, Submit: text, Drop: text, Fields: []commands.Field{field}},
		}, "a prompt")
	})
}

func mustRenderFor(t *testing.T, app *App, request commands.Request, reply commands.Reply) []byte {
	t.Helper()
	body, err := Commands{app}.Render(nil, request, reply)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// matchesGolden compares JSON with the golden file, and fails where Slack would
// refuse it.
func matchesGolden(t *testing.T, name string, got []byte, problems []string) {
	t.Helper()
	if problems != nil {
		t.Errorf("%s: Slack would refuse it: %s", name, strings.Join(problems, "; "))
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, got, "", "  "); err != nil {
		t.Fatal(err)
	}
	pretty.WriteByte('\n')
	file := filepath.Join("testdata", name+".golden.json")
	if *update {
		if err := os.WriteFile(file, pretty.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(pretty.Bytes(), want) {
		t.Errorf("%s differs; look at it and run the tests with -update. Got:\n%s", file, pretty.String())
	}
}
