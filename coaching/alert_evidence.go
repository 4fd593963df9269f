package coaching

// What a change may be, in steps of the lattice, and how likely each is before
// anything was seen. A shift of 0.3 takes a win rate of 25% to 20 and churn of
// 1.5% to 2.0; 0.6 to 15 and 2.7; 0.9 to 12 and 3.6; 1.4 to 8 and 5.8. The most
// weight is on a fall by four tenths and on a rise to nearly twice: what a team
// wants to hear of and can. Smaller changes matter less than the alarm about
// them; larger ones are found by the same shifts.
var (
	changeSteps   = [...]int{3, 6, 9, 14}
	changeWeights = [...]float64{0.17, 0.45, 0.28, 0.1}
)

// What the last month of a quarter may add to the log-odds of the others, in
// steps of the lattice, and how likely each is beforehand. In public records of
// deals it is as much as 1.4: 80% won in the last month, 50% before.
var (
	quarterSteps   = [...]int{-6, -3, 0, 3, 6, 9, 12, 15}
	quarterWeights = [...]float64{0.04, 0.08, 0.48, 0.1, 0.09, 0.08, 0.07, 0.06}
)

// swingWeights are how likely each of [monthSwings] is beforehand.
var swingWeights = [len(monthSwings)]float64{0.25, 0.2, 0.25, 0.2, 0.1}

// fading is the share that a month leaves of the evidence for a change that began
// before it and was not told: after a year a third is left, after two a seventh.
const fading = 0.92

// negligible is the share of all weight below which a rate is dropped.
const negligible = 1e-15

// rateCell holds the weights of one swing and one quarter's end over the
// rates of the lattice.
type rateCell struct {
	low, high int // rates outside carry no weight
	stable    [latticeSize]float64
	changed   [len(changeSteps)][latticeSize]float64
}

// rateEvidence weighs "the rate has changed for the worse" against "it has
// not". It is the statistic of Shiryaev (1963) and Roberts (1966): over every
// month in which a change may have begun, the sum of the likelihoods of the
// counts given it, divided by their likelihood without any. What nobody knows,
// the usual rate, its swing from month to month, the quarter's end and the size
// of the change, is summed over with its weight beforehand, and thereby learned
// from the team's own months.
//
// While nothing changes, the statistic less the number of months is a
// martingale that starts at 0 (Pollak 1985), so that a bar of A is passed once in
// A months at most. But a change is to be told while it is news: until it is told,
// each month takes [fading] from what began before it. What began long ago then
// raises no false alarm, and the bar may lie lower ([volume.bar]), so that what
// has just begun is told sooner: with eight deals a month a fall by four tenths is
// found within half a year 33 times in 100 instead of 24, at as many false alarms.
//
// What is known of the rate beforehand comes in at the start or, where it may
// change with time as that of peers does, when the strength is asked for.
type rateEvidence struct {
	sign  int // +1 where a rise is for the worse, -1 a fall
	cells [len(monthSwings)][len(quarterSteps)]rateCell
	like  rateLikelihood
}

// newRateEvidence returns the evidence before the first month.
func newRateEvidence(sign int, prior *ratePrior) *rateEvidence {
	e := &rateEvidence{sign: sign}
	for s := range e.cells {
		for q := range e.cells[s] {
			cell := &e.cells[s][q]
			cell.high = latticeSize
			for x := range cell.stable {
				cell.stable[x] = swingWeights[s] * quarterWeights[q] * prior[s][q][x]
			}
		}
	}
	e.scale()
	return e
}

// eachCell calls do with every cell, the indices of its swing and quarter's
// end, and the steps that this adds in the month.
func (e *rateEvidence) eachCell(quarterEnd bool, do func(cell *rateCell, s, q, at int)) {
	for s := range e.cells {
		for q := range e.cells[s] {
			at := 0
			if quarterEnd {
				at = quarterSteps[q]
			}
			do(&e.cells[s][q], s, q, at)
		}
	}
}

// placed is a month's counts and what its place in the stream means for them.
type placed struct {
	Rate
	quarterEnd bool // last month of a quarter
	mayBegin   bool // a change may have begun with it
	told       bool // a change that began before it was told
}

// keeps returns how much of the evidence for what began before is left.
func (m placed) keeps() float64 {
	if m.told {
		return 1
	}
	return fading
}

// begins returns the weight of a change that begins with the month, of those
// that may be, for one of the sizes.
func (m placed) begins(d int) float64 {
	if m.mayBegin {
		return changeWeights[d]
	}
	return 0
}

// add takes in a month that is over.
func (e *rateEvidence) add(month placed) {
	e.fill(month.Rate)
	keeps := month.keeps()
	e.eachCell(month.quarterEnd, func(cell *rateCell, s, _, at int) {
		like := &e.like[s]
		for d, steps := range changeSteps {
			changed := &cell.changed[d]
			shift, begins := at+e.sign*steps, month.begins(d)
			for x := cell.low; x < cell.high; x++ {
				changed[x] = (keeps*changed[x] + begins*cell.stable[x]) * like[onLattice(x+shift)]
			}
		}
		for x := cell.low; x < cell.high; x++ {
			cell.stable[x] *= like[onLattice(x+at)]
		}
	})
	e.scale()
}

// strength returns the statistic after the months taken in so far.
func (e *rateEvidence) strength(prior *ratePrior) float64 {
	var stable, changed float64
	e.eachCell(false, func(cell *rateCell, s, q, _ int) {
		weights := &prior[s][q]
		for x := cell.low; x < cell.high; x++ {
			stable += cell.stable[x] * weights[x]
		}
		for d := range cell.changed {
			for x := cell.low; x < cell.high; x++ {
				changed += cell.changed[d][x] * weights[x]
			}
		}
	})
	return ratioOf(changed, stable)
}

// beyondDoubt is the most that evidence comes to: counts that the usual rate
// cannot explain at all would make it infinite, and then no number.
const beyondDoubt = 1e150

// ratioOf returns the evidence for a change, 0 where neither explains the counts.
func ratioOf(changed, stable float64) float64 {
	if least := changed / beyondDoubt; stable <= least {
		if changed == 0 {
			return 0
		}
		return beyondDoubt
	}
	return changed / stable
}

// forget drops what speaks for a change: one that begins later starts anew.
func (e *rateEvidence) forget() {
	e.eachCell(false, func(cell *rateCell, _, _, _ int) { clear(cell.changed[:]) })
}

// strengthWith returns what strength would be with one month more of which
// these counts are known so far.
func (e *rateEvidence) strengthWith(soFar placed, prior *ratePrior) float64 {
	if soFar.Of == 0 {
		return e.strength(prior)
	}
	e.fill(soFar.Rate)
	var stable, changed float64
	keeps := soFar.keeps()
	e.eachCell(soFar.quarterEnd, func(cell *rateCell, s, q, at int) {
		like, weights := &e.like[s], &prior[s][q]
		for x := cell.low; x < cell.high; x++ {
			stable += weights[x] * cell.stable[x] * like[onLattice(x+at)]
		}
		for d, steps := range changeSteps {
			before := &cell.changed[d]
			shift, begins := at+e.sign*steps, soFar.begins(d)
			for x := cell.low; x < cell.high; x++ {
				changed += weights[x] * (keeps*before[x] + begins*cell.stable[x]) * like[onLattice(x+shift)]
			}
		}
	})
	return ratioOf(changed, stable)
}

// fill computes the likelihoods that the cells ask for.
func (e *rateEvidence) fill(month Rate) {
	low, high := latticeSize, 0
	e.eachCell(false, func(cell *rateCell, _, _, _ int) {
		low, high = min(low, cell.low), max(high, cell.high)
	})
	reach := changeSteps[len(changeSteps)-1] + quarterSteps[len(quarterSteps)-1]
	e.like.fill(month, max(low-reach, 0), min(high+reach, latticeSize))
}

// scale keeps the weights of no change adding up to one, as far as they carry
// any, so that years of months do not underflow, and drops the rates that carry none.
func (e *rateEvidence) scale() {
	var stable, changed float64
	e.eachCell(false, func(cell *rateCell, _, _, _ int) {
		for x := cell.low; x < cell.high; x++ {
			stable += cell.stable[x]
			for d := range cell.changed {
				changed += cell.changed[d][x]
			}
		}
	})
	if stable = max(stable, changed/beyondDoubt); stable == 0 {
		return // No rate explains these months.
	}
	least := negligible * max(e.strength(flatPrior()), 1)
	e.eachCell(false, func(cell *rateCell, _, _, _ int) {
		for x := cell.low; x < cell.high; x++ {
			cell.stable[x] /= stable
			for d := range cell.changed {
				cell.changed[d][x] /= stable
			}
		}
		cell.trim(least)
	})
}

// trim drops the outer rates whose weights are light, each by what is usual
// for its side: those of no change must not depend on how strong a change was
// that is over.
func (c *rateCell) trim(least float64) {
	light := func(x int) bool {
		if c.stable[x] >= negligible {
			return false
		}
		heaviest := 0.0
		for d := range c.changed {
			heaviest = max(heaviest, c.changed[d][x])
		}
		return heaviest < least
	}
	for c.low < c.high && light(c.low) {
		c.low++
	}
	for c.low < c.high && light(c.high-1) {
		c.high--
	}
}
