package coaching

import "math"

// The reasons why there is no forecast, or why one should be read with care.
const (
	// TooLittleHistory: fewer than [MinHistory] figures. Ask for a baseline.
	TooLittleHistory Reason = "too_little_history"
	// HistoryNotFinite: a figure is no number, infinite, or beyond 1e100.
	HistoryNotFinite Reason = "history_not_finite"
	// NoSuchHorizon: the periods to forecast, or those of a year, are fewer
	// than one or absurdly many.
	NoSuchHorizon Reason = "no_such_horizon"
	// ShortHistory: less than two years, so that the season effect is a guess
	// or missing and the bounds are wide.
	ShortHistory Reason = "short_history"
	// NothingHappened: every figure is zero, so the forecast is zero for lack
	// of anything else and its certainty means nothing.
	NothingHappened Reason = "nothing_happened"
)

// MinHistory is the fewest figures that a forecast is made from.
const MinHistory = 3

// maxPeriods bounds the horizon and the periods of a year.
const maxPeriods = 1000

// largestFigure bounds the figures, so that sums and ratios of them stay finite.
const largestFigure = 1e100

// Forecast says what the periods after a history will bring, one by one and in
// total, with how sure that is. It is made by [NewForecast], does not change,
// and can be used by many goroutines at once.
//
// # Method
//
// Figures are divided by their mean size and bent by the inverse hyperbolic
// sine, which is a logarithm for large ones and a straight line around zero,
// so that growth multiplies and a zero is no trouble. Season effects, shrunk
// towards none (see estimateSeason), are taken off. Twenty-one variants of
// exponential smoothing, from a long-run mean to the last value and with no, a
// slow or a quick damped trend (Gardner and McKenzie 1985), run over the rest;
// their mean, weighted by how well each did before, is the forecast (on
// combining: Makridakis and Winkler 1983, Timmermann 2006), with a little of
// what the same period of the year before was. See blend.
//
// The bounds come from the forecast's own errors at every point of the
// history, for the very horizon or total that is asked for, shrunk towards
// what exponential smoothing implies (Hyndman and others 2008), made wider for
// what was fitted. See spread.
//
// The few settings are the same for every series.
type Forecast struct {
	history  []float64 // in units of scale
	scale    float64   // mean size of the figures
	perYear  int
	horizon  int
	fitted   []float64 // history's length+1 rows of horizon forecasts, in units
	last     []float64 // the forecasts from the end on the bent scale
	season   season
	bend     float64 // where the bent scale turns from line to logarithm
	floor    float64 // no outcome is below: 0 where no figure was
	reaction float64 // how far a surprise moves the forecast, 0 to 1
	one      float64 // typical error one period ahead, on the spread's scale
	tail     float64 // how many typical errors the 95% bounds are away
	optimism float64 // factor from the errors of the fit to those of a forecast
}

// NewForecast forecasts the given number of periods after the history, which
// holds one figure for each period, oldest first, like for like: all months,
// all quarters or all years, none missing, the last one complete. perYear is
// 12, 4 or 1. Sums, levels and ratios are forecast alike. The history is not
// kept.
//
// The error is Invalid with one of the reasons [TooLittleHistory],
// [HistoryNotFinite] and [NoSuchHorizon].
func NewForecast(history []float64, perYear, horizon int) (*Forecast, error) {
	if perYear < 1 || perYear > maxPeriods || horizon < 1 || horizon > maxPeriods {
		return nil, Refuse(NoSuchHorizon)
	}
	if len(history) < MinHistory {
		return nil, Refuse(TooLittleHistory)
	}
	f := &Forecast{perYear: perYear, horizon: horizon, floor: math.Inf(-1)}
	lowest := math.Inf(1)
	for _, v := range history {
		if !(math.Abs(v) <= largestFigure) { // NaN compares false
			return nil, Refuse(HistoryNotFinite)
		}
		f.scale += math.Abs(v) / float64(len(history))
		lowest = min(lowest, v)
	}
	if lowest >= 0 {
		f.floor = 0
	}
	if f.scale == 0 {
		f.history = make([]float64, len(history))
		f.season.effects = make([]float64, perYear)
		return f, nil
	}
	f.bend = positiveBend
	if lowest < f.scale/100 {
		f.bend = signedBend
	}
	block := make([]float64, 2*len(history))
	f.history = block[:len(history)]
	bent := block[len(history):]
	for t, v := range history {
		f.history[t] = v / f.scale
		bent[t] = math.Asinh(f.history[t] / f.bend)
	}
	f.fit(bent)
	return f, nil
}

// positiveBend and signedBend say below which multiple of the mean size a
// figure counts by its amount rather than by its ratio. Where figures can be
// negative or next to nothing, halving and doubling are not opposites, and the
// scale stays close to a straight line.
const (
	positiveBend = 0.3
	signedBend   = 3
)

// Horizon returns how many periods are forecast.
func (f *Forecast) Horizon() int { return f.horizon }

// Used returns how many figures the forecast is based on.
func (f *Forecast) Used() int { return len(f.history) }

// Caution returns why the forecast should be read with care: [ShortHistory],
// [NothingHappened] or "".
func (f *Forecast) Caution() Reason {
	switch {
	case f.scale == 0:
		return NothingHappened
	case len(f.history) < 2*f.perYear:
		return ShortHistory
	}
	return ""
}

// At returns the distribution of the figure h periods ahead, 1 for the next.
// h is moved into 1 to the horizon.
func (f *Forecast) At(h int) Distribution { return f.Total(h, h) }

// Total returns the distribution of the sum of the figures from one period
// ahead to another, both included: Total(1, 3) is the next quarter of monthly
// figures, Total(2, 4) the quarter after the next month. For levels and ratios
// take [Distribution.Times] 1/k, the mean. Both ends are moved into 1 to the
// horizon.
func (f *Forecast) Total(from, to int) Distribution {
	from = min(max(from, 1), f.horizon)
	to = min(max(to, from), f.horizon)
	if f.scale == 0 {
		return Certain(0)
	}
	return f.spread(from, to).Times(f.scale).Clamped(f.floor, math.Inf(1))
}

// row returns the forecasts made after the first t figures.
func (f *Forecast) row(t int) []float64 {
	return f.fitted[t*f.horizon : (t+1)*f.horizon]
}
