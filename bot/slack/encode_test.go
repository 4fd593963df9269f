package slack

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// wantSameJSON fails unless the answer's encoding means what encoding/json's
// does.
func wantSameJSON(t rapid.TB, answer answer) {
	t.Helper()
	if len(answer.Blocks) == 0 {
		return // It says nothing and is not sent.
	}
	encoded, err := appendAnswer(nil, answer)
	if err != nil {
		t.Fatal(err)
	}
	reference, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(encoded, &got); err != nil {
		t.Fatalf("%v in %s", err, encoded)
	}
	if err := json.Unmarshal(reference, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("encoded as\n%s\nwant\n%s", encoded, reference)
	}
}

func TestAnswersAreEncodedAsByTheStandardLibrary(t *testing.T) {
	t.Parallel()
	for name, reply := range goldenReplies() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantSameJSON(t, new(sheet).answer(reply, false))
		})
	}
	for name, reply := range goldenPrompts() {
		t.Run("prompt "+name, func(t *testing.T) {
			t.Parallel()
			wantSameJSON(t, new(sheet).answer(reply, false))
			wantSameJSON(t, new(sheet).answer(reply, true))
		})
	}
	t.Run("any reply", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) { wantSameJSON(t, new(sheet).answer(anyReply(t), rapid.Bool().Draw(t, "talk"))) })
	})
	t.Run("blocks that the renderer does not make", func(t *testing.T) {
		t.Parallel()
		wantSameJSON(t, answer{Text: "\x00\"\\\xff\u2028<é", Blocks: []slackapi.Block{
			slackapi.NewFileBlock("", "F1", "remote"),
			slackapi.NewRichTextBlock("", slackapi.NewRichTextSection(slackapi.NewRichTextSectionEmojiElement("tada", 2, nil)), &slackapi.RichTextQuote{Type: slackapi.RTEQuote}),
		}})
	})
}

func TestTextIsQuotedAsByTheStandardLibrary(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("a\x00\b\t\n\f\r\x1f\"\\/<>&'\x7fé\u2028\u2029\ufffd𝄞"))),
			rapid.Map(rapid.SliceOf(rapid.Byte()), func(bytes []byte) string { return string(bytes) })).Draw(t, "text")
		want, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendQuoted([]byte("before"), text); string(got) != "before"+string(want) {
			t.Errorf("%q is quoted as %s, want %s", text, got, want)
		}
	})
}

// anyReply draws a reply of all kinds of parts, in any text and style.
func anyReply(t *rapid.T) commands.Reply {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "a\xff", "\n", `"\`, "<&>", "U0MIA"}))
	line := rapid.Custom(func(t *rapid.T) (line commands.Line) {
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			line = append(line, commands.Span{
				Text:    text.Draw(t, "text"),
				Style:   rapid.SampledFrom([]commands.Style{commands.Plain, commands.Strong, commands.Code, commands.Struck}).Draw(t, "style"),
				Member:  coaching.MemberID(text.Draw(t, "member")),
				Ping:    rapid.Bool().Draw(t, "ping"),
				Channel: coaching.ChannelID(text.Draw(t, "channel")),
			})
		}
		return line
	})
	lines := rapid.SliceOfN(line, 0, 4)
	reply := commands.Reply{Shared: rapid.Bool().Draw(t, "shared"), Replace: rapid.Bool().Draw(t, "replace")}
	for range rapid.IntRange(0, 6).Draw(t, "parts") {
		var checks commands.Checks
		var facts commands.Facts
		for _, line := range lines.Draw(t, "lines") {
			checks.Items = append(checks.Items, commands.Check{Done: len(line) == 1, Line: line, Hint: line})
			facts.Items = append(facts.Items, commands.Fact{Label: text.Draw(t, "label"), Value: line})
		}
		reply.Parts = append(reply.Parts, rapid.SampledFrom([]commands.Part{
			commands.Heading{Line: line.Draw(t, "heading")},
			commands.Text{Line: line.Draw(t, "text")},
			commands.List{Items: lines.Draw(t, "list")},
			checks, facts,
			commands.Meter{Share: rapid.Float64().Draw(t, "share"), Expected: rapid.Float64().Draw(t, "expected"), Label: line.Draw(t, "label")},
			commands.Note{Line: line.Draw(t, "note")},
			commands.Divider{},
		}).Draw(t, "part"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "buttons") {
		reply.Buttons = append(reply.Buttons, commands.Button{
			Label: text.Draw(t, "label"), Action: text.Draw(t, "action"), Value: text.Draw(t, "value"),
			Look: rapid.SampledFrom([]commands.Look{commands.Neutral, commands.Primary, commands.Danger}).Draw(t, "look"),
		})
	}
	return reply
}
