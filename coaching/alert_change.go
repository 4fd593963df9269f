package coaching

import (
	"math"
	"slices"
)

// tell fills in what the change from a month on is. Now is at most that many
// months.
func (v *Vigil) tell(a *RateAlert, from Date, point changePoint, atMost int) {
	since := min(max(monthIndex(from)-v.first, v.from), len(v.months))
	a.Since, a.SinceFirst, a.SinceLast = from, from, from
	if point.best == since {
		a.SinceFirst, a.SinceLast = dateOfMonth(v.first+point.low), dateOfMonth(v.first+point.high)
	}
	a.Before = PoolRates(v.months[v.from:since]...)
	since = max(since, len(v.months)-atMost)
	a.Now = PoolRates(v.months[since:]...)
	usual := v.evidence.usual(v.peers)
	for i := since; i < len(v.months); i++ {
		a.Usual += float64(v.months[i].Of) * usual.at(v.quarterEnd(i))
	}
	if a.Low, a.High = 0, 100; a.Now.Of == 0 {
		return
	}
	a.UsualPercent = 100 * a.Usual / float64(a.Now.Of)
	// A month whose own rate swings tells less than its cases do: by the
	// variance of a beta-binomial, 1+(n−1)·r times that of a binomial.
	perMonth := float64(a.Now.Of) / float64(max(len(v.months)-since, 1))
	p := a.Usual / float64(a.Now.Of)
	inflation := 1 + max(perMonth-1, 0)*usual.swing*p*(1-p)
	a.Low, a.High = wilsonBounds(float64(a.Now.Hits)/inflation, float64(a.Now.Of)/inflation, bounds95)
}

// usualRate is what the rate would be without the change.
type usualRate struct {
	plain, quarterEnd float64 // as shares
	swing             float64 // variance of the month's own log-odds
}

func (u usualRate) at(quarterEnd bool) float64 {
	if quarterEnd {
		return u.quarterEnd
	}
	return u.plain
}

// usual returns the rate without the change, with all that is not known
// weighted by how well it explains the months with one.
func (e *rateEvidence) usual(prior *ratePrior) usualRate {
	table := latticeTable()
	var u usualRate
	total := 0.0
	for s := range e.cells {
		for q := range e.cells[s] {
			cell := &e.cells[s][q]
			for x := cell.low; x < cell.high; x++ {
				weight := 0.0
				for d := range cell.changed {
					weight += cell.changed[d][x] * prior[s][q][x]
				}
				total += weight
				u.plain += weight * table.rate[x]
				u.quarterEnd += weight * table.rate[onLattice(x+quarterSteps[q])]
				u.swing += weight * monthSwings[s] * monthSwings[s]
			}
		}
	}
	if total > 0 {
		u.plain, u.quarterEnd, u.swing = u.plain/total, u.quarterEnd/total, u.swing/total
	}
	return u
}

// changePoint is where among the months a change began: the likeliest, and the
// bounds that hold it four times in five. They are indices.
type changePoint struct{ best, low, high int }

// changePoint returns where the change began if there was one: the likelihood
// of the months before each point without it times that of the months after it
// with it, at the likeliest of all that is not known.
func (v *Vigil) changePoint() changePoint {
	cell := v.evidence.likeliest(v.peers)
	table := latticeTable()
	// From back to front: what a change at this month gains over a later one.
	gains := make([]float64, len(v.months)+1)
	for i := len(v.months) - 1; i >= v.from; i-- {
		if gains[i] = gains[i+1]; v.months[i].Of == 0 {
			continue
		}
		x := cell.rate
		if v.quarterEnd(i) {
			x += cell.quarter
		}
		gains[i] += table.logLikelihood(v.months[i], cell.swing, onLattice(x+cell.shift)) -
			table.logLikelihood(v.months[i], cell.swing, onLattice(x))
	}
	best := slices.Max(gains[v.from:])
	weights := make([]float64, len(v.months))
	for i := v.from; i < len(weights); i++ {
		weights[i] = math.Exp(gains[i] - best)
	}
	return spanOf(weights)
}

// spanOf returns the likeliest of the months by their weights, and the bounds
// that hold the change four times in five.
func spanOf(weights []float64) changePoint {
	var point changePoint
	total := 0.0
	for i, w := range weights {
		total += w
		if w > weights[point.best] {
			point.best = i
		}
	}
	sum := 0.0
	for i, w := range weights {
		sum += w
		if sum < 0.1*total {
			point.low = i + 1
		}
		if sum < 0.9*total {
			point.high = i + 1
		}
	}
	point.low = min(point.low, point.best)
	point.high = max(min(point.high, len(weights)-1), point.best)
	return point
}

// changeCell is one way that a change may be.
type changeCell struct {
	swing, rate    int // indices
	quarter, shift int // steps
}

// likeliest returns the change that explains the months best.
func (e *rateEvidence) likeliest(prior *ratePrior) changeCell {
	var found changeCell
	best := -1.0
	for s := range e.cells {
		for q := range e.cells[s] {
			cell := &e.cells[s][q]
			for d, steps := range changeSteps {
				for x := cell.low; x < cell.high; x++ {
					if weight := cell.changed[d][x] * prior[s][q][x]; weight > best {
						best = weight
						found = changeCell{swing: s, rate: x, quarter: quarterSteps[q], shift: e.sign * steps}
					}
				}
			}
		}
	}
	return found
}

// swing returns the variance of a month's own log-odds while nothing changes.
func (e *rateEvidence) swing(prior *ratePrior) float64 {
	var swing, total float64
	for s := range e.cells {
		weight := 0.0
		for q := range e.cells[s] {
			cell := &e.cells[s][q]
			for x := cell.low; x < cell.high; x++ {
				weight += cell.stable[x] * prior[s][q][x]
			}
		}
		swing += weight * monthSwings[s] * monthSwings[s]
		total += weight
	}
	if total == 0 { // No usual rate explains the months: nothing is known of it.
		return 0
	}
	return swing / total
}
