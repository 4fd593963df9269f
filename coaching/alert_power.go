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

// power returns what the stream can show. A shift of the log-odds by d has
// d²/2 · 1/(1/(n·p·(1−p)) + s²) to show for itself each month of n cases, in
// logarithms of the evidence, with s the swing of the months; a year of that
// has to reach the bar (Lorden 1971: the delay is log bar over that gain).
func (v *Vigil) power(bar float64) AlarmPower {
	known := v.months[v.from:]
	base, recent := PoolRates(known...), known[max(len(known)-12, 0):]
	cases := PoolRates(recent...).Of * 12 / max(len(recent), 1)
	p := (float64(base.Hits) + 0.5) / (float64(base.Of) + 1)
	if v.watch.HasLevel {
		p = v.watch.Level / 100
	}
	spread := p * (1 - p)
	swing := v.evidence.swing(v.peers)
	largest := latticeStep * float64(changeSteps[len(changeSteps)-1])
	power := AlarmPower{Cases: cases, Shows: 50 + 50*float64(v.sign())}
	gain := largest * largest * 12 / (2 * math.Log(bar)) // 1/(n·p·(1−p)) + s² at most
	power.Needs = mostPieces
	if gain > swing {
		power.Needs = roundUp(12 / (spread * (gain - swing)))
	}
	if cases == 0 {
		return power
	}
	shift := math.Sqrt(2 * math.Log(bar) / 12 * (12/(float64(cases)*spread) + swing))
	if shift <= largest {
		power.Shows = 100 * rateAt(logOdds(p)+float64(v.sign())*shift)
	}
	return power
}
