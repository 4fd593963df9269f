package coaching

import "math"

// Growth is how fast a history grew, like for like, as shares: 0.1 is 10%. It
// is for words. Compounded forward it makes a poor forecast, and none here
// uses it.
type Growth struct {
	// Period is the average growth from one period to the next, that which
	// compounds to the history's whole growth: month on month for months.
	Period float64
	// PeriodKnown is false where a figure is not positive or there are fewer
	// than two.
	PeriodKnown bool
	// Year compares the latest periods, a year at most, with the same ones a
	// year before.
	Year float64
	// YearBy is the same as the difference of the means, in the figures' unit:
	// what is said of percentages, of which a share would be taken for points.
	YearBy float64
	// YearKnown is false where the history is no longer than a year or the
	// year before was not positive.
	YearKnown bool
	// Compared is how many periods Year compares.
	Compared int
}

// GrowthOf returns the growth of a history, oldest figure first.
func GrowthOf(history []float64, perYear int) Growth {
	var g Growth
	n := len(history)
	positive := n >= 2
	for _, v := range history {
		positive = positive && v > 0
	}
	if positive {
		g.Period = math.Pow(history[n-1]/history[0], 1/float64(n-1)) - 1
		g.PeriodKnown = isFinite(g.Period)
	}
	if perYear >= 1 && n > perYear {
		g.Compared = min(n-perYear, perYear)
		now, before := 0.0, 0.0
		for _, v := range history[n-g.Compared:] {
			now += v
		}
		for _, v := range history[n-g.Compared-perYear : n-perYear] {
			before += v
		}
		g.Year, g.YearBy = now/before-1, (now-before)/float64(g.Compared)
		g.YearKnown = before > 0 && isFinite(g.Year)
	}
	if !g.PeriodKnown {
		g.Period = 0
	}
	if !g.YearKnown {
		g.Year, g.YearBy, g.Compared = 0, 0, 0
	}
	return g
}

// SeasonEffect is what the time of the year does to a period's figure.
type SeasonEffect struct {
	// Share is how far the period is usually above what is normal for the
	// time around it, or below where negative: 0.2 is 20% above. It is the
	// shrunk effect that the forecast contains, not the raw average.
	Share float64
	// Known is false where the history is shorter than a year and a third,
	// where chance alone explains the swings, and where the normal figure is
	// not positive, so that a share of it means nothing.
	Known bool
}

// Season returns the season effect on the period h ahead, 1 for the next. h is
// moved into 1 to the horizon.
func (f *Forecast) Season(h int) SeasonEffect {
	h = min(max(h, 1), f.horizon)
	if f.scale == 0 || f.season.trust == 0 {
		return SeasonEffect{}
	}
	with := f.last[h-1]
	normal := math.Sinh(with - f.season.at(len(f.history)+h-1))
	if normal <= 0 {
		return SeasonEffect{}
	}
	share := math.Sinh(with)/normal - 1
	return SeasonEffect{Share: share, Known: isFinite(share)}
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
