package coaching

import (
	"math"
	"sync"
)

// ratePrior is the weight of each swing, quarter's end and rate before any
// month of the stream itself was seen, as a factor of those that every stream
// starts with. A level of all months together lies a third of the quarter's end
// above that of the quarter's two other months.
type ratePrior [len(monthSwings)][len(quarterSteps)][latticeSize]float64

// flatPrior knows nothing.
var flatPrior = sync.OnceValue(func() *ratePrior {
	prior := new(ratePrior)
	for s := range prior {
		for q := range prior[s] {
			for x := range prior[s][q] {
				prior[s][q][x] = 1
			}
		}
	}
	return prior
})

// priorAround expects the rate at log-odds with a spread, which may be 0: then
// the two neighbours on the lattice share the weight. Open is how much of the
// weight knows nothing all the same.
func priorAround(odds, spread, open float64) *ratePrior {
	prior := new(ratePrior)
	for q, steps := range quarterSteps {
		middle := odds - latticeStep*float64(steps)/3
		row := bump(middle, spread)
		total := 0.0
		for _, weight := range row {
			total += weight
		}
		for x := range row {
			row[x] = row[x]/total*(1-open) + open/latticeSize
		}
		for s := range prior {
			prior[s][q] = row
		}
	}
	return prior
}

// bump returns weights that fall off around log-odds, which are held to the
// lattice.
func bump(middle, spread float64) (row [latticeSize]float64) {
	place := min(max((middle-latticeFirst)/latticeStep, 0), latticeSize-1)
	for x := range row {
		if away := math.Abs(float64(x) - place); spread < latticeStep {
			row[x] = max(1-away, 0)
		} else {
			row[x] = math.Exp(-away * away * latticeStep * latticeStep / (2 * spread * spread))
		}
	}
	return row
}

// habits is how well each swing and quarter's end explains the months of a
// stream, in logarithms.
type habits [len(monthSwings)][len(quarterSteps)]float64

// habits returns what the months taken in so far tell of them.
func (e *rateEvidence) habits() habits {
	var known habits
	for s := range e.cells {
		for q := range e.cells[s] {
			cell := &e.cells[s][q]
			weight := 0.0
			for x := cell.low; x < cell.high; x++ {
				weight += cell.stable[x]
			}
			known[s][q] = math.Log(max(weight, math.SmallestNonzeroFloat64) / (swingWeights[s] * quarterWeights[q]))
		}
	}
	return known
}

// add adds the habits of another stream so many times.
func (h *habits) add(other habits, times float64) {
	for s := range h {
		for q := range h[s] {
			h[s][q] += times * other[s][q]
		}
	}
}

// withHabits returns the prior with the habits of peers, each with their own
// logarithm added up: quarters end for all of a team on the same day.
func (p *ratePrior) withHabits(peers habits) *ratePrior {
	best := math.Inf(-1)
	for s := range peers {
		for q := range peers[s] {
			best = max(best, peers[s][q])
		}
	}
	total := 0.0
	for s := range peers {
		for q := range peers[s] {
			peers[s][q] = math.Exp(peers[s][q] - best)
			total += peers[s][q] * swingWeights[s] * quarterWeights[q]
		}
	}
	informed := new(ratePrior)
	for s := range peers {
		for q := range peers[s] {
			factor := (1-oddPeer)*peers[s][q]/total + oddPeer
			for x, weight := range p[s][q] {
				informed[s][q][x] = weight * factor
			}
		}
	}
	return informed
}
