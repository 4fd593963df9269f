package coaching

import (
	"math"
	"sync"
)

// The lattice of rates: the log-odds that a true rate may have, evenly spaced,
// so that a quarter's end and a change are whole steps up or down.
const (
	latticeStep  = 0.1
	latticeFirst = -7.0 // 0.09%
	latticeSize  = 111  // up to +4.0, 98.2%
)

// monthSwings are how much the true rate of a team at which nothing changes
// may swing from month to month, as standard deviations of its log-odds. None
// is dice; 0.2 keeps a win rate of 25% between 21 and 29% in two months of
// three; with 0.6 hardly any change can be told from the ups and downs.
var monthSwings = [...]float64{0, 0.1, 0.2, 0.35, 0.6}

// mostCorrelation keeps the beta distribution of a month's rate in one hump.
const mostCorrelation = 0.2

// rateTable holds what the likelihood of counts takes from the lattice alone.
type rateTable struct {
	rate             [latticeSize]float64 // as a share
	logHit, logMiss  [latticeSize]float64 // logarithms of the rate and of its rest
	alpha, beta      [len(monthSwings)][latticeSize]float64
	normalisingConst [len(monthSwings)][latticeSize]float64 // logarithm
}

// latticeTable is built at first use: most programs that link this package
// never judge a rate.
var latticeTable = sync.OnceValue(func() *rateTable {
	table := new(rateTable)
	for x := range latticeSize {
		p := 1 / (1 + math.Exp(-latticeFirst-latticeStep*float64(x)))
		table.rate[x], table.logHit[x], table.logMiss[x] = p, math.Log(p), math.Log1p(-p)
		for s, swing := range monthSwings {
			if swing == 0 {
				continue
			}
			// A beta distribution of mean p whose draws correlate by r has the
			// variance r·p(1−p), which is r/(p(1−p)) on the scale of log-odds.
			correlation := min(swing*swing*p*(1-p), mostCorrelation)
			sum := 1/correlation - 1
			table.alpha[s][x], table.beta[s][x] = p*sum, (1-p)*sum
			table.normalisingConst[s][x] = logGamma(sum) - logGamma(p*sum) - logGamma((1-p)*sum)
		}
	}
	return table
})

// logLikelihood returns the logarithm of the probability of a month's counts
// at a rate of the lattice and a swing, but for what is the same at all of
// them: binomial without swing, beta-binomial with (Skellam 1948).
func (t *rateTable) logLikelihood(month Rate, s, x int) float64 {
	hits, misses := float64(month.Hits), float64(month.Of-month.Hits)
	if monthSwings[s] == 0 {
		return hits*t.logHit[x] + misses*t.logMiss[x]
	}
	a, b := t.alpha[s][x], t.beta[s][x]
	return t.normalisingConst[s][x] + logGamma(a+hits) + logGamma(b+misses) - logGamma(a+b+hits+misses)
}

// rateLikelihood holds how likely a month's counts are at each swing and rate
// of the lattice, as a share of the likeliest.
type rateLikelihood [len(monthSwings)][latticeSize]float64

// fill computes the likelihood for the rates from index low to before high.
func (l *rateLikelihood) fill(month Rate, low, high int) {
	table := latticeTable()
	best := math.Inf(-1)
	for s := range l {
		for x := low; x < high; x++ {
			l[s][x] = table.logLikelihood(month, s, x)
			best = max(best, l[s][x])
		}
	}
	for s := range l {
		for x := low; x < high; x++ {
			l[s][x] = math.Exp(l[s][x] - best)
		}
	}
}

// logGamma returns the logarithm of the gamma function of x above 0, to nine
// digits: Stirling's series (Abramowitz and Stegun 1964, 6.1.41), for small x by
// recurrence. It takes half the time of [math.Lgamma], which knows signs and
// poles and is most of what a judgement costs.
func logGamma(x float64) float64 {
	const enough, halfLogTwoPi = 7, 0.9189385332046727
	skipped := 1.0
	for x < enough {
		skipped *= x
		x++
	}
	inverse := 1 / x
	square := inverse * inverse
	value := (x-0.5)*math.Log(x) - x + halfLogTwoPi + inverse*(1.0/12-square*(1.0/360-square/1260))
	if skipped != 1 {
		value -= math.Log(skipped)
	}
	return value
}

// onLattice returns the index, or the nearest one that the lattice has.
func onLattice(x int) int { return min(max(x, 0), latticeSize-1) }

// logOdds returns the log-odds of a rate between 0 and 1.
func logOdds(rate float64) float64 { return math.Log(rate / (1 - rate)) }

// rateAt returns the rate of log-odds.
func rateAt(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }
