package coaching_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func TestSizedReadsAnAnswerForWhatIsMeasured(t *testing.T) {
	t.Parallel()
	today := coaching.Date{Year: 2026, Month: 3, Day: 17}
	const (
		reach   = coaching.Absolute
		by      = coaching.ChangeBy
		percent = coaching.ChangePercent
	)
	for _, test := range []struct {
		metric coaching.StatedMetric
		answer string
		form   coaching.SizeForm
		value  float64
	}{
		{coaching.MetricOf(coaching.Revenue), "$50k", reach, 50_000},
		{coaching.MetricOf(coaching.Revenue), "by 3%", percent, 3},
		{coaching.MetricOf(coaching.Revenue), "from $400k to $450k", reach, 450_000},
		{coaching.MetricOf(coaching.Revenue), "banana", "", 0},
		{coaching.MetricOf(coaching.Revenue), "double", "", 0},
		{coaching.RecurringRevenue(), "3%", percent, 3},
		{coaching.MetricOf(coaching.Churn), "2%", reach, 2},
		{coaching.MetricOf(coaching.Churn), "by 3%", percent, -3},
		{coaching.MetricOf(coaching.Churn), "$50k", "", 0},
		{coaching.MetricOf(coaching.WinRate), "+5 points", by, 5},
		{coaching.MetricOf(coaching.CAC), "3%", percent, -3},
		{coaching.MetricOf(coaching.Cycle), "30 days", reach, 30},
		{coaching.MetricOf(coaching.Meetings), "20 demos", reach, 20},
		{coaching.MetricOf(coaching.Meetings), "$50k", "", 0},
		{coaching.CountOf("workshops"), "8 workshops", reach, 8},
		{coaching.CountOf("workshops"), "+3", by, 3},
	} {
		s := coaching.Statement{Metric: test.metric}.Sized(test.answer, today)
		if s.Size.Form != test.form || !s.Size.Value.Equal(decimal.NewFromFloat(test.value)) {
			t.Errorf("%s %q: %s %s, want %s %v", test.metric.Kind, test.answer, s.Size.Form, s.Size.Value, test.form, test.value)
		}
	}
}

// A card of answers that is ready makes a goal, whatever the answers were.
func TestAReadyCardOfAnswersIsAGoal(t *testing.T) {
	t.Parallel()
	today := coaching.Date{Year: 2026, Month: 3, Day: 17}
	ready := 0
	rapid.Check(t, func(t *rapid.T) {
		metrics := []coaching.StatedMetric{coaching.RecurringRevenue(), coaching.CountOf("workshops")}
		for _, traits := range coaching.Kinds() {
			if traits.Kind != coaching.Custom {
				metrics = append(metrics, coaching.MetricOf(traits.Kind).Named(string(traits.Kind)))
			}
		}
		s := coaching.Statement{Metric: rapid.SampledFrom(metrics).Draw(t, "metric")}
		answer := rapid.OneOf(
			rapid.SampledFrom([]string{"20", "+3%", "-5%", "$50k", "from 40 to 50", "by 3%", "50 a week", "25%", "30 days"}), rapid.String(),
		).Draw(t, "answer")
		s = s.Sized(answer, today).During(coaching.PeriodOf(coaching.Quarter, today))
		if rapid.Bool().Draw(t, "known") {
			s = s.From(decimal.NewFromInt(int64(rapid.IntRange(-10, 1_000_000).Draw(t, "baseline"))))
		}
		card := coaching.Assess(s, coaching.Facts{Today: today, Currency: "USD"})
		if !card.Ready {
			return
		}
		ready++
		goal := card.Goal()
		goal.Workspace = "slack:T1"
		if _, err := coaching.NewGoal(goal); err != nil {
			t.Fatalf("%q: %v", answer, err)
		}
	})
	if ready == 0 {
		t.Error("no card was ready, so nothing was tested")
	}
}
