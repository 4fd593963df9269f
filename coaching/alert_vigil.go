package coaching

import (
	"math"
	"time"
)

// RateWatch says how a stream of monthly counts is watched: deals won of those
// decided, customers lost of those at risk.
type RateWatch struct {
	// Better is the direction that is good; alarms are about the other one. To
	// be told of changes for the better, watch with the opposite.
	Better Direction
	// FalseAlarms a year are what the stream may raise ([AlarmBudget.Share]);
	// zero is what a family of one may.
	FalseAlarms float64
	// YearStart is the first month of the financial year, January where zero:
	// the quarters that have an end to learn.
	YearStart time.Month
	// Level is a goal's level in percent. Where HasLevel is set the stream is
	// judged against it and not against its own past: churn over the goal.
	Level    float64
	HasLevel bool
	// Personal is set for the stream of one person. It takes a change of a
	// quarter at least: nobody is judged by a month.
	Personal bool
}

// MonthCount is the rate of one calendar month; any day of it will do.
type MonthCount struct {
	Month Date
	Rate  Rate
}

// The months that a stream is judged by.
const (
	// Once more than fourAlertYears are known the oldest year is dropped: what
	// was usual before is not what is usual now.
	fourAlertYears = 48
	// fewestAlertMonths is how many months with cases make a past of one's own.
	fewestAlertMonths = 6
	// fewestPersonalMonths have to be bad before a person's stream says so.
	fewestPersonalMonths = 3
)

// Vigil watches one stream month by month. It is a fold over the stream: the
// same months, episode and looks give the same alerts, and nothing of it has to
// be stored but the [Episode]. It is not safe for concurrent use.
type Vigil struct {
	watch    RateWatch
	episode  Episode
	first    int    // index of the first month
	months   []Rate // from the first month on, without gaps
	from     int    // the first of them that the evidence holds
	evidence *rateEvidence
	peers    *ratePrior
}

// NewVigil returns a vigil that goes on from an episode, before its first
// month. A level outside 0 to 100 is Invalid ("alert_level_no_rate").
func NewVigil(watch RateWatch, episode Episode) (*Vigil, error) {
	if watch.HasLevel && (watch.Level <= 0 || watch.Level >= 100 || math.IsNaN(watch.Level)) {
		return nil, Refuse("alert_level_no_rate")
	}
	if watch.YearStart == 0 {
		watch.YearStart = time.January
	}
	return &Vigil{watch: watch, episode: episode, peers: flatPrior()}, nil
}

// Episode returns the episode as of the last look.
func (v *Vigil) Episode() Episode { return v.episode }

// Learn takes in a month that is over without judging it. Months left out had
// no cases; after four years of them it starts anew. A month that is not after the last one is Invalid
// ("alert_month_order"), as are impossible counts ([NewRate]).
func (v *Vigil) Learn(month MonthCount) error {
	if err := v.reach(month); err != nil {
		return err
	}
	v.take(month.Rate)
	return nil
}

// reach takes in the months without cases before a month.
func (v *Vigil) reach(month MonthCount) error {
	index := monthIndex(month.Month)
	if len(v.months) > 0 && index < v.first+len(v.months) {
		return Refuse("alert_month_order")
	}
	if _, err := NewRate(month.Rate.Hits, month.Rate.Of); err != nil {
		return err
	}
	if len(v.months) == 0 || index-v.first-len(v.months) > fourAlertYears {
		v.first, v.months, v.evidence = index, nil, nil // nothing before is usual now
	}
	for v.first+len(v.months) < index {
		v.take(Rate{})
	}
	return nil
}

// take adds the next month.
func (v *Vigil) take(month Rate) {
	v.months = append(v.months, month)
	if from := v.start(); v.evidence == nil || from != v.from {
		v.rebuild(from)
		return
	}
	v.evidence.add(v.place(len(v.months)-1, month))
}

// start returns the first month to judge by: that of the episode's base, and
// not more than four years back.
func (v *Vigil) start() int {
	from := 0
	if !v.episode.Base.IsZero() {
		from = max(monthIndex(v.episode.Base)-v.first, 0)
	}
	if old := len(v.months) - from - fourAlertYears; old > 0 {
		from += (old + 11) / 12 * 12
	}
	return min(from, len(v.months))
}

// rebuild weighs the evidence anew from a month on.
func (v *Vigil) rebuild(from int) {
	v.from = from
	v.evidence = newRateEvidence(v.sign(), v.startPrior())
	for i := from; i < len(v.months); i++ {
		v.evidence.add(v.place(i, v.months[i]))
	}
}

// startPrior is all weight on the goal's level, where there is one.
func (v *Vigil) startPrior() *ratePrior {
	if v.watch.HasLevel {
		return priorAround(logOdds(v.watch.Level/100), 0, 0)
	}
	return flatPrior()
}

func (v *Vigil) sign() int {
	if v.watch.Better == Lower {
		return 1
	}
	return -1
}

// quarterEnd reports whether the i-th month is the last of its quarter.
func (v *Vigil) quarterEnd(i int) bool {
	return floorMod(v.first+i-(int(v.watch.YearStart)-1), 3) == 2
}

// place returns the i-th month with what its place means. A change needs a past
// of one's own to be one, unless a level takes its place; and after an all-clear
// what was bad before is no part of the next alarm.
func (v *Vigil) place(i int, month Rate) placed {
	own := v.watch.HasLevel || i-v.from >= fewestAlertMonths
	again := v.episode.Cleared.IsZero() || v.first+i > monthIndex(v.episode.Cleared)
	told := v.episode.State == AlarmRaised && v.first+i > monthIndex(v.episode.Raised)
	return placed{Rate: month, quarterEnd: v.quarterEnd(i), mayBegin: own && again, told: told}
}

func floorMod(a, b int) int { return a - b*floorDiv(a, b) }

// Judge judges the months learned so far and moves the episode on.
func (v *Vigil) Judge() RateAlert {
	if v.evidence == nil {
		v.rebuild(0)
	}
	return v.judge(v.evidence.strength(v.peers))
}

// JudgeSoFar judges with a month more that is not over, without learning it.
func (v *Vigil) JudgeSoFar(month MonthCount) (RateAlert, error) {
	if err := v.reach(month); err != nil {
		return RateAlert{}, err
	}
	if v.evidence == nil {
		v.rebuild(0)
	}
	strength := v.evidence.strengthWith(v.place(len(v.months), month.Rate), v.peers)
	v.months = append(v.months, month.Rate)
	alert := v.judge(strength)
	v.months = v.months[:len(v.months)-1]
	return alert, nil
}

// judge moves the episode on by the strength of the evidence and tells what
// there is to tell.
func (v *Vigil) judge(strength float64) RateAlert {
	volume := v.volume()
	a := RateAlert{Alarm: newAlarm(strength, volume.bar(v.watch.FalseAlarms))}
	a.Level, a.HasLevel = v.watch.Level, v.watch.HasLevel
	a.Power = volume.power(alarmBar(v.watch.FalseAlarms))
	month := dateOfMonth(v.first + max(len(v.months)-1, 0))
	var point changePoint
	if strength >= fadedShare*a.Bar {
		point = v.changePoint()
	}
	look := alarmLook{
		month: month, strength: strength, bar: a.Bar,
		since: dateOfMonth(v.first + point.best), power: a.Power, settles: !v.watch.HasLevel,
	}
	look.known = v.watch.HasLevel || v.seen() >= fewestAlertMonths
	look.ripe = look.known && (!v.watch.Personal || len(v.months)-point.best >= fewestPersonalMonths)
	before := v.episode
	var good recovery
	if before.State == AlarmRaised {
		good = v.recovery(before)
		look.back = good.done()
	}
	v.episode, a.Event = before.next(look)
	a.Episode = v.episode
	a.Reason = a.reason(v.watch.Better, a.Power.TooLittle())
	switch {
	case a.Raised():
		v.tell(&a, a.Episode.Since, point, len(v.months))
	case a.Event == AlarmCleared:
		v.tell(&a, before.Since, point, max(good.months, fewestClearMonths))
		v.evidence.forget()
	case a.Event == AlarmSettled:
		v.tell(&a, before.Since, point, len(v.months))
		v.rebuild(v.start()) // what is usual begins there
	}
	return a
}

// seen returns how many of the months judged by have cases.
func (v *Vigil) seen() int {
	seen := 0
	for _, month := range v.months[v.from:] {
		if month.Of > 0 {
			seen++
		}
	}
	return seen
}
