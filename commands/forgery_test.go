package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// victims is an office with something to get at: ploy's goal #1, her private
// one #2 and the team's #3; nok's own #4. In the texts and values of attacks,
// {draft}, {win} and {token} stand for what ploy was shown, {foreign} for a draft
// of nok's in another workspace.
type victims struct {
	*office
	draft, win, token, foreign string
	refused                    int // how many refusals the trail had
}

func newVictims(t *testing.T) *victims {
	t.Helper()
	v := &victims{office: newOffice(t, "2026-10-20 09:00")}
	hers := v.sets(coaching.Calls, ploy, "Her calls", coaching.Month, "2026-10-01", "100")
	secret := v.sets(coaching.Calls, ploy, "Secret deal", coaching.Month, "2026-10-01", "90")
	v.makePrivate(&secret)
	v.sets(coaching.Calls, "", "Team calls", coaching.Month, "2026-10-01", "500")
	v.sets(coaching.Meetings, nok, "Own meetings", coaching.Month, "2026-10-01", "10")
	v.logs(hers, ploy, "2026-10-02", "7")
	v.logs(secret, ploy, "2026-10-02", "11")

	reply, err := v.types(ploy, "new 20 demos this month")
	if err != nil || len(reply.Buttons) == 0 {
		t.Fatalf("%+v, %v", reply, err)
	}
	v.draft = reply.Buttons[0].Value
	if reply, err = v.types(ploy, "plan #1 hiccup nobody picks up"); err != nil || len(reply.Buttons) == 0 {
		t.Fatalf("%+v, %v", reply, err)
	}
	v.win = reply.Buttons[0].Value
	if reply, err = v.types(ploy, "new"); err != nil || reply.Prompt == nil {
		t.Fatalf("%+v, %v", reply, err)
	}
	v.token = reply.Prompt.Token
	for id, member := range map[string]coaching.MemberID{"log~mine": nok, "log~theirs": ploy} {
		if err := v.store.SaveDraft(t.Context(), coaching.Draft{
			ID: id, Workspace: officeID, Member: member, Statement: "+3", At: v.now,
		}); err != nil {
			t.Fatal(err)
		}
	}
	v.foreign = "elsewhere"
	err = v.store.SaveDraft(t.Context(), coaching.Draft{
		ID: v.foreign, Workspace: "slack:T0OTHER", Member: nok, Statement: "20 demos this month", At: v.now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// makePrivate stores the goal anew as a private one, under the next number.
func (v *victims) makePrivate(goal *coaching.Goal) {
	v.Helper()
	_, _, err := v.store.EditGoal(v.Context(), officeID, goal.Number, "hide", func(stored coaching.Goal) (coaching.Goal, error) {
		stored.Private = true
		return stored, nil
	})
	if err != nil {
		v.Fatal(err)
	}
	goal.Private = true
}

// state is everything that an attack of nok's must not change.
func (v *victims) state() string {
	v.Helper()
	var text strings.Builder
	note := func(value any, err error) {
		if err != nil && coaching.CodeOf(err) != coaching.NotFound {
			v.Fatal(err)
		}
		fmt.Fprintf(&text, "%+v\n", value)
	}
	ctx := v.Context()
	for _, owner := range []coaching.MemberID{ploy, lin, ""} {
		for _, state := range []coaching.State{coaching.Active, coaching.Parked, coaching.Closed} {
			goals, err := v.store.GoalsOf(ctx, officeID, owner, state)
			for i := range goals {
				goals[i].Subtotal = nil // a reading may leave one
			}
			note(goals, err)
		}
	}
	for number := 1; number <= 3; number++ {
		plan, err := v.store.Plan(ctx, officeID, number)
		note(plan, err)
		review, err := v.store.Review(ctx, officeID, number)
		note(review, err)
		if number < 3 {
			entries, err := v.store.EntriesOf(ctx, coaching.Goal{Workspace: officeID, Number: number}, 100)
			note(entries, err)
		}
	}
	note(v.store.Workspace(ctx, officeID))
	note(v.store.Reps(ctx, officeID))
	note(v.store.CadencesOf(ctx, officeID, ""))
	note(v.store.CadencesOf(ctx, officeID, ploy))
	note(v.store.Rhythm(ctx, officeID, ploy))
	win, err := v.store.Win(ctx, officeID, v.win)
	note(win, err)
	note(v.store.Ticks(ctx, []coaching.SmallWin{win}))
	dialogs, err := v.store.DialogsOf(ctx, officeID, ploy)
	note(dialogs, err)
	note(v.store.Observations(ctx, officeID, coaching.Calls))
	return text.String()
}

// attack is what a rep tries through one of the doors. Without a reason it may be
// answered; whatever the answer, it must not tell of the private goal, nor
// change what is not the rep's.
type attack struct {
	text   string
	reason coaching.Reason
	act    coaching.Act // what the trail says was refused; empty for none
}

const unknown = coaching.Reason("goal_unknown")

// doors are the ways in: every command of the table and every action, with what
// a rep may try there.
var doors = map[string][]attack{
	"new": {
		{text: "we will make 300 calls this month"}, // becomes nok's own part of it
		{"@U0PLOY 30 calls this month", "goal_for_others", coaching.ActSet},
	},
	"progress": {
		{"#2", unknown, coaching.ActSee},
		{"secret", unknown, ""},
		{"#2 +3", unknown, coaching.ActSee},
		{"#1 +3", "log_of_another", coaching.ActLog},
	},
	"log": {
		{"#2 +3", unknown, coaching.ActSee},
		{"#1 =3", "log_of_another", coaching.ActLog},
		{"her calls +3", "log_of_another", coaching.ActLog},
		{"secret +3", unknown, ""},
	},
	"undo":     {{text: "", reason: "nothing_to_undo"}},
	"overview": {{text: ""}, {text: "#2"}, {text: "@U0PLOY"}},
	"list":     {{text: "all"}, {text: "@U0PLOY"}, {text: "team"}},
	"team":     {{text: ""}},
	"show": {
		{"#2", unknown, coaching.ActSee},
		{"#2 changes", unknown, coaching.ActSee},
		{"secret", unknown, ""},
		{text: "#1"},
	},
	"edit": {
		{"#1 target 5 because I can", "goal_for_others", coaching.ActSet},
		{"#2 target 5 because I can", unknown, coaching.ActSee},
		{"#3 target 5 because I can", "goal_for_others", coaching.ActSet},
		{"#1", "goal_for_others", coaching.ActSet},
		{"#4 owner @U0PLOY", "goal_for_others", coaching.ActSet},
		{"#4 owner team", "goal_for_others", coaching.ActSet},
	},
	"focus": {
		{"#1", "goal_of_another", coaching.ActState},
		{"#2", unknown, coaching.ActSee},
		{"#3", "goal_of_team", coaching.ActState},
	},
	"park": {
		{"#1 no", "goal_of_another", coaching.ActState},
		{"#2 no", unknown, coaching.ActSee},
		{"#3 no", "goal_of_team", coaching.ActState},
	},
	"close": {
		{"#1 no", "goal_of_another", coaching.ActState},
		{"#2 no", unknown, coaching.ActSee},
		{"#3 no", "goal_of_team", coaching.ActState},
	},
	"plan": {
		{"#1 hiccup mine", "plan_of_another", coaching.ActPlan},
		{"#2 hiccup mine", unknown, coaching.ActSee},
		{"#2", unknown, coaching.ActSee},
	},
	"done": {{text: "1"}, {text: "her calls"}},
	"review": {
		{"#1 mine", "review_of_another", coaching.ActReview},
		{"#2", unknown, coaching.ActSee},
		{"#3 mine", "review_of_team", coaching.ActReview},
	},
	"import":    {{"", "import_of_managers", coaching.ActImport}},
	"export":    {{text: ""}, {"team", "export_of_managers", coaching.ActExport}, {"@U0PLOY", "export_whose", ""}},
	"forget-me": {{text: ""}},
	"forget_me": {{"U0PLOY", "button_unknown", ""}, {"", "button_unknown", ""}},
	"history":   {{text: "calls"}, {"import calls", "import_of_managers", coaching.ActImport}},
	"away": {
		{"@U0PLOY 2026-12-24 2026-12-31", "settings_of_managers", coaching.ActSettings},
		{"@U0PLOY off", "settings_of_managers", coaching.ActSettings},
		{"@U0PLOY", "settings_of_managers", coaching.ActSettings},
		{text: "tomorrow"},
	},
	"snooze": {{text: "1w"}},
	"settings": {
		{"zone Asia/Bangkok", "settings_of_managers", coaching.ActSettings},
		{"costs salaries 20k", "settings_of_managers", coaching.ActBooks},
		{"nudge 09:00", "settings_of_managers", coaching.ActSettings},
		{"nudge off", "settings_of_managers", coaching.ActSettings},
		{"country DE", "settings_of_managers", coaching.ActSettings},
		{"quiet 19:00-08:00", "settings_of_managers", coaching.ActSettings},
		{text: "my nudge 08:00"},
		{"rep @U0PLOY off", "settings_of_managers", coaching.ActSettings},
		{"managers @U0NOK", "managers_by_admins", coaching.ActManagers},
		{"managers -@U0LIN", "managers_by_admins", coaching.ActManagers},
		{"changes", "trail_of_managers", coaching.ActTrail},
		{"owners", "settings_of_managers", coaching.ActSettings},
		{`owner "Darcy Schlechter" @U0NOK`, "settings_of_managers", coaching.ActSettings},
		{text: ""},
	},
	"help": {{text: "log"}},

	"goal_create": {{"{draft}", "draft_unknown", ""}, {"{foreign}", "draft_unknown", ""}},
	"goal_refine": {{"{draft}", "draft_unknown", ""}, {"{foreign}", "draft_unknown", ""}},
	"goal_log": {
		{"#2 mine", unknown, coaching.ActSee},
		{"#1 mine", "log_of_another", coaching.ActLog},
		{"#4 theirs", "amount_gone", ""}, // nok's own goal, and ploy's amount
	},
	"goal_swap": {
		{"#1 #4", "goal_of_another", coaching.ActState},
		{"#4 #2", unknown, coaching.ActSee},
		{"#3 #4", "goal_of_team", coaching.ActState},
	},
	"win_done": {{"{win}", "win_of_another", ""}},
	"win_tick": {{"{win}", "win_of_another", ""}},
	"win_week": {{text: ""}},
	"checkin_answer": {
		{"on_track 1 2026-10-20", "log_of_another", coaching.ActLog},
		{"on_track 2 2026-10-20", unknown, coaching.ActSee},
		{"on_track 4 2026-10-12", "checkin_over", ""},
		{"on_track 4 2026-10-21", "checkin_over", ""},
		{"fine 4 2026-10-20", "mood_unknown", ""},
	},
	"checkin_own": {{text: "2026-10-20"}},
	"warning":     {{"false warning1", "warning_gone", ""}},
	"kudos":       {{"entry6", unknown, coaching.ActSee}, {"entry99", "kudos_gone", ""}},
	"review_begin": {
		{"#1", "review_of_another", coaching.ActReview},
		{"#2", unknown, coaching.ActSee},
		{"#3", "review_of_team", coaching.ActReview},
	},
	"goal_review": {
		{"#1", "review_of_another", coaching.ActReview},
		{"#2", unknown, coaching.ActSee},
		{"#3", "review_of_team", coaching.ActReview},
	},
	"command_run": {
		{"show #2", unknown, coaching.ActSee},
		{"log #1 +3", "log_of_another", coaching.ActLog},
	},
	"goal_changes": {{"#2", unknown, coaching.ActSee}, {text: "#1"}},
	"picture": {
		{"goal #2", unknown, coaching.ActSee},
		{"goal secret", "button_unknown", ""},
		{"history nothing", "history_kind", ""},
		{"goal #1 #2", "button_unknown", ""},
		{"window", "button_unknown", ""},
	},
	"dialog_begin": {
		{"edit 2", unknown, coaching.ActSee},
		{"edit 1", "goal_for_others", coaching.ActSet},
		{"close 1", "goal_of_another", coaching.ActState},
		{"close 2", unknown, coaching.ActSee},
		{"park 1", "goal_of_another", coaching.ActState},
		{"checkin 1 2026-10-20", "log_of_another", coaching.ActLog},
		{"checkin 2 2026-10-20", unknown, coaching.ActSee},
		{"plan 2", unknown, coaching.ActSee},
		{"plan 1", "plan_of_another", coaching.ActPlan},
		{"review 2", unknown, coaching.ActSee},
		{"settings zone", "settings_of_managers", coaching.ActSettings},
		{"import", "import_of_managers", coaching.ActImport},
		{"table", "import_of_managers", coaching.ActImport},
		{"refine {foreign}", "dialog_unknown", ""},
		{text: "log #2"}, // the form that asks for one's own
		{"nothing", "dialog_unknown", ""},
	},
	"dialog_answer": {{"{token}", "dialog_unknown", ""}},
	"dialog_back":   {{"{token}", "dialog_unknown", ""}},
	"dialog_drop":   {{"{token}", "dialog_unknown", ""}},
	"dialog_open":   {{"{token}", "dialog_unknown", ""}},
	"dialog_rest":   {{"{token}", "dialog_unknown", ""}},
}

func TestEveryDoorIsTried(t *testing.T) {
	t.Parallel()
	names := commands.Actions()
	for _, command := range commands.Table() {
		names = append(names, command.Name)
	}
	for _, name := range names {
		if len(doors[name]) == 0 {
			t.Errorf("nobody has tried to get in through %q: say in doors what a rep may not do there", name)
		}
	}
	for name := range doors {
		if !slices.Contains(names, name) {
			t.Errorf("%q is no way in", name)
		}
	}
}

func TestRepsDoNotGetAtWhatIsNotTheirs(t *testing.T) {
	t.Parallel()
	for name, attacks := range doors {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVictims(t)
			before := v.state()
			for _, attack := range attacks {
				request := commands.Request{Member: nok, Mentions: []coaching.MemberID{}}
				for _, mentioned := range []coaching.MemberID{ploy, lin, nok} {
					if strings.Contains(attack.text, "@"+string(mentioned)) {
						request.Mentions = append(request.Mentions, mentioned)
					}
				}
				text := strings.NewReplacer("{draft}", v.draft, "{win}", v.win, "{token}", v.token, "{foreign}", v.foreign).Replace(attack.text)
				if slices.Contains(commands.Actions(), name) {
					request.Via, request.Action, request.Value = commands.ViaButton, name, text
				} else {
					request.Text = name + " " + text
				}
				reply, err := v.ask(request)
				v.judge(attack, reply, err)
				if after := v.state(); after != before {
					t.Errorf("%q changed\n%s\ninto\n%s", attack.text, before, after)
				}
			}
		})
	}
}

// judge checks how an attack was answered and what the trail has of it.
func (v *victims) judge(attack attack, reply commands.Reply, err error) {
	v.Helper()
	if attack.reason == "" && err != nil || attack.reason != "" && (err == nil || !strings.Contains(err.Error(), string(attack.reason))) {
		v.Errorf("%q: %v, want %q", attack.text, err, attack.reason)
	}
	if attack.reason == unknown && coaching.CodeOf(err) != coaching.NotFound {
		v.Errorf("%q is %s, which betrays that the goal exists", attack.text, coaching.CodeOf(err))
	}
	if words := wordsOf(reply); strings.Contains(words, "Secret") || strings.Contains(words, "#2 ") {
		v.Errorf("%q tells of the private goal:\n%s", attack.text, words)
	}
	traces, err := v.store.Traces(v.Context(), officeID, coaching.SubjectRefused, 100)
	left := len(traces) - v.refused
	v.refused = len(traces)
	v.now = v.now.Add(time.Second) // so that the next one is the latest
	switch {
	case err != nil:
		v.Fatal(err)
	case attack.act == "" && left > 0:
		v.Errorf("%q left %+v", attack.text, traces)
	case attack.act != "" && (left != 1 || traces[0].Act != attack.act || traces[0].Member != nok || traces[0].Refusal != attack.reason):
		v.Errorf("%q left %+v, want one of %q", attack.text, traces, attack.act)
	}
}

// TestOthersButtonsAreTheirs presses every button that ploy is shown as nok.
func TestOthersButtonsAreTheirs(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"log +3", "new 20 demos this month", "plan #1", "done", "show #2", "review", "new", "edit #1", "close #1"} {
		v := newVictims(t)
		reply, err := v.types(ploy, text)
		if err != nil {
			t.Fatal(err)
		}
		before := v.state()
		buttons := reply.Buttons
		if reply.Prompt != nil {
			for _, action := range []string{commands.ActionAnswer, commands.ActionBack, commands.ActionDrop, commands.ActionOpen} {
				buttons = append(buttons, commands.Button{Action: action, Value: reply.Prompt.Token})
			}
		}
		for _, button := range buttons {
			if again, err := v.ask(commands.Request{Member: nok, Via: commands.ViaButton, Action: button.Action, Value: button.Value}); err == nil {
				t.Errorf("%s: nok presses %s %q of ploy's and is told\n%s", text, button.Action, button.Value, wordsOf(again))
			}
		}
		if after := v.state(); after != before {
			t.Errorf("%s: what is ploy's became\n%s\nfrom\n%s", text, after, before)
		}
	}
}
