package coaching_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/smallwins/smallwins/coaching"
)

// figure returns the decimal that a figure is written as.
func figure(t testing.TB, text string) decimal.Decimal {
	t.Helper()
	value, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// monthly returns observations of successive months from the first one on.
func monthly(kind coaching.Kind, year int, month time.Month, values ...float64) []coaching.Observation {
	return successive(kind, coaching.PeriodOf(coaching.Month, coaching.Date{Year: year, Month: month, Day: 1}), values...)
}

// successive returns observations of successive periods.
func successive(kind coaching.Kind, first coaching.Period, values ...float64) []coaching.Observation {
	observations := make([]coaching.Observation, len(values))
	for i, value := range values {
		observations[i] = coaching.Observation{Kind: kind, Period: first.Shift(i), Value: decimal.NewFromFloat(value)}
	}
	return observations
}

func quarterOf(year int, month time.Month) coaching.Period {
	return coaching.PeriodOf(coaching.Quarter, coaching.Date{Year: year, Month: month, Day: 1})
}

func mustRoster(t testing.TB, reps ...coaching.Rep) coaching.Roster {
	t.Helper()
	roster, err := coaching.NewRoster(coaching.Calendar{}, nil, reps...)
	if err != nil {
		t.Fatal(err)
	}
	return roster
}

func traitsOf(t testing.TB, kind coaching.Kind) coaching.Traits {
	t.Helper()
	traits, ok := coaching.TraitsOf(kind)
	if !ok {
		t.Fatalf("no kind %q", kind)
	}
	return traits
}

// recurring are the traits of monthly recurring revenue: a level.
var recurring = coaching.Traits{Kind: coaching.Revenue, Unit: coaching.Money, Nature: coaching.Level, Better: coaching.Higher}

// threeYears is the revenue, in thousands, of October 2023 to September 2026.
//
//	         Q4   Q1   Q2   Q3   year
//	2023/24  126  83   95   97   401
//	2024/25  129  85   98   94   406
//	2025/26  131  79   97   97   404
//	mean     128.7                403.7
//
// A usual quarter therefore brings 403.7/4 = 100.9.
var threeYears = []float64{
	36, 41, 49, 28, 22, 33, 32, 26, 37, 31, 33, 33,
	43, 42, 44, 26, 26, 33, 27, 33, 38, 26, 31, 37,
	43, 37, 51, 27, 21, 31, 31, 33, 33, 33, 32, 32,
}

// twoNewReps is a team of six of whom two left at the end of September 2026
// and were replaced the next day.
func twoNewReps(t testing.TB) coaching.Roster {
	start := coaching.Date{Year: 2026, Month: time.October, Day: 1}
	left := start.AddDays(-1)
	return mustRoster(t,
		coaching.Rep{Member: "ann"}, coaching.Rep{Member: "bo"}, coaching.Rep{Member: "cy"}, coaching.Rep{Member: "di"},
		coaching.Rep{Member: "ed", Start: start}, coaching.Rep{Member: "flo", Start: start},
		coaching.Rep{Member: "gus", End: left}, coaching.Rep{Member: "hal", End: left},
	)
}

// revenueGoal is a team's revenue goal for a period, in thousands.
func revenueGoal(t testing.TB, period coaching.Period, target string) coaching.Goal {
	t.Helper()
	goal, err := coaching.NewGoal(coaching.Goal{
		Workspace: "w", Title: "Revenue", Kind: coaching.Revenue, Currency: "USD", Period: period,
		Size: coaching.Size{Form: coaching.Absolute, Value: figure(t, target)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return goal
}

func TestAQuartersRevenueWithSeasonAndTwoRampingReps(t *testing.T) {
	t.Parallel()
	history := monthly(coaching.Revenue, 2023, time.October, threeYears...)
	goal := revenueGoal(t, quarterOf(2026, time.October), "110")

	// Without looking at the team. The years are level, about 404, so a usual
	// quarter brings 101. Q4 brought 126, 129 and 131, on average 128.7, which
	// is 128.7/100.9 = 27.5% above: about 128 is to be expected, and 110 would
	// be less than any fourth quarter so far.
	alone := coaching.Appraise(goal, history, coaching.Roster{})
	between(t, "middle", alone.Middle, 125, 131)
	between(t, "season effect", alone.Season.Share, 0.25, 0.30)
	between(t, "chance", alone.Chance, 0.95, 1)
	if alone.Verdict != coaching.Comfortable || alone.Team.Known {
		t.Errorf("verdict %q, team %+v", alone.Verdict, alone.Team)
	}

	// With the team. October to December 2026 have 22, 21 and 23 working days,
	// 66 in all. A rep who starts on 1 October does a quarter of a usual rep's
	// work in October, half in November and three quarters in December:
	//
	//	22×0.25 + 21×0.5 + 23×0.75 = 5.5 + 10.5 + 17.25 = 33.25 days of 66
	//
	// The four others do 66 each: (4×66 + 2×33.25)/66 = 5.0076 reps' work out
	// of six, 83.5%. The history was made by six, so what is to be expected is
	// 83.5% of before, about 106 or 107.
	a := coaching.Appraise(goal, history, twoNewReps(t))
	between(t, "capacity", a.Team.Now.Full, 5.0075, 5.0077)
	between(t, "capacity before", a.Team.Usual, 5.9999, 6.0001)
	between(t, "factor", a.Team.Factor, 0.8345, 0.8347)
	between(t, "share of normal", a.Team.Now.Share(), 0.8345, 0.8347)
	if a.Team.Now.Heads != 6 || !slices.Equal(a.Team.Now.Ramping, []coaching.MemberID{"ed", "flo"}) || a.Team.Then.Heads != 6 {
		t.Errorf("team now %+v, then %+v", a.Team.Now, a.Team.Then)
	}
	between(t, "middle with the team", a.Middle, alone.Middle*0.8345, alone.Middle*0.8347)
	between(t, "80% from", a.Low, 96, 102)
	between(t, "80% to", a.High, 110, 117)
	if a.Verdict != coaching.Challenging || a.NeedsReason() {
		t.Errorf("verdict %q at chance %g", a.Verdict, a.Chance)
	}

	// The facts for words: 36 months were used, Q3 was 97 and Q4 a year ago
	// 131; the last four quarters brought 404 after 406, half a percent less.
	if a.Basis.Used != 36 || a.Basis.Span != coaching.Month || a.Basis.Fold != coaching.FoldSum {
		t.Errorf("basis %+v", a.Basis)
	}
	if !a.HasBefore || !a.Before.Equal(figure(t, "97")) || !a.HasYearAgo || !a.YearAgo.Equal(figure(t, "131")) {
		t.Errorf("before %v, a year ago %v", a.Before, a.YearAgo)
	}
	between(t, "growth on the year", a.Growth.Year, 404.0/406-1.0001, 404.0/406-0.9999)
	if a.GrowthSpan != coaching.Quarter || len(a.Cautions) != 0 {
		t.Errorf("growth of %q, cautions %q", a.GrowthSpan, a.Cautions)
	}

	// The tiers are figures that people say; nobody offers 102.3.
	var said []string
	for _, tier := range a.Tiers {
		said = append(said, string(tier.Realism)+" "+tier.Value.String())
	}
	if want := []string{"comfortable 102.5", "realistic 105", "challenging 110"}; !slices.Equal(said, want) {
		t.Errorf("tiers %q, want %q", said, want)
	}
	if far := a.Against(figure(t, "140")); !far.NeedsReason() {
		t.Errorf("140 is %q at chance %g", far.Verdict, far.Chance)
	}
}

func TestTooLittleHistoryIsSaidAndGivesNoNumber(t *testing.T) {
	t.Parallel()
	goal := revenueGoal(t, quarterOf(2026, time.October), "110")
	for name, c := range map[string]struct {
		history []coaching.Observation
		period  coaching.Period
		want    coaching.Reason
		used    int
	}{
		"nothing":    {nil, goal.Period, coaching.TooLittleHistory, 0},
		"two months": {monthly(coaching.Revenue, 2026, time.August, 32, 32), goal.Period, coaching.TooLittleHistory, 2},
		"another kind": {
			monthly(coaching.Leads, 2025, time.January, repeat(20, 5)...), goal.Period, coaching.TooLittleHistory, 0,
		},
		"quarters for a month": {
			successive(coaching.Revenue, quarterOf(2024, time.January), repeat(10, 100)...),
			coaching.PeriodOf(coaching.Month, goal.Period.From), coaching.HistoryOfOtherPeriods, 0,
		},
		"three years old": {
			monthly(coaching.Revenue, 2021, time.January, threeYears[:24]...), goal.Period, coaching.HistoryTooOld, 24,
		},
		"nothing but zeros": {
			monthly(coaching.Revenue, 2026, time.January, repeat(9, 0)...), goal.Period, coaching.NothingHappened, 9,
		},
		"the period itself": {
			monthly(coaching.Revenue, 2026, time.January, repeat(12, 30)...), goal.Period, coaching.PeriodKnown, 12,
		},
		"ten days": {
			monthly(coaching.Revenue, 2026, time.January, repeat(9, 30)...),
			coaching.Period{Span: coaching.Range, From: goal.Period.From, To: goal.Period.From.AddDays(9)},
			coaching.PeriodNotWhole, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			goal := goal
			goal.Period = c.period
			a := coaching.Appraise(goal, c.history, coaching.Roster{})
			if a.Reason != c.want || a.Basis.Used != c.used {
				t.Errorf("reason %q from %d figures, want %q from %d", a.Reason, a.Basis.Used, c.want, c.used)
			}
			if a.Chance != 0 || a.Verdict != "" || len(a.Tiers) != 0 || a.Middle != 0 || a.High != 0 {
				t.Errorf("a number without history: %+v", a)
			}
		})
	}
	// What to compare with is known all the same.
	two := coaching.Foresee(recurring, goal.Period, monthly(coaching.Revenue, 2026, time.August, 32, 33), coaching.Roster{})
	if !two.HasBefore || !two.Before.Equal(figure(t, "33")) || two.HasYearAgo {
		t.Errorf("before %v, a year ago %v", two.Before, two.YearAgo)
	}
	three := coaching.Appraise(goal, monthly(coaching.Revenue, 2026, time.July, 33, 32, 32), coaching.Roster{})
	if three.Reason != "" || !slices.Contains(three.Cautions, coaching.ShortHistory) {
		t.Errorf("three months: reason %q, cautions %q", three.Reason, three.Cautions)
	}
}

func TestRecurringRevenueIsALevel(t *testing.T) {
	t.Parallel()
	// Recurring revenue, in thousands, rose by 1.5 a month from 100 in October
	// 2024: after 23 steps it stands at 134.5. By the end of December, three
	// months on, the same steps would make it 139; forecasts trust a trend
	// less the longer it is to last. What it never is is the months' sum, 400.
	levels := make([]float64, 24)
	for i := range levels {
		levels[i] = 100 + 1.5*float64(i)
	}
	history := monthly(coaching.Revenue, 2024, time.October, levels...)
	a := coaching.Foresee(recurring, quarterOf(2026, time.October), history, twoNewReps(t))
	between(t, "middle", a.Middle, 135, 140)
	if a.Basis.Fold != coaching.FoldLast || a.Team.Known {
		t.Errorf("fold %q, team %+v: capacity does not multiply a level", a.Basis.Fold, a.Team)
	}
	if !a.Before.Equal(figure(t, "134.5")) || !a.YearAgo.Equal(figure(t, "121")) { // 100 + 1.5×14
		t.Errorf("before %v, a year ago %v", a.Before, a.YearAgo)
	}
	// Year on year at the ends of the last four quarters: 121, 125.5, 130 and
	// 134.5 after 103, 107.5, 112 and 116.5, each 12 steps of 1.5 and so 18
	// more. Together that is 511 after 439: 16.4% more.
	between(t, "growth on the year", a.Growth.Year, 511.0/439-1-1e-9, 511.0/439-1+1e-9)
	between(t, "chance of 136", a.Against(figure(t, "136")).Chance, 0.4, 0.95)
	between(t, "chance of 170", a.Against(figure(t, "170")).Chance, 0, 0.02)
}

func TestChurnIsBetterLower(t *testing.T) {
	t.Parallel()
	// Two years of monthly churn around 2.2%: of each five months one is 1.8,
	// one 2.0, one 2.2, one 2.4 and one 2.6.
	var rates []float64
	for i := range 24 {
		rates = append(rates, []float64{2.4, 1.8, 2.2, 2.6, 2.0}[i%5])
	}
	history := monthly(coaching.Churn, 2024, time.October, rates...)
	churn := traitsOf(t, coaching.Churn)
	month := coaching.Foresee(churn, coaching.PeriodOf(coaching.Month, quarterOf(2026, time.October).From), history, coaching.Roster{})
	between(t, "middle", month.Middle, 2.1, 2.3)
	// 1.8% or less came in 5 of the 24 months, 2.6% or less in all of them.
	between(t, "chance of 1.8%", month.Against(figure(t, "1.8")).Chance, 0.08, 0.35)
	between(t, "chance of 2.6%", month.Against(figure(t, "2.6")).Chance, 0.75, 1)
	if tiers := month.Tiers; len(tiers) != 3 || !tiers[0].Value.GreaterThan(tiers[2].Value) {
		t.Errorf("tiers %v: less is harder", tiers)
	}
	// A quarter's rate is the mean of its months', which swings less: below 2%
	// on average over three months is harder than in one.
	quarter := coaching.Foresee(churn, quarterOf(2026, time.October), history, coaching.Roster{})
	two := figure(t, "2")
	if q, m := quarter.Against(two).Chance, month.Against(two).Chance; q >= m || q <= 0 {
		t.Errorf("chance of 2%% in the quarter %g, in the month %g", q, m)
	}
	// Where quarters' own rates are known, of all customers a quarter loses
	// about three times as many as a month, those count and nothing is mixed.
	pooled := append(successive(coaching.Churn, quarterOf(2025, time.October), 6.4, 6.7, 6.5, 6.6), history...)
	if a := coaching.Foresee(churn, quarterOf(2026, time.October), pooled, coaching.Roster{}); a.Basis.Span != coaching.Quarter || a.Middle < 6 {
		t.Errorf("basis %+v, middle %g", a.Basis, a.Middle)
	}
}

func TestATargetThatAnyPeriodReachesIsCalledUndemanding(t *testing.T) {
	t.Parallel()
	history := monthly(coaching.Revenue, 2025, time.January, repeat(22, 300)...)
	for target, want := range map[string]bool{"30": true, "250": true, "300": false, "400": false} {
		a := coaching.Appraise(revenueGoal(t, coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2026, Month: time.November, Day: 1}), target), history, coaching.Roster{})
		if a.Undemanding() != want {
			t.Errorf("target %s: undemanding %v with a chance of %v", target, a.Undemanding(), a.Chance)
		}
	}
	if (coaching.Appraisal{Chance: 1}).Undemanding() {
		t.Error("undemanding without history")
	}
}
