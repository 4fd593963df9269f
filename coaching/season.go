package coaching

import "math"

// The settings of the season effects. They hold for every series; they were
// chosen on 415 public business series, where each of them has a broad optimum.
const (
	// seasonMemory weighs a year against the year after it: seasons drift.
	seasonMemory = 0.85
	// seasonStiffness is the smoothing of the trend for monthly figures. For
	// other frequencies it scales with the fourth power, as Ravn and Uhlig
	// (2002) show for the Hodrick-Prescott filter.
	seasonStiffness = 1000.0
	// seasonOutlier is where a residual starts to count less, in mean absolute
	// residuals (Huber's weights). It takes three years to tell the odd year.
	seasonOutlier = 1.2
	// seasonRounds of trend and effects in turn; they settle within these.
	seasonRounds = 8
)

// season holds what each position in the year adds to the level, on the scale
// of the values that it was estimated from. The effects add up to zero.
type season struct {
	effects []float64 // by index modulo the periods of a year
	trust   float64   // share of the raw effects that was kept, 0 to 1
}

// estimateSeason splits the values into a smooth trend and an effect for each
// position in the year, which it then shrinks towards none by as much as
// chance alone would make them vary.
//
// The trend is a Hodrick-Prescott (Whittaker) smoother, estimated in turn with
// the effects. The shrinkage is that of James and Stein, which Miller and
// Williams (International Journal of Forecasting, 2003) found to beat a yes or
// no on seasonality. It needs a year and a third; before that the effects are
// zero.
func estimateSeason(values []float64, perYear int) season {
	n, m := len(values), perYear
	s := season{effects: make([]float64, m)}
	if m < 2 || n < m+max(2, m/3) {
		return s
	}
	years := (n + m - 1) / m
	scratch := make([]float64, 2*n+2*m+years)
	weights, rest := scratch[:n], scratch[n:2*n]
	sums, squares, memory := scratch[2*n:2*n+m], scratch[2*n+m:2*n+2*m], scratch[2*n+2*m:]
	for t := range weights {
		weights[t] = 1
	}
	for age := range memory {
		memory[age] = math.Pow(seasonMemory, float64(age))
	}
	trend := newSmoother(n, seasonStiffness*math.Pow(float64(m)/12, 4))
	effects := s.effects
	for range seasonRounds {
		for t, v := range values {
			rest[t] = v - effects[t%m]
		}
		level := trend.smooth(rest)
		clear(effects)
		clear(sums)
		clear(squares)
		for t, v := range values {
			w := weights[t] * memory[(n-1-t)/m]
			effects[t%m] += w * (v - level[t])
			sums[t%m] += w
			squares[t%m] += w * w
		}
		mean := 0.0
		for j := range effects {
			effects[j] /= sums[j]
			mean += effects[j] / float64(m)
		}
		for j := range effects {
			effects[j] -= mean
		}
		for t, v := range values {
			rest[t] = v - level[t] - effects[t%m]
		}
		if n >= 3*m {
			weighOutliers(rest, weights)
		}
	}
	s.trust = seasonTrust(effects, rest, sums, squares)
	for j := range effects {
		effects[j] *= s.trust
	}
	return s
}

// at returns the effect on the value with that index.
func (s season) at(index int) float64 { return s.effects[index%len(s.effects)] }

// weighOutliers sets Huber's weights: 1 for the usual residual, less for those
// far out.
func weighOutliers(residuals, weights []float64) {
	limit := 0.0
	for _, r := range residuals {
		limit += math.Abs(r)
	}
	limit *= seasonOutlier / float64(len(residuals))
	for t, r := range residuals {
		weights[t] = 1
		if r = math.Abs(r); r > limit {
			weights[t] = limit / r
		}
	}
}

// seasonTrust returns 1 - (variance of the effects that noise explains) /
// (variance that they have), at least 0. The factor of James and Stein is m-3
// out of m for m effects that add up to zero; for as few as four, where it
// would shrink by a quarter only, half is taken.
func seasonTrust(effects, residuals, sums, squares []float64) float64 {
	n, m := float64(len(residuals)), float64(len(effects))
	noise := 0.0
	for _, r := range residuals {
		noise += r * r
	}
	noise /= max(n-m, 2)
	found, chance := 0.0, 0.0
	for j, e := range effects {
		found += e * e
		chance += noise * squares[j] / (sums[j] * sums[j])
	}
	if found == 0 {
		return 0
	}
	return max(1-max((m-3)/m, 0.5)*chance/found, 0)
}
