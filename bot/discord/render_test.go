package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/commands"
)

var update = flag.Bool("update", false, "write the golden files anew")

func words(text string) commands.Line { return commands.Line{{Text: text}} }

// The places that a request may come from.
var (
	aCommand     = commands.Request{ID: "1", Received: testNow, ReplyTo: "1/token/command"}
	aPress       = commands.Request{ID: "1", Received: testNow, Via: commands.ViaButton, Action: "goal_create", ReplyTo: "1/token/message"}
	aPrivateStep = commands.Request{ID: "1", Received: testNow, Via: commands.ViaButton, Action: commands.ActionAnswer, ReplyTo: "1/token/private"}
	aForm        = commands.Request{ID: "1", Received: testNow, Via: commands.ViaForm, Action: commands.ActionAnswer, ReplyTo: "1/token/private_form"}
	aCommandForm = commands.Request{ID: "1", Received: testNow, Via: commands.ViaForm, Action: commands.ActionAnswer, ReplyTo: "1/token/form"}
	aCompletion  = commands.Request{ID: "1", Received: testNow, Via: commands.ViaCompletion}
)

const hostileText = `<!channel> *b* _i_ ~~s~~ ||spoiler|| ` + "`c` ```" + ` :smile: <:x:1> <@1> <@&2> <#3> <t:1:R> </goal:1> @everyone @here [a](https://evil.test) https://evil.test "quoted 'nested'"` +
	"\n> quote\n# title\n- item\n1. one\u2028\u202Eright to left شلوم e\u0301\u0323"

func progressReply() commands.Reply {
	return commands.Reply{
		Parts: []commands.Part{
			commands.Heading{Line: words("#12 Demos held")},
			commands.Meter{Share: 0.45, Expected: 0.5, Label: commands.Line{{Text: "9", Style: commands.Strong}, {Text: " of 20 demos"}}},
			commands.Facts{Items: []commands.Fact{
				{Label: "Pace", Value: words("a little behind")},
				{Label: "Left", Value: commands.Line{{Text: "11", Style: commands.Strong}, {Text: " in 12 working days"}}},
			}},
			commands.Divider{},
			commands.Heading{Line: words("This week")},
			commands.List{Items: []commands.Line{words("Call three past customers"), {{Text: "Type "}, {Text: "/goal log +1", Style: commands.Code}}}},
			commands.Note{Line: words("Monday to Friday, holidays left out.")},
		},
		Buttons: []commands.Button{
			{Label: "Log progress", Action: "goal_log", Value: "#12 r1", Look: commands.Primary},
			{Label: "Drop it", Action: "goal_drop", Value: "#12", Look: commands.Danger},
		},
	}
}

func pickOne(choices ...commands.Choice) *commands.Prompt {
	return &commands.Prompt{
		Token: "01J9ZK3V8M5Q2R7T4W6X1Y0ABC.3", Title: "New goal", Back: "Back", Drop: "Stop here", Submit: "Next",
		Fields: []commands.Field{{
			Name: "kind", Kind: commands.PickOne, Label: "What do you want more of?", Hint: "One thing at a time.",
			Placeholder: "Pick one", Choices: choices, Value: "revenue",
		}},
	}
}

func formPrompt() *commands.Prompt {
	return &commands.Prompt{
		Token: "01J9ZK3V8M5Q2R7T4W6X1Y0ABC.4", Title: "How will you get there?", Submit: "Next", Back: "Back", Drop: "Stop here",
		Fields: []commands.Field{
			{Name: "target", Kind: commands.LineField, Label: "Target", Placeholder: "20", Value: "25"},
			{Name: "why", Kind: commands.AreaField, Label: "Why does it matter to the team, to you, and to the customers you serve?", Hint: "A sentence is enough.", Optional: true, Limit: 500},
			{Name: "owner", Kind: commands.PickMember, Label: "Whose goal is it?", Value: "809850198683418695"},
			{Name: "until", Kind: commands.PickDay, Label: "Until when?", Value: "2026-03-31"},
		},
	}
}

func manyPrompt() *commands.Prompt {
	return &commands.Prompt{
		Token: "t.5", Title: "First small wins", Submit: "Take these",
		Fields: []commands.Field{
			{Name: "wins", Kind: commands.PickMany, Label: "Which of these?", Optional: true, Values: []string{"b"}, Choices: []commands.Choice{
				{Label: "Call three past customers", Value: "a", Hint: "an hour"}, {Label: "Write a price list", Value: "b"},
			}},
			{Name: "visible", Kind: commands.PickOne, Label: "Who may see it?", Value: "all", Choices: []commands.Choice{
				{Label: "Everybody", Value: "all"}, {Label: "My manager and me", Value: "private"},
			}},
		},
	}
}

func goldenCases() map[string]struct {
	request commands.Request
	reply   commands.Reply
} {
	type golden = struct {
		request commands.Request
		reply   commands.Reply
	}
	withErrors := formPrompt()
	withErrors.Fields[0].Value, withErrors.Fields[0].Error = "lots", "Write a number, such as 20."
	line := commands.Line{{Text: hostileText, Style: commands.Strong}, {Text: hostileText}, {Text: hostileText, Style: commands.Code}, {Text: hostileText, Style: commands.Struck}}
	choices := []commands.Choice{{Label: "Revenue", Value: "revenue"}, {Label: "Demos", Value: "meetings"}}
	hinted := []commands.Choice{{Label: "Revenue", Value: "revenue", Hint: "money sold"}, {Label: "Demos", Value: "meetings"}}
	card := []commands.Part{commands.Heading{Line: words("Is this goal SMART?")}, commands.Checks{Items: []commands.Check{
		{Done: true, Line: commands.Line{{Text: "Specific", Style: commands.Strong}, {Text: ": demos"}}},
		{Line: commands.Line{{Text: "Achievable", Style: commands.Strong}, {Text: ": no history yet"}}, Hint: commands.Line{{Text: "say "}, {Text: "from 12", Style: commands.Code}}},
	}}}
	shared := commands.Reply{Shared: true, Parts: []commands.Part{
		commands.Text{Line: commands.Line{{Text: "Well done, "}, {Text: "Mia", Member: "1033044521375764530", Ping: true}, {Text: "! "}, {Text: "Ben", Member: "7"}, {Text: " in "}, {Text: "sales", Channel: "42"}}},
		commands.Facts{Items: []commands.Fact{{Label: "Closed by", Value: commands.Line{{Text: "Mia", Member: "1033044521375764530", Ping: true}}}}},
	}}
	hostile := commands.Reply{
		Parts: []commands.Part{
			commands.Heading{Line: line},
			commands.Heading{Line: line},
			commands.Text{Line: line},
			commands.List{Items: []commands.Line{line}},
			commands.Checks{Items: []commands.Check{{Line: line, Hint: line}}},
			commands.Note{Line: line},
		},
		Buttons: []commands.Button{{Label: hostileText, Action: "a~b", Value: hostileText}},
	}
	hostilePrompt := formPrompt()
	hostilePrompt.Title = hostileText
	for i := range hostilePrompt.Fields {
		field := &hostilePrompt.Fields[i]
		field.Label, field.Hint, field.Placeholder, field.Error = hostileText, hostileText, hostileText, hostileText
	}
	hostilePrompt.Fields[0].Value = strings.Repeat("€", 10_000)
	return map[string]golden{
		"progress":              {aCommand, progressReply()},
		"smart":                 {aCommand, commands.Reply{Parts: card, Buttons: []commands.Button{{Label: "Create goal", Action: "goal_create", Value: "d1", Look: commands.Primary}}}},
		"replaced":              {aPress, commands.Reply{Replace: true, Parts: []commands.Part{commands.Text{Line: words("Goal #13 is created.")}}}},
		"beside":                {aPress, commands.Reply{Parts: []commands.Part{commands.Text{Line: words("That draft is not yours.")}}}},
		"shared":                {aCommand, shared},
		"hostile":               {aCommand, hostile},
		"nothing":               {aCommand, commands.Reply{}},
		"nothing_pressed":       {aPress, commands.Reply{}},
		"thai":                  {aCommand, commands.Reply{Parts: []commands.Part{commands.Heading{Line: words("ยอดขายเดือนนี้ ๑๒%")}, commands.Facts{Items: []commands.Fact{{Label: "เป้าหมาย", Value: words("฿1.2M")}}}}}},
		"suggestions":           {aCompletion, commands.Reply{Suggestions: []commands.Choice{{Label: "#12 Demos " + strings.Repeat("x", 200), Value: "#12"}, {Label: "", Value: "#13"}, {Label: "no value"}}}},
		"choice":                {aCommand, commands.Reply{Prompt: pickOne(choices...)}},
		"choice_next":           {aPrivateStep, commands.Reply{Prompt: pickOne(choices...)}},
		"choice_select":         {aCommand, commands.Reply{Parts: card, Prompt: pickOne(hinted...)}},
		"choice_after_form":     {aForm, commands.Reply{Prompt: pickOne(hinted...)}},
		"form":                  {aCommand, commands.Reply{Parts: card, Prompt: formPrompt()}},
		"form_next":             {aPrivateStep, commands.Reply{Prompt: manyPrompt()}},
		"form_after_form":       {aForm, commands.Reply{Parts: card, Prompt: formPrompt()}},
		"form_errors":           {aCommandForm, commands.Reply{Prompt: withErrors}},
		"form_errors_reopened":  {aPrivateStep, commands.Reply{Prompt: withErrors}},
		"form_hostile":          {aCommand, commands.Reply{Parts: hostile.Parts, Prompt: hostilePrompt}},
		"form_hostile_mistakes": {aForm, commands.Reply{Parts: hostile.Parts, Prompt: hostilePrompt}},
	}
}

func mustRender(t testing.TB, request commands.Request, reply commands.Reply) []byte {
	t.Helper()
	body, err := mustApp(t, Config{}).Render(nil, request, reply)
	if err != nil {
		t.Fatal(err)
	}
	if err := sandbox.CheckDiscord(sandbox.DiscordResponse, body); err != nil {
		t.Errorf("Discord would refuse it: %v\n%s", err, body)
	}
	return body
}

func TestRenderedReplies(t *testing.T) {
	t.Parallel()
	for name, test := range goldenCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkGolden(t, name, mustRender(t, test.request, test.reply))
		})
	}
}

func checkGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	var value any
	if err := json.Unmarshal(got, &value); err != nil {
		t.Fatal(err)
	}
	var pretty bytes.Buffer
	encoder := json.NewEncoder(&pretty)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
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

// content returns all markdown of a body.
func content(body []byte) string {
	var value any
	_ = json.Unmarshal(body, &value)
	var text strings.Builder
	var walk func(any)
	walk = func(value any) {
		switch value := value.(type) {
		case []any:
			for _, each := range value {
				walk(each)
			}
		case map[string]any:
			if own, found := value["content"].(string); found {
				text.WriteString(own + "\n")
			}
			for _, each := range value {
				walk(each)
			}
		}
	}
	walk(value)
	return text.String()
}

func TestNothingThatPeopleWroteActs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"hostile", "form_hostile", "form_hostile_mistakes"} {
		test := goldenCases()[name]
		body := mustRender(t, test.request, test.reply)
		text := content(body)
		for _, live := range []string{"@everyone", "@here", "<@1>", "<@&2>", "<#3>", "<t:1", "</goal", "https://", "\u202e", "](", "\n> ", "\n# ", "\n1. "} {
			if at := strings.Index(text, live); at >= 0 && (at == 0 || text[at-1] != '\\') {
				t.Errorf("%s: %q could act in\n%s", name, live, text)
			}
		}
		if bytes.Contains(body, []byte(`"users"`)) {
			t.Errorf("%s notifies somebody", name)
		}
	}
}

func TestOnlyWhoIsMeantIsNotified(t *testing.T) {
	t.Parallel()
	test := goldenCases()["shared"]
	body := string(mustRender(t, test.request, test.reply))
	if !strings.Contains(body, `"allowed_mentions":{"parse":[],"users":["1033044521375764530"]}`) {
		t.Errorf("mentions are not limited in %s", body)
	}
}

func TestLongRepliesKeepToLimitsAndSayWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("<@1> *é* ", 1_200)
	goals := make([]commands.Line, 60)
	var buttons []commands.Button
	for i := range goals {
		goals[i] = words(fmt.Sprintf("#%d %s", i, strings.Repeat("title ", 20)))
		buttons = append(buttons, commands.Button{Label: fmt.Sprint("Park #", i), Action: "goal_swap", Value: fmt.Sprint(i)})
	}
	body := mustRender(t, aCommand, commands.Reply{Parts: []commands.Part{
		commands.Heading{Line: words(long)}, commands.List{Items: goals},
	}, Buttons: buttons})
	if !strings.Contains(content(body), "…") {
		t.Errorf("a title of 10,000 characters is cut without a mark:\n%s", content(body))
	}
	body = mustRender(t, aCommand, commands.Reply{Parts: []commands.Part{commands.List{Items: goals}}, Buttons: buttons})
	text := content(body)
	shown := strings.Count(text, "- \\#") + strings.Count(text, "\n- #")
	if !strings.Contains(text, "-# … +") || shown > 60 {
		t.Errorf("60 goals are cut without a count:\n%s", text)
	}
}

func TestAnyReplyIsValidAndNotifiesNobody(t *testing.T) {
	t.Parallel()
	piece := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{hostileText, "", " ", "@everyone", "**", "`", "\\", "👩‍👩‍👧‍👦", strings.Repeat("ก็", 3000), "1.", "-", "#"}))
	span := rapid.Custom(func(t *rapid.T) commands.Span {
		return commands.Span{Text: piece.Draw(t, "text"), Style: rapid.SampledFrom([]commands.Style{commands.Plain, commands.Strong, commands.Code, commands.Struck}).Draw(t, "style")}
	})
	line := rapid.Custom(func(t *rapid.T) commands.Line { return rapid.SliceOfN(span, 0, 4).Draw(t, "spans") })
	part := rapid.Custom(func(t *rapid.T) commands.Part {
		switch rapid.IntRange(0, 7).Draw(t, "part") {
		case 0:
			return commands.Heading{Line: line.Draw(t, "line")}
		case 1:
			return commands.List{Items: rapid.SliceOfN(line, 0, 60).Draw(t, "items")}
		case 2:
			return commands.Checks{Items: []commands.Check{{Line: line.Draw(t, "line"), Hint: line.Draw(t, "hint")}}}
		case 3:
			return commands.Facts{Items: []commands.Fact{{Label: piece.Draw(t, "label"), Value: line.Draw(t, "value")}}}
		case 4:
			return commands.Meter{Share: rapid.Float64().Draw(t, "share"), Expected: rapid.Float64().Draw(t, "expected"), Label: line.Draw(t, "label")}
		case 5:
			return commands.Note{Line: line.Draw(t, "line")}
		case 6:
			return commands.Divider{}
		}
		return commands.Text{Line: line.Draw(t, "line")}
	})
	choice := rapid.Custom(func(t *rapid.T) commands.Choice {
		return commands.Choice{Label: piece.Draw(t, "label"), Value: piece.Draw(t, "value"), Hint: piece.Draw(t, "hint")}
	})
	kinds := []commands.FieldKind{commands.LineField, commands.AreaField, commands.PickOne, commands.PickMany, commands.PickMember, commands.PickDay}
	rapid.Check(t, func(t *rapid.T) {
		reply := commands.Reply{
			Parts: rapid.SliceOfN(part, 0, 30).Draw(t, "parts"), Shared: rapid.Bool().Draw(t, "shared"), Replace: rapid.Bool().Draw(t, "replace"),
		}
		for i := range rapid.IntRange(0, 40).Draw(t, "buttons") {
			reply.Buttons = append(reply.Buttons, commands.Button{Label: piece.Draw(t, "label"), Action: "goal_log", Value: fmt.Sprint(i % 30)})
		}
		if rapid.Bool().Draw(t, "asks") {
			reply.Prompt = &commands.Prompt{Token: "t.1", Title: piece.Draw(t, "title"), Back: piece.Draw(t, "back"), Drop: piece.Draw(t, "drop")}
			for i := range rapid.IntRange(0, 5).Draw(t, "fields") {
				reply.Prompt.Fields = append(reply.Prompt.Fields, commands.Field{
					Name: fmt.Sprint("f", i), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Label: piece.Draw(t, "label"), Hint: piece.Draw(t, "hint"),
					Placeholder: piece.Draw(t, "placeholder"), Value: piece.Draw(t, "value"), Error: piece.Draw(t, "error"),
					Choices: rapid.SliceOfN(choice, 0, 30).Draw(t, "choices"), Optional: rapid.Bool().Draw(t, "optional"),
				})
			}
		}
		request := rapid.SampledFrom([]commands.Request{aCommand, aPress, aPrivateStep, aForm, aCommandForm}).Draw(t, "request")
		app, err := New(Config{Now: now})
		if err != nil {
			t.Fatal(err)
		}
		body, err := app.Render(nil, request, reply)
		if err != nil || !utf8.Valid(body) {
			t.Fatal(err)
		}
		if err := sandbox.CheckDiscord(sandbox.DiscordResponse, body); err != nil {
			t.Fatalf("%v\n%s", err, body)
		}
		if bytes.Contains(body, []byte(`"users"`)) || strings.Contains(content(body), "@everyone") {
			t.Fatalf("somebody is notified by %s", body)
		}
	})
}

func TestMarkdownIsEscapedWhereItMeansSomething(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line commands.Line
		want string
	}{
		{words("plain, text: 09:00 (50%) 3.5!"), "plain, text: 09:00 (50%) 3.5!"},
		{words("*a* _b_ ~c~"), `\*a\* \_b\_ \~c\~`},
		{words("#12 Demos"), `\#12 Demos`},
		{words("12. May"), `12\. May`},
		{words("- not a list"), `\- not a list`},
		{words("well-known C# > B"), `well-known C# > B`},
		{words("https://a.test"), `https\://a.test`},
		{commands.Line{{Text: " bold ", Style: commands.Strong}, {Text: "x"}}, " **bold** x"},
		{commands.Line{{Text: "a", Style: commands.Strong}, {Text: "b", Style: commands.Code}}, "**a**\u200b`b`"},
		{commands.Line{{Text: "a`b", Style: commands.Code}}, "a\\`b"},
		{commands.Line{{Text: "*", Style: commands.Strong}}, `**\***`},
		{commands.Line{{Text: "back\\", Style: commands.Code}}, "`back\\`"},
		{commands.Line{{Member: "7"}, {Text: " "}, {Channel: "x"}}, "@\u200b7 #x"},
	} {
		room := 100
		text := newMarkdown(&room, new([]string))
		text.line(test.line, commands.Plain)
		if got := text.String(); got != test.want {
			t.Errorf("%v is written %q, want %q", test.line, got, test.want)
		}
	}
}
