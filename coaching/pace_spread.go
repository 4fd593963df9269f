package coaching

import "math"

// paceSpread is the distribution of what the days left will bring: a mixture
// of a gamma and a log-normal of the same mean and variance, corrected by how
// past forecasts came out. Amounts are sums of a few pieces of very different
// sizes; the gamma fits their body, the log-normal their upper tail.
type paceSpread struct {
	mean, variance float64
	// shift and scale move the forecast's normal scores: 0 and 1 leave it.
	shift, scale float64
}

// above returns the probability of x or more.
func (s paceSpread) above(x float64) float64 {
	z := (normalScore(s.plainAbove(x)) - s.shift) / s.scale
	return math.Erfc(z/math.Sqrt2) / 2
}

// plainAbove is above without the correction.
func (s paceSpread) plainAbove(x float64) float64 {
	if x <= 0 || s.variance <= 0 {
		if x <= s.mean {
			return 1
		}
		return 0
	}
	shape := s.mean * s.mean / s.variance
	sigma := math.Sqrt(math.Log1p(s.variance / (s.mean * s.mean)))
	logNormal := math.Erfc((math.Log(x/s.mean)/sigma+sigma/2)/math.Sqrt2) / 2
	return (1-paceLogNormal)*gammaAbove(shape, x*s.mean/s.variance) + paceLogNormal*logNormal
}

// quantile returns the x that is exceeded with probability 1-p, at least 0.
func (s paceSpread) quantile(p float64) float64 {
	const surest = 1e-6 // beyond it nothing is known
	p = min(max(p, surest), 1-surest)
	want := normalScore(1-p)*s.scale + s.shift
	// In the logarithm of x the normal score is nearly a straight line, so the
	// false-position rule gets there in a few steps; halving is the fallback
	// (Dowell and Jarratt 1971, the Illinois rule).
	score := func(logX float64) float64 {
		return min(max(normalScore(s.plainAbove(math.Exp(logX))), -maxScore), maxScore) - want
	}
	low, high := math.Log(s.mean)-1, math.Log(s.mean)+1
	fLow, fHigh := score(low), score(high)
	for n := 0; n < maxSteps && fLow > 0; n++ {
		high, fHigh = low, fLow
		low -= 2
		fLow = score(low)
	}
	for n := 0; n < maxSteps && fHigh < 0; n++ {
		low, fLow = high, fHigh
		high += 2
		fHigh = score(high)
	}
	if fLow > 0 {
		return 0
	}
	side := 0
	for range maxSteps {
		middle := (low*fHigh - high*fLow) / (fHigh - fLow)
		if !(low < middle && middle < high) {
			middle = (low + high) / 2
		}
		f := score(middle)
		if math.Abs(f) < closeScore || high-low < closeScore {
			return math.Exp(middle)
		}
		if f < 0 {
			if side < 0 {
				fHigh /= 2
			}
			low, fLow, side = middle, f, -1
		} else {
			if side > 0 {
				fLow /= 2
			}
			high, fHigh, side = middle, f, 1
		}
	}
	return math.Exp((low + high) / 2)
}

// Limits of the search for a quantile.
const (
	maxScore   = 8.0 // normal scores are held within it: beyond, probabilities round to 0 and 1
	maxSteps   = 50
	closeScore = 1e-6
)

// normalScore returns the z that a standard normal exceeds with the given
// probability; it is infinite for 0 and 1.
func normalScore(above float64) float64 {
	return math.Sqrt2 * math.Erfinv(1-2*above)
}

// gammaAbove returns the probability that a gamma variable of that shape and
// scale 1 exceeds x, the regularised upper incomplete gamma function: its
// series below shape+1, its continued fraction by Lentz's method above
// (Abramowitz and Stegun 6.5.29 and 6.5.31).
func gammaAbove(shape, x float64) float64 {
	if x <= 0 {
		return 1
	}
	const (
		terms     = 500
		precision = 1e-9
		tiny      = 1e-300
	)
	logGamma, _ := math.Lgamma(shape)
	front := math.Exp(shape*math.Log(x) - x - logGamma)
	if x < shape+1 {
		term := 1 / shape
		sum := term
		for n := 1.0; n < terms && term > sum*precision; n++ {
			term *= x / (shape + n)
			sum += term
		}
		return max(1-front*sum, 0)
	}
	b := x + 1 - shape
	c, d := 1/tiny, 1/b
	h := d
	for n := 1.0; n < terms; n++ {
		a := n * (shape - n)
		b += 2
		d = 1 / notZero(a*d+b, tiny)
		c = notZero(b+a/c, tiny)
		h *= c * d
		if math.Abs(c*d-1) < precision {
			break
		}
	}
	return min(front*h, 1)
}

func notZero(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}
