package commands_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

var update = flag.Bool("update", false, "write the golden files anew")

// lines of a conversation's script: "nok: log #1 +3" types a command, "nok> 2"
// presses the second button of the answer before, "+3" lets days pass, and
// "nudge" shows what the channel is told at nine in the morning.
var (
	thaiConversation = []string{
		"nok: ", "nok: help log", "nok: settings zone Asia/Bangkok", "nok: settings currency THB", "nok: settings language th",
		"nok: new มาสร้างรายได้เพิ่มกันเถอะ",
		"nok: new เดโม 20 ครั้งภายในเดือนนี้ เพราะดีลเริ่มจากเดโม", "nok> 1", "nok> 1",
		"nok: new เราจะทำรายได้ให้ได้ 1.2 ล้านบาทในไตรมาสนี้ โดยการโทรหาลูกค้าเก่า", "nok> 1",
		"nok: new เราจะรักษาอัตราการเลิกใช้งานให้ต่ำกว่า 2% ในเดือนนี้", "nok> 1",
		"nok: log #1 +3 เดโมให้บริษัทอนันต์", "nok: log +๒", "nok: progress #1 +1", "nok: undo", "nok: log #2 +400,000 ต่อสัญญา Acme", "ploy: log #2 +฿54,500.50",
		"nok: log #3 =2.4%", "nok: log #1 +5 บาท", "nok: log ห้า", "ploy: log +3",
		"+8", "nok: progress", "nok: progress #1", "nok: progress #2", "nok: show #1",
		"nok: settings costs salaries 200k marketing 50k", "nok: settings margin 40%", "nok: settings deal ฿50k from 30",
		"nok: settings funnel leads 400 meetings 120 deals 30",
		"nok: settings holiday 2569-12-31 2027-01-01", "nok: settings rep @U0NOK 2567-01-15", "nok: settings rep @U0PLOY 2569-10-01", "nok: settings nudge 09:00 Mon-Fri #C0SALES",
		"nok: new เราจะทำรายได้ให้ได้ 400,000 บาทในเดือนนี้", "nok: new ลีดที่ผ่านการรับรอง 30 รายในเดือนนี้", "nok: progress #1",
		"nok: list", "nok: list team", "nok: team", "nok: plan #1", "nok: plan #1 จุดรั่ว proposal: ราคาออกไปก่อนเดโม", "nok: plan #1 เครื่องมือ ไม่มี ระบบโทร", "nok: done", "nok: done 1",
		"nok: plan #2", "nok> 1", "nok: progress #2", "nok> 1",
		"nudge", "nok: focus #3", "nok: park #3 รอข้อมูลจากฝ่ายบัญชี", "nok: close #3 เลิกวัดแล้ว", "nok: log #3 =2%",
		"nok: history", "nok> 1", "nok: history อัตราการปิดการขาย", "nok: history ความสุข",
		"+50", "nok: review", "nok> 1", "nok: review #1 เริ่มนัดให้เร็วขึ้น", "nok: review #2", "nok: list all", "nok: settings", "nok: dance", "ploy: log +3 บาท",
	}
	englishConversation = []string{
		"nok: ", "nok: new let's make more revenue",
		"nok: new 20 demos this month because deals begin with demos", "nok> 1", "nok> 1",
		"nok: new we will reach $120k revenue this quarter by calling lapsed customers", "nok> 1",
		"nok: new we will keep churn below 2% this month", "nok> 1",
		"nok: log #1 +3 demo at Anan", "nok: progress #1 +1", "nok: undo", "nok: log #2 +40,000 renewal Acme", "ploy: log #2 +$5,450.50",
		"nok: log #3 =2.4%", "nok: log five", "+8", "nok: progress", "nok: show #1",
		"nok: settings funnel leads 400 meetings 120 deals 30", "nok: settings deal $5k from 30",
		"nok: list team", "nok: team", "nok: plan #1 leak proposal: prices go out before the demo", "nok: done 1", "nok: progress #2", "nok> 1",
		"nudge", "nok: history", "nok> 1", "+50", "nok: review #1 book earlier", "nok: review #2", "nok: settings",
	}
)

func TestConversationInThai(t *testing.T) {
	t.Parallel()
	converse(t, "th", thaiConversation, "thai_conversation.txt")
}

func TestConversationInEnglish(t *testing.T) {
	t.Parallel()
	converse(t, "en", englishConversation, "english_conversation.txt")
}

// converse plays a script in an office with a year and a half of history, and
// compares what is said with the golden file.
func converse(t *testing.T, locale string, script []string, golden string) {
	t.Helper()
	o := newOffice(t, "2026-11-10 02:30")
	o.leads(nok)
	o.remembers(coaching.Revenue, "2025-04-01",
		"210000", "225000", "231000", "240000", "238000", "252000", "260000", "271000", "310000", "265000", "270000", "284000",
		"281000", "290000", "301000", "305000", "310000", "322000", "331000")
	o.remembers(coaching.WinRate, "2026-05-01", "24", "25", "27", "26", "31")
	var (
		heard bytes.Buffer
		last  commands.Reply
	)
	for _, line := range script {
		fmt.Fprintf(&heard, "=== %s\n", line)
		if days, found := strings.CutPrefix(line, "+"); found {
			count, err := strconv.Atoi(days)
			if err != nil {
				t.Fatal(err)
			}
			o.now = o.now.AddDate(0, 0, count)
			continue
		}
		if line == "nudge" {
			fmt.Fprintln(&heard, wordsOf(o.nudges()))
			continue
		}
		who, text, _ := strings.Cut(line, ":")
		request := commands.Request{Text: strings.TrimSpace(text), Locale: locale, Channels: []coaching.ChannelID{"C0SALES"}}
		if name, number, pressed := strings.Cut(line, "> "); pressed {
			who = name
			button, err := strconv.Atoi(number)
			if err != nil || button > len(last.Buttons) {
				t.Fatalf("%s: there are %d buttons, %v", line, len(last.Buttons), err)
			}
			request.Action, request.Value = last.Buttons[button-1].Action, last.Buttons[button-1].Value
		}
		request.Member = map[string]coaching.MemberID{"nok": nok, "ploy": ploy}[who]
		if request.Member == ploy {
			request.Locale = "" // and so she is spoken to in the team's language
		}
		for _, word := range strings.Fields(request.Text) {
			if name, mention := strings.CutPrefix(word, "@"); mention {
				request.Mentions = append(request.Mentions, coaching.MemberID(name))
			}
		}
		reply, err := o.ask(request)
		if err != nil {
			reply = o.router.Explain(request, err, "reference")
		}
		fmt.Fprintln(&heard, wordsOf(reply))
		if len(reply.Buttons) > 0 {
			last = reply
		}
	}
	path := filepath.Join("testdata", golden)
	if *update {
		if err := os.WriteFile(path, heard.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := heard.String(); got != string(want) {
		t.Errorf("%s differs from what is said (go test ./commands -run Conversation -update writes it anew):\n%s", path, firstDifference(got, string(want)))
	}
}

// nudges words what the channel is told on the office's day, as facts of the
// store decide it.
func (o *office) nudges() commands.Reply {
	o.Helper()
	at := time.Date(o.now.Year(), o.now.Month(), o.now.Day()+1, 2, 0, 0, 0, time.UTC)
	if err := o.store.SaveCadence(o.Context(), coaching.Cadence{
		Workspace: officeID, Kind: coaching.NudgeDaily, Channel: "C0SALES", At: 9 * 60, Days: coaching.MondayToFriday, Zone: "Asia/Bangkok", NextAt: at,
	}); err != nil {
		o.Fatal(err)
	}
	if err := o.router.Tick(o.Context(), at); err != nil {
		o.Fatal(err)
	}
	deliveries, err := o.store.Deliveries(o.Context(), officeID, 10)
	if err != nil || len(deliveries) != 1 {
		o.Fatalf("%d nudges were decided, %v", len(deliveries), err)
	}
	post, err := o.router.Word(o.Context(), deliveries[0])
	if err != nil {
		o.Fatal(err)
	}
	return post.Reply
}

func firstDifference(got, want string) string {
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i, line := range gotLines {
		if i >= len(wantLines) || line != wantLines[i] {
			return fmt.Sprintf("line %d\n got: %s\nwant: %s", i+1, line, strings.Join(wantLines[min(i, len(wantLines)):min(i+1, len(wantLines))], ""))
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(gotLines), len(wantLines))
}
