package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// soldMonth is a month's deals, decided in its first three weeks by nok and art.
type soldMonth struct {
	month     string
	won, lost int
}

// sells tells the program of a month's deals.
func (w *week) sells(sold soldMonth) {
	w.Helper()
	var events []coaching.Event
	first, err := time.Parse("2006-01-02", sold.month+"-01")
	if err != nil {
		w.Fatal(err)
	}
	for i := range sold.won + sold.lost {
		owner, stage, kind := "Nok", "Demo", coaching.DealWon
		if i%2 == 0 {
			owner = "Art"
		}
		if i >= sold.won {
			kind = coaching.DealLost
			if i%2 == 0 {
				stage = "Proposal"
			}
		}
		events = append(events, w.deal(fmt.Sprint(sold.month, "-", i), owner, "North", stage, kind, first.AddDate(0, 0, i%20))...)
	}
	for len(events) > 0 {
		n := min(len(events), 100)
		results, err := w.app.store.Ingest(w.Context(), w.workspace, events[:n], w.clock.Now())
		if err != nil {
			w.Fatal(err)
		}
		for _, result := range results {
			if result.Outcome != coaching.EventAccepted {
				w.Fatalf("an event came to %+v", result)
			}
		}
		events = events[n:]
	}
}

// deal is the life of a deal of two weeks.
func (w *week) deal(id, owner, territory, stage string, end coaching.EventKind, closed time.Time) []coaching.Event {
	fields := map[coaching.EventField]string{coaching.FieldOwner: owner, coaching.FieldTerritory: territory}
	at := closed.AddDate(0, 0, -14).Add(3 * time.Hour)
	return []coaching.Event{
		{ID: id + "o", Kind: coaching.DealCreated, Subject: id, At: at, Fields: fields},
		{ID: id + "s", Kind: coaching.DealStageChanged, Subject: id, At: at.AddDate(0, 0, 7), Fields: map[coaching.EventField]string{coaching.FieldStage: stage}},
		{ID: id + "e", Kind: end, Subject: id, At: at.AddDate(0, 0, 14)},
	}
}

// reads returns what was posted since the last call, and where.
func (w *week) reads() string {
	w.Helper()
	text := w.heard.String()
	w.heard.Reset()
	return text
}

// monthly lets a month's looks happen after its deals were told, on each Monday,
// and returns what was read.
func (w *week) monthly(sold soldMonth, dies bool) string {
	w.Helper()
	first, err := time.ParseInLocation("2006-01-02", sold.month+"-01", bangkok)
	if err != nil {
		w.Fatal(err)
	}
	w.clock.Set(first.AddDate(0, 1, 0).Add(8 * time.Hour))
	w.sells(sold)
	for day := first.AddDate(0, 1, 0); ; day = day.AddDate(0, 0, 1) {
		if day.Weekday() == time.Monday {
			w.clock.Set(day.Add(10 * time.Hour))
			if err := w.app.router.Tick(w.Context(), w.clock.Now()); err != nil {
				w.Fatal(err)
			}
			if dies {
				w.restarts() // between the decision and the post
			}
			w.works()
			return w.reads()
		}
	}
}

// restarts ends the program and starts it again on the same database.
func (w *week) restarts() {
	w.Helper()
	if err := w.app.store.Close(w.Context()); err != nil {
		w.Fatal(err)
	}
	app, err := NewApp(w.Context(), w.app.config, testParts(w.clock.Now))
	if err != nil {
		w.Fatal(err)
	}
	w.app = app
}

// replyText is a reply as plain text.
func replyText(reply commands.Reply) string {
	var text strings.Builder
	for _, part := range reply.Parts {
		switch part := part.(type) {
		case commands.Note:
			text.WriteString(part.Line.String() + "\n")
		case commands.Text:
			text.WriteString(part.Line.String() + "\n")
		case commands.List:
			for _, item := range part.Items {
				text.WriteString(item.String() + "\n")
			}
		}
	}
	return text.String()
}

// TestLifeOfAWarning lives through an episode on both platforms: quiet, a warning
// once and in the right place, what people say of it, a restart, and the all-clear.
func TestLifeOfAWarning(t *testing.T) {
	t.Parallel()
	for _, platform := range []string{"slack", "discord"} {
		t.Run(platform, func(t *testing.T) {
			t.Parallel()
			clock := &testClock{now: time.Date(2025, time.January, 2, 9, 0, 0, 0, bangkok)}
			w := newWeek(t, platform, clock)
			w.types("mai", "settings zone Asia/Bangkok")
			w.types("mai", "settings warnings 09:30 Mon #sales")
			w.reads()
			month := 0
			next := func(won, lost int) string {
				month++
				year, m := 2025+(month-1)/12, (month-1)%12+1
				return w.monthly(soldMonth{month: fmt.Sprintf("%d-%02d", year, m), won: won, lost: lost}, month > 12)
			}
			for range 12 {
				if text := next(20, 20); strings.Contains(text, "⚠️") {
					t.Fatalf("warned of nothing:\n%s", text)
				}
			}
			var told string
			for range 4 {
				told += next(6, 34)
			}
			if n := strings.Count(told, "⚠️ Win rate has fallen to"); n != 1 {
				t.Fatalf("the warning came %d times:\n%s", n, told)
			}
			for _, want := range []string{"#sales", "Usually it would be about", "How sure", "Jan", "Two things to do", "[picture] Win rate so far. ", "19 times in 20 between", "Useful", "False alarm"} {
				if !strings.Contains(told, want) {
					t.Errorf("the warning says nothing of %q:\n%s", want, told)
				}
			}
			for _, post := range strings.Split(told, "=== ") {
				if (strings.Contains(post, "Win rate of Nok") || strings.Contains(post, "Win rate of Art")) && !strings.Contains(post, "to mai alone") {
					t.Errorf("what concerns one person was told elsewhere:\n%s", post)
				}
			}
			w.presses("nok", "Useful")
			var back string
			for range 5 {
				back += next(21, 19)
			}
			if n := strings.Count(back, "✅ Win rate: back to usual"); n != 1 {
				t.Errorf("the all-clear came %d times:\n%s", n, back)
			}
			if strings.Contains(back, "⚠️ Win rate: ") {
				t.Errorf("warned of a recovery:\n%s", back)
			}
			board := w.does("nok", "", commands.Request{Text: "team"})
			if text := replyText(board); !strings.Contains(text, "Useful: 1, false alarms: 0") {
				t.Errorf("the board reports %s", text)
			}
		})
	}
}

// TestWarningThatIsHushed snoozes a warning and hears of it once when the break is
// over, calls it a false alarm, and reads that in the team's board and in Thai.
func TestWarningThatIsHushed(t *testing.T) {
	t.Parallel()
	clock := &testClock{now: time.Date(2025, time.January, 2, 9, 0, 0, 0, bangkok)}
	w := newWeek(t, "slack", clock)
	w.types("mai", "settings zone Asia/Bangkok")
	w.types("mai", "settings language th")
	w.types("mai", "settings warnings 09:30 Mon #sales")
	w.types("mai", "settings warnings budget 2")
	w.types("mai", "settings warnings mute cycle")
	var told string
	for month := range 13 {
		won := 20
		if month == 12 {
			won = 4
		}
		told = w.monthly(soldMonth{month: fmt.Sprintf("%d-%02d", 2025+month/12, month%12+1), won: won, lost: 40 - won}, false)
	}
	for _, want := range []string{"อัตราการปิดการขาย (win rate) ลดลงเหลือ", "สองอย่างที่ทำได้สัปดาห์นี้"} {
		if !strings.Contains(told, want) {
			t.Fatalf("the channel's language is missing %q:\n%s", want, told)
		}
	}
	if reply, err := w.refused("nok", "พัก 4 สัปดาห์"); err == nil {
		t.Errorf("a rep snoozed the team's warning: %+v", reply)
	}
	w.presses("mai", "พัก 4 สัปดาห์")
	w.reads()
	for range 3 {
		w.clock.Set(w.clock.Now().AddDate(0, 0, 7))
		w.works()
	}
	if text := w.reads(); strings.Contains(text, "⚠️ อัตราการปิดการขาย (win rate)") {
		t.Errorf("the break is not kept:\n%s", text)
	}
	if text := w.monthly(soldMonth{month: "2026-02", won: 4, lost: 36}, false); strings.Count(text, "ยังไม่กลับสู่ระดับปกติ") != 1 {
		t.Errorf("when the break is over, it is not told that nothing is better:\n%s", text)
	}
	w.presses("mai", "เตือนผิด")
	board := replyText(w.does("mai", "", commands.Request{Text: "team"}))
	if !strings.Contains(board, "Useful: 0, false alarms: 1") || !strings.Contains(board, "false alarms a year: 2") {
		t.Errorf("the board reports %s", board)
	}
	for _, month := range []string{"2026-03", "2026-04", "2026-05"} {
		if after := w.monthly(soldMonth{month: month, won: 21, lost: 19}, false); strings.Contains(after, "กลับสู่ระดับปกติแล้ว") {
			t.Errorf("the end of a false alarm was told:\n%s", after)
		}
	}
}

// refused presses a button of the channel's latest post and returns what comes of it.
func (w *week) refused(who, label string) (commands.Reply, error) {
	w.Helper()
	for _, button := range w.last[len(w.last)-1].buttons {
		if button.label == label {
			w.asked++
			return w.app.router.Handle(w.Context(), commands.Request{
				ID: fmt.Sprint("w", w.asked), Workspace: w.workspace, Channel: w.channel, Member: w.members[who], MemberName: who,
				Received: w.clock.Now(), Via: commands.ViaButton, Action: button.action, Value: button.value,
			})
		}
	}
	w.Fatalf("nothing has a button %q", label)
	return commands.Reply{}, nil
}
