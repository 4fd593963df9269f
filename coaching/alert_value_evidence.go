package coaching

import (
	"math"
	"slices"
)

// What a stream of figures may be like. All of it is in units of the noise,
// which is learned from the stream.
const (
	// quarterDeviations is the deviation of what a quarter's end may add.
	quarterDeviations = 1.0
	// changeDeviations is the deviation of what a change may be: most of those
	// worth an alarm are of one to four times the noise.
	changeDeviations = 2.0
	// wildDeviations is where a figure counts as wild and is taken no further:
	// one invoice booked twice is not a new level.
	wildDeviations = 3.5
	// nearby is how many months on either side of a figure are around it.
	nearby = 2
	// leastNoise is the noise that figures have at least, by how they are
	// rounded: 1% of an amount, 0.1 points of others.
	leastAmountNoise = 0.01
	leastPointNoise  = 0.1
	// fewestChanged months make a level; one is a month.
	fewestChanged = 2
)

// carryOvers are how much of a month's deviation may go over into the next,
// and how likely each is beforehand. A stream whose months hang together
// strays for long without any change.
var (
	carryOvers       = [...]float64{0, 0.3, 0.6, 0.85}
	carryOverWeights = [...]float64{0.4, 0.3, 0.2, 0.1}
)

// mostLevelCarry is the largest carry-over that is considered against a level:
// figures that stray from it for long are what is to be told.
const mostLevelCarry = 0.3

// valueEvidence is the strength of the evidence for a change for the worse,
// where it began, by indices as in [changePoint], and the deviation of a
// month's figure around its level.
type valueEvidence struct {
	strength float64
	changePoint
	noise float64
}

// weighValues weighs "the figures have changed for the worse" against "they
// have not", by the same statistic as [rateEvidence]: a sum of Bayes factors
// over the months in which the change may have begun. Each is that of two
// linear models with normal noise, one with a step and one without. The level
// has a flat prior and the noise that of Jeffreys, with which the factors do not
// depend on the figures' unit and have mean 1 whatever level and noise are
// (Berger, Pericchi and Varshavsky 1998). Only steps for the worse count, from
// the earliest figure on. Against a level that was given, a step is one away from
// it: what the figures were before they came near does not matter, so that a year
// of figures far on the good side does not make a crossing look like noise.
func weighValues(s *valueStream, earliest int) valueEvidence {
	values := holdWild(s)
	n := len(values)
	sign := -1.0
	if s.watch.Better == Lower {
		sign = 1
	}
	least := leastPointNoise
	if s.watch.Amount {
		least = leastAmountNoise
	}
	if earliest == 0 && !s.watch.HasLevel {
		earliest = 1 // a step before all figures is none
	}
	stable, factors := make([]float64, n), make([]float64, n)
	scale, plainWeight, noise := math.Inf(-1), 0.0, 0.0
	for i, carry := range carryOvers {
		if s.watch.HasLevel && carry > mostLevelCarry {
			break
		}
		model := newValueModel(values, s.quarters, carry, s.watch.HasLevel, least)
		plain := model.fit(n)
		if scale == math.Inf(-1) {
			scale = plain.logEvidence
		}
		weight := carryOverWeights[i] * math.Exp(plain.logEvidence-scale)
		plainWeight += weight
		noise += weight * plain.noise
		for from := earliest; from <= n-fewestChanged; from++ {
			without := weight
			if s.watch.HasLevel {
				without = carryOverWeights[i] * math.Exp(model.fitLevel(from).logEvidence-scale)
			}
			stable[from] += without
			step := model.fit(from)
			factors[from] += carryOverWeights[i] * math.Exp(step.logEvidence-scale) * 2 * normalShare(sign*step.score)
		}
	}
	e := valueEvidence{noise: noise / plainWeight}
	for from := range factors {
		if factors[from] > 0 {
			factors[from] = ratioOf(factors[from], stable[from])
		}
		e.strength += factors[from]
	}
	e.changePoint = spanOf(factors)
	if e.strength > 1 {
		// With a change the noise is that around both levels.
		e.noise = newValueModel(values, s.quarters, 0, s.watch.HasLevel, least).fit(e.best).noise
	}
	return e
}

// holdWild returns the values with wild ones held to the bounds of the others, by
// the median and the median deviation from it (Huber 1981). Half the months at
// a new level are no longer wild. Against a level that was given, a figure is held
// to what is usual around it, so that a jump across the level is one as soon as two
// months tell of it.
func holdWild(s *valueStream) []float64 {
	center := medianOf(s.values)
	middle := center
	if s.watch.HasLevel {
		middle = s.scaled(s.watch.Level)
	}
	away := make([]float64, len(s.values))
	for i, v := range s.values {
		away[i] = math.Abs(v - center)
	}
	const normalMAD = 1.4826 // deviations of a normal distribution in median deviations
	limit := wildDeviations * normalMAD * medianOf(away)
	tamed := make([]float64, len(s.values))
	for i, v := range s.values {
		if s.watch.HasLevel {
			center = medianOf(s.values[max(i-nearby, 0):min(i+nearby+1, len(s.values))])
		}
		if limit > 0 {
			v = min(max(v, center-limit), center+limit)
		}
		tamed[i] = v - middle
	}
	return tamed
}

func medianOf(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
