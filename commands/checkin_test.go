package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// checksIn holds a check-in in the office's channel on a Thursday at ten, as the
// scheduler would, and returns its delivery, posted.
func (o *office) checksIn() coaching.Delivery {
	o.Helper()
	o.typesIn(lin, "settings checkin 10:00 Thu #C0SALES")
	o.now = time.Date(2026, time.October, 22, 10, 0, 0, 0, time.UTC)
	o.ticksNow()
	delivery, err := o.store.Delivery(o.Context(), string(officeID)+"/checkin/C0SALES/2026-10-22")
	if err != nil {
		o.Fatal(err)
	}
	delivery.State, delivery.Receipt = coaching.Sent, "1700000000.000100"
	if delivery, err = o.store.SaveDelivery(o.Context(), delivery); err != nil {
		o.Fatal(err)
	}
	o.now = o.now.Add(30 * time.Minute)
	return delivery
}

// typesIn is types for what must succeed, in the office's channel.
func (o *office) typesIn(who coaching.MemberID, text string) {
	o.Helper()
	if _, err := o.ask(commands.Request{Member: who, Text: text, Channels: []coaching.ChannelID{"C0SALES"}}); err != nil {
		o.Fatalf("%s: %v", text, err)
	}
}

// worded is what a delivery says, and the post.
func (o *office) worded(id string) (string, commands.Post) {
	o.Helper()
	delivery, err := o.store.Delivery(o.Context(), id)
	if err != nil {
		o.Fatal(err)
	}
	post, err := o.router.Word(o.Context(), delivery)
	if err != nil {
		o.Fatal(err)
	}
	return wordsOf(post.Reply), post
}

func (o *office) pressesOn(who coaching.MemberID, action, value string) (commands.Reply, error) {
	return o.ask(commands.Request{Member: who, Via: commands.ViaButton, Action: action, Value: value})
}

// newCheckIn is an office in October with a goal of the team's that nok works on,
// one of ploy's own that is far behind, and one of nok's that nobody may know of.
func newCheckIn(t *testing.T) (*office, coaching.Delivery) {
	t.Helper()
	o := newOffice(t, "2026-10-20 09:00")
	team := o.sets(coaching.Meetings, "", "Demos", coaching.Month, "2026-10-01", "80")
	hers := o.sets(coaching.Calls, ploy, "Her calls", coaching.Month, "2026-10-01", "100")
	secret := o.sets(coaching.Calls, nok, "Secret deal", coaching.Month, "2026-10-01", "50")
	secret.Private = true
	if _, _, err := o.store.EditGoal(o.Context(), officeID, secret.Number, "e", func(coaching.Goal) (coaching.Goal, error) { return secret, nil }); err != nil {
		o.Fatal(err)
	}
	o.logs(team, nok, "2026-10-19", "12")
	o.logs(hers, ploy, "2026-10-19", "3")
	return o, o.checksIn()
}

func TestChannelHearsNothingOfWhatGoesBadlyForAMember(t *testing.T) {
	t.Parallel()
	o, delivery := newCheckIn(t)
	text, _ := o.worded(delivery.ID)
	wants(t, text, "Weekly check-in", "#1 Demos", "12 of 80 meetings", "Next milestone")
	for _, hidden := range []string{"Her calls", "Secret"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the channel hears of %q:\n%s", hidden, text)
		}
	}
	reply, err := o.pressesOn(ploy, "checkin_own", "2026-10-22")
	if err != nil || reply.Shared {
		t.Fatal(reply, err)
	}
	wants(t, wordsOf(reply), "#2 Her calls", "3 of 100 calls")
}

func TestAnswersGoBelowTheCheckInOnce(t *testing.T) {
	t.Parallel()
	o, delivery := newCheckIn(t)
	press := commands.Request{
		ID: "press", Workspace: officeID, Channel: "C0SALES", Member: ploy, MemberName: "ploy", Received: o.now,
		Via: commands.ViaButton, Action: "checkin_answer", Value: "at_risk 2 2026-10-22",
	}
	for range 2 { // Slack sends it again
		if _, err := o.router.Handle(t.Context(), press); err != nil {
			t.Fatal(err)
		}
	}
	text, post := o.worded(delivery.ID + "/press")
	wants(t, text, "ploy on #2 Her calls: at risk")
	if post.Under != delivery.Receipt || post.Channel != "C0SALES" {
		t.Errorf("the answer goes below %q in %s", post.Under, post.Channel)
	}
	// Until the check-in is on record as posted, its answers wait.
	delivery.State = coaching.Pending
	delivery, err := o.store.SaveDelivery(t.Context(), delivery)
	if err != nil {
		t.Fatal(err)
	}
	below, err := o.store.Delivery(t.Context(), delivery.ID+"/press")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.router.Word(t.Context(), below); err == nil {
		t.Error("an answer is told before its check-in")
	}
	if _, err := o.pressesOn(nok, "checkin_answer", "on_track 3 2026-10-22"); err != nil {
		t.Fatal(err)
	}
	all, err := o.store.Deliveries(t.Context(), officeID, 20)
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, each := range all {
		if _, ok := each.Notices[0].(coaching.Answered); ok {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d answers are told below the check-in, want one: that about a private goal is not", told)
	}
	trail, err := o.store.Traces(t.Context(), officeID, coaching.SubjectGoal(2), 10)
	if err != nil || len(trail) != 1 || trail[0].Kind != coaching.TraceAnswered {
		t.Errorf("the trail has %+v, %v", trail, err)
	}
}

func TestDigestWaitsForTheEndOfTheDayOrTheLastAnswer(t *testing.T) {
	t.Parallel()
	o, delivery := newCheckIn(t)
	digest := coaching.DigestID(delivery.ID, lin)
	at := func() time.Time {
		kept, err := o.store.Delivery(t.Context(), digest)
		if err != nil {
			t.Fatal(err)
		}
		return kept.NextAt
	}
	if want := time.Date(2026, time.October, 22, 17, 0, 0, 0, time.UTC); !at().Equal(want) {
		t.Errorf("the digest waits until %s, want %s", at(), want)
	}
	if _, err := o.pressesOn(ploy, "checkin_answer", "at_risk 2 2026-10-22"); err != nil {
		t.Fatal(err)
	}
	text, post := o.worded(digest)
	wants(t, text, "1 of 2 answered", "#2 Her calls", "ploy: at risk", "Not answered yet: nok")
	if post.Member != lin || post.Channel != "" || post.Reply.Shared {
		t.Errorf("the digest goes to %q in %q", post.Member, post.Channel)
	}
	o.now = o.now.Add(time.Hour)
	if _, err := o.pressesOn(nok, "checkin_answer", "on_track 1 2026-10-22"); err != nil {
		t.Fatal(err)
	}
	if !at().Equal(o.now) {
		t.Errorf("everybody has answered at %s, and the digest waits until %s", o.now, at())
	}
	// The last word counts.
	o.now = o.now.Add(time.Minute)
	if _, err := o.pressesOn(ploy, "checkin_answer", "on_track 2 2026-10-22"); err != nil {
		t.Fatal(err)
	}
	text, _ = o.worded(digest)
	wants(t, text, "2 of 2 answered", "nok: on track", "ploy: on track")
	if strings.Contains(text, "at risk") {
		t.Errorf("what was said before is told:\n%s", text)
	}
}

func TestNoteIsAnsweredInAForm(t *testing.T) {
	t.Parallel()
	o, delivery := newCheckIn(t)
	if _, err := o.pressesOn(ploy, "checkin_answer", "blocked 2 2026-10-22"); err != nil {
		t.Fatal(err)
	}
	asked, err := o.pressesOn(ploy, "dialog_begin", "checkin 2 2026-10-22")
	if err != nil || asked.Prompt == nil {
		t.Fatal(asked, err)
	}
	if got := asked.Prompt.Fields[0].Value; got != "blocked" {
		t.Errorf("the form begins with %q, not with what was said", got)
	}
	sent := commands.Request{
		Member: ploy, Via: commands.ViaForm, Action: commands.ActionAnswer, Value: asked.Prompt.Token,
		Answers: map[string][]string{"mood": {"blocked"}, "note": {"*No* list <!channel>"}},
	}
	reply, err := o.ask(sent)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "#2 Her calls is blocked", "*No* list <!channel>")
	answers, err := o.store.Answers(t.Context(), officeID, coaching.Date{Year: 2026, Month: time.October, Day: 19})
	if err != nil || len(answers) != 1 || answers[0].Note != "*No* list <!channel>" {
		t.Errorf("kept are %+v, %v", answers, err)
	}
	text, _ := o.worded(delivery.ID + "/" + answers[0].Request)
	wants(t, text, "ploy on #2 Her calls: blocked. *No* list <!channel>")
}

func TestKudosAreToldInTheNextNudge(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:30")
	goal := o.sets(coaching.Meetings, "", "Demos", coaching.Month, "2026-10-01", "80")
	o.typesIn(lin, "settings nudge 09:00 Mon-Fri #C0SALES")
	o.logs(goal, nok, "2026-10-20", "4")
	win := fmt.Sprint("entry", o.asked)
	for i, c := range []struct {
		who  coaching.MemberID
		says string
	}{{ploy, "Applause for nok"}, {ploy, "counts once"}, {lin, "Applause for nok"}} {
		o.now = o.now.Add(time.Minute)
		reply, err := o.pressesOn(c.who, "kudos", win)
		if err != nil {
			t.Fatal(i, err)
		}
		wants(t, wordsOf(reply), c.says)
	}
	if _, err := o.pressesOn(nok, "kudos", win); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("nok applauds nok: %v", err)
	}
	for _, day := range []struct {
		date string
		told bool
	}{{"2026-10-21", true}, {"2026-10-22", false}} {
		at, err := time.Parse(time.DateOnly, day.date)
		if err != nil {
			t.Fatal(err)
		}
		o.now = at.Add(9 * time.Hour)
		o.ticksNow()
		text, _ := o.worded(string(officeID) + "/nudge/C0SALES/" + day.date)
		if got := strings.Contains(text, "nok (2 👏)"); got != day.told {
			t.Errorf("%s tells of the applause: %v\n%s", day.date, got, text)
		}
	}
}

func TestEndOfAGoalIsToldToThoseWhoseItIs(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-29 09:00")
	met := o.sets(coaching.Meetings, "", "Demos", coaching.Month, "2026-10-01", "8")
	missed := o.sets(coaching.Emails, "", "Mails", coaching.Month, "2026-10-01", "90")
	hers := o.sets(coaching.Calls, ploy, "Her calls", coaching.Month, "2026-10-01", "100")
	o.logs(met, nok, "2026-10-19", "9")
	o.logs(hers, ploy, "2026-10-19", "3")
	o.typesIn(lin, "settings review 09:30 Mon-Fri #C0SALES")
	// The month ends on a Saturday; a Monday, and the days after, look at it.
	for _, day := range []int{30, 33, 34} {
		o.now = time.Date(2026, time.October, day, 9, 30, 0, 0, time.UTC)
		o.ticksNow()
	}
	all, err := o.store.Deliveries(t.Context(), officeID, 20)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d posts, %v: %+v", len(all), err, all)
	}
	for _, c := range []struct {
		goal coaching.Goal
		to   string
		says []string
	}{
		{met, "C0SALES", []string{"#1 Demos", "met", "9 meetings", "nok: 9 meetings"}},
		{missed, string(lin), []string{"#2 Mails", "Only those whose goal it is"}},
		{hers, string(ploy), []string{"#3 Her calls", "missed", "97 calls short", "Only those whose goal it is"}},
	} {
		text, post := o.worded(coaching.EndedID(c.goal, c.to))
		wants(t, text, c.says...)
		if string(post.Channel)+string(post.Member) != c.to {
			t.Errorf("%s goes to %s%s, want %s", c.goal.Title, post.Channel, post.Member, c.to)
		}
	}
	asked, err := o.pressesOn(ploy, "review_begin", "#3")
	if err != nil || asked.Prompt == nil {
		t.Fatalf("the button asks nothing: %+v, %v", asked, err)
	}
	if goal, err := o.store.Goal(t.Context(), officeID, 3); err != nil || goal.State != coaching.Closed {
		t.Errorf("the reviewed goal is %s, %v", goal.State, err)
	}
}
