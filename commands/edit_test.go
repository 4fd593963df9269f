package commands_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// form is a member in a dialog.
type form struct {
	*office
	who    coaching.MemberID
	prompt *commands.Prompt
	reply  commands.Reply
}

// opens types a command that begins a dialog.
func (o *office) opens(who coaching.MemberID, text string) *form {
	o.Helper()
	reply, err := o.types(who, text)
	if err != nil || reply.Prompt == nil {
		o.Fatalf("%s asks nothing: %v\n%s", text, err, wordsOf(reply))
	}
	return &form{office: o, who: who, prompt: reply.Prompt, reply: reply}
}

// filled returns these answers over what the prompt is prefilled with, written
// "field=value", several values with " | " between; "#2" is the second choice.
func (f *form) filled(answers []string) map[string][]string {
	filled := make(map[string][]string)
	for _, field := range f.prompt.Fields {
		if field.Value != "" {
			filled[field.Name] = []string{field.Value}
		}
		if len(field.Values) > 0 {
			filled[field.Name] = field.Values
		}
	}
	for _, answer := range answers {
		name, value, _ := strings.Cut(answer, "=")
		filled[name] = strings.Split(value, " | ")
		for i, choice := range f.field(name).Choices {
			if value == "#"+strconv.Itoa(i+1) {
				filled[name] = []string{choice.Value}
			}
		}
	}
	return filled
}

// answers sends the prompt filled with these answers.
func (f *form) answers(answers ...string) *form {
	f.Helper()
	reply, err := f.ask(commands.Request{Member: f.who, Via: commands.ViaForm, Action: commands.ActionAnswer, Value: f.prompt.Token, Answers: f.filled(answers)})
	if err != nil {
		reply = f.router.Explain(commands.Request{}, err, "")
	}
	f.reply, f.prompt = reply, reply.Prompt
	return f
}

// wants checks what the last answer was answered with.
func (f *form) wants(lines ...string) *form {
	f.Helper()
	wants(f, wordsOf(f.reply), lines...)
	return f
}

// wrong checks what is to be mended at a field.
func (f *form) wrong(field, says string) *form {
	f.Helper()
	if f.prompt == nil {
		f.Fatalf("nothing is asked:\n%s", wordsOf(f.reply))
	}
	if got := f.field(field).Error; !strings.Contains(got, says) || says == "" {
		f.Errorf("%s says %q, want %q; the form is %+v", field, got, says, f.prompt.Fields)
	}
	return f
}

func (f *form) field(name string) commands.Field {
	for _, field := range f.prompt.Fields {
		if field.Name == name {
			return field
		}
	}
	return commands.Field{}
}

func TestGoalPostsMovedInALineAreToldOf(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	goal := o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-01", "20")
	o.logs(goal, nok, "2026-03-10", "8")
	text := o.reads(nok, "edit #1 target 30 because two reps joined")
	wants(t, text, "# #1 Demos is changed", "Target: 20 meetings → 30 meetings", "8 of 30 meetings")
	text = o.reads(nok, "edit #1 until 2026-04-10 because the fair is later")
	wants(t, text, "When: Mar 2026, until 31 Mar → 1 Mar to 10 Apr")
	text = o.reads(nok, "show #1")
	wants(t, text, "Changed on the way:",
		"- The target was 20 meetings until nok changed it on 12 Mar: two reps joined",
		"- The last day was 31 Mar until nok changed it on 12 Mar: the fair is later")
	o.now = o.now.AddDate(0, 1, 2)
	wants(t, o.reads(nok, "review #1"), "8 meetings", "The target was 20 meetings until nok changed it on 12 Mar: two reps joined")
}

func TestEveryPartOfAGoalIsChangedInALine(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Revenue, nok, "Sales", coaching.Quarter, "2026-01-01", "100000")
	for _, test := range []struct{ typed, wants string }{
		{"title Renewals", "Name: Sales → Renewals"},
		{"baseline 80k because the books are closed", "is changed"},
		{"target +50% because the books are closed", "Target: $100,000 → $120,000 (+50% from $80,000)"},
		{"strategy call lapsed customers because it works", "How: none → call lapsed customers because it works"},
		{"why it pays the rent", "Why: none → it pays the rent"},
		{"private yes", "Seen by: everybody → its owner and managers"},
		{"milestone 2 50k 2026-03-10 because of the fair", "A milestone was "},
		{"until the end of April because of the fair", "When: Q1 2026, until 31 Mar → 1 Jan to 30 Apr"},
	} {
		wants(t, o.reads(nok, "edit #1 "+test.typed), test.wants)
	}
	wants(t, o.reads(nok, "edit #1 เป้า 2 แสน เพราะ ทีมใหญ่ขึ้น"), "Target: $120,000 (+50% from $80,000) → $200,000")
	for typed, reason := range map[string]coaching.Reason{
		"12":                            "change_which",
		"#9 target 5":                   "goal_unknown",
		"#1 colour red":                 "edit_unreadable",
		"#1 target 30":                  "edit_reason_missing",
		"#1 target 30 or so because":    "edit_figure_alone",
		"#1 target soon because x":      "figure_missing",
		"#1 until whenever because x":   "edit_until",
		"#1 until 2026-03-01 because x": "edit_end_past",
		"#1 owner @U0PLOY":              "edit_owner", // typed by hand, so nobody is meant
		"#1 private maybe":              "edit_private",
		"#1 milestone 9 5 because x":    "milestone_unknown",
		"#1 milestone 1 900k because x": "milestone_out_of_order",
		"#1 title Renewals":             "edit_nothing",
	} {
		o.refuses(nok, "edit "+typed, reason)
	}
	o.refuses(ploy, "edit #1 title Mine", "goal_unknown") // it is private
}

func TestGoalIsChangedByForms(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-01", "20")
	f := o.opens(nok, "edit #1").answers("part=posts")
	if target, until := f.field("target").Value, f.field("until").Value; target != "20" || until != "2026-03-31" {
		t.Errorf("the form begins with %q until %q", target, until)
	}
	f.answers("target=30").wrong("reason", "Say why")
	if f.field("target").Value != "30" {
		t.Error("what was typed is lost")
	}
	f.answers("until=2026-03-02", "reason=two reps joined").wrong("until", "That day is over")
	f.answers("target=dozens", "until=2026-03-31").wrong("target", "I find no number")
	f.answers("target=30").wants("# #1 Demos is changed", "Target: 20 meetings → 30 meetings")

	o.opens(nok, "edit #1").answers("part=words").answers("title=Held demos", "why=rent").wants("Name: Demos → Held demos", "Why: none → rent")
	f = o.opens(nok, "edit #1 milestone")
	plan := f.field("which").Choices
	f.answers("which=1").answers("figure="+"25", "reason=r").wrong("figure", "between the one before")
	f.answers("figure=11", "day=2026-03-16").wants("A milestone was "+plan[1].Label, ": r")
	o.opens(nok, "edit #1 owner").answers("seen=owner").wants("Seen by: everybody → its owner and managers")
	wants(t, o.reads(nok, "show #1"), "# #1 Held demos", "Changed on the way:")
}

func TestFormSentTwiceChangesAGoalOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-01", "20")
	f := o.opens(nok, "edit #1 target")
	prompt := f.prompt
	f.answers("target=30", "reason=first")
	o.reads(nok, "edit #1 target 40 because it went well")
	f.prompt = prompt
	f.answers("target=30", "reason=first")
	goal, err := o.store.Goal(t.Context(), officeID, 1)
	if err != nil || goal.Size.Value.String() != "40" || len(goal.Moves) != 2 {
		t.Errorf("the target is %s after %d moves, %v", goal.Size.Value, len(goal.Moves), err)
	}
}

func TestGoalChangesHandsByThoseWhoMay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Meetings, ploy, "Demos", coaching.Month, "2026-03-01", "20")
	o.sets(coaching.Calls, ploy, "Calls", coaching.Month, "2026-03-01", "200")
	manages := func(text string, mentions ...coaching.MemberID) string {
		t.Helper()
		reply, err := o.ask(commands.Request{Member: nok, Text: text, Mentions: mentions, Profile: &coaching.Profile{Admin: true}})
		if err != nil {
			t.Fatal(err)
		}
		return wordsOf(reply)
	}
	_, err := o.ask(commands.Request{Member: ploy, Text: "edit #1 owner @U0NOK", Mentions: []coaching.MemberID{nok}})
	if coaching.CodeOf(err) != coaching.Forbidden {
		t.Errorf("a rep gave their goal away: %v", err)
	}
	wants(t, manages("edit #1 owner team because everybody helps"), "Whose: ploy → the team")
	o.refuses(ploy, "edit #1 title Mine again", "goal_for_others")
	f := o.opens(ploy, "edit #2 owner")
	if names := f.field("whose").Choices; len(names) != 1 || f.field("member").Name != "" {
		t.Errorf("a rep may give a goal to %v", names)
	}
	f.answers("whose=team").wrong("whose", "Pick one of the answers shown")
	wants(t, manages("edit #1 owner @U0PLOY", ploy), "Whose: the team → ploy")
	wants(t, o.reads(ploy, "show #1"), "It belonged to you until nok passed it on, on 12 Mar: everybody helps", "It belonged to the team")
}

func TestGoalIsChangedInDirectWords(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Meetings, nok, "Demos", coaching.Month, "2026-03-01", "20")
	talks := func(text string, lines ...string) {
		t.Helper()
		reply, err := o.ask(commands.Request{Member: nok, Via: commands.ViaDirect, Text: text})
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		wants(t, wordsOf(reply), lines...)
	}
	talks("edit #1", "What do you want to change?")
	talks("Target and time", "Type skip to leave it as it is: 20")
	talks("30")
	talks("skip", "Type skip to leave it as it is: 2026-03-31")
	talks("skip", "Why the change?")
	talks("skip", "Say why")
	talks("two reps joined", "Target: 20 meetings → 30 meetings")
	talks("edit #1 title", "Type skip to leave it as it is: Demos")
	talks("Held demos")
	talks("skip")
	talks("rent", "Name: Demos → Held demos", "Why: none → rent")
}
