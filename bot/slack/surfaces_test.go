package slack_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/bot/sandbox"
	"github.com/smallwins/smallwins/bot/slack"
	"github.com/smallwins/smallwins/commands"
)

func TestPromptOpensAsAModalAndGoesOnInIt(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	typed := s.command()
	if body, err := (slack.Commands{App: s.app}).Render(nil, typed, step("1", "what")); err != nil || body != nil {
		t.Fatalf("Render() = %s, %v, want nothing, for the modal is opened by Finish", body, err)
	}
	if err := (slack.Commands{App: s.app}).Finish(t.Context(), typed, step("1", "what")); err != nil {
		t.Fatal(err)
	}
	form := s.inFront()
	sent := s.sends(sandbox.Fill{"what": {"revenue"}})
	if sent.Via != commands.ViaForm || sent.Action != commands.ActionAnswer || sent.Value != "d1:1" || sent.Answer("what") != "revenue" {
		t.Fatalf("sent %+v", sent)
	}
	respond := func(reply commands.Reply) {
		t.Helper()
		body, err := slack.Interactions{App: s.app}.Render(nil, sent, reply)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Respond(form.ID, body); err != nil {
			t.Fatal(err)
		}
	}
	wrong := step("1", "what")
	wrong.Prompt.Fields[0].Error = "Name one thing."
	respond(wrong)
	if got := s.inFront().Errors; len(got) != 1 {
		t.Errorf("errors %v", got)
	}
	respond(step("2", "target"))
	sent = s.sends(sandbox.Fill{"target": {"+3%"}})
	if sent.Value != "d1:2" || sent.Answer("target") != "+3%" {
		t.Errorf("sent %+v", sent)
	}
	view := s.inFront()
	back := s.presses(view, commands.ActionBack)
	if back.Action != commands.ActionBack || back.Value != "d1:2" || back.Via != commands.ViaButton {
		t.Errorf("pressed %+v", back)
	}
	s.finishes(back, step("1", "what"))
	if got := s.inFront(); got.PrivateMetadata != "d1:1" || got.ID != form.ID {
		t.Errorf("back leads to %+v", got)
	}
	sent = s.sends(sandbox.Fill{"what": {"demos"}})
	respond(says("#1 Demos is set."))
	if got := s.inFront(); got.Submit != "" || got.Close != "Close" || !strings.Contains(string(got.Blocks), "#1 Demos is set.") {
		t.Errorf("the end is %+v", got)
	}
}

func TestWindowIsClosedInTheLanguageOfItsReply(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	thai := step("1", "what")
	thai.Language = "th"
	s.finishes(s.command(), thai)
	if got := s.inFront(); got.Close != "ปิดหน้าต่าง" {
		t.Errorf("the window is closed by %q", got.Close)
	}
}

func TestPromptComesAsAMessageWhenTheTriggerIsTooOld(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	typed := s.command()
	s.later(5 * time.Second)
	if err := (slack.Commands{App: s.app}).Finish(t.Context(), typed, step("1", "what")); err != nil {
		t.Fatal(err)
	}
	if _, open := s.OpenView("U1"); open {
		t.Error("a modal was opened by an old trigger")
	}
	if got := s.lastResponse(); !strings.Contains(got, `"ask:what:d1:1"`) || !strings.Contains(got, "dialog_answer") || !strings.Contains(got, `"replace_original":false`) {
		t.Errorf("the response address got %s", got)
	}
	// What is answered in the message goes on in it.
	pressed := s.command()
	pressed.Via, pressed.Action, pressed.Value = commands.ViaButton, commands.ActionAnswer, "d1:1"
	next := step("2", "target")
	next.Replace = true
	s.finishes(pressed, next)
	if got := s.lastResponse(); !strings.Contains(got, `"ask:target:d1:2"`) || !strings.Contains(got, `"replace_original":true`) {
		t.Errorf("the response address got %s", got)
	}
	// Whoever wants it opened gets the modal.
	pressed = s.command()
	pressed.Via, pressed.Action = commands.ViaButton, commands.ActionOpen
	s.finishes(pressed, step("2", "target"))
	if got := s.inFront(); got.PrivateMetadata != "d1:2" {
		t.Errorf("opened %+v", got)
	}
}

func TestSlowFormIsAnsweredInItsModal(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	if err := (slack.Commands{App: s.app}).Finish(t.Context(), s.command(), step("1", "what")); err != nil {
		t.Fatal(err)
	}
	form := s.inFront()
	sent := s.sends(sandbox.Fill{"what": {"revenue"}})
	waiting := slack.Interactions{App: s.app}.Wait(sent)
	// The answer is there before Slack shows that it takes longer: it must not
	// be overwritten by that.
	tried, finished := make(chan struct{}), make(chan error, 1)
	s.Inject(sandbox.Fault{Kind: sandbox.FaultRefuse, Error: "not_found", Method: "views.update", Hit: func() { close(tried) }})
	go func() { finished <- slack.Interactions{App: s.app}.Finish(t.Context(), sent, step("2", "target")) }()
	<-tried
	if err := s.Respond(form.ID, waiting); err != nil {
		t.Fatal(err)
	}
	if err := <-finished; err != nil {
		t.Fatal(err)
	}
	if got := s.inFront(); got.PrivateMetadata != "d1:2" || got.ExternalID != "" {
		t.Errorf("the modal shows %+v", got)
	}
}

func TestAnswerFindsWhoHasClosedTheModal(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	if err := (slack.Commands{App: s.app}).Finish(t.Context(), s.command(), step("1", "what")); err != nil {
		t.Fatal(err)
	}
	view := s.inFront()
	back := s.presses(view, commands.ActionBack)
	s.CloseView("U1")
	s.finishes(back, says("Nothing was changed."))
	posts := s.Posted()
	if len(posts) != 1 || posts[0].Channel != sandbox.Direct("U1") || !strings.Contains(string(posts[0].Blocks), "Nothing was changed.") {
		t.Errorf("posted %+v", posts)
	}
}

func TestSecondPressChangesNothingThatIsNewer(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	if err := (slack.Commands{App: s.app}).Finish(t.Context(), s.command(), step("2", "what")); err != nil {
		t.Fatal(err)
	}
	view := s.inFront()
	first := s.presses(view, commands.ActionBack)
	second := s.presses(view, commands.ActionBack)
	s.finishes(first, step("1", "what"))
	s.finishes(second, says("That step is over."))
	if got := s.inFront(); got.PrivateMetadata != "d1:1" {
		t.Errorf("the modal shows %+v", got)
	}
}

func TestAPressInAModalThatBeginsSomethingElseLiesOnTop(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	done := says("#1 Demos is set.")
	done.Buttons = []commands.Button{{Label: "Plan it", Action: "goal_plan", Value: "#1"}}
	if err := (slack.Commands{App: s.app}).Finish(t.Context(), s.command(), step("1", "what")); err != nil {
		t.Fatal(err)
	}
	body, err := slack.Interactions{App: s.app}.Render(nil, s.sends(sandbox.Fill{"what": {"demos"}}), done)
	if err != nil {
		t.Fatal(err)
	}
	view := s.inFront()
	if err := s.Respond(view.ID, body); err != nil {
		t.Fatal(err)
	}
	view = s.inFront()
	s.finishes(s.presses(view, "goal_plan"), step("1", "succeeds"))
	if top := s.inFront(); top.ID == view.ID || top.PrivateMetadata != "d1:1" {
		t.Errorf("in front is %+v", top)
	}
	s.CloseView("U1")
	if below := s.inFront(); below.ID != view.ID {
		t.Errorf("below is %+v", below)
	}
}

func TestHomeIsPublishedAndPressedIn(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	events := slack.Events{App: s.app}
	opened, err := events.Decode([]byte(`{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"}}`), s.clock())
	if err != nil {
		t.Fatal(err)
	}
	page := says("Your goals")
	page.Buttons = []commands.Button{{Label: "New goal", Action: "goal_new"}, {Label: "Done 1", Action: "win_done", Value: "w1"}}
	if err := events.Finish(t.Context(), opened, page); err != nil {
		t.Fatal(err)
	}
	home, found := s.Home("U1")
	if !found || !strings.Contains(string(home.Blocks), "Your goals") {
		t.Fatalf("the page is %+v", home)
	}
	ticked := s.presses(home, "win_done")
	if ticked.Via != commands.ViaHome || ticked.Action != "win_done" || ticked.Value != "w1" {
		t.Errorf("pressed %+v", ticked)
	}
	s.finishes(ticked, says("One small win done."))
	if home, _ := s.Home("U1"); !strings.Contains(string(home.Blocks), "One small win done.") {
		t.Errorf("the page is %s", home.Blocks)
	}
	s.finishes(s.presses(home, "goal_new"), step("1", "what"))
	if got := s.inFront(); got.PrivateMetadata != "d1:1" {
		t.Errorf("opened %+v", got)
	}
	// Where the trigger is too old, the question comes in direct messages.
	asked := s.presses(home, "goal_new")
	s.later(5 * time.Second)
	s.finishes(asked, step("1", "what"))
	if posts := s.Posted(); len(posts) != 1 || posts[0].Channel != sandbox.Direct("U1") {
		t.Errorf("posted %+v", posts)
	}
}

func TestTalkStaysInTheDirectMessagesWhereItIsPressed(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	pressed := s.command()
	pressed.Via, pressed.Action, pressed.Value, pressed.ReplyTo = commands.ViaButton, commands.ActionAnswer, "d1:1", "talk:"+s.url+"/respond"
	s.finishes(pressed, step("2", "target"))
	got := s.lastResponse()
	if !strings.Contains(got, `"response_type":"in_channel"`) || !strings.Contains(got, "Step 2?") || !strings.Contains(got, `"block_id":"talk:`) {
		t.Errorf("the response address got %s", got)
	}
	// In a channel, direct messages between two people too, nobody else sees it.
	pressed.ReplyTo = s.url + "/respond"
	s.finishes(pressed, step("2", "target"))
	if got := s.lastResponse(); !strings.Contains(got, `"response_type":"ephemeral"`) {
		t.Errorf("the response address got %s", got)
	}
}

func TestDirectMessagesAreAnsweredWithTheEventsID(t *testing.T) {
	t.Parallel()
	s := newSurface(t)
	events := slack.Events{App: s.app}
	wrote, err := events.Decode([]byte(`{"type":"event_callback","team_id":"T1","event_id":"Ev7","event":{"type":"message","channel_type":"im","user":"U1","channel":"`+sandbox.Direct("U1")+`","text":"we want to grow MRR"}}`), s.clock())
	if err != nil {
		t.Fatal(err)
	}
	s.Inject(sandbox.Fault{Kind: sandbox.FaultTooMany, Method: "chat.postMessage", RetryAfter: time.Second})
	if err := events.Finish(t.Context(), wrote, step("2", "target")); err != nil {
		t.Fatal(err)
	}
	posts := s.Posted()
	if len(posts) != 1 || !strings.Contains(string(posts[0].Blocks), "Step 2?") || strings.Contains(string(posts[0].Blocks), `"input"`) {
		t.Fatalf("posted %+v", posts)
	}
	if s.CountByMetadata("request")["Ev7"] != 1 {
		t.Errorf("metadata %+v", posts[0].Metadata)
	}
	if err := events.Finish(t.Context(), wrote, commands.Reply{}); err != nil || len(s.Posted()) != 1 {
		t.Errorf("an empty reply: %v, %d posts", err, len(s.Posted()))
	}
}
