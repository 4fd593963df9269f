package commands_test

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

const pastedDeals = "Deal,Owner,State,Brings,Opened on,Closed on\n" +
	"A1,Darcy,Won,100,2026-02-03,2026-02-20\nA2,Darcy,Lost,0,2026-02-03,2026-02-21\nA3,Darcy,Won,much,2026-02-03,2026-02-22"

func TestATableIsShownBeforeItCountsAndCountsOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	f := o.opens(lin, "import")
	f.answers("paste="+pastedDeals, "as=deals", "columns=Brings=boss").wrong("columns", "There is no such column")
	f.answers("paste="+pastedDeals, "as=deals", "columns=Brings=amount, State=outcome").wants(
		"3 rows, understood as Deals:", "Brings → amount", "deal.won: 1", "1 line left out:",
		"- Line 4, Brings “much”: This is no amount.",
	)
	if feeds, err := o.store.Feeds(t.Context(), officeID); err != nil || len(feeds) > 0 {
		t.Errorf("a dry run counted: %v, %v", feeds, err)
	}
	f.answers("confirm=save").wants("2 events are new or changed, 0 were known already.")
	// The columns were named once; the same rows count once.
	o.later()
	f = o.opens(lin, "import")
	f.answers("paste="+strings.Replace(pastedDeals, "much", "50", 1), "as=", "columns=").wants("Brings → amount")
	f.answers("confirm=save").wants("1 event is new or changed, 2 were known already.")
	o.refuses(nok, "import", "import_of_managers")
}

func TestAColumnThatIsGuessedIsSaidToBe(t *testing.T) {
	t.Parallel()
	f := newOffice(t, "2026-03-12 09:00").opens(lin, "import")
	f.answers("paste="+strings.Replace(pastedDeals, "Brings", "Net amount", 1), "as=deals", "columns=State=outcome").wants(
		"Deal → id\n", "State → outcome\n", "Net amount → amount, a guess: is it right?",
	)
}

func TestAMemberIsForgottenOnlyByThemselvesAndAfterAsking(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-03-12 09:00")
	o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-03-01", "20")
	reply, err := o.types(nok, "forget-me")
	if err != nil || len(reply.Buttons) != 2 {
		t.Fatalf("%+v, %v", reply, err)
	}
	if member, _ := o.store.Member(t.Context(), officeID, nok); member.Name != "nok" {
		t.Error("nobody was asked")
	}
	pressed := commands.Request{Member: ploy, Via: commands.ViaButton, Action: reply.Buttons[1].Action, Value: reply.Buttons[1].Value}
	if _, err := o.ask(pressed); coaching.CodeOf(err) != coaching.Invalid {
		t.Errorf("somebody else's press: %v", err)
	}
	pressed.Member = nok
	if reply, err = o.ask(pressed); err != nil || !strings.Contains(wordsOf(reply), "I have forgotten you.") {
		t.Fatalf("%s, %v", wordsOf(reply), err)
	}
	if goals, err := o.store.GoalsOf(t.Context(), officeID, nok, coaching.Active); err != nil || len(goals) > 0 {
		t.Errorf("goals %v, %v", goals, err)
	}
	if member, _ := o.store.Member(t.Context(), officeID, nok); member.Name != "" {
		t.Errorf("still known as %s", member.Name)
	}
}
