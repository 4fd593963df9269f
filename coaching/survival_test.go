package coaching_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
)

func mustSurvival(t fataler, spells []coaching.Spell) coaching.Survival {
	t.Helper()
	survival, err := coaching.NewSurvival(spells)
	if err != nil {
		t.Fatal(err)
	}
	return survival
}

func spells(fate coaching.Fate, days ...int) []coaching.Spell {
	made := make([]coaching.Spell, len(days))
	for i, day := range days {
		made[i] = coaching.Spell{Days: day, Fate: fate}
	}
	return made
}

// The 6-MP arm of Freireich et al. 1963, with which textbooks explain the
// product-limit estimate; the figures are those that they print.
func TestSurvivalOfTheTextbooksExample(t *testing.T) {
	t.Parallel()
	s := mustSurvival(t, append(
		spells(coaching.FateWon, 6, 6, 6, 7, 10, 13, 16, 22, 23),
		spells(coaching.FateOpen, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)...))
	for day, want := range map[int]float64{
		5: 1, 6: 0.8571, 7: 0.8067, 9: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482, 100: 0.4482,
	} {
		if got := s.At(day); !about(got, want, 0.00005) {
			t.Errorf("after %d days %.4f, want %.4f", day, got, want)
		}
	}
	for day, want := range map[int][2]float64{6: {0.6197, 0.9516}, 7: {0.5631, 0.9228}, 23: {0.1881, 0.6801}} {
		if low, high := s.Within95(day); !about(low, want[0], 0.0001) || !about(high, want[1], 0.0001) {
			t.Errorf("bounds after %d days: %.4f to %.4f, want %v", day, low, high, want)
		}
	}
	median := s.Median()
	if !median.Known || median.Days != 23 || !median.LowKnown || median.Low != 13 || median.HighKnown {
		t.Errorf("median %+v, want 23 from 13 up", median)
	}
}

// Five deals were won after 10, 20, 30, 40 and 50 days; the median of these is
// 30. Five others are open for 25 days. Of ten still waiting one is won on day
// 10 (9/10) and one of nine on day 20 (8/9, so 8/10). On day 30 three are left
// of the won ones alone: 8/10·2/3 = 53%, and on day 40 8/10·1/3 = 27%: half
// are won by day 40.
func TestOpenDealsMakeTheCycleLonger(t *testing.T) {
	t.Parallel()
	won := spells(coaching.FateWon, 10, 20, 30, 40, 50)
	if median := mustSurvival(t, won).Median(); median.Days != 30 {
		t.Errorf("of won deals alone: %+v, want 30", median)
	}
	s := mustSurvival(t, append(won, spells(coaching.FateOpen, 25, 25, 25, 25, 25)...))
	if !about(s.At(20), 0.8, 1e-9) || !about(s.At(30), 0.8*2/3, 1e-9) || s.Median().Days != 40 {
		t.Errorf("after 20 days %v, after 30 %v, median %+v", s.At(20), s.At(30), s.Median())
	}
}

// Four deals won, at 10, 20, 30 and 40 days, and four lost on the same days. A
// lost deal has no time to win: the cycle is that of the won, 20 days for half.
func TestLostDealsDoNotMakeTheCycleLonger(t *testing.T) {
	t.Parallel()
	won := spells(coaching.FateWon, 10, 20, 30, 40)
	both := mustSurvival(t, append(won, spells(coaching.FateLost, 10, 20, 30, 40)...))
	for day, want := range map[int]float64{9: 1, 10: 0.75, 20: 0.5, 30: 0.25, 40: 0} {
		if got := both.At(day); !about(got, want, 1e-9) {
			t.Errorf("after %d days %v is waiting, want %v", day, got, want)
		}
	}
	// With deals open it is in between: as many of them as are usually won
	// count. Of eight decided and four open at 15 days half are won.
	open := mustSurvival(t, append(append(won, spells(coaching.FateLost, 10, 20, 30, 40)...), spells(coaching.FateOpen, 15, 15, 15, 15)...))
	if got := open.At(20); got <= 0.5 || got >= 0.75 {
		t.Errorf("with open deals after 20 days %v, want between 0.5 and 0.75", got)
	}
}

func TestFewSpellsKnowNoUpperBound(t *testing.T) {
	t.Parallel()
	s := mustSurvival(t, spells(coaching.FateWon, 10, 20, 30))
	if median := s.Median(); median.Days != 20 || median.HighKnown {
		t.Errorf("median of three: %+v", median)
	}
	if median := mustSurvival(t, spells(coaching.FateOpen, 10, 20)).Median(); median.Known {
		t.Errorf("median of open deals alone: %+v", median)
	}
	if median := mustSurvival(t, nil).Median(); median.Known {
		t.Errorf("median of nothing: %+v", median)
	}
	if _, err := coaching.NewSurvival(spells(coaching.FateWon, -1)); reasonOf(err) != "spell_negative" {
		t.Errorf("a negative spell: %v", err)
	}
}

func drawSpells(t *rapid.T) []coaching.Spell {
	fates := []coaching.Fate{coaching.FateOpen, coaching.FateWon, coaching.FateLost}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) coaching.Spell {
		return coaching.Spell{
			Days: rapid.IntRange(0, 60).Draw(t, "days"),
			Fate: rapid.SampledFrom(fates).Draw(t, "fate"),
		}
	}), 0, 60).Draw(t, "spells")
}

func TestTheShareStillWaitingNeverRises(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := mustSurvival(t, drawSpells(t))
		before := 1.0
		for day := range 62 {
			share := s.At(day)
			low, high := s.Within95(day)
			if share > before || share < 0 || low > share+1e-12 || share > high+1e-12 || low < 0 || high > 1 {
				t.Fatalf("day %d: %v in %v to %v, before %v", day, share, low, high, before)
			}
			before = share
		}
		last := -1
		for _, p := range []float64{0.1, 0.25, 0.5, 0.75, 0.9} {
			wait := s.Quantile(p)
			if !wait.Known {
				continue
			}
			if wait.Days < last || wait.LowKnown && wait.Low > wait.Days || wait.HighKnown && wait.High < wait.Days {
				t.Fatalf("quantile %v: %+v after %d", p, wait, last)
			}
			last = wait.Days
			if s.At(wait.Days) > 1-p+1e-9 || wait.Days > 0 && s.At(wait.Days-1) <= 1-p-1e-9 {
				t.Fatalf("quantile %v is day %d, with %v waiting", p, wait.Days, s.At(wait.Days))
			}
		}
	})
}

// Without losses the estimate is Kaplan and Meier's: the product, done here the
// slow way.
func TestWithoutLossesTheEstimateIsTheProductLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := drawSpells(t)
		for i := range all {
			if all[i].Fate == coaching.FateLost {
				all[i].Fate = coaching.FateOpen
			}
		}
		s, product := mustSurvival(t, all), 1.0
		for day := range 61 {
			won, atRisk := 0, 0
			for _, spell := range all {
				if spell.Days >= day {
					atRisk++
				}
				if spell.Days == day && spell.Fate == coaching.FateWon {
					won++
				}
			}
			if atRisk > 0 {
				product *= 1 - float64(won)/float64(atRisk)
			}
			if !about(s.At(day), product, 1e-9) {
				t.Fatalf("after %d days %v, want %v", day, s.At(day), product)
			}
		}
	})
}

// fiveThousandDeals is a synthetic book: every fourth open, the others half
// won, over cycles of up to 180 days.
func fiveThousandDeals(t fataler) ([]coaching.Deal, coaching.Date) {
	first := mustDate(t, "2024-01-01")
	deals := make([]coaching.Deal, 5000)
	state := uint64(7)
	for i := range deals {
		state = state*6364136223846793005 + 1442695040888963407
		deals[i] = coaching.Deal{Type: []string{"new", "renewal", "upgrade"}[i%3], Opened: first.AddDays(int(state >> 40 % 700)), Fate: coaching.FateOpen}
		if i%4 != 0 {
			deals[i].Closed = deals[i].Opened.AddDays(int(state >> 33 % 180))
			deals[i].Fate = []coaching.Fate{coaching.FateWon, coaching.FateLost}[state>>60%2]
		}
	}
	return deals, first.AddDays(730)
}

func BenchmarkSurvivalOfFiveThousandDeals(b *testing.B) {
	deals, through := fiveThousandDeals(b)
	b.ReportAllocs()
	for b.Loop() {
		cycle, err := coaching.CycleOf(deals, through)
		if err != nil || !cycle.Median().Known {
			b.Fatal(err)
		}
	}
}

// Two hundred books of 150 deals each: times to winning and to losing follow
// the same exponential law, two of three are lost, and deals opened over the
// last 120 days are cut off by today. The median of the winners is known, and
// the bounds are to hold it 19 times in 20.
func TestBoundsOfTheMedianHoldItWithLossesAndOpenDeals(t *testing.T) {
	t.Parallel()
	const (
		books, deals = 200, 150
		rate         = 1.0 / 40 // of closing, a day
	)
	median := math.Ln2 / rate // of closing, and so of winning
	state := uint64(1)
	uniform := func() float64 {
		state = state*6364136223846793005 + 1442695040888963407
		return (float64(state>>11) + 0.5) / (1 << 53)
	}
	held, middle := 0, 0.0
	for range books {
		all := make([]coaching.Spell, deals)
		for i := range all {
			open, closed := int(120*uniform()), int(math.Ceil(-math.Log(uniform())/rate))
			fate := coaching.FateLost
			if uniform() < 1./3 {
				fate = coaching.FateWon
			}
			all[i] = coaching.Spell{Days: closed, Fate: fate}
			if closed > open {
				all[i] = coaching.Spell{Days: open, Fate: coaching.FateOpen}
			}
		}
		wait := mustSurvival(t, all).Median()
		middle += float64(wait.Days) / books
		if wait.Known && wait.LowKnown && float64(wait.Low) <= median+1 && (!wait.HighKnown || float64(wait.High) >= median) {
			held++
		}
	}
	if held < 180 || held == books {
		t.Errorf("the bounds hold the median in %d of %d books, want about 190", held, books)
	}
	if math.Abs(middle-median) > 3 {
		t.Errorf("the median is %.1f days on average, want about %.1f", middle, median)
	}
	t.Logf("held in %d of %d, %.1f days on average where %.1f is true", held, books, middle, median)
}
