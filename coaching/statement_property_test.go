package coaching_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// asciiDigits returns the digits of a text, Thai and full-width ones as ASCII.
func asciiDigits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '๐' && r <= '๙':
			return r - '๐' + '0'
		case r >= '\uff10' && r <= '\uff19':
			return r - '\uff10' + '0'
		}
		return -1
	}, text)
}

// significant returns the digits of a value without the zeros that a unit or a
// decimal point may add.
func significant(value decimal.Decimal) string {
	return strings.Trim(asciiDigits(value.Abs().String()), "0")
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkStatement holds what must be true of every statement, whatever the text.
func checkStatement(t failer, text string, today coaching.Date) {
	t.Helper()
	s := coaching.ParseStatement(text, today)
	if utf8.RuneCountInString(s.Text) > coaching.MaxText || !utf8.ValidString(s.Text) {
		t.Fatalf("%q: text %q", text, s.Text)
	}
	for name, words := range map[string]string{
		"metric": s.Metric.Words, "noun": s.Metric.Noun, "size": s.Size.Words, "baseline": s.Baseline.Words,
		"comparison": s.Comparison.Words, "period": s.Period.Words, "who": s.Who.Words, "segment": s.Segment,
		"strategy": s.Strategy, "why": s.Why, "in words": s.InWords, "unclear": s.Period.Unclear,
	} {
		if !strings.Contains(s.Text, words) {
			t.Fatalf("%q: %s %q is not in the text", text, name, words)
		}
	}
	checkDigits := func(name string, value decimal.Decimal, words string) {
		if !strings.Contains(asciiDigits(words), significant(value)) {
			t.Fatalf("%q: %s %v was not read from %q", text, name, value, words)
		}
		if err := coaching.CheckFigure(value); err != nil {
			t.Fatalf("%q: %s: %v", text, name, err)
		}
	}
	checkDigits("size", s.Size.Value, s.Size.Words)
	checkDigits("stretch", s.Size.Stretch, s.Size.Words)
	checkDigits("baseline", s.Baseline.Value, s.Baseline.Words)
	if s.Size.Form != "" && s.Size.Words == "" || s.Baseline.Known && s.Baseline.Words == "" {
		t.Fatalf("%q: a figure without its words", text)
	}
	if s.Period.Found() && s.Period.To.Before(s.Period.From) {
		t.Fatalf("%q: period %v to %v", text, s.Period.From, s.Period.To)
	}
	checkCard(t, s, coaching.Facts{Today: today, Currency: "THB"})
	checkCard(t, s, coaching.Facts{Today: today})
	checkCard(t, s, coaching.Facts{Today: today, Currency: "USD", Baseline: decimal.New(405, -1), HasBaseline: true, Realism: coaching.Unrealistic})
}

// checkCard holds what must be true of every card: a ready one gives a goal
// that NewGoal accepts, any other a suggestion that would be ready.
func checkCard(t failer, s coaching.Statement, facts coaching.Facts) {
	t.Helper()
	card := coaching.Assess(s, facts)
	if card.Ready != (len(card.Missing) == 0) {
		t.Fatalf("%q: ready %v, missing %v", s.Text, card.Ready, card.Missing)
	}
	for i, letter := range "SMART" {
		if line := card.Lines[i]; rune(line.Letter) != letter || line.Reason == "" {
			t.Fatalf("%q: line %+v", s.Text, line)
		}
	}
	if card.Ready {
		goal := card.Goal()
		goal.Workspace = "slack:T1"
		if _, err := coaching.NewGoal(goal); err != nil {
			t.Fatalf("%q is ready, but: %v", s.Text, err)
		}
		if len(card.Suggestion.Filled) > 0 {
			t.Fatalf("%q is ready, but filled %v", s.Text, card.Suggestion.Filled)
		}
	}
	if again := coaching.Assess(card.Suggestion.Statement, facts); !again.Ready {
		t.Fatalf("%.200q: missing %v, filled %v, still lacks %v", s.Text, card.Missing, card.Suggestion.Filled, again.Missing)
	}
}

// fragments are pieces that statements are made of, sensibly or not.
var fragments = strings.Split("increase|reduce|grow|keep|make|close|by|to|from|below|at least|more than|more|fewer|than last month|the|our|we will|I|"+
	"revenue|MRR|churn|win rate|profit margin|CAC|CLV|sales cycle|leads|demos|calls|emails|deals|sales|retention|pipeline|onboarding workshops|rate|"+
	"3%|20|1.2M|$50k|-4|+5%|4-6%|4 to 6%|=120|1,234.5|๒๐|฿3|1.2 ล้านบาท|12abc|1e400|NaN|--5|2026|2569|30|120%|0|0%|-100%|999999999999999|5 points|45 days|3 weeks|"+
	"this month|next quarter|by the end of Q2|Q1 2020|by Friday|in March|within 30 days|by 2026-06-30|3/4/2026|a month|year on year|monthly|today|H2|end of|"+
	"by reviewing pricing|through calls|because|so that we|double|twenty|@ann|<@U1>|#12|,|.|;|-|(|)|\n|"+
	"เพิ่ม|ลด|รายได้ประจำ|ยอดขาย|อัตราการชนะ|การปั่นของลูกค้า|ลูกค้าใหม่|ให้เหลือ|จาก|เป็น|ต่อเดือน|ปีต่อปี|ภายในสิ้นไตรมาสที่สอง|เดือนนี้|โดยการ|เพราะ|เพื่อ|ของเรา|ครั้ง|เวิร์กช็อป", "|")

func TestStatementsAndCardsKeepTheirPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 14).Draw(t, "pieces")
		text := strings.Join(pieces, rapid.SampledFrom([]string{" ", " ", ""}).Draw(t, "between"))
		today := coaching.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 800).Draw(t, "day"))
		checkStatement(t, text, today)
	})
}

func TestStatementsOfAnyCharactersKeepTheirPromises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		checkStatement(t, rapid.String().Draw(t, "text"), coaching.Date{Year: 2026, Month: 3, Day: 10})
	})
}

func TestLongStatementsAreCutAndRead(t *testing.T) {
	t.Parallel()
	today := mustDate(t, "2026-03-10")
	for _, piece := range []string{"9", "1,", "20 demos ", "by ", "by calling ", "because ", "from 4% to 3% ", "@", "<@", "-", "ก", "เพิ่ม", "end of ", "a", " ", "\n", "4-", "next ", "10 10 10 and "} {
		text := strings.Repeat(piece, 20_000/len(piece))
		checkStatement(t, text, today)
		checkStatement(t, "20 demos this month "+text, today)
	}
}

func FuzzParseStatement(f *testing.F) {
	for _, seed := range []string{
		"By the end of Q2 we will grow annual recurring revenue 3% by reviewing our retention strategy",
		"ภายในสิ้นไตรมาสที่สอง เราจะเพิ่มรายได้ประจำประจำปี 3% โดยการประเมินกลยุทธ์การรักษาลูกค้าใหม่ของเรา",
		"sales-cycle length −4 to −6%, by deal type",
		"20 onboarding workshops by 30 June 2026 @ann because it matters",
		"โทรวันละ ๒๐ สาย ภายใน มิ.ย. 69",
	} {
		f.Add(seed)
	}
	today := coaching.Date{Year: 2026, Month: 3, Day: 10}
	f.Fuzz(func(t *testing.T, text string) { checkStatement(t, text, today) })
}

func BenchmarkParseStatement(b *testing.B) {
	today := mustDate(b, "2026-03-10")
	for name, text := range map[string]string{
		"short":   "20 demos this month",
		"english": "By the end of Q2 we will grow annual recurring revenue 3% by reviewing our customer-retention strategy",
		"thai":    "ภายในสิ้นไตรมาสที่สอง เราจะเพิ่มรายได้ประจำประจำปี 3% โดยการประเมินกลยุทธ์การรักษาลูกค้าใหม่ของเรา",
		"longest": strings.Repeat("from 4% to 3% by calling ", 400),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				coaching.ParseStatement(text, today)
			}
		})
	}
}

func BenchmarkAssess(b *testing.B) {
	today := mustDate(b, "2026-03-10")
	statement := coaching.ParseStatement("Let's make more revenue", today)
	facts := coaching.Facts{Today: today, Currency: "USD"}
	b.ReportAllocs()
	for b.Loop() {
		coaching.Assess(statement, facts)
	}
}
