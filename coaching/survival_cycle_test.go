package coaching_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
)

// dealsOf makes deals of a type that all were opened on a day: won after so
// many days, and so many still open.
func dealsOf(t fataler, kind, opened string, open int, won ...int) []coaching.Deal {
	t.Helper()
	start := mustDate(t, opened)
	var deals []coaching.Deal
	for _, days := range won {
		deals = append(deals, coaching.Deal{Type: kind, Opened: start, Closed: start.AddDays(days), Fate: coaching.FateWon})
	}
	for range open {
		deals = append(deals, coaching.Deal{Type: kind, Opened: start, Fate: coaching.FateOpen})
	}
	return deals
}

// Cycle -5% by deal type, first against second quarter.
//
// Renewals: 7 won, the fourth after 40 days; now the fourth after 36: -10%,
// wanted 38 days, met. Seven deals don't prove it.
//
// New business: 6 won after 50 to 100 days, half of them by day 70. Now 6 were
// won after 40 to 62 days, the third after 56, which would be -20%. But 6 more
// are open after 91 days. Of twelve the sixth was won on day 62 (7/12, then
// 6/12 still waiting): -11%, met, within chance.
//
// Upgrades: 3 won are no median.
func TestCycleIsJudgedByDealTypeWithOpenDeals(t *testing.T) {
	t.Parallel()
	var before, now []coaching.Deal
	before = append(before, dealsOf(t, "renewal", "2026-01-01", 0, 20, 30, 35, 40, 45, 50, 60)...)
	before = append(before, dealsOf(t, "new", "2026-01-01", 0, 50, 60, 70, 80, 90, 100)...)
	before = append(before, dealsOf(t, "upgrade", "2026-01-01", 0, 10, 20, 30)...)
	now = append(now, dealsOf(t, "renewal", "2026-04-01", 0, 18, 27, 31, 36, 41, 45, 54)...)
	now = append(now, dealsOf(t, "new", "2026-04-01", 6, 40, 50, 56, 58, 60, 62)...)
	now = append(now, dealsOf(t, "upgrade", "2026-04-01", 0, 10, 20, 28)...)
	changes, err := coaching.JudgeCycles(before, mustDate(t, "2026-04-30"), now, mustDate(t, "2026-07-01"), map[string]float64{"": -5, "new": -6})
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 3 {
		t.Fatalf("%d types, want 3", len(changes))
	}
	for i, want := range []struct {
		kind        string
		state       coaching.CycleState
		reason      coaching.Reason
		before, now int
		change      float64
		target      float64
		open        int
	}{
		{"new", coaching.CycleMet, coaching.ReasonCycleChance, 70, 62, 100 * (62./70 - 1), 65.8, 6},
		{"renewal", coaching.CycleMet, coaching.ReasonCycleChance, 40, 36, -10, 38, 0},
		{"upgrade", coaching.CycleUnsure, coaching.ReasonCycleFewDeals, 20, 20, 0, 19, 0},
	} {
		got := changes[i]
		if got.Type != want.kind || got.State != want.state || got.Reason != want.reason || got.Before.Days != want.before || got.Now.Days != want.now {
			t.Errorf("%s: %s (%s), %d to %d days", got.Type, got.State, got.Reason, got.Before.Days, got.Now.Days)
		}
		if !about(got.Change, want.change, 1e-9) || !about(got.Target, want.target, 1e-9) || got.NowOpen != want.open {
			t.Errorf("%s: %.1f%%, target %.1f days, %d open", got.Type, got.Change, got.Target, got.NowOpen)
		}
		if got.State != coaching.CycleUnsure && (got.Needs < 100 || got.Low >= got.Change || got.High <= got.Change) {
			t.Errorf("%s: %d needed, %.0f%% to %.0f%%", got.Type, got.Needs, got.Low, got.High)
		}
	}
}

func TestCycleOfMostlyOpenDealsIsNotKnownYet(t *testing.T) {
	t.Parallel()
	before, err := coaching.CycleOf(dealsOf(t, "new", "2026-01-01", 0, 20, 30, 35, 40, 45, 50), mustDate(t, "2026-04-30"))
	if err != nil {
		t.Fatal(err)
	}
	now, err := coaching.CycleOf(dealsOf(t, "new", "2026-04-01", 7, 10, 11, 12, 13, 14, 15), mustDate(t, "2026-05-01"))
	if err != nil {
		t.Fatal(err)
	}
	if c := coaching.JudgeCycle("new", before, now, -5); c.State != coaching.CycleUnsure || c.Reason != coaching.ReasonCycleStillOpen {
		t.Errorf("six quick wins and seven open: %s (%s)", c.State, c.Reason)
	}
}

func TestAHalvedCycleIsShownByAHundredDeals(t *testing.T) {
	t.Parallel()
	cycle := func(factor int) coaching.Survival {
		var days []int
		for day := range 100 {
			days = append(days, (day+1)*factor)
		}
		s, err := coaching.CycleOf(dealsOf(t, "new", "2025-01-01", 0, days...), mustDate(t, "2026-12-31"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	c := coaching.JudgeCycle("new", cycle(2), cycle(1), -5)
	if c.State != coaching.CycleMet || c.Reason != coaching.ReasonCycleClear || c.Change != -50 || c.Needs != 0 {
		t.Errorf("halved: %+v", c)
	}
	if c := coaching.JudgeCycle("new", cycle(1), cycle(2), -5); c.State != coaching.CycleShort || c.Reason != coaching.ReasonCycleClear {
		t.Errorf("doubled: %+v", c)
	}
}

// A hundred deals won after 200 to 299 days and then a hundred after 180 to
// 279: the median falls from 249 to 229, by 8%. It did get shorter, but not
// surely by the 5% wanted.
func TestAShorterCycleIsNotYetAsShortAsWanted(t *testing.T) {
	t.Parallel()
	from := func(first int) coaching.Survival {
		var won []coaching.Spell
		for day := range 100 {
			won = append(won, coaching.Spell{Days: first + day, Fate: coaching.FateWon})
		}
		return mustSurvival(t, won)
	}
	c := coaching.JudgeCycle("new", from(200), from(180), -5)
	if c.Before.Days != 249 || c.Now.Days != 229 || c.State != coaching.CycleMet || c.Reason != coaching.ReasonCycleChance {
		t.Errorf("%+v", c)
	}
	if c.High >= 0 || c.High <= -5 || c.Needs == 0 {
		t.Errorf("between %.1f%% and %.1f%%, %d needed", c.Low, c.High, c.Needs)
	}
}

func TestCycleIsThatOfItsLastDay(t *testing.T) {
	t.Parallel()
	deals := dealsOf(t, "new", "2026-01-01", 0, 10, 40)
	deals = append(deals, dealsOf(t, "new", "2026-02-10", 0, 1)...)
	s, err := coaching.CycleOf(deals, mustDate(t, "2026-01-31"))
	if err != nil {
		t.Fatal(err)
	}
	if won, lost, open := s.Counts(); won != 1 || lost != 0 || open != 1 {
		t.Errorf("at the end of January: %d won, %d lost, %d open", won, lost, open)
	}
	wrong := coaching.Deal{Opened: mustDate(t, "2026-01-02"), Closed: mustDate(t, "2026-01-01"), Fate: coaching.FateWon}
	if _, err := coaching.CycleOf([]coaching.Deal{wrong}, mustDate(t, "2026-01-31")); reasonOf(err) != "deal_closed_before_opened" {
		t.Errorf("closed before it was opened: %v", err)
	}
}
