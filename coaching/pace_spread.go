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
	above := 1 - min(max(p, 0), 1)
	low, high := 0.0, s.mean
	const widest = 60 // doublings
	for n := 0; n < widest && s.above(high) > above; n++ {
		low, high = high, 2*high
	}
	const halvings = 40
	for range halvings {
		middle := (low + high) / 2
		if s.above(middle) > above {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

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
