package coaching

import "errors"

// periodView is a goal's period as a forecast of shorter or equal periods sees
// it: from one period ahead to another, after those that are known already.
type periodView struct {
	fold     Fold
	forecast *Forecast
	from, to int
	known    []float64
}

// outcome returns the distribution of the period's figure. The factor is what
// the team's capacity changes; it moves only what is still to come.
func (v periodView) outcome(factor float64) Distribution {
	if v.fold == FoldLast {
		return v.forecast.At(v.to)
	}
	known := 0.0
	for _, value := range v.known {
		known += value
	}
	total := v.forecast.Total(v.from, v.to).Times(factor).Plus(known)
	if v.fold == FoldMean {
		return total.Times(1 / float64(len(v.known)+v.to-v.from+1))
	}
	return total
}

// season returns how far the time of the year lifts the part of the period
// that is to come, as a share of what would be normal. A whole year has no
// season.
func (v periodView) season() SeasonEffect {
	from := v.from
	if v.fold == FoldLast {
		from = v.to
	}
	if v.to-from+1 >= v.forecast.perYear {
		return SeasonEffect{}
	}
	with, normal := 0.0, 0.0
	for h := from; h <= v.to; h++ {
		effect := v.forecast.Season(h)
		if !effect.Known {
			return SeasonEffect{}
		}
		middle := v.forecast.At(h).Median()
		with += middle
		normal += middle / (1 + effect.Share)
	}
	share := with/normal - 1
	if normal <= 0 || !isFinite(share) {
		return SeasonEffect{}
	}
	return SeasonEffect{Share: share, Known: true}
}

// likeForLike is what is known of periods like the goal's own; ok is false
// where its length is not one that figures come in.
type likeForLike struct {
	grid  grid
	known figures
	ok    bool
}

func newLikeForLike(period Period, fold Fold, seen []sighting) likeForLike {
	own, ok := gridOf(period)
	if !ok {
		return likeForLike{}
	}
	return likeForLike{grid: own, known: figuresOn(own, fold, seen), ok: true}
}

// compare fills in the figures that people compare the period with.
func (a *Appraisal) compare(like likeForLike) {
	if !like.ok {
		return
	}
	ordinal := like.grid.ordinal(a.Period.From)
	a.Before, a.HasBefore = like.known[ordinal-1]
	a.YearAgo, a.HasYearAgo = like.known[ordinal-like.grid.perYear()]
}

// addGrowth fills in the growth between periods like the goal's own, where
// history has two of those, or else between those that were used.
func (a *Appraisal) addGrowth(s trail, like likeForLike) {
	a.Growth, a.GrowthSpan = growthOf(s), s.grid.span
	if !like.ok || like.grid == s.grid {
		return
	}
	if own := trailOf(like.grid, like.known); len(own.values) >= 2 {
		a.Growth, a.GrowthSpan = growthOf(own), own.grid.span
	}
}

// growthOf is [GrowthOf] with the average from period to period taken over
// whole years where there is one, from a fourth quarter to a fourth quarter:
// between other ends it would mostly tell the season.
func growthOf(s trail) Growth {
	year := s.grid.perYear()
	growth := GrowthOf(s.values, year)
	if n := len(s.values); n > year {
		whole := GrowthOf(s.values[n-1-(n-1)/year*year:], year)
		growth.Period, growth.PeriodKnown = whole.Period, whole.PeriodKnown
	}
	return growth
}

// reasonOf returns the reason that an error of this package carries.
func reasonOf(err error) Reason {
	var coded *Error
	if errors.As(err, &coded) {
		return coded.Reason
	}
	return ""
}
