package coaching

import "math"

// The settings of the spread, the same for every series.
const (
	// spreadBend is the bend of the scale on which errors are compared with
	// one another; between the forecast's own and a straight line.
	spreadBend = 0.7
	// spreadMemory weighs an error against one a year later.
	spreadMemory = 0.9
	// spreadPrior is how many independent errors the implied spread counts as.
	spreadPrior = 5
	// errorPrior is the error one period ahead that is assumed before any was
	// seen, as a share of the mean; it counts as one error.
	errorPrior = 0.1
	// spreadReaction damps the reaction in the implied spread: figures forget
	// part of their surprises.
	spreadReaction = 0.9
	// score80 is how many typical errors the 80% bounds are away: the normal
	// distribution's. score95 is that of the 95% bounds in root mean square
	// errors, which know of the odd large one; it is a little below the normal
	// distribution's because of the growth below.
	score80, score95 = 1.28, 1.85
	// tailGrowth and tailStart make the 95% bounds wider by growth/(start+n)
	// for n errors seen, as Student's distribution does.
	tailGrowth, tailStart = 9, 10
	// nearBound and farBound shape the bounds of wild histories on the bent
	// scale: up to nearBound from the median they are as far as computed, some
	// four times the figure; farther ones close in on farBound, twenty times.
	nearBound, farBound = 1.5, 3
)

// spread returns the distribution of a total in units of scale.
func (f *Forecast) spread(from, to int) Distribution {
	k := float64(to - from + 1)
	total := 0.0
	for _, v := range f.row(len(f.history))[from-1 : to] {
		total += v
	}
	seen, _, count := f.errors(from, to)
	count /= float64(from+to) / 2 // overlapping errors repeat one another
	implied := f.one * impliedGrowth(from, to, spreadReaction*f.reaction)
	typical := f.optimism * (seen*count + implied*spreadPrior) / (count + spreadPrior)
	center := math.Asinh(total / k / f.errorBend())
	bound := func(score float64) float64 {
		return math.Sinh(center+tame(score*typical)) * f.errorBend() * k
	}
	return newDistribution(bound(-f.tail), bound(-score80), total, bound(score80), bound(f.tail))
}

// tame returns the distance from the median, shortened where it is beyond
// nearBound, so that three figures that differ wildly do not bound the next by
// a thousand times the last.
func tame(distance float64) float64 {
	size := math.Abs(distance)
	if size <= nearBound {
		return distance
	}
	const room = farBound - nearBound
	return math.Copysign(farBound-room*math.Exp((nearBound-size)/room), distance)
}

// errorBend returns the bend of the scale of errors: a straighter one where
// figures can be zero or negative.
func (f *Forecast) errorBend() float64 { return max(spreadBend, f.bend) }

// measure sets the typical error one period ahead, how long the tails are, and
// the optimism of the fit.
func (f *Forecast) measure() {
	seen, square, count := f.errors(1, 1)
	f.tail = score95 * (1 + tailGrowth/(tailStart+count))
	if seen > 1e-9 { // less is rounding
		f.tail *= square / seen
	}
	// On the bent scale a share of the mean is this much.
	prior := errorPrior / math.Hypot(1, f.errorBend())
	f.one = (seen*count + prior) / (count + 1)
	// A fit of p parameters to n values leaves errors that are too small by
	// 1-p/n in variance, and forecasts err by 1+p/n: two for level and trend,
	// and the season effects as far as they were trusted.
	share := (2 + float64(f.perYear)*f.season.trust) / float64(len(f.history))
	f.optimism = math.Sqrt((1 + share) / max(1-share, 0.1))
}

// errors returns how far forecasts of the total of those periods were off in
// the history, on the spread's scale, and how many there were, old ones
// counting less. Both measures are standard deviations where errors are
// normal: typical comes from the mean absolute error and is moved less by an
// odd one than square, the root of the mean square.
func (f *Forecast) errors(from, to int) (typical, square, count float64) {
	n, bend := len(f.history), f.errorBend()
	scale := 1 / (bend * float64(to-from+1))
	step := math.Pow(spreadMemory, 1/float64(f.perYear))
	weight := 1.0
	for t := n - to; t >= firstJudged(n, f.perYear); t-- {
		guess, came := 0.0, 0.0
		for i, v := range f.row(t)[from-1 : to] {
			guess += v
			came += f.history[t+from-1+i]
		}
		off := math.Abs(math.Asinh(came*scale) - math.Asinh(guess*scale))
		typical += weight * off
		square += weight * off * off
		count += weight
		weight *= step
	}
	if count == 0 {
		return 0, 0, 0
	}
	return math.Sqrt(math.Pi/2) * typical / count, math.Sqrt(square / count), count
}

// impliedGrowth returns how many times the error one period ahead the error of
// a total's mean is, if each surprise moves all later figures by the reaction:
// simple exponential smoothing's variance (Hyndman, Koehler, Ord and Snyder,
// Forecasting with Exponential Smoothing, 2008, chapter 6).
func impliedGrowth(from, to int, reaction float64) float64 {
	k := float64(to - from + 1)
	variance := float64(from-1) * reaction * reaction * k * k
	for j := range to - from + 1 {
		touched := 1 + float64(j)*reaction
		variance += touched * touched
	}
	return math.Sqrt(variance) / k
}
