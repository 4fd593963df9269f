package coaching_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// verdicts tells a card in one line: the letters with a small one for what does
// not pass, and each reason.
func verdicts(card coaching.Card) string {
	var line strings.Builder
	for _, verdict := range card.Lines {
		letter := string(rune(verdict.Letter))
		if !verdict.OK {
			letter = strings.ToLower(letter)
		}
		fmt.Fprintf(&line, "%s %s, ", letter, verdict.Reason)
	}
	if card.Ready {
		return line.String() + "ready"
	}
	return line.String() + fmt.Sprint("ask ", card.Missing)
}

func assess(t testing.TB, text string, facts coaching.Facts) coaching.Card {
	t.Helper()
	facts.Today = mustDate(t, "2026-03-10")
	return coaching.Assess(coaching.ParseStatement(text, facts.Today), facts)
}

func TestAssessJudgesTheFiveLetters(t *testing.T) {
	t.Parallel()
	thb := coaching.Facts{Currency: "THB"}
	history := coaching.Facts{Currency: "THB", Baseline: decimal.New(400, 0), HasBaseline: true}
	for _, c := range []struct {
		text  string
		facts coaching.Facts
		want  string
	}{
		{"Let's make more revenue", thb, "s metric_vague, m size_missing, a size_needed, R tied_to_revenue, t deadline_missing, ask [size_missing deadline_missing]"},
		{"มาสร้างรายได้เพิ่มกันเถอะ", thb, "s metric_vague, m size_missing, a size_needed, R tied_to_revenue, t deadline_missing, ask [size_missing deadline_missing]"},
		{"By the end of Q2 we will grow annual recurring revenue 3% by reviewing our retention strategy", thb, "S metric_found, M size_found, A no_history, R strategy_found, T period_found, ready"},
		{"ภายในสิ้นไตรมาสที่สอง เราจะเพิ่มรายได้ประจำประจำปี 3% โดยการประเมินกลยุทธ์การรักษาลูกค้าใหม่ของเรา", thb, "S metric_found, M size_found, A no_history, R strategy_found, T period_found, ready"},
		{"20 demos this month", coaching.Facts{}, "S metric_found, M size_found, A no_history, R tied_to_revenue, T period_found, ready"},
		{"20 demos", thb, "S metric_found, M size_found, A no_history, R tied_to_revenue, t deadline_missing, ask [deadline_missing]"},
		{"20 demos by 3/4/2026", thb, "S metric_found, M size_found, A no_history, R tied_to_revenue, t deadline_unclear, ask [deadline_unclear]"},
		{"20 demos in Q1 2025", thb, "S metric_found, M size_found, A no_history, R tied_to_revenue, t deadline_past, ask [deadline_past]"},
		{"more demos this month", thb, "S metric_found, m size_missing, a size_needed, R tied_to_revenue, T period_found, ask [size_missing]"},
		{"twenty demos this month", thb, "S metric_found, m size_in_words, a size_needed, R tied_to_revenue, T period_found, ask [size_in_words]"},
		{"12 000 calls this month", thb, "S metric_found, m size_unclear, a size_needed, R tied_to_revenue, T period_found, ask [size_unclear]"},
		{"cut the sales cycle to 6 weeks this year", thb, "S metric_found, m size_unit, a size_needed, R tied_to_revenue, T period_found, ask [size_unit]"},
		{"50 calls a day this month", thb, "S metric_found, m size_is_rate, A no_history, R tied_to_revenue, T period_found, ask [size_is_rate]"},
		{"50 calls a week", thb, "S metric_found, M size_found, A no_history, R tied_to_revenue, T period_implied, ready"},
		{"increase MRR 3% this quarter", coaching.Facts{}, "S metric_found, m currency_missing, A no_history, R tied_to_revenue, T period_found, ask [currency_missing]"},
		{"increase MRR from $400k to $450k this quarter", coaching.Facts{}, "S metric_found, M size_found, A no_history, R tied_to_revenue, T period_found, ready"},
		{"increase revenue 10% this quarter", thb, "S metric_found, m baseline_missing, A no_history, R tied_to_revenue, T period_found, ask [baseline_missing]"},
		{"increase revenue 10% this quarter", history, "S metric_found, M size_found, A no_history, R tied_to_revenue, T period_found, ready"},
		{"$50k this quarter", thb, "S metric_inferred, M size_found, A no_history, R tied_to_revenue, T period_found, ready"},
		{"win rate +5% a year", thb, "S metric_found, M size_of_baseline, A no_history, R tied_to_revenue, T period_implied, ready"},
		{"win rate to 120% this year", thb, "S metric_found, m target_above_hundred, A no_history, R tied_to_revenue, T period_found, ask [target_above_hundred]"},
		{"sales cycle 4-6% shorter this year", thb, "S metric_found, M band_found, A no_history, R tied_to_revenue, T period_found, ready"},
		{"reduce revenue 5% this year", history, "S metric_found, M size_found, A no_history, r direction_against_kind, T period_found, ask [direction_against_kind]"},
		{"run 20 workshops this month", thb, "S metric_found, M size_found, A no_history, r why_missing, T period_found, ready"},
		{"run 20 workshops this month because trained customers stay", thb, "S metric_found, M size_found, A no_history, R why_found, T period_found, ready"},
		{"hello", thb, "s metric_missing, m size_missing, a size_needed, r why_missing, t deadline_missing, ask [metric_missing size_missing deadline_missing]"},
		{"", thb, "s metric_missing, m size_missing, a size_needed, r why_missing, t deadline_missing, ask [metric_missing size_missing deadline_missing]"},
		{"20 demos this month", coaching.Facts{Realism: coaching.Challenging, Chance: 0.2}, "S metric_found, M size_found, A challenging, R tied_to_revenue, T period_found, ready"},
		{"20 demos this month", coaching.Facts{Realism: coaching.Unrealistic, Chance: 0.02}, "S metric_found, M size_found, a unrealistic, R tied_to_revenue, T period_found, ready"},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			if got := verdicts(assess(t, c.text, c.facts)); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

func TestCardShowsTheWordsThatItWentBy(t *testing.T) {
	t.Parallel()
	card := assess(t, "Reduce churn from 4% to 3% by the end of the year by calling every customer", coaching.Facts{})
	want := [][]string{{"churn"}, {"3%", "4%"}, nil, {"calling every customer"}, {"by the end of the year"}}
	for i, line := range card.Lines {
		if !slices.Equal(line.Found, want[i]) {
			t.Errorf("%c found %q, want %q", line.Letter, line.Found, want[i])
		}
	}
}

func TestSuggestionKeepsWhatWasSaidAndFillsTheRest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want, filled string }{
		{"Let's make more revenue", "revenue recurring higher, change_percent 3% THB, quarter 2026-01-01 to 2026-03-31, ours", "period size"},
		{"20 demos", "meetings, absolute 20, month 2026-03-01 to 2026-03-31", "period"},
		{"reduce churn this year", "churn lower, absolute 2%, year 2026-01-01 to 2026-12-31", "size"},
		{"50 calls a day this week", "calls, absolute 250, against the day before, week 2026-03-09 to 2026-03-15", "size"},
		{"50 calls a week this quarter", "calls, absolute 600, against the week before, quarter 2026-01-01 to 2026-03-31", "size"},
		{"grow sales 10% this month", "revenue higher, change_percent 10% THB from 1000000, month 2026-03-01 to 2026-03-31", "baseline"},
		{"increase churn 2% this year", "churn lower, change_percent -2%, year 2026-01-01 to 2026-12-31", "direction"},
	} {
		suggestion := assess(t, c.text, coaching.Facts{Currency: "THB"}).Suggestion
		if got, filled := understood(suggestion.Statement), strings.Join(suggestion.Filled, " "); got != c.want || filled != c.filled {
			t.Errorf("%s\n got %s; filled %s\nwant %s; filled %s", c.text, got, filled, c.want, c.filled)
		}
	}
}

func TestSuggestionIsReadyWhenItIsSaid(t *testing.T) {
	t.Parallel()
	facts := coaching.Facts{Currency: "THB"}
	for _, text := range []string{
		"Let's make more revenue", "reduce churn", "improve our profit margin", "raise CLV", "more qualified leads", "better win rate",
		"lower CAC", "shorten the sales cycle", "more calls", "more emails", "more demos", "more deals", "$5k", "hello", "grow sales 10%",
		"มาสร้างรายได้เพิ่มกันเถอะ", "ลดอัตราการเลิกใช้งาน", "สวัสดี",
	} {
		suggested := assess(t, text, facts).Suggestion.Statement
		words := fmt.Sprintf("%v %s %s", suggested.Size.Value.Abs(), suggested.Size.Currency, suggested.Title())
		switch {
		case suggested.Size.Form == coaching.ChangePercent && suggested.Size.Value.Sign() < 0:
			words = fmt.Sprintf("reduce %s %v%%", suggested.Title(), suggested.Size.Value.Abs())
		case suggested.Size.Form == coaching.ChangePercent:
			words = fmt.Sprintf("grow %s %v%%", suggested.Title(), suggested.Size.Value)
		case suggested.Better() == coaching.Lower:
			words = fmt.Sprintf("keep %s below %v%%", suggested.Title(), suggested.Size.Value)
		}
		words += " by " + suggested.Period.To.String()
		if suggested.Baseline.Known {
			words += fmt.Sprintf(" from %v", suggested.Baseline.Value)
		}
		again := assess(t, words, facts)
		if !again.Ready || again.Statement.Metric.Kind != suggested.Metric.Kind || !again.Statement.Size.Value.Equal(suggested.Size.Value) {
			t.Errorf("%q: suggested %q: %s", text, words, verdicts(again))
		}
	}
}

func TestReadyCardGivesTheGoal(t *testing.T) {
	t.Parallel()
	card := assess(t, "By the end of Q2 we will grow annual recurring revenue 3% by reviewing our retention strategy because it pays salaries", coaching.Facts{Currency: "THB"})
	goal := card.Goal()
	goal.Workspace, goal.Number = "slack:T1", 12
	goal, err := coaching.NewGoal(goal)
	if err != nil {
		t.Fatal(err)
	}
	if goal.Title != "Annual recurring revenue" || goal.Kind != coaching.Revenue || goal.Nature != coaching.Level ||
		goal.Currency != "THB" || goal.Better != coaching.Higher || goal.HasBaseline ||
		goal.Strategy != "reviewing our retention strategy" || goal.Why != "it pays salaries" {
		t.Errorf("goal %+v", goal)
	}
	if goal.Size.Form != coaching.ChangePercent || !goal.Size.Value.Equal(decimal.New(3, 0)) {
		t.Errorf("size %+v", goal.Size)
	}
	if want := coaching.PeriodOf(coaching.Quarter, mustDate(t, "2026-04-01")); goal.Period != want {
		t.Errorf("period %+v, want %+v", goal.Period, want)
	}
}

func TestGoalThatCountsTheTeamsOwnNounMayBeBetterLower(t *testing.T) {
	t.Parallel()
	goal := assess(t, "reduce support tickets to 5 this month", coaching.Facts{}).Goal()
	if goal.Kind != coaching.Custom || goal.Noun != "support tickets" || goal.Better != coaching.Lower {
		t.Errorf("goal %+v", goal)
	}
}

func TestRealismFollowsTheChance(t *testing.T) {
	t.Parallel()
	for chance, want := range map[float64]coaching.Realism{
		1: coaching.Comfortable, 0.7: coaching.Comfortable, 0.69: coaching.Realistic, 0.4: coaching.Realistic,
		0.39: coaching.Challenging, 0.1: coaching.Challenging, 0.09: coaching.Unrealistic, 0: coaching.Unrealistic,
	} {
		if got := coaching.RealismOf(chance); got != want {
			t.Errorf("RealismOf(%v) = %s, want %s", chance, got, want)
		}
	}
}
