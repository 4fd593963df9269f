package coaching_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestParseStatementFindsThePeriod(t *testing.T) {
	t.Parallel()
	checkReadings(t, []reading{
		{"win 3 deals in the 2nd quarter", "custom(deals), absolute 3, quarter 2026-04-01 to 2026-06-30"},
		{"30 demos in the first half of 2027", "meetings, absolute 30, range 2027-01-01 to 2027-06-30"},
		{"30 demos by the end of the second half", "meetings, absolute 30, range 2026-07-01 to 2026-12-31"},
		{"10 deals next Friday", "custom(deals), absolute 10, range 2026-03-10 to 2026-03-20"},
		{"10 deals by next Friday", "custom(deals), absolute 10, range 2026-03-10 to 2026-03-20"},
		{"10 deals on Friday", "custom(deals), absolute 10, day 2026-03-13 to 2026-03-13"},
		{"10 deals today", "custom(deals), absolute 10, day 2026-03-10 to 2026-03-10"},
		{"10 deals by tomorrow", "custom(deals), absolute 10, range 2026-03-10 to 2026-03-11"},
		{"10 deals before 30th of June", "custom(deals), absolute 10, range 2026-03-10 to 2026-06-30"},
		{"10 deals by June 30, 2027", "custom(deals), absolute 10, range 2026-03-10 to 2027-06-30"},
		{"10 deals in Q1", "custom(deals), absolute 10, quarter 2026-01-01 to 2026-03-31"},
		{"10 deals by the end of Q4 2025", "custom(deals), absolute 10, quarter 2025-10-01 to 2025-12-31"},
		{"10 deals by the end of next month", "custom(deals), absolute 10, range 2026-03-10 to 2026-04-30"},
		{"10 deals by end of next quarter", "custom(deals), absolute 10, quarter 2026-04-01 to 2026-06-30"},
		{"10 deals this April", "custom(deals), absolute 10, month 2026-04-01 to 2026-04-30"},
		{"10 deals in February", "custom(deals), absolute 10, month 2027-02-01 to 2027-02-28"},
		{"10 deals by 2569-06-30", "custom(deals), absolute 10, range 2026-03-10 to 2026-06-30"},
		{"10 deals in the next 3 months", "custom(deals), absolute 10, range 2026-03-10 to 2026-06-10"},
		{"10 deals within a month", "custom(deals), absolute 10, range 2026-03-10 to 2026-04-10"},
		{"10 deals by year-end", "custom(deals), absolute 10, year 2026-01-01 to 2026-12-31"},
		{"10 deals EOQ", "custom(deals), absolute 10, quarter 2026-01-01 to 2026-03-31"},
		{"10 deals by the end of the week", "custom(deals), absolute 10, week 2026-03-09 to 2026-03-15"},
		{"10 deals by December", "custom(deals), absolute 10, range 2026-03-10 to 2026-12-31"},
		{"10 deals for the quarter", "custom(deals), absolute 10, quarter 2026-01-01 to 2026-03-31"},
		{"10 deals during May", "custom(deals), absolute 10, month 2026-05-01 to 2026-05-31"},
		{"10 deals through April", "custom(deals), absolute 10, range 2026-03-10 to 2026-04-30"},
		{"10 ดีล พรุ่งนี้", "custom(ดีล), absolute 10, range 2026-03-10 to 2026-03-11"},
		{"10 ดีล ภายในไตรมาสที่ 2", "custom(ดีล), absolute 10, quarter 2026-04-01 to 2026-06-30"},
		{"10 ดีล ภายในไตรมาส ๒ ปี ๒๕๗๐", "custom(ดีล), absolute 10, quarter 2027-04-01 to 2027-06-30"},
		{"10 ดีล ก่อนสิ้นปี", "custom(ดีล), absolute 10, year 2026-01-01 to 2026-12-31"},
		{"10 ดีล ในเดือนเมษายน", "custom(ดีล), absolute 10, month 2026-04-01 to 2026-04-30"},
		{"10 ดีล ภายใน 30 วัน", "custom(ดีล), absolute 10, range 2026-03-10 to 2026-04-09"},
		{"10 ดีล ศุกร์นี้", "custom(ดีล), absolute 10, range 2026-03-10 to 2026-03-13"},
		{"10 ดีล ภายในวันที่ 15 เม.ย. 69", "custom(ดีล), absolute 10, range 2026-03-10 to 2026-04-15"},
		{"10 ดีล ครึ่งปีหลัง", "custom(ดีล), absolute 10, range 2026-07-01 to 2026-12-31"},
		{"10 ดีล สัปดาห์หน้า", "custom(ดีล), absolute 10, week 2026-03-16 to 2026-03-22"},
		{"10 ดีล ปีหน้า", "custom(ดีล), absolute 10, year 2027-01-01 to 2027-12-31"},
		{"10 ดีล ภายในปี พ.ศ. 2570", "custom(ดีล), absolute 10, range 2026-03-10 to 2027-12-31"},
	})
}

func TestParseStatementTakesTheQuarterThatIsNotOver(t *testing.T) {
	t.Parallel()
	for today, want := range map[string]string{
		"2026-01-05": "2026-04-01", // still to come
		"2026-04-01": "2026-04-01",
		"2026-06-30": "2026-04-01", // its last day
		"2026-07-01": "2027-04-01", // over: the next year's
	} {
		for _, text := range []string{
			"By the end of Q2 we will grow annual recurring revenue 3%",
			"ภายในสิ้นไตรมาสที่สอง เราจะเพิ่มรายได้ประจำประจำปี 3%",
		} {
			period := coaching.ParseStatement(text, mustDate(t, today)).Period
			if period.Span != coaching.Quarter || period.From != mustDate(t, want) {
				t.Errorf("on %s: %v from %v, want %s", today, period.Span, period.From, want)
			}
		}
	}
}

func TestParseStatementImpliesThePeriodWithDaysLeft(t *testing.T) {
	t.Parallel()
	for today, want := range map[string]string{
		"2026-01-05": "2026-12-31",
		"2026-10-01": "2026-12-31", // a quarter of the year is left
		"2026-12-01": "2027-12-31", // less than a fifth
	} {
		period := coaching.ParseStatement("increase MRR 2% year on year", mustDate(t, today)).Period
		if !period.Implied || period.To != mustDate(t, want) {
			t.Errorf("on %s: %+v, want the year to %s", today, period, want)
		}
	}
}

func TestParseStatementReadsThaiWithBreakHintsBetweenWords(t *testing.T) {
	t.Parallel()
	s := coaching.ParseStatement("เพิ่ม\u200bอัตรา\u200bก\u0e4d\u0e32ไร 5% \u200bปี\u200bนี้", mustDate(t, "2026-03-10"))
	if got, want := understood(s), "margin higher, change_percent 5%, year 2026-01-01 to 2026-12-31"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParseStatementReadsADeadlineOnItsOwnDay(t *testing.T) {
	t.Parallel()
	friday := mustDate(t, "2026-03-13")
	period := coaching.ParseStatement("close 10 deals by Friday", friday).Period
	if period.From != friday || period.To != friday {
		t.Errorf("by Friday, on a Friday: %v to %v", period.From, period.To)
	}
}
