package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// presses presses a button that begins a dialog.
func (o *office) presses(who coaching.MemberID, reply commands.Reply, label string) *form {
	o.Helper()
	for _, button := range reply.Buttons {
		if button.Label != label {
			continue
		}
		reply, err := o.ask(commands.Request{Member: who, Via: commands.ViaButton, Action: button.Action, Value: button.Value})
		if err != nil || reply.Prompt == nil {
			o.Fatalf("%s asks nothing: %v\n%s", label, err, wordsOf(reply))
		}
		return &form{office: o, who: who, prompt: reply.Prompt, reply: reply}
	}
	o.Fatalf("there is no button %q in\n%s", label, wordsOf(reply))
	return nil
}

func (o *office) says(who coaching.MemberID, text string) commands.Reply {
	o.Helper()
	reply, err := o.types(who, text)
	if err != nil {
		o.Fatalf("%s: %v", text, err)
	}
	return reply
}

func TestPlanIsAnsweredByForms(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-01", "20")
	o.reads(lin, "settings funnel leads 400 meetings 120 deals 30")
	o.reads(nok, "plan #1 succeeds referrals")
	f := o.presses(nok, o.says(nok, "plan #1"), "Answer in a form")
	if got := f.field("succeeds").Value; got != "referrals" {
		t.Errorf("the form begins with %q", got)
	}
	f.answers("succeeds=", "has_tools=").answers().wrong("leak_fix", "Answer at least one")
	f.answers("leak_stage=meetings", "leak_fix=send the agenda <@U1>", "reach=a talk at the fair").wants(
		"# The plan for #1 Demos", "Your answer is kept.", "Stage: meetings · send the agenda <@U1>", "How: a talk at the fair")
	plan, err := o.store.Plan(t.Context(), officeID, 1)
	if err != nil || plan.Succeeds != "" || plan.LeakStage != "meetings" || plan.By != nok {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
	_, err = o.ask(commands.Request{Member: ploy, Via: commands.ViaButton, Action: "dialog_begin", Value: "plan 1"})
	if coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("somebody else's plan: %v", err)
	}
	_, err = o.ask(commands.Request{Member: ploy, Via: commands.ViaButton, Action: "dialog_begin", Value: "sudo 1"})
	if coaching.CodeOf(err) != coaching.NotFound {
		t.Errorf("a dialog that there is none of: %v", err)
	}
}

func TestReviewLeadsToTheNextGoal(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-02 09:00")
	o.remembers(coaching.Calls, "2025-01-01", "100", "110", "105", "120", "115", "118", "125", "119", "130", "128", "131", "127", "135")
	goal := o.sets(coaching.Calls, "", "Calls", coaching.Month, "2026-02-01", "120")
	o.logs(goal, nok, "2026-02-20", "125")
	f := o.presses(lin, o.says(lin, "review #1"), "Lessons and next target")
	f.answers("lessons=Mornings work best")
	tiers := f.prompt.Fields[0].Choices
	if len(tiers) < 3 {
		t.Fatalf("the choices are %v", tiers)
	}
	f.answers("next="+tiers[0].Value).wants("SMART", tiers[0].Value)
	wants(t, o.reads(lin, "review #1"), "Learned: Mornings work best (lin)")
	again := o.presses(lin, o.says(lin, "review #1"), "Lessons and next target").answers()
	again.answers("next=none").wants("# #1 Calls: met")
	own := o.presses(lin, o.says(lin, "review #1"), "Lessons and next target").answers().answers("next=own")
	own.answers("target=a lot").wrong("target", "I find no number")
	own.answers("target=140").wants("SMART", "140")
	// A rep sees the result of a team goal, and no button to judge it.
	if reply := o.says(nok, "review #1"); len(reply.Buttons) != 0 {
		t.Errorf("a rep has %v", reply.Buttons)
	}
}

func TestSeveralSmallWinsAreTickedAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-17 09:30")
	goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-03-01", "200")
	week := coaching.Date{Year: 2026, Month: time.March, Day: 16}
	var wins []coaching.SmallWin
	for i := range 3 {
		wins = append(wins, coaching.SmallWin{
			ID: fmt.Sprint("w", i), Workspace: officeID, Goal: goal.Number, Member: nok, Week: week, Due: week.AddDays(3),
			Kind: coaching.WinPieces, Title: "win_pieces", Count: 10 * (i + 1), Stage: "calls",
		})
	}
	if err := o.store.SaveWins(t.Context(), wins, o.now); err != nil {
		t.Fatal(err)
	}
	f := o.presses(nok, o.says(nok, "done"), "Tick several")
	if choices := f.prompt.Fields[0].Choices; len(choices) != 3 || !strings.Contains(choices[1].Label, "20 calls") {
		t.Fatalf("the choices are %v", choices)
	}
	f.answers("ticked=1 | 3").wants("2 of 3 small wins done this week", "[x]", "[ ]", "[x]")
	if reply := o.says(nok, "done"); winButtons(reply) != 1 {
		t.Errorf("%d small wins are left", winButtons(reply))
	}
	_, err := o.ask(commands.Request{Member: nok, Via: commands.ViaButton, Action: "dialog_begin", Value: "wins 2026-03-09"})
	if coaching.CodeOf(err) != coaching.NotFound {
		t.Errorf("wins of another week: %v", err)
	}
}

func TestEverySettingIsChangedByAForm(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.locale = "en" // whatever the team's language
	o.reads(lin, "settings holiday 2026-12-31")
	changes := func(setting string) *form {
		t.Helper()
		return o.presses(lin, o.says(lin, "settings"), "Change a setting").answers("setting=" + setting)
	}
	changes("zone").answers("zone=Mars/Base").wrong("zone", "time zone").answers("zone=Asia/Bangkok").wants("Saved.", "Time zone: Asia/Bangkok")
	changes("language").answers("language=th").wants("Language: ไทย")
	changes("language").answers("language=en").wants("Language: English")
	changes("week").answers("days=mon | tue | wed | thu").wants("Work week: Mon–Thu")
	changes("holiday").answers("dates=soon").wrong("dates", "2026-12-31").answers("dates=2026-04-13\n2026-04-14").wants("Holidays: 13 Apr, 14 Apr\n")
	changes("currency").answers("currency=baht").wrong("currency", "three letters").answers("currency=thb").wants("Currency: THB")
	changes("focus").answers("limit=11").wrong("limit", "1 to 10").answers("limit=4").wants("Goals in focus at once: 4")
	changes("costs").answers("salaries=20k", "marketing=3 or 4").wrong("marketing", "figure alone").answers("salaries=20k", "marketing=3k").wants("Costs a month: ฿23,000")
	changes("costs").answers("salaries=", "production=", "marketing=", "overhead=").wants("Costs a month: not set")
	changes("margin").answers("margin=0.4").wrong("margin", "percentage").answers("margin=40%").wants("Contribution margin: 40%")
	changes("funnel").answers("stages=leads 400").wrong("stages", "two stages").answers("stages=leads 400\nmeetings 120\ndeals 30").wants("Funnel: 400 leads")
	changes("deal").answers("mean=5k").wrong("deals", "needed").answers("mean=5k", "deals=30").wants("Average deal: ")
	changes("country").answers("country=Atlantis").wrong("country", "I know: AR, AT").answers("country=de").wants("public ones of DE, next 3 Apr, 6 Apr, 1 May; and 13 Apr, 14 Apr")
	changes("country").answers("country=").wants("Holidays: 13 Apr, 14 Apr\n")
	changes("quiet").answers("hours=at night").wrong("hours", "19:00-08:00").answers("hours=19:00-08:00").wants("Quiet hours: 19:00 to 08:00")
	changes("quiet").answers("hours=").wants("Quiet hours: none")
	f := changes("nudge")
	if got := f.field("time").Value; got != "09:00" {
		t.Errorf("the nudge begins at %q", got)
	}
	f.answers("time=late").wrong("time", "09:00").answers("time=08:30", "zone=Asia/Bangkok").wants("Daily nudge in #C0SALES: Mon–Thu at 08:30")
	changes("nudge").answers("state=off").wants("Daily nudge: off in #C0SALES.")
	c := changes("checkin")
	if got := strings.Join(c.field("days").Values, " "); got != "thu" {
		t.Errorf("the check-in of a team that works Monday to Thursday begins on %q", got)
	}
	c.answers("time=15:30").wants("Weekly check-in in #C0SALES: first on Thu 19 Mar, 15:30")
	changes("checkin").answers("state=off").wants("Weekly check-in: off in #C0SALES.")
	changes("review").answers().wants("Review at the end of a period in #C0SALES: Mon–Thu at 10:00")
	changes("review").answers("state=off").wants("off in #C0SALES")
	changes("rep").answers("member="+string(ploy), "end=2026-10-01").wrong("start", "needed").
		answers("member="+string(ploy), "start=2026-01-01", "end=").wants("- ploy, since 1 Jan")
	changes("rep").answers("member="+string(ploy), "state=off").wants("Saved.")

	workspace, err := o.store.Workspace(t.Context(), officeID)
	if err != nil || workspace.FocusLimit != 4 || !workspace.Margin.Equal(decimal.NewFromInt(40)) || workspace.Deal.Deals != 30 {
		t.Errorf("kept is %+v, %v", workspace, err)
	}
	for _, name := range []string{"zone", "week", "holiday", "currency", "costs", "margin", "funnel", "deal"} {
		// Sent as it is prefilled, a form changes nothing.
		changes(name).answers()
	}
	again, err := o.store.Workspace(t.Context(), officeID)
	if err != nil || fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", workspace) {
		t.Errorf("sent unchanged, the forms made of\n%+v\n%+v, %v", workspace, again, err)
	}
	if reply := o.says(nok, "settings"); len(reply.Buttons) != 0 {
		t.Errorf("a rep may press %v", reply.Buttons)
	}
	_, err = o.ask(commands.Request{Member: nok, Via: commands.ViaButton, Action: "dialog_begin", Value: "settings"})
	if coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("a rep opened the settings: %v", err)
	}
}

func TestManagersAreChosenByAForm(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	admin := &coaching.Profile{Admin: true}
	asks := func(who coaching.MemberID, profile *coaching.Profile, action, value string, answers map[string][]string) (commands.Reply, error) {
		return o.ask(commands.Request{Member: who, Profile: profile, Via: commands.ViaForm, Action: action, Value: value, Answers: answers})
	}
	chooses := func(who coaching.MemberID, profile *coaching.Profile, answers map[string][]string) (commands.Reply, error) {
		t.Helper()
		menu, err := asks(who, profile, "dialog_begin", "settings", nil)
		if err != nil {
			t.Fatal(err)
		}
		form, err := asks(who, profile, commands.ActionAnswer, menu.Prompt.Token, map[string][]string{"setting": {"managers"}})
		if err != nil {
			t.Fatal(err)
		}
		return asks(who, profile, commands.ActionAnswer, form.Prompt.Token, answers)
	}
	reply, err := chooses(nok, admin, map[string][]string{"add": {string(ploy)}, "drop": {string(lin)}})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Saved.", "Managers: ploy")
	if _, err := chooses(ploy, nil, map[string][]string{"add": {string(lin)}}); coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("a manager chose a manager: %v", err)
	}
}
