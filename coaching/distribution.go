package coaching

import "math"

// Distribution says how likely each outcome of a figure is. It is held as five
// quantiles; between and beyond them the normal score is a straight line of
// the outcome, so that a normal distribution is kept exactly and a skewed one
// closely. A Distribution is a value: its methods return new ones.
type Distribution struct {
	knots          [5]float64 // quantiles at knotScores, never falling
	floor, ceiling float64    // outcomes beyond these cannot happen
}

// knotScores are the normal scores of the knots: 2.5, 10, 50, 90 and 97.5%.
var knotScores = [5]float64{-1.959963984540054, -1.2815515655446004, 0, 1.2815515655446004, 1.959963984540054}

// newDistribution returns the distribution with the given median and bounds.
// Bounds that are out of order are moved to the next one inside.
func newDistribution(lo95, lo80, median, hi80, hi95 float64) Distribution {
	lo80, hi80 = min(lo80, median), max(hi80, median)
	return Distribution{
		knots:   [5]float64{min(lo95, lo80), lo80, median, hi80, max(hi95, hi80)},
		floor:   math.Inf(-1),
		ceiling: math.Inf(1),
	}
}

// Certain returns the distribution in which only that outcome can happen.
func Certain(outcome float64) Distribution {
	return newDistribution(outcome, outcome, outcome, outcome, outcome)
}

// Median returns the outcome that is as likely exceeded as missed.
func (d Distribution) Median() float64 { return d.clamp(d.knots[2]) }

// Within80 returns the bounds that hold the outcome in 8 of 10 cases.
func (d Distribution) Within80() (low, high float64) {
	return d.clamp(d.knots[1]), d.clamp(d.knots[3])
}

// Within95 returns the bounds that hold the outcome in 19 of 20 cases.
func (d Distribution) Within95() (low, high float64) {
	return d.clamp(d.knots[0]), d.clamp(d.knots[4])
}

// Quantile returns the outcome that stays below with probability p. Shares
// outside 0.0001 to 0.9999 read as these: nothing is known of rarer outcomes.
func (d Distribution) Quantile(p float64) float64 {
	p = min(max(p, 0.0001), 0.9999)
	score := math.Sqrt2 * math.Erfinv(2*p-1)
	i := 0
	for i < 3 && score > knotScores[i+1] {
		i++
	}
	return d.clamp(d.knots[i] + (score-knotScores[i])*d.slope(i))
}

// Reach returns the probability of reaching the target: of at least that much
// where higher is better, of at most that much where lower is.
func (d Distribution) Reach(target float64, better Direction) float64 {
	if better == Lower {
		switch {
		case target < d.floor:
			return 0
		case target >= d.ceiling:
			return 1
		}
		return normalShare(d.score(target, true))
	}
	switch {
	case target <= d.floor:
		return 1
	case target > d.ceiling:
		return 0
	}
	return normalShare(-d.score(target, false))
}

// TargetFor returns the target that is reached with probability p: the other
// way round from [Distribution.Reach].
func (d Distribution) TargetFor(p float64, better Direction) float64 {
	if better == Lower {
		return d.Quantile(p)
	}
	return d.Quantile(1 - p)
}

// Times returns the distribution of the outcome multiplied by a factor that is
// not negative, such as a team's capacity against before. It also turns the
// total of k periods into their mean.
func (d Distribution) Times(factor float64) Distribution {
	factor = max(factor, 0)
	for i := range d.knots {
		d.knots[i] *= factor
	}
	if factor == 0 {
		d.floor, d.ceiling = 0, 0
		return d
	}
	d.floor, d.ceiling = d.floor*factor, d.ceiling*factor
	return d
}

// Plus returns the distribution of the outcome and a known amount on top.
func (d Distribution) Plus(amount float64) Distribution {
	for i := range d.knots {
		d.knots[i] += amount
	}
	d.floor, d.ceiling = d.floor+amount, d.ceiling+amount
	return d
}

// Clamped returns the distribution in which outcomes below low or above high
// happen as low and high: 0 and 1 for a share, say.
func (d Distribution) Clamped(low, high float64) Distribution {
	d.floor, d.ceiling = max(d.floor, low), min(d.ceiling, high)
	return d
}

func (d Distribution) clamp(outcome float64) float64 {
	return min(max(outcome, d.floor), d.ceiling)
}

// slope returns the outcome's growth by normal score between knot i and the
// next.
func (d Distribution) slope(i int) float64 {
	return (d.knots[i+1] - d.knots[i]) / (knotScores[i+1] - knotScores[i])
}

// score returns the highest normal score whose outcome is below the given one,
// or at most it where the outcome itself counts. Where knots fall together the
// outcome has a probability of its own and the two differ.
func (d Distribution) score(outcome float64, inclusive bool) float64 {
	passed := func(knot float64) bool { return knot < outcome || inclusive && knot == outcome }
	i := 0
	for i < 4 && passed(d.knots[i+1]) {
		i++
	}
	at := i
	if i == 4 {
		i = 3 // the last stretch goes on for ever
	}
	switch slope := d.slope(i); {
	case slope > 0:
		return knotScores[at] + (outcome-d.knots[at])/slope
	case passed(d.knots[at]):
		return math.Inf(1)
	default:
		return math.Inf(-1)
	}
}

// normalShare returns the share of a standard normal below the score.
func normalShare(score float64) float64 { return math.Erfc(-score/math.Sqrt2) / 2 }
