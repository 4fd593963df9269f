package coaching_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// understood tells in one line what was read from a statement.
func understood(s coaching.Statement) string {
	var line strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&line, format, args...) }
	say("%s", s.Metric.Kind)
	if s.Metric.Noun != "" {
		say("(%s)", s.Metric.Noun)
	}
	if s.Metric.Recurring {
		say(" recurring")
	}
	if s.Metric.Inferred {
		say(" inferred")
	}
	if s.Direction != "" {
		say(" %s", s.Direction)
	}
	if s.Size.Form != "" {
		say(", %s %v", s.Size.Form, s.Size.Value)
	}
	if s.Size.Banded {
		say("..%v", s.Size.Stretch)
	}
	if s.Size.Percent {
		say("%%")
	}
	if s.Size.Currency != "" {
		say(" %s", s.Size.Currency)
	}
	if s.Size.Per != "" {
		say(" per %s", s.Size.Per)
	}
	if s.Baseline.Known {
		say(" from %v", s.Baseline.Value)
	}
	if s.Comparison.Span != "" && s.Size.Per == "" {
		say(", against the %s before", s.Comparison.Span)
	}
	if s.Period.Found() {
		say(", %s %v to %v", s.Period.Span, s.Period.From, s.Period.To)
	}
	if s.Period.Implied {
		say(" implied")
	}
	if s.Period.Unclear != "" {
		say(", unclear %s", s.Period.Unclear)
	}
	if s.Who.Whose != "" {
		say(", %s", s.Who.Whose)
	}
	if s.Who.Members != nil {
		say(", %s", strings.Join(s.Who.Members, " "))
	}
	for _, part := range []struct{ name, text string }{{"segment", s.Segment}, {"how", s.Strategy}, {"why", s.Why}, {"in words", s.InWords}, {"unused", strings.Join(s.Unused, ";")}} {
		if part.text != "" {
			say("; %s: %s", part.name, part.text)
		}
	}
	return line.String()
}

type reading struct{ text, want string }

func checkReadings(t *testing.T, readings []reading) {
	t.Helper()
	today := mustDate(t, "2026-03-10") // a Tuesday
	for _, c := range readings {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			if got := understood(coaching.ParseStatement(c.text, today)); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

// The statements of the article that this product follows, in English and as it
// prints them in Thai: the bad example, the good one and one for each kind.
func TestParseStatementReadsTheArticle(t *testing.T) {
	t.Parallel()
	checkReadings(t, []reading{
		{"By the end of Q2 we will grow annual recurring revenue 3% by reviewing our customer-retention strategy", "revenue recurring higher, change_percent 3%, quarter 2026-04-01 to 2026-06-30, ours; how: reviewing our customer-retention strategy"},
		{"Let's make more revenue", "revenue higher, ours"},
		{"20 demos this month", "meetings, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"monthly recurring revenue +2% year on year", "revenue recurring higher, change_percent 2%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"monthly customer churn below 2%", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31 implied"},
		{"profit margin +5% year on year", "margin higher, change_percent 5%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"customer lifetime value +10% a year", "clv higher, change_percent 10% per year, year 2026-01-01 to 2026-12-31 implied"},
		{"qualified leads entering the funnel +12% year on year", "leads higher, change_percent 12%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"win rate +5% a year", "winrate higher, change_percent 5% per year, year 2026-01-01 to 2026-12-31 implied"},
		{"customer acquisition cost −3% a month", "cac lower, change_percent -3% per month, month 2026-03-01 to 2026-03-31 implied"},
		{"sales-cycle length −4 to −6%, by deal type", "cycle lower, change_percent -4..-6%; segment: by deal type"},
		{"To increase monthly recurring revenue by 2% year over year", "revenue recurring higher, change_percent 2%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"To reduce monthly customer churn to less than 2%", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31 implied"},
		{"To decrease the length of the sales cycle by 4-6% (depending on deal type)", "cycle lower, change_percent -4..-6%; segment: depending on deal type"},
		{"มาสร้างรายได้เพิ่มกันเถอะ", "revenue higher, ours"},
		{"ภายในสิ้นไตรมาสที่สอง เราจะเพิ่มรายได้ประจำประจำปี 3% โดยการประเมินกลยุทธ์การรักษาลูกค้าใหม่ของเรา", "revenue recurring higher, change_percent 3%, quarter 2026-04-01 to 2026-06-30, ours; how: ประเมินกลยุทธ์การรักษาลูกค้าใหม่ของเรา"},
		{"เพื่อเพิ่มรายได้ประจำรายเดือน 2% ปีต่อปี", "revenue recurring higher, change_percent 2%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"เพื่อลดการปั่นของลูกค้ารายเดือนให้เหลือน้อยกว่า 2%", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31 implied"},
		{"เพื่อเพิ่มอัตรากำไรปีต่อปี 5%", "margin higher, change_percent 5%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"เพื่อเพิ่มมูลค่าตลอดอายุการใช้งานของลูกค้า 10% ต่อปี", "clv higher, change_percent 10% per year, year 2026-01-01 to 2026-12-31 implied"},
		{"เพื่อเพิ่มจำนวนลีดที่ผ่านการรับรองซึ่งเข้าสู่ช่องทางการขาย 12% ปีต่อปี", "leads higher, change_percent 12%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"เพื่อเพิ่มอัตราการชนะ 5% ต่อปี", "winrate higher, change_percent 5% per year, year 2026-01-01 to 2026-12-31 implied"},
		{"เพื่อลดต้นทุนการได้มาซึ่งลูกค้า 3% ต่อเดือน", "cac lower, change_percent -3% per month, month 2026-03-01 to 2026-03-31 implied"},
		{"เพื่อลดระยะเวลาของวงจรการขายลง 4-6% (ขึ้นอยู่กับประเภทดีล)", "cycle lower, change_percent -4..-6%; segment: ขึ้นอยู่กับประเภทดีล"},
	})
}

func TestParseStatementReadsWhatSalespeopleWrite(t *testing.T) {
	t.Parallel()
	checkReadings(t, []reading{
		{"close 10 deals by Friday", "custom(deals), absolute 10, range 2026-03-10 to 2026-03-13"},
		{"make 50 calls this week", "calls, absolute 50, week 2026-03-09 to 2026-03-15"},
		{"I'll make 50 calls a day this week", "calls, absolute 50 per day, week 2026-03-09 to 2026-03-15, mine"},
		{"revenue of 1.2M this quarter", "revenue, absolute 1200000, quarter 2026-01-01 to 2026-03-31"},
		{"keep churn below 2% this month", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31"},
		{"reduce churn from 4% to 3% by end of year because renewals pay our salaries", "churn lower, absolute 3% from 4, year 2026-01-01 to 2026-12-31; why: renewals pay our salaries"},
		{"increase win rate by 5 points next quarter through weekly deal reviews", "winrate higher, change_by 5, quarter 2026-04-01 to 2026-06-30; how: weekly deal reviews"},
		{"Hit $1.2M in sales in March so that we can hire two people", "revenue, absolute 1200000 USD, month 2026-03-01 to 2026-03-31; why: we can hire two people"},
		{"10 more demos than last month", "meetings higher, change_by 10, against the month before, month 2026-03-01 to 2026-03-31 implied"},
		{"grow MRR from $400k to $450k by 2026-06-30", "revenue recurring higher, absolute 450000 USD from 400000, range 2026-03-10 to 2026-06-30"},
		{"20 onboarding workshops by Friday @somchai", "custom(onboarding workshops), absolute 20, range 2026-03-10 to 2026-03-13, @somchai"},
		{"double our revenue", "revenue, ours; in words: double"},
		{"twenty demos this month", "meetings, month 2026-03-01 to 2026-03-31; in words: twenty"},
		{"By reviewing our pricing, we will raise profit margin to 35% by the end of the year", "margin higher, absolute 35%, year 2026-01-01 to 2026-12-31, ours; how: reviewing our pricing"},
		{"ยอดขาย 1.2 ล้านบาท เดือนนี้", "revenue, absolute 1200000 THB, month 2026-03-01 to 2026-03-31"},
		{"โทร 50 สาย สัปดาห์นี้", "calls, absolute 50, week 2026-03-09 to 2026-03-15"},
		{"นัดประชุม 10 ครั้งภายในวันศุกร์", "meetings, absolute 10, range 2026-03-10 to 2026-03-13"},
		{"เดโม ๒๐ ครั้งเดือนนี้", "meetings, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"ลูกค้าใหม่ 5 ราย ภายใน 30 มิถุนายน 2569", "custom(ลูกค้าใหม่), absolute 5, range 2026-03-10 to 2026-06-30"},
		{"ลดอัตราการเลิกใช้งานจาก 4% เหลือ 3% ภายในสิ้นปีนี้ เพราะลูกค้าเก่าคือรายได้หลัก", "churn lower, absolute 3% from 4, year 2026-01-01 to 2026-12-31; why: ลูกค้าเก่าคือรายได้หลัก"},
		{"จัดเวิร์กช็อป 20 ครั้งเดือนนี้", "custom(เวิร์กช็อป), absolute 20, month 2026-03-01 to 2026-03-31"},
		{"ผมจะปิดดีล 3 ดีลในเดือนหน้า", "custom(ดีล), absolute 3, month 2026-04-01 to 2026-04-30, mine"},
		{"cut the sales cycle from 60 to 45 days by the end of Q3", "cycle lower, absolute 45 from 60, quarter 2026-07-01 to 2026-09-30"},
		{"cut 5 days off the sales cycle this quarter", "cycle lower, change_by -5, quarter 2026-01-01 to 2026-03-31"},
		{"raise average deal size to $12k this year", "custom(average deal size) higher, absolute 12000 USD, year 2026-01-01 to 2026-12-31"},
		{"reply rate to 45% this month", "custom(reply rate), absolute 45%, month 2026-03-01 to 2026-03-31"},
		{"5% more revenue than last quarter", "revenue higher, change_percent 5%, against the quarter before, quarter 2026-01-01 to 2026-03-31 implied"},
		{"revenue 10% up this quarter", "revenue higher, change_percent 10%, quarter 2026-01-01 to 2026-03-31"},
		{"Send 200 emails in the next 2 weeks to fill the pipeline", "emails, absolute 200, range 2026-03-10 to 2026-03-24; why: fill the pipeline"},
		{"retention to 95% this year", "custom(retention), absolute 95%, year 2026-01-01 to 2026-12-31"},
		{"Close $50k this quarter", "revenue inferred, absolute 50000 USD, quarter 2026-01-01 to 2026-03-31"},
		{"Win 5 new logos in April", "custom(new logos), absolute 5, month 2026-04-01 to 2026-04-30"},
		{"Sales: 20 demos this month", "meetings, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"50 calls/week", "calls, absolute 50 per week, week 2026-03-09 to 2026-03-15 implied"},
		{"demos 15-20 this month", "meetings, absolute 15..20, month 2026-03-01 to 2026-03-31"},
		{"increase sales 5%/month", "revenue higher, change_percent 5% per month, month 2026-03-01 to 2026-03-31 implied"},
		{"reach 30% close rate by 31/12/2569", "winrate, absolute 30%, range 2026-03-10 to 2026-12-31"},
		{"follow up with 20 customers this week", "custom(customers), absolute 20, week 2026-03-09 to 2026-03-15"},
		{"I want to close 5 deals faster this month", "custom(deals), absolute 5, month 2026-03-01 to 2026-03-31, mine"},
		{"Reduce customer acquisition cost to under $300 by end of Q3", "cac lower, absolute 300 USD, quarter 2026-07-01 to 2026-09-30"},
		{"increase revenue by 10% by the end of June through upselling existing accounts because we need to cover salaries", "revenue higher, change_percent 10%, range 2026-03-10 to 2026-06-30; how: upselling existing accounts; why: we need to cover salaries"},
		{"We will grow revenue 10% from 1M by Q4 2026", "revenue higher, change_percent 10% from 1000000, quarter 2026-10-01 to 2026-12-31, ours"},
		{"Increase our win rate from 20 to 25% in H2", "winrate higher, absolute 25% from 20, range 2026-07-01 to 2026-12-31, ours"},
		{"Get 100 qualified leads by March 31", "leads, absolute 100, range 2026-03-10 to 2026-03-31"},
		{"Get 100 qualified leads by 31 March 2027", "leads, absolute 100, range 2026-03-10 to 2027-03-31"},
		{"make 100 calls by the end of next week", "calls, absolute 100, range 2026-03-10 to 2026-03-22"},
		{"in march we will do 30 demos", "meetings, absolute 30, month 2026-03-01 to 2026-03-31, ours"},
		{"we may hit 20 demos this month", "meetings, absolute 20, month 2026-03-01 to 2026-03-31, ours"},
		{"Reach $2 million ARR by the end of 2026", "revenue recurring, absolute 2000000 USD, year 2026-01-01 to 2026-12-31"},
		{"1,234.5 demos this month", "meetings, absolute 1234.5, month 2026-03-01 to 2026-03-31"},
		{"increase revenue 1.234,56 this month", "revenue higher, month 2026-03-01 to 2026-03-31; unused: 1.234,56"},
		{"12abc demos", "meetings; unused: 12abc"},
		{"Increase CLV to ฿45,000 this year by offering add-ons only where they help", "clv higher, absolute 45000 THB, year 2026-01-01 to 2026-12-31; how: offering add-ons only where they help"},
		{"Lower CAC by 3% per month", "cac lower, change_percent -3% per month, month 2026-03-01 to 2026-03-31 implied"},
		{"Grow pipeline to 3x", "custom(pipeline) higher; unused: 3x"},
		{"Bring churn down to 2% by June", "churn, absolute 2%, range 2026-03-10 to 2026-06-30"},
		{"bring down churn 10% next quarter", "churn lower, change_percent -10%, quarter 2026-04-01 to 2026-06-30"},
		{"at least 50 calls daily", "calls higher, absolute 50 per day, week 2026-03-09 to 2026-03-15 implied"},
		{"Let's talk to more customers", "custom(customers) higher, ours"},
		{"hello", ""},
		{"20", ", absolute 20"},
		{"20%", ", absolute 20%"},
		{"$5k", "revenue inferred, absolute 5000 USD"},
		{"this month", ", month 2026-03-01 to 2026-03-31"},
		{"- 20 demos this month", "meetings, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"Goal: 20 demos, this month, by calling old leads", "meetings, absolute 20, month 2026-03-01 to 2026-03-31; how: calling old leads"},
		{"increase retention by 5%", "custom(retention) higher, change_percent 5%"},
		{"20 demos by 12/25/2026", "meetings, absolute 20, range 2026-03-10 to 2026-12-25"},
		{"20 demos by 3/4/2026", "meetings, absolute 20, unclear 3/4/2026"},
		{"by Q2 2020 20 demos", "meetings, absolute 20, quarter 2020-04-01 to 2020-06-30"},
		{"win 3 deals within 30 days", "custom(deals), absolute 3, range 2026-03-10 to 2026-04-09"},
		{"win 3 deals in 2 weeks", "custom(deals), absolute 3, range 2026-03-10 to 2026-03-24"},
		{"<@U0123> should make 40 calls this week", "calls, absolute 40, week 2026-03-09 to 2026-03-15, <@U0123>"},
		{"ทำยอดขายให้ได้ 5 ล้านบาทภายในไตรมาส 3 โดยเน้นลูกค้าเก่า", "revenue, absolute 5000000 THB, quarter 2026-07-01 to 2026-09-30; how: เน้นลูกค้าเก่า"},
		{"เพิ่มยอดขาย 10% จากเดือนที่แล้ว", "revenue higher, change_percent 10%, against the month before, month 2026-03-01 to 2026-03-31 implied"},
		{"ทีมเราจะปิดการขาย ๑๕ ราย ภายในสิ้นเดือนนี้ด้วยการโทรติดตามลูกค้าเก่า", "custom(ปิดการขาย), absolute 15, month 2026-03-01 to 2026-03-31, ours; how: โทรติดตามลูกค้าเก่า"},
		{"ลดต้นทุนต่อลูกค้าให้ไม่เกิน 500 บาท ภายใน มิ.ย. 69", "cac lower, absolute 500 THB, range 2026-03-10 to 2026-06-30"},
		{"รายได้ประจำเดือนนี้ 3 แสนบาท", "revenue, absolute 300000 THB, month 2026-03-01 to 2026-03-31"},
		{"โทรหาลูกค้าวันละ 20 สาย", "calls, absolute 20 per day, week 2026-03-09 to 2026-03-15 implied"},
		{"เพิ่มอัตราปิดการขายเป็น 30% ภายในปี 2569", "winrate higher, absolute 30%, year 2026-01-01 to 2026-12-31"},
		{"เดโม 20 ครั้ง", "meetings, absolute 20"},
		{"ส่งอีเมล 200 ฉบับ อาทิตย์หน้า", "emails, absolute 200, week 2026-03-16 to 2026-03-22"},
		{"increase MRR by 2% year on year by the end of Q3", "revenue recurring higher, change_percent 2%, against the year before, quarter 2026-07-01 to 2026-09-30"},
		{"make more calls than last week by 10", "calls, change_by 10, against the week before, week 2026-03-09 to 2026-03-15 implied"},
		{"20% more demos this quarter", "meetings higher, change_percent 20%, quarter 2026-01-01 to 2026-03-31"},
		{"add 20 leads this week", "leads, absolute 20, week 2026-03-09 to 2026-03-15"},
		{"add $50k in MRR this quarter", "revenue recurring, change_by 50000 USD, quarter 2026-01-01 to 2026-03-31"},
		{"Double the number of demos from 10 to 20 this month", "meetings higher, absolute 20 from 10, month 2026-03-01 to 2026-03-31"},
		{"Our goal is to have 20 demos in the month of April", "meetings, absolute 20, month 2026-04-01 to 2026-04-30, ours"},
		{"Decrease time to close by 10 days by end of Q2", "cycle lower, change_by -10, quarter 2026-04-01 to 2026-06-30"},
		{"50-60 calls this week", "calls, absolute 50..60, week 2026-03-09 to 2026-03-15"},
		{"close 10 deals worth $50k this month", "custom(deals), absolute 10, month 2026-03-01 to 2026-03-31; unused: $50k"},
		{"12 000 calls this month", "calls, month 2026-03-01 to 2026-03-31; unused: 12 000"},
		{"churn <2% this month", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31"},
		{"churn ≤ 2% this month", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31"},
		{"increase sales calls 20% week over week", "calls higher, change_percent 20%, against the week before, week 2026-03-09 to 2026-03-15 implied"},
		{"sign 3 partners in Q3", "custom(partners), absolute 3, quarter 2026-07-01 to 2026-09-30"},
		{"sell 200 licenses by year end", "custom(licenses), absolute 200, year 2026-01-01 to 2026-12-31"},
	})
}

func TestParseStatementTellsTheGoalFromItsSurroundings(t *testing.T) {
	t.Parallel()
	checkReadings(t, []reading{
		{"We need to increase our customer retention rate from 85% to 90% by the end of Q3 by launching a loyalty programme", "custom(customer retention rate) higher, absolute 90% from 85, quarter 2026-07-01 to 2026-09-30, ours; how: launching a loyalty programme"},
		{"Our sales team will increase MRR by $10,000 by December 31, 2026", "revenue recurring higher, change_by 10000 USD, range 2026-03-10 to 2026-12-31, ours"},
		{"Generate 50 sales-qualified leads per month in Q2 through LinkedIn outreach", "leads, absolute 50 per month, quarter 2026-04-01 to 2026-06-30; how: LinkedIn outreach"},
		{"Boost the average deal size by 15% this year via bundled offers", "custom(average deal size) higher, change_percent 15%, year 2026-01-01 to 2026-12-31; how: bundled offers"},
		{"Shorten our sales cycle from 45 to 35 days before the end of the year", "cycle lower, absolute 35 from 45, year 2026-01-01 to 2026-12-31, ours"},
		{"I will call 20 prospects every day this week", "calls, absolute 20 per day, week 2026-03-09 to 2026-03-15, mine"},
		{"Increase upsell revenue by 8% this quarter because existing customers cost less", "revenue higher, change_percent 8%, quarter 2026-01-01 to 2026-03-31; why: existing customers cost less"},
		{"Reduce customer churn by 1 percentage point by Q4", "churn lower, change_by -1, quarter 2026-10-01 to 2026-12-31"},
		{"Improve lead-to-customer conversion rate from 2% to 3% by end of June", "custom(lead-to-customer conversion rate) higher, absolute 3% from 2, range 2026-03-10 to 2026-06-30"},
		{"Make 100 cold calls and send 200 emails this week", "calls, absolute 100, week 2026-03-09 to 2026-03-15; unused: 200"},
		{"Achieve a 25% close rate in Q3", "winrate, absolute 25%, quarter 2026-07-01 to 2026-09-30"},
		{"Book 15 demos with enterprise clients by the end of the month so we can fill the Q3 pipeline", "meetings, absolute 15, month 2026-03-01 to 2026-03-31; why: we can fill the Q3 pipeline"},
		{"hit quota of $250K this quarter", "revenue, absolute 250000 USD, quarter 2026-01-01 to 2026-03-31"},
		{"$1M in new business this year", "revenue, absolute 1000000 USD, year 2026-01-01 to 2026-12-31"},
		{"Exceed 95% retention this year", "custom(retention) higher, absolute 95%, year 2026-01-01 to 2026-12-31"},
		{"No more than 3% churn this quarter", "churn lower, absolute 3%, quarter 2026-01-01 to 2026-03-31"},
		{"We'd like revenue to grow by 7.5% year-over-year", "revenue higher, change_percent 7.5%, against the year before, year 2026-01-01 to 2026-12-31 implied, ours"},
		{"Grow revenue from 2.1M to 2.4M THB in 2026", "revenue higher, absolute 2400000 THB from 2100000, year 2026-01-01 to 2026-12-31"},
		{"revenue: 500k", "revenue, absolute 500000"},
		{"Let's close more deals!", "custom(deals) higher, ours"},
		{"we want more leads", "leads higher, ours"},
		{"sell more", "revenue higher"},
		{"Increase revenue by a lot this quarter", "revenue higher, quarter 2026-01-01 to 2026-03-31"},
		{"raise NPS to 60 by year end", "custom(NPS) higher, absolute 60, year 2026-01-01 to 2026-12-31"},
		{"Get 3 referrals from happy customers this month", "custom(referrals), absolute 3, month 2026-03-01 to 2026-03-31"},
		{"Increase Q3 revenue 10% over Q2", "revenue higher, change_percent 10%, quarter 2026-07-01 to 2026-09-30"},
		{"grow revenue 10% in Q3 compared to last year", "revenue higher, change_percent 10%, against the year before, quarter 2026-07-01 to 2026-09-30"},
		{"upsell 5 accounts by May 15", "custom(accounts), absolute 5, range 2026-03-10 to 2026-05-15"},
		{"by May 15 upsell 5 accounts", "custom(accounts), absolute 5, range 2026-03-10 to 2026-05-15"},
		{"In Q2, we will run 4 webinars to generate leads", "custom(webinars), absolute 4, quarter 2026-04-01 to 2026-06-30, ours; why: generate leads"},
		{"We will increase calls from 40 to 60 a week", "calls higher, absolute 60 per week from 40, week 2026-03-09 to 2026-03-15 implied, ours"},
		{"3 new partners per quarter", "custom(partners), absolute 3 per quarter, quarter 2026-01-01 to 2026-03-31 implied"},
		{"cut CAC to $120", "cac lower, absolute 120 USD"},
		{"lower our CAC from $150 to $120 within 90 days using better targeting", "cac lower, absolute 120 USD from 150, range 2026-03-10 to 2026-06-08, ours; how: better targeting"},
		{"Reach 1 million baht in sales by month-end", "revenue, absolute 1000000 THB, month 2026-03-01 to 2026-03-31"},
		{"ปิดยอด 2 ล้าน ภายในเดือนนี้", "revenue, absolute 2000000, month 2026-03-01 to 2026-03-31"},
		{"ยอดขายเดือนนี้ 500,000 บาท", "revenue, absolute 500000 THB, month 2026-03-01 to 2026-03-31"},
		{"เพิ่มยอดขายเป็น 3 ล้านบาทในไตรมาสหน้า โดยการอัพเซลล์ลูกค้าเดิม", "revenue higher, absolute 3000000 THB, quarter 2026-04-01 to 2026-06-30; how: อัพเซลล์ลูกค้าเดิม"},
		{"ผมตั้งเป้าโทรหาลูกค้า 100 สายภายในวันศุกร์นี้", "calls, absolute 100, range 2026-03-10 to 2026-03-13, mine"},
		{"ลดระยะเวลาปิดการขายจาก 60 วัน เหลือ 45 วัน ภายในสิ้นปี 2569", "cycle lower, absolute 45 from 60, year 2026-01-01 to 2026-12-31"},
		{"หาลูกค้าใหม่ 10 รายต่อเดือน", "custom(ลูกค้าใหม่), absolute 10 per month, month 2026-03-01 to 2026-03-31 implied"},
		{"เพิ่มลีดคุณภาพ 12% เทียบกับปีที่แล้ว", "leads higher, change_percent 12%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"รักษาอัตราการเลิกใช้งานให้ต่ำกว่า 2% ทุกเดือน", "churn lower, absolute 2%, against the month before, month 2026-03-01 to 2026-03-31 implied"},
		{"ไตรมาสนี้ทีมจะทำเดโม 30 ครั้ง เพื่อให้ปิดดีลได้มากขึ้น", "meetings, absolute 30, quarter 2026-01-01 to 2026-03-31, ours; why: ปิดดีลได้มากขึ้น"},
		{"เพิ่มรายได้ 5%", "revenue higher, change_percent 5%"},
		{"ขายให้ได้ 20 ชุด สัปดาห์นี้", "custom(ชุด), absolute 20, week 2026-03-09 to 2026-03-15"},
		{"นัดลูกค้า 5 ราย พรุ่งนี้", "meetings, absolute 5, range 2026-03-10 to 2026-03-11"},
		{"อยากได้ลูกค้าเพิ่ม", "custom(ลูกค้า) higher"},
		{"ทำ MRR ให้ถึง 1 ล้านบาท ภายใน Q3", "revenue recurring, absolute 1000000 THB, quarter 2026-07-01 to 2026-09-30"},
		{"ส่งใบเสนอราคา 15 ฉบับ ภายในสิ้นสัปดาห์", "custom(ใบเสนอราคา), absolute 15, week 2026-03-09 to 2026-03-15"},
		{"เพิ่มอัตรากำไรขั้นต้นจากร้อยละ 30 เป็นร้อยละ 35 ภายในสิ้นปี", "margin higher, absolute 35% from 30, year 2026-01-01 to 2026-12-31"},
		{"ขยายวงจรการขาย", "cycle higher"},
		{"ลด churn เหลือ 2% เดือนหน้า", "churn lower, absolute 2%, month 2026-04-01 to 2026-04-30"},
		{"increase sales by 20% by hiring 2 reps in Q3", "revenue higher, change_percent 20%, quarter 2026-07-01 to 2026-09-30; how: hiring 2 reps"},
		{"5 more deals this month", "custom(deals) higher, absolute 5, month 2026-03-01 to 2026-03-31"},
		{"get 10 reviews on G2 by June", "custom(reviews), absolute 10, range 2026-03-10 to 2026-06-30"},
		{"make 20% of quota this month", "revenue, change_percent 20%, month 2026-03-01 to 2026-03-31"},
		{"increase the number of new customers by 10 this quarter", "custom(new customers) higher, change_by 10, quarter 2026-01-01 to 2026-03-31"},
		{"raise demo show rate to 80% this month", "custom(demo show rate) higher, absolute 80%, month 2026-03-01 to 2026-03-31"},
		{"improve email open rate from 20% to 25% in Q2", "custom(email open rate) higher, absolute 25% from 20, quarter 2026-04-01 to 2026-06-30"},
		{"run a 4-week sprint with 10 demos this month", "meetings, absolute 10, month 2026-03-01 to 2026-03-31; unused: 4"},
		{"4 reps will do 10 demos this month", "meetings, absolute 10, month 2026-03-01 to 2026-03-31; unused: 4"},
		{"ทีม 4 คน ทำเดโม 10 ครั้งเดือนนี้", "meetings, absolute 10, month 2026-03-01 to 2026-03-31, ours; unused: 4"},
		{"20 more demos this month", "meetings higher, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"get 5 reps to make 40 calls this week", "calls, absolute 40, week 2026-03-09 to 2026-03-15; unused: 5"},
		{"10 deals by Q2 with 3 new reps", "custom(deals), absolute 10, quarter 2026-04-01 to 2026-06-30; unused: 3"},
		{"cut the sales cycle to 6 weeks this year", "cycle lower, year 2026-01-01 to 2026-12-31"},
		{"run 4 webinars in Q2 to generate leads", "custom(webinars), absolute 4, quarter 2026-04-01 to 2026-06-30; why: generate leads"},
		{"churn <= 2% this month", "churn lower, absolute 2%, month 2026-03-01 to 2026-03-31"},
		{"win rate >= 30% in Q3", "winrate higher, absolute 30%, quarter 2026-07-01 to 2026-09-30"},
		{"20 demos this month for <#C012|sales> and <https://x.test/a|our page>", "meetings, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"> 20 demos this month", "meetings higher, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"grow MRR from 400k → 450k by Q4", "revenue recurring higher, absolute 450000 from 400000, quarter 2026-10-01 to 2026-12-31"},
		{"close $1.2M–$1.5M this quarter", "revenue inferred, absolute 1200000..1500000 USD, quarter 2026-01-01 to 2026-03-31"},
		{"reduce lost deals to 5 this month", "custom(lost deals) lower, absolute 5, month 2026-03-01 to 2026-03-31"},
		{"reach 110% of last month's revenue", "revenue%, against the month before, month 2026-03-01 to 2026-03-31 implied"},
		{"ยอดขาย 1.5 แสน/เดือน", "revenue, absolute 150000 per month, month 2026-03-01 to 2026-03-31 implied"},
		{"ยอดขาย 1.5 แสนบาทต่อเดือน ในปีนี้", "revenue, absolute 150000 THB per month, year 2026-01-01 to 2026-12-31"},
		{"เป้าเดือนนี้ 2 ล้าน", ", absolute 2000000, month 2026-03-01 to 2026-03-31"},
		{"เดือนนี้ขอ 20 เดโม", "meetings, absolute 20, month 2026-03-01 to 2026-03-31"},
		{"ขอปิด 5 ดีลภายในสิ้นเดือนครับ", "custom(ดีล), absolute 5, month 2026-03-01 to 2026-03-31"},
		{"อยากเพิ่มลูกค้าใหม่ 10 คนในไตรมาส 2", "custom(ลูกค้าใหม่) higher, absolute 10, quarter 2026-04-01 to 2026-06-30"},
		{"ลด CAC ลง 10% ใน 3 เดือน", "cac lower, change_percent -10%, range 2026-03-10 to 2026-06-10"},
		{"เพิ่ม win rate จาก 20% เป็น 25% ไตรมาสหน้าด้วยการโค้ชทีม", "winrate higher, absolute 25% from 20, quarter 2026-04-01 to 2026-06-30; how: โค้ชทีม"},
		{"ทำโทร 100 call ต่อสัปดาห์", "calls, absolute 100 per week, week 2026-03-09 to 2026-03-15 implied"},
		{"รักษา churn ไม่เกิน 2% ต่อเดือน", "churn lower, absolute 2%, against the month before, month 2026-03-01 to 2026-03-31 implied"},
		{"อัตราการชนะ 30% ปีนี้", "winrate, absolute 30%, year 2026-01-01 to 2026-12-31"},
		{"รายได้โต 15% จากปีที่แล้ว", "revenue higher, change_percent 15%, against the year before, year 2026-01-01 to 2026-12-31 implied"},
		{"ยอดขายไตรมาส 1 ปี 2570 3 ล้านบาท", "revenue, absolute 3000000 THB, quarter 2027-01-01 to 2027-03-31"},
		{"นัดเดโมให้ได้ ๓๐ ครั้ง ก่อนวันที่ 31 มีนาคม", "meetings, absolute 30, range 2026-03-10 to 2026-03-31"},
		{"ทำให้ได้ 500k เดือนนี้", ", absolute 500000, month 2026-03-01 to 2026-03-31"},
		{"increase ARR to ฿12M by FY2026", "revenue recurring higher, absolute 12000000 THB, unclear FY2026"},
		{"Q3: 30 demos, 100 calls", "meetings, absolute 30, quarter 2026-07-01 to 2026-09-30; unused: 100"},
		{"100 calls by eow", "calls, absolute 100, week 2026-03-09 to 2026-03-15"},
		{"hit 1.5m thb this month", "revenue inferred, absolute 1500000 THB, month 2026-03-01 to 2026-03-31"},
		{"hit 1.5 mil THB in Apr", "revenue inferred, absolute 1500000 THB, month 2026-04-01 to 2026-04-30"},
		{"win 2-3 deals this week", "custom(deals), absolute 2..3, week 2026-03-09 to 2026-03-15"},
		{"We want to increase our monthly revenue by 15% within the next six months", "revenue higher, change_percent 15%, range 2026-03-10 to 2026-09-10, ours"},
		{"Have each rep make 30 calls per day", "calls, absolute 30 per day, week 2026-03-09 to 2026-03-15 implied"},
		{"reach out to 50 prospects this week", "leads, absolute 50, week 2026-03-09 to 2026-03-15"},
		{"Expand into 3 new accounts by EOQ", "custom(new accounts) higher, absolute 3, quarter 2026-01-01 to 2026-03-31"},
		{"Cut churn in half by year end", "churn lower, year 2026-01-01 to 2026-12-31; in words: half"},
		{"Increase the win rate on enterprise deals to 35% in Q4", "winrate higher, absolute 35%, quarter 2026-10-01 to 2026-12-31"},
		{"5 demos every week in April", "meetings, absolute 5 per week, month 2026-04-01 to 2026-04-30"},
		{"get 1 new customer a week for the next 8 weeks", "custom(new customer), absolute 1 per week, range 2026-03-10 to 2026-05-05"},
		{"increase average order value from 1,200 to 1,500 baht by the end of September 2569", "custom(average order value) higher, absolute 1500 THB from 1200, range 2026-03-10 to 2026-09-30"},
	})
}

func TestTitleIsTheMetricInItsOwnWords(t *testing.T) {
	t.Parallel()
	today := mustDate(t, "2026-03-10")
	for text, want := range map[string]string{
		"grow annual recurring revenue 3%":    "Annual recurring revenue",
		"run 20 enterprise  demos this month": "Enterprise demos",
		"Let's smash churn":                   "Churn",
		"reduce our enterprise churn":         "Enterprise churn",
		"raise demo show rate to 80%":         "Demo show rate",
		"$50k this quarter":                   "$50k this quarter",
		"เพิ่มอัตรากำไร 5%":                   "อัตรากำไร",
		"": "",
	} {
		if got := coaching.ParseStatement(text, today).Title(); got != want {
			t.Errorf("%s: title %q, want %q", text, got, want)
		}
	}
}
