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

// ticks moves the office's clock to a time, as "2006-01-02 15:04" in UTC, and
// lets everything come due by then.
func (o *office) ticks(now string) {
	o.Helper()
	at, err := time.Parse("2006-01-02 15:04", now)
	if err != nil {
		o.Fatal(err)
	}
	o.now = at
	o.ticksNow()
}

// ticksNow lets everything come due by the office's clock.
func (o *office) ticksNow() {
	o.Helper()
	if err := o.router.Tick(o.Context(), o.now); err != nil {
		o.Fatal(err)
	}
}

// decided returns the ids of what was put into the outbox, the first due first,
// without the workspace.
func (o *office) decided() []string {
	o.Helper()
	var ids []string
	for _, delivery := range o.outbox() {
		ids = append(ids, strings.TrimPrefix(delivery.ID, string(officeID)+"/"))
	}
	return ids
}

func (o *office) outbox() []coaching.Delivery {
	o.Helper()
	deliveries, err := o.store.Deliveries(o.Context(), officeID, 1000)
	if err != nil {
		o.Fatal(err)
	}
	slices.Reverse(deliveries)
	return deliveries
}

func (o *office) wantsDecided(ids ...string) {
	o.Helper()
	if got := o.decided(); !slices.Equal(got, ids) {
		o.Errorf("decided is %q, want %q", got, ids)
	}
}

func TestMemberIsToldAtTheirOwnLocalTime(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 09:00")
	wants(t, o.reads(nok, "settings my nudge 08:45"), "Daily nudge, by direct message: first on Wed 21 Oct, 08:45", "to you alone: Mon–Fri at 08:45 (UTC)")
	wants(t, o.reads(nok, "settings my zone Asia/Bangkok"), "Time zone: Asia/Bangkok", "(Asia/Bangkok), next Wed 21 Oct, 08:45")
	goal := o.sets(coaching.Calls, nok, "Secret calls", coaching.Month, "2026-10-01", "100")
	goal.Private = true
	o.reads(nok, "focus #1")
	(&victims{office: o}).makePrivate(&goal)
	o.ticks("2026-10-21 01:44")
	o.wantsDecided()
	o.ticks("2026-10-21 01:45")
	o.wantsDecided("@U0NOK/2026-10-21")
	post, err := o.router.Word(t.Context(), o.outbox()[0])
	if err != nil || post.Member != nok || post.Channel != "" || post.Reply.Shared {
		t.Fatalf("post is %+v, %v", post, err)
	}
	// Alone with its owner, a private goal that is behind is spoken of.
	wants(t, wordsOf(post.Reply), "Wednesday, 21 Oct", "Secret calls")
}

func TestPersonIsToldOnceADay(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 07:00")
	o.reads(nok, "settings my nudge 09:00")
	o.ticks("2026-10-20 09:00")
	o.wantsDecided("@U0NOK/2026-10-20")
	for i, change := range []string{"nudge 17:00", "zone Pacific/Honolulu", "nudge off", "nudge 18:00"} {
		o.now = o.now.Add(time.Minute)
		o.reads(nok, "settings my "+change)
		o.ticks(fmt.Sprintf("2026-10-20 1%d:00", i+1))
	}
	o.ticks("2026-10-20 23:59")
	o.wantsDecided("@U0NOK/2026-10-20")
}

func TestProfileIsAskedForTheZoneAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 07:00")
	o.reads(nok, "settings my nudge 09:00")
	platform := &directory{}
	o.router.Consult(platform)
	// Nine o'clock UTC has come, which was nine where nok lived before Berlin.
	o.ticks("2026-10-20 09:00")
	o.ticks("2026-10-21 06:59")
	before := len(o.decided())
	o.ticks("2026-10-21 07:00")
	if after := o.decided(); len(after) != before+1 || after[before] != "@U0NOK/2026-10-21" || platform.asked != 1 {
		t.Errorf("decided is %q after %d, asked %d times", after, before, platform.asked)
	}
}

func TestDaysOffAndBreaksAreKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 07:00") // a Tuesday
	o.reads(nok, "settings my nudge 09:00")
	o.reads(lin, "settings nudge 09:00")
	wants(t, o.reads(nok, "away tomorrow thursday"), "nok is away: 21 Oct to 22 Oct", "pace does not count them")
	wants(t, o.reads(nok, "snooze until wednesday"), "until Wednesday, 21 Oct")
	o.now = o.now.Add(time.Minute)
	wants(t, o.reads(nok, "snooze 6d"), "until Monday, 26 Oct")
	wants(t, o.reads(nok, "settings my"), "Days off ahead: 21 Oct to 22 Oct", "On a break until: Monday, 26 Oct", "next Mon 26 Oct, 09:00")
	for day := 20; day <= 27; day++ {
		o.ticks(fmt.Sprintf("2026-10-%d 09:00", day))
	}
	o.wantsDecided(
		"nudge/C0SALES/2026-10-20", "nudge/C0SALES/2026-10-21", "nudge/C0SALES/2026-10-22", "nudge/C0SALES/2026-10-23",
		"@U0NOK/2026-10-26", "nudge/C0SALES/2026-10-26", "@U0NOK/2026-10-27", "nudge/C0SALES/2026-10-27",
	)
	wants(t, o.reads(nok, "snooze off"), "The break is over")
}

func TestChannelTakesABreak(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 07:00")
	o.reads(lin, "settings nudge 09:00 Mon-Fri")
	wants(t, o.reads(lin, "settings nudge snooze 2026-11-02"), "first on Mon 2 Nov, 09:00", "Mon–Fri at 09:00")
	o.now = o.now.Add(time.Minute)
	wants(t, o.reads(lin, "settings nudge resume"), "first on Tue 20 Oct, 09:00")
	wants(t, o.reads(lin, "settings changes"), "Mon–Fri 09:00 UTC, break until 2 Nov", "daily nudge")
	o.refuses(lin, "settings nudge snooze 2027-06-01", "snooze_too_long")
	o.refuses(lin, "settings nudge snooze", "snooze_until_missing")
	o.refuses(lin, "settings nudge 09:00 Sat", "cadence_never")
	o.refuses(nok, "snooze 2026-10-19", "snooze_past")
	o.refuses(nok, "away 2026-10-23 2026-10-22", "away_backwards")
	o.refuses(nok, "away whenever", "away_unreadable")
	o.refuses(nok, "settings my nudge 09:00 #C0SALES", "channel_unknown")
	o.refuses(nok, "settings my mute everything", "mute_unknown")
}

func TestManagerEntersDaysOffForOthers(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 07:00")
	reply, err := o.ask(commands.Request{Member: lin, Text: "away @U0NOK 2026-10-26 2026-10-30", Mentions: []coaching.MemberID{nok}})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, wordsOf(reply), "nok is away: 26 Oct to 30 Oct")
	wants(t, o.reads(nok, "away"), "26 Oct to 30 Oct")
	wants(t, o.reads(lin, "settings changes"), "days off: nok: 26 Oct to 30 Oct")
	wants(t, o.reads(nok, "away off"), "nok has no days off ahead")
}

func TestPaceRestsOnDaysOff(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-19 09:00")
	goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-10-01", "110")
	o.logs(goal, nok, "2026-10-09", "35") // five a day until a week of leave begins, of the 6.5 that it takes
	behind := o.reads(nok, "progress #1")
	o.reads(nok, "away 2026-10-12 2026-10-16")
	rested := o.reads(nok, "progress #1")
	wants(t, behind, "Behind by 25 calls")
	wants(t, rested, "Behind by 10 calls: the plan for now is 45 calls.")
	// The whole rest of the month off is no reason to stumble.
	o.reads(nok, "away 2026-10-19 2026-11-06")
	wants(t, o.reads(nok, "progress #1"), "0 working days", "No working day is left until 31 Oct.")
}

func TestDownTimeBringsOnePostForEachCadence(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-19 07:00") // a Monday
	o.reads(lin, "settings nudge 09:00")
	o.reads(nok, "settings my nudge 08:00")
	o.ticks("2026-10-19 09:00")
	// Down from Monday afternoon to Friday at ten, then to Monday evening.
	o.ticks("2026-10-23 10:00")
	o.ticks("2026-10-26 22:00")
	o.wantsDecided(
		"@U0NOK/2026-10-19", "nudge/C0SALES/2026-10-19",
		"@U0NOK/2026-10-23", "nudge/C0SALES/2026-10-23",
		"@U0NOK/2026-10-26", "nudge/C0SALES/2026-10-26",
	)
	for _, delivery := range o.outbox() {
		wantMissed, useful := 0, true
		switch delivery.DueAt.Day() {
		case 23:
			wantMissed = 3
		case 26:
			useful = false
		}
		if delivery.Missed != wantMissed || (len(delivery.Notices) > 0) != useful || useful == delivery.TooLate(o.now) && delivery.DueAt.Day() == 26 {
			t.Errorf("%s stands for %d more, has %d notices, expires %s", delivery.ID, delivery.Missed, len(delivery.Notices), delivery.ExpiresAt)
		}
	}
}

func TestQuietHoursMoveAndBoundPosts(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-20 05:00")
	o.reads(lin, "settings nudge 07:00")
	wants(t, o.reads(lin, "settings quiet 19:00–08:30"), "Quiet hours: 19:00 to 08:30", "next Tue 20 Oct, 08:30")
	o.reads(lin, "settings nudge 16:00")
	o.ticks("2026-10-20 16:00")
	if got := o.outbox(); len(got) != 1 || !got[0].ExpiresAt.Equal(time.Date(2026, 10, 20, 19, 0, 0, 0, time.UTC)) {
		t.Errorf("the outbox holds %+v", got)
	}
	o.refuses(lin, "settings nudge 20:00", "cadence_never")
}

func TestPublicHolidaysAreKnownYearAfterYear(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-12-21 07:00")
	o.reads(lin, "settings nudge 09:00")
	wants(t, o.reads(lin, "settings country us"), "public ones of US, next 25 Dec, 1 Jan 2027, 18 Jan 2027")
	o.refuses(lin, "settings country au", "country_part_missing")
	o.refuses(lin, "settings country TH", "country_unknown")
	wants(t, o.reads(lin, "settings holiday -2027-01-18"), "next 25 Dec, 1 Jan 2027, 15 Feb 2027")
	for _, day := range []string{"2026-12-24", "2026-12-25", "2027-01-01", "2027-01-18", "2029-07-04", "2032-07-05"} {
		o.ticks(day + " 09:00")
	}
	// In 2032, 4 July is a Sunday and observed on Monday.
	var missing []string
	decided := o.decided()
	for _, day := range []string{"2026-12-24", "2027-01-18"} {
		if !slices.Contains(decided, "nudge/C0SALES/"+day) {
			missing = append(missing, day)
		}
	}
	for _, day := range []string{"2026-12-25", "2027-01-01", "2029-07-04", "2032-07-05"} {
		if slices.Contains(decided, "nudge/C0SALES/"+day) {
			t.Errorf("nudged on %s", day)
		}
	}
	if len(missing) > 0 {
		t.Errorf("not nudged on %v: %v", missing, decided)
	}
}

func TestSettingsSayWherePostsDoNotArrive(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-10-19 07:00")
	o.reads(lin, "settings nudge 09:00")
	o.reads(nok, "settings my nudge 08:00")
	o.ticks("2026-10-19 09:00")
	for _, delivery := range o.outbox() {
		reason := coaching.Reason("not_in_channel")
		if delivery.Member != "" {
			reason = "cannot_dm"
		}
		outcome := coaching.Outcome{Result: coaching.Hopeless, Reason: reason}
		if _, err := o.store.SaveDelivery(t.Context(), delivery.Begin(o.now, time.Minute).Settle(outcome, o.now)); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, o.reads(lin, "settings"), "Since 19 Oct I can't post to #C0SALES: invite me there")
	if text := o.reads(lin, "settings") + o.reads(ploy, "settings my"); strings.Contains(text, "reach you") {
		t.Errorf("others are told of nok's direct messages:\n%s", text)
	}
	wants(t, o.reads(nok, "settings my"), "my direct messages don't reach you")
	// The cadence goes on, and what arrives again is no trouble any more.
	o.ticks("2026-10-20 09:00")
	for _, delivery := range o.outbox() {
		if delivery.State == coaching.Pending {
			outcome := coaching.Outcome{Result: coaching.Delivered, Receipt: "1"}
			if _, err := o.store.SaveDelivery(t.Context(), delivery.Begin(o.now, time.Minute).Settle(outcome, o.now)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if text := o.reads(lin, "settings") + o.reads(nok, "settings my"); strings.Contains(text, "Since 19 Oct") {
		t.Errorf("trouble is not over:\n%s", text)
	}
}
