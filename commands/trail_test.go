package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// later lets a minute pass, so that what comes next is the latest.
func (o *office) later() { o.now = o.now.Add(time.Minute) }

func TestShowTellsTheLatestChangesAndTheButtonAll(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	o.sets(coaching.Calls, nok, "Own calls", coaching.Month, "2026-10-01", "100")
	if text := o.reads(nok, "show #1"); strings.Contains(text, "Latest changes") {
		t.Errorf("nothing was changed:\n%s", text)
	}
	for _, text := range []string{"edit #1 target 120 because two reps joined", "park #1 on holiday", "focus #1", "plan #1 hiccup nobody picks up"} {
		o.reads(nok, text)
		o.later()
	}
	reply, err := o.types(nok, "show #1")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Latest changes:",
		"- 20 Oct  nok: Plan. what hiccups: nobody picks up",
		"- 20 Oct  nok: state: parked → active · in focus",
		"- 20 Oct  nok: state: active → parked (on holiday)",
		"<All changes>")
	if listed := strings.Count(wordsOf(reply), "- 20 Oct  nok:"); listed != 3 {
		t.Errorf("%d changes are listed, want the latest three:\n%s", listed, wordsOf(reply))
	}
	last := reply.Buttons[len(reply.Buttons)-1]
	all, err := o.ask(commands.Request{Member: nok, Via: commands.ViaButton, Action: last.Action, Value: last.Value})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(all), "# Changes of #1 Own calls", "(on holiday)", "- 20 Oct  nok: target: 100 calls → 120 calls (two reps joined)")
	if typed := o.reads(nok, "show #1 changes"); typed != wordsOf(all) {
		t.Errorf("typed it is\n%s\nand by the button\n%s", typed, wordsOf(all))
	}
}

func TestRepeatedRequestLeavesOneTrace(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	o.sets(coaching.Calls, nok, "Own calls", coaching.Month, "2026-10-01", "100")
	o.logs(coaching.Goal{Number: 1}, nok, "2026-10-19", "3")
	for i, text := range []string{"park #1 on holiday", "focus #1", "plan #1 hiccup nobody picks up", "undo", "close #1 done"} {
		before := o.traces(coaching.SubjectGoal(1))
		for range 3 {
			if _, err := o.router.Handle(t.Context(), commands.Request{
				ID: fmt.Sprint("same", i), Workspace: officeID, Channel: "C1", Member: nok, MemberName: "nok", Received: o.now, Text: text,
			}); err != nil {
				t.Fatal(text, err)
			}
		}
		if after := o.traces(coaching.SubjectGoal(1)); len(after) != len(before)+1 {
			t.Errorf("%s left %d traces, want one: %+v", text, len(after)-len(before), after)
		}
		o.later()
	}
	for range 2 {
		_, err := o.router.Handle(t.Context(), commands.Request{
			ID: "denied", Workspace: officeID, Channel: "C1", Member: ploy, Received: o.now, Text: "focus #1",
		})
		if coaching.CodeOf(err) != coaching.Forbidden {
			t.Fatal(err)
		}
	}
	if left := o.traces(coaching.SubjectRefused); len(left) != 1 {
		t.Errorf("one attempt left %+v", left)
	}
}

func (o *office) traces(subject coaching.Subject) []coaching.Trace {
	o.Helper()
	found, err := o.store.Traces(o.Context(), officeID, subject, 100)
	if err != nil {
		o.Fatal(err)
	}
	return found
}

func TestGoalThatIsCreatedBeginsItsTrail(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	reply, err := o.types(nok, "new private 20 demos this month")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Seen by: you and managers", "<Create goal>")
	for range 2 {
		if _, err := o.ask(commands.Request{Member: nok, Action: reply.Buttons[0].Action, Value: reply.Buttons[0].Value}); err != nil {
			t.Fatal(err)
		}
	}
	traces := o.traces(coaching.SubjectGoal(1))
	if len(traces) != 1 || traces[0].Kind != coaching.TraceCreated || traces[0].Member != nok {
		t.Fatalf("%+v", traces)
	}
	wants(t, o.reads(nok, "show #1 changes"), "nok: Set. name: Demos · target: 20 demos", "private")
	// Its owner and managers see it, others do not even hear of it.
	wants(t, o.reads(nok, "list"), "#1 Demos", "private")
	wants(t, o.reads(lin, "list all"), "#1 Demos", "private", "nok")
	wants(t, o.reads(lin, "team"), "#1 Demos")
	o.refuses(ploy, "show #1", "goal_unknown")
	o.refuses(ploy, "progress demos", "goal_unknown")
	for _, text := range []string{"list all", "team", "list @U0NOK"} {
		reply, err := o.ask(commands.Request{Member: ploy, Text: text, Mentions: []coaching.MemberID{nok}})
		if err != nil || strings.Contains(wordsOf(reply), "Demos") {
			t.Errorf("%s tells ploy, %v:\n%s", text, err, wordsOf(reply))
		}
	}
	o.refuses(lin, "new private we will make 200 calls this month", "private_team")
}

func TestSettingsAreInTheTrailWithWhatTheyWere(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	ask := func(text string, mentions ...coaching.MemberID) {
		t.Helper()
		_, err := o.ask(commands.Request{Member: lin, Text: "settings " + text, Mentions: mentions, Channels: []coaching.ChannelID{"C9"}})
		if err != nil {
			t.Fatal(text, err)
		}
		o.later()
	}
	ask("zone Asia/Bangkok")
	ask("zone Asia/Bangkok") // changes nothing
	ask("costs salaries 20k overhead 5k")
	ask("holiday 2026-12-31")
	ask("nudge 09:00 Mon-Fri #C9")
	ask("nudge 10:30 #C9")
	ask("rep @U0NOK 2026-01-05", nok)
	ask("nudge off #C9")
	ask("managers @U0NOK", nok)
	wants(t, o.reads(nok, "settings changes"), "# Changes of the settings",
		"lin: managers: lin → lin, nok",
		"lin: daily nudge: no longer #C9 Mon–Fri 10:30 Asia/Bangkok",
		"lin: team list: nok, since 5 Jan",
		"lin: daily nudge: #C9 Mon–Fri 09:00 Asia/Bangkok → #C9 Mon–Fri 10:30 Asia/Bangkok",
		"lin: daily nudge: #C9 Mon–Fri 09:00 Asia/Bangkok\n",
		"lin: holidays: 31 Dec",
		"lin: salaries: $20,000 · overhead: $5,000",
		"lin: time zone: UTC → Asia/Bangkok")
	if traces := o.traces(coaching.SubjectSettings); len(traces) != 8 {
		t.Errorf("%d traces, want 8: %+v", len(traces), traces)
	}
}

func TestReviewIsInTheTrail(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-05 09:00")
	goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-09-01", "100")
	o.logs(goal, nok, "2026-09-20", "110")
	o.reads(nok, "review #1 call earlier")
	o.later()
	o.reads(nok, "review #1 and more often")
	wants(t, o.reads(nok, "show #1 changes"),
		"nok: Review. lessons: and more often",
		"nok: Review. result: met · final figure: 110 calls · lessons: call earlier")
}

// TestGoalThatBecamePrivateIsNotPosted hides a goal after a nudge about it was
// decided and before it is sent.
func TestGoalThatBecamePrivateIsNotPosted(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	goal := o.sets(coaching.Calls, nok, "Own calls", coaching.Month, "2026-10-01", "100")
	delivery := coaching.Delivery{
		ID: "d", Workspace: officeID, Channel: "C1",
		Notices: []coaching.Notice{coaching.Nudge{
			Date: coaching.DateOf(o.now), Since: coaching.DateOf(o.now).AddDays(-1),
			Wins:  []coaching.Win{{Entry: coaching.Entry{Member: nok, Name: "nok", Amount: goal.Size.Value}, Goal: goal}},
			Goals: []coaching.Standing{{Goal: goal, Progress: coaching.Progress{Value: goal.Size.Value}}},
		}},
	}
	post, err := o.router.Word(t.Context(), delivery)
	if err != nil || !strings.Contains(wordsOf(post.Reply), "Own calls") {
		t.Fatalf("%v:\n%s", err, wordsOf(post.Reply))
	}
	(&victims{office: o}).makePrivate(&goal)
	if post, err = o.router.Word(t.Context(), delivery); err != nil || strings.Contains(wordsOf(post.Reply), "calls") {
		t.Errorf("%v:\n%s", err, wordsOf(post.Reply))
	}
}
