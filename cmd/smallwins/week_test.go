package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// Everybody in the week's team: Mai leads it.
var weekPeople = []string{"mai", "nok", "ben", "art", "lek", "pim"}

// week is a team's week on one platform: a whole program without its server, with
// time passed in, and what the team reads.
type week struct {
	testing.TB
	app       *App
	clock     *testClock
	workspace coaching.WorkspaceID
	channel   coaching.ChannelID
	members   map[string]coaching.MemberID
	// posts are all that stands at the platform, oldest first.
	posts func() []seenPost
	seen  int
	asked int
	heard bytes.Buffer
	last  []seenPost
}

// seenPost is a post as a reader sees it.
type seenPost struct {
	// where is the channel, or whose direct messages; below is set for an answer
	// to another post.
	where string
	below bool
	text  string
	// buttons are those that can be pressed, by their labels.
	buttons []seenButton
}

type seenButton struct{ label, action, value string }

// bangkok is where the team works.
var bangkok = time.FixedZone("+07", 7*60*60)

// at lets the time pass until a clock in Bangkok shows the time, day by day and
// half an hour at a time, with the scheduler's two jobs.
func (w *week) at(text string) {
	w.Helper()
	until, err := time.ParseInLocation("2006-01-02 15:04", text, bangkok)
	if err != nil {
		w.Fatal(err)
	}
	const step = 30 * time.Minute
	for now := w.clock.Now().Truncate(step).Add(step); !now.After(until); now = now.Add(step) {
		w.clock.Set(now)
		w.works()
	}
}

// works decides what is due and sends it, and notes what is new to read.
func (w *week) works() {
	w.Helper()
	if err := w.app.router.Tick(w.Context(), w.clock.Now()); err != nil {
		w.Fatal(err)
	}
	// A channel bears a post a second or so.
	const rounds = 10
	for range rounds {
		if _, err := w.app.posts.Round(w.Context()); err != nil {
			w.Fatal(err)
		}
		w.clock.Set(w.clock.Now().Add(2 * time.Second))
	}
	all := w.posts()
	// Posts of the same minute to different places are in no order.
	slices.SortStableFunc(all[w.seen:], func(a, b seenPost) int { return strings.Compare(a.where, b.where) })
	for _, post := range all[w.seen:] {
		below := ""
		if post.below {
			below = ", below the check-in"
		}
		fmt.Fprintf(&w.heard, "=== %s, %s%s\n%s\n", w.clock.Now().In(bangkok).Format("Mon 2 Jan 15:04"), post.where, below, post.text)
	}
	w.last, w.seen = all, len(all)
}

// does carries out a request and notes that somebody asked for it.
func (w *week) does(who, note string, request commands.Request) commands.Reply {
	w.Helper()
	w.asked++
	w.clock.Set(w.clock.Now().Add(time.Minute))
	request.ID, request.Workspace = fmt.Sprint("w", w.asked), w.workspace
	if request.Channel == "" {
		request.Channel = w.channel
	}
	request.Member, request.MemberName, request.Received = w.members[who], who, w.clock.Now()
	reply, err := w.app.router.Handle(w.Context(), request)
	if err != nil {
		w.Fatalf("%s %s: %v", who, note, err)
	}
	if note != "" {
		fmt.Fprintf(&w.heard, "--- %s %s\n\n", who, note)
	}
	return reply
}

// types sends a command.
func (w *week) types(who, text string) {
	w.Helper()
	request := commands.Request{Text: text, Channels: []coaching.ChannelID{w.channel}}
	for name, id := range w.members {
		if strings.Contains(request.Text, "@"+name) {
			request.Text = strings.ReplaceAll(request.Text, "@"+name, "@"+string(id))
			request.Mentions = append(request.Mentions, id)
		}
	}
	request.Text = strings.ReplaceAll(request.Text, "#sales", "#"+string(w.channel))
	w.does(who, "types /goal "+text, request)
}

// presses presses a button of the latest post that has it, after the mark in its
// text that the button stands below.
func (w *week) presses(who, label string) commands.Reply {
	w.Helper()
	for _, post := range slices.Backward(w.last) {
		for _, button := range post.buttons {
			if button.label == label && post.where == "#sales" {
				return w.does(who, "presses "+label, commands.Request{Via: commands.ViaButton, Action: button.action, Value: button.value})
			}
		}
	}
	w.Fatalf("nothing has a button %q", label)
	return commands.Reply{}
}

// pressesIn presses a button of an answer that only they see.
func (w *week) pressesIn(who string, reply commands.Reply, label string) commands.Reply {
	w.Helper()
	buttons := slices.Clone(reply.Buttons)
	for _, part := range reply.Parts {
		if row, ok := part.(commands.Row); ok {
			buttons = append(buttons, row.Buttons...)
		}
	}
	for _, button := range buttons {
		if button.Label == label {
			return w.does(who, "presses "+label, commands.Request{Via: commands.ViaButton, Action: button.Action, Value: button.Value})
		}
	}
	w.Fatalf("%s has no button %q: %+v", who, label, buttons)
	return commands.Reply{}
}

// fills sends the form that is asked.
func (w *week) fills(who string, asked commands.Reply, answers map[string][]string) {
	w.Helper()
	if asked.Prompt == nil {
		w.Fatalf("%s is not asked anything: %+v", who, asked)
	}
	w.does(who, fmt.Sprint("answers ", strings.Join(answers["note"], "")), commands.Request{
		Via: commands.ViaForm, Action: commands.ActionAnswer, Value: asked.Prompt.Token, Answers: answers,
	})
}

// keeps keeps a figure of the past.
func (w *week) keeps(observation coaching.Observation) {
	w.Helper()
	if err := w.app.store.SaveObservation(w.Context(), w.workspace, observation); err != nil {
		w.Fatal(err)
	}
}

// sets keeps a goal of the team, or of a member, that was set on its first day.
func (w *week) sets(kind coaching.Kind, owner, title, target string, span coaching.Span, day string) {
	w.Helper()
	date, err := coaching.ParseDate(day)
	if err != nil {
		w.Fatal(err)
	}
	period := coaching.PeriodOf(span, date)
	goal, err := coaching.NewGoal(coaching.Goal{
		Workspace: w.workspace, Title: title, Kind: kind, Owner: w.members[owner],
		Period: period, Focus: true,
		Size:      coaching.Size{Form: coaching.Absolute, Value: decimal.RequireFromString(target)},
		CreatedBy: w.members["mai"], CreatedAt: period.From.In(bangkok), ChangedAt: period.From.In(bangkok),
	})
	if err != nil {
		w.Fatal(err)
	}
	if _, _, err := w.app.store.CreateGoal(w.Context(), goal, title); err != nil {
		w.Fatal(err)
	}
}

// TestWeekOfATeam lives through a week with a holiday, somebody away, a snooze, a
// missed milestone, applause, a check-in that one does not answer, its digest, a
// goal that was missed and one that was met, and compares what the team reads on
// each platform with the golden files.
func TestWeekOfATeam(t *testing.T) {
	t.Parallel()
	for _, platform := range []string{"slack", "discord"} {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			clock := &testClock{now: time.Date(2026, time.March, 20, 14, 0, 0, 0, bangkok)}
			w := newWeek(t, platform, clock)
			w.lives()
			golden(t, "week_"+platform+".txt", "Week", w.heard.String())
		})
	}
}

func (w *week) lives() {
	w.sets(coaching.Meetings, "", "Demos with new customers", "80", coaching.Month, "2026-03-01")
	w.sets(coaching.Calls, "nok", "Calls to old customers", "200", coaching.Month, "2026-03-01")
	w.sets(coaching.Calls, "ben", "First calls", "300", coaching.Month, "2026-03-01")
	w.sets(coaching.Emails, "", "Follow-up mails", "60", coaching.Week, "2026-03-16")
	w.sets(coaching.Emails, "ben", "Mails to partners", "40", coaching.Week, "2026-03-16")
	w.sets(coaching.Emails, "", "Thank-you mails", "50", coaching.Week, "2026-03-23")
	for i, value := range []int64{38, 41, 44, 40, 47, 45, 52, 49, 55} {
		week := coaching.PeriodOf(coaching.Week, coaching.Date{Year: 2026, Month: time.January, Day: 12}.AddDays(7*i))
		w.keeps(coaching.Observation{Kind: coaching.Emails, Period: week, Value: decimal.NewFromInt(value)})
	}
	for _, text := range []string{
		"settings zone Asia/Bangkok", "settings holiday 2026-03-25", "settings nudge 09:00 Mon-Fri #sales",
		"settings checkin 10:00 Thu #sales", "settings review 09:30 Mon-Fri #sales",
	} {
		w.types("mai", text)
	}
	for _, log := range []struct{ who, text string }{
		{"nok", "log #1 +24"},
		{"art", "log #1 +9"},
		{"lek", "log #1 +5"},
		{"pim", "log #1 +2"},
		{"nok", "log #2 +160"},
		{"ben", "log #3 +90"},
		{"lek", "log #4 +41"},
		{"nok", "log #4 +22"},
		{"ben", "log #5 +31"},
	} {
		w.types(log.who, log.text)
	}
	w.types("ben", "settings my nudge 08:30")
	w.types("pim", "away 2026-03-26 2026-03-27")
	w.at("2026-03-23 11:00")
	w.presses("ben", "👏 nok +160 calls")
	w.presses("art", "👏 nok +160 calls")
	w.presses("nok", "👏 lek +41 e-mails")
	w.presses("nok", "👏 lek +41 e-mails") // counts once
	w.types("ben", "snooze 2026-03-26")
	w.types("nok", "plan #1")
	w.types("nok", "done 1")
	w.types("art", "log #1 +3")
	w.at("2026-03-24 15:00")
	w.types("lek", "log #6 +30 to all of last quarter")
	w.at("2026-03-26 11:00")
	w.pressesIn("nok", w.presses("nok", "My goals"), "On track")
	w.fills("ben", w.pressesIn("ben", w.presses("ben", "My goals"), "Add a note"),
		map[string][]string{"mood": {"at_risk"}, "note": {"Half of the list is on holiday until April."}})
	w.fills("art", w.presses("art", "Add a note"), map[string][]string{"mood": {"blocked"}, "note": {"The demo account has expired."}})
	w.at("2026-03-27 18:00")
}

func newWeek(t *testing.T, platform string, clock *testClock) *week {
	t.Helper()
	w := &week{TB: t, clock: clock, members: make(map[string]coaching.MemberID)}
	var config Config
	if platform == "slack" {
		config = w.onSlack(t)
	} else {
		config = w.onDiscord(t)
	}
	var err error
	if w.app, err = NewApp(t.Context(), config, testParts(clock.Now)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.app.store.Close(context.Background()) })
	_, err = w.app.store.ChangeWorkspace(t.Context(), w.workspace, func(workspace coaching.Workspace) (coaching.Workspace, error) {
		workspace.Managers = []coaching.MemberID{w.members["mai"]}
		return workspace, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, id := range w.members {
		member := coaching.Member{Workspace: w.workspace, ID: id, Name: name, Locale: "en", Zone: "Asia/Bangkok"}
		if err := w.app.store.SaveMember(t.Context(), member); err != nil {
			t.Fatal(err)
		}
	}
	return w
}
