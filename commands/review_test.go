package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// thirdQuarter is a team that has a quarter of revenue to review: $130,800 of
// $120,000.
func thirdQuarter(t testing.TB) (*office, coaching.Goal) {
	o := newOffice(t, "2026-10-05 09:00")
	o.remembers(coaching.Revenue, "2024-04-01", revenues[:27]...) // up to June 2026
	goal := o.sets(coaching.Revenue, "", "Q3 revenue", coaching.Quarter, "2026-07-01", "120000")
	o.logs(goal, ploy, "2026-07-20", "39000")
	o.logs(goal, nok, "2026-08-20", "41500")
	o.logs(goal, nok, "2026-09-25", "47200")
	o.logs(goal, ploy, "2026-09-29", "3100")
	return o, goal
}

func TestReviewTellsHowAGoalEndedAndWhatIsNext(t *testing.T) {
	t.Parallel()
	o, goal := thirdQuarter(t)
	err := o.store.SaveExpectation(t.Context(), officeID, goal.Number, coaching.Expectation{
		Low: 112000, Middle: 119000, High: 127000, Target: decimal.NewFromInt(120000), Chance: 0.44, Verdict: coaching.Realistic, Used: 27, Span: coaching.Month,
	})
	if err != nil {
		t.Fatal(err)
	}
	text := o.reads(lin, "review #1 call renewals in June")
	// 39,000 + 41,500 + 47,200 + 3,100 = 130,800, which is 109% of 120,000.
	// 88,700 of it are nok's, 42,100 ploy's. By the end of July a third of the
	// 66 working days was over and 39,000 of 41,818 there; by the end of August
	// 80,500 of 80,000; and the quarter's end is the goal.
	wants(t, text,
		"# #1 Q3 revenue: met",
		"Final figure $130,800: $10,800 above the target of $120,000. That is 109% of it. A win to tell.",
		"Who brought what:",
		"- nok: $88,700 in 2 entries, 68%",
		"- ploy: $42,100 in 2 entries, 32%",
		"2 of 3 milestones kept.",
		"My forecast at the start was $112,000 to $127,000, and it ended above. I gave the target 44%: against the odds, and met.",
		"For Q4 2026 I propose $", "likely): more likely reached than not.",
		" is comfortable (", " is realistic (", " is a challenge (",
		"(Set it with /goal new we will reach $",
		"Learned: call renewals in June (lin)",
		"(Add what was learned with /goal review #1 …",
	)

	closed, err := o.store.Goal(t.Context(), officeID, goal.Number)
	if err != nil || closed.State != coaching.Closed || closed.Reason != "Reviewed: met." || closed.Focus {
		t.Errorf("the goal is %s because %q, %v", closed.State, closed.Reason, err)
	}
	o.refuses(nok, "log #1 +5", "goal_closed")
	var left []string
	for _, observation := range o.observations(coaching.Revenue) {
		if !observation.Period.From.Before(goal.Period.From) {
			left = append(left, string(observation.Period.Span)+" "+observation.Value.String())
		}
	}
	slices.Sort(left)
	if want := []string{"month 39000", "month 41500", "month 50300", "quarter 130800"}; !slices.Equal(left, want) {
		t.Errorf("history gets %q, want %q", left, want)
	}
	wants(t, o.reads(ploy, "history"), "- Sep 2026: $50,300", "How past goals ended", "- #1 Q3 revenue, Q3 2026: met, $130,800 of $120,000")
}

func TestReviewIsMadeOnceAndLessonsAreAdded(t *testing.T) {
	t.Parallel()
	o, goal := thirdQuarter(t)
	first := o.reads(lin, "review #1")
	// What the books say later stays, and the review stays what it was.
	o.remembers(coaching.Revenue, "2026-09-01", "49900")
	o.logs(goal, nok, "2026-10-01", "1000")
	if again := o.reads(lin, "review #1"); again != first {
		t.Errorf("asked again it says\n%s\nand not\n%s", again, first)
	}
	o.reads(lin, "review #1 start earlier")
	o.reads(lin, "review #1 bring   a demo")
	wants(t, o.reads(lin, "review #1 start earlier"), "Learned: start earlier\nbring a demo (lin)")
	for _, observation := range o.observations(coaching.Revenue) {
		if observation.Period == coaching.PeriodOf(coaching.Month, goal.Period.To) && observation.Value.String() != "49900" {
			t.Errorf("the books' figure became %s", observation.Value)
		}
	}
	o.refuses(lin, "review #1 "+strings.Repeat("x", coaching.MaxText+1), "text_too_long")
}

func TestReviewHealsWhatDiedHalfWay(t *testing.T) {
	t.Parallel()
	o, goal := thirdQuarter(t)
	if _, err := o.store.SetGoalState(t.Context(), officeID, goal.Number, coaching.Closed, false, "Reviewed: met.", o.now); err != nil {
		t.Fatal(err)
	}
	wants(t, o.reads(lin, "review #1"), "# #1 Q3 revenue: met")
	if found := o.observations(coaching.Revenue); len(found) != 27+4 {
		t.Errorf("history has %d figures, want 31", len(found))
	}
}

func TestReviewClosesAGoalThatWasTakenUpAgain(t *testing.T) {
	t.Parallel()
	o, _ := thirdQuarter(t)
	first := o.reads(lin, "review")
	o.reads(lin, "focus #1")
	if again := o.reads(lin, "review"); again != first {
		t.Errorf("the review became\n%s", again)
	}
	if goal, err := o.store.Goal(t.Context(), officeID, 1); err != nil || goal.State != coaching.Closed {
		t.Errorf("the goal is %s, %v", goal.State, err)
	}
}

func TestReviewProposesAStatementThatIsReadAsItWasMeant(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind   coaching.Kind
		target string
		values []string
		noun   string
	}{
		{coaching.Revenue, "40000", []string{"38000", "39000", "41000", "40500", "42000"}, ""},
		{coaching.Churn, "2", []string{"2.4", "2.2", "2.6", "2.3", "2.1"}, ""},
		{coaching.WinRate, "30", []string{"24", "25", "27", "26", "31"}, ""},
		{coaching.CAC, "300", []string{"310", "330", "305", "321", "299"}, ""},
		{coaching.Cycle, "30", []string{"33", "35", "31", "34", "29"}, ""},
		{coaching.Meetings, "20", []string{"18", "22", "19", "24", "21"}, "demos"},
		{coaching.Emails, "200", []string{"180", "220", "190", "240", "210"}, ""},
		{coaching.Leads, "20", []string{"18", "22", "19", "24", "21"}, "qualified leads"},
		{coaching.Margin, "30", []string{"24", "25", "27", "26", "31"}, ""},
		{coaching.CLV, "9000", []string{"8000", "8200", "8400", "8700", "9100"}, ""},
		{coaching.Calls, "200", []string{"180", "220", "190", "240", "210"}, ""},
	} {
		t.Run(string(test.kind), func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, "2026-10-05 09:00")
			o.remembers(test.kind, "2026-04-01", test.values...)
			goal := o.sets(test.kind, "", "September", coaching.Month, "2026-09-01", test.target)
			if test.noun != "" {
				goal.Noun = test.noun
				goal = o.keeps(goal)
			}
			o.logs(goal, nok, "2026-09-25", "="+test.values[4])
			text := o.reads(lin, "review #"+goalNumber(goal))
			_, statement, found := strings.Cut(text, "Set it with /goal new ")
			statement, _, _ = strings.Cut(statement, ")")
			if !found {
				t.Fatalf("no statement in\n%s", text)
			}
			review, err := o.store.Review(t.Context(), officeID, goal.Number)
			if err != nil {
				t.Fatal(err)
			}
			tier, _ := review.Next.Tier()
			today := coaching.DateOf(o.now)
			read := coaching.ParseStatement(statement, today)
			next := read.Goal(coaching.Facts{Today: today, Currency: "USD"})
			if target, known := next.Target(); !known || !target.Equal(tier.Value) || next.Kind != test.kind || next.Period != review.Next.Period || read.Who.Whose != coaching.Ours {
				t.Errorf("%q is read as %s %s in %v", statement, next.Kind, next.Size.Value, next.Period)
			}
		})
	}
}

func goalNumber(goal coaching.Goal) string { return decimal.NewFromInt(int64(goal.Number)).String() }

func TestReviewWithoutAGoalFindsWhatIsOver(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-05 09:00")
	wants(t, o.reads(lin, "review"), "No goal is running")
	o.sets(coaching.Calls, "", "Calls of October", coaching.Month, "2026-10-01", "100")
	wants(t, o.reads(lin, "review"), "Nothing to review yet: the next period ends on 31 Oct.")
	o.refuses(lin, "review #1", "review_too_early")
	o.sets(coaching.Calls, lin, "Calls of September", coaching.Month, "2026-09-01", "100")
	o.sets(coaching.Calls, ploy, "Hers of September", coaching.Month, "2026-09-01", "100")
	o.sets(coaching.Leads, "", "Leads of September", coaching.Month, "2026-09-01", "10")
	reply, err := o.types(lin, "review")
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "Which goal shall be reviewed?", "<#2 Calls of September>", "<#4 Leads of September>")
	if len(reply.Buttons) != 2 {
		t.Fatalf("buttons %+v", reply.Buttons)
	}
	reply, err = o.ask(commands.Request{Member: lin, Action: reply.Buttons[0].Action, Value: reply.Buttons[0].Value})
	if err != nil || !reply.Replace {
		t.Fatalf("replace %v, %v", reply.Replace, err)
	}
	wants(t, wordsOf(reply), "# #2 Calls of September: closed", "Nothing was logged, so there is no final figure and no result.", "I propose no target for Oct 2026. There are no past figures")
	wants(t, o.reads(lin, "review"), "# #4 Leads of September: closed")
}

func TestReviewOfAMemberIsTheirs(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-05 09:00")
	for _, month := range []string{"2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01"} {
		goal := o.sets(coaching.Calls, ploy, "Calls", coaching.Month, month, "100")
		o.logs(goal, ploy, month, "70")
		o.refuses(nok, "review #"+goalNumber(goal), "review_of_another")
		text := o.reads(ploy, "review #"+goalNumber(goal))
		wants(t, text, "Calls: missed", "Final figure 70 calls: 30 calls short of the target of 100 calls. That is 70% of it.")
		if strings.Contains(text, "Who brought what") {
			t.Errorf("a member's own goal lists members:\n%s", text)
		}
		if month == "2026-09-01" {
			wants(t, text, "For Oct 2026 I propose", "a target to be back on course with", "/goal new reach ")
		}
	}
	if found := o.observations(coaching.Calls); len(found) != 0 {
		t.Errorf("a member's goals leave %d figures to the team", len(found))
	}
	if text := o.reads(nok, "history calls"); strings.Contains(text, "past goals") {
		t.Errorf("others see how a member's goals ended:\n%s", text)
	}
	wants(t, o.reads(ploy, "history calls"), "How past goals ended", "- #4 Calls, Sep 2026: missed, 70 of 100 calls")
}

func TestReviewOfALevelSaysItInPoints(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-05 09:00")
	churn := o.sets(coaching.Churn, "", "Churn", coaching.Month, "2026-09-01", "2")
	o.logs(churn, nok, "2026-09-10", "=3")
	o.logs(churn, nok, "2026-09-28", "=2.5")
	rate := o.sets(coaching.WinRate, "", "Win rate", coaching.Month, "2026-09-01", "30")
	o.logs(rate, nok, "2026-09-28", "=31")
	wants(t, o.reads(lin, "review #1"), "Churn: missed", "Final figure 2.5%: 0.5 points above the limit of 2%.")
	wants(t, o.reads(lin, "review #2"), "Win rate: met", "Final figure 31%: 1 point above the target of 30%. A win to tell.")
	wants(t, o.reads(nok, "history churn"), "- Sep 2026: 2.5%", "#1 Churn, Sep 2026: missed, 2.5%, at most 2%")
	wants(t, o.reads(nok, "history win rate"), "#2 Win rate, Sep 2026: met, 31%, target 30%")
}

func TestFiguresThatAreNotTheKindsOwnLeaveHistoryAlone(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-05 09:00")
	recurring := o.sets(coaching.Revenue, "", "MRR", coaching.Month, "2026-09-01", "9000")
	recurring.Nature = coaching.Level
	euros := o.sets(coaching.Revenue, "", "Europe", coaching.Month, "2026-09-01", "9000")
	euros.Currency = "EUR"
	late := o.sets(coaching.Revenue, "", "Late", coaching.Month, "2026-09-01", "9000")
	late.CreatedAt = time.Date(2026, time.September, 20, 8, 0, 0, 0, time.UTC)
	for _, goal := range []coaching.Goal{recurring, euros, late} {
		goal = o.keeps(goal)
		o.logs(goal, nok, "2026-09-25", "=9500")
		text := o.reads(lin, "review #"+goalNumber(goal))
		wants(t, text, "met")
		if goal.Title == "Late" {
			wants(t, text, "(This goal was set on 20 Sep, so its figure is not taken for all of Sep 2026.)")
		}
	}
	if found := o.observations(coaching.Revenue); len(found) != 0 {
		t.Errorf("history gets %+v", found)
	}
}
