package coaching_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

var pastToday = coaching.Date{Year: 2026, Month: 3, Day: 17}

func TestPastFiguresAreReadAsSpreadsheetsWriteThem(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ line, span, from, value string }{
		{"Jan 2025 120,000", "month", "2025-01-01", "120000"},
		{"January 2025\t120,000.50", "month", "2025-01-01", "120000.5"},
		{"2025-01,120000", "month", "2025-01-01", "120000"},
		{"2025/1; 120000", "month", "2025-01-01", "120000"},
		{"01/2025 120k", "month", "2025-01-01", "120000"},
		{"2025-01-31\t120000", "month", "2025-01-01", "120000"},
		{"2025-01-01T00:00:00,120000", "month", "2025-01-01", "120000"},
		{"31/1/2025 120000", "month", "2025-01-01", "120000"},
		{"31/01/2568\t120000", "month", "2025-01-01", "120000"},
		{"Jan-25\t$120,000", "month", "2025-01-01", "120000"},
		{"Sept. '25: 1.2M", "month", "2025-09-01", "1200000"},
		{"2025 Sep 7", "month", "2025-09-01", "7"},
		{"may 2025 | 7", "month", "2025-05-01", "7"},
		{"\"Jan 2025\",\"120,000\"", "month", "2025-01-01", "120000"},
		{"Jan 2025,\"120,000\"", "month", "2025-01-01", "120000"},
		{"2025\tJan\t120,000", "month", "2025-01-01", "120000"},
		{"Jan\t2025\t120,000", "month", "2025-01-01", "120000"},
		{"ม.ค. 2568 120,000", "month", "2025-01-01", "120000"},
		{"ม.ค. 68\t120,000", "month", "2025-01-01", "120000"},
		{"มกราคม พ.ศ. ๒๕๖๘ ๑๒๐,๐๐๐", "month", "2025-01-01", "120000"},
		{"Q1 2025 390k", "quarter", "2025-01-01", "390000"},
		{"2025-Q4\t390k", "quarter", "2025-10-01", "390000"},
		{"ไตรมาส 2/2568 1.2 ล้าน", "quarter", "2025-04-01", "1200000"},
		{"2025: 1.5M", "year", "2025-01-01", "1500000"},
		{"ปี 2568 1.5M", "year", "2025-01-01", "1500000"},
		{"2025-W05 30k", "week", "2025-01-27", "30000"},
		{"W1 2025 30k", "week", "2024-12-30", "30000"},
		{"week of 2025-02-03 30k", "week", "2025-02-03", "30000"},
		{"Jan 2025 0", "month", "2025-01-01", "0"},
	} {
		past := coaching.ParsePastFigures(test.line, traitsOf(t, coaching.Revenue), "USD", pastToday)
		if len(past.Read) != 1 || len(past.Unread) != 0 {
			t.Errorf("%q reads as %+v", test.line, past)
			continue
		}
		got := past.Read[0]
		if string(got.Period.Span) != test.span || got.Period.From.String() != test.from || got.Value.String() != test.value || got.Kind != coaching.Revenue {
			t.Errorf("%q reads as %s from %s: %s, want %s from %s: %s", test.line, got.Period.Span, got.Period.From, got.Value, test.span, test.from, test.value)
		}
	}
}

func TestPastFigureThatCouldMeanTwoThingsIsNotRead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		line string
		kind coaching.Kind
		want coaching.Reason
	}{
		{"3/4/2025 120", coaching.Revenue, "past_day"},
		{"2025-01-15 120", coaching.Revenue, "past_day"},
		{"31/6/2025 120", coaching.Revenue, "past_day"},
		{"week of 2025-02-04 120", coaching.Revenue, "past_day"},
		{"Jan 25 120", coaching.Revenue, "past_year"},
		{"FY2025 120", coaching.Revenue, "past_year"},
		{"Jan 120000", coaching.Revenue, "past_period"},
		{"last month 120", coaching.Revenue, "past_period"},
		{"120,000", coaching.Revenue, "past_period"},
		{"2025", coaching.Revenue, "past_period"},
		{"2025-W53 1", coaching.Revenue, "past_period"},
		{"Mar 2026 120", coaching.Revenue, "past_period_open"},
		{"Q1 2026 120", coaching.Revenue, "past_period_open"},
		{"2031 120", coaching.Revenue, "past_period_open"},
		{"Jan 2025", coaching.Revenue, "figure_missing"},
		{"Jan 2025 -", coaching.Revenue, "figure_missing"},
		{"Jan 2025 1.234,56", coaching.Revenue, "figure_decimal_comma"},
		{"2025-01,120,45", coaching.Revenue, "figure_decimal_comma"},
		{"Jan 2025\t120\t130", coaching.Revenue, "past_more"},
		{"Jan 2025 120 about", coaching.Revenue, "past_more"},
		{"Jan 2025 +120", coaching.Revenue, "past_signed"},
		{"Jan 2025 -120", coaching.Revenue, "level_negative"},
		{"Jan 2025 €120", coaching.Revenue, "amount_other_currency"},
		{"Jan 2025 12%", coaching.Revenue, "amount_is_percent"},
		{"Jan 2025 $12", coaching.Churn, "amount_is_money"},
		{"Jan 2025 120%", coaching.Churn, "percent_above_hundred"},
	} {
		past := coaching.ParsePastFigures(test.line, traitsOf(t, test.kind), "USD", pastToday)
		if len(past.Read) != 0 || len(past.Unread) != 1 || past.Unread[0].Reason != test.want {
			t.Errorf("%q reads as %+v, want %s", test.line, past, test.want)
		}
	}
	past := coaching.ParsePastFigures("Jan 2025 -3%", traitsOf(t, coaching.Margin), "USD", pastToday)
	if len(past.Read) != 1 || past.Read[0].Value.String() != "-3" {
		t.Errorf("a loss reads as %+v", past)
	}
}

func TestPastedTableKeepsItsLineNumbers(t *testing.T) {
	t.Parallel()
	past := coaching.ParsePastFigures("Month\tRevenue\r\nJan 2025\t100\r\n\r\nFeb 2025\tabout 110\r\n2025-01\t100\r\nMar 2025\t120\nJan 2025 101", traitsOf(t, coaching.Revenue), "USD", pastToday)
	var got []string
	for _, read := range past.Read {
		got = append(got, fmt.Sprint(read.Line, " ", read.Value))
	}
	for _, unread := range past.Unread {
		got = append(got, fmt.Sprint(unread.Line, " ", unread.Reason))
	}
	if text, want := strings.Join(got, ", "), "2 100, 6 120, 4 figure_missing, 7 past_twice"; text != want {
		t.Errorf("read %s, want %s", text, want)
	}
	long := strings.Repeat("Jan 2025 100\n", coaching.MaxPastLines+5)
	past = coaching.ParsePastFigures(long, traitsOf(t, coaching.Revenue), "USD", pastToday)
	if len(past.Read) != 1 || len(past.Unread) != 1 || past.Unread[0].Reason != "past_too_many" {
		t.Errorf("a long table reads as %+v", past)
	}
}

// Whatever way a month and a figure are written, they read as themselves.
func TestPastFigureReadsAsWritten(t *testing.T) {
	t.Parallel()
	names := []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	rapid.Check(t, func(t *rapid.T) {
		month := coaching.Date{Year: rapid.IntRange(2000, 2025).Draw(t, "year"), Month: 1, Day: 1}.AddMonths(rapid.IntRange(0, 11).Draw(t, "month"))
		value := rapid.IntRange(0, 1e9).Draw(t, "value")
		written := rapid.SampledFrom([]string{
			fmt.Sprintf("%s %d", names[month.Month-1], month.Year), fmt.Sprintf("%04d-%02d", month.Year, month.Month),
			fmt.Sprintf("%s-%02d", names[month.Month-1], month.Year%100), fmt.Sprintf("1/%d/%d", month.Month, month.Year+543),
			fmt.Sprintf("%d/%d", month.Month, month.Year), month.String(),
		}).Draw(t, "written")
		divider := rapid.SampledFrom([]string{"\t", ", ", "; ", "  ", ","}).Draw(t, "divider")
		past := coaching.ParsePastFigures(written+divider+fmt.Sprint(value), coaching.Traits{Kind: coaching.Calls, Unit: coaching.Count}, "", pastToday)
		if len(past.Read) != 1 || past.Read[0].Period != coaching.PeriodOf(coaching.Month, month) || past.Read[0].Value.String() != fmt.Sprint(value) {
			t.Fatalf("%q reads as %+v", written+divider+fmt.Sprint(value), past)
		}
	})
}

func FuzzPastFigures(f *testing.F) {
	for _, seed := range []string{"Jan 2025 120,000", "ม.ค. 68\t1.2 ล้าน", "\"2025-01\";\"5\"", "2025-W05 3", "ปี 2568 5", "'", "Q", "week of ", "-", "2025-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		past := coaching.ParsePastFigures(text, coaching.Traits{Kind: coaching.Revenue, Unit: coaching.Money}, "USD", pastToday)
		for _, read := range past.Read {
			if !read.Period.To.Before(pastToday) || coaching.CheckFigure(read.Value) != nil || read.Line < 1 {
				t.Errorf("%q reads as %+v", text, read)
			}
		}
		if len(past.Read)+len(past.Unread) > coaching.MaxPastLines+1 {
			t.Errorf("%d lines were read", len(past.Read)+len(past.Unread))
		}
	})
}
