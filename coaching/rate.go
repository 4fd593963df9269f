package coaching

import "math"

// Rate is a share together with the cases that it rests on: deals won of those
// decided, customers lost of those who could be, leads qualified of those
// looked at. The counts are kept because a rate without them cannot be trusted
// or distrusted: one of two and fifty of a hundred are both half.
type Rate struct {
	Hits, Of int
}

// NewRate returns the rate of so many hits among so many cases. Counts below
// zero and more hits than cases are Invalid ("rate_negative",
// "rate_above_cases").
func NewRate(hits, of int) (Rate, error) {
	switch {
	case hits < 0 || of < 0:
		return Rate{}, Refuse("rate_negative")
	case hits > of:
		return Rate{}, Refuse("rate_above_cases")
	}
	return Rate{Hits: hits, Of: of}, nil
}

// PoolRates returns the rate over all cases of several rates: the losses of
// three months among the customer-months of those three.
func PoolRates(rates ...Rate) Rate {
	var pooled Rate
	for _, rate := range rates {
		pooled.Hits += rate.Hits
		pooled.Of += rate.Of
	}
	return pooled
}

// Percent returns the rate in percent; known is false where there is no case.
func (r Rate) Percent() (percent float64, known bool) {
	if r.Of <= 0 {
		return 0, false
	}
	return 100 * r.share(), true
}

func (r Rate) share() float64 { return float64(r.Hits) / float64(r.Of) }

// Normal scores of the confidence that rates and survival are judged with.
const (
	bounds80 = 1.2815515655446004 // bounds that hold four times in five
	bounds95 = 1.959963984540054  // bounds that hold 19 times in 20
)

// scorePower is the normal's 80% point: a sample planned with it shows a
// difference that is there four times in five.
const scorePower = 0.8416212335729143

// Within80 returns the bounds in percent that hold the true rate four times in
// five: the score interval (Wilson 1927), which unlike the textbook's p ± z·se
// is sound for few cases and for rates near 0 and 100%. Without a case it is
// everything from 0 to 100.
func (r Rate) Within80() (low, high float64) { return r.within(bounds80) }

// Within95 returns the bounds in percent that hold the true rate 19 times in
// 20 (Wilson 1927).
func (r Rate) Within95() (low, high float64) { return r.within(bounds95) }

func (r Rate) within(z float64) (low, high float64) {
	if r.Of <= 0 {
		return 0, 100
	}
	low, high = wilsonBounds(float64(r.Hits), float64(r.Of), z)
	// With no hit the lower bound is 0 and with nothing but hits the upper is
	// 100, whatever rounding says.
	if r.Hits == 0 {
		low = 0
	}
	if r.Hits == r.Of {
		high = 100
	}
	return low, high
}

// wilsonBounds returns the score interval in percent of hits among cases that
// need not be whole numbers: cases that depend on one another count for less.
func wilsonBounds(hits, of, z float64) (low, high float64) {
	p := hits / of
	middle := (p + z*z/(2*of)) / (1 + z*z/of)
	half := z / (1 + z*z/of) * math.Sqrt(p*(1-p)/of+z*z/(4*of*of))
	return 100 * max(middle-half, 0), 100 * min(middle+half, 1)
}

// planLeeway is how far from a rate its 80% bounds may lie for it to be planned
// with: a third either way, so that the need worked out from it is off by no
// more than a factor of two from bound to bound.
const planLeeway = 1.0 / 3

// CasesToPlan returns how many cases a rate wants before it can be planned
// with: so many that its 80% bounds lie within a third of it. That is
// z²·(1−p) / (p·r²), Cochran, "Sampling Techniques" (1977), section 4.5. For a
// rate of which nothing is known, or that never or always happened, it is what
// half would want.
func (r Rate) CasesToPlan() int {
	p := 0.5
	if r.Of > 0 && r.Hits > 0 && r.Hits < r.Of {
		p = r.share()
	}
	return roundUp(bounds80 * bounds80 * (1 - p) / (p * planLeeway * planLeeway))
}

// mostPieces bounds every count that is worked out: a rate of one in a million
// is no plan, and counts stay far from overflowing.
const mostPieces = 1_000_000_000

// roundUp returns the next whole number, held to [0, mostPieces]. What is whole
// but for rounding stays: 6/0.3 is 20, not 21.
func roundUp(pieces float64) int {
	if math.IsNaN(pieces) || pieces <= 0 {
		return 0
	}
	whole := math.Ceil(pieces * (1 - 1e-12))
	return int(min(whole, mostPieces))
}
