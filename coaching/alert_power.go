package coaching

import "math"

// AlarmPower is what a stream can show at its volume.
type AlarmPower struct {
	// Cases are those of a year, by the last twelve months or by as many as
	// there are. Needs is how many it takes for the largest change looked for,
	// to a quarter or to four times the odds, to show within a year more often
	// than not.
	Cases, Needs int
	// Shows is the level in percent to which the rate has to go so that it
	// would show within a year more often than not. It is 0 for a fall and 100
	// for a rise where none would.
	Shows float64
}

// TooLittle reports whether no change would show.
func (p AlarmPower) TooLittle() bool { return p.Cases < p.Needs }

// volume is what a stream shows by month, as far as its rate, its cases and
// the swing of its months tell.
type volume struct {
	rate  float64 // usual, as a share
	cases float64 // a month
	swing float64 // variance of a month's own log-odds
	sign  int     // of a change for the worse
}

// gain returns by how much the logarithm of the evidence grows in a month after
// a change by so many steps: with k the divergence of the new rate from the old
// (Kullback and Leibler 1951), n·k of n cases, and not more than d²/2s² where
// months swing by s of their own and the change is d, both in log-odds.
func (v volume) gain(steps int) float64 {
	shift := latticeStep * float64(steps)
	byCases := v.cases * v.divergence(shift)
	if byCases <= 0 {
		return 0
	}
	return 1 / (1/byCases + 2*v.swing/(shift*shift))
}

func (v volume) divergence(shift float64) float64 {
	now := rateAt(logOdds(v.rate) + float64(v.sign)*shift)
	return now*math.Log(now/v.rate) + (1-now)*math.Log((1-now)/(1-v.rate))
}

// volume returns what is known of the stream's volume.
func (v *Vigil) volume() volume {
	known := v.months[v.from:]
	base, recent := PoolRates(known...), known[max(len(known)-12, 0):]
	found := volume{
		rate:  (float64(base.Hits) + 0.5) / (float64(base.Of) + 1),
		cases: float64(PoolRates(recent...).Of) / float64(max(len(recent), 1)),
		swing: v.evidence.swing(v.peers),
		sign:  v.sign(),
	}
	if v.watch.HasLevel {
		found.rate = v.watch.Level / 100
	}
	return found
}

// power returns what the stream can show against a bar within a year. After a
// change it takes about the logarithm of the bar over the gain of a month to
// get there (Lorden 1971).
func (v volume) power(bar float64) AlarmPower {
	power := AlarmPower{Cases: int(math.Round(12 * v.cases)), Needs: mostPieces, Shows: 50 + 50*float64(v.sign)}
	largest := changeSteps[len(changeSteps)-1]
	shift := latticeStep * float64(largest)
	wanted := math.Log(bar) / 12 // a month
	if room := 1/wanted - 2*v.swing/(shift*shift); room > 0 {
		power.Needs = roundUp(12 / (v.divergence(shift) * room))
	}
	for steps := 1; steps <= largest; steps++ {
		if v.gain(steps) >= wanted {
			power.Shows = 100 * rateAt(logOdds(v.rate)+float64(v.sign)*latticeStep*float64(steps))
			break
		}
	}
	return power
}

// rampPower is how fast the bar of a young stream rises: a change that half the
// time needed has passed for is found in a quarter of the cases.
const rampPower = 1

// bar returns the bar for a stream of which so many months are known. A change
// that could not have been shown yet by the months known cannot have raised a
// false alarm either, so a young stream keeps the budget with a lower bar; each
// size of change counts by its weight.
func (v volume) bar(perYear float64, months int) float64 {
	full := alarmBar(perYear)
	share := 0.0
	for d, steps := range changeSteps {
		passed := float64(months) * v.gain(steps) / math.Log(full)
		share += changeWeights[d] * math.Pow(min(passed, 1), rampPower)
	}
	return max(full*share, lowestBar)
}
