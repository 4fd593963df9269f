package coaching

// level returns a team's usual amount for each unit of exposure, as known
// before the view's period: its mean over the record, moved towards that of
// the recent months by the team's recency.
func (b *PaceBook) level(crew *paceCrew, v *paceView) float64 {
	mean, recent := b.levels(crew, v.from, v.season)
	if mean <= 0 {
		return 0
	}
	return max(mean+crew.recency*(recent-mean), paceLeastRate*crew.rate)
}

// levels returns a team's amount for each unit of exposure before a day, over
// all the record and over recent months; both are 0 where there is no record.
func (b *PaceBook) levels(crew *paceCrew, before int, season *paceSeason) (mean, recent float64) {
	if crew.rate <= 0 || crew.from >= before {
		return 0, 0
	}
	var amount, exposure, recentAmount, recentExposure float64
	weight := 1.0
	for m := b.blockAt(min(before-1, b.last)); m >= 0 && b.blocks[m].to > crew.from; m-- {
		block := b.blocks[m]
		from, to := max(block.from, crew.from), min(block.to, before)
		x := b.between(crew.capped, from, to)
		e := season[block.month] * b.between(crew.exposure, from, to)
		amount += x
		exposure += e
		recentAmount += weight * x
		recentExposure += weight * e
		weight *= paceRecentDecay
	}
	if exposure <= 0 {
		return 0, 0
	}
	return amount / exposure, recentAmount / recentExposure
}

// learnRecency finds how far each team's next month follows its recent months
// rather than its whole record, by regression over the months so far. Most
// teams only scatter about their mean, and recency stays near nothing; one that
// grew out of its past, or lost a big customer, gets near 1. It is shrunk
// towards paceRecentWeight, the more so the coarser the team's amounts are.
func (b *PaceBook) learnRecency() {
	for i := range b.crews {
		crew := &b.crews[i]
		crew.recency = paceRecentWeight
		if crew.rate <= 0 {
			continue
		}
		doubt := paceRecentDoubt * crew.grain / crew.rate
		along, apart := paceRecentWeight*doubt, doubt
		for m := 1; m < len(b.blocks); m++ {
			block := b.blocks[m]
			if block.from <= crew.from {
				continue
			}
			season := &b.seasons[m]
			mean, recent := b.levels(crew, block.from, season)
			exposure := season[block.month] * b.between(crew.exposure, block.from, block.to)
			if mean <= 0 || exposure <= 0 {
				continue
			}
			lead := (recent - mean) / crew.rate
			came := (b.between(crew.capped, block.from, block.to)/exposure - mean) / crew.rate
			along += exposure * lead * came
			apart += exposure * lead * lead
		}
		if apart > 0 {
			crew.recency = min(max(along/apart, 0), 1)
		}
	}
}
