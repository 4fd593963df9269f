package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestBoardShowsTheTeamFirstAndWhatGoesWellByName(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	calls := o.sets(coaching.Calls, ploy, "Calls", coaching.Month, "2026-10-01", "100")
	leads := o.sets(coaching.Leads, ploy, "Qualified leads", coaching.Month, "2026-10-01", "10")
	mails := o.sets(coaching.Emails, nok, "E-mails", coaching.Month, "2026-10-01", "100")
	demos := o.sets(coaching.Meetings, "", "Meetings held", coaching.Month, "2026-10-01", "80")
	o.sets(coaching.Churn, "", "Churn", coaching.Quarter, "2026-10-01", "2")
	o.logs(calls, ploy, "2026-10-02", "5")
	o.logs(leads, ploy, "2026-10-02", "11")
	o.logs(mails, nok, "2026-10-02", "1")
	o.logs(demos, nok, "2026-10-02", "12")

	wants(t, o.reads(nok, "team"),
		"# The board", "The team",
		"- #4 Meetings held: 12 of 80 meetings · behind",
		"- #5 Churn: at most 2% · first figure to come",
		"Member by member",
		"- nok #3 E-mails: 1 of 100 e-mails · behind",
		"- ploy #2 Qualified leads: 11 of 10 leads · reached",
		"(and 1 more goal, seen by its owner)",
	)
	text := o.reads(ploy, "team")
	wants(t, text, "- ploy #1 Calls: 5 of 100 calls · behind", "- ploy #2 Qualified leads", "(and 1 more goal, seen by its owner)")
	if strings.Contains(text, "E-mails") {
		t.Errorf("ploy sees what does not go well for nok:\n%s", text)
	}
}

func TestBoardHidesPrivateGoalsAndLimitsThatAreNearlyUsedUp(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-10 09:00")
	private := o.sets(coaching.Leads, ploy, "Secret leads", coaching.Month, "2026-10-01", "10")
	private.Private = true
	private = o.keeps(private)
	o.logs(private, ploy, "2026-10-02", "20")
	limit := o.sets(coaching.Calls, ploy, "Complaints", coaching.Month, "2026-10-01", "50")
	limit.Better = coaching.Lower
	limit = o.keeps(limit)
	o.logs(limit, ploy, "2026-10-02", "45") // within, and far above the plan for now
	text := o.reads(nok, "team")
	if strings.Contains(text, "Secret") || strings.Contains(text, "at most 50") {
		t.Errorf("nok sees\n%s", text)
	}
	wants(t, o.reads(ploy, "team"), "Secret leads: 20 of 10 leads · reached", "Complaints: 45, at most 50 calls · behind")
}

func TestLongBoardIsCutAndSaysSo(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-10 09:00")
	wants(t, o.reads(nok, "team"), "No active goals here")
	for i := range 33 {
		o.sets(coaching.Calls, "", fmt.Sprint("Calls ", i), coaching.Month, "2026-10-01", "100")
	}
	text := o.reads(nok, "team")
	wants(t, text, "#30 Calls 29", "(and 3 more: /goal list all)")
	if strings.Contains(text, "#31") {
		t.Error("more than thirty are listed")
	}
}

// BenchmarkBoard judges two hundred goals of twenty entries each, from the
// database to the reply.
func BenchmarkBoard(b *testing.B) {
	o := newOffice(b, "2026-10-20 09:00")
	kinds := []coaching.Kind{coaching.Calls, coaching.Leads, coaching.Revenue, coaching.Churn}
	for i := range 200 {
		owner := coaching.MemberID(fmt.Sprint("U", i/5))
		if i%5 == 0 {
			owner = ""
		}
		goal := o.sets(kinds[i%len(kinds)], owner, fmt.Sprint("Goal ", i), coaching.Month, "2026-10-01", "60")
		for day := 1; day <= 20; day++ {
			o.logs(goal, nok, fmt.Sprintf("2026-10-%02d", day-day/20), "2")
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := o.types(nok, "team"); err != nil {
			b.Fatal(err)
		}
	}
}
