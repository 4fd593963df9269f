package coaching

// paceView is one period looked at from the end of one of its days.
type paceView struct {
	from, asof, to int // serial numbers of the first day, the last known day and the last day
	season         *paceSeason
	done, left     []float64 // exposure of the known days and of the others, by team
}

// paceGuess is what the days left of a view are expected to bring to one team.
type paceGuess struct {
	mean, variance float64
	known          bool // there is a record to guess from
}

// paceEvidence is what the known days of a view say of one team: its usual
// level, the known days over what that level would bring, and how far that
// can be trusted.
type paceEvidence struct{ level, ratio, precision float64 }

// guess forecasts the days left for every team. It is linear credibility on
// three levels (Bühlmann and Straub 1970): a team's rate is its level, times
// what all teams share in this period, times what is its own in it. The
// first is known from the record; the other two start near 1 and follow the
// days seen as far as those exceed the noise of single orders.
func (b *PaceBook) guess(v *paceView, out []paceGuess) {
	seen := make([]paceEvidence, len(b.crews))
	for i := range b.crews {
		seen[i].level = b.level(&b.crews[i], v)
	}
	precision := 1 / paceSharedVariance
	sum := precision * (1 + paceCarry*(b.sharedBefore(v, seen)-1))
	for i := range b.crews {
		crew := &b.crews[i]
		seen[i].weigh(crew, b.soFar(crew, crew.capped, v), v.done[i])
		sum += seen[i].precision * seen[i].ratio
		precision += seen[i].precision
	}
	for i, s := range seen {
		crew := &b.crews[i]
		if s.level <= 0 {
			out[i] = paceGuess{}
			continue
		}
		twice := (1 - paceOwnInShared) * s.precision
		shared := (sum - twice*s.ratio) / (precision - twice)
		sharedVariance := 1 / (precision - twice)

		grain := paceGrainVariance * crew.grain
		least := paceLeastRate * crew.rate
		prior := max(s.level*shared, least)
		expected := prior * v.done[i]
		trust := paceOwnVariance * expected / (paceOwnVariance*expected + grain)
		rate := prior
		if expected > 0 {
			rate = max(prior*(1-trust+trust*max(s.ratio*s.level/prior, 0)), least)
		}
		rate *= crew.excess
		relative := (1-trust)*(paceOwnVariance+(1-trust)*sharedVariance) + paceLeftVariance
		steady := prior * crew.excess * v.left[i]
		mean := rate * v.left[i]
		out[i] = paceGuess{mean: mean, variance: grain*mean + relative*steady*steady, known: true}
	}
}

// weigh sets what an amount on so much exposure says of the team.
func (e *paceEvidence) weigh(crew *paceCrew, amount, exposure float64) {
	expected := e.level * exposure
	if expected <= 0 {
		e.ratio, e.precision = 0, 0
		return
	}
	e.ratio = amount / expected
	e.precision = 1 / (paceOwnVariance + paceGrainVariance*crew.grain/expected)
}

// sharedBefore returns what all teams shared in the month before the view's
// period, 1 where that month is not on record.
func (b *PaceBook) sharedBefore(v *paceView, levels []paceEvidence) float64 {
	m := b.blockAt(v.from - 1)
	if m >= len(b.blocks) || v.from <= b.first {
		return 1
	}
	block := b.blocks[m]
	precision := 1 / paceSharedVariance
	sum := precision
	for i, e := range levels {
		crew := &b.crews[i]
		from, to := min(max(block.from, crew.from), v.from), min(block.to, v.from)
		e.weigh(crew, b.between(crew.capped, from, to), v.season[block.month]*b.between(crew.exposure, from, to))
		sum += e.precision * e.ratio
		precision += e.precision
	}
	return sum / precision
}

// soFar returns what a running total gained on the view's known days.
func (b *PaceBook) soFar(crew *paceCrew, total []float64, v *paceView) float64 {
	from, to := max(v.from, crew.from), min(v.asof, b.last)+1
	if to <= from {
		return 0
	}
	return b.between(total, from, to)
}
