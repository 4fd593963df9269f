package main

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// sampleSeason is what the team sells in each month of an ordinary year, in
// thousands of dollars: it swells towards the end.
var sampleSeason = [12]int64{61, 58, 66, 63, 67, 70, 62, 64, 73, 80, 88, 92}

// sampleYears is for how many years there are figures; each was 7% above the
// one before.
const sampleYears = 2

// bahtPerDollar makes the story's dollars baht, roughly.
const bahtPerDollar = 35

// money is an amount of dollars in the story's currency.
func (s *sample) money(dollars int64) decimal.Decimal {
	if s.language == "th" {
		dollars *= bahtPerDollar
	}
	return decimal.NewFromInt(dollars)
}

// currency is the story's.
func (s *sample) currency() string { return s.say("USD", "THB") }

// sums writes amounts of dollars as somebody types them.
func (s *sample) sums(dollars ...int64) []string {
	amounts := make([]string, len(dollars))
	for i, amount := range dollars {
		amounts[i] = s.say("$", "฿") + s.money(amount).String()
	}
	return amounts
}

// revenue is what the team sold in a past month.
func (s *sample) revenue(month coaching.Period) decimal.Decimal {
	revenue := s.money(1000 * sampleSeason[month.From.Month-1])
	for range s.today().Year - month.From.Year {
		revenue = revenue.Div(decimal.RequireFromString("1.07"))
	}
	// A little up and down, the same in every demo.
	wobble := decimal.New(int64(95+(int(month.From.Month)*5+month.From.Year*3)%11), -2)
	return revenue.Mul(wobble).Round(-2)
}

// quarterRevenue is what the team sold in a past quarter.
func (s *sample) quarterRevenue(quarter coaching.Period) decimal.Decimal {
	var sum decimal.Decimal
	for n := range 3 {
		sum = sum.Add(s.revenue(coaching.PeriodOf(coaching.Month, quarter.From.AddMonths(n))))
	}
	return sum
}

func absolute(value decimal.Decimal) coaching.Size {
	return coaching.Size{Form: coaching.Absolute, Value: value}
}

func count(value int64) coaching.Size { return absolute(decimal.NewFromInt(value)) }

// words are the notes of the story.
func (s *sample) words(english, thai string) []string {
	return strings.Split(s.say(english, thai), "|")
}

// goals are goals in every state: one ahead, one behind, one at risk, a new
// rep's, a churn that has begun to rise, a quarter that is over and not reviewed
// yet, one parked, and finished months from which chances are told.
func (s *sample) goals() []sampleGoal {
	today := s.today()
	quarter := coaching.PeriodOf(coaching.Quarter, today)
	goals := append(s.teamGoals(quarter, coaching.PeriodOf(coaching.Month, today)), s.ownGoals(today)...)
	for past := range 6 {
		goals = append(goals, sampleGoal{
			goal: coaching.Goal{
				Title: s.say("Demos", "เดโม"), Statement: s.say("18 demos", "เดโม 18 ครั้ง"), Kind: coaching.Meetings, Noun: s.say("demos", "เดโม"),
				Owner: s.id("nok"), Period: coaching.PeriodOf(coaching.Month, today).Shift(-1 - past), Size: count(18),
				State: coaching.Closed, Reason: s.say("period over", "จบช่วงเวลา"),
			},
			handles: []string{"nok"}, amounts: [][]string{{"+1", "+0", "+1", "+2"}, {"+1", "+1", "+0"}, {"+2", "+0", "+1"}}[past%3],
		})
	}
	return goals
}

// teamGoals are what the whole team is after.
func (s *sample) teamGoals(quarter, month coaching.Period) []sampleGoal {
	title := s.say("Revenue", "รายได้")
	notes := s.words(
		"renewal, Chao Phraya Hotels||upgrade to weekly, Siam Bakery||first order, Lumpini Books|||three new cafés, Thonglor||renewal, River Gym||office plan, Ari Studio",
		"ต่อสัญญา โรงแรมเจ้าพระยา||เพิ่มเป็นรายสัปดาห์ สยามเบเกอรี||ออร์เดอร์แรก ลุมพินีบุ๊กส์|||คาเฟ่ใหม่สามแห่ง ทองหล่อ||ต่อสัญญา ริเวอร์ยิม||แพ็กเกจออฟฟิศ อารีย์สตูดิโอ",
	)
	return []sampleGoal{
		{
			goal: coaching.Goal{
				Title: title, Kind: coaching.Revenue, Currency: s.currency(), Period: quarter, Focus: true,
				Statement: s.say("Grow revenue 7% this quarter by selling the new roasts to regulars", "ไตรมาสนี้เพิ่มรายได้ 7% โดยขายกาแฟคั่วใหม่ให้ลูกค้าประจำ"),
				Baseline:  s.quarterRevenue(quarter.Shift(-4)), HasBaseline: true,
				Size:     coaching.Size{Form: coaching.ChangePercent, Value: decimal.NewFromInt(7)},
				Strategy: s.say("selling the new roasts to regulars", "ขายกาแฟคั่วใหม่ให้ลูกค้าประจำ"),
			},
			handles: []string{"nok", "ploy", "diego", "ploy", "ben", "nok", "ploy"},
			amounts: s.sums(4900, 5950, 3650, 0, 1100, 4450, 7000, 2800, 0, 5200, 3100), notes: notes,
		},
		{
			goal: coaching.Goal{
				Title: s.say("Customer churn", "อัตราการเลิกใช้งาน"), Kind: coaching.Churn, Period: month, Focus: true,
				Statement: s.say("Keep monthly customer churn below 2%", "คุมอัตราการเลิกใช้งานต่อเดือนให้ต่ำกว่า 2%"),
				Baseline:  decimal.RequireFromString("1.6"), HasBaseline: true, Size: count(2),
				Strategy: s.say("calling every customer whose card is about to expire", "โทรหาลูกค้าทุกคนที่บัตรใกล้หมดอายุ"),
			},
		},
		{
			// The quarter before this one, over and waiting for its review.
			goal: coaching.Goal{
				Title: title, Kind: coaching.Revenue, Currency: s.currency(), Period: quarter.Shift(-1),
				Statement: s.say("Grow revenue 5% last quarter by visiting every regular once", "ไตรมาสก่อนเพิ่มรายได้ 5% โดยไปเยี่ยมลูกค้าประจำทุกรายหนึ่งครั้ง"),
				Baseline:  s.quarterRevenue(quarter.Shift(-5)), HasBaseline: true,
				Size:     coaching.Size{Form: coaching.ChangePercent, Value: decimal.NewFromInt(5)},
				Strategy: s.say("visiting every regular once", "ไปเยี่ยมลูกค้าประจำทุกรายหนึ่งครั้ง"),
			},
			handles: []string{"ploy", "nok", "diego", "ploy"},
			amounts: s.sums(3400, 2900, 4100, 3000, 2500, 3700), notes: notes,
		},
		{
			goal: coaching.Goal{
				Title: s.say("Acquisition cost", "ต้นทุนการได้มาซึ่งลูกค้า"), Kind: coaching.CAC, Currency: s.currency(), Period: quarter,
				Statement: s.say("Reduce customer acquisition cost from $210 to $200 this quarter", "ไตรมาสนี้ลดต้นทุนการได้มาซึ่งลูกค้าจาก 7,350 เหลือ 7,000 บาท"),
				Baseline:  s.money(210), HasBaseline: true, Size: absolute(s.money(200)),
				State: coaching.Parked, Reason: s.say("after the new roasts are out", "หลังกาแฟคั่วใหม่ออกขาย"),
			},
		},
	}
}

// ownGoals are what single people are after.
func (s *sample) ownGoals(today coaching.Date) []sampleGoal {
	month, quarter, week := coaching.PeriodOf(coaching.Month, today), coaching.PeriodOf(coaching.Quarter, today), coaching.PeriodOf(coaching.Week, today)
	return []sampleGoal{
		{
			goal: coaching.Goal{
				Title: s.say("Demos", "เดโม"), Statement: s.say("20 demos this month", "เดือนนี้จะนัดเดโม 20 ครั้ง"), Kind: coaching.Meetings,
				Noun: s.say("demos", "เดโม"), Owner: s.id("nok"), Period: month, Size: count(20), Focus: true,
			},
			handles: []string{"nok"}, amounts: []string{"+2", "+1", "+1", "+2", "+1"},
		},
		{
			goal: coaching.Goal{
				Title: s.say("Qualified leads", "ลีดที่ผ่านการรับรอง"), Statement: s.say("30 qualified leads this month", "เดือนนี้หาลีดที่ผ่านการรับรอง 30 ราย"),
				Kind: coaching.Leads, Noun: s.say("leads", "ลีด"), Owner: s.id("diego"), Period: month, Size: count(30), Focus: true,
			},
			handles: []string{"diego"}, amounts: []string{"+1", "+0", "+1", "+2"},
		},
		{
			goal: coaching.Goal{
				Title: s.say("Calls", "โทร"), Statement: s.say("50 calls this week", "สัปดาห์นี้โทร 50 สาย"), Kind: coaching.Calls, Noun: s.say("calls", "สาย"),
				Owner: s.id("ben"), Period: week, Size: count(50), Focus: true,
				Why: s.say("calls are where a new rep's pipeline comes from", "ไปป์ไลน์ของคนใหม่มาจากการโทร"),
			},
			handles: []string{"ben"}, amounts: []string{"+9", "+11", "+10"},
		},
		{
			goal: coaching.Goal{
				Title: s.say("Win rate", "อัตราการปิดการขาย"), Statement: s.say("Increase win rate from 24% to 27% this quarter", "ไตรมาสนี้เพิ่มอัตราการปิดการขายจาก 24% เป็น 27%"),
				Kind: coaching.WinRate, Owner: s.id("ploy"), Period: quarter, Baseline: decimal.NewFromInt(24), HasBaseline: true, Size: count(27), Focus: true,
			},
			handles: []string{"ploy"}, amounts: []string{"=24%", "=25%", "=25%", "=26%"},
		},
	}
}
