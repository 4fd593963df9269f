package coaching_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

// april has 22 working days; 15 April is the end of the eleventh.
var april = coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2025, Month: 4, Day: 1})

// steady is a team that sells 100 on every working day.
func steady(t testing.TB, from, last string) *coaching.PaceBook {
	t.Helper()
	ledger := coaching.Ledger{From: mustDate(t, from)}
	var calendar coaching.Calendar
	for day := ledger.From; !day.After(mustDate(t, last)); day = day.AddDays(1) {
		if calendar.Works(day) {
			ledger.Days = append(ledger.Days, coaching.DayFigure{Day: day, Amount: 100, Entries: 1})
		}
	}
	return mustBook(t, last, ledger)
}

func mustBook(t fataler, last string, ledgers ...coaching.Ledger) *coaching.PaceBook {
	t.Helper()
	book, err := coaching.NewPaceBook(mustDate(t, last), ledgers...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestPaceOfASteadyTeamCanBeCheckedByHand(t *testing.T) {
	t.Parallel()
	half := steady(t, "2024-10-01", "2025-04-15").Outlook(0, april)
	for _, tt := range []struct {
		name            string
		target, soFar   float64
		state           coaching.PaceState
		reason          coaching.Reason
		expected        float64
		needed, minimum float64
		safe            int
	}{
		{"exactly on the curve", 2200, 1100, coaching.PaceOn, coaching.ReasonAboveOpen, 1100, 100, 100, 0},
		{"four days ahead", 2200, 1500, coaching.PaceAhead, coaching.ReasonAboveLikely, 1100, 700. / 11, 0, 4},
		{"three days behind", 2200, 800, coaching.PaceBehind, coaching.ReasonBelowUnlikely, 1100, 1400. / 11, 400, 0},
		{"an easy target with a slow start", 1700, 800, coaching.PaceOn, coaching.ReasonBelowLikely, 850, 900. / 11, 1700*12./22 - 800, 0},
		{"a target far above the normal, on its curve", 3300, 1650, coaching.PaceOn, coaching.ReasonAboveUnlikely, 1650, 150, 150, 0},
		{"reached", 2200, 2200, coaching.PaceDone, coaching.ReasonTargetReached, 1100, 0, 0, 11},
	} {
		got := coaching.JudgePace(tt.target, coaching.Higher, half.WithSoFar(tt.soFar))
		if got.State != tt.state || got.Reason != tt.reason {
			t.Errorf("%s: %s (%s) with chance %.2f, want %s (%s)", tt.name, got.State, got.Reason, got.Chance, tt.state, tt.reason)
		}
		if !near(got.Expected, tt.expected) || !near(got.Needed, tt.needed) || !near(got.Minimum, tt.minimum) || got.Safe != tt.safe {
			t.Errorf("%s: expected %.2f, needed %.2f, minimum %.2f, safe %d; want %.2f, %.2f, %.2f, %d", tt.name,
				got.Expected, got.Needed, got.Minimum, got.Safe, tt.expected, tt.needed, tt.minimum, tt.safe)
		}
		if got.Done != 11 || got.Left != 11 || got.BackBy != mustDate(t, "2025-04-16") {
			t.Errorf("%s: %d days done, %d left, next %s; want 11, 11, 2025-04-16", tt.name, got.Done, got.Left, got.BackBy)
		}
	}
}

func TestPaceOfASteadyTeamExpectsMoreOfTheSame(t *testing.T) {
	t.Parallel()
	half := steady(t, "2024-10-01", "2025-04-15").Outlook(0, april)
	if half.SoFar != 1100 || half.Periods != 6 {
		t.Errorf("so far %.0f with %d months before, want 1100 with 6", half.SoFar, half.Periods)
	}
	if middle := half.Middle(); math.Abs(middle-2200) > 20 {
		t.Errorf("the month is expected to end at %.0f, want about 2200", middle)
	}
	if low, high := half.Chance(2600), half.Chance(1900); low > 0.1 || high < 0.9 {
		t.Errorf("chance of 2600 is %.2f and of 1900 %.2f, want nearly none and nearly sure", low, high)
	}
}

func TestPaceKnowsThePeriodsEnds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, last string
		target     float64
		better     coaching.Direction
		state      coaching.PaceState
		reason     coaching.Reason
	}{
		{"before it", "2025-03-31", 2200, coaching.Higher, coaching.PaceNotStarted, coaching.ReasonPeriodAhead},
		{"on its first day", "2025-04-01", 2200, coaching.Higher, coaching.PaceTooEarly, coaching.ReasonFewDays},
		{"at its end, met", "2025-04-30", 2200, coaching.Higher, coaching.PaceOver, coaching.ReasonTargetReached},
		{"at its end, missed", "2025-04-30", 2201, coaching.Higher, coaching.PaceOver, coaching.ReasonTargetMissed},
		{"long after it", "2025-06-30", 2201, coaching.Higher, coaching.PaceOver, coaching.ReasonTargetMissed},
		{"a limit kept", "2025-04-30", 2200, coaching.Lower, coaching.PaceOver, coaching.ReasonLimitKept},
		{"a limit passed at the end", "2025-04-30", 2199, coaching.Lower, coaching.PaceOver, coaching.ReasonLimitPassed},
		{"a limit passed on the way", "2025-04-15", 1000, coaching.Lower, coaching.PaceMissed, coaching.ReasonLimitPassed},
		{"a limit within reach", "2025-04-15", 3000, coaching.Lower, coaching.PaceAhead, coaching.ReasonAboveLikely},
		{"a limit that will not hold", "2025-04-15", 1900, coaching.Lower, coaching.PaceBehind, coaching.ReasonBelowUnlikely},
	} {
		outlook := steady(t, "2024-10-01", tt.last).Outlook(0, april)
		got := coaching.JudgePace(tt.target, tt.better, outlook)
		if got.State != tt.state || got.Reason != tt.reason {
			t.Errorf("%s: %s (%s) with chance %.2f, want %s (%s)", tt.name, got.State, got.Reason, got.Chance, tt.state, tt.reason)
		}
	}
}

func TestALimitIsSafeForAsManyDaysAsItLastsAtTheUsualRate(t *testing.T) {
	t.Parallel()
	outlook := steady(t, "2024-10-01", "2025-04-15").Outlook(0, april)
	got := coaching.JudgePace(1650, coaching.Lower, outlook)
	if got.Safe != 5 || !near(got.Needed, 50) || got.Minimum != 0 {
		t.Errorf("safe %d, may take %.1f a day, minimum %.1f; want 5 days, 50 and 0", got.Safe, got.Needed, got.Minimum)
	}
}

func TestANewTeamIsJudgedByItsCurveAlone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		target float64
		state  coaching.PaceState
	}{{2200, coaching.PaceOn}, {1800, coaching.PaceAhead}, {2600, coaching.PaceBehind}} {
		got := coaching.JudgePace(tt.target, coaching.Higher, steady(t, "2025-04-01", "2025-04-15").Outlook(0, april))
		if got.State != tt.state || got.ChanceKnown {
			t.Errorf("target %.0f: %s, chance known %t; want %s, false", tt.target, got.State, got.ChanceKnown, tt.state)
		}
		if !near(got.Expected, tt.target/2) {
			t.Errorf("target %.0f: %.1f expected by now, want half", tt.target, got.Expected)
		}
	}
	early := coaching.JudgePace(2200, coaching.Higher, steady(t, "2025-04-01", "2025-04-04").Outlook(0, april))
	if early.State != coaching.PaceTooEarly {
		t.Errorf("after 4 of 22 days without history: %s, want too early", early.State)
	}
}

func TestPaceCountsPersonalDaysOff(t *testing.T) {
	t.Parallel()
	away := coaching.Calendar{}.WithoutPeriod(mustDate(t, "2025-04-01"), mustDate(t, "2025-04-07"))
	curve := coaching.NewCurve(april, away)
	for day, want := range map[string]float64{"2025-04-07": 0, "2025-04-08": 1. / 17, "2025-04-15": 6. / 17, "2025-04-20": 9. / 17, "2025-04-30": 1} {
		if got := curve.At(mustDate(t, day)); !near(got, want) {
			t.Errorf("by %s %.3f of the month is expected, want %.3f", day, got, want)
		}
	}
}

func TestPaceNeverLooksPastItsLastDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ledgers, last := drawLedgers(t)
		period := drawPeriod(t, last)
		cut := make([]coaching.Ledger, len(ledgers))
		for i, ledger := range ledgers {
			cut[i] = ledger
			cut[i].Days = nil
			for _, day := range ledger.Days {
				if !day.Day.After(last) {
					cut[i].Days = append(cut[i].Days, day)
				}
			}
		}
		all, known := mustBook(t, last.String(), ledgers...).Outlook(0, period), mustBook(t, last.String(), cut...).Outlook(0, period)
		if all.Middle() != known.Middle() || all.Chance(1000) != known.Chance(1000) {
			t.Fatalf("the future changes the outlook from %v to %v", known.Middle(), all.Middle())
		}
	})
}

func TestChancesAreProbabilitiesAndFallWithTheTarget(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ledgers, last := drawLedgers(t)
		outlook := mustBook(t, last.String(), ledgers...).Outlook(0, drawPeriod(t, last))
		target := rapid.Float64Range(0, 1e5).Draw(t, "target")
		more := target + rapid.Float64Range(0, 1e5).Draw(t, "more")
		p, q := outlook.Chance(target), outlook.Chance(more)
		if !(p >= 0 && p <= 1 && q >= 0 && q <= p) {
			t.Fatalf("chance of %v is %v and of %v is %v", target, p, more, q)
		}
		extra := rapid.Float64Range(0, 1e4).Draw(t, "extra")
		if r := outlook.WithSoFar(outlook.SoFar + extra).Chance(target); r < p {
			t.Fatalf("%v more lowers the chance from %v to %v", extra, p, r)
		}
		if sum := outlook.ChanceAtMost(target) + p; !near(sum, 1) {
			t.Fatalf("chances of more and of less add up to %v", sum)
		}
		low, middle, high := outlook.Quantile(0.1), outlook.Middle(), outlook.Quantile(0.9)
		if !(outlook.SoFar <= low && low <= middle && middle <= high) || math.IsInf(high, 0) {
			t.Fatalf("so far %v, low %v, middle %v, high %v are not in order", outlook.SoFar, low, middle, high)
		}
	})
}

func TestLoggingMoreNeverLowersTheChance(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ledgers, last := drawLedgers(t)
		month := coaching.PeriodOf(coaching.Month, last)
		before := mustBook(t, last.String(), ledgers...).Outlook(0, month)
		if before.Periods == 0 {
			t.Skip("nothing to compare with")
		}
		target := before.Quantile(rapid.Float64Range(0.05, 0.95).Draw(t, "target's quantile"))
		extra := coaching.DayFigure{Day: last, Amount: rapid.Float64Range(0, 5000).Draw(t, "extra")}
		ledgers[0].Days = append(ledgers[0].Days, extra)
		after := mustBook(t, last.String(), ledgers...).Outlook(0, month)
		if p, q := before.Chance(target), after.Chance(target); q < p-1e-6 {
			t.Fatalf("%.2f more lowers the chance from %.4f to %.4f", extra.Amount, p, q)
		}
	})
}

func TestPaceAddsUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ledgers, last := drawLedgers(t)
		outlook := mustBook(t, last.String(), ledgers...).Outlook(0, drawPeriod(t, last))
		target := rapid.Float64Range(1, 1e5).Draw(t, "target")
		p := coaching.JudgePace(target, coaching.Higher, outlook)
		if p.SoFar >= target && (p.Needed != 0 || p.Minimum != 0) {
			t.Fatalf("reached, but %v a day and %v at once are still asked for", p.Needed, p.Minimum)
		}
		if p.State != coaching.PaceOver && p.Left > 0 && p.SoFar < target && !near((p.SoFar+p.Needed*float64(p.Left))/target, 1) {
			t.Fatalf("%v + %d days of %v do not make %v", p.SoFar, p.Left, p.Needed, target)
		}
		if p.Safe < 0 || p.Safe > p.Left || p.Share < 0 || p.Share > 1 {
			t.Fatalf("safe for %d of %d days at share %v", p.Safe, p.Left, p.Share)
		}
		if p.State == "" || p.Reason == "" {
			t.Fatal("a pace without state or reason")
		}
	})
}

func TestTheCurveNeverFalls(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ledgers, last := drawLedgers(t)
		period := drawPeriod(t, last)
		curve := mustBook(t, last.String(), ledgers...).Outlook(0, period).Curve
		before := 0.0
		for day := period.From; !day.After(period.To); day = day.AddDays(1) {
			share := curve.At(day)
			if share < before || share > 1 {
				t.Fatalf("the curve goes from %v to %v on %s", before, share, day)
			}
			before = share
		}
		if before != 1 {
			t.Fatalf("the curve ends at %v", before)
		}
	})
}

func near(got, want float64) bool { return math.Abs(got-want) <= 1e-6*math.Max(1, math.Abs(want)) }

// drawLedgers draws one to three teams with up to 500 days of record, ragged
// starts, days without sales, returns and figures after the last day.
func drawLedgers(t *rapid.T) ([]coaching.Ledger, coaching.Date) {
	last := drawDate(t, "last")
	ledgers := make([]coaching.Ledger, rapid.IntRange(1, 3).Draw(t, "teams"))
	for i := range ledgers {
		days := rapid.IntRange(0, 500).Draw(t, "days on record")
		ledgers[i].From = last.AddDays(1 - days)
		seed := rapid.Uint64().Draw(t, "seed")
		for n := range days + 20 {
			seed = seed*6364136223846793005 + 1442695040888963407
			chance, size := seed>>40%100, float64(seed>>20%1000)
			switch {
			case chance < 50:
				ledgers[i].Days = append(ledgers[i].Days, coaching.DayFigure{Day: ledgers[i].From.AddDays(n), Amount: size, Entries: int(chance % 3)})
			case chance == 99:
				ledgers[i].Days = append(ledgers[i].Days, coaching.DayFigure{Day: ledgers[i].From.AddDays(n), Amount: -size})
			}
		}
	}
	return ledgers, last
}

func drawPeriod(t *rapid.T, last coaching.Date) coaching.Period {
	span := rapid.SampledFrom([]coaching.Span{coaching.Week, coaching.Month, coaching.Quarter, coaching.Year}).Draw(t, "span")
	return coaching.PeriodOf(span, last.AddDays(rapid.IntRange(-40, 40).Draw(t, "days from last")))
}
