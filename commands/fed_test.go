package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// feeds takes an event that happened at noon of a day and is received now.
func (o *office) feeds(kind coaching.EventKind, subject, day string, fields ...string) {
	o.Helper()
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		o.Fatal(err)
	}
	o.asked++
	event := coaching.Event{
		ID: fmt.Sprint("event", o.asked), Kind: kind, Subject: subject, At: at.Add(12 * time.Hour), Fields: make(map[coaching.EventField]string),
	}
	for i := 0; i < len(fields); i += 2 {
		event.Fields[coaching.EventField(fields[i])] = fields[i+1]
	}
	results, err := o.store.Ingest(o.Context(), officeID, []coaching.Event{event}, o.now)
	if err != nil || results[0].Outcome != coaching.EventAccepted {
		o.Fatalf("%+v: %+v, %v", event, results, err)
	}
}

// sells feeds deals that were opened and decided on days, won where the amount
// is not empty.
func (o *office) sells(owner, product, opened, closed string, amounts ...string) {
	o.Helper()
	for _, amount := range amounts {
		o.asked++
		deal := fmt.Sprint("deal", o.asked)
		o.feeds(coaching.DealCreated, deal, opened, "owner", owner, "product", product, "stage", "Demo")
		if amount == "" {
			o.feeds(coaching.DealLost, deal, closed)
			continue
		}
		o.feeds(coaching.DealWon, deal, closed, "amount", amount)
	}
}

func TestAGoalFollowsItsMetricWithoutAnyoneTyping(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:12")
	o.sets(coaching.Revenue, "", "Revenue", coaching.Month, "2026-09-01", "40000")
	o.sets(coaching.WinRate, "", "Win rate", coaching.Quarter, "2026-09-01", "60")
	wants(t, o.reads(nok, "progress #1"), "Log with")
	o.sells("Darcy Schlechter", "Pro", "2026-08-20", "2026-09-03", "12000", "4500.50", "")
	text := o.reads(nok, "progress #1")
	wants(t, text, "$16,500.50 of $40,000", "2 won of 3 deals decided. From CRM events, last fed 09:12.", "This figure comes by itself.", "Correct it with")
	wants(t, o.reads(nok, "progress #2"), "66.", "target 60%: reached, on so few cases", "2 won of 3 deals decided", "correct it in the CRM")
	// A correction adds to a sum; nothing else is taken.
	wants(t, o.reads(nok, "log #1 +500 the fair"), "+$500", "$17,000.50 of $40,000")
	wants(t, o.reads(nok, "show #1"), "+$500 of it was logged by hand")
	o.refuses(nok, "log #1 =20000", "figure_followed")
	o.refuses(nok, "log #2 =61%", "figure_followed")
	// What is sold next is there at once.
	o.sells("Darcy Schlechter", "Pro", "2026-08-20", "2026-09-09", "1000")
	wants(t, o.reads(nok, "progress #1"), "$18,000.50 of $40,000")
}

func TestWhatWasLoggedBeforeTheFeedCountsForTheDaysItDoesNotTellOf(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-20 09:00")
	goal := o.sets(coaching.Revenue, "", "Revenue", coaching.Month, "2026-09-01", "40000")
	o.logs(goal, nok, "2026-09-02", "1000") // before the CRM's first deal
	o.logs(goal, nok, "2026-09-08", "500")  // which the CRM tells of, too
	o.sells("Darcy", "Pro", "2026-09-05", "2026-09-08", "500")
	wants(t, o.reads(nok, "progress #1"), "$1,500 of $40,000", "+$1,000 of it was logged by hand")
}

func TestAMembersGoalFollowsTheOwnersWhoAreTheMember(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	o.sets(coaching.Revenue, ploy, "Ploy sells", coaching.Month, "2026-09-01", "9000")
	o.sells("ploy@example.com", "Pro", "2026-09-01", "2026-09-03", "2000")
	o.sells("Darcy Schlechter", "Pro", "2026-09-01", "2026-09-04", "3000", "")
	wants(t, o.reads(ploy, "progress #1"), "$0 of $9,000", "Log with") // nobody is ploy yet
	o.leads(nok)
	wants(t, o.reads(nok, "settings"), "2 owners in the CRM are not matched to members")
	wants(t, o.reads(nok, "settings owners"), "# Owners in the CRM", "2 not matched yet", "Darcy Schlechter: 2 deals", "ploy@example.com: 1 deal", `settings owner "Darcy Schlechter" @…`)
	o.refuses(nok, `settings owner "Nobody" off`, "owner_unknown")
	o.refuses(nok, `settings owner Darcy Schlechter`, "owner_how")
	text := o.mentions(nok, `settings owner “ploy@example.com” @`+string(ploy), ploy)
	wants(t, text, "1 matched", "ploy@example.com is ploy: 1 deal", "1 not matched yet", "Darcy Schlechter: 2 deals")
	o.mentions(nok, `settings owner "Darcy Schlechter" @`+string(ploy), ploy)
	o.reads(nok, `settings owner "Darcy Schlechter" off`)
	wants(t, o.reads(nok, "settings changes"),
		"in the CRM, Darcy Schlechter is no longer ploy", "in the CRM, Darcy Schlechter is ploy", "in the CRM, ploy@example.com is ploy")
	wants(t, o.reads(ploy, "progress #1"), "$2,000 of $9,000", "1 won of 1 deal decided")
	// The team counts them all.
	wants(t, o.reads(nok, "team"), "The team's figures in Sep 2026", "Revenue: $5,000 · 2 won of 3 deals decided", "Win rate: 66.7%", "last fed 09:00")
	// Single reps' parts are for them and for managers.
	wants(t, o.reads(nok, "history winrate by rep"), "Win rate by rep", "Altogether: 66.7%", "Darcy Schlechter: 50%", "ploy: 100%")
	own := o.reads(ploy, "history winrate by rep")
	wants(t, own, "Altogether: 66.7%", "ploy: 100%", "managers see everybody's")
	if strings.Contains(own, "Darcy") {
		t.Errorf("a rep sees how another does:\n%s", own)
	}
	o.refuses(ploy, `settings owner "Darcy Schlechter" off`, "settings_of_managers")
	o.refuses(ploy, `settings owners`, "settings_of_managers")
}

func TestHistoryShowsFedMonthsWithTheirCases(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-10 09:00")
	for m, amounts := range [][]string{{"100", ""}, {"100", "200", "", ""}, {"300", "100", ""}} {
		day := fmt.Sprintf("2026-%02d-03", 6+m)
		o.sells("Darcy", []string{"Pro", "Basic"}[m%2], "2026-06-01", day, amounts...)
	}
	o.sells("Darcy", "Pro", "2026-09-01", "2026-09-08", "50")
	o.feeds(coaching.DealCreated, "open", "2026-09-09")
	text := o.reads(nok, "history winrate")
	wants(t, text, "- Jun 2026: 50% (1 of 2)", "- Jul 2026: 50% (2 of 4)", "- Aug 2026: 66.7% (2 of 3)",
		"Sep 2026 so far: 100% · 1 won of 1 deal decided", "Of the deals opened in Sep 2026, 1 of 1 decided were won (100%); 1 still open", "last fed 09:00")
	// Figures entered by hand stay, which is said.
	o.remembers(coaching.Revenue, "2026-07-01", "999")
	wants(t, o.reads(nok, "history revenue"), "- Jun 2026: $100", "- Jul 2026: $999", "- Aug 2026: $400", "1 past figure was entered by hand and stays")
	wants(t, o.reads(nok, "history winrate by product"), "Win rate by product", "Altogether: 60%", "Pro: 66.7% · 4 won of 6", "Basic: 50% · 2 won of 4")
	wants(t, o.reads(nok, "history winrate by stage"), "Demo: 60% won, 6 of 10; 4 were lost here")
	wants(t, o.reads(nok, "history revenue by product quarter"), "Q3 2026")
	o.refuses(nok, "history revenue by stage", "parts_stage")
	o.refuses(nok, "history churn by product", "parts_not_fed")
}

func TestASilentFeedIsSaid(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-01 09:00")
	o.sets(coaching.Calls, "", "Calls", coaching.Quarter, "2026-09-01", "400")
	for range 8 { // every working day
		o.feeds(coaching.ActivityDone, "", o.now.Format(time.DateOnly), "activity", "call", "count", "5")
		for o.now = o.now.AddDate(0, 0, 1); o.now.Weekday() == time.Saturday || o.now.Weekday() == time.Sunday; {
			o.now = o.now.AddDate(0, 0, 1)
		}
	}
	text := o.reads(nok, "progress #1")
	wants(t, text, "40 of 400 calls", "Counted from logged calls.")
	if strings.Contains(text, "longer than usual") {
		t.Errorf("a feed that came yesterday is silent:\n%s", text)
	}
	o.now = o.now.AddDate(0, 0, 7)
	wants(t, o.reads(nok, "progress #1"), "last fed", "Nothing has come for 5 working days, longer than usual.")
}

func TestTheReviewOfAFollowedGoalNamesWhoBroughtWhat(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-02 09:00")
	o.sets(coaching.Revenue, "", "Revenue", coaching.Month, "2026-09-01", "4000")
	o.sells("ploy@example.com", "Pro", "2026-09-01", "2026-09-03", "2000")
	o.sells("Darcy Schlechter", "Basic", "2026-09-01", "2026-09-04", "3000", "")
	o.sells("", "Basic", "2026-09-01", "2026-09-05", "500")
	o.leads(nok)
	o.mentions(nok, `settings owner ploy@example.com @`+string(ploy), ploy)
	wants(t, o.reads(nok, "review #1"), "$5,500", "Darcy Schlechter", "$3,000", "ploy", "$2,000", "$500")
}

func TestAWonDealIsAWinInTheNudge(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-09-07 08:00") // a Monday
	o.sets(coaching.Revenue, "", "Revenue", coaching.Month, "2026-09-01", "40000")
	o.sets(coaching.Revenue, ploy, "Ploy sells", coaching.Month, "2026-09-01", "9000")
	o.typesIn(lin, "settings nudge 09:00 Mon-Fri #C0SALES")
	o.typesIn(ploy, "settings my nudge 09:00")
	o.sells("ploy@example.com", "Pro", "2026-08-01", "2026-09-04", "2000", "500", "") // on Friday
	o.sells("ploy@example.com", "Pro", "2026-08-01", "2026-09-03", "7777")            // told of on Friday
	o.sells("nok@example.com", "Pro", "2026-08-01", "2026-09-05", "1000")             // on Saturday
	o.sells("Darcy", "Pro", "2026-08-01", "2026-09-04", "3000")                       // who is nobody's
	o.mentions(lin, `settings owners ploy@example.com @`+string(ploy), ploy)
	o.mentions(lin, `settings owners nok@example.com @`+string(nok), nok)
	o.ticks("2026-09-07 09:00")
	var channel, own commands.Post
	for _, delivery := range o.outbox() {
		post, err := o.router.Word(t.Context(), delivery)
		if err != nil {
			t.Fatal(err)
		}
		if delivery.Member == "" {
			channel = post
		} else {
			own = post
		}
	}
	text := wordsOf(channel.Reply)
	wants(t, text, "Wins since Friday", "ploy: +$2,500 on Ploy sells", "nok: +$1,000 on Revenue")
	for _, wrong := range []string{"7,777", "Darcy", "3,000", "Nothing"} {
		if strings.Contains(text, wrong) {
			t.Errorf("the channel hears of %q:\n%s", wrong, text)
		}
	}
	wants(t, wordsOf(own.Reply), "ploy: +$2,500 on Ploy sells")
	if strings.Contains(wordsOf(own.Reply), "$1,000") {
		t.Errorf("ploy hears what nok won:\n%s", wordsOf(own.Reply))
	}
	kudos := func(who coaching.MemberID, value string) string {
		t.Helper()
		reply, err := o.pressesOn(who, "kudos", value)
		if err != nil {
			return err.Error()
		}
		return wordsOf(reply)
	}
	var values []string
	for _, part := range channel.Reply.Parts {
		if row, isRow := part.(commands.Row); isRow {
			for _, button := range row.Buttons {
				if button.Action == "kudos" {
					values = append(values, button.Value)
				}
			}
		}
	}
	if len(values) != 2 {
		t.Fatalf("applause for %v", values)
	}
	wants(t, kudos(nok, values[0]), "ploy")
	if again := kudos(ploy, values[0]); !strings.Contains(again, "kudos_own") {
		t.Errorf("one's own win: %s", again)
	}
	if forged := kudos(nok, strings.Replace(values[0], "09-04", "09-01", 1)); !strings.Contains(forged, "kudos_gone") {
		t.Errorf("a win that was none: %s", forged)
	}
}
