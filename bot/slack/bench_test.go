package slack

import (
	"testing"
	"time"

	"github.com/smallwins/smallwins/commands"
)

// typicalReply is what progress on a goal says: eight parts and two buttons.
func typicalReply() commands.Reply {
	return commands.Reply{
		Parts: []commands.Part{
			commands.Heading{Line: commands.Line{{Text: "#12 Q2 recurring revenue"}}},
			commands.Text{Line: commands.Line{{Text: "You are "}, {Text: "ahead", Style: commands.Strong}, {Text: " of where this goal normally is by now."}}},
			commands.Meter{Share: 0.64, Expected: 0.58, Label: commands.Line{{Text: "$64,000 of $100,000"}}},
			commands.Facts{Items: []commands.Fact{
				{Label: "So far", Value: commands.Line{{Text: "$64,000"}}},
				{Label: "Expected by now", Value: commands.Line{{Text: "$58,000"}}},
				{Label: "Needed a day", Value: commands.Line{{Text: "$1,800"}}},
				{Label: "Working days left", Value: commands.Line{{Text: "20"}}},
			}},
			commands.Divider{},
			commands.Checks{Items: []commands.Check{
				{Done: true, Line: commands.Line{{Text: "Call five customers"}}},
				{Line: commands.Line{{Text: "Renew Acme & Söhne"}}, Hint: commands.Line{{Text: "due on Friday"}}},
			}},
			commands.List{Items: []commands.Line{
				{{Text: "Yesterday "}, {Text: "Mia", Member: "U0MIA"}, {Text: " closed two renewals"}},
				{{Text: "Post wins in "}, {Text: "sales", Channel: "C0SALES"}},
			}},
			commands.Note{Line: commands.Line{{Text: "Log more with "}, {Text: "/goal log +3", Style: commands.Code}}},
		},
		Buttons: []commands.Button{
			{Label: "Log progress", Action: "log", Value: "12", Look: commands.Primary},
			{Label: "Undo", Action: "undo", Value: "12", Look: commands.Danger},
		},
	}
}

func BenchmarkRender(b *testing.B) {
	app, err := New(Config{SigningSecret: exampleSecret})
	if err != nil {
		b.Fatal(err)
	}
	reply := typicalReply()
	var body []byte
	b.ReportAllocs()
	for b.Loop() {
		if body, err = (Commands{app}).Render(body[:0], commands.Request{}, reply); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeCommand(b *testing.B) {
	app, err := New(Config{SigningSecret: exampleSecret})
	if err != nil {
		b.Fatal(err)
	}
	body := []byte(exampleBody)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Commands{app}).Decode(body, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodePress(b *testing.B) {
	app, err := New(Config{SigningSecret: exampleSecret})
	if err != nil {
		b.Fatal(err)
	}
	body := []byte(pressBody(pressPayload))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := (Interactions{app}).Decode(body, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}
