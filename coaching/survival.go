package coaching

import (
	"math"
	"slices"
)

// Spell is a stretch of time that ended or is still going on: a deal from its
// opening until it was won or lost, or until today.
type Spell struct {
	Days int
	Fate Fate
}

// Survival says how long it takes until something is won, for what is won in
// the end. Spells still open count for as long as they have lasted: leaving
// them out would make a process look the faster the more slow deals hang in
// it. It is a value made by [NewSurvival], safe for many readers.
type Survival struct {
	steps []survivalStep
	won   int
	lost  int
	open  int
}

// survivalStep is a day on which something was won.
type survivalStep struct {
	day   int
	share float64 // still waiting after the day
	// greenwood is the running sum of d / (r·(r−d)), the variance of log share.
	greenwood float64
}

// NewSurvival estimates the waiting time until winning.
//
// Without lost spells it is the product-limit estimate of Kaplan and Meier
// (1958): on each day with wins the share still waiting is multiplied by
// 1 − d/r, with d won of r that had lasted until then. Open spells count in r
// up to their day.
//
// Losing competes with winning, and a lost deal has no time to win. Counting
// it as open for ever would say that a team that wins a quarter of its deals
// takes years for half of them. So r holds each spell with its chance of being
// won in the end: the wins after that day by the estimate of Aalen and Johansen
// (1978), where what is open at the end is taken to be won as often as what is
// decided. Without losses that chance is 1.
//
// A spell of less than 0 days is Invalid ("spell_negative"); a fate other than
// won and lost reads as open.
func NewSurvival(spells []Spell) (Survival, error) {
	sorted := slices.Clone(spells)
	slices.SortFunc(sorted, func(a, b Spell) int { return a.Days - b.Days })
	if len(sorted) > 0 && sorted[0].Days < 0 {
		return Survival{}, Refuse("spell_negative")
	}
	var s Survival
	for _, spell := range sorted {
		switch spell.Fate {
		case FateWon:
			s.won++
		case FateLost:
			s.lost++
		default:
			s.open++
		}
	}
	if s.won > 0 {
		s.steps = survivalSteps(countDays(sorted))
	}
	return s, nil
}

// survivalDay is what happened on one day of the spells' age.
type survivalDay struct {
	day, won, lost int
	atRisk         int // spells that lasted until the day
}

func countDays(sorted []Spell) []survivalDay {
	var days []survivalDay
	for i, spell := range sorted {
		if len(days) == 0 || days[len(days)-1].day != spell.Days {
			days = append(days, survivalDay{day: spell.Days, atRisk: len(sorted) - i})
		}
		switch today := &days[len(days)-1]; spell.Fate {
		case FateWon:
			today.won++
		case FateLost:
			today.lost++
		}
	}
	return days
}

func survivalSteps(days []survivalDay) []survivalStep {
	final := finalWinShare(days)
	var steps []survivalStep
	undecided, won, share, greenwood := 1.0, 0.0, 1.0, 0.0
	for _, d := range days {
		r := float64(d.atRisk)
		if d.won > 0 {
			winners := r * min((final-won)/undecided, 1) // of those at risk
			ends := float64(d.won)
			if rest := winners - ends; rest > 1e-9*winners {
				share *= rest / winners
				greenwood += ends / (winners * rest)
			} else {
				share, greenwood = 0, math.Inf(1)
			}
			steps = append(steps, survivalStep{day: d.day, share: share, greenwood: greenwood})
			won += undecided * ends / r
		}
		undecided *= 1 - float64(d.won+d.lost)/r
	}
	return steps
}

// finalWinShare returns the share of all spells that is won in the end.
func finalWinShare(days []survivalDay) float64 {
	undecided, won, lost := 1.0, 0.0, 0.0
	for _, d := range days {
		won += undecided * float64(d.won) / float64(d.atRisk)
		lost += undecided * float64(d.lost) / float64(d.atRisk)
		undecided = max(1-won-lost, 0)
	}
	if lost == 0 {
		return 1
	}
	return won + undecided*won/(won+lost)
}

// Counts returns how many spells were won, were lost and are open.
func (s Survival) Counts() (won, lost, open int) { return s.won, s.lost, s.open }

// At returns the share of the winners, from 0 to 1, that is still waiting
// after so many days. It never rises.
func (s Survival) At(days int) float64 {
	if i := s.last(days); i >= 0 {
		return s.steps[i].share
	}
	return 1
}

// Within95 returns the bounds of [Survival.At] that hold the true share 19
// times in 20 on that day: Greenwood's variance on the scale of log(−log S),
// which keeps them within 0 and 1 (Kalbfleisch and Prentice, "The Statistical
// Analysis of Failure Time Data", 2002, section 1.4). Where everything was won,
// or nothing yet, the estimate has no spread and the bounds are 0 and 1 beyond
// what is known.
func (s Survival) Within95(days int) (low, high float64) {
	i := s.last(days)
	if i < 0 {
		return 0, 1
	}
	return s.steps[i].within95(s.before(i))
}

// within95 returns the step's bounds; before is the upper bound of the step
// before it, which the upper bound of a step down to 0 keeps.
func (s survivalStep) within95(before float64) (low, high float64) {
	if s.share <= 0 || s.share >= 1 {
		return 0, before
	}
	log := math.Log(s.share)
	spread := bounds95 * math.Sqrt(s.greenwood) / -log
	return math.Pow(s.share, math.Exp(spread)), math.Pow(s.share, math.Exp(-spread))
}

// before returns the upper bound after the step before i.
func (s Survival) before(i int) float64 {
	if i == 0 {
		return 1
	}
	_, high := s.steps[i-1].within95(1)
	return high
}

// last returns the last step on or before the day, -1 where there is none.
func (s Survival) last(days int) int {
	i, found := slices.BinarySearchFunc(s.steps, days, func(step survivalStep, day int) int { return step.day - day })
	if found {
		return i
	}
	return i - 1
}

// Wait is a quantile of a waiting time in days, such as the median cycle. What
// is not known has not been reached: too much is still open.
type Wait struct {
	Days  int
	Known bool
	// Low and High hold the true quantile 19 times in 20. HighKnown is false
	// where it may be any later day.
	Low, High           int
	LowKnown, HighKnown bool
}

// Quantile returns the day by which a share of the winners, above 0 and below
// 1, has been won: the first on which no more than the rest is waiting. Its
// bounds are the days on which the bounds of the share get there (Brookmeyer
// and Crowley 1982).
func (s Survival) Quantile(share float64) Wait {
	// Products such as 2/3 · 1/2 · 3/4 fall a rounding beside one quarter.
	rest := 1 - share + 1e-12
	var w Wait
	before := 1.0
	for _, step := range s.steps {
		low, high := step.within95(before)
		if !w.LowKnown && low <= rest {
			w.Low, w.LowKnown = step.day, true
		}
		if !w.Known && step.share <= rest {
			w.Days, w.Known = step.day, true
		}
		if !w.HighKnown && high <= rest {
			w.High, w.HighKnown = step.day, true
			break
		}
		before = high
	}
	return w
}

// Median returns the day by which half of the winners has been won.
func (s Survival) Median() Wait { return s.Quantile(0.5) }
