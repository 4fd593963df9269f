package commands_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/smallwins/smallwins/coaching"
)

// keptWords are Latin words that Thai sales teams use as they are.
var keptWords = []string{
	"SMART", "S", "M", "A", "R", "T", "CRM", "KPI", "CLV", "CAC", "churn", "win", "rate", "costs", "margin", "funnel", "deal", "log", "proposal", "demo_held", "USD", "THB", "EUR", "k", "M", "Mon", "Fri", "Sun",
	"Thu", "Wed", "Asia", "Bangkok", "Europe", "Berlin",
}

func TestThaiIsThai(t *testing.T) {
	t.Parallel()
	latin := regexp.MustCompile(`[A-Za-z][A-Za-z_]*`)
	for id, message := range messages(t, "th") {
		bare := placeholder.ReplaceAllString(typed.ReplaceAllString(message, ""), "")
		for _, word := range latin.FindAllString(bare, -1) {
			if !slices.Contains(keptWords, word) {
				t.Errorf("%s says %q in the middle of Thai: %s", id, word, message)
			}
		}
	}
	english := messages(t, "en")
	for id, message := range messages(t, "th") {
		words := placeholder.ReplaceAllString(typed.ReplaceAllString(english[id], ""), "")
		if strings.ContainsFunc(words, unicode.IsLetter) && !strings.ContainsFunc(message, func(r rune) bool { return unicode.Is(unicode.Thai, r) }) {
			t.Errorf("%s has no Thai in it: %q", id, message)
		}
	}
}

// otherWords are words for things that the glossary has one word for, and what
// does not belong into the bot's mouth.
var otherWords = map[string]string{
	"อัตราการชนะ": "อัตราการปิดการขาย", "เลิกใช้บริการ": "เลิกใช้งาน", "ช่องทางการขาย": "กรวยการขาย", "ฟันเนล": "กรวยการขาย",
	"พนักงานขาย": "ตัวแทนขาย", "ตัวแทนฝ่ายขาย": "ตัวแทนขาย", "เซลส์": "ตัวแทนขาย", "ไมล์สโตน": "หมุดหมาย",
	"เหตุการณ์สำคัญ": "หมุดหมาย", "เป็นจริงได้": "สมจริง", "ชนะเล็ก ๆ": "ชัยชนะเล็กๆ", "ควอเตอร์": "ไตรมาส", "ทาร์เก็ต": "เป้า", "ช่อง ": "แชนแนล",
	"ครับ": "nothing", "ค่ะ": "nothing", "นะคะ": "nothing", "ๆ ๆ": "ๆ", "อีเมล์": "อีเมล",
}

func TestThaiKeepsToItsGlossary(t *testing.T) {
	t.Parallel()
	for id, message := range messages(t, "th") {
		for word, kept := range otherWords {
			if strings.Contains(message, word) {
				t.Errorf("%s says %q where the glossary has %q: %s", id, word, kept, message)
			}
		}
	}
}

// TestThaiHintsAreUnderstood says to the reader what the hints of a card tell
// people to add.
func TestThaiHintsAreUnderstood(t *testing.T) {
	t.Parallel()
	today := coaching.Date{Year: 2026, Month: 11, Day: 10}
	said := messages(t, "th")
	for _, test := range []struct {
		id, words, before, after string
		read                     func(coaching.Statement) bool
	}{
		{"hint_deadline_unclear", "ภายใน 30 มิ.ย.", "เดโม 20 ครั้ง", "", until("2027-06-30")},
		{"hint_deadline_missing", "ภายในเดือนนี้", "เดโม 20 ครั้ง", "", until("2026-11-30")},
		{"hint_deadline_missing", "ภายในสิ้นไตรมาส 2", "เดโม 20 ครั้ง", "", until("2027-06-30")},
		{"hint_deadline_past", "ภายในวันศุกร์", "เดโม 20 ครั้ง", "", until("2026-11-13")},
		{"reason_period_missing", "ภายในสิ้นไตรมาส 2", "เดโม 20 ครั้ง", "", until("2027-06-30")},
		{"hint_size_missing", "50,000 บาท", "รายได้ ", "ในเดือนนี้", func(s coaching.Statement) bool { return s.Size.Value.IntPart() == 50000 && s.Size.Currency == "THB" }},
		{"hint_currency_missing", "฿50,000", "รายได้ ", "ในเดือนนี้", func(s coaching.Statement) bool { return s.Size.Currency == "THB" }},
		{"hint_baseline_missing", "จาก 400,000 บาท", "เพิ่มรายได้ 5% ", "ในเดือนนี้", func(s coaching.Statement) bool {
			return s.Baseline.Known && s.Baseline.Value.IntPart() == 400000 && s.Size.Form == coaching.ChangePercent
		}},
		{"hint_size_is_rate", "โทร 50 สายสัปดาห์นี้", "", "", func(s coaching.Statement) bool {
			return s.Metric.Kind == coaching.Calls && s.Size.Per == "" && s.Period.Span == coaching.Week
		}},
		{"hint_why_missing", "โดยการโทรหาลูกค้าเก่า", "เพิ่มรายได้ 5% ในเดือนนี้ ", "", func(s coaching.Statement) bool { return s.Strategy == "โทรหาลูกค้าเก่า" }},
		{"hint_why_missing", "เพราะการต่อสัญญาเลี้ยงทั้งทีม", "เพิ่มรายได้ 5% ในเดือนนี้ ", "", func(s coaching.Statement) bool {
			return s.Why == "การต่อสัญญาเลี้ยงทั้งทีม"
		}},
		{"hint_metric_missing", "รายได้", "เพิ่ม", " 5%", counts(coaching.Revenue)},
		{"hint_metric_missing", "เดโม", "จัด", " 20 ครั้ง", counts(coaching.Meetings)},
		{"hint_metric_missing", "ลีดที่ผ่านการรับรอง", "หา", " 20 ราย", counts(coaching.Leads)},
		{"hint_metric_missing", "อัตราการปิดการขาย", "เพิ่ม", " 5%", counts(coaching.WinRate)},
		{"hint_metric_missing", "อัตราการเลิกใช้งาน", "ลด", "ให้ต่ำกว่า 2%", counts(coaching.Churn)},
		{"hint_metric_vague", "รายได้จากการต่อสัญญา", "เพิ่ม", " 5%", counts(coaching.Revenue)},
		{"reason_history_kind", "อัตรากำไร", "", "", counts(coaching.Margin)},
		{"reason_history_kind", "CLV", "", "", counts(coaching.CLV)},
		{"reason_history_kind", "ลีด", "", "", counts(coaching.Leads)},
		{"reason_history_kind", "CAC", "", "", counts(coaching.CAC)},
		{"reason_history_kind", "วงจรการขาย", "", "", counts(coaching.Cycle)},
		{"reason_history_kind", "การโทร", "", "", counts(coaching.Calls)},
		{"reason_history_kind", "อีเมล", "", "", counts(coaching.Emails)},
		{"reason_history_kind", "นัดประชุม", "", "", counts(coaching.Meetings)},
	} {
		if !strings.Contains(said[test.id], test.words) {
			t.Errorf("%s no longer says %q: %s", test.id, test.words, said[test.id])
		}
		text := test.before + test.words + test.after
		if read := coaching.ParseStatement(text, today); !test.read(read) {
			t.Errorf("%s: %q is read as %+v", test.id, text, read)
		}
	}
}

func until(day string) func(coaching.Statement) bool {
	return func(s coaching.Statement) bool { return s.Period.To.String() == day }
}

func counts(kind coaching.Kind) func(coaching.Statement) bool {
	return func(s coaching.Statement) bool { return s.Metric.Kind == kind }
}

func TestThaiReviewsProposeStatementsThatAreReadAsTheyWereMeant(t *testing.T) {
	t.Parallel()
	for kind, noun := range map[coaching.Kind]string{
		coaching.Revenue: "", coaching.Churn: "", coaching.WinRate: "", coaching.CAC: "", coaching.Cycle: "", coaching.Margin: "", coaching.CLV: "",
		coaching.Calls: "", coaching.Emails: "", coaching.Meetings: "เดโม", coaching.Leads: "ลีดที่ผ่านการรับรอง",
	} {
		owners := []coaching.MemberID{""}
		if kind == coaching.Leads || kind == coaching.Churn {
			owners = append(owners, nok)
		}
		for _, owner := range owners {
			t.Run(string(kind)+string(owner), func(t *testing.T) {
				t.Parallel()
				o := newOffice(t, "2026-10-05 09:00")
				o.locale = "th"
				for month := range 4 {
					day := coaching.Date{Year: 2026, Month: 6, Day: 1}.AddMonths(month).String()
					goal := o.sets(kind, owner, "เป้า", coaching.Month, day, "30")
					if noun != "" {
						goal.Noun = noun
						goal = o.keeps(goal)
					}
					o.logs(goal, nok, day, "="+[]string{"33", "31", "34", "29"}[month])
					text := o.reads(lin, "review #"+goalNumber(goal))
					if month < 3 {
						continue
					}
					_, statement, found := strings.Cut(text, "ด้วย /goal new ")
					statement, _, _ = strings.Cut(statement, ")\n")
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
					if target, known := next.Target(); !known || !target.Equal(tier.Value) || next.Kind != kind || next.Period != review.Next.Period ||
						owner == "" && read.Who.Whose != coaching.Ours {
						t.Errorf("%q is read as %s %s in %v", statement, next.Kind, next.Size.Value, next.Period)
					}
				}
			})
		}
	}
}
