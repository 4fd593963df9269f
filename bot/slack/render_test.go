package slack

import (
	"flag"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

var update = flag.Bool("update", false, "write the golden files anew")

func words(text string) commands.Line { return commands.Line{{Text: text}} }

func goldenReplies() map[string]commands.Reply {
	smart := commands.Reply{
		Parts: []commands.Part{
			commands.Heading{Line: words("By the end of Q2 we will grow annual recurring revenue 3%")},
			commands.Checks{Items: []commands.Check{
				{Done: true, Line: commands.Line{{Text: "Specific", Style: commands.Strong}, {Text: ": annual recurring revenue"}}},
				{Done: true, Line: commands.Line{{Text: "Measurable", Style: commands.Strong}, {Text: ": +3%"}}},
				{Line: commands.Line{{Text: "Achievable", Style: commands.Strong}, {Text: ": no history yet"}}, Hint: commands.Line{{Text: "say "}, {Text: "from $1.2M", Style: commands.Code}}},
			}},
			commands.Note{Line: words("Nothing is saved yet.")},
		},
		Buttons: []commands.Button{
			{Label: "Create the goal", Action: "create", Value: "d1", Look: commands.Primary},
			{Label: "Change it", Action: "change", Value: "d1"},
			{Label: "Drop it", Action: "drop", Value: "d1", Look: commands.Danger},
		},
	}
	hostileText := `<!channel> *b* _i_ ~s~ ` + "`c` ```" + ` :smile: &amp; > @everyone <@U0EVE> <https://evil.test|here> "quoted 'nested'"` + "\n> second line\u2028\u202Ethird"
	line := commands.Line{{Text: hostileText, Style: commands.Strong}}
	return map[string]commands.Reply{
		"progress": typicalReply(),
		"smart":    smart,
		"replaced": {Replace: true, Parts: []commands.Part{commands.Text{Line: words("Goal #13 is created.")}}},
		"shared": {Shared: true, Parts: []commands.Part{
			commands.Text{Line: commands.Line{{Text: "Well done, "}, {Text: "Mia", Member: "U0MIA", Ping: true}, {Text: "! See "}, {Text: "sales", Channel: "C0SALES"}}},
			commands.Facts{Items: []commands.Fact{{Label: "Closed by", Value: commands.Line{{Text: "Mia", Member: "U0MIA", Ping: true}}}}},
		}},
		"hostile": {
			Parts: []commands.Part{
				commands.Heading{Line: line},
				commands.Heading{Line: line},
				commands.Text{Line: line},
				commands.List{Items: []commands.Line{line}},
				commands.Checks{Items: []commands.Check{{Line: line, Hint: line}}},
				commands.Facts{Items: []commands.Fact{{Label: hostileText, Value: line}, {Label: "Owner", Value: line}}},
				commands.Meter{Share: 1.5, Expected: -1, Label: line},
				commands.Note{Line: line},
			},
			Buttons: []commands.Button{{Label: hostileText, Action: "a~b", Value: hostileText}},
		},
		"thai": {Parts: []commands.Part{
			commands.Heading{Line: words("ยอดขายเดือนนี้ ๑๒%")},
			commands.Facts{Items: []commands.Fact{{Label: "เป้าหมาย", Value: words("฿1.2M")}}},
		}},
	}
}

func TestRenderedReplies(t *testing.T) {
	t.Parallel()
	app := Commands{mustApp(t, Config{})}
	for name, reply := range goldenReplies() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := mustRender(t, app, reply)
			_, problems := decodeAnswer(got)
			matchesGolden(t, name, got, problems)
		})
	}
}

func TestNothingThatPeopleWroteActs(t *testing.T) {
	t.Parallel()
	body := mustRender(t, Commands{mustApp(t, Config{})}, goldenReplies()["hostile"])
	answer, _ := decodeAnswer(body)
	checker := &blockChecker{actionIDs: map[string]bool{}, blockIDs: map[string]bool{}}
	for _, block := range array(answer["blocks"]) {
		checker.block(object(block))
	}
	if len(checker.mentions) > 0 || len(checker.mrkdwn) > 0 {
		t.Errorf("hostile text came as mentions %q or mrkdwn %q", checker.mentions, checker.mrkdwn)
	}
	if text := answer["text"].(string); strings.ContainsAny(text, "<>\n\u202E") {
		t.Errorf("the fallback text could act: %q", text)
	}
}

func TestRenderKeepsToLimits(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 10_000)
	zalgo := "e" + strings.Repeat("\u0301", 10_000)
	families := strings.Repeat("👩‍👩‍👧‍👦", 2_000)
	rightToLeft := strings.Repeat("שלום ", 3_000)
	many := func(count int, part func() commands.Part) (parts []commands.Part) {
		for range count {
			parts = append(parts, part())
		}
		return parts
	}
	everywhere := func(text string) commands.Reply {
		line := words(text)
		return commands.Reply{Parts: []commands.Part{
			commands.Heading{Line: line},
			commands.Heading{Line: line},
			commands.Text{Line: line},
			commands.List{Items: []commands.Line{line, line}},
			commands.Checks{Items: []commands.Check{{Line: line, Hint: line}, {Line: line}}},
			commands.Facts{Items: []commands.Fact{{Label: text, Value: line}}},
			commands.Meter{Label: line, Expected: 1},
			commands.Note{Line: line},
		}, Buttons: []commands.Button{{Label: text, Action: text, Value: text}, {Label: text, Action: text, Value: text}}}
	}
	tests := map[string]commands.Reply{
		"ten thousand characters":     everywhere(long),
		"one character of many marks": everywhere(zalgo),
		"families":                    everywhere(families),
		"right to left":               everywhere(rightToLeft),
		"ampersands that grow":        everywhere(strings.Repeat("&", 2_000)),
		"not UTF-8":                   everywhere("a\xff\xfeb"),
		"200 facts": {Parts: []commands.Part{commands.Facts{Items: func() (facts []commands.Fact) {
			for range 200 {
				facts = append(facts, commands.Fact{Label: "Label", Value: words("value")})
			}
			return facts
		}()}}},
		"1,000 items": {Parts: []commands.Part{commands.List{Items: func() (lines []commands.Line) {
			for range 1_000 {
				lines = append(lines, words("an item of some length"))
			}
			return lines
		}()}}},
		"100 buttons":   {Parts: []commands.Part{commands.Text{Line: words("Choose")}}, Buttons: manyButtons(100)},
		"3,000 buttons": {Parts: many(60, func() commands.Part { return commands.Text{Line: words("Choose")} }), Buttons: manyButtons(3_000)},
		"60 parts":      {Parts: many(60, func() commands.Part { return commands.Divider{} })},
		"empty parts": {Parts: []commands.Part{
			commands.Heading{},
			commands.Text{},
			commands.List{},
			commands.List{Items: []commands.Line{{}}},
			commands.Checks{},
			commands.Facts{},
			commands.Facts{Items: []commands.Fact{{}}},
			commands.Note{},
			commands.Meter{},
			commands.Text{Line: words("")},
		}, Buttons: []commands.Button{{}}},
	}
	app := Commands{mustApp(t, Config{})}
	for name, reply := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := mustRender(t, app, reply)
			if _, problems := decodeAnswer(body); problems != nil {
				t.Errorf("Slack would refuse it: %s", strings.Join(problems, "; "))
			}
			blocks, err := postBlocks(reply, false)
			if err != nil {
				t.Fatal(err)
			}
			var sum int
			for _, block := range blocks {
				size, err := sizeOf(block)
				if err != nil {
					t.Fatal(err)
				}
				sum += size
			}
			// Buttons alone may take more: nothing posts that many.
			if len(blocks) > 50 || len(reply.Buttons) < 50 && sum > 12_000 {
				t.Errorf("the post has %d blocks of %d characters", len(blocks), sum)
			}
		})
	}
}

func manyButtons(count int) (buttons []commands.Button) {
	for range count {
		buttons = append(buttons, commands.Button{Label: "Goal", Action: "choose", Value: "12"})
	}
	return buttons
}

func TestWhatIsLeftOutIsCounted(t *testing.T) {
	t.Parallel()
	reply := commands.Reply{Buttons: manyButtons(1)}
	for range 60 {
		reply.Parts = append(reply.Parts, commands.Text{Line: words("part")})
	}
	answer, problems := decodeAnswer(mustRender(t, Commands{mustApp(t, Config{})}, reply))
	blocks := array(answer["blocks"])
	if len(problems) > 0 || len(blocks) != 50 {
		t.Fatalf("%d blocks, problems %v", len(blocks), problems)
	}
	note := object(array(object(blocks[48])["elements"])[0])
	if note["text"] != "… +12" || object(blocks[49])["type"] != "actions" {
		t.Errorf("the last blocks are %v and %v, want a note of 12 left out and the buttons", blocks[48], blocks[49])
	}
}

func TestEmptyReplyRendersNothing(t *testing.T) {
	t.Parallel()
	if body := mustRender(t, Commands{mustApp(t, Config{})}, commands.Reply{}); body != nil {
		t.Errorf("Render() = %s, want nothing", body)
	}
}

func TestPressedActionIsTheButtonsAgain(t *testing.T) {
	t.Parallel()
	for number, action := range []string{"log", "goal~log", "~", "log~0"} {
		if got := actionOf(numbered(action, number)); got != action {
			t.Errorf("the action %q came back as %q", action, got)
		}
	}
}

func TestMeter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		share, expected float64
		bar, percent    string
	}{
		{0, -1, "░░░░░░░░░░░░░░░░░░░░", "0%"},
		{0.29, -1, "▓▓▓▓▓░░░░░░░░░░░░░░░", "29%"},
		{0.5, 0.75, "▓▓▓▓▓▓▓▓▓▓░░░░░┃░░░░", "50%"},
		{0.75, 0.5, "▓▓▓▓▓▓▓▓▓▓┃▓▓▓▓░░░░░", "75%"},
		{0.999, 1, "▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓┃", "99%"},
		{1, 0, "┃▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓", "100%"},
		{1.32, -1, "▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓", "132%"},
		{-0.05, -1, "░░░░░░░░░░░░░░░░░░░░", "-5%"},
		{1e300, math.Inf(1), "▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓┃", ">9999%"},
		{math.Inf(-1), math.Inf(-1), "░░░░░░░░░░░░░░░░░░░░", "<-9999%"},
		{math.NaN(), math.NaN(), "░░░░░░░░░░░░░░░░░░░░", ""},
	}
	for _, test := range tests {
		if got := bar(commands.Meter{Share: test.share, Expected: test.expected}); got != test.bar {
			t.Errorf("bar(%v, %v) = %s, want %s", test.share, test.expected, got, test.bar)
		}
		if got := percent(test.share); got != test.percent {
			t.Errorf("percent(%v) = %s, want %s", test.share, got, test.percent)
		}
	}
}

func TestMrkdwnOnlyWhereItIsLiteral(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		line commands.Line
		want string
		ok   bool
	}{
		{"plain", words("R&D <5"), "R&amp;D &lt;5", true},
		{"a time of day", words("09:00"), "09:00", true},
		{"an emoji", words(":smile:"), "", false},
		{"a star", words("5*3"), "", false},
		{"a quote", words("> so"), "", false},
		{"code", commands.Line{{Text: "type "}, {Text: "/goal *x*", Style: commands.Code}}, "type `/goal *x*`", true},
		{"code with a backtick", commands.Line{{Text: "a`b", Style: commands.Code}}, "", false},
		{"bold within a word", commands.Line{{Text: "un"}, {Text: "happy", Style: commands.Strong}}, "", false},
		{"bold before a full stop", commands.Line{{Text: "very "}, {Text: "happy", Style: commands.Strong}, {Text: "."}}, "very *happy*.", true},
		{"a mention", commands.Line{{Text: "Mia", Member: "U0MIA", Ping: true}}, "<@U0MIA>", true},
		{"a member who is not called", commands.Line{{Text: "Mia", Member: "U0MIA"}}, "Mia", true},
		{"a mention of no id", commands.Line{{Text: "Mia", Member: "U0>", Ping: true}}, "Mia", true},
		{"a channel", commands.Line{{Text: "sales", Channel: "C0SALES"}}, "<#C0SALES>", true},
	}
	for _, test := range tests {
		if got, ok := mrkdwn("", test.line); got != test.want || ok != test.ok {
			t.Errorf("%s: mrkdwn() = %q, %t, want %q, %t", test.name, got, ok, test.want, test.ok)
		}
	}
}

func TestTruncateKeepsWholeCharactersWithinTheLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, limit := rapid.String().Draw(t, "text"), rapid.IntRange(1, 40).Draw(t, "limit")
		got := truncate(text, limit)
		switch {
		case length(got) > limit:
			t.Fatalf("truncate(%q, %d) = %q, of %d", text, limit, got, length(got))
		case length(text) <= limit && got != text:
			t.Fatalf("truncate(%q, %d) = %q, though it fits", text, limit, got)
		case length(text) > limit && !strings.HasPrefix(text, strings.TrimSuffix(got, ellipsis)):
			t.Fatalf("truncate(%q, %d) = %q, which is not its beginning", text, limit, got)
		}
	})
	if got := truncate("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 12); got != "👩‍👩‍👧‍👦…" {
		t.Errorf("a family was cut: %q", got)
	}
}

func FuzzRender(f *testing.F) {
	for _, text := range []string{"", "*b*", "<!channel>", "e\u0301", "\u202Eabc", "\xff", ":a:", strings.Repeat("`", 200)} {
		f.Add(text, text, 0.5)
	}
	f.Fuzz(func(t *testing.T, text, other string, share float64) {
		line := commands.Line{{Text: text}, {Text: other, Style: commands.Strong}, {Text: text, Style: commands.Code}, {Text: other, Member: coaching.MemberID(text), Ping: true}, {Channel: coaching.ChannelID(other)}}
		reply := commands.Reply{Parts: []commands.Part{
			commands.Heading{Line: line},
			commands.Text{Line: line},
			commands.List{Items: []commands.Line{line}},
			commands.Checks{Items: []commands.Check{{Line: line, Hint: line}}},
			commands.Facts{Items: []commands.Fact{{Label: other, Value: line}}},
			commands.Meter{Share: share, Expected: share, Label: line},
			commands.Note{Line: line},
		}, Buttons: []commands.Button{{Label: text, Action: other, Value: text}}}
		body := mustRender(t, Commands{mustApp(t, Config{})}, reply)
		if !utf8.Valid(body) {
			t.Errorf("not UTF-8: %q", body)
		}
		if _, problems := decodeAnswer(body); problems != nil {
			t.Errorf("Slack would refuse it: %s", strings.Join(problems, "; "))
		}
	})
}

func mustRender(t *testing.T, app Commands, reply commands.Reply) []byte {
	t.Helper()
	body, err := app.Render(nil, commands.Request{}, reply)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
