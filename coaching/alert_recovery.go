package coaching

import "math"

// recovery is a cumulative sum (Page 1954) of how much likelier each month is at
// what was usual than at what it changed to, in logarithms. It starts anew
// whenever it is not above 0.
type recovery struct {
	gain   float64
	months int // that it consists of
}

func (r *recovery) add(gain float64) {
	r.gain += gain
	r.months++
	if r.gain <= 0 {
		*r = recovery{}
	}
}

// done reports whether it is all clear.
func (r recovery) done() bool {
	return r.months >= fewestClearMonths && r.gain >= math.Log(allClearOdds)
}

// recovery returns how far an episode has come back: the rate that it changed
// to is that of the months that raised the alarm.
func (v *Vigil) recovery(episode Episode) (r recovery) {
	since, raised := monthIndex(episode.Since)-v.first, monthIndex(episode.Raised)-v.first
	if since < v.from || raised >= len(v.months) {
		return r // history has changed under the episode
	}
	usual := v.evidence.usual(v.peers)
	bad := PoolRates(v.months[since : raised+1]...)
	expected := 0.0
	for i := since; i <= raised; i++ {
		expected += float64(v.months[i].Of) * usual.at(v.quarterEnd(i))
	}
	shift := v.changeOf(bad, expected)
	table, swing := latticeTable(), nearestSwing(usual.swing)
	for i := since; i < len(v.months); i++ {
		month := v.months[i]
		if month.Of == 0 {
			continue
		}
		x := latticeIndex(logOdds(usual.at(v.quarterEnd(i))))
		r.add(table.logLikelihood(month, swing, onLattice(x)) - table.logLikelihood(month, swing, onLattice(x+shift)))
	}
	return r
}

// changeOf returns by how many steps the rate moved, as the counts of the bad
// months against what is usual for them tell: between the smallest and the
// largest change looked for.
func (v *Vigil) changeOf(bad Rate, expected float64) int {
	if bad.Of == 0 {
		return v.sign() * changeSteps[0]
	}
	now := (float64(bad.Hits) + 0.5) / (float64(bad.Of) + 1)
	steps := int(math.Round((logOdds(now) - logOdds(bounded(expected/float64(bad.Of)))) / latticeStep))
	return v.sign() * min(max(v.sign()*steps, changeSteps[0]), changeSteps[len(changeSteps)-1])
}

// latticeIndex returns the nearest index of log-odds, which may be off the
// lattice.
func latticeIndex(odds float64) int { return int(math.Round((odds - latticeFirst) / latticeStep)) }

// nearestSwing returns the index of the swing with about that variance.
func nearestSwing(variance float64) int {
	best := 0
	for s, swing := range monthSwings {
		if math.Abs(swing-math.Sqrt(variance)) < math.Abs(monthSwings[best]-math.Sqrt(variance)) {
			best = s
		}
	}
	return best
}
