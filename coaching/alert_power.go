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
	// months are those of its past; 0 where it is judged by a level instead.
	months int
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
		sign:  v.sign(), months: len(known),
	}
	if v.watch.HasLevel {
		found.rate, found.months = v.watch.Level/100, 0
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

// Constants of the bar. They were set on simulated streams of 8 to 60 deals a
// month and 50 to 1000 customers, steady, swinging and with quarters' ends, so
// that false alarms stay within the budget in each kind.
const (
	// barCaution is how much the bar lies above that of streams whose usual rate
	// and swing are known: with few cases they are learned too late.
	barCaution = 1.5
	// mostFaded is how far below the months of the budget the bar goes where
	// evidence fades before it gets there: false alarms come from the luckiest
	// months, which are faster than a change.
	mostFaded = 0.2
	// overshoot is by how much, on average, evidence jumps over a bar, in
	// deviations of one look's evidence (Siegmund, "Sequential Analysis", 1985,
	// chapter X). Evidence that comes in large pieces raises fewer alarms than
	// the bar allows.
	overshoot = 0.583
	// looksAMonth are how often a stream is looked at; where it is less often,
	// there are fewer false alarms.
	looksAMonth = 4
	// grownMonths is the past from which on a stream is not young: each season was
	// seen twice.
	grownMonths = 24
	// barSteps halve the interval in which the bar is sought.
	barSteps = 20
)

// bar returns the bar for a stream that may raise so many false alarms a year.
//
// Evidence for a change of which a month tells g gets to a bar of A after about
// ln A/g months, and as much of it as [fading] leaves until then: false alarms are
// rarer than once in A months by a power of A, the more so the less a month tells.
// Each size of change counts by its weight.
func (v volume) bar(perYear float64) float64 {
	months := barCaution * budgetMonths(perYear)
	low, high := 0.0, math.Log(months)
	for range barSteps {
		bar := (low + high) / 2
		if bar < math.Log(months*v.passing(bar)) {
			low = bar
		} else {
			high = bar
		}
	}
	return max(math.Exp(low), mostFaded*budgetMonths(perYear), lowestBar) * v.youth()
}

// youth returns how many times higher the bar of a stream is that is young. What
// is usual for it is guessed from few months: changes hardly show there, while
// false alarms would come as often, and at the time when trust is easily lost.
func (v volume) youth() float64 {
	if v.months == 0 {
		return 1
	}
	share := min(float64(v.months)/grownMonths, 1)
	return 1 / (share * share)
}

// passing returns how often evidence that would pass a bar passes it all the
// same, where it fades and jumps. The bar is a logarithm.
func (v volume) passing(bar float64) float64 {
	share := 0.0
	for d, steps := range changeSteps {
		if gain := v.gain(steps); gain > 0 {
			jump := overshoot * math.Sqrt(2*gain/looksAMonth)
			share += changeWeights[d] * math.Exp(bar*math.Log(fading)/gain-jump)
		}
	}
	return share
}
