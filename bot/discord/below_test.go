package discord

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func TestAnswerRepliesToThePostAbove(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	above := w.Send(t.Context(), aPost)
	answer := aPost
	answer.Key, answer.Under = "answer", above.Receipt
	if outcome := w.Send(t.Context(), answer); outcome.Result != coaching.Delivered {
		t.Fatalf("outcome %+v", outcome)
	}
	answer.Key, answer.Under = "answer to what is gone", "1457510428359004999"
	if outcome := w.Send(t.Context(), answer); outcome.Result != coaching.Delivered {
		t.Fatalf("outcome %+v", outcome)
	}
	posted := w.discord.Posted()
	if len(posted) != 3 || posted[1].Reply != above.Receipt || posted[2].Reply != "" {
		t.Errorf("posted %+v", posted)
	}
}

func TestMemberIsToldAlone(t *testing.T) {
	t.Parallel()
	const mia = "1033044521375764530"
	w := newWorld(t, nil)
	post := aPost
	post.Channel, post.Member = "", mia
	post.Reply.Parts = append(post.Reply.Parts[:len(post.Reply.Parts):len(post.Reply.Parts)], commands.Row{Buttons: []commands.Button{{Label: "On track", Action: "checkin_answer"}}})
	post.Reply.Buttons = []commands.Button{{Label: "My goals", Action: "checkin_own"}}
	if _, found, err := w.Sent(t.Context(), post); found || err != nil {
		t.Errorf("before anything was said: %v %v", found, err)
	}
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultLost, Method: "messages.create"})
	if outcome := w.Send(t.Context(), post); outcome.Result != coaching.Lost {
		t.Fatalf("outcome %+v", outcome)
	}
	posted := w.discord.Posted()
	if len(posted) != 1 || posted[0].Channel != sandbox.DiscordDirectChannel(mia) {
		t.Fatalf("posted %+v", posted)
	}
	if receipt, found, err := w.Sent(t.Context(), post); !found || err != nil || receipt != posted[0].ID {
		t.Errorf("looking for it gives %q %v %v", receipt, found, err)
	}
}

func TestMemberWhoTakesNoMessagesIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	post := aPost
	post.Channel, post.Member = "", "1033044521375764530"
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Method: "messages.create", Error: "50007"})
	want := coaching.Outcome{Result: coaching.Hopeless, Reason: "direct_messages_closed"}
	if got := w.Send(t.Context(), post); got != want {
		t.Errorf("outcome %+v, want %+v", got, want)
	}
	// Where the channel cannot be opened just now, nothing was posted.
	w.discord.Inject(sandbox.Fault{Kind: sandbox.FaultLost, Method: "direct.create"})
	if got := w.Send(t.Context(), post); got.Result != coaching.Refused {
		t.Errorf("outcome %+v, want it refused", got)
	}
}

func TestRowsStandAmongTheParts(t *testing.T) {
	t.Parallel()
	line := func(text string) commands.Text { return commands.Text{Line: words(text)} }
	var parts []commands.Part
	for _, goal := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		row := commands.Row{}
		for _, mood := range []string{"on_track", "at_risk", "blocked", "note", "log"} {
			row.Buttons = append(row.Buttons, commands.Button{Label: mood, Action: "checkin_answer", Value: mood + " " + goal})
		}
		parts = append(parts, line("Goal "+goal), row)
	}
	w := newWorld(t, nil)
	post := aPost
	post.Reply = commands.Reply{Parts: parts}
	// The stand-in refuses a message of more than forty components.
	if outcome := w.Send(t.Context(), post); outcome.Result != coaching.Delivered {
		t.Fatalf("outcome %+v", outcome)
	}
	body := string(w.discord.Posted()[0].Body)
	first, second, row := strings.Index(body, "Goal 1"), strings.Index(body, "Goal 2"), strings.Index(body, "checkin_answer|on_track 1")
	if first < 0 || row < first || second < row || !strings.Contains(body, "Goal 7") {
		t.Errorf("the buttons of the first goal do not stand below it, or a goal is missing: %s", body)
	}
}
