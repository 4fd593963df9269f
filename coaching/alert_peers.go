package coaching

import (
	"math"
	"slices"
)

const (
	// leastPeerSpread is how much the log-odds of peers are taken to differ
	// however alike they look: a few of them cannot show that they are the same.
	leastPeerSpread = 0.1
	// oddPeer is the probability that a stream is nothing like its peers, in
	// its rate or in its habits.
	oddPeer = 0.05
)

// TellPeers tells each stream of a family what the others have shown so far: at
// which level they are, how their months swing and how their quarters end. A
// rep of few deals has the quarter's end of the team. It replaces what was told
// before. A stream with a level of its own takes nothing from peers, and one that
// settled elsewhere than it was takes no level.
func TellPeers(family []*Vigil) {
	totals := make([]Rate, len(family))
	shown := make([]habits, len(family))
	var sum habits
	for i, v := range family {
		if v.evidence == nil {
			continue
		}
		totals[i] = PoolRates(v.months[v.from:]...)
		shown[i] = v.evidence.habits()
		sum.add(shown[i], 1)
	}
	for i, v := range family {
		v.peers = flatPrior()
		prior, ok := peerPrior(slices.Concat(totals[:i], totals[i+1:]))
		if !ok || v.watch.HasLevel {
			continue
		}
		if !v.episode.Base.IsZero() {
			prior = flatPrior()
		}
		others := sum
		others.add(shown[i], -1)
		v.peers = prior.withHabits(others)
	}
}

// peerPrior returns what the totals of peers let expect of one more stream:
// the mean of their log-odds and how much they differ beyond chance, both by
// the method of moments (DerSimonian and Laird 1986). ok is false for fewer
// than two peers with cases.
func peerPrior(peers []Rate) (prior *ratePrior, ok bool) {
	var weights, weighted, squares, cubes float64
	count := 0
	for _, peer := range peers {
		odds, variance, known := oddsOf(peer)
		if !known {
			continue
		}
		count++
		w := 1 / variance
		weights += w
		squares += w * w
		weighted += w * odds
		cubes += w * odds * odds
	}
	if count < 2 {
		return nil, false
	}
	mean := weighted / weights
	homogeneity := cubes - mean*weighted // Cochran's Q
	between := max((homogeneity-float64(count-1))/(weights-squares/weights), 0)
	between = max(between, leastPeerSpread*leastPeerSpread)
	weights, weighted = 0, 0
	for _, peer := range peers {
		if odds, variance, known := oddsOf(peer); known {
			weights += 1 / (variance + between)
			weighted += odds / (variance + between)
		}
	}
	// The next stream differs from the mean as peers do, and the mean itself is
	// only estimated.
	return priorAround(weighted/weights, math.Sqrt(between+1/weights), oddPeer), true
}

// oddsOf returns the log-odds of a rate and their variance, with half a hit and
// half a miss added so that none and all have some (Haldane 1956).
func oddsOf(rate Rate) (odds, variance float64, known bool) {
	if rate.Of <= 0 {
		return 0, 0, false
	}
	hits, misses := float64(rate.Hits)+0.5, float64(rate.Of-rate.Hits)+0.5
	return math.Log(hits / misses), 1/hits + 1/misses, true
}
