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
// presses the second button of the answer before, "nok? reason=#2 | words=none"
// fills in the form that was asked before, choices by their place, "nok! back"
// says words to the bot alone, "nok@" opens the bot's own page, "+3" lets days
// pass, and "nudge" shows what the channel is told at nine in the morning.
var (
	thaiConversation = []string{
		"nok: ", "nok: help log", "nok: settings zone Asia/Bangkok", "nok: settings currency THB", "nok: settings language th",
		"nok: new มาสร้างรายได้เพิ่มกันเถอะ",
		"nok: new เดโม 20 ครั้งภายในเดือนนี้ เพราะดีลเริ่มจากเดโม", "nok> 1", "nok> 1",
		"nok: new เราจะทำรายได้ให้ได้ 1.2 ล้านบาทในไตรมาสนี้ โดยการโทรหาลูกค้าเก่า", "nok? reason=ดีลใหญ่สองรายเซ็นสัญญาแล้ว", "nok? card=#1",
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
		// A goal by conversation: for the team with tiers in forms, then for oneself in words.
		"nok: new", "nok? kind=#1", "nok? whose=#2", "nok? period=#4", "nok? target=#2", "nok? card=#2",
		"nok? why=รายได้จากการต่อสัญญาช่วยให้รับคนเพิ่มได้ | how=โทรหาลูกค้าเก่า",
		"nok? process=ใบเสนอราคาออกช้า | tools=มี ระบบโทร | leak=proposal: ราคาออกไปก่อนเดโม | audience=งานแสดงสินค้า",
		"nok? wins=#1", "nok? card=#2", "nok? change=#2", "nok? target=ห้า", "nok? target=#1", "nok? card=#1",
		"nok: new เราจะทำรายได้ 9 ล้านบาทในปีนี้", "nok? reason=", "nok: new อัตราการปิดการขาย 30% ในไตรมาสนี้", "nok> 2", "nok? baseline=26%", "nok? card=#1",
		"ploy! new", "ploy! อย่างอื่น", "ploy! เวิร์กช็อป", "ploy! กลับ", "ploy! เวิร์กช็อป", "ploy! มาก", "ploy! 8", "ploy! วันอื่น",
		"ploy! 2027-01-04", "ploy! 2027-01-03", "ploy! 2027-03-31", "ploy! เพิ่มแผนและชัยชนะเล็กๆ", "ploy! ข้าม", "ploy! ชวนลูกค้าเก่ามาร่วม", "ploy! ข้ามทั้งหมด", "ploy! สร้างเป้าหมาย",
		"ploy! new", "ploy! ยกเลิก",
		// Edited, parked, closed, with reasons.
		"+6", "ploy: edit #6", "ploy? part=#1", "ploy? target=12", "ploy? target=12 | reason=ลูกค้าขอเพิ่ม", "ploy: edit #6 เป้า 15", "ploy: edit #6 เป้า 15 เพราะมีตัวแทนขายเพิ่มสองคน",
		"ploy: edit #6 ถึง สิ้นไตรมาส 2 เพราะงานแสดงสินค้าเลื่อน", "ploy: edit #6 ชื่อ เวิร์กช็อปครึ่งปีแรก", "ploy: edit #6 ส่วนตัว ใช่", "ploy: edit #6", "ploy? part=#4", "ploy? which=#1",
		"ploy: edit #6", "ploy? part=#2", "ploy! ยกเลิก", "ploy: edit #6", "ploy? part=#3", "ploy! ยกเลิก", "ploy: edit #6 ขนาด 3", "ploy: show #6", "ploy: show #6 changes",
		"ploy: park #6", "ploy? reason=#1", "ploy: focus #6", "ploy: close #6", "ploy? reason=other", "ploy? words=รวมกับงานแสดงสินค้า", "ploy: edit #6 เป้า 20 เพราะลองดู",
		// What takes a manager.
		"ploy: settings zone UTC", "ploy: close #4", "ploy: edit #4 เป้า 3 เพราะลองดู", "ploy: history import", "ploy: review #4", "ploy: log #1 +1", "ploy: settings changes", "ploy: new เราจะโทร 200 สายในเดือนนี้",
		"nok: edit #4 เจ้าของ @U0PLOY", "nok: edit #4 เจ้าของ @U0PLOY เพราะดูแลลูกค้ากลุ่มนี้", "ploy: show #4", "nok: settings managers @U0PLOY", "nok: settings managers -@U0NOK -@U0PLOY", "nok: settings changes",
		// The other forms.
		"nok: plan #4", "nok> ตอบในแบบฟอร์ม", "nok? hiccups=ใบเสนอราคาออกช้า", "nok? reach=โทร",
		"nok: review #1", "nok> บทเรียนและเป้าถัดไป", "nok? lessons=นัดให้เร็วขึ้น", "ploy: plan #4", "ploy: done", "ploy: done 1",
		"nok: history import", "nok? kind=#2 | paste=ม.ค. 2568  2.4%\nก.พ. 2568 2.2%\nอะไร 3\n2027 5%", "nok? confirm=#1", "nok@", "ploy@", "ploy> บันทึกความคืบหน้า", "ploy? amount=ห้า", "nok: settings", "nok> เปลี่ยนการตั้งค่า",
		"nok? setting=focus", "nok? limit=11", "nok? limit=4", "nok: help edit", "nok: help history", "nok: help settings", "nok: help overview", "nok: help", "nok: settings nudge off", "nok: settings margin off",
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
		"nok: new", "nok? kind=#1", "nok? whose=#2", "nok? period=#4", "nok? target=#2", "nok? card=#2",
		"nok? why=renewals pay for the new hires | how=calling lapsed customers",
		"nok? process=offers go out late | tools=yes the dialler | leak=proposal: prices go out before the demo | audience=the trade fair",
		"nok? wins=#1", "nok? card=#2", "nok? change=#2", "nok? target=five", "nok? target=#1", "nok? card=#1",
		"ploy! new", "ploy! something else", "ploy! workshops held", "ploy! back", "ploy! workshops held", "ploy! much", "ploy! 8", "ploy! other dates",
		"ploy! 2027-01-04", "ploy! 2027-01-03", "ploy! 2027-03-31", "ploy! add a plan and small wins", "ploy! skip", "ploy! inviting lapsed customers", "ploy! skip all", "ploy! create goal",
		"+6", "ploy: edit #5", "ploy? part=#1", "ploy? target=12", "ploy? target=12 | reason=customers ask for more", "ploy: edit #5 target 15", "ploy: edit #5 target 15 because two reps joined",
		"ploy: edit #5 until the end of Q2 because the fair is later", "ploy: edit #5 private yes", "ploy: show #5", "ploy: show #5 changes",
		"ploy: park #5", "ploy? reason=#1", "ploy: focus #5", "ploy: close #5", "ploy? reason=other", "ploy? words=part of the trade fair",
		"ploy: settings zone UTC", "ploy: close #4", "ploy: edit #4 target 3 because I try", "ploy: history import", "ploy: log #1 +1", "ploy: new we will make 200 calls this month",
		"nok: edit #4 owner @U0PLOY because she knows these customers", "ploy: show #4", "nok: settings changes", "nok: settings", "nok> Change a setting", "nok? setting=focus", "nok? limit=11", "nok? limit=4",
		"nok: history import", "nok? kind=#2 | paste=Jan 2025  2.4%\nFeb 2025 2.2%\nwhat 3", "nok? confirm=#1", "nok@",
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
		asked form
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
		end := strings.IndexAny(line, ":>?!@")
		who, does, text := line[:end], line[end], strings.TrimSpace(line[end+1:])
		request := commands.Request{Locale: locale, Channels: []coaching.ChannelID{"C0SALES"}}
		switch does {
		case '>':
			button := pressedButton(t, last, text)
			request.Via, request.Action, request.Value = commands.ViaButton, button.Action, button.Value
		case '?':
			if asked.prompt == nil {
				t.Fatalf("%s: nothing is asked in\n%s", line, wordsOf(asked.reply))
			}
			request.Via, request.Action, request.Value = commands.ViaForm, commands.ActionAnswer, asked.prompt.Token
			request.Answers = asked.filled(strings.Split(text, " | "))
		case '!':
			request.Via, request.Text = commands.ViaDirect, text
		case '@':
			request.Via = commands.ViaHome
		default:
			request.Text = text
		}
		request.Member = map[string]coaching.MemberID{"nok": nok, "ploy": ploy}[who]
		if request.Member == ploy {
			request.Locale = "" // and so she is spoken to in the team's language
		}
		for _, word := range strings.Fields(request.Text) {
			if name, mention := strings.CutPrefix(strings.TrimPrefix(word, "-"), "@"); mention {
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
		asked = form{office: o, who: request.Member, reply: reply, prompt: reply.Prompt}
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

// pressedButton returns the button of that place or label.
func pressedButton(t *testing.T, reply commands.Reply, which string) commands.Button {
	t.Helper()
	for i, button := range reply.Buttons {
		if button.Label == which || strconv.Itoa(i+1) == which {
			return button
		}
	}
	t.Fatalf("there is no button %q in\n%s", which, wordsOf(reply))
	return commands.Button{}
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
