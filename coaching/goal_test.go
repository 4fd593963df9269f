package coaching_test

import (
	"strings"
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

func TestInvalidGoalCannotExist(t *testing.T) {
	t.Parallel()
	valid := coaching.Goal{Workspace: "slack:T1", Title: "Demos", Kind: coaching.Meetings, Period: june, Size: exactly("20")}
	if _, err := coaching.NewGoal(valid); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[coaching.Reason]func(*coaching.Goal){
		"kind_unknown":      func(g *coaching.Goal) { g.Kind = "luck" },
		"workspace_missing": func(g *coaching.Goal) { g.Workspace = "" },
		"title_missing":     func(g *coaching.Goal) { g.Title = " \t" },
		"title_too_long":    func(g *coaching.Goal) { g.Title = strings.Repeat("ก", 201) },
		"text_too_long":     func(g *coaching.Goal) { g.Strategy = strings.Repeat("x", 2001) },
		"currency_missing":  func(g *coaching.Goal) { g.Kind = coaching.Revenue },
		"period_missing":    func(g *coaching.Goal) { g.Period.To = g.Period.From.AddDays(-1) },
		"target_missing":    func(g *coaching.Goal) { g.Size = coaching.Size{} },
		"target_zero":       func(g *coaching.Goal) { g.Size.Value = number("0") },
		"target_negative":   func(g *coaching.Goal) { g.Size.Value = number("-1") },
		"figure_too_large":  func(g *coaching.Goal) { g.Size.Value = number("1000000000000000") },
		"figure_too_fine":   func(g *coaching.Goal) { g.Size.Value = number("0.0000001") },
		"baseline_missing": func(g *coaching.Goal) {
			g.Size = coaching.Size{Form: coaching.ChangePercent, Value: number("3")}
		},
		"target_above_hundred": func(g *coaching.Goal) {
			g.Kind, g.Size = coaching.WinRate, exactly("101")
		},
	} {
		goal := valid
		change(&goal)
		if _, err := coaching.NewGoal(goal); reason(err) != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestTargetFollowsFromTheStatedSize(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		form        coaching.SizeForm
		value, base string
		want        string
	}{
		{coaching.Absolute, "20", "", "20"},
		{coaching.ChangePercent, "3", "400000", "412000"},
		{coaching.ChangePercent, "-5", "30", "28.5"},
		{coaching.ChangeBy, "-0.5", "2.5", "2"},
		{coaching.ChangePercent, "3", "", ""},
	} {
		goal := coaching.Goal{Size: coaching.Size{Form: test.form, Value: number(test.value)}}
		if test.base != "" {
			goal.Baseline, goal.HasBaseline = number(test.base), true
		}
		target, known := goal.Target()
		if known != (test.want != "") || known && !target.Equal(number(test.want)) {
			t.Errorf("%s %s of %q = %s, %v; want %q", test.form, test.value, test.base, target, known, test.want)
		}
	}
}

func TestPeriodsAreTheCalendars(t *testing.T) {
	t.Parallel()
	date, err := coaching.ParseDate("2028-02-29")
	if err != nil {
		t.Fatal(err)
	}
	for span, want := range map[coaching.Span]struct{ from, to, before string }{
		coaching.Day:     {"2028-02-29", "2028-02-29", "2028-02-28"},
		coaching.Week:    {"2028-02-28", "2028-03-05", "2028-02-21"},
		coaching.Month:   {"2028-02-01", "2028-02-29", "2028-01-01"},
		coaching.Quarter: {"2028-01-01", "2028-03-31", "2027-10-01"},
		coaching.Year:    {"2028-01-01", "2028-12-31", "2027-01-01"},
	} {
		period := coaching.PeriodOf(span, date)
		if period.From.String() != want.from || period.To.String() != want.to || !period.Contains(date) {
			t.Errorf("%s of %s is %s to %s", span, date, period.From, period.To)
		}
		if got := period.Shift(-1).From.String(); got != want.before {
			t.Errorf("the %s before begins on %s, want %s", span, got, want.before)
		}
		if back := period.Shift(7).Shift(-7); back != period {
			t.Errorf("%s there and back is %v", span, back)
		}
	}
}
