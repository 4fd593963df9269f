package sandbox

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// flat writes prose so that a table can hold it: * bold, _ italic, ~ strike,
// ` code, [mention], {broadcast}, (text→link).
func flat(all prose) string {
	var out strings.Builder
	for i, paragraph := range all {
		if i > 0 {
			out.WriteString("¶")
		}
		if paragraph.Kind != "p" {
			out.WriteString(paragraph.Kind + ":")
		}
		for _, span := range paragraph.Spans {
			text := span.Text
			switch {
			case span.Href != "":
				text = "(" + text + "→" + span.Href + ")"
			case span.Class == "mention":
				text = "[" + text + "]"
			case span.Class == "broadcast":
				text = "{" + text + "}"
			}
			for _, mark := range []struct {
				on   bool
				text string
			}{{span.Code, "`"}, {span.Strike, "~"}, {span.Italic, "_"}, {span.Bold, "*"}} {
				if mark.on {
					text = mark.text + text + mark.text
				}
			}
			out.WriteString(text)
		}
	}
	return out.String()
}

var testNames = directory{bot: BotUser, team: Team{
	Zone:     "UTC",
	Members:  []Member{{ID: "U1", Name: "Mali Srisai"}},
	Channels: []Channel{{ID: "C1", Name: "sales"}},
}}

func TestMrkdwnIsReadAsSlackReadsIt(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"plain", "plain"},
		{"*bold* and _italic_ and ~gone~", "*bold* and _italic_ and ~gone~"},
		{"*bold _both_*", "*bold **_both_*"},
		{"2*3*4 and snake_case_name", "2*3*4 and snake_case_name"},
		{"* not bold *", "* not bold *"},
		{"*over\nlines*", "*over\nlines*"},
		{"`*code* &lt;b&gt;`", "`*code* <b>`"},
		{"a &lt; b &amp;amp; c", "a < b &amp; c"},
		{"<@U1> <@U9|kim> <@U9>", "[@Mali Srisai] [@kim] [@U9]"},
		{"<#C1> <#C9|old>", "[#sales] [#old]"},
		{"<!channel> <!here|here>", "{@channel} {@here}"},
		{"<https://example.com?a=1&amp;b=2|site> <mailto:a@b.c>", "(site→https://example.com?a=1&b=2) (mailto:a@b.c→mailto:a@b.c)"},
		{"<javascript:alert(1)|x> <b> < <", "<javascript:alert(1)|x> <b> < <"},
		{"&gt; quoted\n&gt; more\nnot", "quote:quoted\nmore¶not"},
		{"see\n```a *b*\n&lt;c&gt;```\nend", "see¶pre:a *b*\n<c>¶end"},
		{"```open", "```open"},
		{"done :tada: at 10:30:00 :unknown:", "done 🎉 at 10:30:00 :unknown:"},
		{"<!date^1^{date}|today>", "today"},
		{"*ไทย* ๓๐", "*ไทย* ๓๐"},
	}
	for _, test := range tests {
		if got := flat(mrkdwn(test.text, testNames)); got != test.want {
			t.Errorf("%q:\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestMrkdwnNeverLosesEscapedText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Without marks that style, what was escaped comes back as it was.
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab <>&;!@#|ก\"'/")), 0, 60, -1).Draw(t, "text")
		got := ""
		for _, paragraph := range mrkdwn("x"+escape(text), testNames) {
			for _, span := range paragraph.Spans {
				if span.Href != "" || span.Class != "" {
					t.Fatalf("%q acts: %+v", text, span)
				}
				got += span.Text
			}
		}
		if got != "x"+text {
			t.Fatalf("got %q, want %q", got, "x"+text)
		}
	})
}

func TestAnyMarkupIsReadWithoutFailing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("a *_~`<>|@#!&;:\nกé")), 0, 200, -1).Draw(t, "text")
		for _, paragraph := range mrkdwn(text, testNames) {
			for _, span := range paragraph.Spans {
				if span.Text == "" {
					t.Fatalf("an empty span in %+v", paragraph)
				}
			}
		}
	})
}
