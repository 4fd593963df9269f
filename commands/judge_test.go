package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// told is what a reply says of one goal: its bar, if it has one, and the sentence
// below.
type told struct {
	share, expected float64
	verdict         string
}

// goalsIn finds what parts say of goals, by the goals' names.
func goalsIn(parts []commands.Part, names []string) map[string]told {
	found := make(map[string]told)
	nameOf := func(line commands.Line) string {
		for _, name := range names {
			if strings.HasPrefix(line.String(), name) {
				return name
			}
		}
		return ""
	}
	current := ""
	for _, part := range parts {
		switch part := part.(type) {
		case commands.Heading:
			current = nameOf(part.Line)
		case commands.Meter:
			said := found[current]
			said.share, said.expected = part.Share, part.Expected
			found[current] = said
		case commands.Text:
			if name := nameOf(part.Line); name != "" {
				current = name
				continue
			}
			if said := found[current]; said.verdict == "" {
				said.verdict = part.Line.String()
				found[current] = said
			}
		case commands.Divider:
			current = ""
		}
	}
	return found
}

// stateOf is the word of the board that belongs to a sentence.
func stateOf(t *testing.T, verdict string) string {
	t.Helper()
	for _, form := range []struct{ in, state string }{
		{"closing in.", "closing in"},
		{"moving away from it.", "moving away"},
		{" to go", "not there yet"},
		{" above it", "not there yet"},
		{"within the limit", "within the limit"},
		{": reached", "reached"},
		{"Target reached", "reached"},
		{"No figure yet", "first figure to come"},
		{"Early days", "early days"},
		{"head by ", "ahead"},
		{"below the plan", "ahead"},
		{"Just ahead", "ahead"},
		{"n pace", "on pace"},
		{"Behind by ", "behind"},
		{"Just behind", "behind"},
		{"above the plan", "behind"},
	} {
		if strings.Contains(verdict, form.in) {
			return form.state
		}
	}
	t.Fatalf("what is %q on the board?", verdict)
	return ""
}

// judged is an office in October whose goals of all kinds come from events or are
// logged, some with a record of earlier months that says otherwise than the plain
// plan does.
func judged(t *testing.T) (o *office, names []string) {
	t.Helper()
	o = newOffice(t, "2026-10-20 09:00")
	o.leads(lin)
	add := func(kind coaching.Kind, owner coaching.MemberID, title, day, target string, span coaching.Span) coaching.Goal {
		goal := o.sets(kind, owner, title, span, day, target)
		goal.Focus = true
		if _, err := o.store.SetGoalState(o.Context(), officeID, goal.Number, coaching.Active, true, "", goal.CreatedAt); err != nil {
			t.Fatal(err)
		}
		if goal.Period.Contains(coaching.DateOf(o.now)) {
			names = append(names, fmt.Sprintf("#%d %s", goal.Number, title))
		}
		return goal
	}
	// Five months of a hundred each say that a hundred and fifty are too many,
	// though by the plain plan the month is on its way there.
	for month := 5; month <= 9; month++ {
		first := fmt.Sprintf("2026-%02d-01", month)
		calls := add(coaching.Calls, ploy, "Calls", first, "100", coaching.Month)
		mails := add(coaching.Emails, ploy, "E-mails", first, "100", coaching.Month)
		for day := 1; day <= 28; day++ {
			date := time.Date(2026, time.Month(month), day, 0, 0, 0, 0, time.UTC)
			if date.Weekday() == time.Saturday || date.Weekday() == time.Sunday {
				continue
			}
			o.logs(calls, ploy, date.Format(time.DateOnly), "5")
			o.logs(mails, ploy, date.Format(time.DateOnly), "5")
		}
		for _, goal := range []coaching.Goal{calls, mails} {
			if _, err := o.store.SetGoalState(o.Context(), officeID, goal.Number, coaching.Closed, false, "", goal.Period.To.In(time.UTC)); err != nil {
				t.Fatal(err)
			}
		}
	}
	calls := add(coaching.Calls, ploy, "Calls", "2026-10-01", "100", coaching.Month)
	mails := add(coaching.Emails, ploy, "E-mails", "2026-10-01", "150", coaching.Month)
	o.logs(calls, ploy, "2026-10-05", "74")
	o.logs(mails, ploy, "2026-10-05", "95")
	add(coaching.Meetings, "", "Demos", "2026-10-01", "80", coaching.Month)
	add(coaching.Revenue, "", "Revenue", "2026-10-01", "30000", coaching.Month)
	add(coaching.WinRate, "", "Win rate", "2026-10-01", "50", coaching.Quarter)
	add(coaching.Churn, "", "Churn", "2026-10-01", "20", coaching.Quarter)
	add(coaching.Cycle, "", "Cycle", "2026-10-01", "10", coaching.Quarter)
	add(coaching.Leads, "", "Leads", "2026-10-01", "3", coaching.Month)
	add(coaching.CAC, "", "Cost of a customer", "2026-10-01", "900", coaching.Quarter)
	add(coaching.Margin, "", "Margin", "2026-10-01", "40", coaching.Quarter)
	add(coaching.CLV, "", "Lifetime value", "2026-10-01", "9000", coaching.Quarter)
	for month := 4; month <= 9; month++ {
		for day := 3; day <= 27; day += 4 { // most of it in the second half
			amounts := []string{"1000", ""}
			if day > 15 {
				amounts = []string{"4000", "3000", "", ""}
			}
			o.sells("ploy@example.com", "Pro", fmt.Sprintf("2026-%02d-01", month), fmt.Sprintf("2026-%02d-%02d", month, day), amounts...)
		}
	}
	o.sells("ploy@example.com", "Pro", "2026-09-20", "2026-10-06", "4000", "3000", "")
	o.feeds(coaching.LeadQualified, "l1", "2026-10-06")
	for i := range 6 {
		o.feeds(coaching.CustomerStarted, fmt.Sprint("c", i), "2026-06-01", "value", "100")
	}
	o.feeds(coaching.CustomerChurned, "c1", "2026-10-07")
	o.feeds(coaching.CostRecorded, "", "2026-10-08", "category", "marketing", "amount", "2000")
	o.feeds(coaching.CostRecorded, "", "2026-10-08", "category", "production", "amount", "3000")
	return o, names
}

// Whatever tells of a goal says the same of it: on one day the list, the board,
// the overview, the home page, the nudge, the check-in and its digest.
func TestEveryPlaceJudgesAGoalAlike(t *testing.T) {
	t.Parallel()
	o, names := judged(t)
	o.typesIn(lin, "settings nudge 10:00 Mon-Fri #C0SALES")
	o.typesIn(ploy, "settings my nudge 10:00")
	o.checksIn()

	want := make(map[string]told)
	for _, name := range names {
		number, _, _ := strings.Cut(name, " ")
		reply, err := o.types(lin, "progress "+number)
		if err != nil {
			t.Fatal(err)
		}
		want[name] = goalsIn(reply.Parts, names)[name]
		if want[name].verdict == "" {
			t.Fatalf("progress says nothing of %s:\n%s", name, wordsOf(reply))
		}
	}
	if mails := want[names[1]]; !strings.HasPrefix(mails.verdict, "Behind by ") {
		t.Errorf("the record does not matter: %q", mails.verdict)
	}

	places := map[string]commands.Reply{}
	for _, text := range []string{"list all", "list team"} {
		places[text] = o.says(lin, text)
	}
	for _, text := range []string{"overview", "progress", "list"} {
		places[text] = o.says(ploy, text)
	}
	for _, name := range names {
		number, _, _ := strings.Cut(name, " ")
		places["show "+number] = o.says(lin, "show "+number)
	}
	places["home"] = o.visits(ploy, "", "")
	deliveries := o.outbox()
	for _, delivery := range deliveries {
		post, err := o.router.Word(t.Context(), delivery)
		if err != nil {
			t.Fatal(err)
		}
		places[delivery.ID] = post.Reply
	}
	if len(deliveries) != 4 { // the channel's nudge and check-in, the manager's digest, ploy's nudge
		t.Errorf("%d deliveries", len(deliveries))
	}
	board := o.reads(lin, "team")
	compared := 0
	for place, reply := range places {
		if strings.Contains(place, "/digest/") { // It has the board's lines.
			for _, line := range strings.Split(wordsOf(reply), "\n") {
				if strings.HasPrefix(line, "#") && strings.Contains(line, " · ") && !strings.Contains(board, line) {
					t.Errorf("%s says %q, which the board does not", place, line)
				}
			}
			continue
		}
		for name, said := range goalsIn(reply.Parts, names) {
			expected, known := want[name]
			if !known {
				continue
			}
			compared++
			if said.share != expected.share || said.expected != expected.expected {
				t.Errorf("%s draws %s as %+v, progress as %+v", place, name, said, expected)
			}
			if said.verdict != expected.verdict && said.verdict != "" {
				t.Errorf("%s says of %s %q, progress %q", place, name, said.verdict, expected.verdict)
			}
		}
	}
	if compared < 4*len(names) {
		t.Errorf("only %d sayings of %d goals were compared", compared, len(names))
	}
	for name, said := range want {
		_, rest, found := strings.Cut(board, name)
		line, _, _ := strings.Cut(rest, "\n")
		if state := stateOf(t, said.verdict); !found || !strings.HasSuffix(line, " · "+state) {
			t.Errorf("the board says of %s %q, progress %q", name, line, said.verdict)
		}
	}
}
