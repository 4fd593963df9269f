package coaching

import (
	"math"
	"slices"
	"time"
)

// MonthValue is a figure of one calendar month; any day of it will do.
type MonthValue struct {
	Month Date
	Value float64
}

// ValueWatch says how a stream of monthly figures is watched that are no
// counts: a margin, the cost of winning a customer, the length of the cycle.
type ValueWatch struct {
	// Better, FalseAlarms, YearStart and Personal are as in [RateWatch].
	Better      Direction
	FalseAlarms float64
	YearStart   time.Month
	Personal    bool
	// Amount is set for figures that are above zero and move by percentages:
	// money, days, a ratio of two amounts. Others, percentages among them, move
	// by points.
	Amount bool
	// Level is what the figures are judged against where HasLevel is set. A
	// ratio of acquisition cost to lifetime value ([CostToValue]) has the level
	// 1: above it a customer costs more than they bring.
	Level    float64
	HasLevel bool
}

// ValueAlert is what a look at a stream of figures says, in their own unit.
type ValueAlert struct {
	Alarm
	// Months are how many have a figure. Needs is how many there have to be
	// before anything can be told, 0 where there are enough.
	Months, Needs int

	// What follows is set while an alarm stands, and when it ends.

	// Before is the usual figure up to the change, the level where it was judged
	// against one, and Now the one since; at the all-clear that of
	// the good months since. They are means, for amounts geometric ones.
	Before, Now float64
	// Low and High hold what the figure is now 19 times in 20.
	Low, High float64
}

// fewestLevelMonths are the months with figures that a judgement against a
// level wants; against the past of one's own it is [fewestAlertMonths].
const fewestLevelMonths = 3

// JudgeValueAlert judges a stream of figures, months in ascending order, by
// the episode that the look before left. Months left out have no figure. Only
// months that are over belong into it: half a month's cost is no cost.
//
// Months out of order are Invalid ("alert_month_order"), a figure that is no
// number, or an amount or its level that is not above zero, "alert_value".
func JudgeValueAlert(watch ValueWatch, history []MonthValue, before Episode) (ValueAlert, error) {
	stream, err := newValueStream(watch, history, before.Base)
	if err != nil {
		return ValueAlert{}, err
	}
	a := ValueAlert{Months: len(stream.values)}
	need := fewestAlertMonths
	if watch.HasLevel {
		need = fewestLevelMonths
	}
	a.Needs = max(need-a.Months, 0)
	var evidence valueEvidence
	if a.Needs == 0 {
		evidence = weighValues(stream, stream.after(before.Cleared))
	}
	a.Alarm = newAlarm(evidence.strength, alarmBar(watch.FalseAlarms))
	a.Level, a.HasLevel = watch.Level, watch.HasLevel
	look := alarmLook{
		strength: a.Strength, bar: a.Bar, settles: !watch.HasLevel,
		known: true, power: AlarmPower{Cases: a.Months, Needs: need},
		since: stream.month(evidence.best),
		ripe:  a.Needs == 0 && (!watch.Personal || a.Months-evidence.best >= fewestPersonalMonths),
	}
	if a.Months > 0 {
		look.month = stream.month(a.Months - 1)
	}
	var good recovery
	if before.State == AlarmRaised {
		good = stream.recovery(before, evidence.noise)
		look.back = good.done()
	}
	a.Episode, a.Event = before.next(look)
	a.Reason = a.reason(watch.Better, a.Needs > 0)
	switch {
	case a.Raised():
		stream.tell(&a, a.Episode.Since, evidence, a.Months)
	case a.Event == AlarmCleared:
		stream.tell(&a, before.Since, evidence, max(good.months, fewestClearMonths))
	case a.Event == AlarmSettled:
		stream.tell(&a, before.Since, evidence, a.Months)
	}
	return a, nil
}

// valueStream is a stream on the scale that it is judged on: logarithms of
// amounts, figures as they are otherwise.
type valueStream struct {
	watch    ValueWatch
	indices  []int // of the months
	values   []float64
	quarters []float64 // 1 for the last month of a quarter, less the mean
}

func newValueStream(watch ValueWatch, history []MonthValue, base Date) (*valueStream, error) {
	s := &valueStream{watch: watch}
	if watch.YearStart == 0 {
		watch.YearStart = time.January
	}
	legal := func(v float64) bool {
		return !math.IsNaN(v) && !math.IsInf(v, 0) && (v > 0 || !watch.Amount)
	}
	if watch.HasLevel && !legal(watch.Level) {
		return nil, Refuse("alert_value")
	}
	last := math.MinInt
	for _, month := range history {
		index := monthIndex(month.Month)
		switch {
		case index <= last:
			return nil, Refuse("alert_month_order")
		case !legal(month.Value):
			return nil, Refuse("alert_value")
		}
		last = index
		if base.IsZero() || index >= monthIndex(base) {
			s.indices = append(s.indices, index)
			s.values = append(s.values, s.scaled(month.Value))
		}
	}
	if old := len(s.values) - fourAlertYears; old > 0 {
		old = (old + 11) / 12 * 12
		s.indices, s.values = s.indices[old:], s.values[old:]
	}
	for _, index := range s.indices {
		quarter := -1.0 / 3
		if floorMod(index-(int(watch.YearStart)-1), 3) == 2 {
			quarter = 2.0 / 3
		}
		s.quarters = append(s.quarters, quarter)
	}
	return s, nil
}

func (s *valueStream) scaled(v float64) float64 {
	if s.watch.Amount {
		return math.Log(v)
	}
	return v
}

func (s *valueStream) unscaled(v float64) float64 {
	if s.watch.Amount {
		return math.Exp(v)
	}
	return v
}

// month returns the first day of the month of the i-th figure.
func (s *valueStream) month(i int) Date {
	if i < 0 || i >= len(s.indices) {
		return Date{}
	}
	return dateOfMonth(s.indices[i])
}

// after returns the index of the first figure after a month, 0 for none.
func (s *valueStream) after(month Date) int {
	if month.IsZero() {
		return 0
	}
	i, _ := slices.BinarySearch(s.indices, monthIndex(month)+1)
	return i
}

// usual returns what was usual before a figure: the level, where there is one.
func (s *valueStream) usual(since int) float64 {
	if s.watch.HasLevel {
		return s.scaled(s.watch.Level)
	}
	return mean(s.values[:since])
}

// recovery returns how far an episode has come back, as for counts. Noise is
// the deviation of a figure around its level.
func (s *valueStream) recovery(episode Episode, noise float64) (r recovery) {
	since, _ := slices.BinarySearch(s.indices, monthIndex(episode.Since))
	after, _ := slices.BinarySearch(s.indices, monthIndex(episode.Raised)+1)
	if since >= after || noise == 0 {
		return r
	}
	usual, bad := s.usual(since), mean(s.values[since:after])
	for _, v := range s.values[since:] {
		r.add(((v-bad)*(v-bad) - (v-usual)*(v-usual)) / (2 * noise * noise))
	}
	return r
}

// tell fills in what the change from a month on is. Now is at most that many
// figures.
func (s *valueStream) tell(a *ValueAlert, from Date, evidence valueEvidence, atMost int) {
	since, _ := slices.BinarySearch(s.indices, monthIndex(from))
	a.Since, a.SinceFirst, a.SinceLast = from, from, from
	if since == evidence.best {
		a.SinceFirst, a.SinceLast = s.month(evidence.low), s.month(evidence.high)
	}
	a.Before = s.unscaled(s.usual(since))
	since = max(since, len(s.values)-atMost)
	now := mean(s.values[since:])
	half := bounds95 * evidence.noise / math.Sqrt(float64(max(len(s.values)-since, 1)))
	a.Now, a.Low, a.High = s.unscaled(now), s.unscaled(now-half), s.unscaled(now+half)
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(len(values), 1))
}
