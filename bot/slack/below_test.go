package slack_test

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// checkIn is a post with two rows of buttons among its parts, and one below.
func checkIn(key string) commands.Post {
	row := func(value string) commands.Row {
		return commands.Row{Buttons: []commands.Button{
			{Label: "On track", Action: "checkin_answer", Value: "on_track " + value}, {Label: "Blocked", Action: "checkin_answer", Value: "blocked " + value},
		}}
	}
	line := func(text string) commands.Text { return commands.Text{Line: commands.Line{{Text: text}}} }
	return commands.Post{Key: key, Workspace: "slack:T1", Channel: "C1", Reply: commands.Reply{
		Parts:   []commands.Part{line("Demos"), row("1"), line("Calls"), row("2")},
		Buttons: []commands.Button{{Label: "My goals", Action: "checkin_own"}},
	}}
}

func TestAnswerIsPostedBelowAndFoundThere(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	above := s.app.Send(t.Context(), checkIn("above"))
	if above.Result != coaching.Delivered {
		t.Fatalf("the check-in: %+v", above)
	}
	answer := checkIn("below")
	answer.Under = above.Receipt
	s.Inject(sandbox.Fault{Kind: sandbox.FaultLost, Method: "chat.postMessage"})
	if outcome := s.app.Send(t.Context(), answer); outcome.Result != coaching.Lost {
		t.Fatalf("the answer: %+v", outcome)
	}
	posted := s.Posted()
	if len(posted) != 2 || posted[1].Thread != above.Receipt {
		t.Fatalf("posted %+v", posted)
	}
	receipt, found, err := s.app.Sent(t.Context(), answer)
	if !found || err != nil || receipt != posted[1].TS {
		t.Errorf("looking for it gives %q %v %v", receipt, found, err)
	}
	other := answer
	other.Key = "another"
	if _, found, err := s.app.Sent(t.Context(), other); found || err != nil {
		t.Errorf("another answer is found: %v %v", found, err)
	}
}

func TestMemberIsToldAlone(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	post := checkIn("alone")
	post.Channel, post.Member = "", "U1"
	s.Inject(sandbox.Fault{Kind: sandbox.FaultLost, Method: "chat.postMessage"})
	if outcome := s.app.Send(t.Context(), post); outcome.Result != coaching.Lost {
		t.Fatalf("outcome %+v", outcome)
	}
	posted := s.Posted()
	if len(posted) != 1 || posted[0].Channel != sandbox.Direct("U1") {
		t.Fatalf("posted %+v", posted)
	}
	// What is pressed in direct messages is answered there.
	if rows := strings.Count(string(posted[0].Blocks), `"block_id":"talk:`); rows != 3 {
		t.Errorf("%d rows are marked, want 3: %s", rows, posted[0].Blocks)
	}
	if receipt, found, err := s.app.Sent(t.Context(), post); !found || err != nil || receipt != posted[0].TS {
		t.Errorf("looking for it gives %q %v %v", receipt, found, err)
	}
	post.Member = "U9"
	if outcome := s.app.Send(t.Context(), post); outcome.Result != coaching.Hopeless {
		t.Errorf("to somebody who is not there: %+v", outcome)
	}
}
