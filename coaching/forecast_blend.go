package coaching

import (
	"math"
	"slices"
)

// variant is one way of exponential smoothing: how much of a surprise goes
// into the level and into the trend, and how much of the trend is left after
// each period.
type variant struct{ level, trend, damping float64 }

// variants are the ways that are combined: six speeds without a trend, the
// same with two slow ones, and three with a quick one.
var variants = func() []variant {
	var all []variant
	for _, level := range []float64{0.05, 0.1, 0.2, 0.4, 0.7, 1} {
		for _, trend := range []float64{0, 0.1, 0.2} {
			all = append(all, variant{level: level, trend: trend * level, damping: 0.95})
		}
	}
	return append(all, variant{0.3, 0.3, 0.7}, variant{0.6, 0.6, 0.7}, variant{1, 1, 0.7})
}()

// The settings of the blend, the same for every series.
const (
	// blendMemory weighs an error against one a year later.
	blendMemory = 0.9
	// blendOutlier caps surprises, in standard deviations of the change from
	// period to period, so that one odd figure does not move the level.
	blendOutlier = 3
	// lastYearShare is the weight of the same period of the year before.
	lastYearShare = 0.08
	// blendReach bounds forecasts on the bent scale to this far outside the history:
	// some twenty times the highest figure.
	blendReach = 3
)

// fit forecasts from every point of the history on the bent scale, keeps the
// forecasts as figures, in units of scale, and prepares the spread.
func (f *Forecast) fit(bent []float64) {
	n, h := len(bent), f.horizon
	f.season = estimateSeason(bent, f.perYear)
	rest := make([]float64, n)
	for t, v := range bent {
		rest[t] = v - f.season.at(t)
	}
	b := newBlend(rest, f.perYear, h)
	f.fitted = make([]float64, (n+1)*h)
	b.forecast(f.fitted)
	f.last = slices.Clone(f.row(n))
	low, high := slices.Min(bent)-blendReach, slices.Max(bent)+blendReach
	for i := range f.last {
		f.last[i] = min(max(f.last[i]+f.season.at(n+i), low), high)
	}
	for t := 1; t <= n; t++ {
		row := f.row(t)
		for i, v := range row {
			figure := math.Sinh(min(max(v+f.season.at(t+i), low), high)) * f.bend
			row[i] = max(figure, f.floor)
		}
	}
	f.reaction = b.reaction()
	f.measure()
}

// blend combines the variants on values without season effects.
type blend struct {
	values  []float64
	perYear int
	horizon int
	cap     float64   // the largest surprise that counts in full
	weights []float64 // by variant and horizon
}

// newBlend runs each variant over the values, compares its forecasts with what
// came, and weighs the variants for each horizon by the error over the first
// third of a year and the error at that horizon, half each.
func newBlend(values []float64, perYear, horizon int) *blend {
	b := &blend{
		values:  values,
		perYear: perYear,
		horizon: horizon,
		cap:     largestSurprise(values),
		weights: make([]float64, len(variants)*horizon),
	}
	n := len(values)
	near := min(max(1, (perYear+1)/3), horizon)
	start := firstJudged(n, perYear)
	decay := make([]float64, n+2*horizon)
	sums, counts := decay[n:n+horizon], decay[n+horizon:]
	step := math.Pow(blendMemory, 1/float64(perYear))
	for t, w := n-1, 1.0; t >= 0; t, w = t-1, w*step {
		decay[t] = w
	}
	for k, v := range variants {
		clear(sums)
		clear(counts)
		b.run(v, func(t int, level, trend float64) {
			if t < start {
				return
			}
			ahead, left := level, trend
			for i, came := range values[t:min(t+horizon, n)] {
				left *= v.damping
				ahead += left
				sums[i] += decay[t] * math.Abs(came-ahead)
				counts[i] += decay[t]
			}
		})
		nearSum, nearCount := 0.0, 0.0
		for i := range near {
			nearSum, nearCount = nearSum+sums[i], nearCount+counts[i]
		}
		for i := range horizon {
			if counts[i] == 0 { // too far to have been seen: as one less far
				b.weights[k*horizon+i] = b.weights[k*horizon+i-1]
				continue
			}
			b.weights[k*horizon+i] = math.Sqrt(nearSum / nearCount * sums[i] / counts[i])
		}
	}
	b.weigh()
	return b
}

// firstJudged returns how many values must be known before forecasts are
// compared with what came.
func firstJudged(n, perYear int) int { return max(2, min(n/3, perYear)) }

// weigh turns the mean absolute errors into weights that add up to one at each
// horizon. The likelihood of n errors with two exponential tails is the power
// -n of their mean; half of that is taken, for errors at several horizons
// repeat one another.
func (b *blend) weigh() {
	power := float64(len(b.values)) / 2
	for i := range b.horizon {
		best := math.Inf(1)
		for k := range variants {
			best = min(best, b.weights[k*b.horizon+i])
		}
		total := 0.0
		for k := range variants {
			w := &b.weights[k*b.horizon+i]
			switch {
			case *w == best:
				*w = 1
			default:
				*w = math.Pow(best / *w, power)
			}
			total += *w
		}
		for k := range variants {
			b.weights[k*b.horizon+i] /= total
		}
	}
}

// run smooths the values in one of the ways and reports level and trend after
// each. The first values enter as their plain mean until that reacts slower
// than the variant does.
func (b *blend) run(v variant, after func(seen int, level, trend float64)) {
	level, trend := b.values[0], 0.0
	after(1, level, 0)
	for t, value := range b.values[1:] {
		ahead := level + v.damping*trend
		surprise := min(max(value-ahead, -b.cap), b.cap)
		level = ahead + max(v.level, 1/float64(t+2))*surprise
		trend = v.damping*trend + v.trend*surprise
		after(t+2, level, trend)
	}
}

// forecast adds the weighted forecasts after each number of values seen to
// rows of the horizon's length. Row 0, with nothing seen, stays as it is.
func (b *blend) forecast(rows []float64) {
	h, m := b.horizon, b.perYear
	for k, v := range variants {
		weights := b.weights[k*h : (k+1)*h]
		b.run(v, func(seen int, level, trend float64) {
			row := rows[seen*h : (seen+1)*h]
			ahead, left := level, trend
			for i, w := range weights {
				left *= v.damping
				ahead += left
				row[i] += w * ahead
			}
		})
	}
	if m < 2 {
		return
	}
	for t := m; t <= len(b.values); t++ {
		for i := range h {
			row := &rows[t*h+i]
			*row += lastYearShare * (b.values[t-m+i%m] - *row)
		}
	}
}

// reaction returns the mean share of a surprise that goes into the level.
func (b *blend) reaction() float64 {
	mean := 0.0
	for k, v := range variants {
		mean += b.weights[k*b.horizon] * v.level
	}
	return mean
}

// largestSurprise returns how far a value may be off before the rest of it
// stops counting: three standard deviations of the change from value to value,
// the deviation taken from the median change so that odd ones do not raise it,
// but from half the mean change where most are next to nothing.
func largestSurprise(values []float64) float64 {
	changes := make([]float64, len(values)-1)
	mean := 0.0
	for i := range changes {
		changes[i] = math.Abs(values[i+1] - values[i])
		mean += changes[i] / float64(len(changes))
	}
	slices.Sort(changes)
	// 1.4826 medians are a standard deviation where changes are normal.
	return blendOutlier * max(1.4826*changes[len(changes)/2], mean/2)
}
