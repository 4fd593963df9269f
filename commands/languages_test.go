package commands_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// languages returns the languages that there are message files of.
func languages(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("wording/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range paths {
		if part := strings.Split(filepath.Base(path), "."); !slices.Contains(found, part[1]) {
			found = append(found, part[1])
		}
	}
	if !slices.Contains(found, "en") || !slices.Contains(found, "th") {
		t.Fatalf("there are message files in %q", found)
	}
	return found
}

// messages returns a language's messages by id, the plural forms of one joined.
func messages(t *testing.T, language string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("wording/*." + language + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]string)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var file map[string]any
		if err := toml.Unmarshal(text, &file); err != nil {
			t.Fatal(path, err)
		}
		for id, message := range file {
			switch message := message.(type) {
			case string:
				found[id] = message
			case map[string]any:
				for _, form := range message {
					found[id] += form.(string) + "\n"
				}
			}
		}
	}
	return found
}

var (
	placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)
	typed       = regexp.MustCompile("`[^`]*`")
)

func placeholders(message string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(message, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// forms returns a message's forms: one, or one for each plural.
func forms(message string) []string { return strings.Split(strings.TrimSuffix(message, "\n"), "\n") }

func TestEveryLanguageSaysEverything(t *testing.T) {
	t.Parallel()
	english := messages(t, "en")
	for _, language := range languages(t) {
		if language == "en" {
			continue
		}
		other := messages(t, language)
		for _, id := range slices.Sorted(maps.Keys(english)) {
			if other[id] == "" {
				t.Errorf("%s lacks %s = %q", language, id, english[id])
			}
		}
		for _, id := range slices.Sorted(maps.Keys(other)) {
			if _, known := english[id]; !known && !strings.HasPrefix(id, "counted_") && !strings.HasPrefix(id, "usage_") {
				t.Errorf("%s says %s, which English does not", language, id)
			}
		}
	}
}

func TestEveryLanguageKeepsValuesAndMarks(t *testing.T) {
	t.Parallel()
	english := messages(t, "en")
	for _, language := range languages(t) {
		other := messages(t, language)
		for _, id := range slices.Sorted(maps.Keys(other)) {
			said := other[id]
			for _, form := range forms(said) {
				if strings.Count(said, "`")%2 != 0 || strings.Count(form, "*")%2 != 0 {
					t.Errorf("%s: %s leaves a mark open: %q", language, id, form)
				}
			}
			if strings.HasPrefix(id, "counted_") && !slices.Equal(placeholders(said), []string{"figure"}) {
				t.Errorf("%s: %s has the values %q, want the figure", language, id, placeholders(said))
			}
			want, known := english[id]
			if !known {
				continue
			}
			if !slices.Equal(placeholders(said), placeholders(want)) {
				t.Errorf("%s: %s has the values %q, want %q", language, id, placeholders(said), placeholders(want))
			}
			first, wantFirst := forms(said)[0], forms(want)[0]
			if strings.Count(first, "*") != strings.Count(wantFirst, "*") || strings.Count(said, "`")/len(forms(said)) != strings.Count(want, "`")/len(forms(want)) {
				t.Errorf("%s: %s is marked otherwise than in English: %q", language, id, said)
			}
		}
	}
}

// keptWords are Latin words that Thai sales teams use as they are.
var keptWords = []string{
	"SMART", "S", "M", "A", "R", "T", "CRM", "KPI", "CLV", "CAC", "churn", "win", "rate", "leak", "succeeds", "hiccup", "tools", "yes", "no",
	"audience", "reach", "costs", "margin", "funnel", "deal", "log", "proposal", "demo_held", "USD", "THB", "EUR", "k", "M", "Mon", "Fri", "Sun",
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

func TestCommandsInMessagesAreUnderstood(t *testing.T) {
	t.Parallel()
	for _, language := range languages(t) {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t, "2026-11-10 09:00")
			o.locale = language
			goals := 0
			for id, message := range messages(t, language) {
				for _, span := range typed.FindAllString(message, -1) {
					command, ours := strings.CutPrefix(strings.Trim(span, "`"), "/goal ")
					name, rest, _ := strings.Cut(command, " ")
					known := slices.ContainsFunc(commands.Table(), func(c commands.Command) bool { return c.Name == name })
					if !ours {
						continue
					}
					if !known {
						t.Errorf("%s tells to type %s, which is no command", id, span)
					}
					if rest == "" || name != "new" && name != "history" {
						continue
					}
					goals++
					reply, err := o.types(nok, command)
					if err != nil || name == "new" && len(reply.Buttons) != 1 {
						t.Errorf("%s: %s is answered with %v\n%s", id, span, err, wordsOf(reply))
					}
				}
			}
			if goals < 5 {
				t.Errorf("only %d goals and figures are given as examples", goals)
			}
		})
	}
}

func TestSuggestionsAreUnderstood(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-10 09:00")
	for _, o.locale = range languages(t) {
		for _, vague := range []string{
			"more demos", "cold calls", "churn less", "revenue", "revenue up 3%", "win rate", "let's make more", "20 demos", "cac",
			"ยอดขายเพิ่มขึ้น", "โทรให้มากขึ้น", "ลดอัตราการเลิกใช้งาน", "เพิ่มอัตราการปิดการขาย", "ลีดที่ผ่านการรับรอง", "มาสร้างรายได้เพิ่มกันเถอะ",
			"วงจรการขายสั้นลง", "ลดต้นทุนการได้มาซึ่งลูกค้า", "เพิ่มมูลค่าตลอดช่วงชีวิตของลูกค้า", "ส่งอีเมล", "เพิ่มรายได้อีก", "อัตรากำไร", "ลูกค้าใหม่",
		} {
			text := o.reads(nok, "new "+vague)
			_, suggestion, found := strings.Cut(text, "/goal new ")
			suggestion, _, _ = strings.Cut(suggestion, "\n")
			if !found {
				t.Errorf("%s: nothing is suggested for %q:\n%s", o.locale, vague, text)
				continue
			}
			reply, err := o.types(nok, "new "+suggestion)
			if err != nil || len(reply.Buttons) != 1 {
				t.Errorf("%s: %q is answered with %v\n%s", o.locale, suggestion, err, wordsOf(reply))
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
					text := o.reads(nok, "review #"+goalNumber(goal))
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
